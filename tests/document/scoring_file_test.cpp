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
                                "1,case.over_statutory,2025-01-05,A,1,,\n"
                                "2,case.over_statutory,2025-01-05,A,2,,\n"
                                "3,case.over_statutory,2025-01-05,A,9,,\n"
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

namespace {

/// One record by itself, and the total it leads to, worked by hand from the source of the scheme.
struct worked_row {
  const char* record; ///< kind,amount,points,note,rule
  const char* total;
};

void check_worked(const char* scheme, const std::vector<worked_row>& table, const char* said,
                  const std::map<std::string, std::int64_t>& counts = {}) {
  for (const worked_row& row : table) {
    CAPTURE(row.record);
    const score s = shipped_score(
        scheme,
        fmt::format("id,at,department,kind,amount,points,note,rule\n1,2025-01-05,A,{}\n",
                    row.record),
        said, counts);
    CHECK(to_string(s.total) == row.total);
    // The point leads back to its record.
    const bool cost = s.total != shipped_score(scheme, "id,kind,at\n", said, counts).total;
    CHECK((to_json(s).find("\"records\":[\"1\"]") != std::string::npos) == cost);
  }
}

} // namespace

TEST_CASE("the shipped monthly scheme, item by item") {
  check_worked("monthly_performance.yaml",
               {{"finding.not_accepted,,,不符合,", "99.50"},                        // 12
                {"finding.not_accepted,,,申请事项依法不属于本机关职权,", "100.00"}, // a reason
                {"hit.alarm,,,无正当理由,D-REFUSED", "99.50"},
                {"hit.alarm,,,超时,A004", "100.00"},
                {"finding.no_review,,,,", "99.50"}, // 18
                {"hit.reminder,,,没有材料审查记录,A022", "99.50"},
                {"finding.no_document,,,,", "99.50"}, // 21
                {"hit.reminder,,,没有决定文书,A020", "99.50"},
                {"hit.reminder,,,没有决定文书,A021", "99.50"},
                {"hit.reminder,,,摘要,OLD-SUMMARY", "100.00"},
                {"finding.refused,,,不合法,", "99.50"},      // 22
                {"lawsuit.changed,,,,", "99.50"},            // 25
                {"complaint.late,,,,", "99.50"},             // 27
                {"complaint.passed_down_late,,,,", "99.50"}, // 28
                {"review.withdrawn,,,,", "99.00"},           // 29
                {"lawsuit.lost,,,,", "99.00"},               // 30
                {"order.issued,,,,", "99.50"},               // 32
                {"case.over_statutory,1,,,", "99.00"},       // 36, 黄牌
                {"case.over_statutory,2,,,", "98.50"},       // 37, 红牌
                {"case.over_statutory,30,,,", "98.50"},
                {"case.overdue,30,,,", "100.00"},    // of the promise: not asked for here
                {"grade.dissatisfied,,,,", "99.00"}, // 50
                {"complaint.fault,,-2,,", "98.00"},
                {"disclosure.late,,,,", "99.50"},
                {"weekly,,-0.25,,", "99.75"},
                {"manual,,2,,", "102.00"}},
               "id,at\n");
}

TEST_CASE("the shipped double evaluation, deduction by deduction") {
  std::vector<worked_row> table;
  for (const char* kind :
       {"check.promise,,,,", "check.attitude,,,,", "check.unlawful,,,,", "check.closed,,,,",
        "check.dragging,,,,", "check.livelihood,,,,", "check.graft,,,,"})
    table.push_back({kind, "98.00"});              // 扣除2个百分点
  table.push_back({"harm.serious,,,,", "100.00"}); // a veto ranks last and takes no point
  for (const worked_row& row : table) {
    CAPTURE(row.record);
    const score s = shipped_score(
        "double_evaluation.yaml",
        fmt::format("id,at,department,kind,amount,points,note,rule\n1,2025-01-05,A,{}\n",
                    row.record),
        "id,at,department,group,grade\n1,2025-01-05,A,service,very_satisfied\n"
        "2,2025-01-05,A,government,very_satisfied\n");
    CHECK(to_string(s.total) == row.total);
    CHECK(s.vetoes.size() == (row.total == std::string{"100.00"} ? 1 : 0));
  }
}

TEST_CASE("the shipped hundred points, component by component") {
  const std::map<std::string, std::int64_t> quiet{
      {"concluded", 40},           {"early", 0},          {"statutory_days", 20},
      {"promised_days", 20},       {"data_records", 100}, {"data_incomplete", 0},
      {"coefficient_percent", 100}};
  const char* said = "id,at,department,grade\n1,2025-01-05,A,very_satisfied\n";
  check_worked("hundred_points.yaml",
               {{"finding.openness,,-3,,", "97.00"},
                {"finding.openness,,-30,,", "90.00"}, // a component is never below 0: of 10
                {"finding.flow,,-30,,", "86.00"},     // 14
                {"finding.limit,,-30,,", "86.00"},    // 14
                {"finding.charge,,-30,,", "92.00"},   // 8
                {"finding.attitude,,-30,,", "90.00"}, // 10
                {"finding.inspection,,-30,,", "86.00"},
                {"finding.liability,,-30,,", "90.00"},
                {"finding.integrity,,-30,,", "90.00"},
                {"hit.warning,,,,", "100.00"}, // one is not three
                {"card.yellow,,,,", "95.00"},
                {"card.red,,,,", "90.00"},
                {"sanction.warning,,,,", "90.00"},
                {"sanction.demerit,,,,", "85.00"},
                {"sanction.major_demerit,,,,", "80.00"},
                {"sanction.demotion,,,,", "70.00"},
                {"sanction.removal,,,,", "60.00"},
                {"sanction.dismissal,,,,", "50.00"}},
               said, quiet);
  struct counted_row {
    const char* name;
    std::int64_t n;
    const char* total;
  };
  for (const counted_row& row :
       std::vector<counted_row>{{"early", 3, "100.00"}, // 7.5 %
                                {"early", 4, "101.00"}, // 10 %
                                {"early", 7, "101.00"}, // 17.5 %
                                {"early", 40, "110.00"},
                                {"promised_days", 15, "100.00"}, // shortened by 25 %
                                {"promised_days", 14, "103.00"}, // 30 %
                                {"promised_days", 12, "104.00"}, // 40 %
                                {"promised_days", 1, "109.00"},  // 95 %
                                {"data_incomplete", 1, "99.00"},
                                {"data_incomplete", 9, "95.00"}, // at most 5
                                {"coefficient_percent", 95, "95.00"}}) {
    CAPTURE(row.name);
    CAPTURE(row.n);
    auto counts = quiet;
    counts[row.name] = row.n;
    CHECK(to_string(shipped_score("hundred_points.yaml", "id,kind,at\n", said, counts).total) ==
          row.total);
  }
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
