#include <banli/assessment/office_tables.hpp>

#include <doctest/doctest.h>

#include <banli/assessment/record_sources.hpp>
#include <banli/time/text.hpp>

namespace {

using namespace banli;

instant office_at(const char* s) { return parse_instant(s).value(); }
day office_on(const char* s) { return parse_day(s).value(); }

std::vector<std::string> rows_of(const data_table& t) {
  std::vector<std::string> out;
  for (std::size_t row = 0; row < t.rows(); ++row) {
    std::string line;
    for (const data_column& c : t.columns) line += (line.empty() ? "" : "|") + cell_text(c, row);
    out.push_back(line);
  }
  return out;
}

service_item typed(const char* department, const char* type, stationing hall) {
  service_item i;
  i.code = item_id{std::string(department) + type};
  i.department = department_id{department};
  i.type = type;
  i.hall = hall;
  return i;
}

using lines = std::vector<std::string>;

} // namespace

TEST_CASE("items by type, the line of the catalogue form, and who is in the hall") {
  const std::vector<service_item> items{
      typed("A", "CF", stationing::outside), typed("A", "XK", stationing::in_hall),
      typed("A", "XK", stationing::in_hall), typed("B", "ZZ", stationing::undecided)};
  CHECK(rows_of(items_by_type(items)) == lines{"A|XK|行政许可|2", "A|CF|行政处罚|1", "B|ZZ|ZZ|1"});
  CHECK(type_line(items, department_id{"A"}, language::zh) ==
        "共 3 项;其中行政许可 2 项、行政处罚 1 项");
  CHECK(type_line(items, department_id{"C"}, language::zh) == "共 0 项");
  CHECK(rows_of(hall_presence(items)) == lines{"A|3|2|1|0|0", "B|1|0|0|1|0"});
  CHECK(rows_of(hall_totals(items)) == lines{"2|1|4|2"});
}

TEST_CASE("complaints per channel and period, empty quarters too") {
  complaint_record phone;
  phone.number = "1";
  phone.channel = complaint_channel::phone;
  phone.received = office_at("2025-03-31T23:00");
  phone.replied = office_at("2025-04-02");
  complaint_record letter = phone;
  letter.channel = complaint_channel::letter;
  letter.received = office_at("2025-04-01");
  letter.replied.reset();
  const std::vector<complaint_record> all{phone, letter};
  const lines rows = rows_of(complaint_totals(
      all, {office_on("2025-01-01"), office_on("2025-10-01"), period_kind::quarter}));
  REQUIRE(rows.size() == 12);
  CHECK(rows[2] == "2025Q1|phone|1|1|0");
  CHECK(rows[5] == "2025Q2|letter|1|0|1");
  CHECK(rows[8] == "2025Q3|visit|0|0|0");
}

TEST_CASE("the rate of satisfaction counts 基本满意 and better") {
  std::vector<evaluation> all;
  for (const satisfaction g : {satisfaction::satisfied, satisfaction::fairly_satisfied,
                               satisfaction::dissatisfied, satisfaction::very_satisfied}) {
    evaluation e;
    e.id = std::to_string(all.size());
    e.department = department_id{"A"};
    e.channel = evaluation_channel::web;
    e.grade = g;
    e.at = office_at("2025-05-01");
    all.push_back(e);
  }
  CHECK(rows_of(satisfaction_rates(all, office_on("2025-05-01"), office_on("2025-05-02"))) ==
        lines{"A|web|4|1|1|1|1|0|75"});
  CHECK(satisfaction_rates(all, office_on("2025-05-02"), office_on("2025-06-01")).rows() == 0);
  CHECK(records_of(std::span<const evaluation>{all}).size() == 1);
}

TEST_CASE("returns of disclosure name every unit in every quarter") {
  disclosure_book book;
  book.duties = {{"要闻", "要闻", "办公室", {}}};
  publication p;
  p.column = "要闻";
  p.date = office_on("2025-02-03");
  book.publications = {p, p};
  book.publications[1].kind = publication_kind::note;
  CHECK(rows_of(disclosure_returns(
            book, {office_on("2025-01-01"), office_on("2025-07-01"), period_kind::quarter})) ==
        lines{"2025Q1|办公室|1|0|1|0", "2025Q2|办公室|0|0|0|0"});
}

TEST_CASE("done work meets the plan of its period, once") {
  const civil_period q1 = period_of(period_kind::quarter, office_on("2025-02-01"));
  const std::vector<planned_work> plans{{"A", "访谈", q1, 4}, {"A", "调查", q1, 1}};
  const std::vector<done_work> done{{"A", "访谈", office_on("2025-01-01")},
                                    {"A", "访谈", office_on("2025-03-31")},
                                    {"A", "访谈", office_on("2025-04-01")}};
  CHECK(rows_of(plan_and_done(plans, done)) ==
        lines{"A|访谈|2025-04|0|1|", "A|访谈|2025Q1|4|2|50", "A|调查|2025Q1|1|0|0"});
}

