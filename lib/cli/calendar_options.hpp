// The options that choose a calendar, which several commands share.
#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/document/calendar_file.hpp>

namespace banli {

/// The options as they were written.
struct calendar_options {
  std::vector<std::string> calendars; ///< none: the official one
  std::vector<std::string> overlays;
  std::string known_on;
};

/// Adds problems of a file to those of others.
inline void append(problems& all, problems more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The calendar of some files, with everything that is known of it; what is wrong goes to `found`.
inline std::optional<workday_calendar> read_calendar(const calendar_options& o, problems& found) {
  calendar_file f =
      load_calendar(o.calendars.empty() ? std::vector<std::string>{"cn"} : o.calendars);
  problems wrong = std::move(f.found);
  for (const std::string& path : o.overlays) {
    overlay_file over = load_overlay(path);
    append(wrong, std::move(over.found));
    f.source.overlays.push_back(std::move(over.top));
  }
  if (wrong.empty()) {
    auto built = workday_calendar::build(f.source);
    if (built) return *std::move(built);
    wrong.push_back(std::move(built.error()));
  }
  append(found, std::move(wrong));
  return std::nullopt;
}

} // namespace banli
