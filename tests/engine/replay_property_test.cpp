// Whatever happens to a case, replaying its events gives the state it had.
#include <rapidcheck.h>

#include "walk.hpp"

using namespace sample;

namespace {

/// Everything a state says, as text.
std::string told(const case_definition& d, const case_state& s) {
  std::string out =
      fmt::format("{} {} {} {} {} {} {}\n", to_string(s.phase), s.version, to_text(s.last),
                  to_text(s.start), d.net.to_text(s.at), s.returns, s.supplements);
  for (const step_record& r : s.steps)
    out += fmt::format("{} {} {} {} {}\n", d.net.at(r.step).id.text(), to_text(r.since),
                       static_cast<int>(r.end), r.ended ? to_text(*r.ended) : "-", r.actor.text());
  for (const exclusion& x : s.excluded)
    out += fmt::format("{} {} {}\n", to_text(x.from), x.to ? to_text(*x.to) : "-", x.kind);
  for (const auto& [name, value] : s.facts) out += fmt::format("{}={}\n", name, value);
  return out;
}

/// A definition in which who acts is not judged, so that random commands get far.
std::shared_ptr<const case_definition> definition(std::size_t which) {
  service_item i = item();
  if (which == 1) i.supplement = supplement_rule::restarts;
  return define(i, which == 2 ? joint_chart() : chart(), authority::recorded);
}

} // namespace

TEST_CASE("a replayed case equals the live one after every event, also through the stored text") {
  const std::array all{definition(0), definition(1), definition(2)};
  CHECK(rc::check([&](const std::vector<std::uint32_t>& numbers, std::uint8_t which) {
    const auto& d = all[which % all.size()];
    const running_case c = random_case(d, numbers);
    std::vector<event> stored;
    for (const event& e : c.history) stored.push_back(*parse_event(to_json(e)));
    RC_ASSERT(stored == c.history);
    RC_ASSERT(told(*d, replay(*d, c.state.id, stored)) == told(*d, c.state));
  }));
}

TEST_CASE("the marking of a case is always one from which it can finish") {
  const auto d = definition(2);
  CHECK(rc::check([&](const std::vector<std::uint32_t>& numbers) {
    const running_case c = random_case(d, numbers);
    case_state s;
    for (const event& e : c.history) {
      s = apply(*d, std::move(s), e);
      RC_ASSERT(!d->net.enabled(s.at).empty() || d->net.finish(s.at).has_value() ||
                !d->net.open_conditions(s.at).empty());
    }
  }));
}
