// value_json.hpp — values of expressions as JSON, and back; what JSON lacks as text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>
#include <banli/expression/value.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// A timestamp as "2025-10-13T09:00:00Z", an infinite double as "Infinity", and so on.
boost::json::value value_json(const value& v);

/// Whole numbers are ints, beyond 63 bits uints; null is null.
value value_of(const boost::json::value& v);

/// A day as text, null for none.
boost::json::value json_day(const std::optional<day>& d);

/// A whole text. Errors: syntax_error, with its place in `file`.
result<boost::json::value> read_json(std::string_view text, const std::string& file);

/// What would have to turn: [{"condition", "needs", "becomes"}].
boost::json::array nearest_json(const reasoning& r);

/// describe(r) in both languages: {"en", "zh"}.
boost::json::object says_json(const reasoning& r);

} // namespace banli
