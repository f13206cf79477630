// process_log.hpp — cases as the tools of process mining read them: XES and OCEL 2.0.
//
//   process_log log{process_form::xes, {}};
//   log.add({.id = c.id, .item = c.item, .events = *store->load(c.id)});     // for every case
//   std::string text = std::move(log).take();
//
// XES (IEEE 1849-2016): a trace a case, an event an event. What other tools look at are the
// standard's own attributes: concept:name is the step for a step that was done and the name of the
// event otherwise (受理 would be a step, "accepted" an event), time:timestamp, org:resource,
// lifecycle:transition (always complete). What only banli reads again has plain names: number,
// request, event, outcome, result … The document is one of the standard's schema, whose keys are
// XML names: what a name cannot hold is written as "_", so that the field 金额（元） is
// fact:金额_元_, and what would be one key twice in an event gets a number (_2).
//
// OCEL 2.0 (JSON): events have the same activities as types, and are related to objects of three
// types: the case, its item, and the person who acted (one it was handed to as "receiver").
//
// Instants here are civil times of the office wall, and both forms want a distance from UTC; it is
// +08:00 unless said otherwise.
//
// The hard case is personal data. What people wrote (reasons, opinions, documents, form values) and
// who applied stay at home unless everything is asked for.
//
// Sources: IEEE 1849-2016, 4 and 7; OCEL 2.0 specification, 5 (JSON).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/engine/event.hpp>

namespace banli {

enum class process_form : std::uint8_t { xes, ocel };

/// What of an event is told.
enum class told_details : std::uint8_t {
  process,    ///< which step, which way, which result
  everything, ///< also what people wrote, and the applicant
};

struct process_log_options {
  told_details details = told_details::process;
  std::string offset = "+08:00"; ///< of the office from UTC: Z, or +hh:mm
  std::string name{};            ///< of the log
};

/// One case to be told.
struct told_case {
  case_id id;
  item_id item;
  std::span<const event> events;
};

class process_log {
 public:
  process_log(process_form form, process_log_options options);
  ~process_log();
  process_log(process_log&&) noexcept;
  process_log& operator=(process_log&&) noexcept;

  /// Cases come in any order, each once.
  void add(const told_case& c);

  /// The whole text.
  std::string take() &&;

  struct impl;

 private:
  std::unique_ptr<impl> impl_;
};

/// Whether an offset is one: Z, or + or - and hh:mm up to 14:00. Errors: bad_value.
result<void> check_offset(const std::string& offset);

} // namespace banli
