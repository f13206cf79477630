#include "folded_case.hpp"

#include <banli/portal/repository_records.hpp>

#include <drawing/dossier_text.hpp>

namespace banli::detail {

std::string department_of(const case_definition& d, const department_id& id) {
  const department_id& wanted = id.empty() ? d.item.department : id;
  const department* found = d.people ? find(*d.people, wanted) : nullptr;
  return found != nullptr && !found->name.empty() ? found->name : wanted.text();
}

std::string case_name(const case_definition& d, const case_state& s) {
  return s.application.title.empty() ? d.item.name : s.application.title;
}

std::string masked_case_name(const case_definition& d, const case_state& s) {
  return without_names(case_name(d, s), {s.applicant, s.application.agent, s.application.contact});
}

std::string_view outcome_state(const case_state& s) {
  switch (s.phase) {
  case case_phase::refused: return outcome_states[2];
  case case_phase::withdrawn: return outcome_states[3];
  case case_phase::concluded: return outcome_states[4];
  default: return s.result == case_result::refused ? outcome_states[1] : outcome_states[0];
  }
}

std::string without_names(std::string_view said, const std::vector<std::string>& names) {
  confidential secret;
  for (const std::string& n : names) secret.add(n);
  return secret.in(said);
}

} // namespace banli::detail
