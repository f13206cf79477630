// naive.hpp — deadlines counted on the fingers: the reference the library is tested against.
//
// One day after another, no tables, no arithmetic on ranks, nothing shared with the library but its
// plain data types. Slow on purpose; a reader can check it against the text of the law.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <banli/calendar/calendar_source.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/exclusion.hpp>

namespace naive {

using namespace banli;

/// Open or closed, day by day.
class calendar {
 public:
  explicit calendar(const calendar_source& s) : source_(s) {
    std::vector<notice> known;
    for (const notice& n : s.notices)
      if (!s.known_on || n.published <= *s.known_on) known.push_back(n);
    for (;;) { // a sort that keeps the order of equals, written out
      bool swapped = false;
      for (std::size_t i = 1; i < known.size(); ++i)
        if (known[i].published < known[i - 1].published) {
          std::swap(known[i], known[i - 1]);
          swapped = true;
        }
      if (!swapped) break;
    }
    std::map<int, bool> ruled;
    for (const notice& n : known) {
      day latest = first_day;
      for (const day_rule& r : n.days) latest = std::max(latest, r.date);
      if (!n.days.empty()) ruled[static_cast<int>(to_ymd(latest).year())] = true;
    }
    for (const fixed_holiday& h : s.fixed_holidays)
      for (int y = 1990; y < 2050; ++y) {
        const auto ymd = std::chrono::year{y} / h.date.month() / h.date.day();
        if (!ruled[y] && ymd.ok() && ymd.year() >= h.first && ymd.year() <= h.last)
          rules_[to_day(ymd)] = false;
      }
    for (const notice& n : known)
      for (const day_rule& r : n.days) rules_[r.date] = r.opens == opening::open;
    for (const overlay& o : s.overlays)
      for (const day_rule& r : o.days) rules_[r.date] = r.opens == opening::open;
  }

  bool works(day d) const {
    const auto it = rules_.find(d);
    if (it != rules_.end()) return it->second;
    const auto w = weekday_of(d);
    return w != std::chrono::Saturday && w != std::chrono::Sunday;
  }

  bool covers(day d) const {
    const auto y = to_ymd(d).year();
    return y >= source_.first_year && y <= source_.last_year;
  }

 private:
  calendar_source source_;
  std::map<day, bool> rules_;
};

struct answer {
  std::optional<day> due;
  std::optional<day> nominal;
  std::int64_t left = 0;
  bool out_of_range = false;
  std::vector<day> counted; ///< the days that count, in order
};

inline day add_months(day d, int n) {
  auto ymd = to_ymd(d);
  auto ym = std::chrono::year_month{ymd.year(), ymd.month()};
  for (; n > 0; --n) ym += std::chrono::months{1};
  for (; n < 0; ++n) ym -= std::chrono::months{1};
  auto end = ym / ymd.day();
  while (!end.ok()) end = ym / std::chrono::day{static_cast<unsigned>(end.day()) - 1};
  return to_day(end);
}

inline bool inside(const exclusion& e, day d, edges ends) {
  day from = e.from;
  if (ends == edges::half_open_from || ends == edges::open) from += days{1};
  if (d < from) return false;
  if (!e.to) return true;
  day to = *e.to;
  if (ends == edges::half_open_to || ends == edges::open) to -= days{1};
  return d <= to;
}

/// Where the interval ends once its edges are applied.
inline day end_of_stop(const exclusion& e, edges ends) {
  return ends == edges::half_open_to || ends == edges::open ? *e.to - days{1} : *e.to;
}

struct part {
  bool workdays;
  int months;
  int count;
};

inline part part_of(time_limit l) {
  switch (l.unit) {
  case limit_unit::on_the_spot: return {true, 0, 1};
  case limit_unit::workday: return {true, 0, l.count};
  case limit_unit::week: return {false, 0, 7 * l.count};
  case limit_unit::month: return {false, l.count, 0};
  case limit_unit::year: return {false, 12 * l.count, 0};
  default: return {false, 0, l.count};
  }
}

/// Counts a limit in days, weeks, months, years or working days.
inline answer due(const calendar& cal, time_limit limit, day start,
                  const std::vector<exclusion>& exclusions,
                  const std::vector<extension>& extensions, const counting_rules& rules) {
  const int step = rules.runs == direction::after ? 1 : -1;
  std::vector<part> parts{part_of(limit)};
  for (const extension& e : extensions) {
    const part p = part_of(e.by);
    part& last = parts.back();
    const bool alike = p.workdays == last.workdays && (p.months > 0) == (last.months > 0);
    if (alike && (p.workdays || rules.order == extension_order::extend_then_roll)) {
      last.months += p.months;
      last.count += p.count;
    } else {
      parts.push_back(p);
    }
  }
  answer a;
  day base = start;
  day here = start;
  if (rules.start == start_rule::on_event || limit.unit == limit_unit::on_the_spot)
    here -= days{step};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const part p = parts[i];
    const auto length = [&](day from) {
      if (p.months == 0) return std::int64_t{p.count};
      const auto n = (add_months(from, step * p.months) - from).count();
      return std::int64_t{n < 0 ? -n : n};
    };
    std::int64_t left = length(base);
    bool begin_again = false;
    if (i == 0 && step < 0 && rules.before == before_rule::clear_days) ++left;
    if (p.workdays && !cal.covers(base)) return a.out_of_range = true, a;
    while (left > 0) {
      here += days{step};
      if (p.workdays && !cal.covers(here)) return a.out_of_range = true, a;
      bool stopped = false;
      std::optional<day> resumed;
      for (const exclusion& e : exclusions) {
        if (!inside(e, here, rules.ends)) continue;
        stopped = true;
        if (!e.to && step > 0) {
          a.left = left;
          a.nominal.reset();
          for (std::size_t j = i + 1; j < parts.size(); ++j) {
            const part& q = parts[j];
            a.left += q.months > 0 ? (add_months(base, q.months) - base).count() : q.count;
          }
          return a;
        }
        if (e.to && step > 0 && e.type == stop_type::suspend && rules.resume == resume_mode::full) {
          const day end = end_of_stop(e, rules.ends);
          resumed = resumed ? std::max(*resumed, end) : end;
        }
      }
      if (resumed) {
        a.counted.clear();
        base = *resumed; // all parts again
        if (i > 0) {
          begin_again = true;
          break;
        }
        left = length(base);
      }
      if (stopped || (p.workdays && !cal.works(here))) continue;
      --left;
      a.counted.push_back(here);
    }
    if (begin_again) {
      i = static_cast<std::size_t>(-1);
      continue;
    }
    a.nominal = here;
    const bool last = i + 1 == parts.size();
    if (!p.workdays && (last || rules.order == extension_order::roll_then_extend)) {
      roll how = step > 0 ? roll::following : roll::preceding;
      if (rules.rolling) how = *rules.rolling;
      while (how != roll::none && !cal.works(here)) here += days{how == roll::following ? 1 : -1};
      if (how != roll::none && !cal.covers(here)) return a.out_of_range = true, a;
    }
    base = here;
  }
  a.due = here;
  return a;
}

} // namespace naive
