// What is wrong with the separations of duties of a chart.
#pragma once

#include <banli/flowchart/flowchart.hpp>

namespace banli::detail {

/// Codes: missing_field (a name), duplicate_id (a name, or a step within one), unknown_reference (a
/// step that is not there), bad_value (fewer than two duties, which nobody could hold together).
problems check_separations(const flowchart& chart, const locator& where,
                           const flowchart_limits& limits);

} // namespace banli::detail
