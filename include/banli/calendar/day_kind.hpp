// day_kind.hpp — what sort of day a day is.
//
// A working day is not "Monday to Friday". The State Council moves rest days every year: it closes
// weekdays for a holiday and opens weekends to make up for them. So there are four kinds:
//
//   workday          an ordinary weekday                   2025-10-09 (Thu)
//   weekend          an ordinary Saturday or Sunday        2025-10-12 (Sun)
//   holiday          closed by a rule, on whatever weekday 2025-10-04 (Sat, National Day)
//   makeup_workday   a weekend that a rule opened          2025-10-11 (Sat, 调休补班)
//
// The hard case is the last: a program that knows holidays but no make-up days gets nearly every
// second due date around a holiday wrong.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli {

/// The kind of a day. Working days are `workday` and `makeup_workday`.
enum class day_kind : std::uint8_t { workday, weekend, holiday, makeup_workday };

/// What a rule does to a day.
enum class opening : std::uint8_t { open, closed };

/// True for the two kinds on which an office works.
constexpr bool is_working(day_kind k) {
  return k == day_kind::workday || k == day_kind::makeup_workday;
}

/// "workday", "weekend", "holiday", "makeup_workday"; in Chinese 工作日, 周末, 节假日, 调休上班日.
constexpr std::string_view to_string(day_kind k, language l = language::en) {
  constexpr std::array<std::string_view, 4> en{"workday", "weekend", "holiday", "makeup_workday"};
  constexpr std::array<std::string_view, 4> zh{"工作日", "周末", "节假日", "调休上班日"};
  return (l == language::zh ? zh : en)[static_cast<std::size_t>(k)];
}

/// "open", "closed"; in Chinese 上班, 休息.
constexpr std::string_view to_string(opening o, language l = language::en) {
  if (l == language::zh) return o == opening::open ? "上班" : "休息";
  return o == opening::open ? "open" : "closed";
}

} // namespace banli
