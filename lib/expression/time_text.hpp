// time_text.hpp — timestamps and durations as CEL writes them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <banli/expression/value.hpp>

namespace banli::detail::cel {

/// RFC 3339 ("2009-02-13T23:31:30.5Z"); an offset is applied. None for any other text and outside
/// the years 1 to 9999.
std::optional<timestamp> parse_timestamp(std::string_view s);
std::string to_text(const timestamp& t);

/// A signed sequence of number and unit ("1h45m", "-1.5s"); units h, m, s, ms, us, ns. None for any
/// other text and beyond 64 bits of nanoseconds.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view s);
/// In seconds: "6347s", "-0.5s".
std::string to_text(std::chrono::nanoseconds d);

/// Whether a timestamp lies in the years 1 to 9999.
bool in_range(const timestamp& t);

/// t + d; none outside the range.
std::optional<timestamp> add(const timestamp& t, std::chrono::nanoseconds d);
/// a - b; none when it does not fit.
std::optional<std::chrono::nanoseconds> subtract(const timestamp& a, const timestamp& b);

/// A fixed offset ("+02:00", "-3:30", "UTC", "Z"); none for the name of a zone (time_zone.hpp).
std::optional<std::chrono::seconds> parse_zone(std::string_view s);

} // namespace banli::detail::cel
