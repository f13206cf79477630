// Scores against tables worked by hand, and what holds of every score.
#include <banli/assessment/score.hpp>

#include <algorithm>

#include <rapidcheck.h>

#include "scoring_fixture.hpp"

using namespace scoring;

namespace {

/// Two of the service objects say 满意 and 非常满意 (80, 100: mean 90), the government 基本满意
/// (60).
std::vector<evaluation> some_grades() {
  return {graded("P1", "service", satisfaction::satisfied),
          graded("P2", "service", satisfaction::very_satisfied),
          graded("P3", "government", satisfaction::fairly_satisfied)};
}

const score_line& line_of(const score& s, std::string_view indicator, std::size_t i) {
  return node_of(s.root, indicator)->lines.at(i);
}

} // namespace

TEST_CASE("a double evaluation by hand: 0.8 × (0.7 × 90 + 0.3 × 60) + 0.2 × 80 = 80.8") {
  const std::vector<score_record> records{record("R1", "check.attitude"),
                                          record("R2", "check.graft", "2025-12-31")};
  const auto said = some_grades();
  const score s = score_of(scheme_of(double_evaluation()), year_2025(records, said)).value();
  CHECK(s.total == dec("80.8"));
  CHECK(node_of(s.root, "survey")->value == dec("81"));
  CHECK(node_of(s.root, "survey")->contribution == dec("64.8"));
  CHECK(node_of(s.root, "daily")->contribution == dec("16"));
  CHECK(s.complete);
  CHECK(adds_up(s.root));
  CHECK(line_of(s, "daily", 1).records == std::vector<std::string>{"R1"});
  CHECK(line_of(s, "daily", 1).points == dec("-10"));
}

TEST_CASE("a record belongs to the period in which it lies, half-open") {
  const std::vector<score_record> records{record("early", "check.attitude", "2024-12-31"),
                                          record("first", "check.attitude", "2025-01-01"),
                                          record("next", "check.attitude", "2026-01-01")};
  const auto said = some_grades();
  const score s = score_of(scheme_of(double_evaluation()), year_2025(records, said)).value();
  REQUIRE(node_of(s.root, "daily")->lines.size() == 2);
  CHECK(line_of(s, "daily", 1).records == std::vector<std::string>{"first"});
}

TEST_CASE("what a waiver, a trial and a bound do can be seen") {
  std::vector<score_record> records;
  for (int i = 0; i < 12; ++i)
    records.push_back(record(("R" + std::to_string(10 + i)).c_str(), "check.attitude"));
  records[0].waiver = "self_corrected";
  records[0].waiver_reason = "主动自查,挽回损失";
  records[1].trial = true;
  const auto said = some_grades();
  const compiled_scheme scheme = scheme_of(double_evaluation());
  score s = score_of(scheme, year_2025(records, said)).value();
  CHECK(node_of(s.root, "daily")->value == dec("0")); // 100 - 10 × 10, held at 0
  CHECK(line_of(s, "daily", 1).cause == score_cause::waived);
  CHECK(line_of(s, "daily", 1).note.zh == "主动自查,挽回损失");
  CHECK(line_of(s, "daily", 1).points == decimal{});
  CHECK(line_of(s, "daily", 2).cause == score_cause::trial);
  records.push_back(record("R30", "check.graft"));
  s = score_of(scheme, year_2025(records, said)).value();
  CHECK(node_of(s.root, "daily")->value == dec("0"));
  CHECK(node_of(s.root, "daily")->lines.back().cause == score_cause::cap);
  CHECK(node_of(s.root, "daily")->lines.back().points == dec("10"));
  CHECK(adds_up(s.root));

  SUBCASE("a waiver that the scheme does not know is refused, with the nearest") {
    records[0].waiver = "self_correct";
    const auto refused = score_of(scheme, year_2025(records, said));
    REQUIRE(!refused);
    CHECK(refused.error().code == errc::unknown_reference);
    CHECK(refused.error().message.en.find("'self_corrected'") != std::string::npos);
  }
  SUBCASE("an adjustment that no waiver helps against") {
    scoring_scheme strict = double_evaluation();
    strict.adjustments[0].waivable = false;
    const score t = score_of(scheme_of(strict), year_2025(records, said)).value();
    CHECK(node_of(t.root, "daily")->lines[1].points == dec("-10"));
  }
}

TEST_CASE("a veto stands beside the score and cannot be waived") {
  std::vector<score_record> records{record("V1", "harm")};
  records[0].waiver = "self_corrected";
  records[0].waiver_reason = "自查自纠";
  const auto said = some_grades();
  const compiled_scheme scheme = scheme_of(double_evaluation());
  score s = score_of(scheme, year_2025(records, said)).value();
  REQUIRE(s.vetoes.size() == 1);
  CHECK(s.vetoes[0].records == std::vector<std::string>{"V1"});
  records[0].trial = true;
  s = score_of(scheme, year_2025(records, said)).value();
  CHECK(s.vetoes.empty());
}

