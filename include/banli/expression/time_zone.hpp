// time_zone.hpp — time zones by name, for expressions that ask t.getHours('Asia/Shanghai').
//
//   result<time_zone> z = time_zone::read(bytes);  // of the file America/New_York
//   z->offset_at(t);                               // -5 h in winter, -4 h in summer
//   env.time_zones(zone_files());                  // those of the system: document/zone_files.hpp
//
// banli reckons in civil time and needs no zone for that (time/civil.hpp). CEL has timestamps in
// UTC, and functions that show one where another clock hangs; only they come here, and there an
// instant is read as UTC.
//
// The rules of the world's zones change several times a year, so the library carries none: the host
// says where they are found. The format is that of every system's zoneinfo folder, TZif (RFC 8536):
// a table of changes, and for the time after the last a rule for every year.
//
// The hard case is that rule: southern summers reach over the end of the year, and a change may
// stand at an hour outside its day (the clocks of Godthab turn at -1:00, those of Gaza on the 50th
// hour).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

namespace detail::cel {

/// One of the two days of a year on which clocks turn, and when on it.
struct yearly_turn {
  enum class counting : std::uint8_t {
    weekday_of_month, ///< the week-th (5: last) weekday of a month
    day_without_leap, ///< 1 to 365, 29 February never counted
    day_of_year,      ///< 0 to 365
  };
  counting by = counting::weekday_of_month;
  unsigned month = 1;
  unsigned week = 1;
  unsigned weekday = 0; ///< 0 is Sunday
  int day = 0;
  std::chrono::seconds at{std::chrono::hours{2}}; ///< by the clock that hung until then
};

/// "CET-1CEST,M3.5.0,M10.5.0/3": what holds after a table's last change.
struct yearly_zone {
  struct summer_time {
    std::chrono::seconds offset{};
    yearly_turn begins;
    yearly_turn ends;
  };
  std::chrono::seconds offset{}; ///< local time minus UTC
  std::optional<summer_time> summer;

  std::chrono::seconds offset_at(instant utc) const;
};

} // namespace detail::cel

/// A zone as one file describes it. Immutable.
class time_zone {
 public:
  /// Reads a TZif file, of version 1 or later. Errors: bad_value (no such file, damaged, or one
  /// that counts leap seconds).
  static result<time_zone> read(std::string_view tzif);

  /// Local time minus UTC at an instant of UTC.
  std::chrono::seconds offset_at(instant utc) const;

 private:
  std::vector<instant> changes_;              // ascending
  std::vector<std::chrono::seconds> offsets_; // before the first change, after it, …
  std::optional<detail::cel::yearly_zone> after_;
};

/// Finds a zone by its name; null: there is none. It must give the same for the same name, and is
/// called from whatever thread compiles or evaluates.
using zone_finder = std::function<std::shared_ptr<const time_zone>(std::string_view name)>;

} // namespace banli
