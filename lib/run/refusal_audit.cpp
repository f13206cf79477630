#include "refusal_audit.hpp"

#include <banli/engine/authority.hpp>

namespace banli::detail {

audit_entry audit_of(const command& c, const error& why, std::string rule) {
  audit_entry e;
  e.at = c.at;
  e.actor = c.actor;
  e.on_behalf = c.with.on_behalf;
  e.id = c.id;
  e.request = c.request;
  e.what = to_string(c.what);
  e.step = c.with.step;
  e.code = to_string(why.code);
  e.rule = std::move(rule);
  e.why = why.message;
  return e;
}

std::string ground_of(const case_definition& d, const case_state& s, const workday_calendar& cal,
                      const command& c, const error& why) {
  if (why.code != errc::not_authorised) return {};
  const auto told = [](const auto& ground) {
    return ground.name.empty() ? std::string{to_string(ground.rule)}
                               : fmt::format("{}: {}", to_string(ground.rule), ground.name);
  };
  const act_question what{c.what, is_on_a_step(c.what) ? c.with.step : node_id{}, c.at};
  const permission p = may(d, s, cal, what, c.actor, c.with.on_behalf);
  if (!p.granted()) return told(p);
  if (c.what != action::hand_over) return {};
  const auto bar = barred(d, s, {action::complete, c.with.step, c.at}, c.with.to_person);
  return bar ? fmt::format("{}: {}", to_string(bar->rule), bar->name) : std::string{};
}

} // namespace banli::detail
