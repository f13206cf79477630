// Statistics against a count by hand, and against a naive count of random cases.
#include <banli/assessment/statistics.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/cn.hpp>
#include <banli/time/text.hpp>

namespace {

using namespace banli;

instant moment_of(const char* s) { return parse_instant(s).value(); }
day date_of(const char* s) { return parse_day(s).value(); }

case_figures figures(const char* id, const char* department, const char* received,
                     const char* ended, timeliness judged = timeliness::on_time) {
  case_figures c;
  c.id = case_id{id};
  c.department = department_id{department};
  c.received = moment_of(received);
  c.accepted = c.received;
  c.phase = case_phase::running;
  if (*ended != '\0') {
    c.ended = moment_of(ended);
    c.phase = case_phase::delivered;
    c.judged = judged;
  }
  return c;
}

/// Everything a table says, a row a line.
std::vector<std::string> lines_of(const data_table& t, std::initializer_list<const char*> columns) {
  std::vector<std::string> out;
  for (std::size_t row = 0; row < t.rows(); ++row) {
    std::string line;
    for (const char* c : columns) line += (line.empty() ? "" : " ") + cell_text(t.column(c), row);
    out.push_back(line);
  }
  return out;
}

} // namespace

TEST_CASE("each count belongs to the period of its own instant, and midnight to one of them") {
  std::vector<case_figures> cases{
      figures("1", "A", "2025-01-31T23:59:59", "2025-02-01T00:00", timeliness::early),
      figures("2", "A", "2025-02-01T00:00", "", timeliness::open),
      figures("3", "B", "2025-01-10", "2025-01-20", timeliness::overdue)};
  cases[1].late_from = moment_of("2025-03-01T00:00");
  const data_table t = case_statistics(cases, {date_of("2025-01-01"),
                                               date_of("2025-04-01"),
                                               {grouping::department, grouping::month}})
                           .value();
  CHECK(lines_of(t, {"department", "month", "received", "concluded", "early", "overdue", "open",
                     "open_overdue"}) ==
        std::vector<std::string>{"A 2025-01 1 0 0 0 1 0", "A 2025-02 1 1 1 0 1 0",
                                 "A 2025-03 0 0 0 0 1 1", "B 2025-01 1 1 0 1 0 0"});
  CHECK(lines_of(t, {"on_time_rate"}) == std::vector<std::string>{"", "100", "", "0"});
}

TEST_CASE("a percentile is a value that occurred: the nearest rank") {
  std::vector<case_figures> cases;
  for (int i = 1; i <= 10; ++i) {
    cases.push_back(figures(std::to_string(i).c_str(), "A", "2025-01-02", "2025-01-20"));
    cases.back().gross = {i, 60 * i};
    cases.back().net = {i - 1, 30 * i};
  }
  const data_table t =
      case_statistics(cases, {date_of("2025-01-01"), date_of("2025-02-01"), {}}).value();
  CHECK(lines_of(t, {"workdays_mean", "workdays_p50", "workdays_p90", "net_workdays_p90",
                     "net_minutes_mean"}) == std::vector<std::string>{"5.5 5 9 8 165"});
  CHECK(std::isnan(case_statistics({}, {date_of("2025-01-01"), date_of("2025-02-01"), {}})
                       .value()
                       .column("workdays_mean")
                       .real(0)));
}

TEST_CASE("what was refused or withdrawn is neither early nor late") {
  std::vector<case_figures> cases{figures("1", "A", "2025-01-02", "2025-01-03"),
                                  figures("2", "A", "2025-01-02", "2025-01-04")};
  cases[0].phase = case_phase::refused;
  cases[0].accepted.reset();
  cases[1].phase = case_phase::withdrawn;
  const data_table t =
      case_statistics(cases, {date_of("2025-01-01"), date_of("2025-02-01"), {}}).value();
  CHECK(lines_of(t, {"received", "accepted", "refused", "concluded", "withdrawn", "open"}) ==
        std::vector<std::string>{"2 1 1 0 1 0"});
}

