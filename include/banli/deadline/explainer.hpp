// explainer.hpp — from what a computation told to the days it was about.
//
// The log of a walk (walk_log.hpp) knows stretches and stops in ticks; the explainer turns ticks
// into days, asks the calendar for the runs of equal days among them, and keeps a record of each.
//
// The hard case is direction. Counting backwards, the next day is the day before; a run still reads
// from its earlier to its later day, while the runs follow in the order of counting.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include <banli/deadline/run_record.hpp>
#include <banli/deadline/walk_log.hpp>

namespace banli::detail {

/// What a day of a kind is for a limit in working days.
inline constexpr auto class_of_kind = std::to_array<day_class>(
    {day_class::counted, day_class::weekend, day_class::holiday, day_class::counted});

class explainer {
 public:
  explicit explainer(const calendar_tables& tables) : tables_(tables) {}

  /// What became of what it was told.
  std::vector<run_record> take() { return std::move(runs_); }

  void start(day event, const axis& a, start_rule how) {
    axis_ = a;
    start_ = serial(event);
    if (how == start_rule::after_event)
      runs_.push_back({start_, start_, 0, 0, 0, day_class::before_start, run_reason::event_day});
  }

  void phase(limit_unit u) { unit_ = u; }

  void stretch(std::int64_t from, std::int64_t to, std::int64_t counted) {
    if (unit_ == limit_unit::workday) {
      each_run(from, to, [&](std::int32_t a, std::int32_t b, day_code c) {
        counted = calendar_run(a, b, c, counted);
      });
      return;
    }
    const bool hours = unit_ == limit_unit::hour;
    const std::int64_t per = hours ? 60 : 1;
    push({earlier(from, to), later(from, to), counted / per + 1, (counted + to - from + 1) / per, 0,
          day_class::counted, hours ? run_reason::clock_hours : run_reason::calendar_days});
  }

  void stopped(std::int64_t from, std::int64_t to, const told_stop& s) {
    const bool restart = s.type == stop_type::restart;
    const bool pause = restart || s.type == stop_type::suspend || s.open;
    push({earlier(from, to), s.open ? serial(last_day) : later(from, to), 0, 0, s.number,
          pause ? day_class::suspended : day_class::excluded,
          restart ? run_reason::to_restart
          : pause ? run_reason::suspended
                  : run_reason::excluded});
  }

  /// The day of the event that restarts a limit is cut out of the days passed over.
  void again(std::int64_t tick, const told_stop& s) {
    if (s.type != stop_type::restart) return;
    const std::int32_t d = at(tick);
    std::size_t i = runs_.size();
    while (i > 0 && runs_[i - 1].from > d) --i;
    if (i == 0 || runs_[i - 1].to < d) return;
    const run_record whole = runs_[i - 1];
    runs_[i - 1] = {
        d, d, whole.first, whole.last, s.number, day_class::before_start, run_reason::later_event};
    if (whole.to > d) insert_run(i, whole, d + 1, whole.to);
    if (whole.from < d) insert_run(i - 1, whole, whole.from, d - 1);
  }

  void office(day d, std::int64_t before, std::int64_t after) {
    const std::int32_t n = serial(d);
    if (after > before)
      return push({n, n, before / 60 + 1, (after + 59) / 60, 0, day_class::counted,
                   run_reason::office_hours});
    const bool first = n == start_;
    push({n, n, 0, 0, 0, first ? day_class::before_start : day_class::holiday,
          first ? run_reason::after_hours : run_reason::office_shut});
  }

  void shut(day d) {
    const std::int32_t n = serial(d);
    const day_code c = tables_.code_at(n);
    push({n, n, 0, 0, c, class_of_kind[static_cast<std::size_t>(kind_of_code(c))],
          run_reason::calendar});
  }

  void rest(day from, day to) {
    each_run(serial(from), serial(to), [&](std::int32_t a, std::int32_t b, day_code c) {
      push({a, b, 0, 0, c, day_class::rolled, run_reason::calendar});
    });
  }

  void roll(day nominal, day due) {
    if ((due > nominal) != (axis_.sign > 0)) return roll_back(serial(due));
    const std::int64_t end = axis_.sign * serial(due);
    each_run(axis_.sign * serial(nominal) + 1, end - 1,
             [&](std::int32_t a, std::int32_t b, day_code c) {
               push({a, b, 0, 0, c, day_class::rolled, run_reason::calendar});
             });
    push({serial(due), serial(due), 0, 0, tables_.code_at(serial(due)), day_class::rolled,
          run_reason::last_day});
  }

