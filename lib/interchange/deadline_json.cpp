#include <banli/interchange/deadline_json.hpp>

#include <algorithm>

#include <boost/json.hpp>

namespace banli {

namespace {

namespace json = boost::json;

template <class T>
json::value text_or_null(const std::optional<T>& x) {
  // Parentheses: braces would make a list of one.
  return x ? json::value(to_text(*x)) : json::value(nullptr);
}

std::string_view unit_name(limit_unit u) {
  if (u == limit_unit::workhour) return "workminute";
  return u == limit_unit::hour ? "minute" : to_string(u);
}

json::object run_json(const day_run& r) {
  const auto ordinal = [&](std::int64_t n) {
    return r.last > 0 ? json::value(n) : json::value(nullptr);
  };
  return {{"from", to_text(r.from)},
          {"to", r.to == last_day ? json::value(nullptr) : json::value(to_text(r.to))},
          {"class", to_string(r.what)},
          {"first", ordinal(r.first)},
          {"last", ordinal(r.last)},
          {"reason", {{"en", r.reason.en}, {"zh", r.reason.zh}}},
          {"source", r.source.empty() ? json::value(nullptr) : json::value(r.source)}};
}

} // namespace

std::string deadline_json(const explanation& why, const workday_calendar& calendar,
                          const std::optional<asked_instant>& asked) {
  const deadline& d = why.answer;
  const bool timed = is_hour_unit(d.counted_in) || d.started != instant{d.start};
  json::object o{{"start", timed ? to_text(d.started) : to_text(d.start)},
                 {"limit", to_text(d.limit)},
                 {"due", text_or_null(d.due)},
                 {"due_at", text_or_null(d.due_at)},
                 {"nominal", text_or_null(d.nominal)},
                 {"total", asked ? asked->state.total : d.total},
                 {"used", asked ? asked->state.used : d.total - d.remaining},
                 {"remaining", asked ? asked->state.remaining : d.remaining},
                 {"unit", unit_name(d.counted_in)},
                 {"provisional", d.provisional},
                 {"calendar", calendar.version()}};
  if (asked) {
    const std::int64_t late = days_late(d, asked->now).count();
    o["at"] = to_text(asked->now);
    o["late"] = std::max<std::int64_t>(late, 0);
    o["early"] = std::max<std::int64_t>(-late, 0);
    o["in_time"] = in_time(d, asked->now);
  }
  json::array& all = o["days"].emplace_array();
  for (const day_run& r : why.runs()) all.push_back(run_json(r));
  return json::serialize(o);
}

} // namespace banli
