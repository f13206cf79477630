// "Did you mean ...": the known word that is closest to an unknown one.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace banli::detail {

/// The candidate with the fewest single-character changes (code points, so that one Chinese
/// character is one change), if they are few for the length of the word. The first of equals.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

} // namespace banli::detail
