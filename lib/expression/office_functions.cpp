#include "office_functions.hpp"

#include <limits>

#include <banli/deadline/deadline.hpp>
#include <banli/time/text.hpp>

#include "arithmetic.hpp"
#include "text.hpp"

namespace banli::detail::cel {

namespace {

/// What another layer complains of, as an error of the evaluation.
error said(const error& e) {
  return make_error(errc::evaluation_error, "{0}", "{1}", e.message.en, e.message.zh);
}

result<value> to_date(const value& v) {
  if (v.as_date()) return v;
  if (const auto t = v.as_timestamp()) return value(day_of(t->second));
  if (!v.as_string()) return no_overload("date", v);
  const auto d = parse_day(*v.as_string());
  if (!d) return said(d.error());
  return value(*d);
}

result<value> to_limit(const value& v) {
  if (v.as_time_limit()) return v;
  if (!v.as_string()) return no_overload("time_limit", v);
  const auto t = parse_time_limit(*v.as_string());
  if (!t) return said(t.error());
  return value(*t);
}

result<value> to_decimal(const value& v) {
  if (v.as_decimal()) return v;
  if (const auto n = v.as_int()) return from_decimal(parse_decimal(std::to_string(*n)));
  if (!v.as_string()) return no_overload("decimal", v);
  const auto d = parse_decimal(*v.as_string());
  if (d) return value(*d);
  return make_error(errc::evaluation_error, "{} is no decimal such as \"12.50\"",
                    "{} 不是十进制数:应写作 \"12.50\"", to_text(v));
}

/// The instant on which a limit starts to count: of a date its midnight.
std::optional<instant> start_of(const value& v) {
  if (const auto d = v.as_date()) return instant{*d};
  if (const auto t = v.as_timestamp()) return t->second;
  return std::nullopt;
}

result<value> due_of(function f, const workday_calendar& c, std::span<const value> args) {
  const auto limit = args[1].as_time_limit();
  const auto start = start_of(args[2]);
  if (!limit || !start) return no_overload("due", args[1], args[2]);
  const auto d = due_date(c, *limit, *start);
  if (!d) return said(d.error());
  if (f == function::due) return value(*d->due);
  return value(*d->due_at);
}

result<value> of_calendar(function f, std::span<const value> args) {
  const workday_calendar* c = args[0].as_calendar();
  if (!c) return no_overload("calendar", args[0]);
  if (f == function::is_workday) {
    const auto t = start_of(args[1]);
    if (!t) return no_overload("is_workday", args[1]);
    return value(c->is_workday(day_of(*t)));
  }
  if (args.size() != 3) return no_overload("calendar", args[0]);
  if (f == function::due || f == function::due_at) return due_of(f, *c, args);
  const auto from = args[1].as_date();
  if (f == function::workdays_between) {
    const auto to = args[2].as_date();
    if (!from || !to) return no_overload("workdays_between", args[1], args[2]);
    const auto n = c->workdays_between(*from, *to);
    if (!n) return said(n.error());
    return value(std::int64_t{*n});
  }
  const auto n = args[2].as_int();
  if (!from || !n) return no_overload("add_workdays", args[1], args[2]);
  constexpr std::int64_t most = std::numeric_limits<int>::max() / 2;
  const auto d = c->add_workdays(*from, static_cast<int>(std::clamp(*n, -most, most)));
  if (!d) return said(d.error());
  return value(*d);
}

result<value> of_decimal(function f, std::span<const value> args) {
  const auto d = args[0].as_decimal();
  const auto places = args.back().as_int();
  if (!d || !places) return no_overload(f == function::rounded ? "round" : "divided_by", args[0]);
  if (*places < 0 || *places > most_decimal_places)
    return make_error(errc::evaluation_error, "a decimal has 0 to {} places, not {}",
                      "小数位数应为 0 至 {} 位,不能是 {}", most_decimal_places, *places);
  const auto p = static_cast<std::uint8_t>(*places);
  if (f == function::rounded) return from_decimal(round(*d, p));
  const value& by = args[1];
  if (!by.as_decimal() && !by.as_int()) return no_overload("divided_by", args[0], by);
  const decimal divisor = by.as_decimal() ? *by.as_decimal() : decimal{*by.as_int(), 0};
  if (divisor.units == 0) return make_error(errc::evaluation_error, "division by zero", "除数为零");
  return from_decimal(divide(*d, divisor, p));
}

} // namespace

result<value> office_function(function f, std::span<const value> args) {
  if (args.empty()) return no_overload("function", value());
  switch (f) {
  case function::to_date: return to_date(args[0]);
  case function::to_time_limit: return to_limit(args[0]);
  case function::to_decimal: return to_decimal(args[0]);
  case function::divided_by:
  case function::rounded: return of_decimal(f, args);
  default: return of_calendar(f, args);
  }
}

} // namespace banli::detail::cel
