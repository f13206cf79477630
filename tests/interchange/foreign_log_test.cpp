#include <banli/interchange/foreign_log.hpp>

#include <doctest/doctest.h>

using namespace banli;

namespace {

const log_mapping by_number{.item = item_id{"I1"},
                            .case_column = "case",
                            .sequence_column = "seq",
                            .step_column = "activity",
                            .time_column = "time",
                            .actor_column = "who",
                            .received_column = {},
                            .deadline_column = {},
                            .steps = {{"check", "初审"}}};

/// "a/1 初审 09:00" for every command.
std::vector<std::string> told(const case_log_result& r) {
  std::vector<std::string> out;
  for (const command& c : r.log.commands)
    out.push_back(fmt::format("{} {} {}", c.request.text(), to_string(c.what),
                              c.with.step.text().empty() ? "-" : c.with.step.text()));
  return out;
}

std::vector<std::string> problems_of(const case_log_result& r) {
  std::vector<std::string> out;
  for (const error& e : r.found)
    out.push_back(fmt::format("{}:{} {}", e.where.line, e.where.column, to_string(e.code)));
  return out;
}

constexpr const char* good_rows = "case,seq,activity,time,who\n"
                                  "a,2,issue,2024-03-02T09:00,W1\n"
                                  "b,1,check,2024-03-01T09:00,W1\n"
                                  "a,1,check,2024-03-01T09:00,W1\n";

constexpr const char* xes =
    "<?xml version=\"1.0\"?>\n"
    "<log xes.version=\"1849.2016\" xmlns=\"http://www.xes-standard.org/\">\n"
    " <trace>\n"
    "  <string key=\"concept:name\" value=\"a\"/>\n"
    "  <string key=\"channel\" value=\"x &amp; y\"/>\n"
    "  <event><string key=\"concept:name\" value=\"check\"/>\n"
    "   <date key=\"time:timestamp\" value=\"2024-03-01T09:00:00.000+08:00\"/>\n"
    "   <string key=\"lifecycle:transition\" value=\"start\"/></event>\n"
    "  <event><string key=\"concept:name\" value=\"check\"/>\n"
    "   <date key=\"time:timestamp\" value=\"2024-03-01T10:00:00.000+08:00\"/>\n"
    "   <string key=\"org:resource\" value=\"W1\"/>\n"
    "   <string key=\"lifecycle:transition\" value=\"complete\"/></event>\n"
    " </trace>\n"
    "</log>\n";

} // namespace

TEST_CASE("a good log is read as parse_case_log reads it") {
  const auto ours = import_case_log(good_rows, "l.csv", by_number);
  const auto strict = parse_case_log(good_rows, "l.csv", by_number);
  CHECK(ours.found.empty());
  CHECK(ours.log.commands == strict.log.commands);
  CHECK(told(ours) == std::vector<std::string>{"a/accept accept -", "a/1 complete 初审",
                                               "a/2 complete issue", "a/deliver deliver -",
                                               "b/accept accept -", "b/1 complete 初审",
                                               "b/deliver deliver -"});
}

TEST_CASE("a case with a row that cannot be read is left out whole, and the others go on") {
  const std::string text = std::string{good_rows} + "a,3,send,yesterday,W1\n"
                                                    "c,1,check,2024-03-01T09:00,W1\n"
                                                    "d,1,check,2024-03-01T09:00,W1\n"
                                                    "d,1,issue,2024-03-01T10:00,W1\n"
                                                    "e,x,check,2024-03-01T09:00,W1\n"
                                                    ",1,check,2024-03-01T09:00,W1\n";
  const auto r = import_case_log(text, "l.csv", by_number);
  CHECK(problems_of(r) == std::vector<std::string>{"5:10 bad-date", "8:3 duplicate-line",
                                                   "9:3 bad-value", "10:1 missing-field"});
  CHECK(told(r) == std::vector<std::string>{"b/accept accept -", "b/1 complete 初审",
                                            "b/deliver deliver -", "c/accept accept -",
                                            "c/1 complete 初审", "c/deliver deliver -"});
  CHECK(parse_case_log(text, "l.csv", by_number).log.commands.empty());
}

