// weight.hpp — how large values are, for what touching them costs.
#pragma once

#include <cstddef>
#include <cstdint>

#include <banli/expression/value.hpp>

namespace banli::detail::cel {

/// What touching a value costs beyond the visit: 1 for 16 bytes of text, 1 an element.
std::uint64_t weight(const value& v);

/// Of everything inside as well: what comparing for equality may have to look at.
std::uint64_t deep_weight(const value& v);

/// The elements of a list, the bytes of a text.
std::size_t size_of_result(const value& v);

} // namespace banli::detail::cel
