#include <banli/engine/case_life_cycle.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "case_rows.hpp"

namespace banli {

namespace {

using enum_index = std::size_t;
using detail::case_rows;
constexpr enum_index phases = detail::case_phases;
constexpr enum_index actions = detail::case_actions;

/// A phase for every pair, or `phases` where a command is not taken.
constexpr auto next_phases = [] {
  std::array<std::array<std::uint8_t, actions>, phases> out{};
  for (auto& row : out) row.fill(static_cast<std::uint8_t>(phases));
  for (const case_transition& t : case_rows)
    out[static_cast<enum_index>(t.from)][static_cast<enum_index>(t.by)] =
        static_cast<std::uint8_t>(t.to);
  return out;
}();

static_assert(std::is_sorted(case_rows.begin(), case_rows.end(),
                             [](const case_transition& x, const case_transition& y) {
                               return x.from < y.from || (x.from == y.from && x.by < y.by);
                             }));

std::string said(case_phase p, language in) {
  return in == language::zh ? std::string{label(p)} : std::string{to_string(p)};
}

std::string said(action a, language in) {
  return in == language::zh ? std::string{label(a)} : std::string{to_string(a)};
}

} // namespace

std::span<const case_transition> case_life_cycle() { return case_rows; }

std::optional<case_phase> phase_after(case_phase p, action a) {
  if (static_cast<enum_index>(a) >= actions) return std::nullopt; // no row knows it
  const std::uint8_t next = next_phases[static_cast<enum_index>(p)][static_cast<enum_index>(a)];
  if (next == phases) return std::nullopt;
  return static_cast<case_phase>(next);
}

bool allows(case_phase p, action a) { return phase_after(p, a).has_value(); }

bool allowed_when_closed(action a) {
  return a == action::notify || a == action::attribute_fault || a == action::request_change ||
         a == action::answer_change || a == action::deem_renewal;
}

std::vector<action> allowed_actions(const case_state& s) {
  std::vector<action> out;
  for (const case_transition& t : case_rows)
    if (t.from == s.phase && (!s.ended || allowed_when_closed(t.by))) out.push_back(t.by);
  return out;
}

std::string to_markdown(std::span<const case_transition> rows, language in) {
  std::set<action> moving;
  for (const case_transition& t : rows)
    if (t.from != t.to) moving.insert(t.by);
  std::string out = in == language::zh ? "| 状态 |" : "| phase |";
  std::string rule = "|---|";
  for (const action a : moving) {
    out += fmt::format(" {} |", said(a, in));
    rule += "---|";
  }
  out += (in == language::zh ? " 不改变状态 |\n" : " stays as it is |\n") + rule + "---|\n";
  for (enum_index i = 0; i < phases; ++i) {
    const auto p = static_cast<case_phase>(i);
    out += fmt::format("| {} |", said(p, in));
    const auto row_of = [&](action a) {
      return std::find_if(rows.begin(), rows.end(),
                          [&](const case_transition& t) { return t.from == p && t.by == a; });
    };
    for (const action a : moving) {
      const auto row = row_of(a);
      out += row == rows.end() || row->to == p ? " |" : fmt::format(" {} |", said(row->to, in));
    }
    std::string staying;
    for (const case_transition& t : rows)
      if (t.from == p && t.to == p)
        staying += (staying.empty() ? " " : in == language::zh ? "、" : ", ") + said(t.by, in);
    out += staying + " |\n";
  }
  return out;
}

} // namespace banli
