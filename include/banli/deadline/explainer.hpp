// explainer.hpp — the observer that writes down what it is told.
//
// The walk tells it of stretches and stops in ticks; the explainer turns ticks into days, asks the
// calendar what kind each is, and joins neighbours with one fate into a run.
//
// The hard case is direction. Counting backwards, the next day is the day before; a run still reads
// from its earlier to its later day, while the runs follow in the order of counting.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/deadline/computation.hpp>
#include <banli/deadline/day_run.hpp>

namespace banli::detail {

/// What makes two days belong to one run.
struct day_fate {
  day_class what = day_class::counted;
  day_kind kind = day_kind::workday;
  std::string_view name{};
  std::string_view source{};
  const exclusion* why = nullptr;

  friend bool operator==(const day_fate&, const day_fate&) = default;
};

inline text with_name(std::string_view en, std::string_view zh, std::string_view name) {
  if (name.empty()) return {std::string{en}, std::string{zh}};
  return {fmt::format("{} ({})", en, name), fmt::format("{}({})", zh, name)};
}

inline text reason_of_kind(day_kind k, std::string_view name) {
  switch (k) {
  case day_kind::workday: return with_name("working day", "工作日", name);
  case day_kind::weekend: return with_name("weekend", "周末", name);
  case day_kind::holiday: return with_name("rest day", "休息日", name);
  case day_kind::makeup_workday: return with_name("make-up working day", "调休上班日", name);
  }
  return {};
}

class explainer {
 public:
  void start(const term& t, const axis& a, start_rule how) {
    calendar_ = &t.calendar;
    axis_ = a;
    start_ = day_of(t.start);
    if (how == start_rule::after_event)
      push({day_class::before_start}, start_, start_, 0, 0,
           {"day of the event, not counted (Civil Code art. 201)",
            "起算当日,不计入(民法典第201条)"});
  }

  void phase(limit_unit u) { unit_ = u; }

  void stretch(std::int64_t from, std::int64_t to, std::int64_t counted) {
    if (to < from) return;
    if (unit_ == limit_unit::workday) {
      for (std::int64_t x = from; x <= to; ++x) counted = one_day(at(x), counted);
      return;
    }
    const bool hours = unit_ == limit_unit::hour;
    const std::int64_t per = hours ? 60 : 1;
    push({day_class::counted}, at(axis_.sign > 0 ? from : to), at(axis_.sign > 0 ? to : from),
         counted / per + 1, (counted + to - from + 1) / per,
         hours ? text{"hours of the clock", "自然小时"} : text{"calendar day", "自然日"});
  }

  void stopped(std::int64_t from, std::int64_t to, const stop& s) {
    const bool restart = s.why->type == stop_type::restart;
    const bool pause = restart || s.why->type == stop_type::suspend || s.open;
    const day a = at(axis_.sign > 0 ? from : to);
    const day b = s.open ? last_day : at(axis_.sign > 0 ? to : from);
    const auto* en = restart ? "to be restarted" : pause ? "suspended" : "excluded";
    const auto* zh = restart ? "待重新计算" : pause ? "中止" : "不计入";
    push({pause ? day_class::suspended : day_class::excluded, {}, {}, {}, s.why}, a, b, 0, 0,
         {fmt::format("{}: {}", en, s.why->kind), fmt::format("{}:{}", zh, s.why->kind)});
  }

  /// The day of the event that restarts a limit is cut out of the days passed over.
  void again(const stop& s) {
    if (s.why->type != stop_type::restart) return;
    const day d = at(s.to);
    std::size_t i = runs_.size();
    while (i > 0 && runs_[i - 1].from > d) --i;
    if (i == 0 || runs_[i - 1].to < d) return;
    const day_run whole = runs_[i - 1];
    day_run event = whole;
    event.from = event.to = d;
    event.what = day_class::before_start;
    event.reason = {
        fmt::format("day of the later event, not counted; the whole limit runs again: {}",
                    s.why->kind),
        fmt::format("重新计算的起算当日,不计入;时限自次日起重新计算:{}", s.why->kind)};
    runs_[i - 1] = std::move(event);
    if (whole.to > d) insert_run(i, whole, d + days{1}, whole.to);
    if (whole.from < d) insert_run(i - 1, whole, whole.from, d - days{1});
  }

  void office(day d, std::int64_t before, std::int64_t after) {
    if (after > before) {
      push({day_class::counted}, d, d, before / 60 + 1, (after + 59) / 60,
           {"office hours", "办公时间"});
      return;
    }
    const bool first = d == start_;
    push({first ? day_class::before_start : day_class::holiday}, d, d, 0, 0,
         first ? text{"after office hours", "已过办公时间"} : text{"office shut", "当日不办公"});
  }

