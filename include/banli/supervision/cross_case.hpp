// cross_case.hpp — rules that look at many cases together: a unit in a month, a person, a pair.
//
// Whether five refusals are many depends on how many cases there were. Rules over many cases are
// the same documents as others; they read other words:
//
//   unit.refused * 1.0 / unit.closed >= params.share       a unit in one month, and the month
//   before person.breaches == 2                                   broken promises of a person in a
//   year pair.cases >= params.cases                             one officer, one applicant, three
//   months
//
//   compiled_rules c = compile_rules(rules, cross_case_environment());
//   auto hits = watch_together(cases, *c.rules, {.from = 2024y / 1, .until = 2025y / 1});
//
// Ratios are made from counts by the rules themselves, in doubles: nothing is divided beforehand,
// and a month in which nothing was closed has no share (0.0 / 0.0 is not at least 0.02).
//
// Months are half-open: a case closed at 00:00 of the first belongs to the month that begins then,
// and to no other. The windows of persons and pairs are half-open as well, (t - window, t]: what is
// exactly as old as the window is out. They slide: a rule is judged whenever something is added,
// and a hit is raised when it fires and did not fire the time before.
//
// A *broken promise* (违诺) is a case closed past its promised limit by the unit's own fault. It is
// counted to the person who closed it, or decided it where that is not known. Seed 003 wants the
// first criticised, the second made public, the third punished by a transfer.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/expression/environment.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/hit.hpp>

namespace banli {

/// What such rules need to know of a case.
struct watched_case {
  case_id id;
  department_id unit;
  item_id item;
  std::string item_type;             ///< CF, XK …
  std::optional<instant> accepted{}; ///< or refused
  std::optional<instant> ended{};
  bool refused = false;           ///< 不予受理, 不予许可, 不予立案, 不予处罚
  bool overdue = false;           ///< past the promised limit by the unit's own fault
  bool interrupted = false;       ///< suspended, ended without a decision, or sent back
  bool returned_twice = false;    ///< one and the same step
  bool outside_benchmark = false; ///< the decision leaves the benchmark of its item
  std::size_t hits = 0;           ///< of rules over the case itself
  person_id officer{};            ///< who decided
  std::string applicant{};
};

/// Errors: those of clocks().
result<watched_case> watched(const case_definition& definition, const case_state& state,
                             const workday_calendar& calendar, std::span<const hit> hits);

/// Raw counts of one unit in one month.
struct counted_month {
  department_id unit;
  std::chrono::year_month month;
  std::int64_t accepted = 0; ///< volume (运行量)
  std::int64_t closed = 0;
  std::int64_t refused = 0; ///< of those closed, not penalties
  std::int64_t closed_penalties = 0;
  std::int64_t refused_penalties = 0;
  std::int64_t overdue = 0;           ///< of those closed
  std::int64_t with_hits = 0;         ///< of those accepted
  std::int64_t interrupted = 0;       ///< of those accepted
  std::int64_t returned_twice = 0;    ///< of those accepted
  std::int64_t items_used = 0;        ///< items of which a case was accepted
  std::int64_t outside_benchmark = 0; ///< of those closed

  friend bool operator==(const counted_month&, const counted_month&) = default;
};

/// The words of such rules: unit.* with unit.previous_* and unit.last_year_*, person.*, pair.*.
environment cross_case_environment();

struct cross_case_span {
  std::chrono::year_month from;
  std::chrono::year_month until; ///< the first month that is no more looked at
  std::map<department_id, std::int64_t> items_owned{}; ///< items that a unit has in force
  std::chrono::days person_window{365};
  std::chrono::days pair_window{90};
};

/// The counts of every unit for every month of the span, also where nothing happened; by unit, then
/// month.
std::vector<counted_month> counted_months(std::span<const watched_case> cases,
                                          const cross_case_span& over);

struct cross_case_hit {
  rule_id rule;
  banli::level level{};
  department_id unit;    ///< of a rule about units
  person_id person;      ///< of a rule about persons or pairs
  std::string applicant; ///< of a rule about pairs
  instant raised{};      ///< of a unit: when the month is over
  text message;
  std::vector<hit_fact> facts;

  friend bool operator==(const cross_case_hit&, const cross_case_hit&) = default;
};

/// What the rules find, by instant, rule, unit, person and applicant. A rule is judged for what its
/// words speak of; where one supersedes another that is raised for the same at the same instant, it
/// alone is heard. Errors: bad_value where it speaks of more than one of unit, person and pair, or
/// the span ends before it begins; unknown_field for rules in other words; limit_exceeded for more
/// than 1,200 months.
result<std::vector<cross_case_hit>> watch_together(std::span<const watched_case> cases,
                                                   const rule_set& rules,
                                                   const cross_case_span& over);

/// A sample of cases for people to look at (抽查): those whose SHA-256 of "seed:id" is smallest, in
/// that order. The same seed gives the same sample whatever the order of the cases, and whoever
/// knows the seed can check that nobody chose.
std::vector<case_id> sample_of(std::vector<case_id> cases, std::size_t count,
                               const std::string& seed);

} // namespace banli
