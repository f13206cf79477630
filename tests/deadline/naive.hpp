// naive.hpp — deadlines counted on the fingers: the reference the library is tested against.
//
// One day after another, for hours one minute after another; no tables of ranks, no arithmetic on
// them, nothing shared with the library but its plain data types. A reader can check it against the
// text of the law.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include <banli/calendar/calendar_source.hpp>
#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/exclusion.hpp>

namespace naive {

using namespace banli;

/// Open or closed, day by day.
class calendar {
 public:
  explicit calendar(const calendar_source& s)
      : first_(to_day(s.first_year / 1 / 1)), last_(to_day(s.last_year / 12 / 31)) {
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
    for (const notice& n : known) {
      day latest = first_day;
      for (const day_rule& r : n.days) latest = std::max(latest, r.date);
      if (!n.days.empty()) ruled_[static_cast<int>(to_ymd(latest).year())] = true;
    }
    for (day d = first_; d <= last_; d += days{1}) {
      const auto w = weekday_of(d);
      works_.push_back(w != std::chrono::Saturday && w != std::chrono::Sunday);
      settled_.push_back(ruled_[static_cast<int>(to_ymd(d).year())]);
    }
    for (const fixed_holiday& h : s.fixed_holidays)
      for (auto y = s.first_year; y <= s.last_year; ++y) {
        const auto ymd = y / h.date.month() / h.date.day();
        if (!ruled_[static_cast<int>(y)] && ymd.ok() && y >= h.first && y <= h.last)
          set(to_day(ymd), opening::closed);
      }
    for (const notice& n : known)
      for (const day_rule& r : n.days) set(r.date, r.opens);
    for (const overlay& o : s.overlays)
      for (const day_rule& r : o.days) set(r.date, r.opens);
  }

  bool covers(day d) const { return d >= first_ && d <= last_; }
  bool works(day d) const {
    return covers(d) && works_[static_cast<std::size_t>((d - first_).count())];
  }
  /// Whether a notice rules the year of a day.
  bool settled(day d) const {
    return covers(d) && settled_[static_cast<std::size_t>((d - first_).count())];
  }

 private:
  void set(day d, opening o) {
    if (covers(d)) works_[static_cast<std::size_t>((d - first_).count())] = o == opening::open;
  }

