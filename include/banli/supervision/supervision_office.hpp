// supervision_office.hpp — who supervises whom, who may do what, and within which limits.
//
// Orders (督办) and complaints (投诉) are handled by people with roles, in offices that stand one
// above the other, within limits that the office sets itself. All of it is data:
//
//   supervision_office o = county_supervision();      // limits and words in use, no staff
//   o.offices = {{department_id{"县监察局"}, "县监察局", department_id{"市监察局"}}, …};
//   o.staff   = {{person_id{"JC01"}, "甲", department_id{"县监察局"},
//   {supervision_role::monitor}}}; rights_of(o,
//   person_id{"JC01"}).roles.has(supervision_role::monitor);    // true limit_of(o,
//   supervision_clock::reply);                                  // 5 workdays
//
// The lists of words are open: an office adds its own channel (市长信箱) or kind of fault. The
// eleven kinds of complaints are those of the rules of a service centre.
//
// The hard case is who is above: an order that is not answered climbs to the office above the one
// that issued it. The chain ends where `above` is empty, and must not run in a circle.
//
// Sources: requirements I12-I15, J02, J03, J16, J22, J26; 政务服务中心投诉处理制度.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/base/small_set.hpp>
#include <banli/deadline/time_limit.hpp>

namespace banli {

enum class supervision_role : std::uint8_t {
  monitor,         ///< 监察监控人员: initiates orders, judges what is fed back
  reviewer,        ///< 督办审核人
  issuer,          ///< 督办签发人
  unit,            ///< 承办单位经办人: of the unit that an order or a complaint is about
  complaint_clerk, ///< 投诉受理人员
  complaint_head,  ///< 投诉处理负责人
  name_keeper,     ///< 实名信息管理人: may see who complained in confidence
};
inline constexpr std::size_t supervision_role_count = 7;
using supervision_roles = small_set<supervision_role>;

/// What runs while an order or a complaint waits for somebody.
enum class supervision_clock : std::uint8_t {
  review,    ///< 审核 an order
  issue,     ///< 下发 an order after its hit
  sign_for,  ///< 签收
  reply,     ///< 反馈
  judge,     ///< 评价 what was fed back
  close,     ///< 办结 an order after its hit
  accept,    ///< 受理分办 a complaint
  self,      ///< 自办
  transfer,  ///< 承办 by a department
  answer,    ///< 答复
  reexamine, ///< 复查
  archive,   ///< 归档
};
inline constexpr std::size_t supervision_clock_count = 12;

std::string_view to_string(supervision_role r);
std::string_view label(supervision_role r);
std::string_view to_string(supervision_clock c);
std::string_view label(supervision_clock c);
/// Errors: unknown_value, did you mean.
result<supervision_role> parse_supervision_role(std::string_view name);
result<supervision_clock> parse_supervision_clock(std::string_view name);

/// An office, with what it publishes for those who complain (J26).
struct supervising_office {
  department_id id;
  std::string name;
  department_id above{}; ///< where what is not answered climbs to; empty: nowhere
  std::string hotline{}; ///< 投诉电话
  std::string box{};     ///< 意见箱: where it hangs
  std::string address{}; ///< 来访、来函地址
  std::string web{};     ///< 投诉网址、电子邮箱

  friend bool operator==(const supervising_office&, const supervising_office&) = default;
};

struct supervision_person {
  person_id id;
  std::string name;
  department_id office;
  std::vector<supervision_role> roles;

  friend bool operator==(const supervision_person&, const supervision_person&) = default;
};

/// A word of an open list: stable, and as people say it.
struct named_word {
  std::string id;
  std::string label;

  friend bool operator==(const named_word&, const named_word&) = default;
};

struct supervision_office {
  std::string name;
  std::vector<supervising_office> offices;
  std::vector<supervision_person> staff;
  std::array<time_limit, supervision_clock_count> limits{};
  std::vector<named_word> complaint_kinds; ///< 投诉受理范围
  std::vector<named_word> channels;        ///< 投诉渠道
  std::vector<named_word> fault_kinds;     ///< 过错类型
  int repeated_within = 365;               ///< days in which the same complaint is a repeated one

  friend bool operator==(const supervision_office&, const supervision_office&) = default;
};

/// The limits and words in use, without offices and staff.
supervision_office county_supervision();

/// What somebody may do.
struct supervision_rights {
  supervision_roles roles{};
  department_id office{};

  friend bool operator==(const supervision_rights&, const supervision_rights&) = default;
};

/// The rights of a person. Errors: not_authorised (no such person; did you mean).
result<supervision_rights> rights_of(const supervision_office& o, const person_id& who);

inline time_limit limit_of(const supervision_office& o, supervision_clock c) {
  return o.limits[static_cast<std::size_t>(c)];
}

/// The office with an id, or nullptr.
const supervising_office* find(const supervision_office& o, const department_id& id);

/// The id of the word that `name` is, by id or label. Errors: unknown_value, did you mean; `what`
/// says in the message which list it is.
result<std::string> parse_word(std::span<const named_word> list, std::string_view name,
                               const text& what);
/// How people say a word of a list; the id itself where the list does not have it any more.
std::string_view label_of(std::span<const named_word> list, std::string_view id);

/// Codes: missing_field (an office or a person without id, a person without office or role),
/// duplicate_id, unknown_reference (an office that is not in the list, did you mean), bad_value (a
/// chain of offices that runs in a circle; repeated_within below 0), bad_limit.
problems check(const supervision_office& o, const locator& where = nowhere);

} // namespace banli
