// The question of this benchmark: a rule over a case, and a million such cases as columns.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

inline constexpr const char* rule =
    "elapsed_workdays > promised_days * 0.8 && status != \"concluded\" && "
    "!(type in [\"instant\"]) && fees.all(f, f.amount <= f.standard)";
inline constexpr const char* flat_rule =
    "elapsed_workdays > promised_days * 0.8 && status != \"concluded\"";

inline const std::vector<std::string> statuses{"open", "suspended", "concluded"};
inline const std::vector<std::string> types{"instant", "promised"};

/// Columns; every case has three fees.
struct cases {
  std::vector<std::int64_t> elapsed, promised, offsets;
  std::vector<std::int32_t> status, type;
  std::vector<double> amount, standard;
};

inline cases make_cases(std::size_t n) {
  cases c;
  std::uint64_t seed = 88172645463325252ULL;
  const auto roll = [&](std::uint64_t below) {
    seed ^= seed << 13U;
    seed ^= seed >> 7U;
    seed ^= seed << 17U;
    return seed % below;
  };
  c.offsets.push_back(0);
  for (std::size_t i = 0; i < n; ++i) {
    c.elapsed.push_back(static_cast<std::int64_t>(roll(30)));
    c.promised.push_back(static_cast<std::int64_t>(5 + roll(20)));
    c.status.push_back(static_cast<std::int32_t>(roll(3)));
    c.type.push_back(static_cast<std::int32_t>(roll(2)));
    for (int k = 0; k < 3; ++k) {
      c.standard.push_back(100);
      c.amount.push_back(static_cast<double>(roll(20) == 0 ? 120 : 80));
    }
    c.offsets.push_back(c.offsets.back() + 3);
  }
  return c;
}

} // namespace bench
