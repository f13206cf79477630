#include <fstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/duty.hpp>
#include <banli/deadline/duty_schedule.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {

/// The fields of one CSV line; quoted fields may hold commas.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> out{""};
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      out.emplace_back();
    else if (c != '\r')
      out.back() += c;
  }
  return out;
}

std::string message_of(std::string_view text) {
  const auto d = parse_duty(text);
  REQUIRE_FALSE(d.has_value());
  return to_string(d.error(), language::en);
}

} // namespace

TEST_CASE("every disclosure duty of the shared table parses and is written back as it was") {
  std::ifstream file{BANLI_SHARED_DIR "/data/domain/disclosure_duties.csv"};
  if (!file.is_open()) {
    MESSAGE("skipped: no shared disclosure_duties.csv");
    return;
  }
  std::string line;
  std::getline(file, line);
  int count = 0;
  for (; std::getline(file, line); ++count) {
    const auto fields = fields_of(line);
    REQUIRE(fields.size() >= 7);
    CAPTURE(fields[6]);
    const auto d = parse_duty(fields[6]);
    REQUIRE(d.has_value());
    CHECK(to_text(*d) == fields[6]);
    CHECK((parse_duty(to_text(*d)).value() == *d));
  }
  CHECK(count == 208);
}

TEST_CASE("each form of clause is read into its members") {
  const duty d =
      parse_duty("policy|guide:event:+P7D; publish(文件):+P3WD;yearly_by:12-30;min_count:1/P1Y;"
                 "school:if_unchanged:review_notice:every:P6M;per_plan:every:P1M")
          .value();
  REQUIRE(d.clauses.size() == 6);
  CHECK(d.clauses[0].scope == std::vector<std::string>{"policy", "guide"});
  CHECK((d.clauses[0].limit == time_limit{7, limit_unit::day}));
  CHECK(d.clauses[1].subject == "文件");
  CHECK((d.clauses[1].limit == time_limit{3, limit_unit::workday}));
  CHECK((d.clauses[2].by == std::chrono::December / 30));
  CHECK(d.clauses[3].count == 1);
  CHECK(d.clauses[4].subject == "review_notice");
  CHECK((d.clauses[4].limit == time_limit{6, limit_unit::month}));
  CHECK(to_text(d) == "policy|guide:event:+P7D;publish(文件):+P3WD;yearly_by:12-30;min_count:1/P1Y;"
                      "school:if_unchanged:review_notice:every:P6M;per_plan:every:P1M");
}

TEST_CASE("what is no duty is refused with a reason") {
  CHECK(message_of("evnt:prompt").find("did you mean 'event'") != std::string::npos);
  CHECK(message_of("news:evry:P1M").find("did you mean 'every'") != std::string::npos);
  for (const char* bad : {"",
                          ";",
                          "event",
                          "event:",
                          "event:soon",
                          "event:P7D",
                          "every:+P1M",
                          "every:7D",
                          "yearly_by:13-01",
                          "yearly_by:02-30",
                          "min_count:0/P1Y",
                          "min_count:1",
                          "publish:+P3D",
                          "publish():+P3D",
                          "publish(:prompt",
                          "unspecified:x",
                          "News:event:prompt",
                          "a||b:event:prompt",
                          "event:+P99999999999D",
                          ":event:prompt",
                          "quality:",
                          "event:prompt;",
                          "a|:event:prompt"}) {
    CAPTURE(std::string{bad});
    const auto d = parse_duty(bad);
    REQUIRE_FALSE(d.has_value());
    CHECK(d.error().code == errc::bad_duty);
  }
  CHECK(parse_duty(std::string(5000, 'x')).error().code == errc::limit_exceeded);
  std::string many = "event:prompt";
  for (int i = 0; i < 64; ++i) many += ";event:prompt";
  CHECK(parse_duty(many).error().code == errc::limit_exceeded);
}

