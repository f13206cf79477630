// item_places.hpp — a locator that answers the path itself, so that a check's findings can be told
// apart by the field they stand at.
#pragma once

#include <string>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli::detail {

inline place place_is_path(std::string_view path) {
  return {.file = std::string{path}, .line = 0, .column = 0};
}

} // namespace banli::detail