  day first_;
  day last_;
  std::map<int, bool> ruled_;
  std::vector<bool> works_;
  std::vector<bool> settled_;
};

struct answer {
  std::optional<day> due;
  std::optional<instant> due_at;
  std::optional<day> nominal;
  std::int64_t left = 0;
  bool out_of_range = false;
  bool provisional = false; ///< of limits in working days and of rolls
  std::vector<day> counted; ///< the days that count, in order, since the last restart
  std::int64_t used = 0;    ///< units (minutes) counted up to `now`
  bool met_rolling = false; ///< restarted on a day of the roll
  int restarts = 0;         ///< days on which the count was set back
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

/// Whether a day is the given date of its year; 02-29 is the last of February.
inline bool is_date(day d, int month_day) {
  const auto ymd = to_ymd(d);
  const unsigned m = static_cast<unsigned>(month_day) / 100;
  const unsigned n = static_cast<unsigned>(month_day) % 100;
  if (static_cast<unsigned>(ymd.month()) != m) return false;
  if (static_cast<unsigned>(ymd.day()) == n) return true;
  return m == 2 && n == 29 && static_cast<unsigned>(ymd.day()) == 28 && !ymd.year().is_leap();
}

inline bool inside(const exclusion& e, day d, edges ends) {
  const bool restart = e.type == stop_type::restart;
  day from = e.from;
  if (!restart && (ends == edges::half_open_from || ends == edges::open)) from += days{1};
  if (d < from) return false;
  if (!e.to) return true;
  day to = *e.to;
  if (!restart && (ends == edges::half_open_to || ends == edges::open)) to -= days{1};
  return d <= to;
}

/// The last day on which the clock stands still.
inline day end_of_stop(const exclusion& e, edges ends) {
  day d = *e.to;
  while (!inside(e, d, ends)) d -= days{1};
  return d;
}

/// What the stops make of one day.
struct fate {
  bool stopped = false;
  bool open = false;            ///< nobody knows when the clock runs again
  bool forgotten = false;       ///< what was counted is lost, today or by a restart later
  bool forgotten_now = false;   ///< and `now` it already is
  std::optional<day> restarted; ///< the whole limit runs again after this day
};

inline fate fate_of(day d, const std::vector<exclusion>& exclusions, const counting_rules& rules,
                    day now) {
  fate f;
  for (const exclusion& e : exclusions) {
    if (!inside(e, d, rules.ends)) continue;
    f.stopped = true;
    if (rules.runs == direction::before) continue;
    if (!e.to) {
      f.open = true;
      f.forgotten |= f.restarted.has_value();
      f.forgotten_now |= f.restarted && d <= now;
    } else if (e.type == stop_type::restart ||
               (e.type == stop_type::suspend && rules.resume == resume_mode::full)) {
      const day end = end_of_stop(e, rules.ends);
      if (!f.restarted || *f.restarted < end) f.restarted = end;
    }
  }
  if (f.open)
    for (const exclusion& e : exclusions)
      if (e.type == stop_type::restart && (!e.to || *e.to >= d)) {
        f.forgotten = true;
        f.forgotten_now |= e.from <= now && d <= now;
      }
  return f;
}

struct part {
  bool workdays;
  int months;
  int count;
  int date;
};

inline part part_of(time_limit l) {
  switch (l.unit) {
  case limit_unit::on_the_spot: return {true, 0, 1, 0};
  case limit_unit::workday: return {true, 0, l.count, 0};
  case limit_unit::week: return {false, 0, 7 * l.count, 0};
  case limit_unit::month: return {false, l.count, 0, 0};
  case limit_unit::year: return {false, 12 * l.count, 0, 0};
  case limit_unit::yearly_date: return {false, 0, 0, l.count};
  default: return {false, 0, l.count, 0};
  }
}

inline std::vector<part> parts_of(time_limit limit, const std::vector<extension>& extensions,
                                  const counting_rules& rules) {
  std::vector<part> parts{part_of(limit)};
  for (const extension& e : extensions) {
    const part p = part_of(e.by);
    part& last = parts.back();
    const bool alike = p.workdays == last.workdays && (p.months > 0) == (last.months > 0) &&
                       p.date == 0 && last.date == 0;
    if (alike && (p.workdays || rules.order == extension_order::extend_then_roll)) {
      last.months += p.months;
      last.count += p.count;
    } else {
      parts.push_back(p);
    }
  }
  return parts;
}

/// Counts a limit that ends with a day; `now` asks what is used on that day.
inline answer due_day(const calendar& cal, time_limit limit, day start,
                      const std::vector<exclusion>& exclusions,
                      const std::vector<extension>& extensions, const counting_rules& rules,
                      day now) {
  const int step = rules.runs == direction::after ? 1 : -1;
  const std::vector<part> parts = parts_of(limit, extensions, rules);
  answer a;
  day event = start;  // months correspond to it
  day origin = start; // the day after it is the first
  if (rules.start == start_rule::on_event || limit.unit == limit_unit::on_the_spot)
    origin -= days{step};
  day here = origin;
  std::optional<day> done; // the last day of the latest restart: days may be passed twice
  const auto length = [&](const part& p) -> std::int64_t {
    if (p.date != 0) {
      std::int64_t n = 1;
      for (day d = origin + days{step}; !is_date(d, p.date); d += days{step}) ++n;
      return n;
    }
    if (p.months == 0) return p.count;
    const auto n = (add_months(event, step * p.months) - event).count();
    return n < 0 ? -n : n;
  };
  const auto whole = [&] {
    std::int64_t n = 0;
    for (const part& p : parts) n += length(p);
    return n;
  };
  for (std::size_t i = 0; i < parts.size();) {
    const part p = parts[i];
    std::int64_t left = length(p);
    if (i == 0 && step < 0 && rules.before == before_rule::clear_days && p.date == 0) ++left;
    if (p.workdays && !cal.covers(event)) return a.out_of_range = true, a;
    bool again = false;
    while (left > 0 && !again) {
      here += days{step};
      const fate f = fate_of(here, exclusions, rules, now);
      // Nobody has to know the calendar of days on which nothing runs.
      const bool known = cal.covers(here) || (f.open && cal.covers(here - days{step}));
      if (p.workdays && !known) return a.out_of_range = true, a;
      if (f.open) {
        if (f.forgotten_now) a.used = 0;
        a.left = left;
        for (std::size_t j = i + 1; j < parts.size(); ++j) a.left += length(parts[j]);
        if (f.forgotten) a.left = whole();
        a.nominal.reset();
        return a;
      }
      if (f.restarted && (!done || *f.restarted > *done)) {
        done = f.restarted;
        ++a.restarts;
        a.counted.clear();
        if (here <= now) a.used = 0;
        event = origin = *f.restarted;
        again = i > 0;
        left = length(p);
      }
      a.provisional |= p.workdays && !cal.settled(here);
      if (f.stopped || (p.workdays && !cal.works(here))) continue;
      --left;
      a.counted.push_back(here);
      if (here <= now) ++a.used;
    }
    if (again) {
      i = 0;
      continue;
    }
    a.nominal = here;
    const bool last = i + 1 == parts.size();
    if (!p.workdays && (last || rules.order == extension_order::roll_then_extend)) {
      roll how = step > 0 ? roll::following : roll::preceding;
      if (rules.rolling) how = *rules.rolling;
      if (how != roll::none && !cal.covers(here)) return a.out_of_range = true, a;
      if (how != roll::none) a.provisional |= !cal.settled(here);
      while (how != roll::none && !cal.works(here)) {
        here += days{how == roll::following ? 1 : -1};
        if (!cal.covers(here)) return a.out_of_range = true, a;
        a.provisional |= !cal.settled(here);
      }
      // Until the last day in time is over the limit has not expired, and can be restarted.
      for (day d = *a.nominal + days{1}; step > 0 && d <= here && !again; d += days{1})
        for (const exclusion& e : exclusions)
          if (e.type == stop_type::restart && e.from == d) {
            here = d - days{1};
            again = a.met_rolling = true;
          }
      if (again) {
        i = 0;
        continue;
      }
    }
    event = origin = here;
    ++i;
  }
  a.due = here;
  a.due_at = end_of(here);
  return a;
}

/// Whether the office is open in the minute that begins at an instant of a working day.
inline bool at_work(const sessions& today, instant t) {
  const auto clock = std::chrono::floor<minutes>(t - day_of(t));
  for (const session& s : today)
    if (clock >= s.opens && clock < s.closes) return true;
  return false;
}

/// Counts a limit in hours, minute by minute; starts and `now` are whole minutes.
inline answer due_minute(const calendar& cal, const working_hours& hours, time_limit limit,
                         instant start, const std::vector<exclusion>& exclusions,
                         const std::vector<extension>& extensions, const counting_rules& rules,
                         instant now) {
  const bool office = limit.unit == limit_unit::workhour;
  const int step = rules.runs == direction::after ? 1 : -1;
  std::int64_t whole = std::int64_t{60} * limit.count;
  for (const extension& e : extensions) whole += std::int64_t{60} * e.by.count;
  std::int64_t left = whole;
  // A day stands still from its first minute on: at 00:00 sharp that minute is not yet over.
  const day known = office ? day_of(now) : day_of(now - minutes{1});
  answer a;
  if (office && !cal.covers(day_of(start))) return a.out_of_range = true, a;
  for (instant t = start; left > 0;) {
    const day today = day_of(step > 0 ? t : t - minutes{1});
    if (office && !cal.covers(today)) return a.out_of_range = true, a;
    a.provisional |= office && !cal.settled(today);
    const instant midnight = step > 0 ? end_of(today) : instant{today};
    const fate f = fate_of(today, exclusions, rules, known);
    const bool seen = today <= known;
    if (f.open) {
      if (f.forgotten_now) a.used = 0;
      a.left = f.forgotten ? whole : left;
      return a;
    }
    if (f.restarted) {
      ++a.restarts;
      left = whole;
      if (seen) a.used = 0;
    }
    if (f.stopped || (office && !cal.works(today))) {
      t = midnight;
      continue;
    }
    const sessions& open = hours.sessions_on(today);
    for (; t != midnight && left > 0; t += minutes{step}) {
      if (office && !at_work(open, t)) continue;
      --left;
      if (t + minutes{1} <= now) ++a.used;
      if (left == 0) a.due_at = step > 0 ? t + minutes{1} : t - minutes{1};
    }
  }
  a.due = a.nominal = day_of(*a.due_at - std::chrono::seconds{1});
  return a;
}

/// Counts any limit. `now` asks what is used then.
inline answer due(const calendar& cal, const working_hours& hours, time_limit limit, instant start,
                  const std::vector<exclusion>& exclusions,
                  const std::vector<extension>& extensions, const counting_rules& rules,
                  instant now) {
  if (limit.unit == limit_unit::hour || limit.unit == limit_unit::workhour)
    return due_minute(cal, hours, limit, start, exclusions, extensions, rules, now);
  return due_day(cal, limit, day_of(start), exclusions, extensions, rules, day_of(now));
}

} // namespace naive
