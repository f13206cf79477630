#include <banli/assessment/ranking.hpp>

#include <algorithm>

#include <rapidcheck.h>

#include "scoring_fixture.hpp"

using namespace scoring;

namespace {

score total_of(const char* subject, const char* total, int year = 2025) {
  score s;
  s.subject = subject;
  s.total = dec(total);
  s.from = to_day(std::chrono::year{year} / 1 / 1);
  s.until = to_day(std::chrono::year{year + 1} / 1 / 1);
  return s;
}

std::vector<std::string> shown(const ranking& r) {
  std::vector<std::string> out;
  for (const ranked& p : r.places) out.push_back(std::to_string(p.rank) + p.subject);
  return out;
}

std::vector<std::string> met(const compiled_scheme& s, const std::vector<ranking>& all) {
  std::vector<std::string> out;
  for (const consequence_met& c : consequences(s, all)) out.push_back(c.id + ":" + c.subject);
  return out;
}

} // namespace

TEST_CASE("equals share a rank, and the next one skips or not") {
  const std::vector<score> scores{total_of("A", "90"), total_of("B", "95.0"), total_of("C", "95"),
                                  total_of("D", "80")};
  scoring_scheme s = double_evaluation();
  CHECK(shown(rank(scheme_of(s), scores)) == std::vector<std::string>{"1B", "1C", "3A", "4D"});
  s.ties = tie_rule::dense;
  CHECK(shown(rank(scheme_of(s), scores)) == std::vector<std::string>{"1B", "1C", "2A", "3D"});
}

TEST_CASE("tie breakers decide between equal totals") {
  std::vector<score> scores{total_of("A", "90"), total_of("B", "90")};
  scores[0].root.parts = {{"survey", {}, {}, dec("80"), {}, {}, {}}};
  scores[1].root.parts = {{"survey", {}, {}, dec("80.5"), {}, {}, {}}};
  scoring_scheme s = double_evaluation();
  s.tie_breakers = {"survey"};
  CHECK(shown(rank(scheme_of(s), scores)) == std::vector<std::string>{"1B", "2A"});
}

TEST_CASE("a veto ranks last, whatever the total") {
  std::vector<score> scores{total_of("A", "99"), total_of("B", "50"), total_of("C", "98")};
  scores[0].vetoes = {{"harm", {}, {"V1"}}};
  const ranking r = rank(scheme_of(double_evaluation()), scores);
  CHECK(shown(r) == std::vector<std::string>{"1C", "2B", "3A"});
  CHECK(r.places[2].vetoed);
}

TEST_CASE("the last three are circulated, the last of two years running is replaced") {
  const compiled_scheme s = scheme_of(double_evaluation());
  const ranking before =
      rank(s, std::vector<score>{total_of("A", "60", 2024), total_of("B", "90", 2024),
                                 total_of("C", "91", 2024), total_of("D", "92", 2024)});
  const ranking now =
      rank(s, std::vector<score>{total_of("A", "70"), total_of("B", "71"), total_of("C", "72"),
                                 total_of("D", "99"), total_of("E", "98")});
  CHECK(met(s, {now}) == std::vector<std::string>{"circulated:C", "circulated:B", "circulated:A"});
  CHECK(met(s, {before, now}) ==
        std::vector<std::string>{"circulated:C", "circulated:B", "circulated:A", "replaced:A"});
  SUBCASE("a year between them breaks the row") {
    ranking older = before;
    older.until = on("2024-06-01");
    CHECK(met(s, {older, now}).size() == 3);
  }
  SUBCASE("who was not ranked last year was not last") {
    const ranking without =
        rank(s, std::vector<score>{total_of("B", "60", 2024), total_of("C", "91", 2024)});
    CHECK(met(s, {without, now}).size() == 3);
  }
}

TEST_CASE("equals at the edge are all in, and where nobody differs nobody is last") {
  const compiled_scheme s = scheme_of(double_evaluation());
  const ranking edge =
      rank(s, std::vector<score>{total_of("A", "90"), total_of("B", "80"), total_of("C", "80"),
                                 total_of("D", "80"), total_of("E", "70")});
  CHECK(met(s, {edge}).size() == 4);
  const ranking level = rank(s, std::vector<score>{total_of("A", "90"), total_of("B", "90")});
  CHECK(met(s, {level}).empty());
}

TEST_CASE("the order in which scores are given changes no ranking") {
  const compiled_scheme s = scheme_of(double_evaluation());
  CHECK(rc::check([&] {
    std::vector<score> scores;
    const int n = *rc::gen::inRange(0, 10);
    for (int i = 0; i < n; ++i) {
      scores.push_back(
          total_of(std::to_string(i).c_str(), std::to_string(*rc::gen::inRange(0, 4)).c_str()));
      if (*rc::gen::inRange(0, 4) == 0) scores.back().vetoes = {{"harm", {}, {}}};
    }
    const ranking first = rank(s, scores);
    std::ranges::reverse(scores);
    RC_ASSERT(rank(s, scores) == first);
    for (const ranked& p : first.places) {
      std::size_t better = 0;
      for (const ranked& q : first.places)
        better += q.vetoed < p.vetoed || (q.vetoed == p.vetoed && q.total > p.total) ? 1U : 0U;
      RC_ASSERT(p.before == better);
      RC_ASSERT(p.rank == better + 1);
    }
  }));
}
