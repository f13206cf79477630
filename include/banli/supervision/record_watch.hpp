// record_watch.hpp — rules over records that are no cases: alarms and the orders they are owed
// (层级监察), columns of a website and when they were kept up to date (政务公开监察).
//
// They are the same documents as other rules and read other words. A record says what is known of
// it, and which counts move by themselves:
//
//   hit.level == "alarm" && hit.unanswered_workdays > params.workdays     B001 未及时发起督办
//   order.open_workdays > params.workdays                                 B002 未及时办结督办
//   column.late_days > params.days                                        G-LATE 逾期未更新
//
//   watched_record r = record_of(alarm);            // or an order; a column: run/office_watch.hpp
//   auto hits = watch_records({{r}}, rules, cn(), tonight);
//   hits->front().raised                            // when the sixth working day began
//
// What such a rule finds is a matter of the office one level up: whoever was to issue the order is
// who is late. A record ends with `ended`; from then on nothing moves. The hard case is an alarm
// that was put right before an order was due: its count stands still, and nobody is owed an order.
//
// Sources: requirements I03, I11; the provincial rule book, B001 and B002 (层级监察).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/expression/environment.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/hit.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

/// Days counted from a day on: 0 on that day, 1 on the next (working) day.
struct record_count {
  std::string path;
  day from{};
  bool workdays = false;

  friend bool operator==(const record_count&, const record_count&) = default;
};

/// Something that rules may speak of, from `begun` until it ended.
struct watched_record {
  std::string id;   ///< number of a case or an order, path of a column
  std::string unit; ///< whose it is; may be empty
  instant begun{};
  std::optional<instant> ended{};
  std::vector<std::pair<std::string, value>> facts{};
  std::vector<record_count> counts{};
};

struct record_hit {
  rule_id rule;
  banli::level level{};
  std::string id;
  std::string unit;
  instant raised{};
  std::optional<instant> ended{}; ///< the condition is no longer true, or the record has ended
  rule_id superseded_by{};        ///< a louder rule took its place at `ended`
  text message;
  std::vector<hit_fact> facts; ///< as they were when it was raised

  friend bool operator==(const record_hit&, const record_hit&) = default;
};

/// The words of such rules: hit.*, order.*, column.*.
environment record_environment();

/// An alarm or a warning that waits for an order; from when it was raised until it ended.
watched_record record_of(const hit& h);
/// An order, from its hit (or its initiation) until it is closed.
watched_record record_of(const supervision_order& o);

/// What the rules find until an instant, that instant included; by instant, rule and record. A rule
/// is judged for the records that have every record it speaks of. Errors: limit_exceeded for a
/// record that would be looked at more than 10,000 times; out_of_range where a count leaves the
/// calendar; unknown_field for rules in other words.
result<std::vector<record_hit>> watch_records(std::span<const watched_record> records,
                                              const rule_set& rules,
                                              const workday_calendar& calendar, instant until);

} // namespace banli
