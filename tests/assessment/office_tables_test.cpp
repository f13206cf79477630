#include <banli/assessment/office_tables.hpp>

#include <algorithm>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <banli/assessment/record_sources.hpp>
#include <banli/calendar/cn.hpp>
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

TEST_CASE("a column is a record of its lead unit each time it was late, on the day it became so") {
  disclosure_book book;
  book.duties = {{"要闻", "要闻", "办公室牵头、各科室", {}}, {"法规", "法规", "法规科", {}}};
  disclosure_report standing;
  standing.today = office_on("2025-04-01");
  standing.lines.resize(2);
  standing.lines[0].obligations = {
      {0, {}, office_on("2025-01-31"), office_on("2025-01-31")}, // on the last day: in time
      {0, {}, office_on("2025-02-28"), office_on("2025-03-05")}, // mended since
      {1, {}, office_on("2025-03-31"), {}},                      // a day late today
      {0, {}, office_on("2025-04-01"), {}}};                     // due today
  standing.lines[1].duty = 1;
  standing.lines[1].obligations = {{0, {}, office_on("2025-06-30"), {}}};
  std::string told;
  for (const score_record& r : records_of(standing, book))
    told +=
        fmt::format("{} {} {} {} {}\n", r.id, r.kind, r.department.text(), to_text(r.at), r.amount);
  CHECK(told == "0/要闻/0@2025-02-28 disclosure.late 办公室 2025-03-01T00:00:00 5\n"
                "0/要闻/1@2025-03-31 disclosure.late 办公室 2025-04-01T00:00:00 1\n");
}