TEST_CASE("turns of steps are counted by post, person and step") {
  case_figures c = figures("1", "A", "2025-01-02", "");
  step_figures done;
  done.step = node_id{"审查"};
  done.person = person_id{"P1"};
  done.since = moment_of("2025-01-02");
  done.ended = moment_of("2025-01-09");
  done.late_from = moment_of("2025-01-08");
  done.end = step_end::completed;
  done.gross = {5, 1800};
  step_figures waits;
  waits.step = node_id{"决定"};
  waits.since = moment_of("2025-01-09");
  waits.late_from = moment_of("2025-01-10");
  c.steps = {done, waits};
  const data_table t = step_statistics(std::vector{c}, {date_of("2025-01-01"),
                                                        date_of("2025-02-01"),
                                                        {grouping::person, grouping::step}})
                           .value();
  CHECK(lines_of(t, {"person", "step", "begun", "completed", "late", "waiting", "waiting_late",
                     "workdays_mean"}) ==
        std::vector<std::string>{"决定 1 0 0 1 1 ", "P1 审查 1 1 1 0 0 5"});
}

TEST_CASE("questions that make no sense are refused") {
  const auto code = [](const statistic_question& q) {
    const auto t = case_statistics({}, q);
    return t ? "" : std::string{to_string(t.error().code)};
  };
  const day from = date_of("2025-01-01");
  CHECK(code({from, from - days{1}, {}}) == "bad-value");
  CHECK(code({from, from, {grouping::person}}) == "bad-value");
  CHECK(code({from, from, {grouping::item, grouping::item}}) == "bad-value");
  CHECK(code({from, from, {grouping::month, grouping::year}}) == "bad-value");
  CHECK(code({from, from, {grouping::month}}).empty());
  CHECK(parse_grouping("departmnt").error().message.en.find("did you mean 'department'") !=
        std::string::npos);
}

TEST_CASE("a naive count of random cases says the same") {
  CHECK(rc::check([] {
    std::vector<case_figures> cases;
    const int n = *rc::gen::inRange(0, 30);
    const instant base = moment_of("2024-12-20");
    for (int i = 0; i < n; ++i) {
      case_figures c =
          figures(std::to_string(i).c_str(), *rc::gen::element("A", "B"), "2025-01-01", "");
      c.received = base + std::chrono::hours{12 * *rc::gen::inRange(0, 200)};
      c.accepted = c.received;
      const int kind = *rc::gen::inRange(0, 5);
      if (kind > 0) {
        c.ended = c.received + std::chrono::hours{12 * *rc::gen::inRange(0, 80)};
        c.phase = kind == 1 ? case_phase::withdrawn : case_phase::delivered;
        c.judged = *rc::gen::element(timeliness::early, timeliness::on_time, timeliness::overdue);
        c.gross = {*rc::gen::inRange(0, 30), *rc::gen::inRange(0, 9000)};
      }
      c.late_from = c.received + std::chrono::hours{12 * *rc::gen::inRange(1, 60)};
      cases.push_back(c);
    }
    const day from = date_of("2025-01-10");
    const day until = date_of("2025-03-10");
    const data_table t =
        case_statistics(cases, {from, until, {grouping::month, grouping::department}}).value();
    std::int64_t rows = 0;
    for (const char* month : {"2025-01", "2025-02", "2025-03"})
      for (const char* department : {"A", "B"}) {
        const auto inside = [&](instant x) {
          return to_text(x).starts_with(month) && x >= instant{from} && x < instant{until};
        };
        // The last day of the month in the window, and the instant after it.
        day end = from;
        for (day d = from; d < until; d += days{1})
          if (to_text(d).starts_with(month)) end = d + days{1};
        std::int64_t received = 0, late = 0, open = 0, open_late = 0, minutes = 0, done = 0;
        std::vector<std::int64_t> workdays;
        bool any = false;
        for (const case_figures& c : cases) {
          if (c.department.text() != department) continue;
          any = any || inside(c.received) || (c.ended && inside(*c.ended));
          received += inside(c.received) ? 1 : 0;
          if (c.ended && inside(*c.ended) && c.phase == case_phase::delivered) {
            ++done;
            late += c.judged == timeliness::overdue ? 1 : 0;
            workdays.push_back(c.gross.workdays);
            minutes += c.gross.minutes;
          }
          if (c.received < instant{end} && !(c.ended && *c.ended < instant{end})) {
            any = true;
            ++open;
            open_late += *c.late_from < instant{end} ? 1 : 0;
          }
        }
        if (!any) continue;
        const auto row = static_cast<std::size_t>(rows++);
        RC_ASSERT(t.column("month").word(row) == month);
        RC_ASSERT(t.column("department").word(row) == department);
        RC_ASSERT(t.column("received").whole(row) == received);
        RC_ASSERT(t.column("concluded").whole(row) == done);
        RC_ASSERT(t.column("overdue").whole(row) == late);
        RC_ASSERT(t.column("open").whole(row) == open);
        RC_ASSERT(t.column("open_overdue").whole(row) == open_late);
        std::ranges::sort(workdays);
        if (done > 0) {
          RC_ASSERT(t.column("minutes_mean").real(row) ==
                    static_cast<double>(minutes) / static_cast<double>(done));
          // At least half are not above the median, and it is the first such value.
          std::size_t at = 0;
          while (2 * (at + 1) < workdays.size()) ++at;
          RC_ASSERT(t.column("workdays_p50").real(row) == static_cast<double>(workdays[at]));
        }
      }
    RC_ASSERT(static_cast<std::int64_t>(t.rows()) == rows);
  }));
}

