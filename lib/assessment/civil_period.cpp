#include <banli/assessment/civil_period.hpp>

#include <array>

#include <banli/base/nearest.hpp>

namespace banli {

namespace {

constexpr std::array<unsigned, 4> months_in{1, 3, 6, 12};
constexpr std::array<std::string_view, 4> period_names{"month", "quarter", "half_year", "year"};

} // namespace

std::string_view to_string(period_kind k) { return period_names[static_cast<std::size_t>(k)]; }

std::string_view label(period_kind k) {
  constexpr std::array<std::string_view, 4> names{"月", "季度", "半年", "年"};
  return names[static_cast<std::size_t>(k)];
}

result<period_kind> parse_period_kind(std::string_view name) {
  for (std::size_t i = 0; i < period_names.size(); ++i)
    if (period_names[i] == name) return static_cast<period_kind>(i);
  return with_hint(make_error(errc::unknown_value, "'{}' is no period: expected {}",
                              "“{}”不是统计期间,应为:{}", name, fmt::join(period_names, ", ")),
                   suggestion(name, period_names));
}

civil_period period_of(period_kind kind, day d) {
  const unsigned n = months_in[static_cast<std::size_t>(kind)];
  const std::chrono::year_month_day ymd = to_ymd(d);
  const unsigned first = (static_cast<unsigned>(ymd.month()) - 1) / n * n + 1;
  const std::chrono::year_month begins = ymd.year() / std::chrono::month{first};
  const std::chrono::year_month ends = begins + std::chrono::months{static_cast<int>(n)};
  return {kind, to_day(begins / std::chrono::day{1}), to_day(ends / std::chrono::day{1})};
}

std::vector<civil_period> periods_between(period_kind kind, day from, day until) {
  std::vector<civil_period> out;
  if (from >= until) return out;
  for (civil_period p = period_of(kind, from); p.from < until; p = next(p)) out.push_back(p);
  return out;
}

std::string to_text(const civil_period& p) {
  const std::chrono::year_month_day ymd = to_ymd(p.from);
  const int year = static_cast<int>(ymd.year());
  const unsigned month = static_cast<unsigned>(ymd.month());
  switch (p.kind) {
  case period_kind::month: return fmt::format("{:04}-{:02}", year, month);
  case period_kind::quarter: return fmt::format("{:04}Q{}", year, (month + 2) / 3);
  case period_kind::half_year: return fmt::format("{:04}H{}", year, month > 6 ? 2 : 1);
  case period_kind::year: break;
  }
  return fmt::format("{:04}", year);
}

} // namespace banli
