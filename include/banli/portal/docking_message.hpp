// docking_message.hpp — what an office's existing system sends to the platform, and the receipt.
//
//   docking_gate gate{config.systems, config.items};
//   docking_receipt r = gate.receive(*read_docking_message(body, "spjd"));
//   r.accepted; r.refused[0].record; r.records;       // what may be stored, as a repository table
//   to_json(r);                                       // goes back to the sender
//
// Systems that handle cases themselves push their processes and results
// (将事项办理运行的过程和结果数据主动 推送). A message is an envelope around records of one
// repository:
//
//   {"message":"spjd-2025-000007","system":"spjd","sequence":7,"sent":"2025-03-01T02:00:00",
//    "repository":"processes","records":[{"department":"…","step":"受理",…}]}
//
// Structure and judgement are here, transport is the host's: a web service, a queue, a folder.
//
// Each record is judged by itself: what is good is taken, what is not is named with every reason.
// A record must speak of an item that is known, and of a department's own: a system writes for the
// department it belongs to. A message is taken once; sent again it gets the receipt it got.
// Messages of a system are numbered without gaps: one that comes too early is refused, because what
// lies between could be about the same cases.
//
// Source: 国办函〔2011〕99号, guide (通过标准 Web Service 服务接口实现对接).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <banli/item/service_item.hpp>
#include <banli/library/office_library.hpp>
#include <banli/portal/repository_records.hpp>

namespace banli {

struct docking_message {
  std::string message{};       ///< its id, never used twice by one system
  business_system_id system{}; ///< the sender
  std::uint64_t sequence = 0;  ///< from 1
  instant sent{};
  repository_table table{};

  friend bool operator==(const docking_message&, const docking_message&) = default;
};

struct docking_limits {
  std::size_t bytes = 64'000'000;
  std::size_t records = 100'000; ///< of one message
  std::size_t receipts = 10'000; ///< that are kept of one system; older messages are refused
};

/// Reads an envelope; `from` names it in places. What is wrong with records is in the receipt.
/// Errors: bad_value (no such document), missing_field, wrong_type, unknown_field, unknown_value,
/// bad_date, limit_exceeded.
result<docking_message> read_docking_message(std::string_view json, const std::string& from,
                                             const docking_limits& limits = {});
std::string to_json(const docking_message& m);

/// A record that was not taken.
struct refused_record {
  std::size_t record = 0; ///< from 1
  problems reasons{};

  friend bool operator==(const refused_record&, const refused_record&) = default;
};

struct docking_receipt {
  std::string message{};
  std::size_t accepted = 0;
  std::vector<refused_record> refused{};
  repository_table records{}; ///< what was accepted

  friend bool operator==(const docking_receipt&, const docking_receipt&) = default;
};

/// {"message":…,"accepted":…,"refused":[{"record":3,"reasons":[{"code","en","zh"}]}]}.
std::string to_json(const docking_receipt& r);

/// Takes messages of the systems of an office. Not for several threads at once.
class docking_gate {
 public:
  docking_gate(std::vector<business_system> systems, std::vector<service_item> items,
               const docking_limits& limits = {});

  /// Errors, for a message as a whole: unknown_reference (the system), not_permitted (a repository
  /// that departments do not write), condition_not_met (its number is not the next),
  /// duplicate_id (another message of that number or id).
  result<docking_receipt> receive(const docking_message& m);

  /// The number of the last message of a system; 0: none came yet.
  std::uint64_t last_of(const business_system_id& system) const;

 private:
  struct line {
    std::uint64_t last = 0;
    std::map<std::uint64_t, docking_receipt> receipts;
  };
  docking_receipt judge(const docking_message& m, const business_system& system) const;
  problems judge_row(const docking_message& m, std::size_t row,
                     const business_system& system) const;

  std::vector<business_system> systems_;
  std::map<item_id, department_id> owner_;
  docking_limits limits_;
  std::map<business_system_id, line> lines_;
};

} // namespace banli
