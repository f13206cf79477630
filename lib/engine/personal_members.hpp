// Which members of an event are personal, whose, and of what kind: said once, for sealing, for
// masking and for their tests.
#pragma once

#include <string_view>

#include <banli/engine/event.hpp>
#include <banli/item/personal_data.hpp>

namespace banli::detail {

/// Of whom a personal value tells.
enum class whose : unsigned char { applicant, agent };

/// What a personal member of an event holds.
struct personal_member {
  whose owner{};
  std::string_view field;
  personal_kind kind = personal_kind::none; ///< none: free text in which a name may turn up
};

/// Calls f(what it is, member) for every personal member that is not empty. Form values and what
/// officials write are not among them: who knows the form says which are.
template <class Details, class F>
void each_personal_member(Details& d, F&& f) {
  const auto put = [&](whose owner, std::string_view field, personal_kind kind, auto& member) {
    if (!member.empty()) f(personal_member{owner, field, kind}, member);
  };
  put(whose::applicant, "applicant", personal_kind::name, d.applicant);
  if (!d.application) return;
  auto& a = *d.application;
  put(whose::applicant, "title", personal_kind::none, a.title);
  put(whose::applicant, "summary", personal_kind::none, a.summary);
  put(whose::agent, "agent", personal_kind::name, a.agent);
  put(whose::applicant, "contact", personal_kind::name, a.contact);
  put(whose::applicant, "phone", personal_kind::phone, a.phone);
  put(whose::applicant, "certificate_number", personal_kind::certificate, a.certificate_number);
  put(whose::agent, "agent_certificate_number", personal_kind::certificate,
      a.agent_certificate_number);
}

/// Calls f(owner, kind, number) for every certificate that an event says.
template <class F>
void each_identity(const banli::details& d, F&& f) {
  if (!d.application) return;
  const application& a = *d.application;
  if (!a.certificate_number.empty()) f(whose::applicant, a.certificate, a.certificate_number);
  if (!a.agent_certificate_number.empty())
    f(whose::agent, a.agent_certificate, a.agent_certificate_number);
}

} // namespace banli::detail
