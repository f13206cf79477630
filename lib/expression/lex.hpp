// lex.hpp — the source cut into tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"
#include "text.hpp"

namespace banli::detail::cel {

enum class token_kind : std::uint8_t {
  end,
  bad,        ///< reported; the parser treats it as an operand
  identifier, ///< text
  backquoted, ///< text: a field name such as `content-type`
  integer,    ///< magnitude
  uinteger,   ///< magnitude
  real,       ///< number
  string,     ///< text, escapes replaced
  bytes,      ///< text, escapes replaced
  sign,       ///< text: an operator or a bracket
};

struct token {
  token_kind kind = token_kind::end;
  span at;
  std::string text;
  std::uint64_t magnitude = 0;
  double number = 0;
};

/// Cuts the source; the last token is `end`. Errors: syntax_error, bad_value (a number out of
/// range).
std::vector<token> lex(std::string_view source, report& problems);

} // namespace banli::detail::cel
