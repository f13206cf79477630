// Which members of an event are personal, and whose: said once, for sealing and for masking tests.
#pragma once

#include <string_view>

#include <fmt/format.h>

#include <banli/storage/sealing_store.hpp>

namespace banli::detail {

/// Whose key seals a value.
enum class whose : unsigned char { applicant, agent };

/// Calls f(owner, field, member) for every personal member that is not empty; form values, and what
/// people wrote, as the rules say.
template <class Details, class F>
void each_personal(Details& d, const sealing_rules& rules, F&& f) {
  const auto put = [&](whose owner, std::string_view field, auto& member) {
    if (!member.empty()) f(owner, field, member);
  };
  put(whose::applicant, "applicant", d.applicant);
  if (d.application) {
    auto& a = *d.application;
    put(whose::applicant, "title", a.title); // names turn up in both
    put(whose::applicant, "summary", a.summary);
    put(whose::agent, "agent", a.agent);
    put(whose::applicant, "contact", a.contact);
    put(whose::applicant, "phone", a.phone);
    put(whose::applicant, "certificate_number", a.certificate_number);
    put(whose::agent, "agent_certificate_number", a.agent_certificate_number);
  }
  if (rules.written == sealed_texts::all) {
    put(whose::applicant, "reason", d.reason);
    put(whose::applicant, "opinion", d.opinion);
  }
  for (auto& [name, value] : d.facts)
    if (rules.facts.contains(name)) put(whose::applicant, fmt::format("facts/{}", name), value);
}

/// Calls f(owner, kind, number) for every certificate that an event says.
template <class F>
void each_identity(const details& d, F&& f) {
  if (!d.application) return;
  const application& a = *d.application;
  if (!a.certificate_number.empty()) f(whose::applicant, a.certificate, a.certificate_number);
  if (!a.agent_certificate_number.empty())
    f(whose::agent, a.agent_certificate, a.agent_certificate_number);
}

} // namespace banli::detail
