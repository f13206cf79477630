// consultation_desk.hpp — questions of the public: who answers, by when, and how that stands.
//
//   consultation c{.number = "ZX-1", .title = "开办社团", .words = "需要哪些材料?", .asked = t};
//   routing r = *route(c, column, search, {.reception = department_id{"ZW"}});
//   r.to;            // MZ: 民政局 is competent for the item that the words are about
//   r.by;            // routed_by::words; r.item says for which
//   reply_clock k = *reply_clock_of(c, calendar, {}, now);
//   k.due;           // five working days after it was asked
//
// An answer is the competent department's. It is found by the item that the question names, else by
// the unit it is addressed to, else by what its words are about; what is about nothing known goes
// to the reception, which hands it on. Who is addressed wins over words, but not over an item: an
// item's department is competent whomever the citizen named.
//
// The sources name no limit for replies. Five working days are ours, and a parameter.
//
// Source: 国办函〔2011〕99号, guide (网上咨询: 由相关部门依据职能负责咨询内容的答复).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/library/service_records.hpp>
#include <banli/portal/column_search.hpp>
#include <banli/portal/service_column.hpp>

namespace banli {

struct consultation_rules {
  time_limit reply{5, limit_unit::workday};
  department_id reception{}; ///< who takes what nobody is competent for; empty: nobody
};

/// By what the competent department was found.
enum class routed_by : std::uint8_t {
  item,      ///< 所咨询事项
  unit,      ///< 咨询对象
  words,     ///< 咨询内容
  reception, ///< 转总台
};

std::string_view to_string(routed_by r);
std::string_view label(routed_by r);

struct routing {
  department_id to{};
  routed_by by = routed_by::reception;
  item_id item{}; ///< that it is about, where one was named or found

  friend bool operator==(const routing&, const routing&) = default;
};

/// Who answers a question. Errors: unknown_item (the item it names), unknown_reference (the
/// department it names; nobody is competent and there is no reception).
result<routing> route(const consultation& asked, const service_column& column,
                      const column_search& search, const consultation_rules& rules = {});

/// How a reply stands.
enum class reply_standing : std::uint8_t {
  open,    ///< 待答复
  overdue, ///< 逾期未答复
  in_time, ///< 按时答复
  late,    ///< 逾期答复
};

std::string_view to_string(reply_standing s);
std::string_view label(reply_standing s);

struct reply_clock {
  day due{};
  reply_standing standing = reply_standing::open;
  bool provisional = false; ///< the calendar of these days is not published yet

  friend bool operator==(const reply_clock&, const reply_clock&) = default;
};

/// Errors: those of due_date().
result<reply_clock> reply_clock_of(const consultation& asked, const workday_calendar& calendar,
                                   const consultation_rules& rules, instant now);

} // namespace banli
