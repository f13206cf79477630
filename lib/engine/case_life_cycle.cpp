#include <banli/engine/case_life_cycle.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace banli {

namespace {

using enum_index = std::size_t;
constexpr enum_index phases = static_cast<enum_index>(case_phase::concluded) + 1;
constexpr enum_index actions = static_cast<enum_index>(action::migrate) + 1;

constexpr auto life_cycle_rows = [] {
  using p = case_phase;
  using a = action;
  return std::to_array<case_transition>({
      {p::none, a::accept, p::running},
      {p::none, a::refuse, p::refused},
      {p::none, a::apply, p::applied},
      {p::refused, a::deliver, p::refused},
      {p::refused, a::notify, p::refused},
      {p::refused, a::attribute_fault, p::refused},
      {p::running, a::complete, p::running},
      {p::running, a::request_supplement, p::supplementing},
      {p::running, a::suspend, p::suspended},
      {p::running, a::send_back, p::running},
      {p::running, a::hand_over, p::running},
      {p::running, a::extend, p::running},
      {p::running, a::withdraw, p::withdrawn},
      {p::running, a::decide, p::decided},
      {p::running, a::deliver, p::delivered},
      {p::running, a::review_materials, p::running},
      {p::running, a::claim, p::running},
      {p::running, a::report_up, p::reported_up},
      {p::running, a::request_extension, p::running},
      {p::running, a::deny_extension, p::running},
      {p::running, a::conclude, p::concluded},
      {p::running, a::deem_consent, p::decided},
      {p::running, a::notify, p::running},
      {p::running, a::prioritise, p::running},
      {p::running, a::attribute_fault, p::running},
      {p::running, a::migrate, p::running},
      {p::supplementing, a::supplement, p::running},
      {p::supplementing, a::withdraw, p::withdrawn},
      {p::supplementing, a::conclude, p::concluded},
      {p::supplementing, a::notify, p::supplementing},
      {p::supplementing, a::prioritise, p::supplementing},
      {p::supplementing, a::attribute_fault, p::supplementing},
      {p::supplementing, a::migrate, p::supplementing},
      {p::suspended, a::resume, p::running},
      {p::suspended, a::withdraw, p::withdrawn},
      {p::suspended, a::conclude, p::concluded},
      {p::suspended, a::notify, p::suspended},
      {p::suspended, a::prioritise, p::suspended},
      {p::suspended, a::attribute_fault, p::suspended},
      {p::suspended, a::migrate, p::suspended},
      {p::decided, a::complete, p::decided},
      {p::decided, a::send_back, p::decided},
      {p::decided, a::hand_over, p::decided},
      {p::decided, a::withdraw, p::withdrawn},
      {p::decided, a::deliver, p::delivered},
      {p::decided, a::claim, p::decided},
      {p::decided, a::notify, p::decided},
      {p::decided, a::prioritise, p::decided},
      {p::decided, a::attribute_fault, p::decided},
      {p::decided, a::migrate, p::decided},
      {p::delivered, a::notify, p::delivered},
      {p::delivered, a::attribute_fault, p::delivered},
      {p::delivered, a::request_change, p::delivered},
      {p::delivered, a::answer_change, p::delivered},
      {p::withdrawn, a::notify, p::withdrawn},
      {p::withdrawn, a::attribute_fault, p::withdrawn},
      {p::applied, a::accept, p::running},
      {p::applied, a::refuse, p::refused},
      {p::applied, a::request_supplement, p::incomplete},
      {p::applied, a::withdraw, p::withdrawn},
      {p::applied, a::review_materials, p::applied},
      {p::applied, a::notify, p::applied},
      {p::applied, a::prioritise, p::applied},
      {p::applied, a::attribute_fault, p::applied},
      {p::incomplete, a::refuse, p::refused},
      {p::incomplete, a::supplement, p::applied},
      {p::incomplete, a::withdraw, p::withdrawn},
      {p::incomplete, a::notify, p::incomplete},
      {p::incomplete, a::prioritise, p::incomplete},
      {p::incomplete, a::attribute_fault, p::incomplete},
      {p::reported_up, a::extend, p::reported_up},
      {p::reported_up, a::withdraw, p::withdrawn},
      {p::reported_up, a::answer_above, p::running},
      {p::reported_up, a::request_extension, p::reported_up},
      {p::reported_up, a::deny_extension, p::reported_up},
      {p::reported_up, a::deem_consent, p::decided},
      {p::reported_up, a::notify, p::reported_up},
      {p::reported_up, a::prioritise, p::reported_up},
      {p::reported_up, a::attribute_fault, p::reported_up},
      {p::reported_up, a::migrate, p::reported_up},
      {p::concluded, a::notify, p::concluded},
      {p::concluded, a::attribute_fault, p::concluded},
  });
}();

/// A phase for every pair, or `phases` where a command is not taken.
constexpr auto next_phases = [] {
  std::array<std::array<std::uint8_t, actions>, phases> out{};
  for (auto& row : out) row.fill(static_cast<std::uint8_t>(phases));
  for (const case_transition& t : life_cycle_rows)
    out[static_cast<enum_index>(t.from)][static_cast<enum_index>(t.by)] =
        static_cast<std::uint8_t>(t.to);
  return out;
}();

static_assert(std::is_sorted(life_cycle_rows.begin(), life_cycle_rows.end(),
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

std::span<const case_transition> case_life_cycle() { return life_cycle_rows; }

std::optional<case_phase> phase_after(case_phase p, action a) {
  if (static_cast<enum_index>(a) >= actions) return std::nullopt; // no row knows it
  const std::uint8_t next = next_phases[static_cast<enum_index>(p)][static_cast<enum_index>(a)];
  if (next == phases) return std::nullopt;
  return static_cast<case_phase>(next);
}

bool allows(case_phase p, action a) { return phase_after(p, a).has_value(); }

bool allowed_when_closed(action a) {
  return a == action::notify || a == action::attribute_fault || a == action::request_change ||
         a == action::answer_change;
}

std::vector<action> allowed_actions(const case_state& s) {
  std::vector<action> out;
  for (const case_transition& t : life_cycle_rows)
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