TEST_CASE("gaps run from publication to publication; the last one is open") {
  const duty d = parse_duty("every:P1M").value();
  const duty_history h{to_day(2025y / 1 / 1), {to_day(2025y / 3 / 10), to_day(2025y / 1 / 20)}};
  const auto all = obligations(d, cn(), h, to_day(2025y / 4 / 20)).value();
  REQUIRE(all.size() == 3);
  // 02-01 lies in the Spring Festival, 02-05 is the first working day after it.
  CHECK((all[0] ==
         obligation{0, to_day(2025y / 1 / 1), to_day(2025y / 2 / 5), to_day(2025y / 1 / 20)}));
  CHECK((all[1] ==
         obligation{0, to_day(2025y / 1 / 20), to_day(2025y / 2 / 20), to_day(2025y / 3 / 10)}));
  CHECK(days_late(all[1], to_day(2025y / 4 / 20)) == days{18});
  CHECK((all[2] == obligation{0, to_day(2025y / 3 / 10), to_day(2025y / 4 / 10), std::nullopt}));
  CHECK(days_late(all[2], to_day(2025y / 4 / 20)) == days{10});
  CHECK((next_due(d, cn(), h, to_day(2025y / 4 / 20)).value() == to_day(2025y / 4 / 10)));
}

TEST_CASE("every event obliges, and words without a number become limits") {
  const duty d =
      parse_duty("request:+P5WD;event:prompt;on_change:immediate;quality:guide8").value();
  duty_history h{to_day(2025y / 1 / 1), {}};
  h.occurrences = {{duty_trigger::request, to_day(2025y / 9 / 29)},
                   {duty_trigger::event, to_day(2025y / 9 / 29)},
                   {duty_trigger::on_change, to_day(2025y / 9 / 30)},
                   {duty_trigger::event, to_day(2026y / 9 / 29)}};
  const auto all = obligations(d, cn(), h, to_day(2025y / 12 / 31)).value();
  REQUIRE(all.size() == 3);
  CHECK(to_text(all[0].due) == "2025-10-13"); // 09-30, 10-09, 10-10, 10-11 made up, 10-13
  CHECK(to_text(all[1].due) == "2025-10-13");
  CHECK(to_text(all[2].due) == "2025-10-09");
  duty_tolerance strict;
  strict.prompt = {1, limit_unit::workday};
  CHECK(to_text(obligations(d, cn(), h, to_day(2025y / 12 / 31), strict).value()[1].due) ==
        "2025-09-30");
}

TEST_CASE("yearly dates and counts per period") {
  const duty d = parse_duty("yearly_by:12-30;min_count:2/P1Y").value();
  const duty_history h{to_day(2023y / 1 / 1),
                       {to_day(2023y / 5 / 1), to_day(2023y / 6 / 1), to_day(2025y / 1 / 15)}};
  const auto all = obligations(d, cn(), h, to_day(2025y / 6 / 1)).value();
  REQUIRE(all.size() == 6);
  CHECK((all[0] ==
         obligation{0, to_day(2023y / 1 / 1), to_day(2023y / 12 / 30), to_day(2023y / 5 / 1)}));
  CHECK((all[1] ==
         obligation{0, to_day(2023y / 12 / 31), to_day(2024y / 12 / 30), to_day(2025y / 1 / 15)}));
  CHECK(days_late(all[1], to_day(2025y / 6 / 1)) == days{16});
  CHECK((all[3] ==
         obligation{1, to_day(2023y / 1 / 1), to_day(2023y / 12 / 31), to_day(2023y / 6 / 1)}));
  CHECK((all[4] == obligation{1, to_day(2024y / 1 / 1), to_day(2024y / 12 / 31), std::nullopt}));
  CHECK((next_due(d, cn(), h, to_day(2025y / 6 / 1)).value() == to_day(2024y / 12 / 31)));
}

