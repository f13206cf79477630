#include <banli/assessment/assess.hpp>

#include "scoring_fixture.hpp"

using namespace scoring;

TEST_CASE("a window of several periods is scored period by period, and ranks run on") {
  scoring_scheme s = double_evaluation();
  s.indicators = {indicator("total", "", "1", "100")};
  s.adjustments = {adjustment("attitude", "total", "check.attitude", "-10")};
  std::vector<score_record> records{record("R1", "check.attitude", "2024-05-01"),
                                    record("R2", "check.attitude", "2025-05-01"),
                                    record("R3", "check.attitude", "2025-06-01")};
  assessment_question asked{on("2024-01-01"), on("2026-01-01"), records, {}, {"B", "C"}, {}};
  const assessment a = assess(scheme_of(s), asked).value();
  REQUIRE(a.periods.size() == 2);
  REQUIRE(a.scores.size() == 3);
  CHECK(a.scores[0].subject == "A");
  CHECK(a.scores[0].total == dec("85"));
  CHECK(a.places.places.back().subject == "A");
  std::vector<std::string> met;
  for (const consequence_met& c : a.consequences) met.push_back(c.id + c.subject);
  CHECK(met == std::vector<std::string>{"circulatedA", "replacedA"});
  asked.until = asked.from;
  CHECK(assess(scheme_of(s), asked).error().code == errc::bad_value);
}

TEST_CASE("counts that the scheme does not declare are passed over, and the ranking is a table") {
  scoring_scheme s = double_evaluation();
  s.counts = {{"early"}};
  s.indicators = {indicator("total", ""), indicator("fast", "total")};
  s.indicators[1].value.source = "counts.early";
  s.adjustments.clear();
  assessment_question asked{on("2025-01-01"), on("2026-01-01"), {}, {}, {}, {}};
  asked.counts = [](day, day) {
    return subject_counts{{"A", {{"early", 3}, {"open", 9}}}, {"B", {{"early", 5}}}};
  };
  const compiled_scheme scheme = scheme_of(s);
  const assessment a = assess(scheme, asked).value();
  const data_table t = ranking_table(scheme, a.places, a.scores);
  CHECK(t.column("subject").word(0) == "B");
  CHECK(t.column("total").word(0) == "5.00");
  CHECK(t.column("fast").word(1) == "3");
  CHECK(t.column("complete").word(1) == "true");
}

TEST_CASE("every point is a row with its record, and the effects add up to the total") {
  const std::vector<score_record> records{record("R1", "check.attitude"),
                                          record("R2", "check.graft"), record("R3", "harm")};
  const std::vector<evaluation> said{graded("P1", "service", satisfaction::satisfied),
                                     graded("P2", "government", satisfaction::very_satisfied)};
  const score s = score_of(scheme_of(double_evaluation()), year_2025(records, said)).value();
  const data_table t = point_table(std::vector{s});
  double sum = 0;
  std::vector<std::string> costs;
  for (std::size_t row = 0; row < t.rows(); ++row) {
    sum += t.column("effect").real(row);
    if (!t.column("records").word(row).empty())
      costs.push_back(fmt::format("{} {} {} {}", t.column("indicator").word(row),
                                  t.column("id").word(row), t.column("points").real(row),
                                  t.column("records").word(row)));
  }
  CHECK(sum == doctest::Approx(to_double(s.total)));
  CHECK(costs == std::vector<std::string>{"daily attitude -10 R1", "daily graft -10 R2"});
  CHECK(t.column("effect").real(t.rows() - 1) == doctest::Approx(-2)); // of a part that weighs 0.2
  CHECK(t.column("subject").word(0) == "A");
}
