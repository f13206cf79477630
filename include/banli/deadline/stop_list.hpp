// stop_list.hpp — the exclusions of a deadline, ready for counting.
//
// Counting runs along an axis of ticks: days, or seconds for hour limits. A limit that lies before
// its event runs the other way, so that its axis is mirrored: tick x stands for day -x, and "later"
// always means "further in the direction of counting". The rest of the code then knows one
// direction only.
//
//   exclusion [2024-10-08, 2024-10-15]   ->  stop [20004, 20011] forward, [-20011, -20004] backward
//
// Stops are sorted by their first tick and may overlap; the walk passes over each day once, so that
// overlapping exclusions are united without being merged and each keeps its own reason.
//
// The hard case is speed: a deadline has rarely more than three exclusions, and those must not
// allocate. Up to eight stops live in the object itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/exclusion.hpp>
#include <banli/time/civil.hpp>
#include <banli/time/text.hpp>

namespace banli::detail {

/// Further than any tick, and far enough from the edge of int64 for sums of three.
inline constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max() / 8;

/// Ticks [from, to] on which nothing is counted.
struct stop {
  std::int64_t from;
  std::int64_t to;
  const exclusion* why;
  bool open;    ///< the clock has not been started again
  bool restart; ///< the limit runs in full again after `to`
};

/// The axis of counting: its direction, and how many ticks a day has.
struct axis {
  std::int64_t sign = 1;  ///< 1 forward, -1 backward
  std::int64_t scale = 1; ///< 1 for days, 86400 for seconds

  /// The first and the last tick of a day.
  std::int64_t begin(std::int64_t d) const {
    return sign > 0 ? d * scale : -(d * scale + scale - 1);
  }
  std::int64_t end(std::int64_t d) const { return begin(d) + scale - 1; }
  /// The day in which a tick lies.
  std::int64_t day_at(std::int64_t tick) const {
    const std::int64_t t = sign * tick;
    return scale == 1 ? t : t >= 0 ? t / scale : -((-t + scale - 1) / scale);
  }
};

class stop_list {
 public:
  std::span<const stop> all() const {
    return many_.empty() ? std::span{few_.data(), size_} : std::span<const stop>{many_};
  }

  void add(const stop& s) {
    if (size_ < few_.size() && many_.empty()) {
      std::size_t i = size_++;
      for (; i > 0 && few_[i - 1].from > s.from; --i) few_[i] = few_[i - 1];
      few_[i] = s;
      return;
    }
    if (many_.empty()) many_.assign(few_.begin(), few_.end());
    many_.push_back(s);
  }

  /// To be called once after many calls of add.
  void sort() {
    std::stable_sort(many_.begin(), many_.end(),
                     [](const stop& a, const stop& b) { return a.from < b.from; });
  }

  /// The same stops as far as they begin on or before a tick, and then a halt: what a walk meets
  /// that only wants to know how far it has come.
  stop_list until(std::int64_t tick) const {
    stop_list out;
    for (const stop& s : all())
      if (s.from <= tick) out.add(s);
    out.add({tick + 1, never, nullptr, true, false});
    out.sort();
    return out;
  }

 private:
  std::array<stop, 8> few_; // written before it is read, as far as size_
  std::size_t size_ = 0;
  std::vector<stop> many_;
};

inline error bad_exclusion(const exclusion& e) {
  const bool readable = e.from >= first_day && e.from <= last_day &&
                        (!e.to || (*e.to >= first_day && *e.to <= last_day));
  if (!readable)
    return make_error(errc::bad_exclusion, "the exclusion '{}' leaves the years 1 to 9999",
                      "不计入期间“{}”超出公元 1 年至 9999 年", e.kind);
  return make_error(errc::bad_exclusion, "the exclusion '{}' ends on {}, before it begins on {}",
                    "不计入期间“{}”的结束日 {} 早于开始日 {}", e.kind, to_text(*e.to),
                    to_text(e.from));
}

inline error no_restart(const exclusion& e) {
  return make_error(errc::bad_exclusion,
                    "a limit before an event cannot be restarted, as '{}' of {} would have it",
                    "倒推计算的时限不能重新计算(“{}”,{})", e.kind, to_text(e.from));
}

/// Turns exclusions into stops on an axis; an interval that its edges leave empty is dropped.
inline std::optional<error> add_stops(std::span<const exclusion> exclusions,
                                      const counting_rules& rules, const axis& a, stop_list& out) {
  const bool skip_first = rules.ends == edges::half_open_from || rules.ends == edges::open;
  const bool skip_last = rules.ends == edges::half_open_to || rules.ends == edges::open;
  for (const exclusion& e : exclusions) {
    if (e.from < first_day || e.from > last_day || (e.to && (*e.to < e.from || *e.to > last_day)))
      return bad_exclusion(e);
    const bool restart = e.type == stop_type::restart;
    if (restart && a.sign < 0) return no_restart(e);
    const std::int64_t from = std::int64_t{serial(e.from)} + (skip_first && !restart ? 1 : 0);
    // What is still open lasts, as far as anybody knows, to the end of all days.
    const std::int64_t to = e.to ? std::int64_t{serial(*e.to)} - (skip_last && !restart ? 1 : 0)
                                 : std::int64_t{serial(last_day)};
    if (to < from) continue;
    stop s{a.begin(a.sign > 0 ? from : to), a.end(a.sign > 0 ? to : from), &e, false, false};
    if (a.sign > 0) {
      s.open = !e.to;
      s.restart =
          restart || (e.to && e.type == stop_type::suspend && rules.resume == resume_mode::full);
      if (s.open) s.to = never;
    }
    out.add(s);
  }
  out.sort();
  return std::nullopt;
}

} // namespace banli::detail