TEST_CASE("at once, in five working days, every two weeks, twice a year") {
  const duty d = parse_duty("event:immediate;request:+P5WD;every:P14D;min_count:2/P1Y").value();
  duty_history h{to_day(2025y / 9 / 1), {to_day(2025y / 9 / 10)}};
  h.occurrences = {{duty_trigger::event, to_day(2025y / 9 / 29)},
                   {duty_trigger::request, to_day(2025y / 9 / 30)}};
  const auto all = obligations(d, cn(), h, to_day(2025y / 10 / 20)).value();
  REQUIRE(all.size() == 5);
  CHECK(to_text(all[0].due) == "2025-09-30");
  CHECK(to_text(all[1].due) == "2025-10-14"); // 10-09, 10-10, 10-11 made up, 10-13, 10-14
  CHECK(to_text(all[2].due) == "2025-09-15");
  CHECK(to_text(all[3].due) == "2025-09-24");
  CHECK(to_text(all[4].due) == "2026-08-31");
  CHECK_FALSE(all[4].met.has_value());
}

TEST_CASE("a scope binds only its own column, and duties without time bind nothing") {
  const duty d = parse_duty("on_change:prompt;news:every:P14D").value();
  duty_history h{to_day(2025y / 1 / 1), {}};
  h.scope = "guide";
  CHECK(obligations(d, cn(), h, to_day(2025y / 2 / 1)).value().empty());
  h.scope = "news";
  CHECK(obligations(d, cn(), h, to_day(2025y / 2 / 1)).value().size() == 1);
  CHECK_FALSE(
      next_due(parse_duty("unspecified;quality:guide").value(), cn(), h, to_day(2025y / 2 / 1))
          .value()
          .has_value());
}

TEST_CASE("a schedule that would be endless is refused") {
  duty_tolerance few;
  few.max_obligations = 10;
  const duty_history h{to_day(2001y / 1 / 1), {}};
  CHECK(obligations(parse_duty("min_count:1/P1D").value(), cn(), h, to_day(2025y / 1 / 1), few)
            .error()
            .code == errc::limit_exceeded);
}

TEST_CASE("what is overdue, which gaps grew too long, and how much was published in each period") {
  const duty_history h{to_day(2025y / 1 / 1),
                       {to_day(2025y / 3 / 10), to_day(2025y / 1 / 20), to_day(2025y / 3 / 10)}};
  const time_limit month{1, limit_unit::month};
  // From 01-20 the next was due on 02-20; from 03-10 on 04-10. 01-01 to 01-20 was in time.
  const auto gaps = publication_gaps(cn(), month, h, to_day(2025y / 4 / 20)).value();
  REQUIRE(gaps.size() == 2);
  CHECK((gaps[0] ==
         publication_gap{to_day(2025y / 1 / 20), to_day(2025y / 2 / 20), to_day(2025y / 3 / 10)}));
  CHECK((gaps[1] == publication_gap{to_day(2025y / 3 / 10), to_day(2025y / 4 / 10), std::nullopt}));
  CHECK(publication_gaps(cn(), month, h, to_day(2025y / 4 / 10)).value().size() == 1);
  // As known on 03-01 the gap is open.
  CHECK_FALSE(publication_gaps(cn(), month, h, to_day(2025y / 3 / 1)).value()[0].to.has_value());
  CHECK(publication_gaps(cn(), {0, limit_unit::day}, h, to_day(2025y / 4 / 20)).error().code ==
        errc::bad_limit);
  const auto counts = publications_per(cn(), month, h, to_day(2025y / 4 / 20)).value();
  REQUIRE(counts.size() == 4);
  CHECK((counts[0] == publication_count{to_day(2025y / 1 / 1), to_day(2025y / 1 / 31), 1}));
  CHECK(counts[1].published == 0);
  CHECK(counts[2].published == 1);
  CHECK((counts[3] == publication_count{to_day(2025y / 4 / 1), to_day(2025y / 4 / 30), 0}));
  duty_tolerance few;
  few.max_obligations = 2;
  CHECK(publications_per(cn(), month, h, to_day(2025y / 4 / 20), few).error().code ==
        errc::limit_exceeded);
  const duty d = parse_duty("every:P1M;yearly_by:12-30").value();
  const auto late = overdue(d, cn(), h, to_day(2025y / 4 / 20)).value();
  REQUIRE(late.size() == 1);
  CHECK((late[0].due == to_day(2025y / 4 / 10)));
  CHECK(overdue(d, cn(), h, to_day(2025y / 4 / 10)).value().empty());
}
