// The worked examples: due dates, and every day of those that have a trace.
#include <fstream>
#include <map>
#include <string>

#include <boost/json/src.hpp>
#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/explanation.hpp>

namespace {

using namespace banli;
namespace json = boost::json;

std::string string_of(const json::object& o, const char* key, const char* otherwise = "") {
  const json::value* v = o.if_contains(key);
  return v ? std::string{v->as_string()} : otherwise;
}

/// The calendar, with the days of `over` opened (1) or closed (0) on top.
workday_calendar calendar_of(const json::object& o) {
  const json::value* over = o.if_contains("over");
  if (!over) return cn();
  calendar_source s = cn_source();
  overlay top{"over", {}};
  for (const auto& [date, open] : over->as_object())
    top.days.push_back({parse_day(std::string_view{date.data(), date.size()}).value(),
                        open.as_int64() != 0 ? opening::open : opening::closed, "over"});
  s.overlays.push_back(top);
  return workday_calendar::build(s).value();
}

std::vector<exclusion> exclusions_of(const json::object& o) {
  std::vector<exclusion> out;
  if (const json::value* susp = o.if_contains("susp"))
    for (const json::value& pair : susp->as_array())
      out.push_back({parse_day(std::string{pair.at(0).as_string()}).value(),
                     parse_day(std::string{pair.at(1).as_string()}).value(), "susp"});
  return out;
}

time_limit limit_of(const json::object& o) {
  const int n = static_cast<int>(o.at("n").as_int64());
  const std::string unit = string_of(o, "unit");
  if (unit == "wd") return {n, limit_unit::workday};
  if (unit == "cd") return {n, limit_unit::day};
  if (unit == "mo") return {n, limit_unit::month};
  REQUIRE(n % 60 == 0);
  return {n / 60, unit == "wm" ? limit_unit::workhour : limit_unit::hour};
}

counting_rules rules_of(const json::object& o) {
  counting_rules r;
  if (o.contains("dir")) r.runs = direction::before;
  if (string_of(o, "roll") == "none") r.rolling = roll::none;
  if (string_of(o, "roll") == "following") r.rolling = roll::following;
  return r;
}

/// "01-16" in the year of a day, or in the next or the last where that is nearer.
day near_day(std::string_view month_day, day anchor) {
  day best = first_day;
  for (int y = -1; y <= 1; ++y) {
    const int year = static_cast<int>(to_ymd(anchor).year()) + y;
    const auto d = parse_day(fmt::format("{}-{}", year, month_day));
    if (d && std::chrono::abs(*d - anchor) < std::chrono::abs(best - anchor)) best = *d;
  }
  return best;
}

/// Reads a trace: what each day is, as "off", "susp", "due" or its ordinal.
std::map<day, std::string> days_of_trace(std::string trace, day start) {
  std::map<day, std::string> out;
  for (std::size_t at = trace.find(" >> "); at != std::string::npos; at = trace.find(" >> "))
    trace.replace(at, 4, "; ");
  trace += ';';
  for (std::size_t at = 0; at < trace.size();) {
    const std::size_t end = trace.find(';', at);
    std::string one = trace.substr(at, end - at);
    at = end + 1;
    one.erase(0, one.find_first_not_of(' '));
    const std::size_t cut = one.find_first_of("= ");
    const std::string span = one.substr(0, cut);
    const std::string what = one.substr(cut + 1);
    const std::size_t dots = span.find("..");
    const day from = near_day(span.substr(0, 5), start);
    const day to = dots == std::string::npos ? from : near_day(span.substr(dots + 2), start);
    const days step{to < from ? -1 : 1};
    int ordinal = one[cut] == '=' ? std::stoi(what) : 0;
    for (day d = from;; d += step) {
      out[d] = ordinal > 0 ? std::to_string(ordinal++) : what;
      if (d == to) break;
    }
  }
  return out;
}

/// The runs of an explanation in the same words. Example 6 calls a suspension that lies wholly
/// inside a holiday "off", where all others call weekends inside a suspension "susp": `idle` is its
/// word.
std::map<day, std::string> days_of_runs(const explanation& e, int sign, const std::string& idle) {
  std::map<day, std::string> out;
  for (const day_run& r : e.runs()) {
    std::int64_t ordinal = r.first;
    for (day d = sign > 0 ? r.from : r.to; d >= r.from && d <= r.to; d += days{sign}) {
      const bool stopped = r.what == day_class::excluded || r.what == day_class::suspended;
      std::string word = r.last > 0 ? std::to_string(ordinal++) : stopped ? idle : "off";
      if (r.what == day_class::rolled && d == e.answer.due) word = "due";
      if (r.what != day_class::before_start) out[d] = word;
    }
  }
  return out;
}

} // namespace

TEST_CASE("the worked examples come out, and their days where a trace is given") {
  std::ifstream file{BANLI_SOURCE_DIR "/tests/cases/deadline_examples.jsonl"};
  REQUIRE(file.is_open());
  using namespace std::chrono_literals;
  const working_hours hours = every_weekday({{9h, 12h}, {13h + 30min, 17h + 30min}});
  int count = 0;
  int traces = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const json::object o = json::parse(line).as_object();
    const std::string id = string_of(o, "id");
    CAPTURE(id);
    const instant start = parse_instant(string_of(o, "start")).value();
    const auto exclusions = exclusions_of(o);
    const counting_rules rules = rules_of(o);
    const auto d = due_date(calendar_of(o), hours, limit_of(o), start, exclusions, {}, rules);
    REQUIRE(d.has_value());
    REQUIRE(d->due.has_value());
    const std::string due = string_of(o, "due");
    CHECK_FALSE(d->provisional);
    if (due.size() > 10)
      CHECK((d->due_at == parse_instant(due).value()));
    else
      CHECK(to_text(*d->due) == due);
    if (!o.contains("trace")) continue;
    ++traces;
    const auto e = explain(calendar_of(o), hours, limit_of(o), start, exclusions, {}, rules);
    REQUIRE(e.has_value());
    const bool same = days_of_runs(*e, o.contains("dir") ? -1 : 1, id == "6" ? "off" : "susp") ==
                      days_of_trace(string_of(o, "trace"), day_of(start));
    CHECK(same);
  }
  CHECK(count == 34);
  CHECK(traces == 23);
}
