// parse.hpp — tokens into a syntax tree.
//
//   expr        = or ["?" or ":" expr]
//   or          = and {"||" and}
//   and         = relation {"&&" relation}
//   relation    = addition {("<"|"<="|">"|">="|"=="|"!="|"in") addition}
//   addition    = product {("+"|"-") product}
//   product     = unary {("*"|"/"|"%") unary}
//   unary       = {"!"} member | {"-"} member
//   member      = primary {"." name ["(" args ")"] | ".?" name | "[" ["?"] expr "]"}
//   primary     = ["."] name ["(" args ")"] | "(" expr ")" | "[" args "]" | "{" entries "}" |
//   literal
//
// An element of a list, and the key of an entry of a map, may have a "?" before it.
//
// Macros (has, all, exists, exists_one, map, filter) are recognised here. After an error the parser
// skips to the next comma, bracket or logical operator and goes on, so that one reading finds the
// errors of all parts.
#pragma once

#include <string_view>

#include <banli/expression/program.hpp>

#include "report.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

/// Parses; what could not be parsed is a `bad` node. Errors: syntax_error, bad_value,
/// limit_exceeded. The source is UTF-8 and within limits.source_bytes.
syntax_tree parse(std::string_view source, const expression_limits& limits, report& problems);

} // namespace banli::detail::cel
