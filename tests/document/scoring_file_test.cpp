// Schemes as files, the ones that are shipped, and the tables of records.
#include <banli/document/scoring_file.hpp>

#include <doctest/doctest.h>

#include <banli/assessment/assess.hpp>
#include <banli/time/text.hpp>

namespace {

using namespace banli;

const std::string shipped = BANLI_SOURCE_DIR "/examples/scoring/";

compiled_scheme shipped_scheme(const char* name) {
  const scheme_file f = load_scheme(shipped + name);
  for (const error& e : f.found) MESSAGE(to_string(e, language::en));
  REQUIRE(f.good());
  return *f.scheme;
}

score shipped_score(const char* name, std::string_view records, std::string_view evaluations,
                    std::map<std::string, std::int64_t> counts = {}) {
  problems found;
  const auto all = read_records(records, "records.csv", found);
  const auto said = read_evaluations(evaluations, "evaluations.csv", found);
  for (const error& e : found) MESSAGE(to_string(e, language::en));
  REQUIRE(found.empty());
  return score_of(shipped_scheme(name),
                  {"A", parse_day("2025-01-01").value(), parse_day("2025-02-01").value(), all, said,
                   std::move(counts)})
      .value();
}

decimal decimal_of(const char* s) { return parse_decimal(s).value(); }

} // namespace

TEST_CASE("the shipped double evaluation: 扣除2个百分点 is two points of the total") {
  const char* said = "id,at,department,group,grade\n"
                     "1,2025-01-05,A,service,满意\n"
                     "2,2025-01-05,A,government,very_satisfied\n";
  // 0.8 × (0.7 × 80 + 0.3 × 100) + 0.2 × 100 = 68.8 + 20
  CHECK(shipped_score("double_evaluation.yaml", "id,kind,at\n", said).total == decimal_of("88.8"));
  const score s = shipped_score("double_evaluation.yaml",
                                "id,kind,at,department,waiver,waiver_reason\n"
                                "a,check.attitude,2025-01-05,A,,\n"
                                "b,check.graft,2025-01-05,A,,\n"
                                "c,check.closed,2025-01-05,A,self_corrected,主动整改\n"
                                "d,harm.serious,2025-01-06,A,,\n",
                                said);
  CHECK(s.total == decimal_of("84.8"));
  CHECK(s.vetoes.size() == 1);
}

TEST_CASE("the shipped six contents: each of the two groups is asked for six") {
  std::string said = "id,at,department,group,mark:attitude,mark:law,mark:efficiency,"
                     "mark:openness,mark:livelihood,mark:team\n"
                     "1,2025-01-05,A,service,90,80,70,60,50,40\n"
                     "2,2025-01-05,A,government,100,100,100,100,100,100\n";
  // 0.7 × (0.2 × 170 + 0.15 × 220) + 0.3 × 100 = 0.7 × 67 + 30
  CHECK(shipped_score("six_contents.yaml", "id,kind,at\n", said).total == decimal_of("76.9"));
}

TEST_CASE("the shipped monthly scheme: 100, automatic and by hand") {
  const score s = shipped_score("monthly_performance.yaml",
                                "id,kind,at,department,amount,points,note\n"
                                "1,case.overdue,2025-01-05,A,1,,\n"
                                "2,case.overdue,2025-01-05,A,2,,\n"
                                "3,case.overdue,2025-01-05,A,9,,\n"
                                "4,finding.refused,2025-01-05,A,,,不合法\n"
                                "5,finding.refused,2025-01-05,A,,,申请人不具备法定的许可条件\n"
                                "6,weekly,2025-01-10,A,,-0.25,窗口无人值守\n"
                                "7,manual,2025-01-31,A,,2,表彰\n",
                                "id,at\n");
  // -1 - 1.5 - 1.5 - 0.5 - 0.25 + 2
  CHECK(s.total == decimal_of("97.25"));
}

TEST_CASE("the shipped hundred points: components, cards, rewards, a coefficient") {
  const char* said = "id,at,department,grade\n1,2025-01-05,A,very_satisfied\n";
  std::map<std::string, std::int64_t> counts{{"concluded", 40},           {"early", 8},
                                             {"statutory_days", 20},      {"promised_days", 12},
                                             {"data_records", 100},       {"data_incomplete", 2},
                                             {"coefficient_percent", 100}};
  // 100 from the components; early 20 % +2, shortened by 40 % +4, incomplete 2 % -2
  CHECK(shipped_score("hundred_points.yaml", "id,kind,at\n", said, counts).total ==
        decimal_of("104"));
  counts["coefficient_percent"] = 95;
  counts["early"] = 3;          // 7.5 %: nothing
  counts["promised_days"] = 15; // 25 %: nothing
  counts["data_incomplete"] = 50;
  const score s = shipped_score("hundred_points.yaml",
                                "id,kind,at,department,points\n"
                                "1,hit.warning,2025-01-05,A,\n2,hit.warning,2025-01-05,A,\n"
                                "3,hit.warning,2025-01-05,A,\n4,hit.warning,2025-01-05,A,\n"
                                "5,card.red,2025-01-05,A,\n6,finding.charge,2025-01-05,A,-11\n",
                                said, counts);
  // (100 - 8 - 3 - 10 - 5) × 0.95
  CHECK(s.total == decimal_of("70.3"));
}