  void shut(day d) { one_day(d, 0); }

  void rest(day from, day to) {
    for (day d = from; d <= to; d += days{1}) {
      const day_fate f = fate(d, day_class::rolled);
      push(f, d, d, 0, 0, reason_of_kind(f.kind, f.name));
    }
  }

  void roll(day nominal, day due) {
    const bool onward = (due > nominal) == (axis_.sign > 0);
    const days step{due > nominal ? 1 : -1};
    if (!onward) return roll_back(due);
    for (day d = nominal + step;; d += step) {
      const day_fate f = fate(d, day_class::rolled);
      push(f, d, d, 0, 0,
           d == due ? text{"last day: the first working day after the rest (Civil Code art. 203)",
                           "届满日:休息日结束的次日(民法典第203条)"}
                    : reason_of_kind(f.kind, f.name));
      if (d == due) return;
    }
  }

  std::vector<day_run> take() { return std::move(runs_); }

 private:
  void insert_run(std::size_t i, day_run like, day from, day to) {
    like.from = from;
    like.to = to;
    runs_.insert(runs_.begin() + static_cast<std::ptrdiff_t>(i), std::move(like));
  }

  day at(std::int64_t tick) const {
    return from_serial(static_cast<std::int32_t>(axis_.day_at(tick)));
  }

  day_fate fate(day d, day_class what) const {
    const day_kind kind = calendar_->kind_of(d);
    if (!calendar_->contains(d)) return {what, kind, {}, {}, nullptr};
    const day_reason& why = calendar_->reason_of(d);
    return {what, kind, why.name, why.source, nullptr};
  }

  /// A day of a working-day stretch; answers what is counted after it.
  std::int64_t one_day(day d, std::int64_t counted) {
    day_fate f = fate(d, day_class::counted);
    if (is_working(f.kind)) {
      ++counted;
      push(f, d, d, counted, counted, reason_of_kind(f.kind, f.name));
      return counted;
    }
    f.what = f.kind == day_kind::weekend ? day_class::weekend : day_class::holiday;
    push(f, d, d, 0, 0, reason_of_kind(f.kind, f.name));
    return counted;
  }

  /// Adds days that follow the last run in the order of counting, or makes that run longer.
  void push(const day_fate& f, day from, day to, std::int64_t first, std::int64_t last, text why) {
    if (!runs_.empty()) {
      day_run& r = runs_.back();
      const bool next = axis_.sign > 0 ? r.to + days{1} == from : to + days{1} == r.from;
      const bool counts_on = last == 0 ? r.last == 0 : r.last > 0 && r.last + 1 == first;
      if (next && counts_on && f == last_ && why == r.reason) {
        (axis_.sign > 0 ? r.to : r.from) = axis_.sign > 0 ? to : from;
        r.last = last;
        return;
      }
    }
    last_ = f;
    runs_.push_back({from, to, f.what, first, last, std::move(why), std::string{f.source}});
  }

  /// Takes the days after the due date out of the counted runs into one that was rolled away.
  void roll_back(day due) {
    std::vector<day_run> beyond;
    const auto outside = [&](const day_run& r) {
      return axis_.sign > 0 ? r.from > due : r.to < due;
    };
    while (!runs_.empty() && runs_.back().what != day_class::before_start &&
           outside(runs_.back())) {
      beyond.insert(beyond.begin(), runs_.back());
      runs_.pop_back();
    }
    if (runs_.empty() || runs_.back().what == day_class::before_start) return give_back(beyond);
    day_run& r = runs_.back();
    if (axis_.sign > 0 ? r.to > due : r.from < due) {
      day_run tail = r;
      const std::int64_t kept = ((axis_.sign > 0 ? due - r.from : r.to - due).count()) + 1;
      (axis_.sign > 0 ? r.to : r.from) = due;
      (axis_.sign > 0 ? tail.from : tail.to) = due + days{axis_.sign};
      if (r.last > 0) {
        r.last = r.first + kept - 1;
        tail.first = r.last + 1;
      }
      beyond.insert(beyond.begin(), tail);
    }
    give_back(beyond);
  }

  void give_back(std::vector<day_run>& beyond) {
    for (day_run& b : beyond) {
      b.what = day_class::rolled;
      b.reason = {"rest day at the end: the limit ends before it", "末日为休息日,提前至前一工作日"};
      runs_.push_back(std::move(b));
    }
  }

  const workday_calendar* calendar_ = nullptr;
  axis axis_;
  day start_{};
  limit_unit unit_ = limit_unit::day;
  day_fate last_;
  std::vector<day_run> runs_;
};

} // namespace banli::detail
