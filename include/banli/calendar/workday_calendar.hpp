// workday_calendar.hpp — which days an office works, and counting with them.
//
//   workday_calendar cal = cn();
//   cal.is_workday(to_day(2025y / 10 / 11));                  // true: Saturday, made up
//   cal.at(to_day(2025y / 10 / 6)).name;                      // "国庆节、中秋节"
//   cal.add_workdays(to_day(2025y / 10 / 2), 5);              // 2025-10-14: the 5th working day
//   after cal.add_workdays(to_day(2025y / 10 / 13), -1);            // 2025-10-11: the working day
//   before cal.workdays_between(to_day(2025y / 9 / 30), to_day(2025y / 10 / 14));  // 5, in (a, b]
//
// A calendar is immutable; a copy is a pointer, and any number of threads may share it.
//
// Counting needs the tables, and the tables have an end: beyond it counting answers
// errc::out_of_range and says what to load. Asking about a single day never fails: outside the
// tables it follows the week and the holidays of fixed date, and says `provisional`.
//
// The hard case is time passing. A notice amends the year it rules, so that one question has two
// right answers: as_known_on(day) is the calendar of that day, and stamp() tells two calendars
// apart.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include <banli/calendar/calendar_source.hpp>
#include <banli/calendar/calendar_tables.hpp>
#include <banli/calendar/day_kind.hpp>

namespace banli {

/// What is known of one day. `name` is the holiday, `source` the notice or overlay that decided;
/// both are empty where the week decides.
struct day_info {
  day date{};
  day_kind kind = day_kind::workday;
  std::string name;
  std::string source;
  bool provisional = false; ///< no notice rules this day

  friend bool operator==(const day_info&, const day_info&) = default;
};

/// The arrays themselves, for loops over many days; see calendar_tables.hpp. Valid while any copy
/// of the calendar lives. rank has one entry more than there are days; select[0] is a guard.
struct calendar_view {
  std::int32_t first_serial = 0;
  std::span<const std::int32_t> rank;   ///< rank[serial - first_serial + 1]
  std::span<const std::int32_t> select; ///< select[k], k from 1
};

class workday_calendar {
 public:
  /// Builds the tables. Errors: bad_calendar, limit_exceeded (the first that check() finds).
  static result<workday_calendar> build(const calendar_source& source) {
    return build(std::make_shared<const calendar_source>(source));
  }
  /// The same without copying the source.
  static result<workday_calendar> build(std::shared_ptr<const calendar_source> source) {
    problems wrong = check(*source);
    if (!wrong.empty()) return std::move(wrong.front());
    return workday_calendar{std::make_shared<const detail::calendar_tables>(
        detail::table_builder{std::move(source)}.build())};
  }

  /// True on working days, make-up days included. Any day may be asked.
  bool is_workday(day d) const { return is_working(kind_of(d)); }

  /// The kind of a day. Any day may be asked.
  day_kind kind_of(day d) const {
    return contains(d) ? detail::kind_of_code(t_->code_at(serial_of(d))) : without_tables(d).first;
  }

  /// The kind of a day and who made it so. Any day may be asked.
  day_info at(day d) const {
    if (!contains(d)) {
      const auto [kind, name] = without_tables(d);
      return {d, kind, name, {}, true};
    }
    const detail::day_reason& why = reason_of(d);
    return {d, kind_of(d), std::string{why.name}, std::string{why.source},
            !why.settled && !settled(d)};
  }

  /// The n-th working day after a day, for negative n before it; 0 is the day itself. The day need
  /// not be a working day and is never counted. Errors: out_of_range.
  result<day> add_workdays(day d, int n) const {
    if (!contains(d)) return outside(d);
    if (n == 0) return d;
    const std::int64_t k = n > 0 ? std::int64_t{t_->rank_of(serial(d))} + n
                                 : std::int64_t{t_->rank_of(serial(d) - 1)} + n + 1;
    if (k < 1 || k > t_->total()) return beyond(n > 0 ? last() : first());
    return from_serial(t_->select_of(k));
  }

  /// Working days in (after, through]; negative when `through` lies before `after`, so that
  /// workdays_between(a, b) == -workdays_between(b, a). Errors: out_of_range.
  result<int> workdays_between(day after, day through) const {
    if (!contains(after)) return outside(after);
    if (!contains(through)) return outside(through);
    return t_->rank_of(serial(through)) - t_->rank_of(serial(after));
  }

