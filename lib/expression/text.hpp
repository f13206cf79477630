// text.hpp — UTF-8 as expressions need it: decoding, counting, quoting, and where an offset stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>

namespace banli::detail::cel {

/// A stretch of the source, in bytes.
struct span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// One code point and how many bytes it took; size 0 where the text is no UTF-8.
struct decoded {
  char32_t point = 0;
  std::size_t size = 0;
};

/// Reads the code point at an offset that lies inside the text. Overlong forms and surrogates are
/// no UTF-8.
decoded decode(std::string_view text, std::size_t at);

/// Appends a code point; the caller has made sure that it is one.
void encode(char32_t point, std::string& out);

bool is_utf8(std::string_view text);

/// How many code points a text has; it must be UTF-8.
std::size_t count_points(std::string_view text);

/// A string as CEL source: in double quotes, control characters escaped.
std::string quoted(std::string_view text);

/// Bytes as CEL source: b"..." with everything outside printable ASCII as \xHH.
std::string quoted_bytes(std::string_view octets);

/// Where a byte of the source stands in the user's file.
place place_of(std::string_view source, std::size_t offset, const compile_options& how);

} // namespace banli::detail::cel
