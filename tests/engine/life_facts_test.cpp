#include <banli/engine/case_facts.hpp>

#include <banli/expression/program.hpp>

#include "permit.hpp"

using namespace sample;

namespace {

outcome ask_case(const running_case& c, std::string_view expression, const char* now) {
  static const environment env = fact_environment(item());
  const compiled p = compile(expression, env);
  for (const error& e : p.problems) FAIL(to_string(e, language::en));
  const auto k = clocks(*c.definition, c.state, c.calendar);
  const case_facts f{*c.definition, c.state, c.calendar, k ? &*k : nullptr, at(now)};
  return p.program->evaluate(f);
}

std::string tell(const running_case& c, std::string_view expression, const char* now) {
  const outcome o = ask_case(c, expression, now);
  if (o.is == outcome::state::unknown) return fmt::format("missing {}", fmt::join(o.missing, ","));
  return o.is == outcome::state::value ? to_text(o.value) : to_string(o.error, language::en);
}

details application_of(const char* title) {
  details d;
  d.item = item().code;
  d.applicant = "虚构公司";
  d.application.emplace().title = title;
  d.application->window = "城关镇";
  return d;
}

} // namespace

TEST_CASE("days and the calendar are facts: a rule counts between them") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  CHECK(tell(c, "case.accepted_on", "2024-09-03") == "date(\"2024-09-02\")");
  CHECK(tell(c, "case.due_on", "2024-09-03") == "date(\"2024-09-30\")");
  CHECK(tell(c, "workdays_between(calendar, case.accepted_on, case.due_on)", "2024-09-03") == "20");
  CHECK(tell(c, "日历.is_workday(办件.承诺到期日)", "2024-09-03") == "true");
  CHECK(tell(c, "case.due_at > case.accepted_at", "2024-09-03") == "true");
  CHECK(tell(c, "case.decided_on", "2024-09-03") == "missing case.decided_on");
  CHECK(tell(c, "case.statutory_due_on", "2024-09-03") == "date(\"2024-11-01\")");
  CHECK(tell(c, "form.area > 5.0", "2024-09-03") == "missing form.area");
}

TEST_CASE("what an application says is known before it is accepted") {
  running_case c{define()};
  c.did("2024-09-02T09:00", "x", action::apply, application_of("登记"));
  CHECK(tell(c, "case.title", "2024-09-03") == "\"登记\"");
  CHECK(tell(c, "case.summary", "2024-09-03") == "missing case.summary");
  CHECK(tell(c, "case.origin_window", "2024-09-03") == "\"城关镇\"");
  CHECK(tell(c, "case.applied_on", "2024-09-03") == "date(\"2024-09-02\")");
  CHECK(tell(c, "case.phase == \"applied\" && !case.open", "2024-09-03") == "true");
  CHECK(tell(c, "case.accepted_on", "2024-09-03") == "missing case.accepted_on");
}

TEST_CASE("an unanswered application becomes overdue by time, and the answer says when") {
  running_case c{define()};
  c.did("2024-09-02T09:00", "x", action::apply, application_of("登记"));
  for (const char* fact : {"case.reply_overdue", "case.deemed_overdue"}) {
    const outcome before = ask_case(c, fact, "2024-09-03");
    CHECK(before.truth() == false);
    CHECK(before.holds_until == at("2024-09-10"));
    CHECK(ask_case(c, fact, "2024-09-10").truth() == true);
  }
  CHECK(tell(c, "case.delivery_overdue", "2024-12-01") == "false");
}

TEST_CASE("procedures whose time was not told, notices that are owed (H06)") {
  service_item i = item();
  i.refusals_reported = true;
  running_case c{define(i)};
  c.accept("2024-09-02T09:00");
  details d = why("听证");
  d.kind = "hearing";
  c.did("2024-09-03", "P1", action::suspend, d);
  CHECK(tell(c, "case.untold_procedures", "2024-09-03") == "1");
  c.did("2024-09-04", "P1", action::resume);
  d.kind = "suspension"; // no procedure of known length
  c.did("2024-09-05", "P1", action::suspend, d);
  c.did("2024-09-06", "P1", action::resume);
  CHECK(tell(c, "case.untold_procedures", "2024-09-07") == "1");
  details no = why("不符合条件");
  no.result = case_result::refused;
  c.did("2024-09-09", "P3", action::decide, no);
  CHECK(tell(c, "case.owed_notices", "2024-09-09") == "1");
  details told;
  told.kind = "refusal";
  c.did("2024-09-10", "P3", action::notify, told);
  CHECK(tell(c, "case.owed_notices", "2024-09-10") == "0");
}

TEST_CASE("overtime is the unit's own until somebody else's fault is found (H14)") {
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // due 2024-09-30
  const outcome before = ask_case(c, "case.overtime", "2024-09-20");
  CHECK(before.truth() == false);
  CHECK(before.holds_until == at("2024-10-01"));
  CHECK(tell(c, "case.overtime", "2024-10-08") == "true");
  CHECK(tell(c, "case.fault", "2024-10-08") == "missing case.fault");
  details d = why("道路中断");
  d.kind = "force_majeure";
  c.did("2024-10-08", "P3", action::attribute_fault, d);
  CHECK(tell(c, "case.overtime", "2024-10-09") == "false");
  CHECK(tell(c, "case.overdue && case.fault == \"force_majeure\"", "2024-10-09") == "true");
}

TEST_CASE(
    "that silence renewed a permit is so at an instant, whether it was recorded or not (F29)") {
  running_case c = permit("2025-12-31");
  CHECK(tell(c, "case.renewal_deemed", "2026-01-01") == "false"); // nobody asked
  c.did("2025-09-01", "申请人", action::request_change, renewal({1, limit_unit::year}));
  const outcome before = ask_case(c, "case.renewal_deemed", "2025-12-31T23:59:59");
  CHECK(before.truth() == false);
  CHECK(before.holds_until == at("2026-01-01"));
  CHECK(tell(c, "办件.视为准予延续", "2026-01-01") == "true");
  c.did("2026-02-02", "P3", action::deem_renewal);
  CHECK(tell(c, "case.renewal_deemed", "2026-02-03") == "true");
  CHECK(tell(c, "case.renewals", "2026-02-03") == "1");
}

TEST_CASE("a case typed in after it was closed (E04)") {
  running_case c{define(item(), chart(), authority::recorded)};
  details d;
  d.item = item().code;
  d.recorded = at("2024-09-20T09:00");
  d.late_reason = "先办后录";
  c.did("2024-09-02T09:00", "x", action::accept, d);
  CHECK(tell(c, "case.recorded_after_close", "2024-09-03") == "false");
  c.did("2024-09-03", "x", action::withdraw, why("撤回"));
  CHECK(tell(c, "case.recorded_after_close", "2024-09-04") == "true");
  CHECK(tell(c, "case.late_entries", "2024-09-04") == "1");
}