TEST_CASE("where nobody can say whose the row was, nothing is taken") {
  const std::string text = std::string{good_rows} + "c,1\n";
  const auto r = import_case_log(text, "l.csv", by_number);
  REQUIRE(r.found.size() == 1);
  CHECK(r.found[0].code == errc::wrong_column_count);
  CHECK(r.found[0].where.line == 5);
  CHECK(r.log.commands.empty());
}

TEST_CASE("without numbers rows are put in the order of their times, which name them") {
  log_mapping by_time = by_number;
  by_time.sequence_column.clear();
  const std::string text = std::string{good_rows} + "b,9,check,2024-03-01T09:00,W2\n";
  const auto r = import_case_log(text, "l.csv", by_time);
  CHECK(told(r) == std::vector<std::string>{
                       "a/accept accept -", "a/2024-03-01T09:00:00/check complete 初审",
                       "a/2024-03-02T09:00:00/issue complete issue", "a/deliver deliver -",
                       "b/accept accept -", "b/2024-03-01T09:00:00/check complete 初审",
                       "b/2024-03-01T09:00:00/check/2 complete 初审", "b/deliver deliver -"});
  const auto later =
      import_case_log("case,activity,time,who\na,issue,2024-03-02T09:00,W1\n", "l.csv",
                      by_time); // alone it has the same request
  CHECK(told(later)[1] == "a/2024-03-02T09:00:00/issue complete issue");
}

TEST_CASE("XES is a table: attributes by key, those of the trace with their prefix") {
  problems found;
  const csv_table t = read_xes(xes, "l.xes", found);
  CHECK(found.empty());
  REQUIRE(t.rows.size() == 2);
  CHECK(t.rows[1].line == 9);
  for (const csv_row& row : t.rows) CHECK(row.fields.size() == t.header.size());
  const auto cell = [&](std::size_t row, const char* column) {
    return t.rows[row].fields[*t.column(column)].text;
  };
  CHECK(cell(0, "case:channel") == "x & y");
  CHECK(cell(0, "org:resource").empty());
  CHECK(cell(1, "org:resource") == "W1");
  CHECK(cell(1, "time:timestamp") == "2024-03-01T10:00:00.000+08:00");
}

TEST_CASE("XES is imported with its own attributes; what only started was not done") {
  const auto r =
      import_case_log(std::string{"\xEF\xBB\xBF"} + xes, "l.xes", xes_mapping(item_id{"I1"}));
  CHECK(r.found.empty());
  CHECK(told(r) == std::vector<std::string>{"a/accept accept -",
                                            "a/2024-03-01T10:00:00/check complete check",
                                            "a/deliver deliver -"});
  REQUIRE(r.log.commands.size() == 3);
  CHECK(r.log.commands[1].actor == person_id{"W1"});
  CHECK(r.log.commands[1].where == place{"l.xes", 9, 0});
}

TEST_CASE("what is no XES, or too much of it, is refused with its line") {
  const auto problem = [](std::string text, const csv_limits& limits = {}) {
    problems found;
    const csv_table t = read_xes(text, "l.xes", found, limits);
    REQUIRE(found.size() == 1);
    CHECK(t.rows.empty());
    return fmt::format("{} {}", found[0].where.line, to_string(found[0].code));
  };
  CHECK(problem("<log>\n<trace>\n</log>") == "3 bad-xml");
  CHECK(problem("<other/>") == "1 bad-xml");
  CHECK(problem("<log/>") == "1 missing-column");
  CHECK(problem("<log>\xff</log>") == "1 bad-utf8");
  CHECK(problem(xes, {.bytes = 100}) == "1 limit-exceeded");
  CHECK(problem(xes, {.rows = 1}) == "9 limit-exceeded");
  CHECK(problem(xes, {.columns = 3}) == "7 limit-exceeded");
  CHECK(is_xes(" \n<log/>"));
  CHECK_FALSE(is_xes("case,seq\n"));
}
