// Everything that can be wrong with a scheme is told at once.
#include <banli/assessment/scoring_scheme.hpp>

#include "scoring_fixture.hpp"

using namespace scoring;

namespace {

/// The codes of the problems after a change.
template <class Change>
std::vector<errc> codes_after(Change change) {
  scoring_scheme s = double_evaluation();
  change(s);
  std::vector<errc> out;
  const compiled_schemes made = compile_scheme(std::move(s));
  CHECK(made.scheme.has_value() == made.problems.empty());
  for (const error& e : made.problems) out.push_back(e.code);
  return out;
}

using codes = std::vector<errc>;

} // namespace

TEST_CASE("the tree has one total, no circle and no unknown reference") {
  CHECK(codes_after([](scoring_scheme&) {}).empty());
  CHECK(codes_after([](scoring_scheme& s) { s.indicators[0].of = "survey"; }) ==
        codes{errc::missing_field, errc::bad_value, errc::bad_value, errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) {
          s.indicators[4].of = "";
          s.indicators[4].weight = dec("1");
          s.indicators[3].weight = dec("1");
        }) == codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) { s.indicators[0].weight = dec("0.5"); }) ==
        codes{errc::bad_value});
  const compiled_schemes made = [] {
    scoring_scheme s = double_evaluation();
    s.adjustments[0].of = "dayly";
    s.adjustments[1].on = {"check.atitude"};
    return compile_scheme(std::move(s));
  }();
  REQUIRE(made.problems.size() == 2);
  CHECK(made.problems[0].message.en == "there is no indicator 'dayly'; did you mean 'daily'?");
  CHECK(made.problems[1].message.en.find("did you mean 'check.attitude'") != std::string::npos);
}

TEST_CASE("weights that are written make 1, and have few places together") {
  CHECK(codes_after([](scoring_scheme& s) { s.indicators[3].weight = dec("0.6"); }) ==
        codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) {
          s.indicators[3].weight = dec("0.70001");
          s.indicators[4].weight = dec("0.29999");
        }) == codes{errc::bad_value, errc::bad_value});
}

TEST_CASE("ids are there and there once") {
  CHECK(codes_after([](scoring_scheme& s) { s.id = ""; }) == codes{errc::missing_field});
  CHECK(codes_after([](scoring_scheme& s) { s.adjustments[1].id = "attitude"; }) ==
        codes{errc::duplicate_id});
  CHECK(codes_after([](scoring_scheme& s) { s.records.push_back({"harm"}); }) ==
        codes{errc::duplicate_id});
  CHECK(codes_after([](scoring_scheme& s) { s.counts = {{"1st"}}; }) == codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) {
          s.grades = {{satisfaction::satisfied, dec("90")}};
        }) == codes{errc::missing_field});
}

TEST_CASE("adjustments go by records or by a value") {
  CHECK(codes_after([](scoring_scheme& s) { s.adjustments[0].on.clear(); }) ==
        codes{errc::missing_field});
  CHECK(codes_after([](scoring_scheme& s) { s.adjustments[0].value.source = "1"; }) ==
        codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) { s.adjustments[0].every = 0; }) ==
        codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) {
          s.adjustments[0].every = 2;
          s.adjustments[0].each.reset();
        }) == codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) {
          s.adjustments[0].least = dec("1");
          s.adjustments[0].most = dec("0.5");
        }) == codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) { s.vetoes[0].on.clear(); }) ==
        codes{errc::missing_field});
}

TEST_CASE("expressions are checked: words, and that they are numbers") {
  CHECK(codes_after([](scoring_scheme& s) { s.indicators[2].factor.source = "counts.closed"; }) ==
        codes{errc::unknown_identifier});
  CHECK(codes_after([](scoring_scheme& s) { s.indicators[2].factor.source = "'high'"; }) ==
        codes{errc::type_mismatch});
  CHECK(codes_after([](scoring_scheme& s) { s.adjustments[0].when.source = "record.amont > 1"; }) ==
        codes{errc::unknown_field});
  CHECK(codes_after([](scoring_scheme& s) { s.indicators[1].value.source = "1"; }) ==
        codes{errc::bad_value}); // it has parts
}

TEST_CASE("ranks are of somebody") {
  CHECK(codes_after([](scoring_scheme& s) { s.consequences[0].first = 3; }) ==
        codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) { s.consequences[1].running = 0; }) ==
        codes{errc::bad_value});
  CHECK(codes_after([](scoring_scheme& s) { s.tie_breakers = {"survy"}; }) ==
        codes{errc::unknown_reference});
  CHECK(compile_scheme(double_evaluation(), {.indicators = 4}).problems.front().code ==
        errc::limit_exceeded);
}
