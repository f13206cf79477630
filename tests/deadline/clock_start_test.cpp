#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/clock_start.hpp>

#include "written.hpp"

using namespace written;

namespace {

std::string says(const result<clock_start>& c) {
  if (!c) return std::string{to_string(c.error().code)};
  std::string s{to_string(c->why)};
  if (c->start) s += " from " + to_text(*c->start);
  if (c->decided_by) s += " decided by " + to_text(*c->decided_by);
  return s;
}

} // namespace

TEST_CASE("a complete application starts with its receipt") {
  const application_facts f{.received = on("2024-02-08")};
  CHECK(says(clock_start_of(cn(), f, on("2024-02-07"))) == "not_received");
  CHECK(says(clock_start_of(cn(), f, on("2024-02-08"))) == "complete from 2024-02-08");
}

TEST_CASE("an incomplete one starts when it is completed, or silence has accepted it") {
  application_facts f{.received = on("2024-02-08"), .state = materials::incomplete};
  const auto at = [&](std::string_view today) { return says(clock_start_of(cn(), f, on(today))); };
  // The notice is due on 02-21 (example 10).
  CHECK(at("2024-02-08") == "awaiting_notice decided by 2024-02-22");
  CHECK(at("2024-02-21") == "awaiting_notice decided by 2024-02-22");
  CHECK(at("2024-02-22") == "silence from 2024-02-08");
  CHECK((clock_start_of(cn(), f, on("2024-02-22"))->notice_due == on("2024-02-21")));
  f.completed = on("2024-03-01"); // too late to matter
  CHECK(at("2024-03-05") == "silence from 2024-02-08");
  f.notified = on("2024-02-22"); // so is this notice
  CHECK(at("2024-03-05") == "silence from 2024-02-08");
  f.notified = on("2024-02-21");
  CHECK(at("2024-02-20") == "awaiting_notice decided by 2024-02-22"); // not known yet
  CHECK(at("2024-02-29") == "awaiting_materials");
  CHECK(at("2024-03-01") == "completed from 2024-03-01");
  f.notified.reset();
  f.completed = on("2024-02-19"); // by themselves, before the notice was due
  CHECK(at("2024-03-01") == "completed from 2024-02-19");
  f.completed = on("2024-02-07");
  CHECK(at("2024-03-01") == "bad-value");
  f = {.received = on("2024-02-08"), .state = materials::incomplete};
  f.notice_limit = {0, limit_unit::day};
  CHECK(at("2024-03-01") == "bad-limit");
  f.notice_limit = {3, limit_unit::workday}; // a local promise
  CHECK(at("2024-02-19") == "awaiting_notice decided by 2024-02-20");
}

TEST_CASE("between departments the registered hand-over starts the clock") {
  CHECK(says(clock_start_of(handover_facts{}, on("2025-05-06"))) == "not_received");
  const handover_facts f{.registered = on("2025-05-06")};
  CHECK(says(clock_start_of(f, on("2025-05-05"))) == "not_received");
  CHECK(says(clock_start_of(f, on("2025-05-06"))) == "handed_over from 2025-05-06");
  // The first day counted is the day after.
  CHECK(to_text(*due_date(cn(), {1, limit_unit::workday}, *f.registered)->due) == "2025-05-07");
}

TEST_CASE("a review nobody decided on is accepted when its examination ends") {
  review_facts f{.received = on("2026-02-12")};
  const auto at = [&](std::string_view today) { return says(clock_start_of(cn(), f, on(today))); };
  CHECK(at("2026-02-11") == "not_received");
  CHECK(at("2026-02-26") == "awaiting_decision decided by 2026-02-27");
  CHECK(at("2026-02-27") == "deemed_accepted from 2026-02-26"); // examples 21 and 22
  f.accepted = on("2026-02-24");
  CHECK(at("2026-02-24") == "accepted from 2026-02-24");
  f.accepted = on("2026-02-28");
  CHECK(at("2026-03-05") == "deemed_accepted from 2026-02-26");
  f.accepted.reset();
  f.refused = on("2026-02-26");
  CHECK(at("2026-03-05") == "refused");
  f.refused = on("2026-02-27");
  CHECK(at("2026-03-05") == "deemed_accepted from 2026-02-26");
}

TEST_CASE("a corrected request for information starts anew") {
  information_facts f{.received = on("2024-04-24")};
  const auto at = [&](std::string_view today) { return says(clock_start_of(cn(), f, on(today))); };
  CHECK(at("2024-04-24") == "received from 2024-04-24");
  // Seven working days: 04-25, 04-26, 04-28 (made up), 04-29, 04-30, 05-06, 05-07.
  f.correction_asked = on("2024-05-07");
  CHECK(at("2024-05-06") == "received from 2024-04-24");
  CHECK(at("2024-05-10") == "awaiting_correction");
  f.correct_by = on("2024-05-20");
  CHECK(at("2024-05-10") == "awaiting_correction decided by 2024-05-21");
  CHECK(at("2024-05-21") == "abandoned");
  f.corrected = on("2024-05-21");
  CHECK(at("2024-05-22") == "abandoned");
  f.corrected = on("2024-05-20");
  CHECK(at("2024-05-22") == "corrected from 2024-05-20");
  // The same as a restart of the limit that ran from the receipt.
  const std::vector<exclusion> again{
      {*f.correction_asked, f.corrected, "补正", stop_type::restart}};
  CHECK((due_date(cn(), twenty, f.received, again)->due ==
         due_date(cn(), twenty, *f.corrected)->due));
  f.correction_asked = on("2024-05-08"); // too late to restart anything
  CHECK(at("2024-05-22") == "received from 2024-04-24");
}

TEST_CASE("every reason is said in both languages") {
  for (int i = 0; i <= static_cast<int>(start_reason::abandoned); ++i) {
    const auto r = static_cast<start_reason>(i);
    CHECK_FALSE(to_string(r).empty());
    CHECK_FALSE(reason_of(r).en.empty());
    CHECK_FALSE(reason_of(r).zh.empty());
  }
  CHECK(reason_of(start_reason::silence).zh.find("第32条") != std::string::npos);
}