TEST_CASE("the public sees lights and days, and nobody's name") {
  case_figures red;
  red.id = case_id{"R"};
  red.item_name = "事项";
  red.phase = case_phase::running;
  red.received = office_at("2025-01-02T09:00");
  red.accepted = red.received;
  red.due = office_on("2025-01-10");
  red.late_from = office_at("2025-01-11");
  case_figures warned = red;
  warned.id = case_id{"W"};
  warned.due = office_on("2025-02-10");
  warned.late_from = office_at("2025-02-11");
  warned.open_hits = {0, 1, 0};
  case_figures late = red;
  late.id = case_id{"L"};
  late.phase = case_phase::delivered;
  late.ended = office_at("2025-01-13T10:00");
  const instant now = office_at("2025-01-15T12:00");
  CHECK(light_of(red, office_at("2025-01-09")) == traffic_light::green);
  CHECK(light_of(red, office_at("2025-01-10")) == traffic_light::yellow);
  CHECK(light_of(red, office_at("2025-01-11")) == traffic_light::red);
  CHECK(light_of(warned, now) == traffic_light::yellow);
  CHECK(light_of(late, now) == traffic_light::grey);
  warned.open_hits = {0, 1, 1};
  CHECK(light_of(warned, now) == traffic_light::red);
  const std::vector<case_figures> cases{late, red, warned};
  CHECK(rows_of(public_overdue(cases, now)) ==
        lines{"R|事项||2025-01-10||5", "L|事项||2025-01-10|2025-01-13 10:00|3"});
  CHECK(public_cases(cases, now).rows() == 3);
  const std::vector<score_record> records = late_records(cases, now);
  REQUIRE(records.size() == 2);
  CHECK(records[0].amount == 3);
  CHECK(records[0].at == office_at("2025-01-11"));
}

TEST_CASE("hits become records: superseded ones cost nothing, the person is who had the step") {
  case_figures c;
  c.id = case_id{"1"};
  c.department = department_id{"A"};
  step_figures s;
  s.step = node_id{"审查"};
  s.department = department_id{"B"};
  s.person = person_id{"P1"};
  s.since = office_at("2025-01-02");
  c.steps = {s};
  hit warned;
  warned.rule = rule_id{"T"};
  warned.level = level::warning;
  warned.step = node_id{"审查"};
  warned.raised = office_at("2025-01-05");
  hit superseded = warned;
  superseded.end = hit_end::superseded;
  hit alarm = warned;
  alarm.level = level::alarm;
  alarm.step = {};
  const std::vector<score_record> all = records_of(c, std::vector{warned, superseded, alarm});
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == "1/T/审查@2025-01-05T00:00:00");
  CHECK(all[0].kind == "hit.warning");
  CHECK(all[0].person == person_id{"P1"});
  CHECK(all[0].department == department_id{"B"});
  CHECK(all[1].kind == "hit.alarm");
  CHECK(all[1].department == department_id{"A"});
}

TEST_CASE("columns that are late or empty are records of the unit that keeps them") {
  disclosure_book book;
  book.duties = {{"要闻", "要闻", "办公室牵头、各科室", {}}, {"法规", "法规", "法规科", {}}};
  disclosure_report standing;
  standing.today = office_on("2025-04-01");
  standing.lines.resize(2);
  standing.lines[0].duty = 0;
  standing.lines[0].standing = column_standing::missing;
  standing.lines[0].late = days{12};
  standing.lines[1].duty = 1;
  standing.lines[1].standing = column_standing::due_soon;
  const std::vector<score_record> all = records_of(standing, book);
  REQUIRE(all.size() == 1);
  CHECK(all[0].kind == "disclosure.late");
  CHECK(all[0].department == department_id{"办公室"});
  CHECK(all[0].amount == 12);
}

TEST_CASE("a complaint is late when a month has gone by") {
  complaint_record c;
  c.number = "T1";
  c.unit = department_id{"A"};
  c.received = office_at("2025-01-31T10:00");
  const std::vector<complaint_record> all{c};
  const auto kinds = [&](const char* now) { return records_of(all, office_at(now)).size(); };
  CHECK(kinds("2025-01-01") == 0);
  CHECK(kinds("2025-02-28T23:59") == 1); // the last of February is in time
  CHECK(kinds("2025-03-01") == 2);
  CHECK(records_of(all, office_at("2025-03-01"))[1].kind == "complaint.late");
}
