// The life cycle of a case, row for row: what the engine looks up (case_life_cycle.cpp) and what
// the machine of Boost.MSM is made of (case_machine.cpp).
#pragma once

#include <array>

#include <banli/engine/case_life_cycle.hpp>

namespace banli::detail {

inline constexpr auto case_rows = [] {
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
      {p::delivered, a::deem_renewal, p::delivered},
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

inline constexpr std::size_t case_phases = static_cast<std::size_t>(case_phase::concluded) + 1;
inline constexpr std::size_t case_actions = static_cast<std::size_t>(action::migrate) + 1;

} // namespace banli::detail
