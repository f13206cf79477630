// The words of a decision table's choices, and its examples as text.
#include <banli/rules/decision_table.hpp>

#include <algorithm>
#include <array>

#include <banli/rules/table_analysis.hpp>

namespace banli {

namespace {

struct policy_words {
  std::string_view letter;
  std::string_view word;
};

constexpr auto policies = std::to_array<policy_words>({{"U", "unique"},
                                                       {"A", "any"},
                                                       {"P", "priority"},
                                                       {"F", "first"},
                                                       {"R", "rule order"},
                                                       {"O", "output order"},
                                                       {"C", "collect"},
                                                       {"C+", "sum"},
                                                       {"C<", "min"},
                                                       {"C>", "max"},
                                                       {"C#", "count"}});

constexpr auto types = std::to_array<std::string_view>(
    {"declared", "bool", "int", "uint", "double", "string", "timestamp", "duration"});

constexpr auto kinds = std::to_array<type_kind>(
    {type_kind::dyn, type_kind::boolean, type_kind::integer, type_kind::uinteger, type_kind::real,
     type_kind::string, type_kind::timestamp, type_kind::duration});

constexpr auto gap_words = std::to_array<std::string_view>({"refused", "allowed"});
constexpr auto decided_words = std::to_array<std::string_view>({"no", "yes", "undecided"});

} // namespace

std::string_view to_string(hit_policy p) { return policies[static_cast<std::size_t>(p)].letter; }
std::string_view label(hit_policy p) { return policies[static_cast<std::size_t>(p)].word; }

std::optional<hit_policy> parse_hit_policy(std::string_view word) {
  for (std::size_t i = 0; i < policies.size(); ++i)
    if (policies[i].letter == word || policies[i].word == word) return static_cast<hit_policy>(i);
  return std::nullopt;
}

std::string_view to_string(column_type t) { return types[static_cast<std::size_t>(t)]; }

std::optional<column_type> parse_column_type(std::string_view word) {
  const auto at = std::ranges::find(types, word);
  if (at == types.end()) return std::nullopt;
  return static_cast<column_type>(at - types.begin());
}

type_kind kind_of(column_type t) { return kinds[static_cast<std::size_t>(t)]; }

std::string_view to_string(table_gaps g) { return gap_words[static_cast<std::size_t>(g)]; }

std::string_view to_string(decided d) { return decided_words[static_cast<std::size_t>(d)]; }

std::string to_text(const table_point& p) {
  std::string out;
  for (const auto& [name, v] : p)
    out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", name, to_text(v));
  return out;
}

} // namespace banli
