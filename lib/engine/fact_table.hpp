// The vocabulary of rules: one row a fact, with its path, its Chinese name, its type, what it means
// and how it is read. The environment, the reference and the reading all come from the table, so
// none of them can say something the others do not.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "limit_clock.hpp"
#include <banli/engine/case_facts.hpp>

namespace banli {

/// What the rows read from.
struct fact_source {
  const case_definition& definition;
  const case_state& state;
  const workday_calendar& calendar;
  const case_clocks* clocks;
  instant now;
  std::optional<std::size_t> turn;

  /// Time stands still for a closed case.
  instant case_now() const { return state.ended ? std::min(now, *state.ended) : now; }

  const step_record* step() const {
    return turn && *turn < state.steps.size() ? &state.steps[*turn] : nullptr;
  }
  const node* step_node() const {
    const step_record* r = step();
    return r != nullptr ? &definition.net.at(r->step) : nullptr;
  }

  std::optional<limit_clock> promised() const {
    if (clocks == nullptr) return std::nullopt;
    return limit_clock{clocks->promised, calendar, case_now(), state.ended.has_value()};
  }
  std::optional<limit_clock> statutory() const {
    if (clocks == nullptr || !clocks->statutory) return std::nullopt;
    return limit_clock{*clocks->statutory, calendar, case_now(), state.ended.has_value()};
  }
  std::optional<limit_clock> of_step() const {
    const step_record* r = step();
    if (clocks == nullptr || r == nullptr) return std::nullopt;
    for (const step_clock& c : clocks->steps)
      if (c.turn == *turn)
        return limit_clock{c.limit, calendar, r->ended ? std::min(now, *r->ended) : now,
                           r->ended.has_value()};
    return std::nullopt;
  }

  /// The calendar of the host, which outlives what is read.
  value shared_calendar() const {
    return value{std::shared_ptr<const workday_calendar>{std::shared_ptr<void>{}, &calendar}};
  }

  reading form_value(std::string_view name) const {
    const auto written = state.facts.find(std::string{name});
    if (written == state.facts.end()) return reading::missing();
    for (const form_fact& f : definition.item.facts)
      if (f.name == name) {
        auto v = parse_fact(f, written->second);
        return v ? reading::of(*std::move(v)) : reading::missing();
      }
    return reading::missing();
  }
};

/// The limit a fact speaks of.
using clock_of = std::optional<limit_clock> (fact_source::*)() const;

enum class fact_kind : std::uint8_t {
  boolean,
  integer,
  real,
  string,
  kind,
  phase,
  channel,
  result,
  calendar_day,
  moment,
  fault,
  stage
};

/// A fact is either a plain value of the state or an aspect of one of the limits.
struct fact_spec {
  fact_doc doc;
  fact_kind of;
  reading (*plain)(const fact_source&) = nullptr;
  clock_of clock = nullptr;
  limit_aspect aspect{};
  /// When a plain value that rises by time reaches another; see activation::reaches().
  std::optional<instant> (*reach)(const fact_source&, const value&) = nullptr;
};

/// What the life of a case makes known beyond its limits; part of the table.
std::vector<fact_spec> life_facts();

/// What supervision reads besides; of the case, the step and the item, in this order.
std::vector<fact_spec> watched_facts();

/// All facts: case, then step, then item. The position of a row is the slot of its field.
const std::vector<fact_spec>& fact_table();

} // namespace banli
