// case_query.hpp — how an applicant learns how his case stands (办件状态查询).
//
//   case_desk desk;
//   desk.add_all(*store);                                        // once, and add() with each case
//   auto found = desk.find("LY-2024-000013", "62052419900101123X");
//   if (found) answer = *ask(config, *store, *found, now);       // 办件编号、办件名称、受理时间、…
//
// Both keys must be right: the number of the case, or of the application, and that of a certificate
// of the applicant or the agent. Whoever has one of them wrong learns nothing, not even whether the
// other is right: the answer is `std::nullopt` always, and it takes the same time, because the two
// numbers are hashed together, under a key made for this desk, and looked for in one table. A case
// that exists and one that does not go the same way.
//
// So nobody can try numbers one after another and see which are cases. Trying pairs is for the host
// to slow down: he knows who asks.
//
// A case without a certificate number cannot be asked for. A certificate that was erased
// (sealing_store.hpp) is not found any more, once the desk was made anew.
//
// Source: 国办函〔2011〕99号, guide (结果反馈: 通过办件编号和证件号码查询;
// 办件编号、办件名称、受理时间、 办理时间、办理部门、办理状态).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <banli/document/configuration.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/storage/key_ring.hpp>

namespace banli {

/// What is looked for.
struct case_question {
  std::string_view number{};      ///< 办件编号, or 申请编号
  std::string_view certificate{}; ///< 证件号码
};

class case_desk {
 public:
  /// With a random key of its own.
  case_desk();

  /// Takes a case in; events may be given again, and more of them.
  void add(const case_id& id, std::span<const event> events);
  /// All cases of a store. Errors: those of the store.
  result<void> add_all(const case_store& store);

  /// The case that both keys name, or nothing.
  std::optional<case_id> find(const case_question& asked) const;

  /// How many pairs of keys there are.
  std::size_t size() const { return cases_.size(); }

 private:
  using pair_hash = std::array<unsigned char, 32>;
  struct first_bytes {
    std::size_t operator()(const pair_hash& h) const;
  };
  void add(std::string_view number, std::string_view certificate, const case_id& id);
  pair_hash hash_of(std::string_view number, std::string_view certificate) const;

  secret_bytes key_;
  std::unordered_map<pair_hash, case_id, first_bytes> cases_;
};

/// What the applicant is told.
struct public_case {
  case_id number{};                  ///< 办件编号
  std::string name{};                ///< 办件名称, names of persons masked
  std::optional<instant> accepted{}; ///< 受理时间
  std::optional<instant> handled{};  ///< 办理时间: of the last thing done
  std::string department{};          ///< 办理部门: where it waits, or the item's
  std::string status{};              ///< 办理状态, in the words of the office

  friend bool operator==(const public_case&, const public_case&) = default;
};

/// How a case stands. Errors: those of view_case().
result<public_case> ask(const configuration& config, const case_store& store, const case_id& id,
                        const std::optional<instant>& at = {});

/// Its fields with their labels, in the order of the source; instants to the minute.
std::array<std::pair<std::string_view, std::string>, 6> fields_of(const public_case& c);

} // namespace banli
