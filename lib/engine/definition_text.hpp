// The canonical text of a definition, which its hash covers: every member of the item and of the
// chart, in order, each with its length, so that no two different definitions have the same text.
#pragma once

#include <string>

#include <banli/flowchart/flowchart.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

std::string definition_text(const service_item& item, const flowchart& chart);

} // namespace banli
