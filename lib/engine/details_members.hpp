// The texts among details, by the names that stored events and logs use for them: written once, so
// that a member added to details cannot be stored and not read back.
#pragma once

#include <banli/engine/event.hpp>

namespace banli::detail {

/// Calls f(name, member) for every member that is text or an identifier, in canonical order. What
/// else there is (channel, result, received, limit, facts ...) comes after them.
template <class Details, class F>
void each_text(Details& d, F&& f) {
  f("item", d.item);
  f("step", d.step);
  f("to_step", d.to_step);
  f("arrow", d.arrow);
  f("outcome", d.outcome);
  f("kind", d.kind);
  f("reason", d.reason);
  f("opinion", d.opinion);
  f("document", d.document);
  f("authority", d.authority);
  f("applicant", d.applicant);
  f("to_person", d.to_person);
  f("recipient", d.recipient);
  f("late_reason", d.late_reason);
  f("on_behalf", d.on_behalf);
  f("definition", d.definition);
  f("definition_before", d.definition_before);
}

/// The same for the texts of an application.
template <class Application, class F>
void each_application_text(Application& a, F&& f) {
  f("number", a.number);
  f("title", a.title);
  f("summary", a.summary);
  f("agent", a.agent);
  f("contact", a.contact);
  f("phone", a.phone);
  f("certificate", a.certificate);
  f("certificate_number", a.certificate_number);
  f("window", a.window);
  f("agent_certificate", a.agent_certificate);
  f("agent_certificate_number", a.agent_certificate_number);
}

/// The text of a member, whether it is text or an identifier.
inline std::string_view text_of(const std::string& s) { return s; }
template <class Tag>
std::string_view text_of(const strong_id<Tag>& id) {
  return id.text();
}

inline void assign(std::string& s, std::string_view value) { s = value; }
template <class Tag>
void assign(strong_id<Tag>& id, std::string_view value) {
  id = strong_id<Tag>{value};
}

} // namespace banli::detail
