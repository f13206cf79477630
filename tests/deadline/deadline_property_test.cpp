// Random deadlines against the reference in naive.hpp, and what an explanation must always be.
#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/deadline/columns.hpp>
#include <banli/deadline/explanation.hpp>
#include <banli/deadline/usage.hpp>

#include "naive.hpp"
#include "scenario.hpp"

namespace {

using namespace banli;

/// One world: a calendar as the library and as the reference have it, and the hours of an office.
struct world {
  workday_calendar calendar;
  naive::calendar plain;
  working_hours hours;
};

template <class Pick>
world random_world(Pick&& pick) {
  const calendar_source s = scenario::random_source(pick);
  return {workday_calendar::build(s).value(), naive::calendar{s}, scenario::random_hours(pick)};
}

/// The same calendar after a few days were opened or closed, near each other or over all years.
template <class Pick>
workday_calendar amended_calendar(Pick&& pick, calendar_source s) {
  overlay o{"amendment", {}};
  const int step = pick(0, 3) == 0 ? 700 : 9;
  day d = parse_day("2006-01-01").value() + days{pick(0, 9000)};
  for (int k = pick(1, 6); k > 0; --k) {
    o.days.push_back({d, pick(0, 1) != 0 ? opening::open : opening::closed, "amended"});
    d += days{pick(1, step)};
  }
  s.overlays.push_back(std::move(o));
  return workday_calendar::build(s).value();
}

naive::answer expected(const world& w, const scenario::deadline_case& c, instant now) {
  return naive::due(w.plain, w.hours, c.limit, c.start, c.exclusions, c.extensions, c.rules, now);
}

result<deadline> computed(const world& w, const scenario::deadline_case& c) {
  return due_date(w.calendar, w.hours, c.limit, c.start, c.exclusions, c.extensions, c.rules);
}

/// Whether something lets the limit run in full again.
bool restarts(const scenario::deadline_case& c) {
  return std::any_of(c.exclusions.begin(), c.exclusions.end(), [&](const exclusion& e) {
    return e.type == stop_type::restart ||
           (e.type == stop_type::suspend && e.to && c.rules.resume == resume_mode::full);
  });
}

/// Whether the length of a limit in days depends on where it begins.
bool elastic(const scenario::deadline_case& c) {
  const auto is = [](time_limit l) {
    return l.unit == limit_unit::month || l.unit == limit_unit::year ||
           l.unit == limit_unit::yearly_date;
  };
  return is(c.limit) || std::any_of(c.extensions.begin(), c.extensions.end(),
                                    [&](const extension& e) { return is(e.by); });
}

/// What is wrong with the answer to a case, or nothing.
std::string disagreement(const world& w, const naive::answer& want, const result<deadline>& got,
                         const scenario::deadline_case& c) {
  if (!got) {
    bool leaves = want.out_of_range;
    // Whether an extension was asked for in time depends on the deadline without it.
    for (scenario::deadline_case shorter = c; !leaves && !shorter.extensions.empty();) {
      shorter.extensions.pop_back();
      leaves = expected(w, shorter, c.start).out_of_range;
    }
    // An event that restarts a suspended limit may itself lie outside.
    for (const exclusion& e : c.exclusions)
      leaves |= !want.due && e.to && *e.to > w.calendar.last() && restarts(c);
    if (leaves && got.error().code == errc::out_of_range) return {};
    return "unexpected " + to_string(got.error(), language::en);
  }
  if (want.out_of_range) return "no error, but the count leaves the tables";
  if (got->due != want.due || got->nominal != want.nominal || got->due_at != want.due_at)
    return fmt::format("due {} instead of {}", got->due_at ? to_text(*got->due_at) : "none",
                       want.due_at ? to_text(*want.due_at) : "none");
  if (want.due && got->provisional != want.provisional)
    return got->provisional ? "provisional" : "not provisional";
  // How long a month is that begins on an unknown day, nobody knows.
  if (!want.due && got->remaining != want.left && !(elastic(c) && restarts(c)))
    return fmt::format("{} left instead of {}", got->remaining, want.left);
  return {};
}

/// What is wrong with the explanation of a case, or nothing.
std::string unexplained(const world& w, const naive::answer& want, const result<deadline>& d,
                        const scenario::deadline_case& c) {
  const auto e =
      explain(w.calendar, w.hours, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  if (e.has_value() != d.has_value()) return "explain and due_date differ in failing";
  if (!e) return {};
  if (!(e->answer == *d)) return "explain and due_date differ";
  const bool joined = naive::parts_of(c.limit, c.extensions, c.rules).size() == 1;
  if (!d->due || c.rules.order == extension_order::roll_then_extend) return {};
  const int sign = c.rules.runs == direction::after ? 1 : -1;
  const day start = day_of(c.start);
  const bool minute = is_hour_unit(c.limit.unit);
  // Every day once, one after another, from the first after the start to the last.
  const bool back = sign * (*d->due - *d->nominal).count() < 0;
  const bool on_event =
      c.rules.start == start_rule::on_event || c.limit.unit == limit_unit::on_the_spot || minute;
  day next = on_event ? start : start + days{sign};
  if (minute && sign < 0) next = day_of(c.start - std::chrono::seconds{1});
  std::vector<day> counted;
  std::int64_t ordinal = 0;
  const std::vector<day_run> runs = e->runs();
  for (const day_run& r : runs) {
    if (!on_event && &r == &runs.front()) continue; // the day of the event
    if ((sign > 0 ? r.from : r.to) != next) return "the runs leave out or repeat " + to_text(next);
    next = sign > 0 ? r.to + days{1} : r.from - days{1};
    if (r.what == day_class::weekend || (r.what == day_class::holiday && !minute))
      for (day x = r.from; x <= r.to; x += days{1})
        if (w.plain.works(x)) return "a working day is called a rest day";
    if (r.last == 0) continue;
    if (minute) {
      ordinal = r.last;
      continue;
    }
    if (r.first == 1 && joined) counted.clear(); // a restart
    for (day x = sign > 0 ? r.from : r.to; x >= r.from && x <= r.to; x += days{sign})
      counted.push_back(x);
    if (r.last - r.first != (r.to - r.from).count()) return "a run with other ordinals than days";
  }
  day end = back ? *d->nominal : *d->due;
  if (minute && sign < 0) end = day_of(*d->due_at); // the last minute counted begins there
  if (next - days{sign} != end) return "the runs do not end at the end";
  if (minute) return ordinal == d->total ? "" : "the minutes counted are not the limit";
  // What is counted is what the reference counted.
  if (!joined && want.restarts > 0) return {};
  if (counted != want.counted) return "other days counted";
  const bool clear = sign < 0 && c.rules.before == before_rule::clear_days &&
                     c.limit.unit != limit_unit::yearly_date;
  if (static_cast<std::int64_t>(counted.size()) != d->total + (clear ? 1 : 0))
    return "the counted days are not the limit";
  return {};
}

/// Units from the day of `now` to the due date of a limit before its event.
std::int64_t units_before(const world& w, const naive::answer& want, limit_unit unit, instant now) {
  if (unit == limit_unit::hour) {
    std::int64_t n = 0; // minutes, the running one not counted
    for (instant t = now; t + minutes{1} <= *want.due_at; t += minutes{1}) ++n;
    for (instant t = now; t > *want.due_at; t -= minutes{1}) --n;
    return n;
  }
  const day today = day_of(now);
  const auto counts = [&](day d) { return unit != limit_unit::workday || w.plain.works(d); };
  std::int64_t n = 0;
  for (day d = today + days{1}; d <= *want.due; d += days{1}) n += counts(d) ? 1 : 0;
  for (day d = *want.due + days{1}; d <= today; d += days{1}) n -= counts(d) ? 1 : 0;
  return n;
}

/// What is wrong with the usage at some instant, or nothing.
std::string misused(const world& w, const naive::answer& want, const scenario::deadline_case& c,
                    instant now) {
  bool mixed = false;
  for (const extension& x : c.extensions)
    mixed |= naive::part_of(x.by).workdays != naive::part_of(c.limit).workdays;
  if (want.out_of_range || mixed || !w.calendar.contains(day_of(now))) return {};
  if (!c.extensions.empty() && c.rules.order == extension_order::roll_then_extend) return {};
  const auto ask = [&](instant t) {
    return usage_at(t, w.calendar, w.hours, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  };
  const auto u = ask(now);
  if (!u) return "usage fails: " + to_string(u.error(), language::en);
  if (c.rules.runs == direction::before) {
    const std::int64_t left = units_before(w, want, u->counted_in, now);
    if (u->remaining != left) return fmt::format("{} left instead of {}", u->remaining, left);
  } else if (!want.due || now < *want.due_at) {
    const bool rolling = want.nominal && day_of(now) > *want.nominal;
    if (!rolling && !want.met_rolling && u->used != want.used)
      return fmt::format("{} used at {} instead of {}", u->used, to_text(now), want.used);
    if (u->total != u->used + u->remaining) return "remaining is not the rest";
    if (rolling && u->remaining > 0) return "units left after the nominal end";
  } else if (u->remaining > 0 && day_of(now) > *want.nominal) { // the roll may have gone back
    return "units left after the end";
  }
  // The numbers hold until changes_at, and not longer.
  if (!u->changes_at || day_of(*u->changes_at) > w.calendar.last()) return {};
  const auto until = ask(*u->changes_at - std::chrono::seconds{1});
  const auto then = ask(*u->changes_at);
  if (until && until->used != u->used) return "the numbers changed before changes_at";
  if (then && then->used == u->used && then->remaining == u->remaining &&
      c.rules.runs == direction::after)
    return "the numbers did not change at changes_at";
  return {};
}

std::string everything(const world& w, const scenario::deadline_case& c, instant now) {
  const naive::answer want = expected(w, c, now);
  const result<deadline> got = computed(w, c);
  std::string wrong = disagreement(w, want, got, c);
  if (wrong.empty()) wrong = unexplained(w, want, got, c);
  if (wrong.empty()) wrong = misused(w, want, c, now);
  return wrong.empty() ? wrong : wrong + "\n  " + scenario::to_text(c);
}

/// Cases that share a limit's unit and the rules, as columns.
class column_batch {
 public:
  void add(const scenario::deadline_case& c, const result<deadline>& d) {
    if (d) {
      starts_.push_back(day_of(c.start));
      counts_.push_back(c.limit.count);
      for (const exclusion& e : c.exclusions) {
        from_.push_back(e.from);
        to_.push_back(e.to.value_or(no_day));
        types_.push_back(e.type);
      }
      offsets_.push_back(static_cast<std::int64_t>(from_.size()));
      due_.push_back(d->due.value_or(no_day));
      remaining_.push_back(d->remaining);
      provisional_.push_back(d->provisional);
    } else {
      failing_ = c;
    }
    cases_.push_back(c);
  }

  /// What is wrong with the deadlines that another calendar is said to move, or nothing.
  std::string amendment_disagreement(const world& w, const workday_calendar& amended) const {
    const std::size_t n = starts_.size();
    if (n == 0) return {};
    const scenario::deadline_case& any = cases_.front();
    const case_columns columns{starts_, counts_, {offsets_, from_, to_, types_}};
    std::vector<day> due(n);
    const auto now = due_dates(amended, any.limit, columns, any.rules, {.due = due});
    const auto moved = moved_by(w.calendar, amended, any.limit, columns, any.rules);
    if (!now) return {}; // one that is not moved need not be asked
    if (!moved) return "moved_by fails: " + to_string(moved.error(), language::en);
    std::vector<moved_deadline> expected;
    for (std::size_t i = 0; i < n; ++i)
      if (due[i] != due_[i]) expected.push_back({i, due_[i], due[i]});
    return *moved == expected ? "" : "moved_by and asking twice differ";
  }

  /// What is wrong with the answers of the columns, or nothing.
  std::string disagreement(const world& w) const {
    if (cases_.empty()) return {};
    const scenario::deadline_case& any = cases_.front();
    const std::size_t n = starts_.size();
    const case_columns columns{starts_, counts_, {offsets_, from_, to_, types_}};
    std::vector<day> due(n);
    std::vector<std::int64_t> remaining(n);
    const auto provisional = std::make_unique<bool[]>(n);
    const auto ok = due_dates(w.calendar, any.limit, columns, any.rules,
                              {due, remaining, {provisional.get(), n}});
    if (!ok) return "columns fail: " + to_string(ok.error(), language::en);
    for (std::size_t i = 0; i < n; ++i)
      if (due[i] != due_[i] || remaining[i] != remaining_[i] || provisional[i] != provisional_[i])
        return fmt::format("columns differ in case {}", i);
    return usage_disagreement(w, columns) + failure_disagreement(w);
  }

 private:
  std::string usage_disagreement(const world& w, const case_columns& columns) const {
    const std::size_t n = starts_.size();
    if (n == 0) return {};
    const instant now = instant{starts_.front()} + days{30} + std::chrono::hours{9};
    const scenario::deadline_case& any = cases_.front();
    std::vector<std::int64_t> used(n);
    std::vector<std::int64_t> left(n);
    const auto ok = usages_at(now, w.calendar, any.limit, columns, any.rules, {used, left});
    std::size_t i = 0;
    for (const scenario::deadline_case& c : cases_) {
      const auto u = usage_at(now, w.calendar, c.limit, day_of(c.start), c.exclusions, {}, c.rules);
      if (!u && (!computed(w, c) || !ok)) return {}; // an error is an error of all
      if (!u || !ok) continue;
      if (u->used != used[i] || u->remaining != left[i])
        return fmt::format("columns of usage differ in case {}", i);
      ++i;
    }
    return {};
  }

  /// One case that fails must fail alone, too, and be named.
  std::string failure_disagreement(const world& w) const {
    if (!failing_) return {};
    const std::vector<day> start{day_of(cases_.front().start), day_of(failing_->start)};
    const scenario::deadline_case& f = *failing_;
    std::vector<std::int64_t> offsets{0, 0, static_cast<std::int64_t>(f.exclusions.size())};
    std::vector<day> from;
    std::vector<day> to;
    std::vector<stop_type> types;
    for (const exclusion& e : f.exclusions) {
      from.push_back(e.from);
      to.push_back(e.to.value_or(no_day));
      types.push_back(e.type);
    }
    std::vector<day> due(2);
    const std::vector<day> starts{no_day, start[1]};
    const auto ok = due_dates(w.calendar, f.limit, {starts, {}, {offsets, from, to, types}},
                              f.rules, {.due = due});
    if (ok) return "the columns do not fail where the case does";
    const auto alone = due_date(w.calendar, f.limit, start[1], f.exclusions, {}, f.rules);
    if (alone || ok.error().code != alone.error().code ||
        ok.error().message.en != "case 1: " + alone.error().message.en)
      return "the columns fail in another way";
    return {};
  }

  std::vector<scenario::deadline_case> cases_;
  std::optional<scenario::deadline_case> failing_;
  std::vector<day> starts_;
  std::vector<std::int32_t> counts_;
  std::vector<std::int64_t> offsets_{0};
  std::vector<day> from_;
  std::vector<day> to_;
  std::vector<stop_type> types_;
  std::vector<day> due_;
  std::vector<std::int64_t> remaining_;
  std::vector<bool> provisional_;
};

/// How many cases a run draws: a million where the program is fast, fewer under the sanitizers and
/// in builds for debugging. BANLI_DEADLINE_CASES asks for another number.
long cases_to_run() {
  if (const char* n = std::getenv("BANLI_DEADLINE_CASES")) return std::atol(n);
#if !defined(NDEBUG) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 40'000;
#else
  return 1'050'000;
#endif
}

} // namespace

TEST_CASE("due dates, explanations and usage agree with counting on the fingers") {
  CHECK(rc::check("random deadline", [] {
    const auto pick = [](int lo, int hi) { return *rc::gen::inRange(lo, hi + 1); };
    const world w = random_world(pick);
    const scenario::deadline_case c = scenario::random_case(pick);
    const std::string wrong =
        everything(w, c, c.start + days{pick(-5, 200)} + minutes{pick(0, 1439)});
    if (!wrong.empty()) RC_FAIL(wrong);
  }));
}

TEST_CASE("so do a million, on one calendar after another and in columns") {
  std::mt19937 engine{20240902};
  const auto pick = [&](int lo, int hi) {
    return lo + static_cast<int>(engine() % static_cast<unsigned>(hi - lo + 1));
  };
  const long wanted = cases_to_run();
  constexpr int batches = 64;
  constexpr int cases = 48;
  long done = 0;
  long restarted = 0;
  long open = 0;
  long met_rolling = 0;
  std::array<long, 9> units{};
  while (done < wanted) {
    const calendar_source source = scenario::random_source(pick);
    const world w{workday_calendar::build(source).value(), naive::calendar{source},
                  scenario::random_hours(pick)};
    const workday_calendar amended = amended_calendar(pick, source);
    for (int b = 0; b < batches && done < wanted; ++b) {
      const limit_unit unit = scenario::random_unit(pick);
      const counting_rules rules = scenario::random_rules(pick, unit);
      const bool extended = pick(0, 3) == 0;
      const bool minute = is_hour_unit(unit);
      column_batch columns;
      for (int i = 0; i < cases; ++i, ++done) {
        scenario::deadline_case c = scenario::random_case(pick, unit, rules);
        if (extended) scenario::extend(pick, c);
        const int span = minute ? 15 : 200;
        const instant now = c.start + days{pick(-2, span)} + minutes{pick(0, 1439)};
        const naive::answer want = expected(w, c, now);
        const result<deadline> got = computed(w, c);
        std::string wrong = disagreement(w, want, got, c);
        if (wrong.empty() && done % 8 == 0) wrong = unexplained(w, want, got, c);
        if (wrong.empty() && done % 4 == 0) wrong = misused(w, want, c, now);
        if (!wrong.empty())
          FAIL(wrong << " (now " << to_text(now) << ")\n  " << scenario::to_text(c));
        restarted += want.restarts > 0 ? 1 : 0;
        open += !want.out_of_range && !want.due ? 1 : 0;
        met_rolling += want.met_rolling ? 1 : 0;
        ++units[static_cast<std::size_t>(unit)];
        if (!extended && !minute) columns.add(c, got);
      }
      const std::string wrong =
          columns.disagreement(w) + columns.amendment_disagreement(w, amended);
      if (!wrong.empty()) FAIL(wrong);
    }
  }
  CHECK(met_rolling >= done / 50'000);
  MESSAGE(done << " cases, " << restarted << " restarted, " << open << " left open");
  for (const long n : units) CHECK(n * 100 > done);
  CHECK(restarted * 20 > done);
  CHECK(open * 100 > done);
}
