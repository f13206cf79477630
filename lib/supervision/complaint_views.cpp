// Complaints as others see them: without names, in their order, with what they repeat.
#include <banli/supervision/complaint.hpp>

#include <algorithm>
#include <tuple>

namespace banli {

namespace {

/// A text without a name in it.
void hide(std::string& in, std::string_view name, std::string_view by) {
  if (name.empty()) return;
  for (std::size_t at = 0; (at = in.find(name, at)) != std::string::npos; at += by.size())
    in.replace(at, name.size(), by);
}

constexpr std::string_view hidden_name(const complaint& s) {
  return s.confidential ? "(保密)" : "(实名)";
}

/// Calls f with every text that people wrote about a complaint.
template <class F>
void each_text(complaint& s, F f) {
  for (std::string* text : {&s.matter, &s.findings, &s.document, &s.answer, &s.finding.opinion,
                            &s.circular, &s.passed_down_by})
    f(*text);
  for (auto* notes : {&s.verified, &s.delays, &s.disclosures})
    for (complaint_note& n : *notes) f(n.words);
}

} // namespace

bool may_see_names(const complaint& s, const supervision_rights& rights) {
  if (rights.roles.has(supervision_role::name_keeper)) return true;
  return !s.confidential && rights.roles.has(supervision_role::complaint_clerk);
}

complaint masked(complaint s) {
  const std::string by{hidden_name(s)};
  each_text(s, [&](std::string& text) {
    hide(text, s.complainant, by);
    hide(text, s.contact, by);
  });
  if (!s.complainant.empty()) s.complainant = by;
  if (!s.contact.empty()) s.contact = by;
  return s;
}

std::vector<event> masked(const complaint& s, std::span<const event> history) {
  std::vector<event> out{history.begin(), history.end()};
  const std::string_view by = hidden_name(s);
  for (event& e : out) {
    hide(e.with.reason, s.complainant, by);
    hide(e.with.reason, s.contact, by);
    for (auto& [name, value] : e.with.facts) {
      hide(value, s.complainant, by);
      hide(value, s.contact, by);
    }
  }
  return out;
}

bool comes_before(const complaint& a, const complaint& b) {
  const auto rank = [](const complaint& s) {
    return std::tuple{-static_cast<int>(s.priority), s.anonymous() ? 1 : 0, s.received, s.id};
  };
  return rank(a) < rank(b);
}

std::vector<text> advice_on(const complaint& s) {
  std::vector<text> out;
  if (s.serious && s.made == complaint_form::oral)
    out.push_back({"a serious matter: ask for the complaint in writing",
                   "涉及重大事项,建议投诉人采用书面形式"});
  if (s.priority == complaint_priority::emergency && !s.reported_up)
    out.push_back(
        {"an emergency: handle it at once and report it up", "突发事件,应即时处理并上报"});
  if (!s.passed_down_by.empty() && !s.reported_up)
    out.push_back({"passed down: its result must be reported up", "上级交办件,应上报处理结果"});
  if (needs_lead(s) && s.lead.empty())
    out.push_back({"several units, or complained of before: settle who coordinates",
                   "反复投诉或涉及多部门,应确定牵头单位"});
  if (s.fault && s.circular.empty())
    out.push_back({"a fault was found: circulate it", "查实的投诉,应予通报"});
  return out;
}

std::vector<case_id> repeated_by(const complaint& s, std::span<const complaint> others,
                                 int within) {
  const auto share_unit = [&](const complaint& o) {
    return std::ranges::any_of(
        o.units, [&](const department_id& unit) { return std::ranges::count(s.units, unit) > 0; });
  };
  const auto same_person = [&](const complaint& o) {
    return (!s.complainant.empty() && s.complainant == o.complainant) ||
           (!s.contact.empty() && s.contact == o.contact);
  };
  const auto same_matter = [&](const complaint& o) {
    if (!s.of.empty() && s.of == o.of) return true;
    return same_person(o) && share_unit(o) && (s.item.empty() || s.item == o.item);
  };
  std::vector<case_id> out;
  for (const complaint& o : others)
    if (o.id != s.id && o.phase != complaint_phase::none && o.received <= s.received &&
        day_of(s.received) - day_of(o.received) <= days{within} && same_matter(o))
      out.push_back(o.id);
  return out;
}

bool needs_lead(const complaint& s) { return s.units.size() > 1 || !s.repeats.empty(); }

std::optional<fault_finding> finding_of(const complaint& s) {
  return s.fault ? std::optional{s.finding} : std::nullopt;
}

} // namespace banli
