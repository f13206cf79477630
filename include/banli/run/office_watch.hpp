// office_watch.hpp — rules over what no single case shows: units month by month, persons and their
// applicants (cross_case.hpp), orders that are owed or not closed, columns of a website
// (record_watch.hpp).
//
//   auto units = *watch_units(config, *store, w.hits(), rules, tonight);       // pack "unit-month"
//   auto above = *watch_orders(w.hits(), orders, rules, cn(), tonight);        // pack "orders"
//   auto site  = *watch_columns(config, to_day(2025y / 4 / 1), rules);         // pack "disclosure"
//
// A column is late from the day after its duty was due. What lacks in guides and which items nobody
// shows is known for the day that is asked about, and hits say so: they are raised on it.
#pragma once

#include <chrono>
#include <span>
#include <vector>

#include <banli/document/configuration.hpp>
#include <banli/library/disclosure.hpp>
#include <banli/run/store_watch.hpp>
#include <banli/supervision/cross_case.hpp>
#include <banli/supervision/record_watch.hpp>

namespace banli {

/// The columns of a report, each as a record; guides and items where they are asked for.
std::vector<watched_record> records_of(const disclosure_book& book, const disclosure_report& told,
                                       std::span<const incomplete_guide> guides = {},
                                       std::size_t undisclosed_items = 0);

/// What rules find in the columns of a configuration on a day. Errors: missing_field (no document
/// says from when duties run), those of report() and of watch_records().
result<std::vector<record_hit>> watch_columns(const configuration& config, day on,
                                              const rule_set& rules);

/// What rules find in hits and orders until an instant. Errors: as watch_records().
result<std::vector<record_hit>> watch_orders(std::span<const hit> hits,
                                             std::span<const supervision_order> orders,
                                             const rule_set& rules,
                                             const workday_calendar& calendar, instant until);

/// The months from one until before another, with the items that units have in force.
cross_case_span span_of(const configuration& config, std::chrono::year_month from,
                        std::chrono::year_month until);

/// What rules over many cases find in a store as it stood at an instant: in each month that was
/// over by then, from that of the first case on, and whenever something was added to a window.
/// Errors: as watched_cases() and watch_together().
result<std::vector<cross_case_hit>> watch_units(const configuration& config,
                                                const case_store& store, std::span<const hit> hits,
                                                const rule_set& rules, instant until);

/// A hit as JSON without blanks, in one line: rule, level, unit, person, applicant (masked),
/// raised, message, facts; empty ones are left out.
std::string to_json(const cross_case_hit& h);

/// A hit as JSON without blanks, in one line: rule, level, id, unit, raised, ended, message, facts.
std::string to_json(const record_hit& h);

} // namespace banli