TEST_CASE("what is saved reads as the same scheme, and saves as the same text") {
  for (const char* name : {"double_evaluation.yaml", "six_contents.yaml",
                           "monthly_performance.yaml", "hundred_points.yaml"}) {
    CAPTURE(name);
    const std::string text = save(load_scheme(shipped + name).definition).value();
    const scheme_file again = parse_scheme("again.yaml", text);
    CHECK(again.good());
    CHECK(save(again.definition).value() == text);
  }
}

TEST_CASE("everything that is wrong with a scheme is told at once, with its place") {
  const scheme_file f = parse_scheme("s.yaml", "kind: scoring_scheme\n"
                                               "id: s\n"
                                               "name: s\n"
                                               "counts:\n"
                                               "  - name: closed\n"
                                               "indicators:\n"
                                               "  - {id: total, name: t}\n"
                                               "  - id: a\n"
                                               "    of: totl\n"
                                               "    name: a\n"
                                               "    value: counts.closd * 2\n"
                                               "adjustments:\n"
                                               "  - {id: x, of: a, name: x}\n");
  std::vector<std::string> places;
  for (const error& e : f.found)
    places.push_back(fmt::format("{}:{} {}", e.where.line, e.where.column, to_string(e.code)));
  CHECK(places == std::vector<std::string>{"8:5 unknown-reference", "11:19 unknown-field",
                                           "13:5 missing-field"});
  CHECK(!f.scheme);
  const scheme_file wrong =
      parse_scheme("s.yaml", "kind: scoring_scheme\nid: s\nname: s\n"
                             "indicators:\n"
                             "  - {id: t, name: t, wieght: 1, points: ten}\n");
  REQUIRE(wrong.found.size() == 2);
  CHECK(wrong.found[0].message.en.find("did you mean 'weight'") != std::string::npos);
  CHECK(wrong.found[1].code == errc::bad_value);
  CHECK(parse_scheme("o.yaml", "kind: office\nname: x\n").found.front().code ==
        errc::unknown_value);
}

TEST_CASE("a configuration holds schemes, each id once") {
  const std::string scheme = "kind: scoring_scheme\nid: s\nname: s\nindicators:\n"
                             "  - {id: t, name: t, points: 100}\n";
  const configuration c = parse_configuration({{"a.yaml", scheme}, {"b.yaml", scheme}});
  CHECK(c.schemes.size() == 2);
  bool twice = false;
  for (const error& e : c.found)
    twice = twice || (e.code == errc::duplicate_id && e.where.file == "b.yaml");
  CHECK(twice);
}

TEST_CASE("tables of records name line and column of what they cannot read") {
  problems found;
  const auto records = read_records("id,kind,at,departmnt,points,trial,amount\n"
                                    "1,k,2025-01-01,A,1.5,是,3\n"
                                    "2,k,2025-13-01,A,x,maybe,y\n",
                                    "r.csv", found);
  std::vector<std::string> said;
  for (const error& e : found)
    said.push_back(fmt::format("{}:{} {}", e.where.line, e.where.column, to_string(e.code)));
  CHECK(said == std::vector<std::string>{"1:12 unknown-field", "3:5 bad-date", "3:26 bad-value",
                                         "3:18 bad-value", "3:20 bad-value", "2:0 missing-field"});
  REQUIRE(records.size() == 1);
  CHECK(records[0].trial);
  CHECK(records[0].points == decimal_of("1.5"));
  found.clear();
  CHECK(
      read_evaluations("id,at,grade,department\n1,2025-01-01,满意吗,A\n", "e.csv", found).empty());
  CHECK(found.front().message.zh.find("是否想写“满意”") != std::string::npos);
  found.clear();
  CHECK(read_records("id,kind\n1,k\n", "r.csv", found).empty());
  CHECK(found.front().code == errc::missing_column);
  found.clear();
  const auto counts = read_counts("subject,closed,early\nA,4,\nA,5,1\n", "c.csv", found);
  CHECK(counts.at("A") == std::map<std::string, std::int64_t>{{"closed", 4}});
  CHECK(found.front().code == errc::duplicate_id);
}
