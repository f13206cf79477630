// flow_difference.hpp — whether two sets of counters and constraints say the same of a case.
//
//   counted_alike(*before.flow(), *after.flow(), "returns_lately")     // the same window, too
#pragma once

#include <string_view>

#include <banli/rules/flow_counter.hpp>

namespace banli {

/// Whether flow.<name> is counted, or judged, alike in both; false where one of them has no such
/// counter or constraint. Names in words and places are no part of what they say.
bool counted_alike(const compiled_counters& a, const compiled_counters& b, std::string_view name);

} // namespace banli
