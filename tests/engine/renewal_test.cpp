// Renewals of permits: what they are bound to, and what silence makes of them.
#include <banli/engine/case_clocks.hpp>

#include "permit.hpp"

using namespace sample;

TEST_CASE("a permit is renewed once, by a year at most, asked for in time (F29)") {
  running_case c = permit("2025-12-31");
  CHECK(c.ask("2025-09-01", "x", action::request_change, renewal({2, limit_unit::year})) ==
        errc::extension_refused);
  c.did("2025-09-01", "申请人", action::request_change, renewal({1, limit_unit::year}));
  CHECK_FALSE(c.state.changes[0].late);
  const case_clocks k = *clocks(*c.definition, c.state, c.calendar);
  REQUIRE(k.changes.size() == 1);
  CHECK(k.changes[0].limit.result.due ==
        *due_date(cn(), {20, limit_unit::workday}, on("2025-09-01"))->due);
  CHECK(c.ask("2025-09-02", "x", action::request_change, renewal({1, limit_unit::year})) ==
        errc::condition_not_met);
  c.did("2025-09-10", "P3", action::answer_change, answer(case_result::granted));
  CHECK(c.state.valid_until == on("2026-12-31"));
  CHECK(c.ask("2026-09-01", "x", action::request_change, renewal({1, limit_unit::year})) ==
        errc::extension_refused);
  CHECK(c.ask("2026-09-01", "P3", action::answer_change, answer(case_result::granted)) ==
        errc::condition_not_met);

  running_case late = permit("2025-12-31");
  late.did("2025-12-01", "x", action::request_change, renewal({1, limit_unit::year}));
  CHECK(late.state.changes[0].late); // 30 working days before the end lie in November
  late.did("2025-12-02", "P3", action::answer_change, answer(case_result::refused));
  CHECK(late.state.valid_until == on("2025-12-31"));
}

TEST_CASE("what a renewal is bound to is the item's to say (F29, H23)") {
  service_item i = item();
  i.renewal =
      renewal_rules{{60, limit_unit::workday}, {10, limit_unit::workday}, {3, limit_unit::year}, 2};
  const auto d = define(i);
  running_case c = permit("2025-12-31", d);
  CHECK(c.ask("2025-09-01", "x", action::request_change, renewal({4, limit_unit::year})) ==
        errc::extension_refused);
  for (const char* year : {"2025", "2028"}) {
    const std::string asked = std::string{year} + "-09-01", answered = std::string{year} + "-09-02";
    c.did(asked, "x", action::request_change, renewal({3, limit_unit::year}));
    CHECK_FALSE(c.state.changes.back().late);
    c.did(answered, "P3", action::answer_change, answer(case_result::granted));
  }
  CHECK(c.state.valid_until == on("2031-12-31"));
  CHECK(clocks(*d, c.state, c.calendar)->changes[0].limit.limit ==
        time_limit{10, limit_unit::workday});
  CHECK(c.ask("2031-09-01", "x", action::request_change, renewal({3, limit_unit::year})) ==
        errc::extension_refused);
  running_case late = permit("2025-12-31", d);
  late.did("2025-10-30", "x", action::request_change, renewal({1, limit_unit::year}));
  CHECK(late.state.changes[0].late); // 60 working days before the end, not 30
}

TEST_CASE("a permit whose renewal nobody answers before it ends is renewed by silence (F29)") {
  // 行政许可法 art. 50. Asked on the last day on which it is in time, and on the next.
  const day last = *due_date(cn(), {30, limit_unit::workday}, on("2025-12-31"), {}, {},
                             [] {
                               counting_rules r;
                               r.runs = direction::before;
                               return r;
                             }())
                        ->due;
  const details by_a_year = renewal({1, limit_unit::year});
  struct silence {
    const char* what;
    int late_by;          ///< days after the last day to ask
    const char* recorded; ///< when the consent is entered
    bool deemed;
  };
  const silence table[] = {{"its last day has not ended", 0, "2025-12-31T23:59:59", false},
                           {"it ended", 0, "2026-01-01T00:00:00", true},
                           {"it ended long ago", 0, "2027-03-01T09:00:00", true},
                           {"asked a day too late", 1, "2026-01-01T00:00:00", false}};
  for (const silence& s : table) {
    CAPTURE(s.what);
    running_case c = permit("2025-12-31");
    c.did(to_text(last + days{s.late_by}), "申请人", action::request_change, by_a_year);
    CHECK(c.state.changes[0].late == (s.late_by > 0));
    CHECK(renewed_by_silence(c.definition->item, c.state).has_value() == (s.late_by == 0));
    const auto refused = c.ask(s.recorded, "P3", action::deem_renewal);
    REQUIRE(refused == (s.deemed ? std::nullopt : std::optional{errc::condition_not_met}));
    CHECK(c.state.valid_until == on(s.deemed ? "2026-12-31" : "2025-12-31"));
    CHECK(c.state.changes[0].deemed == s.deemed);
    if (!s.deemed) continue;
    CHECK(c.history.back().what == event_kind::renewal_deemed);
    CHECK(c.history.back().with.until == on("2026-12-31"));
    CHECK(c.state.changes[0].result == case_result::granted);
    CHECK(c.ask(s.recorded, "P3", action::deem_renewal) == errc::condition_not_met); // once
    CHECK(c.ask(s.recorded, "P3", action::answer_change, answer(case_result::refused)) ==
          errc::condition_not_met);
  }
}

TEST_CASE("once silence renewed a permit, nobody refuses, and an answer in time is one (F29)") {
  const auto asked = [](const std::shared_ptr<const case_definition>& d = define()) {
    running_case c = permit("2025-12-31", d);
    c.did("2025-09-01", "申请人", action::request_change, renewal({1, limit_unit::year}));
    return c;
  };
  running_case in_time = asked();
  in_time.did("2025-12-31T23:59:59", "P3", action::answer_change, answer(case_result::refused));
  CHECK(in_time.state.valid_until == on("2025-12-31"));
  CHECK(in_time.ask("2026-01-01", "P3", action::deem_renewal) == errc::condition_not_met);

  running_case late = asked();
  CHECK(late.ask("2026-01-01", "P3", action::answer_change, answer(case_result::refused)) ==
        errc::condition_not_met);
  late.did("2026-01-01", "P3", action::answer_change, answer(case_result::granted));
  CHECK(late.state.valid_until == on("2026-12-31")); // as silence had it
  CHECK_FALSE(late.state.changes[0].deemed);

  // The law speaks of permits, and an item may be under another law.
  service_item i = item();
  i.type = "QR";
  i.code = item_id{"62052400MZ-QR-0001"};
  service_item other = item();
  other.renewal = renewal_rules{.silence_grants = false};
  for (const service_item& without : {i, other}) {
    running_case c = asked(define(without));
    CHECK(c.ask("2026-01-01", "P3", action::deem_renewal) == errc::condition_not_met);
    c.did("2026-01-01", "P3", action::answer_change, answer(case_result::refused));
    CHECK(c.state.valid_until == on("2025-12-31"));
  }

  // An adjustment is no renewal.
  running_case adjusted = permit("2025-12-31");
  details d = why("变更场所");
  d.kind = "adjustment";
  d.document = "调整申请书";
  adjusted.did("2025-09-01", "x", action::request_change, d);
  CHECK(adjusted.ask("2026-01-01", "P3", action::deem_renewal) == errc::condition_not_met);
}