TEST_CASE("who was asked by nobody is not complete, which is not the same as bad") {
  const score s = score_of(scheme_of(double_evaluation()), year_2025({}, {})).value();
  CHECK(!s.complete);
  CHECK(s.total == dec("20"));
  CHECK(line_of(s, "service", 0).missing == std::vector<std::string>{"evaluations.service"});
}

TEST_CASE("means and totals are rounded half to even, and rounding is a line") {
  // (100 + 100 + 80) / 3 = 93.3333; × 0.7 × 0.8 = 52.266648; 60 × 0.24 = 14.4; + 20 = 86.666648
  const std::vector<evaluation> said{graded("1", "service", satisfaction::very_satisfied),
                                     graded("2", "service", satisfaction::very_satisfied),
                                     graded("3", "service", satisfaction::satisfied),
                                     graded("4", "government", satisfaction::fairly_satisfied)};
  const score s = score_of(scheme_of(double_evaluation()), year_2025({}, said)).value();
  CHECK(line_of(s, "service", 0).points == dec("93.3333"));
  CHECK(s.total == dec("86.67"));
  CHECK(s.root.lines.back().cause == score_cause::rounding);
  CHECK(s.root.lines.back().points == dec("0.003352"));
  CHECK(adds_up(s.root));
}

TEST_CASE("three of a kind cost once, and expressions read counts") {
  scoring_scheme s = double_evaluation();
  s.counts = {{"closed", {"closed", "办结"}}, {"early", {"early", "提前"}}};
  s.adjustments[0].every = 3;
  s.adjustments[0].each = dec("-3");
  score_adjustment early;
  early.id = "early";
  early.of = "daily";
  early.value.source = "计数.办结 > 0 ? 计数.提前 * 10 / 计数.办结 : 0";
  s.adjustments.push_back(early);
  const compiled_scheme scheme = scheme_of(s);
  std::vector<score_record> records;
  for (const char* id : {"R1", "R2", "R3", "R4", "R5", "R6", "R7"})
    records.push_back(record(id, "check.attitude"));
  const auto said = some_grades();
  score_question asked = year_2025(records, said);
  asked.counts = {{"closed", 40}, {"early", 14}};
  score got = score_of(scheme, asked).value();
  CHECK(node_of(got.root, "daily")->value == dec("97")); // 100 - 2 × 3 + 3
  CHECK(line_of(got, "daily", 1).records == std::vector<std::string>{"R1", "R2", "R3"});
  CHECK(got.complete);
  asked.counts.erase("early");
  got = score_of(scheme, asked).value();
  CHECK(!got.complete);
  CHECK(node_of(got.root, "daily")->lines.back().missing ==
        std::vector<std::string>{"counts.early"});
  asked.counts = {{"closd", 1}};
  const auto refused = score_of(scheme, asked);
  REQUIRE(!refused);
  CHECK(refused.error().message.en.find("did you mean 'closed'") != std::string::npos);
}

TEST_CASE("a condition picks records, a record may say its points, a factor multiplies") {
  scoring_scheme s = double_evaluation();
  s.adjustments[0].when.source = "record.amount >= 2";
  s.adjustments[1].each.reset();
  s.indicators[2].factor.source = "decimal(\"0.333\")";
  const compiled_scheme scheme = scheme_of(s);
  std::vector<score_record> records{record("R1", "check.attitude"), record("R2", "check.attitude"),
                                    record("R3", "check.graft")};
  records[1].amount = 2;
  records[2].points = dec("-1.25");
  const auto said = some_grades();
  score got = score_of(scheme, year_2025(records, said)).value();
  // (100 - 10 - 1.25) × 0.333 = 29.55375, to four places half to even 29.5538
  CHECK(node_of(got.root, "daily")->value == dec("29.5538"));
  CHECK(node_of(got.root, "daily")->lines.back().points == dec("-59.1962"));
  CHECK(adds_up(got.root));
  records[2].points.reset();
  const auto refused = score_of(scheme, year_2025(records, said));
  REQUIRE(!refused);
  CHECK(refused.error().code == errc::missing_field);
}

TEST_CASE("staff at windows are scored as departments are: by their own records") {
  scoring_scheme s = double_evaluation();
  s.subject = score_subject::person;
  std::vector<score_record> records{record("R1", "check.attitude"), record("R2", "check.attitude"),
                                    record("R3", "check.graft")};
  records[0].person = person_id{"A"};
  records[1].person = person_id{"B"};
  const score got = score_of(scheme_of(s), year_2025(records, {})).value();
  CHECK(node_of(got.root, "daily")->value == dec("90"));
  CHECK(line_of(got, "daily", 1).records == std::vector<std::string>{"R1"});
}

