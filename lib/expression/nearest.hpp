// nearest.hpp — did you mean?
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace banli::detail::cel {

/// The candidate that differs least from a word, counted in code points inserted, removed, replaced
/// or swapped; empty when even that differs in more than a third of the word (at least one, so that
/// a word of two Chinese characters has suggestions).
std::string_view nearest(std::string_view word, std::span<const std::string> candidates);

} // namespace banli::detail::cel
