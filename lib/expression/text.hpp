// text.hpp — text as expressions need it: quoting, and where an offset stands.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>
#include <banli/base/utf8.hpp>
#include <banli/expression/program.hpp>

namespace banli::detail::cel {

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A stretch of the source, in bytes.
struct span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A string as CEL source: in double quotes, control characters escaped.
std::string quoted(std::string_view text);

/// Bytes as CEL source: b"..." with everything outside printable ASCII as \xHH.
std::string quoted_bytes(std::string_view octets);

/// Where a byte of the source stands in the user's file.
place place_of(std::string_view source, std::size_t offset, const compile_options& how);

} // namespace banli::detail::cel
