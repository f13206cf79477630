// office_watch.hpp — rules over what an office does besides its cases: orders it owes or has not
// closed, columns of its website (record_watch.hpp says how such rules are judged).
//
//   auto above = *watch_orders(w.hits(), orders, rules, cn(), tonight);        // pack "orders"
//   auto site  = *watch_columns(config, to_day(2025y / 4 / 1), rules);         // pack "disclosure"
//
// A column is late from the day after its duty was due. What lacks in guides and which items nobody
// shows is known for the day that is asked about, and hits say so: they are raised on it.
#pragma once

#include <span>
#include <vector>

#include <banli/document/configuration.hpp>
#include <banli/library/disclosure.hpp>
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

/// A hit as JSON without blanks, in one line: rule, level, id, unit, raised, ended, message, facts.
std::string to_json(const record_hit& h);

} // namespace banli
