// Random deadlines against the reference in naive.hpp, and what an explanation must always be.
#include <random>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/deadline/explanation.hpp>
#include <banli/deadline/usage.hpp>

#include "naive.hpp"
#include "scenario.hpp"

namespace {

using namespace banli;

/// The days of the runs that a predicate takes, in the order of counting.
template <class Keep>
std::vector<day> days_of(const explanation& e, int sign, Keep&& keep) {
  std::vector<day> out;
  for (const day_run& r : e.runs()) {
    if (!keep(r)) continue;
    for (day d = sign > 0 ? r.from : r.to; d >= r.from && d <= r.to && out.size() < 100'000;
         d += days{sign})
      out.push_back(d);
  }
  return out;
}

/// What is wrong with the answer to a case, or nothing.
std::string disagreement(const workday_calendar& cal, const naive::calendar& plain,
                         const scenario::deadline_case& c) {
  const naive::answer want =
      naive::due(plain, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  const auto got = due_date(cal, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  if (!got) {
    if (want.out_of_range && got.error().code == errc::out_of_range) return {};
    return "unexpected " + to_string(got.error(), language::en);
  }
  if (want.out_of_range) return "no error, but the count leaves the tables";
  if (got->due != want.due || got->nominal != want.nominal)
    return fmt::format("due {} instead of {}", got->due ? to_text(*got->due) : "none",
                       want.due ? to_text(*want.due) : "none");
  if (!want.due && got->remaining != want.left)
    return fmt::format("{} left instead of {}", got->remaining, want.left);
  return {};
}

/// What is wrong with the explanation of a case, or nothing.
std::string unexplained(const workday_calendar& cal, const naive::calendar& plain,
                        const scenario::deadline_case& c) {
  const auto e = explain(cal, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  const auto d = due_date(cal, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  if (e.has_value() != d.has_value()) return "explain and due_date differ in failing";
  if (!e) return {};
  if (!(e->answer == *d)) return "explain and due_date differ";
  if (!d->due || c.rules.order == extension_order::roll_then_extend) return {};
  const int sign = c.rules.runs == direction::after ? 1 : -1;
  const naive::answer want =
      naive::due(plain, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  // Every day once, one after another, from the first after the start to the last.
  const bool back = sign * (*d->due - *d->nominal).count() < 0;
  const auto all =
      days_of(*e, sign, [](const day_run& r) { return r.what != day_class::before_start; });
  const bool on_event =
      c.rules.start == start_rule::on_event || c.limit.unit == limit_unit::on_the_spot;
  day next = on_event ? c.start : c.start + days{sign};
  for (const day x : all) {
    if (x != next) return "the runs leave out or repeat " + to_text(next);
    next += days{sign};
  }
  if (next - days{sign} != (back ? *d->nominal : *d->due)) return "the runs do not end at the end";
  // What is counted is what the reference counted.
  const auto counted = days_of(*e, sign, [&](const day_run& r) { return r.last > 0; });
  if (c.rules.resume == resume_mode::remaining && counted != want.counted)
    return "other days counted";
  if (c.rules.resume == resume_mode::remaining && c.extensions.empty() &&
      static_cast<std::int64_t>(counted.size()) !=
          d->total + (sign < 0 && c.rules.before == before_rule::clear_days ? 1 : 0))
    return "the counted days are not the limit";
  // Nothing that is excluded is counted, and every name fits its days.
  for (const day_run& r : e->runs())
    if (r.what == day_class::weekend || r.what == day_class::holiday)
      for (day x = r.from; x <= r.to; x += days{1})
        if (plain.works(x)) return "a working day is called a rest day";
  return {};
}

/// What is wrong with the usage on some day, or nothing.
std::string misused(const workday_calendar& cal, const naive::calendar& plain,
                    const scenario::deadline_case& c, day today) {
  if (c.rules.runs == direction::before || c.rules.resume == resume_mode::full ||
      c.rules.order == extension_order::roll_then_extend)
    return {};
  const naive::answer want =
      naive::due(plain, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  const auto u = usage_at(instant{today} + std::chrono::hours{9}, cal, c.limit, c.start,
                          c.exclusions, c.extensions, c.rules);
  if (want.out_of_range || !want.due) return {};
  bool mixed = false;
  for (const extension& x : c.extensions)
    mixed |= naive::part_of(x.by).workdays != naive::part_of(c.limit).workdays;
  if (mixed || !cal.contains(today)) return {};
  if (!u) return "usage fails: " + to_string(u.error(), language::en);
  std::int64_t used = 0;
  for (const day d : want.counted) used += d <= today ? 1 : 0;
  if (today <= *want.nominal && u->used != used)
    return fmt::format("{} used on {} instead of {}", u->used, to_text(today), used);
  if (today <= *want.nominal &&
      u->remaining != static_cast<std::int64_t>(want.counted.size()) - used)
    return "remaining is not the rest";
  if (today > *want.nominal && u->remaining > 0) return "units left after the end";
  // The numbers hold until changes_at, and not longer.
  if (!u->changes_at || day_of(*u->changes_at) > cal.last()) return {};
  const auto ask = [&](instant t) {
    return usage_at(t, cal, c.limit, c.start, c.exclusions, c.extensions, c.rules);
  };
  const auto until = ask(*u->changes_at - std::chrono::seconds{1});
  const auto then = ask(*u->changes_at);
  if (until && until->used != u->used) return "the numbers changed before changes_at";
  if (then && then->used == u->used) return "the numbers did not change at changes_at";
  return {};
}

std::string everything(const calendar_source& s, const scenario::deadline_case& c, day today) {
  const workday_calendar cal = workday_calendar::build(s).value();
  const naive::calendar plain{s};
  std::string wrong = disagreement(cal, plain, c);
  if (wrong.empty()) wrong = unexplained(cal, plain, c);
  if (wrong.empty()) wrong = misused(cal, plain, c, today);
  return wrong.empty() ? wrong : wrong + "\n  " + scenario::to_text(c);
}

} // namespace

TEST_CASE("due dates, explanations and usage agree with counting on the fingers") {
  CHECK(rc::check("random deadline", [] {
    const auto pick = [](int lo, int hi) { return *rc::gen::inRange(lo, hi + 1); };
    const calendar_source s = scenario::random_source(pick);
    const scenario::deadline_case c = scenario::random_case(pick);
    const std::string wrong = everything(s, c, c.start + days{pick(-5, 200)});
    if (!wrong.empty()) RC_FAIL(wrong);
  }));
}

TEST_CASE("so do many thousands on one calendar after another") {
  std::mt19937 engine{20240902};
  const auto pick = [&](int lo, int hi) {
    return lo + static_cast<int>(engine() % static_cast<unsigned>(hi - lo + 1));
  };
  for (int i = 0; i < 20; ++i) {
    const calendar_source s = scenario::random_source(pick);
    const workday_calendar cal = workday_calendar::build(s).value();
    const naive::calendar plain{s};
    for (int j = 0; j < 500; ++j) {
      const scenario::deadline_case c = scenario::random_case(pick);
      std::string wrong = disagreement(cal, plain, c);
      if (wrong.empty()) wrong = unexplained(cal, plain, c);
      if (wrong.empty()) wrong = misused(cal, plain, c, c.start + days{pick(-5, 200)});
      if (!wrong.empty()) FAIL(wrong << "\n  " << scenario::to_text(c));
    }
  }
}
