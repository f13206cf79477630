// known_history.hpp: the header's example, and its hard case.
#include <banli/engine/known_history.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

event happened(std::uint32_t n, std::string_view when, std::string_view recorded = {}) {
  event e;
  e.number = n;
  e.at = at(when);
  if (!recorded.empty()) e.with.recorded = at(recorded);
  return e;
}

/// How many events are known.
std::size_t known(const std::vector<event>& h, const as_of& when) {
  return known_history(h, when).size();
}

} // namespace

TEST_CASE("what is known of an instant depends on who asks, and when") {
  const std::vector<event> h{happened(1, "2024-09-02T09:00"),
                             happened(2, "2024-09-04T10:00", "2024-09-09T08:30"),
                             happened(3, "2024-09-10T15:00")};
  CHECK(recorded_at(h[0]) == at("2024-09-02T09:00"));
  CHECK(recorded_at(h[1]) == at("2024-09-09T08:30"));
  CHECK(known(h, at("2024-09-05")) == 1);
  CHECK(known(h, {at("2024-09-05"), at("2024-09-09T09:00")}) == 2);
  CHECK(known(h, {at("2024-09-05"), at("2024-09-03")}) == 1);
  CHECK(known(h, at("2024-09-01")) == 0);
  CHECK(known(h, at("2024-09-09T08:30")) == 2); // the instant itself counts
  CHECK(known(h, {at("2024-09-10T15:00"), at("2024-09-09T08:29")}) == 1);
  CHECK(known(h, at("2024-09-11")) == 3);
}

TEST_CASE("what follows an event that was not known was not known either") {
  const std::vector<event> h{happened(1, "2024-09-02T09:00"),
                             happened(2, "2024-09-04T10:00", "2024-09-09T08:30"),
                             happened(3, "2024-09-05T15:00")};
  CHECK(known(h, at("2024-09-06")) == 1);
  CHECK(known(h, {at("2024-09-06"), at("2024-09-10")}) == 3);
}

TEST_CASE("a late entry changes what is known of a past instant, not what was known at it") {
  running_case c{define()};
  details opening;
  opening.item = c.definition->item.code;
  c.did("2024-09-02T09:00", "P1", action::accept, opening);
  details late = why("停电");
  late.step = node_id{"受理"};
  late.recorded = at("2024-09-09T08:30");
  late.late_reason = "停电";
  c.did("2024-09-04T10:00", "P1", action::complete, late);
  const auto waits_at = [&](const as_of& when) {
    const case_state s = replay_at(*c.definition, c.state.id, c.history, when);
    return c.definition->net.at(c.definition->net.enabled(s.at).front()).id.text();
  };
  CHECK(waits_at(at("2024-09-05")) == "受理");
  CHECK(waits_at({at("2024-09-05"), at("2024-09-10")}) == "审查");
}
