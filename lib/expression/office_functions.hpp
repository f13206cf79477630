// office_functions.hpp — dates, working days, time limits and money.
//
//   calendar.workdays_between(date("2025-09-30"), date("2025-10-14"))    5
//   calendar.add_workdays(date("2025-09-30"), 5)                         date("2025-10-14")
//   calendar.due(time_limit("20个工作日"), received)                       the last day of the
//   limit decimal("12.50") * 3 == decimal("37.5")
//
// A calendar is a value that the host gives: nothing here knows one by itself.
#pragma once

#include <span>

#include <banli/base/result.hpp>
#include <banli/expression/value.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// From to_date to rounded. Errors: evaluation_error (no date, beyond the calendar, too many
/// digits), no_such_overload.
result<value> office_function(function f, std::span<const value> args);

} // namespace banli::detail::cel
