// dossier.hpp — one case on one page: everything that happened, and why it counts as it does.
//
// The page (办件档案) answers what a reader asks, in this order: whose case is it and how does it
// stand; how much of each limit is used; what did supervision find, and on which facts; which way
// did it take through the flowchart; which days were counted, and why the others were not; what
// happened, line by line.
//
//   auto page = dossier_html({.definition = d, .state = s, .history = events, .hits = hits,
//                             .rules = &rules, .calendar = cal, .layout = layout, .as_of = t});
//
// It is one HTML file that is well-formed XML too: no script is in it, nothing is fetched (its
// content security policy forbids both), it prints well and reads on a telephone.
//
// The hard case is what people write. Whatever stands in a reason, an opinion or a name is escaped;
// control characters, broken UTF-8 and the marks that turn the direction of writing become U+FFFD.
// Personal data are masked (王某某 -> 王**), also where the applicant's or a handler's name turns
// up in free text, and so are numbers of eleven digits and more. The case file itself is elsewhere.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

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
  const case_state& state;        ///< the fold of the whole history
  std::span<const event> history; ///< from the first event on
  std::span<const hit> hits;
  const rule_set* rules = nullptr; ///< for the names and legal bases of the rules
  const workday_calendar& calendar;
  const flowchart_layout& layout; ///< of the item's chart, laid out once for all its cases
  instant as_of{};                ///< what "today" is on the page
};

struct dossier_options {
  language in = language::zh;
  std::string back_link{};    ///< address of the overview, or empty
  std::size_t events = 5'000; ///< more are left out, and the page says so
  std::size_t hits = 1'000;   ///< of one case; more are left out, and the page says so
  std::size_t days = 3'000;   ///< of one calendar
};

/// The page as HTML. Errors: those of clocks() and explain().
result<std::string> dossier_html(const dossier& d, const dossier_options& options = {});

/// Text for HTML and XML, in elements and in quoted attributes: & < > " ' are escaped; what is no
/// character of a page (control characters but tab and line feed, broken UTF-8, marks that turn the
/// direction of writing) becomes U+FFFD.
std::string html_escape(std::string_view s);

/// A name or number for showing: the first character stays, the others become at most 20 stars, at
/// least one. 王某某 -> 王**
std::string masked(std::string_view personal);

} // namespace banli
