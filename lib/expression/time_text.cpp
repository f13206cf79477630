#include "time_text.hpp"

#include <algorithm>
#include <cctype>
#include <limits>

#include <fmt/format.h>

#include <banli/time/text.hpp>

#include "text.hpp"

namespace banli::detail::cel {

namespace {

using nanoseconds = std::chrono::nanoseconds;
constexpr std::int64_t second_ns = 1'000'000'000;
__extension__ using wide = __int128;

/// Reads ".5" as 500'000'000 ns; further digits are dropped. None when a dot stands alone.
std::optional<std::int64_t> take_fraction(std::string_view& s) {
  if (!take(s, '.')) return 0;
  if (s.empty() || !is_digit(s.front())) return std::nullopt;
  std::int64_t ns = 0;
  std::int64_t unit = second_ns / 10;
  for (; !s.empty() && is_digit(s.front()); s.remove_prefix(1)) {
    ns += (s.front() - '0') * unit;
    unit /= 10;
  }
  return ns;
}

struct unit_name {
  std::string_view name;
  std::int64_t ns;
};
// Longer names first: "ms" must not be read as "m".
constexpr unit_name units[] = {
    {"ns", 1},         {"us", 1'000},    {"\xC2\xB5s", 1'000},  {"\xCE\xBCs", 1'000},
    {"ms", 1'000'000}, {"s", second_ns}, {"m", 60 * second_ns}, {"h", 3600 * second_ns}};

std::int64_t take_unit(std::string_view& s) {
  for (const auto& u : units)
    if (s.starts_with(u.name)) {
      s.remove_prefix(u.name.size());
      return u.ns;
    }
  return 0;
}

/// Reads one "1.5h" and adds it to the total, which is kept in 128 bits so that it cannot overflow
/// before it is judged.
bool take_part(std::string_view& s, wide& total) {
  wide whole = 0;
  bool any = false;
  for (; !s.empty() && is_digit(s.front()); s.remove_prefix(1)) {
    whole = whole * 10 + (s.front() - '0');
    any = true;
    if (whole > std::numeric_limits<std::int64_t>::max()) return false;
  }
  const bool dot = !s.empty() && s.front() == '.';
  if (!any && !dot) return false;
  const auto fraction = take_fraction(s);
  if (!fraction) return false;
  const std::int64_t unit = take_unit(s);
  if (unit == 0) return false;
  total += whole * unit + static_cast<wide>(*fraction) * unit / second_ns;
  return total <= static_cast<wide>(std::numeric_limits<std::int64_t>::max()) + 1;
}

std::string fraction_text(std::int64_t ns) {
  if (ns == 0) return {};
  std::string s = fmt::format(".{:09}", ns);
  while (s.back() == '0') s.pop_back();
  return s;
}

} // namespace

std::optional<std::chrono::seconds> parse_zone(std::string_view s) {
  if (s == "UTC" || s == "Z" || s == "GMT") return std::chrono::seconds{0};
  const bool minus = s.starts_with('-');
  if (minus || s.starts_with('+')) s.remove_prefix(1);
  const auto colon = s.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2) return std::nullopt;
  const int h = take_digits(s, colon);
  take(s, ':');
  const int m = take_digits(s, 2);
  if (h < 0 || h > 23 || m < 0 || m > 59 || !s.empty()) return std::nullopt;
  const auto offset = std::chrono::hours{h} + std::chrono::minutes{m};
  return minus ? -offset : offset;
}

bool in_range(const timestamp& t) {
  return t.second >= instant{first_day} && t.second < end_of(last_day);
}

std::optional<timestamp> parse_timestamp(std::string_view s) {
  const auto day = take_day(s);
  if (!day || (!take(s, 'T') && !take(s, 't'))) return std::nullopt;
  const int h = take_digits(s, 2);
  const bool colon1 = take(s, ':');
  const int m = take_digits(s, 2);
  const bool colon2 = take(s, ':');
  const int sec = take_digits(s, 2);
  if (!colon1 || !colon2 || h < 0 || h > 23 || m < 0 || m > 59 || sec < 0 || sec > 59)
    return std::nullopt;
  const auto fraction = take_fraction(s);
  if (!fraction) return std::nullopt;
  std::optional<std::chrono::seconds> offset;
  if (s == "Z" || s == "z")
    offset = std::chrono::seconds{0};
  else if (!s.empty() && (s[0] == '+' || s[0] == '-') && s.size() == 6)
    offset = parse_zone(s);
  if (!offset) return std::nullopt;
  const timestamp t{instant{*day} + std::chrono::hours{h} + std::chrono::minutes{m} +
                        std::chrono::seconds{sec} - *offset,
                    nanoseconds{*fraction}};
  return in_range(t) ? std::optional(t) : std::nullopt;
}

std::string to_text(const timestamp& t) {
  return banli::to_text(t.second) + fraction_text(t.fraction.count()) + "Z";
}

std::optional<nanoseconds> parse_duration(std::string_view s) {
  const bool minus = s.starts_with('-');
  if (minus || s.starts_with('+')) s.remove_prefix(1);
  if (s == "0") return nanoseconds{0};
  if (s.empty()) return std::nullopt;
  wide total = 0;
  while (!s.empty())
    if (!take_part(s, total)) return std::nullopt;
  if (minus) total = -total;
  if (total > std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  return nanoseconds{static_cast<std::int64_t>(total)};
}

std::string to_text(nanoseconds d) {
  const std::int64_t ns = d.count();
  const std::int64_t whole = ns / second_ns;
  const std::int64_t rest = ns % second_ns;
  return fmt::format("{}{}{}s", ns < 0 ? "-" : "", whole < 0 ? -whole : whole,
                     fraction_text(rest < 0 ? -rest : rest));
}

std::optional<timestamp> add(const timestamp& t, nanoseconds d) {
  const auto whole = std::chrono::floor<std::chrono::seconds>(d);
  timestamp sum{t.second + whole, t.fraction + (d - whole)};
  if (sum.fraction >= std::chrono::seconds{1}) {
    sum.second += std::chrono::seconds{1};
    sum.fraction -= std::chrono::seconds{1};
  }
  return in_range(sum) ? std::optional(sum) : std::nullopt;
}

std::optional<nanoseconds> subtract(const timestamp& a, const timestamp& b) {
  std::int64_t ns = 0;
  if (__builtin_mul_overflow((a.second - b.second).count(), second_ns, &ns)) return std::nullopt;
  if (__builtin_add_overflow(ns, (a.fraction - b.fraction).count(), &ns)) return std::nullopt;
  return nanoseconds{ns};
}

} // namespace banli::detail::cel
