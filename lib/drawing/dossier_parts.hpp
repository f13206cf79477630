// dossier_parts.hpp — the sections of a dossier, each written by its own file.
#pragma once

#include <optional>
#include <string>

#include <banli/drawing/dossier.hpp>
#include <banli/engine/case_clocks.hpp>

#include <drawing/dossier_text.hpp>
#include <drawing/page.hpp>

namespace banli::detail {

/// The dossier being written, and the words for what is in it.
struct dossier_view {
  const dossier& d;
  const dossier_options& options;
  language in;
  std::optional<case_clocks> clocks; ///< absent for a case never accepted
  confidential secret;

  /// The instant at which limits are judged: the end of the case, or now.
  instant judged_at() const { return d.state.ended.value_or(d.as_of); }

  /// A person, masked, with the staff number: 李** (MZ02).
  std::string who(const person_id& id) const;
  /// What the chart calls a step.
  std::string step_name(const node_id& id) const;
  std::string post_name(const post_id& id) const;
  std::string department_name(const department_id& id) const;
  /// What somebody wrote, with personal data masked.
  std::string said(std::string_view words) const { return secret.in(words); }
  /// The sentence in the language of the page, or in the other where that one is empty.
  const std::string& either(const text& t) const {
    return t.in(in).empty() ? t.in(in == language::zh ? language::en : language::zh) : t.in(in);
  }
};

dossier_view view_of(const dossier& d, const dossier_options& options);

void write_limits(markup& m, const dossier_view& v); // dossier_limits.cpp
void write_steps(markup& m,
                 const dossier_view& v); // dossier_limits.cpp; a table in the section of the flow
void write_hits(markup& m, const dossier_view& v);   // dossier_hits.cpp
void write_flow(markup& m, const dossier_view& v);   // dossier_flow.cpp
void write_events(markup& m, const dossier_view& v); // dossier_events.cpp
/// Errors: those of explain().
result<void> write_days(markup& m, const dossier_view& v); // dossier_days.cpp

} // namespace banli::detail