TEST_CASE("half-years and years are means of months") {
  const compiled_scheme scheme = scheme_of(double_evaluation());
  std::vector<score> months;
  for (const char* total : {"97.5", "100", "98.25"}) {
    score m;
    m.subject = "A";
    m.from = on("2025-01-01");
    m.until = on("2025-02-01");
    m.total = dec(total);
    months.push_back(m);
  }
  const score s = mean_of(scheme, months).value();
  CHECK(s.total == dec("98.58")); // 98.58333…
  CHECK(adds_up(s.root));
  CHECK(mean_of(scheme, {}).error().code == errc::bad_value);
  months[1].subject = "B";
  CHECK(mean_of(scheme, months).error().code == errc::bad_value);
}

TEST_CASE("the tree says in words what every point is for") {
  const std::vector<score_record> records{record("R1", "check.attitude")};
  const auto said = some_grades();
  const score s = score_of(scheme_of(double_evaluation()), year_2025(records, said)).value();
  CHECK(to_text(s, language::zh) == "A  82.80  2025-01-01..2025-12-31\n"
                                    "  total  82.80\n"
                                    "    survey  81.00000 × 0.8 = 64.800000\n"
                                    "      service  90.0000 × 0.7 = 63.00000\n"
                                    "        +90.0000  平均分  2 份评价的平均\n"
                                    "      government  60.0000 × 0.3 = 18.00000\n"
                                    "        +60.0000  平均分  1 份评价的平均\n"
                                    "    daily  90 × 0.2 = 18.0\n"
                                    "      +100  基础分\n"
                                    "      -10  attitude  [R1]\n");
  CHECK(to_json(s).find("\"records\":[\"R1\"]") != std::string::npos);
}

TEST_CASE("records that nothing looks at are told") {
  const std::vector<score_record> records{record("R2", "hit.alarm"), record("R1", "harm")};
  CHECK(unused_records(scheme_of(double_evaluation()), records) == std::vector<std::string>{"R2"});
}

TEST_CASE("records must be somebody's, once, and waived with a reason") {
  std::vector<score_record> records{record("R1", "harm"), record("R1", ""), record("R3", "harm")};
  records[2].waiver = "self_corrected";
  records[2].department = {};
  const problems found = check(std::span<const score_record>{records});
  std::vector<errc> codes;
  for (const error& e : found) codes.push_back(e.code);
  CHECK(codes == std::vector<errc>{errc::duplicate_id, errc::missing_field, errc::missing_field,
                                   errc::missing_field});
  evaluation e = graded("P1", "service", satisfaction::satisfied);
  e.marks["attitude"] = 101;
  const problems wrong = check(std::span<const evaluation>{&e, 1});
  REQUIRE(wrong.size() == 1);
  CHECK(wrong.front().code == errc::out_of_range);
}

TEST_CASE("the order of what is given changes no score, and parts add up") {
  CHECK(rc::check([] {
    scoring_scheme s = double_evaluation();
    s.adjustments[0].every = *rc::gen::inRange(1, 4);
    s.adjustments[1].least = dec("-35.5");
    const compiled_scheme scheme = scheme_of(s);
    std::vector<score_record> records;
    const int n = *rc::gen::inRange(0, 25);
    for (int i = 0; i < n; ++i) {
      const auto* kind = *rc::gen::element("check.attitude", "check.graft", "harm", "other");
      score_record r = record(std::to_string(i).c_str(), kind);
      r.at += std::chrono::hours{24 * *rc::gen::inRange(-100, 400)};
      r.trial = *rc::gen::inRange(0, 5) == 0;
      if (*rc::gen::inRange(0, 5) == 0) {
        r.waiver = "self_corrected";
        r.waiver_reason = "x";
      }
      records.push_back(r);
    }
    std::vector<evaluation> said;
    const int m = *rc::gen::inRange(0, 12);
    for (int i = 0; i < m; ++i)
      said.push_back(graded(std::to_string(i), *rc::gen::element("service", "government"),
                            static_cast<satisfaction>(*rc::gen::inRange(0, 5))));
    const score first = score_of(scheme, year_2025(records, said)).value();
    RC_ASSERT(adds_up(first.root));
    RC_ASSERT(first.root.value == first.total);
    for (std::size_t i = records.size(); i > 1; --i)
      std::swap(records[i - 1], records[*rc::gen::inRange<std::size_t>(0, i)]);
    std::ranges::reverse(said);
    RC_ASSERT(score_of(scheme, year_2025(records, said)).value() == first);
  }));
}