TEST_CASE("net time leaves out the union of what stopped the clock, day by day") {
  const workday_calendar cal = cn();
  const working_hours hours;
  // Mon 2025-09-01 to Fri 2025-09-12: nine days after the first, 9 of them working days.
  const instant from = moment_of("2025-09-01T09:30");
  const instant to = moment_of("2025-09-12T16:30");
  CHECK(gross_time(cal, hours, from, to)->workdays == 9);
  const std::vector<exclusion> stops{{date_of("2025-09-03"), date_of("2025-09-05"), "hearing"},
                                     {date_of("2025-09-04"), date_of("2025-09-08"), "testing"}};
  CHECK(net_time(cal, hours, stops, from, to)->workdays == 5);
  CHECK(net_time(cal, hours, stops, from, to)->minutes ==
        gross_time(cal, hours, from, to)->minutes - 4 * 360);
  const std::vector<exclusion> nested{{date_of("2025-09-03"), date_of("2025-09-10"), "hearing"},
                                      {date_of("2025-09-04"), date_of("2025-09-05"), "testing"}};
  CHECK(net_time(cal, hours, nested, from, to)->workdays == 3);
  CHECK(rc::check([&] {
    const day first = date_of("2025-01-20") + days{*rc::gen::inRange(0, 60)};
    const day last = first + days{*rc::gen::inRange(0, 40)};
    std::vector<exclusion> all;
    const int n = *rc::gen::inRange(0, 4);
    for (int i = 0; i < n; ++i) {
      exclusion x;
      x.from = first + days{*rc::gen::inRange(-5, 45)};
      if (*rc::gen::inRange(0, 4) > 0) x.to = x.from + days{*rc::gen::inRange(0, 12)};
      all.push_back(x);
    }
    const auto stopped = [&](day d) {
      return std::ranges::any_of(
          all, [&](const exclusion& x) { return x.from <= d && d <= x.to.value_or(last); });
    };
    std::int64_t workdays = 0;
    std::int64_t minutes_open = 0;
    for (day d = first; d <= last; d += days{1}) {
      if (!cal.is_workday(d) || stopped(d)) continue;
      workdays += d > first ? 1 : 0;
      minutes_open += d == last ? 0 : 360;
    }
    const time_taken net = net_time(cal, hours, all, instant{first}, instant{last}).value();
    RC_ASSERT(net.workdays == workdays);
    RC_ASSERT(net.minutes == minutes_open);
  }));
}

TEST_CASE("tables come out as text, CSV and JSON") {
  data_table t{"t", {"Title", "标题"}, {}};
  t.columns = {{"who", {"Who", "部门"}, std::vector<std::string>{"=A", "民政局,乡"}},
               {"n", {"N", "数"}, std::vector<std::int64_t>{-3, 20}},
               {"x", {"X", "率"}, std::vector<double>{no_number, 2.5}}};
  CHECK(to_csv(t, language::zh) == "部门,数,率\r\n'=A,-3,\r\n\"民政局,乡\",20,2.5\r\n");
  CHECK(to_csv(t).starts_with("who,n,x\r\n"));
  CHECK(to_json(t).find("[\"=A\",-3,null],[\"民政局,乡\",20,2.5E0]") != std::string::npos);
  CHECK(to_text(t, language::en) ==
        "Title\nWho         N    X\n=A         -3\n民政局,乡  20  2.5\n");
}
