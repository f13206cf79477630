// duty_rota.hpp — a duty that goes round: every month another unit (每月访谈一个单位).
//
// Some columns are filled by all units in turn. A rota names them in their order and the first
// month; who is on duty in a month follows, and whether they have published.
//
//   duty_rota r{"在线访谈", {"民政局", "教育局", "公安局"}, 2025y / 1};
//   unit_on_duty(r, 2025y / 5);          // 教育局
//   auto lines = report_rota(r, book, to_day(2025y / 4 / 10)).value();
//   lines[0];                            // 2025-01 民政局: met, on 2025-01-20
//   lines[1];                            // 2025-02 教育局: late, published on 2025-03-03
//   lines[3];                            // 2025-04 民政局: open until 2025-04-30
//
// The hard case is a unit that publishes at the wrong time. What it publishes in the month of
// another unit meets its own earliest month that nothing has met yet, late; it never meets somebody
// else's month, nor one still to come.
//
// Source: duty table of a municipal website (附件1: 在线访谈,每月访谈一个单位).
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/library/disclosure.hpp>

namespace banli {

struct duty_rota {
  std::string column;
  std::vector<std::string> units;
  std::chrono::year_month from{}; ///< when the first unit is on duty

  friend bool operator==(const duty_rota&, const duty_rota&) = default;
};

/// Codes: missing_field (column, units), duplicate_id (a unit twice), bad_date (no month),
/// limit_exceeded (more than 1,000 units).
problems check(const duty_rota& r, const locator& where = nowhere);

/// Who is on duty in a month; nobody before the first month or without units.
std::optional<std::string_view> unit_on_duty(const duty_rota& r, std::chrono::year_month month);

enum class rota_standing : std::uint8_t {
  open, ///< the month is not over, and nothing was published yet
  met,  ///< published in the month
  late, ///< published after the month, or not at all and the month is over
};

std::string_view to_string(rota_standing s);
std::string_view label(rota_standing s);

/// One month, and how it stands.
struct rota_line {
  std::chrono::year_month month{};
  std::string unit{};
  rota_standing standing = rota_standing::open;
  std::optional<day> published{};

  friend bool operator==(const rota_line&, const rota_line&) = default;
};

/// A line for each month from the first to that of `today`, by the publications of the book in the
/// column that are content and not after `today`. Errors: the first of check(duty_rota);
/// limit_exceeded (more than 12,000 months).
result<std::vector<rota_line>> report_rota(const duty_rota& r, const disclosure_book& book,
                                           day today);

} // namespace banli
