// string_literal.hpp — 'text', "text", r'raw', b'bytes', '''many lines''', with their escapes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli::detail::cel {

struct string_literal {
  std::string text;      ///< what it stands for
  bool is_bytes = false; ///< b'...': text holds octets and need not be UTF-8
  std::size_t end = 0;   ///< first byte after it
  std::optional<error> problem;
  std::size_t problem_at = 0;
};

/// Whether a string literal starts at the front: quotes after at most one r and one b.
bool string_prefix(std::string_view s);

/// Reads the literal that starts at an offset where string_prefix() holds. The source is UTF-8.
string_literal read_string_literal(std::string_view source, std::size_t at);

} // namespace banli::detail::cel
