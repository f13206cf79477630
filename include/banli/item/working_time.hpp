// working_time.hpp — whether words on office hours say from when until when.
//
// A guide must state the working time (办理时间需明确工作时间): "a promise of 8 working days" tells
// a citizen little who does not know when the window is open. Hours are free text, as offices write
// them; two times of the clock, or 24小时, are what makes them clear.
//
//   states_working_time("周一至周五 9:00-12:00 14:30-18:00");   // true
//   states_working_time("8时30分至11时30分");                   // true
//   states_working_time("上班时间");                            // false
//
// The hard case is a duration: "8小时" and "3个工作日" are no times of the clock.
//
// Source: duty table of a municipal website (重点领域公开>行政权力运行).
#pragma once

#include <cstddef>
#include <string_view>

namespace banli {

/// Whether a text names two times of the clock, by digits before ":", 时 or 点, or 24小时.
inline bool states_working_time(std::string_view hours) {
  if (hours.find("24小时") != std::string_view::npos) return true;
  int times = 0;
  for (std::size_t i = 1; i < hours.size(); ++i) {
    if (hours[i - 1] < '0' || hours[i - 1] > '9') continue;
    const std::string_view rest = hours.substr(i);
    for (const std::string_view mark : {":", "\uFF1A", "时", "点"})
      if (rest.starts_with(mark)) ++times;
  }
  return times >= 2;
}

} // namespace banli
