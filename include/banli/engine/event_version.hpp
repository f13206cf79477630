// event_version.hpp — events of yesterday, read by the banli of today and of ten years hence.
//
// What was stored is never rewritten: the hash chain covers its bytes. So every banli reads the
// events of all before it, and folds them to the states they gave then. The words of an event, its
// kind and its members, belong to a version:
//
//   1   acceptance to delivery: the fourteen kinds from accepted to delivered
//   2   applications, reviews, claims, reports up, notices, changes, late entry
//
//   event_version(e)     // 1: nothing in it is newer; its bytes are those that version 1 wrote
//
// A version never changes what a word of an earlier one means. Where a meaning must change, there
// is a new word or a new version, whose events say so in a member after the request:
//
//   {"number":7,"request":"r7","version":3,"what":…
//
// A banli that does not know it refuses such an event by name (store_newer), and does not guess.
// tests/cases/histories keeps histories of every version with the states they gave when they were
// written, and replays them for ever.
#pragma once

#include <cstdint>

#include <banli/engine/event.hpp>

namespace banli {

/// The newest version this banli writes and reads.
inline constexpr std::uint32_t newest_event_version = 2;

/// The first version that has all the words of an event.
std::uint32_t event_version(const event& e);

} // namespace banli
