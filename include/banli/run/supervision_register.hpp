// supervision_register.hpp — the registers of orders and of complaints, over a store.
//
// A register turns acts into events of a store and answers what stands in it:
//
//   order_register orders{*store, office, cn()};
//   auto s = orders.act(act_command({}, "initiate", at, monitor, fields));   // numbered
//   督-2026-001 orders.open(now);        // those that are not ended, the next due first
//   orders.overdue(now);     // those with a missed limit
//   climb(orders, now, who); // hands them to the office above
//
// An order is kept as the case "order/督-2026-001" of the item "@order", a complaint as
// "complaint/诉-2026-001" of "@complaint", beside the cases they are about and in a hash chain of
// their own: what a store proves of cases it proves of them, and history is restored likewise.
//
// A request that was done is not done again; whoever repeats it gets the record as it stands. Of
// two who act at once one is told (version_conflict).
//
// The hard case is a complaint that comes again. The register knows all of them, so that the entry
// of one names the last that it repeats; then somebody must coordinate before it is transferred.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/assessment/data_table.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/supervision/complaint.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

/// One record and its limits, the next to run out first.
template <class State>
struct register_entry {
  State state;
  std::vector<supervision_due> dues{};

  /// The limits that were missed.
  std::vector<supervision_due> missed(instant at) const {
    std::vector<supervision_due> out;
    for (const supervision_due& d : dues)
      if (d.missed(at)) out.push_back(d);
    return out;
  }
};

/// What records are counted by.
enum class register_key : std::uint8_t { phase, unit, month, kind, channel };
result<register_key> parse_register_key(std::string_view name);

/// How many of a kind there are, of those begun in a period.
struct register_count {
  std::string key;   ///< stable: "phone", "2026-03"
  std::string label; ///< 来电
  std::size_t total = 0;
  std::size_t open = 0;    ///< not ended
  std::size_t overdue = 0; ///< a limit is missed
  std::size_t late = 0;    ///< a limit was kept too late
  std::size_t faults = 0;  ///< a fault was found

  friend bool operator==(const register_count&, const register_count&) = default;
};

/// Counts as a table: key, label, total, open, overdue, late, faults.
data_table to_table(std::span<const register_count> counts);

/// The days from `from` until before `until` in which records were begun or received.
struct register_period {
  day from = first_day;
  day until = last_day;
};

template <class State>
class supervision_register {
 public:
  /// The store must live as long as the register.
  supervision_register(case_store& store, supervision_office office, workday_calendar calendar)
      : store_(&store), office_(std::move(office)), calendar_(std::move(calendar)) {}

  const supervision_office& office() const { return office_; }
  const workday_calendar& calendar() const { return calendar_; }

  /// Judges and keeps one act. Without a number it is a new record and gets the next one. Errors:
  /// those of decide() and of case_store::append().
  result<State> act(command c);

  /// A record as it stands, or stood after an instant. Errors: unknown_reference (no such record,
  /// or none yet then; did you mean), those of the store.
  result<State> show(const case_id& number, const std::optional<instant>& until = {}) const;

  /// Its events. Errors: likewise.
  result<std::vector<event>> history(const case_id& number) const;

  /// All records, by number, as they stood after an instant.
  result<std::vector<State>> list(const std::optional<instant>& until = {}) const;

  /// What is not ended at an instant; what is to be done next first. Errors: those of due_date().
  result<std::vector<register_entry<State>>> open(instant at) const;
  /// What has a missed limit at an instant, archiving included.
  result<std::vector<register_entry<State>>> overdue(instant at) const;

  /// Counts, by key. Errors: bad_value (orders have no channel), those of open().
  result<std::vector<register_count>> totals(register_key by, const register_period& during,
                                             instant at) const;

  /// The number a new record of a day gets.
  result<case_id> next_number(day d) const;

 private:
  case_store* store_;
  supervision_office office_;
  workday_calendar calendar_;
};

using order_register = supervision_register<supervision_order>;
using complaint_register = supervision_register<complaint>;
extern template class supervision_register<supervision_order>;
extern template class supervision_register<complaint>;

/// Makes every order climb whose limit was missed at an instant, as far as `who` is of the office
/// that supervises it or of the one above; those that did.
result<std::vector<supervision_order>> climb(order_register& orders, instant at,
                                             const person_id& who);

/// The name of who complained, for somebody who may see it. Where secrecy was asked for it is an
/// act with a reason that stays in the history. Errors: not_permitted, missing_reason, those of
/// act().
result<complaint> disclose(complaint_register& complaints, const case_id& number, instant at,
                           const person_id& who, const std::string& reason);

/// Everything that was found at fault in a period, by its instant.
result<std::vector<fault_finding>> findings(const order_register& orders,
                                            const register_period& during);
result<std::vector<fault_finding>> findings(const complaint_register& complaints,
                                            const register_period& during);

/// Which records of a store are read; all where it is empty.
using record_filter = std::function<bool(const stored_case&)>;

/// The orders and the complaints of a store, by number, as they stood after an instant; with all
/// the names they hold. Nothing else of the store is read. Errors: those of the store.
result<std::vector<supervision_order>> orders_in(const case_store& store,
                                                 const std::optional<instant>& until = {},
                                                 const record_filter& wanted = {});
result<std::vector<complaint>> complaints_in(const case_store& store,
                                             const std::optional<instant>& until = {});

/// A record as JSON in one line; a complaint as it is given: mask it first.
std::string to_json(const supervision_order& s, const workday_calendar& calendar);
std::string to_json(const complaint& s, const workday_calendar& calendar);

/// Records as CSV: one a line, under the headings of their sheets; cells that a spreadsheet takes
/// for formulas are guarded.
std::string to_csv(std::span<const record_sheet> sheets);

} // namespace banli
