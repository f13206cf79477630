// urgency.hpp — how pressing a limit is at an instant, and until when that holds.
//
// Supervision knows levels: a reminder (提醒), a warning (预警, the yellow card), an alarm (报警,
// the red card). Each level names the conditions that raise it; one of them is enough, and the
// highest level that is raised counts. The levels are data. Without any given they are
//
//   reminder 提醒           half of the limit is used
//   warning  预警  yellow   80 % of it are used
//   alarm    报警  red      the limit has expired
//
// and urgency_by_days() is the older rule book: remind on the last day, warn one working day late,
// alarm two.
//
//   urgency_at(now, {}, cn(), {20, limit_unit::workday}, to_day(2025y / 1 / 15))
//     now 2025-02-10 10:00    14 of 20 used: reminder; changes_at 2025-02-12 00:00, warning
//     now 2025-02-19 09:00    alarm, overdue
//
// While a suspension or a restart is open there is no due date and no level: the state is
// `suspended`, and `remaining` says what is left of the limit.
//
// The hard case is a limit that rolls: on the rest days between its nominal end and its due date
// more than the limit is used, but nothing is late. Only the due date makes a limit overdue.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <banli/deadline/usage.hpp>

namespace banli {

/// What a limit does at an instant: it has not begun, it runs, nobody knows when it ends, or it is
/// over.
enum class urgency_state : std::uint8_t { not_begun, running, suspended, overdue };

/// "not begun", "running", "suspended", "overdue"; in Chinese 未起算, 计时中, 中止, 超期.
constexpr std::string_view to_string(urgency_state s, language l = language::en) {
  constexpr std::array<std::string_view, 4> en{"not begun", "running", "suspended", "overdue"};
  constexpr std::array<std::string_view, 4> zh{"未起算", "计时中", "中止", "超期"};
  return (l == language::zh ? zh : en)[static_cast<std::size_t>(s)];
}

/// A level and what raises it: any one of the conditions that are given.
struct urgency_level {
  text name;
  std::string card{};                ///< "yellow", "red" or empty
  std::optional<int> percent_used{}; ///< at least so much of the limit is used; 1 to 100
  std::optional<int> units_left{}; ///< at most so many units are left (hours for limits in hours);
                                   ///< 0: the last one runs, or the days of the roll
  std::optional<int> workdays_late{}; ///< overdue by at least so many working days; 0: overdue

  friend bool operator==(const urgency_level&, const urgency_level&) = default;
};

/// The levels, the mildest first, and the word for none.
struct urgency_thresholds {
  text normal{"normal", "正常"};
  std::vector<urgency_level> levels{{{"reminder", "提醒"}, {}, 50, {}, {}},
                                    {{"warning", "预警"}, "yellow", 80, {}, {}},
                                    {{"alarm", "报警"}, "red", {}, {}, 0}};
  std::size_t max_levels = 16;

  friend bool operator==(const urgency_thresholds&, const urgency_thresholds&) = default;
};

/// The older rule book: remind on the last day, warn one working day late, alarm two.
inline urgency_thresholds urgency_by_days() {
  urgency_thresholds t;
  t.levels = {{{"reminder", "提醒"}, {}, {}, 0, {}},
              {{"warning", "预警"}, "yellow", {}, {}, 1},
              {{"alarm", "报警"}, "red", {}, {}, 2}};
  return t;
}

/// How pressing a limit is. Amounts are in units of `counted_in`, hours in minutes.
struct urgency {
  urgency_state state = urgency_state::running;
  std::size_t level = 0; ///< 0: none; n: levels[n - 1]
  text name;             ///< of the level, or the word for none; while suspended, that
  std::string card;
  std::int64_t total = 0;
  std::int64_t used = 0;
  std::int64_t remaining = 0; ///< 0 once the nominal end is reached
  limit_unit counted_in{};
  std::optional<instant> due_at;     ///< absent while suspended
  std::optional<instant> changes_at; ///< when state or level next change by time alone

