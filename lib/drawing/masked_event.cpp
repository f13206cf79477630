// Events with personal data masked, for whatever prints them.
#include <banli/drawing/masked_event.hpp>

#include <charconv>
#include <cmath>

#include <banli/base/mask.hpp>
#include <banli/flowchart/electronic_form.hpp>
#include <banli/time/text.hpp>

#include <drawing/dossier_text.hpp>
#include <engine/personal_members.hpp>

namespace banli {

namespace {

/// Whether a form value can name nobody: a number, a day or instant, a yes or no.
bool names_nobody(std::string_view value) {
  double number = 0;
  const char* const end = value.data() + value.size();
  const auto read = std::from_chars(value.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end) return std::isfinite(number); // Nan is a name
  return value.empty() || value == "true" || value == "false" || parse_day(value) ||
         parse_instant(value);
}

class event_mask {
 public:
  event_mask(std::span<const event> history, const flowchart* chart)
      : chart_(chart), whole_(history.empty() || history.front().number == 1) {
    for (const event& e : history)
      detail::each_personal_member(
          e.with, [&](const detail::personal_member& what, const std::string& value) {
            if (what.kind == personal_kind::name) names_.add(value);
          });
  }

  void mask(banli::details& d) const {
    detail::each_personal_member(d, [&](const detail::personal_member& what, std::string& value) {
      value = value_of(what.kind, value);
    });
    for (std::string* written :
         {&d.outcome, &d.reason, &d.opinion, &d.document, &d.authority, &d.late_reason})
      *written = text(*written);
    for (auto& [name, value] : d.facts) value = fact(name, value);
    for (auto& [rule, said] : d.flags) said = text(said);
    for (std::string& name : d.attachments) name = text(name);
    for (material_review& r : d.reviews) r.reason = text(r.reason);
  }

 private:
  std::string fact(std::string_view name, const std::string& value) const {
    if (chart_ != nullptr) return value_of(personal_of(*chart_, name), value);
    return names_nobody(value) ? mask_numbers_in(value) : mask_name(value);
  }

  std::string value_of(personal_kind kind, const std::string& value) const {
    return kind == personal_kind::none ? text(value) : masked(kind, value);
  }

  /// What somebody wrote.
  std::string text(const std::string& said) const {
    return whole_ ? names_.in(said) : mask_name(said);
  }

  const flowchart* chart_;
  bool whole_; ///< every name of the case is known
  detail::confidential names_;
};

} // namespace

std::vector<event> masked_events(std::span<const event> history, const flowchart* chart) {
  const event_mask mask{history, chart};
  std::vector<event> out{history.begin(), history.end()};
  for (event& e : out) mask.mask(e.with);
  return out;
}

} // namespace banli
