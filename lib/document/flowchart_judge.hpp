// What is to be said of a flowchart, whatever it was read from.
#pragma once

#include <banli/document/flowchart_file.hpp>

namespace banli::detail {

/// Everything that check() and the proof say of f.chart; fills net, proved, proof and unfit.
problems judge(flowchart_file& f, const locator& where, const flowchart_file_limits& limits);

} // namespace banli::detail
