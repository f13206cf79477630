// known_history.hpp — who knew what then.
//
// A case has two clocks. An event happened at one instant and was recorded at another: usually the
// same, but what was done on paper is typed in later (event.hpp, late entry). So a question about
// the past names two instants: how did the case stand at T, as far as anybody knew at K?
//
//   n   happened            recorded
//   1   2024-09-02 09:00    at once
//   2   2024-09-04 10:00    2024-09-09 08:30, "the line was down"
//   3   2024-09-10 15:00    at once
//
//   known_history(h, instant{…09-05})                        // 1: of 2 nobody knew yet
//   known_history(h, {instant{…09-05}, instant{…09-09T09}})  // 1, 2: what we know of 09-05 now
//   known_history(h, {instant{…09-05}, instant{…09-03}})     // 1: what could be known on 09-03
//
// With one instant alone both are the same: what was known then is what is told, and a late entry
// does not change an answer that was given before it. The instant of recording stands in the text
// of the event, so the hash chain covers it.
//
// The hard case is an event that follows a late one in the store and says of itself that it was
// recorded before it. It was not: events are kept in the order in which they came. What follows an
// event that was not known yet was not known either.
#pragma once

#include <span>

#include <banli/engine/event.hpp>

namespace banli {

/// The instant that is asked about, and the one by whose knowledge.
struct as_of {
  instant at{};
  instant known{};

  as_of(instant t) : at(t), known(t) {} // NOLINT: one instant is a whole question
  as_of(instant t, instant by) : at(t), known(by) {}

  friend bool operator==(const as_of&, const as_of&) = default;
};

/// When an event was recorded: when it happened, unless it says otherwise.
instant recorded_at(const event& e);

/// The events of a history that had happened and were known. They are its first ones.
std::span<const event> known_history(std::span<const event> history, const as_of& when);

} // namespace banli
