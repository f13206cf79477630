// Acts of orders or complaints from a file, each with its place.
#pragma once

#include <string>
#include <vector>

#include <banli/engine/event.hpp>

namespace banli {

/// CSV with the columns id, act, at, who, reason, request, fields (NAME=VALUE;NAME=VALUE) in any
/// order, or a JSON array of objects with these members, fields being an object. Everything that is
/// wrong goes to `found`, with its place.
std::vector<command> read_acts(const std::string& path, problems& found);

} // namespace banli
