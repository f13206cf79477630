// What the rules read of a case, as bytes: cases with equal bytes have equal verdicts.
//
// The bytes are fields one after another: what the limits run by, each plain fact of the case, and
// for every turn of a step the same again. Of a limit that is what its definition does not say: it
// needs not be counted for it. Limits in days see no hours, so their instants are put down as days;
// that is what makes cases of one day look alike.
#pragma once

#include <bitset>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <banli/engine/case_clocks.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/hit.hpp>

#include "watched_rules.hpp"

namespace banli::detail {

/// What the facts of a case are read from.
struct case_facts_of {
  const case_definition& definition;
  const case_state& state;
  const case_clocks* clocks;
  const workday_calendar& calendar;
  instant now;
};

struct profile_key {
  std::string bytes;
  std::vector<std::uint32_t> ends; ///< of each field

  std::string_view field(std::size_t i) const {
    const std::size_t from = i == 0 ? 0 : ends[i - 1];
    return std::string_view{bytes}.substr(from, ends[i] - from);
  }
};

/// Which fields rules read, and where they stand in a key.
class profile_fields {
 public:
  using mask = std::bitset<256>;

  explicit profile_fields(const watched_rules& rules);

  /// Makes the key of a state. `serial` is put down where cases cannot look alike. The clocks may
  /// be absent unless key_needs_clocks().
  void key_of(profile_key& out, std::uint32_t definition, const case_facts_of& of,
              std::uint64_t serial) const;

  /// What differs between two keys of one definition: bits of the case, and of one turn.
  mask changed(const profile_key& before, const profile_key& after) const;
  mask changed(const profile_key& before, const profile_key& after, std::size_t turn) const;
  /// What a rule reads, as bits.
  const mask& read_by(std::size_t rule) const { return reads_[rule]; }

  bool reads_flow() const { return flow_; }
  /// Whether some rule reads a limit, or what follows from one.
  bool needs_clocks() const { return clocks_ || step_clocks_ || key_needs_clocks(); }
  /// Whether some rule reads when a limit ends, and not only how far it is.
  bool key_needs_clocks() const { return dues_ || due_days_; }
  bool flow_read_by(std::size_t rule) const { return reads_[rule].test(flow_bit); }

 private:
  struct plain_field {
    std::uint32_t slot;
    std::string path;
  };
  void put_dues(std::string& out, const case_facts_of& of) const;
  void put_limits(std::string& out, const case_facts_of& of) const;
  void put_step_limit(std::string& out, const case_facts_of& of, const step_record& turn) const;

  /// Before the plain facts stand what the limits run by, the days excluded and the course.
  static constexpr std::size_t first_plain = 3;
  static constexpr std::size_t flow_bit = 255;
  static constexpr std::size_t clock_bit = 254;      ///< of the case
  static constexpr std::size_t step_clock_bit = 253; ///< of a turn

  void add_field(const environment& env, const std::string& path, std::size_t rule, bool judged);

  std::vector<plain_field> case_fields_;
  std::vector<plain_field> step_fields_;
  std::vector<std::string> activities_; ///< that rules count; empty: any
  std::vector<mask> reads_;             ///< by rule
  bool clocks_ = false;                 ///< some rule reads a limit of the case
  bool step_clocks_ = false;
  bool idle_ = false;     ///< some rule reads since when nothing happened
  bool dues_ = false;     ///< some rule reads whether somebody was late
  bool due_days_ = false; ///< some rule reads the day on which a limit ends
  bool steps_ = false;    ///< some rule is about steps
  bool flow_ = false;
};

} // namespace banli::detail