TEST_CASE("late columns of the months add up to those of the year") {
  disclosure_book book;
  book.since = office_on("2024-01-01");
  book.duties = {{"简报", "工作简报", "综合科", parse_duty("every:P1M").value()},
                 {"要闻", "要闻", "办公室", parse_duty("every:P7D").value()}};
  book.publications.resize(2);
  book.publications[0].column = "简报";
  book.publications[0].date = office_on("2024-05-20");
  book.publications[1].column = "要闻";
  book.publications[1].date = office_on("2024-08-07");
  const auto seen_on = [&](day today) {
    std::set<std::string> out;
    for (const score_record& r : records_of(report(book, cn(), today).value(), book)) {
      CHECK(r.at <= instant{today});
      out.insert(r.id + " " + to_text(r.at));
    }
    return out;
  };
  std::set<std::string> before;
  for (int month = 1; month <= 12; ++month) {
    const auto now = seen_on(to_day(std::chrono::year{2024} / month / std::chrono::last));
    // Nothing that was late is forgotten, and nothing becomes late in the past.
    CHECK(std::includes(now.begin(), now.end(), before.begin(), before.end()));
    before = now;
  }
  CHECK(before == seen_on(office_on("2024-12-31")));
  // Each was late before its one publication, and is late again since.
  CHECK(before == std::set<std::string>{"0/简报/0@2024-02-01 2024-02-02T00:00:00",
                                        "0/简报/0@2024-06-20 2024-06-21T00:00:00",
                                        "1/要闻/0@2024-01-08 2024-01-09T00:00:00",
                                        "1/要闻/0@2024-08-14 2024-08-15T00:00:00"});
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

TEST_CASE("late of the statutory limit is another record than late of the promise") {
  case_figures c;
  c.id = case_id{"C"};
  c.department = department_id{"A"};
  c.phase = case_phase::delivered;
  c.due = office_on("2025-01-10");
  c.late_from = office_at("2025-01-11");
  c.statutory = {office_on("2025-01-20"), office_at("2025-01-21")};
  const auto kinds_at = [&](const char* ended) {
    c.ended = office_at(ended);
    lines out;
    for (const score_record& r : late_records(std::vector{c}, office_at("2026-01-01")))
      out.push_back(fmt::format("{} {} {}", r.id, r.kind, r.amount));
    return out;
  };
  CHECK(kinds_at("2025-01-10T23:59:59").empty());
  CHECK(kinds_at("2025-01-20T23:59:59") == lines{"C/overdue case.overdue 10"});
  CHECK(kinds_at("2025-01-21") ==
        lines{"C/overdue case.overdue 11", "C/over_statutory case.over_statutory 1"});
}

namespace {

complaint heard(const char* number, const char* channel, const char* received) {
  complaint c;
  c.id = case_id{number};
  c.phase = complaint_phase::accepted;
  c.version = 1;
  c.channel = channel;
  c.received = office_at(received);
  c.units = {department_id{"A"}};
  c.matter = "拖延";
  return c;
}

lines told(const std::vector<score_record>& all) {
  lines out;
  for (const score_record& r : all)
    out.push_back(fmt::format("{}|{}|{}|{}|{}", r.id, r.kind, r.department.text(), to_text(r.at),
                              r.points ? to_string(*r.points) : fmt::format("{}", r.amount)));
  return out;
}

} // namespace

TEST_CASE("complaints of the register cost points: late, passed down, verified (J10)") {
  const instant now = office_at("2025-06-01");
  complaint answered = heard("诉-1", "phone", "2025-01-31T10:00");
  answered.first_answered = office_at("2025-02-28T23:59");
  answered.answered = office_at("2025-04-01"); // again, after an objection: it was in time
  complaint late = answered;
  late.first_answered = office_at("2025-03-01");
  late.handler = department_id{"B"};
  late.units.emplace_back("C");
  complaint passed_down = heard("诉-3", "letter", "2025-03-10");
  passed_down.passed_down_by = "市政府";
  complaint declined = heard("诉-4", "phone", "2025-03-10");
  declined.ended = office_at("2025-03-12");
  complaint verified = heard("诉-5", "phone", "2025-05-20");
  verified.fault = true;
  verified.finding = {.record = verified.id,
                      .found = office_at("2025-05-25"),
                      .unit = department_id{"A"},
                      .liable = person_id{"P"},
                      .kind = "slowness",
                      .points = 1.5,
                      .opinion = "批评"};
  CHECK(told(records_of(std::vector{answered}, now)) ==
        lines{"诉-1/complaint|complaint|A|2025-01-31T10:00:00|28"});
  CHECK(told(records_of(std::vector{late}, now)) ==
        lines{"诉-1/A/complaint|complaint|A|2025-01-31T10:00:00|29",
              "诉-1/A/complaint.late|complaint.late|B|2025-03-01T00:00:00|29",
              "诉-1/C/complaint|complaint|C|2025-01-31T10:00:00|29"});
  CHECK(told(records_of(std::vector{passed_down}, now)).back() ==
        "诉-3/complaint.passed_down_late|complaint.passed_down_late|A|2025-04-11T00:00:00|0");
  CHECK(records_of(std::vector{declined}, now).size() == 1);
  const auto all = records_of(std::vector{verified}, now);
  REQUIRE(all.size() == 2);
  CHECK(told(all)[1] == "诉-5/fault|complaint.fault|A|2025-05-25T00:00:00|-1.5");
  CHECK(all[1].person == person_id{"P"});
  CHECK(records_of(std::vector{verified}, office_at("2025-05-24")).size() == 1);
  CHECK(records_of(std::vector{verified}, office_at("2025-05-19")).empty());
}

TEST_CASE("orders cost points: issued, missed by the unit or by who supervises, a fault (I15)") {
  supervision_order s;
  s.id = case_id{"督-1"};
  s.phase = order_phase::closed;
  s.unit = department_id{"A"};
  s.matter = "超时";
  s.of = case_id{"C"};
  CHECK(records_of(std::vector{s}).empty());
  s.issued = office_at("2025-01-02T09:00");
  s.escalations = {{office_at("2025-01-10"),
                    {supervision_clock::reply, supervision_clock::close},
                    department_id{"县监察局"},
                    department_id{"市监察局"}},
                   {office_at("2025-01-20"),
                    {supervision_clock::judge},
                    department_id{"市监察局"},
                    department_id{"省监察厅"}}};
  s.ended = office_at("2025-01-25");
  s.fault = fault_verdict::found;
  s.liable = person_id{"P"};
  const auto all = records_of(std::vector{s});
  CHECK(told(all) ==
        lines{"督-1/issued|order.issued|A|2025-01-02T09:00:00|0",
              "督-1/missed@2025-01-10T00:00:00|order.missed|A|2025-01-10T00:00:00|2",
              "督-1/missed@2025-01-20T00:00:00|order.missed|市监察局|2025-01-20T00:00:00|3",
              "督-1/fault|order.fault|A|2025-01-25T00:00:00|0"});
  CHECK(all[0].of == case_id{"C"});
  CHECK(all[3].person == person_id{"P"});
}

TEST_CASE("complaints of the register are counted by the office's own channels (L25, J22)") {
  const std::vector<named_word> channels{{"phone", "来电"}, {"mayor_mailbox", "市长信箱"}};
  complaint answered = heard("1", "phone", "2025-01-31T23:59:59");
  answered.first_answered = office_at("2025-02-03");
  complaint declined = heard("2", "letter", "2025-02-01");
  declined.ended = office_at("2025-02-02");
  complaint later = heard("3", "phone", "2025-02-28");
  later.first_answered = office_at("2025-03-01"); // when the window is over
  const std::vector<complaint> all{answered, declined, later, heard("4", "phone", "2025-03-01")};
  const period_window w{office_on("2025-01-01"), office_on("2025-03-01"), period_kind::month};
  CHECK(rows_of(complaint_totals(all, w, channels)) ==
        lines{"2025-01|phone|1|1|0", "2025-01|mayor_mailbox|0|0|0", "2025-01|letter|0|0|0",
              "2025-02|phone|1|0|1", "2025-02|mayor_mailbox|0|0|0", "2025-02|letter|1|1|0"});
  CHECK(complaint_totals(all, w).rows() == 4);
}

TEST_CASE("orders are counted by the month in which they were issued") {
  const auto given = [](const char* number, const char* unit, const char* issued) {
    supervision_order s;
    s.id = case_id{number};
    s.unit = department_id{unit};
    if (*issued != '\0') s.issued = office_at(issued);
    return s;
  };
  std::vector<supervision_order> all{given("1", "A", "2025-01-05"), given("2", "B", "2025-02-05"),
                                     given("3", "B", "2025-02-28T23:59"), given("4", "A", ""),
                                     given("5", "A", "2025-03-01")};
  all[1].ended = office_at("2025-02-20");
  all[1].fault = fault_verdict::found;
  all[1].late = {supervision_clock::reply};
  all[2].ended = office_at("2025-03-01");
  CHECK(rows_of(order_totals(all, {office_on("2025-01-01"), office_on("2025-03-01")})) ==
        lines{"2025-01|A|1|0|1|0|0", "2025-01|B|0|0|0|0|0", "2025-02|A|0|0|0|0|0",
              "2025-02|B|2|1|1|1|1"});
}

TEST_CASE("a period is known by its name") {
  CHECK(*parse_period_kind("half_year") == period_kind::half_year);
  CHECK(parse_period_kind("quater").error().message.en.find("did you mean 'quarter'") !=
        std::string::npos);
}
