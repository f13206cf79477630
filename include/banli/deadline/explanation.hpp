// explanation.hpp — every day of a deadline, and what became of it.
//
//   explain(cn(), {10, limit_unit::workday}, to_day(2026y / 5 / 6), {{inspection}})
//
//   2026-05-06                 -         day of the event, not counted (Civil Code art. 201)
//   2026-05-07..2026-05-08     1..2      working day
//   2026-05-09                 3         make-up working day (劳动节) [http://www.gov.cn/...]
//   2026-05-10                 -         weekend
//   2026-05-11..2026-05-15     -         excluded: inspection
//   ...
//   due 2026-05-26
//
// An observer of the computation itself (walk.hpp) writes down what it did: there is no second
// algorithm that could disagree with the first. After the day of the event they cover every day up
// to the due date once, in the order of counting, and the ordinals end at the limit.
//
// The hard case is a roll against the direction of counting (`preceding`): days that were counted
// lie after the due date. They become a last run of class `rolled`, which keeps their ordinals.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <banli/deadline/day_run.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/deadline/explainer.hpp>
#include <banli/deadline/run_record.hpp>

namespace banli {

/// A deadline and what made it. It keeps what the computation said, and what that refers to alive;
/// days and words are made by runs(), when somebody reads.
class explanation {
 public:
  deadline answer;

  /// The days, in the order of counting.
  std::vector<day_run> runs() const {
    const detail::calendar_tables& tables = calendar_.tables();
    detail::explainer explainer{tables};
    log_.replay(explainer);
    std::vector<day_run> out;
    for (const detail::run_record& r : explainer.take())
      out.push_back(detail::told(r, tables, kinds_));
    return out;
  }

  /// Answers and days are equal, in words.
  friend bool operator==(const explanation& a, const explanation& b) {
    return a.answer == b.answer && a.runs() == b.runs();
  }

  /// Computes a deadline and writes down how it came about; see explain(). What is written takes
  /// the place of what was: nothing is allocated for a column of explanations made in one object.
  result<void> assign(const detail::term& t) {
    if (&t.calendar.tables() != &calendar_.tables()) calendar_ = t.calendar;
    kinds_.resize(t.exclusions.size());
    for (std::size_t i = 0; i < kinds_.size(); ++i) kinds_[i] = t.exclusions[i].kind;
    log_.begin(t.exclusions);
    result<deadline> d = detail::compute(t, log_);
    if (!d) return std::move(d).error();
    answer = *d;
    return {};
  }

  explicit explanation(const workday_calendar& c) : calendar_(c) {}

 private:
  workday_calendar calendar_;
  detail::walk_log log_;
  std::vector<std::string> kinds_;
};

namespace detail {

inline result<explanation> explain(const term& t) {
  result<explanation> out{boost::system::in_place_value, t.calendar};
  if (auto done = out->assign(t); !done) out = std::move(done).error();
  return out;
}

} // namespace detail

/// The deadline with its days. Arguments and errors are those of due_date.
inline result<explanation> explain(const workday_calendar& calendar, time_limit limit,
                                   instant start, std::span<const exclusion> exclusions = {},
                                   std::span<const extension> extensions = {},
                                   const counting_rules& rules = {}) {
  return detail::explain({calendar, nullptr, limit, start, exclusions, extensions, rules});
}

/// The same with the hours of an office.
inline result<explanation> explain(const workday_calendar& calendar, const working_hours& hours,
                                   time_limit limit, instant start,
                                   std::span<const exclusion> exclusions = {},
                                   std::span<const extension> extensions = {},
                                   const counting_rules& rules = {}) {
  return detail::explain({calendar, &hours, limit, start, exclusions, extensions, rules});
}

/// One line a run, and one for the answer.
inline std::string to_text(const explanation& e, language l = language::en) {
  std::string out;
  for (const day_run& r : e.runs()) out += to_text(r, l) + '\n';
  const bool zh = l == language::zh;
  const deadline& d = e.answer;
  const bool minute = is_hour_unit(d.counted_in);
  if (!d.due) {
    const std::string left =
        minute ? fmt::format("{} {}", d.remaining, zh ? "分钟" : "minutes")
               : to_text(time_limit{static_cast<int>(d.remaining), d.counted_in}, l);
    return out + (zh ? "中止中,尚无届满日,剩余 " : "suspended, no due date; left: ") + left + '\n';
  }
  out += (zh ? "届满 " : "due ") + (minute ? to_short_text(*d.due_at) : to_text(*d.due));
  if (d.provisional) out += zh ? "(暂定:日历尚未公布)" : " (provisional: beyond the notices)";
  return out + '\n';
}

} // namespace banli