  friend bool operator==(const urgency&, const urgency&) = default;
};

/// Everything that is wrong with thresholds: a level without a name or a condition, a number out of
/// its range, a condition that asks less than the same one of a milder level, too many levels.
/// Codes: bad_value, limit_exceeded.
inline problems check(const urgency_thresholds& t) {
  problems out;
  if (t.levels.size() > t.max_levels)
    out.push_back(make_error(errc::limit_exceeded, "{} levels of urgency: at most {} are allowed",
                             "紧急程度有 {} 级:最多 {} 级", t.levels.size(), t.max_levels));
  int percent = 0;
  int left = 1'000'001;
  int late = -1;
  for (const urgency_level& l : t.levels) {
    const auto wrong = [&](std::string_view en, std::string_view zh) {
      out.push_back(make_error(errc::bad_value, "the level of urgency '{0}' {2}",
                               "紧急程度“{1}”{3}", l.name.en, l.name.zh, en, zh));
    };
    if (l.name.en.empty() || l.name.zh.empty())
      wrong("needs a name in English and in Chinese", "应有中英文名称");
    if (!l.percent_used && !l.units_left && !l.workdays_late)
      wrong("names no condition", "没有条件");
    if (l.percent_used && (*l.percent_used < 1 || *l.percent_used > 100))
      wrong("must ask for 1 to 100 % used", "的已用比例应为 1% 至 100%");
    if (l.units_left && (*l.units_left < 0 || *l.units_left > 1'000'000))
      wrong("must ask for 0 to 1000000 units left", "的剩余数量应为 0 至 1000000");
    if (l.workdays_late && (*l.workdays_late < 0 || *l.workdays_late > 1'000'000))
      wrong("must ask for 0 to 1000000 working days late", "的超期工作日应为 0 至 1000000");
    if ((l.percent_used && *l.percent_used <= percent) || (l.units_left && *l.units_left >= left) ||
        (l.workdays_late && *l.workdays_late <= late))
      wrong("is raised no later than a milder one", "不晚于较轻的级别");
    percent = l.percent_used ? std::max(percent, *l.percent_used) : percent;
    left = l.units_left ? std::min(left, *l.units_left) : left;
    late = l.workdays_late ? std::max(late, *l.workdays_late) : late;
  }
  return out;
}

namespace detail {

/// Answers for one term with one set of thresholds.
class urgency_clock {
 public:
  urgency_clock(const term& t, const deadline& d, const urgency_thresholds& how)
      : t_(t), d_(d), how_(how) {}

  /// Everything but changes_at.
  result<urgency> at(instant now) const {
    const result<usage> u = usage_of(t_, d_, now);
    if (!u) return u.error();
    urgency out;
    out.total = u->total;
    out.used = u->used;
    out.remaining = std::max<std::int64_t>(u->remaining, 0);
    out.counted_in = d_.counted_in;
    out.due_at = d_.due_at;
    out.state = state_at(now);
    if (out.state == urgency_state::suspended) {
      out.name = {std::string{to_string(out.state)},
                  std::string{to_string(out.state, language::zh)}};
      return out;
    }
    for (std::size_t i = 0; i < how_.levels.size(); ++i) {
      const result<bool> yes = raised(how_.levels[i], out, now);
      if (!yes) return yes.error();
      if (*yes) out.level = i + 1;
    }
    out.name = out.level == 0 ? how_.normal : how_.levels[out.level - 1].name;
    if (out.level > 0) out.card = how_.levels[out.level - 1].card;
    return out;
  }

  /// The next instant after now at which the answer has another state or level.
  std::optional<instant> next_change(instant now, const urgency& is) const {
    std::vector<instant> moments;
    const auto add = [&](std::optional<instant> t) {
      if (t && *t > now && *t < end_of(last_day)) moments.push_back(*t);
    };
    if (forward()) add(t_.start);
    add(d_.due_at);
    for (const exclusion& e : t_.exclusions)
      if (!e.to || e.type != stop_type::exclude) {
        add(e.from);
        add(e.from + days{1}); // where the edges leave out the first day
      }
    // A limit of months that never end while it is suspended has a total beyond all sums.
    const std::int64_t total = std::min(is.total, endless);
    for (const urgency_level& l : how_.levels) {
      if (l.percent_used) add(when_used((total * *l.percent_used + 99) / 100, now));
      if (l.units_left) add(when_used(is.total - *l.units_left * per_unit(), now));
      if (l.workdays_late) add(when_late(*l.workdays_late));
    }
    std::sort(moments.begin(), moments.end());
    for (const instant m : moments) {
      const result<urgency> then = at(m);
      if (then && (then->state != is.state || then->level != is.level)) return m;
    }
    return std::nullopt;
  }

 private:
  static constexpr std::int64_t endless = std::int64_t{1} << 40;

