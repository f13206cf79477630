// The packs about orders (B001, B002) and about disclosure (I03), over what an office did.
#include <banli/run/office_watch.hpp>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/run/rule_pack.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

rule_set office_pack(std::string_view name) {
  const auto f = load_rule_pack(name);
  REQUIRE(f.has_value());
  for (const error& e : f->found) FAIL(to_string(e, language::en));
  return *f->rules;
}

instant instant_of(std::string_view s) { return *parse_instant(s); }

std::string names_of(const std::vector<record_hit>& hits) {
  std::string out;
  for (const record_hit& h : hits)
    out += fmt::format("{} {} {}\n", h.rule.text(), h.id, to_text(h.raised));
  return out;
}

} // namespace

TEST_CASE("an alarm without an order and an order that is not closed go one level up (I11)") {
  hit late;
  late.id = case_id{"C1"};
  late.rule = rule_id{"A004"};
  late.level = level::alarm;
  late.raised = instant_of("2024-03-01T00:00");
  hit answered = late;
  answered.id = case_id{"C2"};
  answered.end = hit_end::answered;
  answered.ended = instant_of("2024-03-08T17:00"); // the fifth working day
  supervision_order open;
  open.id = case_id{"督-1"};
  open.begun = instant_of("2024-03-01T09:00");
  open.supervisor = department_id{"县监察局"};
  supervision_order closed = open;
  closed.id = case_id{"督-2"};
  closed.ended = instant_of("2024-03-29T17:00"); // the twentieth
  const auto found = watch_orders(std::vector{late, answered}, std::vector{open, closed},
                                  office_pack("orders"), cn(), instant_of("2024-06-01"));
  REQUIRE(found.has_value());
  CHECK(names_of(*found) == "B001 C1 2024-03-11T00:00:00\nB002 督-1 2024-04-01T00:00:00\n");
  CHECK(found->back().unit == "县监察局");
  CHECK(to_json(found->front()).starts_with(R"({"rule":"B001","level":"alarm","id":"C1")"));
}

TEST_CASE("columns that are late, empty or incomplete are found by rules (I03)") {
  disclosure_book book;
  book.since = *parse_day("2025-01-01");
  book.duties = {{"简报", "工作简报", "综合科", parse_duty("every:P1M").value()},
                 {"公告", "公告", "综合科", parse_duty("every:P1M").value()},
                 {"政策", "政策", "法规科", parse_duty("every:P1M").value()}};
  const auto put = [&](const char* column, const char* date) {
    publication p;
    p.column = column;
    p.date = *parse_day(date);
    p.title = "一";
    p.number = std::string{column} + date;
    p.unit = "综合科";
    book.publications.push_back(p);
  };
  put("简报", "2025-01-20");
  put("政策", "2025-01-20");
  put("政策", "2025-02-18");
  const rule_set rules = office_pack("disclosure");
  const auto found = [&](std::string_view day, std::size_t hidden) {
    const auto told = report(book, cn(), *parse_day(day));
    REQUIRE(told.has_value());
    incomplete_guide g;
    g.duty = 2;
    g.item = item_id{"XK-1"};
    g.missing.resize(hidden);
    const std::vector<incomplete_guide> guides(hidden, g);
    return names_of(*watch_records(records_of(book, *told, guides, hidden), rules, cn(),
                                   instant{*parse_day(day)}));
  };
  // Nothing since 20 January was due again on 20 February; 公告 was never there.
  CHECK(found("2025-02-25", 0) ==
        "G-EMPTY 公告 2025-02-06T00:00:00\nG-LATE 简报 2025-02-21T00:00:00\n");
  CHECK(found("2025-02-20", 0) == "G-EMPTY 公告 2025-02-06T00:00:00\n");
  CHECK(found("2025-03-10", 1) == "G-EMPTY 公告 2025-02-06T00:00:00\n"
                                  "G-LATE 简报 2025-02-21T00:00:00\n"
                                  "G-GUIDE 政策>XK-1 2025-03-10T00:00:00\n"
                                  "G-ITEMS * 2025-03-10T00:00:00\n");
  CHECK(found("2025-04-10", 0).find("G-LONG 简报 2025-03-23T00:00:00") != std::string::npos);
}