  /// The first working day on or after a day. Errors: out_of_range.
  result<day> following(day d) const {
    if (!contains(d)) return outside(d);
    if (is_workday(d)) return d;
    return add_workdays(d, 1);
  }

  /// The last working day on or before a day. Errors: out_of_range.
  result<day> preceding(day d) const {
    if (!contains(d)) return outside(d);
    if (is_workday(d)) return d;
    return add_workdays(d, -1);
  }

  /// Whether the tables hold a day.
  bool contains(day d) const { return t_->holds(serial_of(d)); }
  day first() const { return from_serial(t_->first); }
  day last() const { return from_serial(t_->last); }

  /// The last day settled by a notice. Beyond it answers are provisional; the day before first()
  /// when no notice is known.
  day horizon() const { return from_serial(t_->horizon); }

  /// Whether every day of [from, through] lies in a year that a notice settles.
  bool settled(day from, day through) const {
    if (serial_of(from) >= t_->settled_from && serial_of(through) <= t_->horizon)
      return t_->horizon >= t_->first;
    if (!contains(from) || !contains(through)) return false;
    for (auto y = to_ymd(from).year(); y <= to_ymd(through).year(); ++y)
      if (!t_->settled[static_cast<std::size_t>((y - t_->source->first_year).count())])
        return false;
    return true;
  }
  bool settled(day d) const { return settled(d, d); }

  /// "cn@2025-11-04+shiyan-flood#5d1c09e2": the base, the newest notice used ("none" without), the
  /// overlays, and the stamp. Equal texts mean equal answers.
  std::string version() const {
    std::string out = source().name + '@';
    out += t_->newest_notice ? to_text(*t_->newest_notice) : std::string{"none"};
    for (const overlay& o : source().overlays) out += '+' + o.name;
    return out + fmt::format("#{:08x}", t_->stamp);
  }

  /// A fingerprint of every answer of the tables: cheap to keep beside a result.
  std::uint32_t stamp() const noexcept { return t_->stamp; }

  /// The calendar as it was known on a day: later notices are forgotten. Overlays stay.
  workday_calendar as_known_on(day known) const {
    auto s = std::make_shared<calendar_source>(source());
    s->known_on = s->known_on ? std::min(*s->known_on, known) : known;
    return workday_calendar{std::make_shared<const detail::calendar_tables>(
        detail::table_builder{std::move(s)}.build())};
  }

  const calendar_source& source() const noexcept { return *t_->source; }
  calendar_view view() const { return {t_->first, t_->rank, t_->select}; }
  const detail::calendar_tables& tables() const noexcept { return *t_; }

  /// Name and source of a day inside the tables, without copying.
  const detail::day_reason& reason_of(day d) const {
    return t_->reason_of(t_->code_at(serial_of(d)));
  }

  /// The error of asking about a day outside the tables.
  error outside(day d) const {
    const bool named = d >= first_day && d <= last_day;
    return make_error(
        errc::out_of_range,
        "{} lies outside calendar '{}' ({} to {}): load a calendar_source whose years reach it",
        "{} 不在日历“{}”的范围({} 至 {})内:请加载覆盖该年份的日历", named ? to_text(d) : "the day",
        source().name, to_text(first()), to_text(last()));
  }

  /// The error of counting past the first or the last day of the tables.
  error beyond(day edge) const {
    return make_error(
        errc::out_of_range,
        "the count runs past {}, the edge of calendar '{}': load a calendar_source with more years",
        "计算超出日历“{1}”的边界 {0}:请加载年份更多的日历", to_text(edge), source().name);
  }

 private:
  explicit workday_calendar(std::shared_ptr<const detail::calendar_tables> t) : t_(std::move(t)) {}

  static std::int64_t serial_of(day d) { return d.time_since_epoch().count(); }

  /// Outside the tables: the week and the fixed dates.
  std::pair<day_kind, std::string> without_tables(day d) const {
    const auto ymd = to_ymd(d);
    for (const fixed_holiday& h : source().fixed_holidays)
      if (h.date == ymd.month() / ymd.day() && ymd.year() >= h.first && ymd.year() <= h.last)
        return {day_kind::holiday, h.name};
    for (const std::chrono::weekday w : source().weekend)
      if (w == weekday_of(d)) return {day_kind::weekend, {}};
    return {day_kind::workday, {}};
  }

  std::shared_ptr<const detail::calendar_tables> t_;
};

} // namespace banli
