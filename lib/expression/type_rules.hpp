// type_rules.hpp — how types relate: what may stand for what, what joins to what.
#pragma once

#include <optional>

#include <banli/expression/type.hpp>

#include "syntax.hpp"

namespace banli::detail::cel {

/// Known only while evaluating.
bool is_dynamic(const type& t);
/// int, uint or double.
bool is_number(const type& t);
/// A string or an enumeration.
bool is_text(const type& t);

/// Whether a value of one type may be passed where a kind is wanted; dyn on either side may.
bool fits(const type& t, type_kind wanted);

/// The same of a whole type: lists, maps and optionals by what they hold.
bool accepts(const type& wanted, const type& t);

/// Whether two values may be asked for equality: the same type, two numbers, two texts (but not two
/// different enumerations), lists and maps of such, or anything with dyn.
bool may_equal(const type& a, const type& b);

/// The type of something that is one of both: of [] and [1] a list of int; of 1 and "a" dyn.
type joined(const type& a, const type& b);

/// The type without unresolved parts.
type settled(const type& t);

/// No such type: what a rule answers where an operation has no overload.
inline std::optional<type> none() { return std::nullopt; }

/// What an operator of two operands gives; none when it has no such overload. Not for &&, ||, ?:.
std::optional<type> binary_type(op o, const type& a, const type& b);

} // namespace banli::detail::cel
