#include <banli/engine/event_version.hpp>

#include <algorithm>

#include <banli/engine/known_history.hpp>

namespace banli {

std::uint32_t event_version(const event& e) {
  if (e.what > event_kind::delivered) return 2;
  details of_version_1;
  const details& d = e.with;
  of_version_1.item = d.item;
  of_version_1.step = d.step;
  of_version_1.to_step = d.to_step;
  of_version_1.arrow = d.arrow;
  of_version_1.outcome = d.outcome;
  of_version_1.kind = d.kind;
  of_version_1.reason = d.reason;
  of_version_1.opinion = d.opinion;
  of_version_1.document = d.document;
  of_version_1.authority = d.authority;
  of_version_1.applicant = d.applicant;
  of_version_1.to_person = d.to_person;
  of_version_1.by = d.by;
  of_version_1.result = d.result;
  of_version_1.received = d.received;
  of_version_1.limit = d.limit;
  of_version_1.facts = d.facts;
  return d == of_version_1 ? 1 : 2;
}

instant recorded_at(const event& e) { return e.with.recorded.value_or(e.at); }

std::span<const event> known_history(std::span<const event> history, const as_of& when) {
  const auto unknown = std::ranges::find_if(
      history, [&](const event& e) { return e.at > when.at || recorded_at(e) > when.known; });
  return history.first(static_cast<std::size_t>(unknown - history.begin()));
}

} // namespace banli
