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
//   complaint.passed_down_late                likewise, of one that an office above passed down
//   complaint.fault                           it was verified (投诉属实); points: what it costs
//   order.issued                              a supervision order was issued (被督办)
//   order.missed                              a limit of one was missed; amount: the level it
//                                             climbed to
//   order.fault                               it ended with a fault of the unit
//   disclosure.late                           a column was not kept up to date when it was due;
//                                             amount: days late
//   case.overdue                              closed after the promised limit, or open past it;
//                                             amount: days
//   case.over_statutory                       likewise of the statutory limit (超过法定期限)
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
#include <banli/supervision/complaint.hpp>
#include <banli/supervision/hit.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

/// Of the hits of one case; the person is who had to act, where one is known.
std::vector<score_record> records_of(const case_figures& c, std::span<const hit> hits);

/// case.overdue and case.over_statutory of every case that was late by `now`.
std::vector<score_record> late_records(std::span<const case_figures> cases, instant now);

/// Orders as they stand. One that was missed while the unit had to sign for it or to answer is the
/// unit's; any other miss is of the office that supervised it then.
std::vector<score_record> records_of(std::span<const supervision_order> orders);

/// Complaints as they stand at `now`, of each unit complained of; who was late is the unit it was
/// handed to, or else whom it is about. One that was declined was answered by that. Late is as
/// below, and the first answer counts, whatever was objected.
std::vector<score_record> records_of(std::span<const complaint> all, instant now);

/// Complaints known at `now`; one unanswered for a calendar month (the day of the same number, or
/// the last of the month) is late.
std::vector<score_record> records_of(std::span<const complaint_record> all, instant now);

/// disclosure.late for the lead unit of a column, for each time it was due and not kept by then:
/// dated by the day after, however late it was mended. So months add up to their year.
std::vector<score_record> records_of(const disclosure_report& report, const disclosure_book& book);

/// grade.dissatisfied of evaluations.
std::vector<score_record> records_of(std::span<const evaluation> all);

/// Counts of cases for the expressions of schemes, in [from, until): accepted, concluded, early,
/// on_time, overdue, refused, withdrawn, open; by department.
std::map<std::string, std::map<std::string, std::int64_t>>
counts_of(std::span<const case_figures> cases, day from, day until);

} // namespace banli
