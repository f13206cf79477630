// What the check of forms and the questions about them share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flowchart/chart_graph.hpp"

namespace banli::detail {

/// Whether a list of fields has a field: by its id or as one of all.
bool names_field(const std::vector<std::string>& list, const std::string& field);

/// Whether a format is a regular expression, and whether a text matches it as a whole.
bool is_pattern(std::string_view format);
bool matches(std::string_view text, std::string_view format);

/// The faults of a chart's forms and of their use at its nodes.
problems check_forms(const flowchart& chart, const chart_links& links, const locator& where,
                     const flowchart_limits& limits);

} // namespace banli::detail
