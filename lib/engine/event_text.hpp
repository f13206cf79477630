// Reading the text of an event to where it is to stand: it is large, and moved for nothing.
#pragma once

#include <optional>
#include <string_view>

#include <banli/engine/event.hpp>

namespace banli::detail {

/// What parse_event() does, into an event as it is made; after an error it is of no use.
std::optional<error> read_event(std::string_view json, event& into);

} // namespace banli::detail
