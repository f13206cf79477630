// civil_period.hpp — months, quarters, half-years and years of the civil calendar.
//
//   civil_period p = period_of(period_kind::quarter, to_day(2025y / 3 / 31));
//   p.from, p.until                      // 2025-01-01, 2025-04-01: half-open
//   to_text(p);                          // "2025Q1"
//   periods_between(period_kind::month, from, until);   // every month that meets [from, until)
//
// Periods are half-open, so that an instant lies in exactly one: what is delivered at 00:00 of the
// first of April belongs to April, and nothing is counted twice at midnight.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

enum class period_kind : std::uint8_t { month, quarter, half_year, year };

std::string_view to_string(period_kind k);
std::string_view label(period_kind k);
/// Errors: unknown_value, with the nearest.
result<period_kind> parse_period_kind(std::string_view name);

struct civil_period {
  period_kind kind = period_kind::month;
  day from{};
  day until{}; ///< the first day after it

  bool contains(instant t) const { return t >= instant{from} && t < instant{until}; }
  friend bool operator==(const civil_period&, const civil_period&) = default;
  friend auto operator<=>(const civil_period&, const civil_period&) = default;
};

/// The period in which a day lies.
civil_period period_of(period_kind kind, day d);

/// The period after one.
inline civil_period next(const civil_period& p) { return period_of(p.kind, p.until); }

/// Every period that has a day in [from, until), in order; `until` is not before `from`.
std::vector<civil_period> periods_between(period_kind kind, day from, day until);

/// "2025-03", "2025Q1", "2025H1", "2025": they sort as the periods do.
std::string to_text(const civil_period& p);

} // namespace banli
