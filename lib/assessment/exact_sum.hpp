// exact_sum.hpp — sums of decimals that notice when a digit is lost, and how decimals are said.
#pragma once

#include <optional>
#include <string>

#include <banli/base/result.hpp>
#include <banli/expression/decimal.hpp>

namespace banli::detail {

inline error too_many_digits(const std::string& id) {
  return make_error(errc::out_of_range, "'{}' has more digits than a decimal can hold",
                    "“{}”的位数超出十进制数的范围", id);
}

/// Sums that remember that a digit was lost.
class exact_sum {
 public:
  void add(const std::optional<decimal>& d) {
    if (!d || !sum_) return sum_.reset();
    sum_ = banli::add(*sum_, *d);
  }
  const std::optional<decimal>& value() const { return sum_; }

 private:
  std::optional<decimal> sum_ = decimal{};
};

/// A decimal as short as it can be said: 1.50 -> 1.5.
inline std::string brief(const decimal& d) {
  std::string s = to_string(d);
  if (s.find('.') == std::string::npos) return s;
  s.erase(s.find_last_not_of('0') + 1);
  if (s.ends_with('.')) s.pop_back();
  return s;
}

} // namespace banli::detail
