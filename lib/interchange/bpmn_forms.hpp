// Forms and assignee rules as elements of our namespace.
#pragma once

#include <string_view>
#include <vector>

#include <banli/flowchart/flowchart.hpp>

#include "interchange/xml_writer.hpp"

namespace banli::detail {

void write_bpmn_form(xml_writer& x, const form& f);
void write_bpmn_use(xml_writer& x, const form_use& u);
void write_bpmn_assignees(xml_writer& x, const assignee_rule& r);

/// Every text they write, which XML may not be able to hold.
std::vector<std::string_view> bpmn_texts(const form& f);
std::vector<std::string_view> bpmn_texts(const node& n);

} // namespace banli::detail