 private:
  std::int32_t at(std::int64_t tick) const { return static_cast<std::int32_t>(axis_.day_at(tick)); }
  std::int32_t earlier(std::int64_t from, std::int64_t to) const {
    return at(axis_.sign > 0 ? from : to);
  }
  std::int32_t later(std::int64_t from, std::int64_t to) const {
    return at(axis_.sign > 0 ? to : from);
  }
  /// Calls visit(first day, last day, code) for the runs of equal days between two ticks, in the
  /// order of counting. A walk that will find no end may have left the tables; they end it here.
  template <class Visit>
  void each_run(std::int64_t from, std::int64_t to, const Visit& visit) const {
    if (axis_.sign > 0) {
      tables_.each_run(from, std::min<std::int64_t>(to, tables_.last), visit);
      return;
    }
    const std::int64_t last = std::max<std::int64_t>(-to, tables_.first);
    for (std::int64_t d = -from; d >= last;) {
      const std::int64_t begin = std::max(tables_.run_begin(d), last);
      visit(static_cast<std::int32_t>(begin), static_cast<std::int32_t>(d), tables_.code_at(d));
      d = begin - 1;
    }
  }

  /// A run of a working-day stretch; answers what is counted after it. Runs of one stretch differ
  /// from their neighbours, and stretches are parted by stops or by another way of counting.
  std::int64_t calendar_run(std::int32_t a, std::int32_t b, day_code c, std::int64_t counted) {
    const day_kind kind = kind_of_code(c);
    const bool works = is_working(kind);
    const std::int64_t n = works ? b - a + 1 : 0;
    runs_.emplace_back(a, b, works ? counted + 1 : 0, works ? counted + n : 0, c,
                       class_of_kind[static_cast<std::size_t>(kind)], run_reason::calendar);
    return counted + n;
  }

  /// Adds a run that follows the last one in the order of counting, or makes that longer.
  void push(const run_record& r) {
    if (!runs_.empty()) {
      run_record& before = runs_.back();
      const bool next = axis_.sign > 0 ? before.to + 1 == r.from : r.to + 1 == before.from;
      const bool counts_on =
          r.last == 0 ? before.last == 0 : before.last > 0 && before.last + 1 == r.first;
      const bool alike = before.what == r.what && before.why == r.why && before.ref == r.ref;
      if (next && counts_on && alike) {
        (axis_.sign > 0 ? before.to : before.from) = axis_.sign > 0 ? r.to : r.from;
        before.last = r.last;
        return;
      }
    }
    runs_.push_back(r);
  }

  void insert_run(std::size_t i, run_record like, std::int32_t from, std::int32_t to) {
    like.from = from;
    like.to = to;
    runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(i), like);
  }

  /// Takes the days after the due date out of the counted runs into ones that were rolled away.
  void roll_back(std::int32_t due) {
    std::size_t i = runs_.size();
    const auto beyond = [&](const run_record& r) {
      return r.what != day_class::before_start && (axis_.sign > 0 ? r.from > due : r.to < due);
    };
    while (i > 0 && beyond(runs_[i - 1])) --i;
    if (i > 0 && runs_[i - 1].what != day_class::before_start) {
      const run_record r = runs_[i - 1];
      if (axis_.sign > 0 ? r.to > due : r.from < due) split(i, r, due);
    }
    for (; i < runs_.size(); ++i) {
      runs_[i].what = day_class::rolled;
      runs_[i].why = run_reason::rolled_back;
    }
  }

  /// Cuts run i - 1 after the due date.
  void split(std::size_t i, const run_record& r, std::int32_t due) {
    run_record head = r;
    run_record tail = r;
    (axis_.sign > 0 ? head.to : head.from) = due;
    (axis_.sign > 0 ? tail.from : tail.to) = due + static_cast<std::int32_t>(axis_.sign);
    if (r.last > 0) {
      head.last = r.first + head.to - head.from;
      tail.first = head.last + 1;
    }
    runs_[i - 1] = head;
    runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(i), tail);
  }

  const calendar_tables& tables_;
  axis axis_;
  std::int32_t start_ = 0;
  limit_unit unit_ = limit_unit::day;
  std::vector<run_record> runs_;
};

} // namespace banli::detail
