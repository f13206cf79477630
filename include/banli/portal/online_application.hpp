// online_application.hpp — an application that comes over the network (网上申请).
//
//   application_intake intake{"62052400"};                    // area of the numbers
//   online_application a{.item = item, .applicant = "张三", …};
//   intake.take(a, definition_item, t).value();               // SQ62052400-20241009-0001
//   command c = to_command(a, "SQ62052400-20241009-0001", case_id{"…"}, t);   // action::apply
//
// What was handed in is judged before a number is given, everything that is wrong at once: who
// applies, the certificate, the form values, and the files. Each file names the material of the
// item that it is; a material that is asked for and has no file is missing. Materials asked for on
// a condition are judged by the form values; where these do not decide, nothing is demanded.
//
// The number given is what the applicant asks with later (case_query.hpp):
// 以申请编号作为申请人查询办事 状态的依据. It counts per area and day (code_scheme::application()).
//
// Files are described here and stored by the host. A resident identity number must have the check
// character of GB 11643; a credit code that of GB 32100.
//
// The hard case is an error message: it never repeats a name or a number that was handed in.
//
// Source: 国办函〔2011〕99号, guide (支持社会公众在线提交申请材料; 申请编号).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/engine/event.hpp>
#include <banli/item/code_scheme.hpp>
#include <banli/item/service_item.hpp>
#include <banli/library/office_library.hpp>

namespace banli {

/// Kinds of certificates, by their stable names, and the words of offices; others are taken as they
/// are, without a check of their numbers.
struct certificate_kind {
  std::string_view name;
  std::string_view label;
};
inline constexpr std::array<certificate_kind, 4> certificate_kinds{
    {{"resident_id", "居民身份证"},
     {"credit_code", "统一社会信用代码"},
     {"passport", "护照"},
     {"residence_permit", "港澳台居民居住证"}}};

/// Whether a number can be one of its kind: check characters of resident_id and credit_code.
bool plausible_certificate(std::string_view kind, std::string_view number);

/// One file, and the material that it is.
struct handed_file {
  std::string material{};
  attachment file{};

  friend bool operator==(const handed_file&, const handed_file&) = default;
};

struct online_application {
  item_id item{};
  std::string applicant{};
  struct application said {}; ///< its number is given when it is taken
  std::vector<handed_file> files{};
  std::vector<std::pair<std::string, std::string>> facts{}; ///< form values, as text

  friend bool operator==(const online_application&, const online_application&) = default;
};

struct application_limits {
  std::size_t files = 200;
  std::size_t facts = 1'000;
  std::size_t text_bytes = 10'000; ///< of one text
  attachment_limits file{};
};

/// Codes: missing_field (applicant, certificate, its number, phone; a material without a file),
/// bad_value (a number that is none of its kind, a form value of another type; a file, as
/// check(attachment) has it), unknown_field (a form value the item does not have, with the
/// nearest), unknown_reference (a material, with the nearest), condition_not_met (an item that is
/// not handled on the platform), duplicate_id (one file twice), limit_exceeded, bad_utf8. Paths:
/// "/files/0".
problems check(const online_application& a, const service_item& item,
               const locator& where = nowhere, const application_limits& limits = {});

/// Gives numbers to applications.
class application_intake {
 public:
  /// Numbers used so far are passed over. `area` is eight digits.
  explicit application_intake(std::string area, std::span<const std::string> used = {},
                              const code_scheme& scheme = code_scheme::application());

  /// The number of an application that check() finds good. Errors: the first of check(), those of
  /// code_allocator::next().
  result<std::string> take(const online_application& a, const service_item& item, instant at,
                           const application_limits& limits = {});

 private:
  std::string area_;
  code_allocator numbers_;
};

/// The command that tells the engine. Its request is the number: sent twice, it is done once.
command to_command(const online_application& a, std::string_view number, const case_id& id,
                   instant at);

} // namespace banli
