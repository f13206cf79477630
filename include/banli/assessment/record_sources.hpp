// record_sources.hpp — the records that other parts of the library already have: hits, complaints,
// checks of disclosure, late cases and poor grades.
//
//   std::vector<score_record> all = records_of(hits, department_of);
//   append(all, records_of(complaints, limit), …);
//
// The kinds they get are words for schemes to name:
//   hit.reminder, hit.warning, hit.alarm      a hit; one that was superseded is left out, because
//                                             the hit that took its place costs the points
//   complaint                                 a complaint was made; amount: days until its answer
//   complaint.late                            it was not answered within a month, or not at all
//   disclosure.late                           a column was not kept up to date; amount: days late
//   case.overdue                              closed after the limit, or open past it; amount: days
//   grade.dissatisfied                        an evaluation of 不满意 or 非常不满意
// Findings of inspections (周检查) are the office's own records, of kinds of its own.
//
// Ids are made of what they are about, so that the same facts make the same records.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include <banli/assessment/case_figures.hpp>
#include <banli/assessment/score_record.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/library/disclosure.hpp>
#include <banli/library/service_records.hpp>
#include <banli/supervision/hit.hpp>

namespace banli {

/// Of the hits of one case; the person is who had to act, where one is known.
std::vector<score_record> records_of(const case_figures& c, std::span<const hit> hits);

/// case.overdue of every case that was late by `now`.
std::vector<score_record> late_records(std::span<const case_figures> cases, instant now);

/// Complaints known at `now`; one unanswered for a calendar month (the day of the same number, or
/// the last of the month) is late.
std::vector<score_record> records_of(std::span<const complaint_record> all, instant now);

/// disclosure.late for the lead unit of every column that is late or missing on the day of the
/// report, dated by that day.
std::vector<score_record> records_of(const disclosure_report& report, const disclosure_book& book);

/// grade.dissatisfied of evaluations.
std::vector<score_record> records_of(std::span<const evaluation> all);

/// Counts of cases for the expressions of schemes, in [from, until): accepted, concluded, early,
/// on_time, overdue, refused, withdrawn, open; by department.
std::map<std::string, std::map<std::string, std::int64_t>>
counts_of(std::span<const case_figures> cases, day from, day until);

} // namespace banli
