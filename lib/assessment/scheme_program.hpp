// scheme_program.hpp — a scheme ready to score: its tree by position, its expressions compiled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/assessment/scoring_scheme.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

struct compiled_scheme::parts {
  scoring_scheme definition;
  std::size_t total = 0;                         ///< the indicator that is of nothing
  std::vector<std::vector<std::size_t>> below;   ///< by indicator: its parts
  std::vector<std::vector<std::size_t>> changes; ///< by indicator: its adjustments
  std::vector<std::optional<program>> values;    ///< by indicator
  std::vector<std::optional<program>> factors;   ///< by indicator
  std::vector<std::optional<program>> amounts;   ///< by adjustment: its value
  std::vector<std::optional<program>> whens;     ///< by adjustment
  std::vector<std::optional<program>> veto_whens;
};

namespace detail {

/// Digits behind the point of what is rounded within a score.
inline constexpr std::uint8_t inner_places = 4;

/// What `when` may read: record.kind, record.rule, record.amount, record.note.
environment record_words();

} // namespace detail

} // namespace banli
