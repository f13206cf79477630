#include <banli/engine/case_clocks.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

case_clocks clocks_of(const running_case& c) {
  auto k = clocks(*c.definition, c.state, c.calendar);
  REQUIRE(k.has_value());
  return *std::move(k);
}

details hearing() {
  details d = why("申请人要求听证");
  d.kind = "hearing";
  return d;
}

} // namespace

TEST_CASE("a case knows its promised, statutory and step due dates") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  const case_clocks k = clocks_of(c);
  CHECK(k.promised.result.due == on("2024-09-30"));
  CHECK(k.statutory->result.due == on("2024-11-01"));
  REQUIRE(k.steps.size() == 1);
  CHECK(k.steps[0].limit.result.due == on("2024-09-04"));
}

TEST_CASE("the worked example with an expert review and a hearing, through the engine") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  details review = why("专家评审");
  review.kind = "expert_review";
  c.did("2024-09-10T09:00", "P2", action::suspend, review);
  CHECK(!clocks_of(c).promised.result.due); // nobody knows while it is open
  c.did("2024-09-20T17:00", "P2", action::resume);
  c.did("2024-10-08T09:00", "P2", action::suspend, hearing());
  c.did("2024-10-15T17:00", "P2", action::resume);
  CHECK(clocks_of(c).promised.result.due == on("2024-10-25"));
}

TEST_CASE("every procedure that the law leaves out of the limit stops the clock (H04, H05)") {
  service_item i = item();
  i.excluded_procedures = {"hearing",    "bidding",   "auction",       "inspection", "testing",
                           "quarantine", "appraisal", "expert_review", "勘测"};
  for (const std::string& kind : i.excluded_procedures) {
    CAPTURE(kind);
    running_case c{define(i)};
    c.accept("2024-09-02T09:00");
    CHECK(clocks_of(c).promised.result.due == on("2024-09-30"));
    details stop = why("依法不计入期限");
    stop.kind = kind;
    c.did("2024-09-10T09:00", "P2", action::suspend, stop);
    c.did("2024-09-12T17:00", "P2", action::resume); // three working days
    CHECK(clocks_of(c).promised.result.due == on("2024-10-10"));
  }
  running_case c{define(i)};
  c.accept("2024-09-02T09:00");
  details stop = why("勘察");
  stop.kind = "勘查";
  CHECK(c.ask("2024-09-10T09:00", "P2", action::suspend, stop) == errc::unknown_value);
}

TEST_CASE("silence means accepted from receipt: the limit counts from the day received") {
  running_case c{define()};
  details d;
  d.received = on("2024-08-30");
  c.accept("2024-09-06T09:00", d);
  CHECK(clocks_of(c).promised.result.start == on("2024-08-30"));
}

TEST_CASE("asking for more after acceptance runs on or restarts, as the item says") {
  service_item i = item();
  for (const auto& [rule, due] : {std::pair{supplement_rule::runs, "2024-09-30"},
                                  std::pair{supplement_rule::restarts, "2024-10-16"}}) {
    i.supplement = rule;
    running_case c{define(i)};
    c.accept("2024-09-02T09:00");
    c.did("2024-09-09T09:00", "P1", action::request_supplement, why("缺章程"));
    CHECK(clocks_of(c).promised.result.due.has_value() == (rule == supplement_rule::runs));
    c.did("2024-09-12T09:00", "P1", action::supplement);
    CHECK(to_text(*clocks_of(c).promised.result.due) == due);
  }
}

TEST_CASE("a hand-over starts the clock of the step anew, an extension lengthens the whole") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  details d = of_step("受理");
  d.reason = "请假";
  d.to_person = person_id{"P4"};
  c.did("2024-09-04T09:00", "P1", action::hand_over, d);
  CHECK(clocks_of(c).steps[0].limit.result.due == on("2024-09-06"));
  details e = why("情况复杂");
  e.limit = time_limit{10, limit_unit::workday};
  e.authority = "局长";
  c.did("2024-09-05T09:00", "P3", action::extend, e);
  CHECK(clocks_of(c).promised.result.due == on("2024-10-18"));
  CHECK(clocks_of(c).steps[0].limit.result.due == on("2024-09-06"));
}

TEST_CASE("early, on time, overdue, open") {
  const auto delivered = [](std::string_view when) {
    running_case c{define()};
    c.accept("2024-09-02T09:00");
    c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
    c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "通过"));
    c.did("2024-09-05T10:00", "P3", action::complete, of_step("决定"));
    c.did(when, "P1", action::deliver);
    return *judge(*c.definition, c.state, c.calendar, at("2025-01-01"));
  };
  CHECK(delivered("2024-09-29T17:00") == timeliness::early);
  CHECK(delivered("2024-09-30T23:59:59") == timeliness::on_time);
  CHECK(delivered("2024-10-01T00:00") == timeliness::overdue);
  running_case open{define()};
  open.accept("2024-09-02T09:00");
  CHECK(judge(*open.definition, open.state, open.calendar, at("2024-09-30T23:59")).value() ==
        timeliness::open);
  CHECK(*judge(*open.definition, open.state, open.calendar, at("2024-10-01")) ==
        timeliness::open_overdue);
}

TEST_CASE("no clock runs before acceptance") {
  const auto d = define();
  CHECK(clocks(*d, case_state{}, cn()).error().code == errc::not_accepted);
}

TEST_CASE("limits in working hours run in the hours of the office") {
  const auto due_with = [](const std::string& every_day) {
    auto d = std::make_shared<case_definition>(*define());
    d->item.promised = {8, limit_unit::workhour};
    d->item.statutory.reset();
    if (!every_day.empty())
      d->hours =
          std::make_shared<const working_hours>(every_weekday(parse_sessions(every_day).value()));
    running_case c{d};
    c.accept("2025-09-26T16:30");
    const case_clocks k = clocks_of(c);
    const auto u = used(k.promised, c.calendar, at("2025-09-28T10:00"));
    return fmt::format("{} {}", to_short_text(*k.promised.result.due_at), u.value().used);
  };
  CHECK(due_with("") == "2025-09-29 09:30 150");
  CHECK(due_with("09:00-12:00,13:30-17:30") == "2025-09-28 17:30 120");
}