  bool forward() const { return t_.rules.runs == direction::after; }
  std::int64_t per_unit() const { return is_hour_unit(d_.counted_in) ? 60 : 1; }

  urgency_state state_at(instant now) const {
    if (d_.due_at && now >= *d_.due_at) return urgency_state::overdue;
    if (!d_.due_at && open_at(day_of(now))) return urgency_state::suspended;
    return forward() && now < t_.start ? urgency_state::not_begun : urgency_state::running;
  }

  bool open_at(day today) const {
    const bool skip = t_.rules.ends == edges::half_open_from || t_.rules.ends == edges::open;
    return std::any_of(t_.exclusions.begin(), t_.exclusions.end(), [&](const exclusion& e) {
      return !e.to && today >= e.from + days{skip && e.type != stop_type::restart ? 1 : 0};
    });
  }

  result<bool> raised(const urgency_level& l, const urgency& u, instant now) const {
    if (l.percent_used &&
        std::min(u.used, endless) * 100 >= std::min(u.total, endless) * *l.percent_used)
      return true;
    if (l.units_left && u.total - u.used <= *l.units_left * per_unit()) return true;
    if (!l.workdays_late || u.state != urgency_state::overdue) return false;
    if (*l.workdays_late == 0) return true;
    const result<int> late = t_.calendar.workdays_between(*d_.due, day_of(now));
    if (!late) return late.error();
    return *late >= *l.workdays_late;
  }

  std::optional<instant> when_late(int workdays) const {
    if (workdays == 0 || !d_.due) return std::nullopt;
    const result<day> d = t_.calendar.add_workdays(*d_.due, workdays);
    return d ? std::optional<instant>{*d} : std::nullopt;
  }

  /// The instant from which on `k` units are used, if they are not yet.
  std::optional<instant> when_used(std::int64_t k, instant now) const {
    if (!forward()) return when_left(d_.total - k);
    const result<usage_clock> c = usage_clock::make(t_, d_, now);
    return c ? c->reached(k) : std::nullopt;
  }

  /// Before an event: the instant from which on at most so many units lie before the due date.
  std::optional<instant> when_left(std::int64_t left) const {
    constexpr std::int64_t most = 10'000'000;
    if (!d_.due || left > most || left < -most) return std::nullopt;
    if (d_.counted_in == limit_unit::hour)
      return *d_.due_at - minutes{left + 1} + std::chrono::seconds{1};
    if (d_.counted_in == limit_unit::day) return instant{*d_.due - days{left}};
    const result<day> d = t_.calendar.add_workdays(*d_.due, static_cast<int>(-left));
    return d ? std::optional<instant>{*d} : std::nullopt;
  }

  const term& t_;
  const deadline& d_;
  const urgency_thresholds& how_;
};

inline result<urgency> urgency_of(const term& t, const urgency_thresholds& how, instant now) {
  if (problems wrong = check(how); !wrong.empty()) return std::move(wrong.front());
  no_observer nobody;
  const result<deadline> d = compute(t, nobody);
  if (!d) return d.error();
  const urgency_clock clock{t, *d, how};
  result<urgency> out = clock.at(now);
  if (out) out->changes_at = clock.next_change(now, *out);
  return out;
}

} // namespace detail

/// How pressing a limit is at `now`. The arguments after the thresholds and the errors are those of
/// due_date; errors beside them: bad_value, limit_exceeded (thresholds, see check()), out_of_range
/// (`now` outside the calendar for limits in working time).
inline result<urgency> urgency_at(instant now, const urgency_thresholds& how,
                                  const workday_calendar& calendar, time_limit limit, instant start,
                                  std::span<const exclusion> exclusions = {},
                                  std::span<const extension> extensions = {},
                                  const counting_rules& rules = {}) {
  return detail::urgency_of({calendar, nullptr, limit, start, exclusions, extensions, rules}, how,
                            now);
}

/// The same with the hours of an office.
inline result<urgency> urgency_at(instant now, const urgency_thresholds& how,
                                  const workday_calendar& calendar, const working_hours& hours,
                                  time_limit limit, instant start,
                                  std::span<const exclusion> exclusions = {},
                                  std::span<const extension> extensions = {},
                                  const counting_rules& rules = {}) {
  return detail::urgency_of({calendar, &hours, limit, start, exclusions, extensions, rules}, how,
                            now);
}

} // namespace banli
