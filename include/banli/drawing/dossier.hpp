// dossier.hpp — one case on one page: everything that happened, and why it counts as it does.
//
// The page (办件档案) holds the item and its limits, the flowchart with the path taken, the strip
// calendar of the promised and the statutory limit, every event, and every supervision hit with the
// facts behind it. It is one HTML file: no script is needed, nothing is fetched, it prints well.
//
// Personal data are masked (王某某 -> 王**); the case file itself is elsewhere.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/engine/event.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/hit.hpp>

namespace banli {

/// What a dossier is made of. References: all must outlive the call.
struct dossier {
  const case_definition& definition;
  const case_state& state;
  std::span<const event> history;
  std::span<const hit> hits;
  const rule_set* rules = nullptr;      ///< for the names and legal bases of the rules
  const workday_calendar& calendar;
  const flowchart_layout& layout;       ///< of the item's chart, laid out once for all its cases
  instant as_of{};                      ///< what "today" is on the page
};

struct dossier_options {
  language in = language::zh;
  std::string back_link{}; ///< address of the overview, or empty
};

/// The page as HTML. Errors: those of explain().
result<std::string> dossier_html(const dossier& d, const dossier_options& options = {});

/// Text for HTML, with & < > " ' escaped.
std::string html_escape(std::string_view s);

/// A name or number for showing: the first character stays, 王某某 -> 王**.
std::string masked(std::string_view personal);

} // namespace banli
