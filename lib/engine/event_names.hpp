// What reading stored events needs of the names and the public header does not offer.
#pragma once

#include <optional>
#include <string_view>

#include <banli/engine/event.hpp>

namespace banli::detail {

/// The kind with a stable name.
std::optional<event_kind> event_kind_named(std::string_view name);

} // namespace banli::detail
