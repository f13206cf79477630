#include <banli/expression/decimal.hpp>

#include <cmath>

#include <fmt/format.h>

namespace banli {

namespace {

// GCC's and Clang's: products of two 64-bit numbers never overflow it.
__extension__ using wide = __int128;

constexpr wide most_units = 999'999'999'999'999'999;

constexpr wide power_of_ten(int n) {
  wide p = 1;
  for (; n > 0; --n) p *= 10;
  return p;
}

std::optional<decimal> made(wide units, int scale) {
  // Zeros behind the point that do not fit are dropped: they say nothing.
  while (scale > most_decimal_places && units % 10 == 0) {
    units /= 10;
    --scale;
  }
  if (scale > most_decimal_places || units > most_units || units < -most_units) return std::nullopt;
  return decimal{static_cast<std::int64_t>(units), static_cast<std::uint8_t>(scale)};
}

wide units_at(const decimal& d, int scale) { return d.units * power_of_ten(scale - d.scale); }

int common_scale(const decimal& a, const decimal& b) {
  return a.scale > b.scale ? a.scale : b.scale;
}

/// The quotient of whole numbers, rounded; b is not 0.
wide rounded(wide a, wide b, rounding how) {
  const bool negative = (a < 0) != (b < 0);
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  wide q = a / b;
  const wide rest = a % b;
  const bool more = how == rounding::up ? rest > 0
                                        : how == rounding::half_even &&
                                              (rest > b - rest || (rest == b - rest && q % 2 == 1));
  if (more) ++q;
  return negative ? -q : q;
}

} // namespace

std::strong_ordering operator<=>(const decimal& a, const decimal& b) noexcept {
  const int scale = common_scale(a, b);
  return units_at(a, scale) <=> units_at(b, scale);
}

std::optional<decimal> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  wide units = 0;
  int scale = -1; // -1: no point yet
  int digits = 0;
  bool ends_in_digit = false;
  for (const char c : text) {
    ends_in_digit = c >= '0' && c <= '9';
    if (c == '.' && scale < 0 && digits > 0) {
      scale = 0;
      continue;
    }
    if (!ends_in_digit) return std::nullopt;
    units = units * 10 + (c - '0');
    ++digits;
    if (scale >= 0) ++scale;
    if (units > most_units || digits > 40) return std::nullopt;
  }
  if (!ends_in_digit || scale > most_decimal_places) return std::nullopt;
  return made(negative ? -units : units, scale < 0 ? 0 : scale);
}

std::string to_string(const decimal& d) {
  if (d.scale == 0) return fmt::format("{}", d.units);
  const auto size = static_cast<std::uint64_t>(d.units < 0 ? -d.units : d.units);
  const auto one = static_cast<std::uint64_t>(power_of_ten(d.scale));
  return fmt::format("{}{}.{:0{}}", d.units < 0 ? "-" : "", size / one, size % one, d.scale);
}

double to_double(const decimal& d) {
  return static_cast<double>(d.units) / std::pow(10.0, d.scale);
}

std::optional<decimal> add(const decimal& a, const decimal& b) {
  const int scale = common_scale(a, b);
  return made(units_at(a, scale) + units_at(b, scale), scale);
}

std::optional<decimal> subtract(const decimal& a, const decimal& b) {
  const int scale = common_scale(a, b);
  return made(units_at(a, scale) - units_at(b, scale), scale);
}

std::optional<decimal> multiply(const decimal& a, const decimal& b) {
  return made(static_cast<wide>(a.units) * b.units, a.scale + b.scale);
}

std::optional<decimal> negate(const decimal& a) {
  return made(-static_cast<wide>(a.units), a.scale);
}

std::optional<decimal> divide(const decimal& a, const decimal& b, std::uint8_t places,
                              rounding how) {
  if (b.units == 0 || places > most_decimal_places) return std::nullopt;
  // a.units / 10^a.scale / (b.units / 10^b.scale) * 10^places
  const int shift = places + b.scale - a.scale;
  const wide above = shift >= 0 ? a.units * power_of_ten(shift) : a.units;
  const wide below = shift >= 0 ? wide{b.units} : b.units * power_of_ten(-shift);
  return made(rounded(above, below, how), places);
}

std::optional<decimal> round(const decimal& a, std::uint8_t places, rounding how) {
  return divide(a, {1, 0}, places, how);
}

} // namespace banli
