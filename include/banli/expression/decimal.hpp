// decimal.hpp — money: a decimal number that is what it says.
//
//   decimal a = *parse_decimal("0.10");
//   *add(a, *parse_decimal("0.20")) == *parse_decimal("0.3");   // true, as it is not for doubles
//   to_string(*multiply(*parse_decimal("12.50"), {3, 0}));      // "37.50"
//
// A number is units / 10^scale with at most 18 digits and at most 9 of them behind the point. Sums
// and products are exact or an error: nothing is rounded in silence. round() rounds where a tariff
// says so, half to the even digit (GB/T 8170), or up, or down.
//
// Equal numbers are equal whatever their scale: 1.50 == 1.5.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace banli {

struct decimal {
  std::int64_t units = 0;
  std::uint8_t scale = 0; ///< digits behind the point, 0 to 9

  friend bool operator==(const decimal& a, const decimal& b) noexcept { return (a <=> b) == 0; }
  friend std::strong_ordering operator<=>(const decimal& a, const decimal& b) noexcept;
};

inline constexpr std::uint8_t most_decimal_places = 9;
inline constexpr int most_decimal_digits = 18;

/// Digits with an optional sign and point: "12", "-0.50". None when it is anything else, or has too
/// many digits.
std::optional<decimal> parse_decimal(std::string_view text);

/// With all its places: "37.50".
std::string to_string(const decimal& d);
double to_double(const decimal& d);

/// None when the exact answer has too many digits.
std::optional<decimal> add(const decimal& a, const decimal& b);
std::optional<decimal> subtract(const decimal& a, const decimal& b);
std::optional<decimal> multiply(const decimal& a, const decimal& b);
std::optional<decimal> negate(const decimal& a);

enum class rounding : std::uint8_t {
  half_even, ///< 2.5 -> 2, 3.5 -> 4
  up,        ///< away from zero
  down,      ///< towards zero
};

/// a / b to so many places. None when b is 0 or the answer has too many digits.
std::optional<decimal> divide(const decimal& a, const decimal& b, std::uint8_t places,
                              rounding how = rounding::half_even);
/// Rounded to so many places, or filled up with zeros. None when that makes too many digits.
std::optional<decimal> round(const decimal& a, std::uint8_t places,
                             rounding how = rounding::half_even);

} // namespace banli
