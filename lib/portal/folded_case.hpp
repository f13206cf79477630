// What the views of cases share: their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>

namespace banli::detail {

/// The name of a department; of the item's where it is empty.
std::string department_of(const case_definition& d, const department_id& id);

/// 办件名称: as the application says, else the item's name.
std::string case_name(const case_definition& d, const case_state& s);

/// The same with the names of the people of the case, and long numbers, masked.
std::string masked_case_name(const case_definition& d, const case_state& s);

/// 准予, 不予许可, 不予受理, 撤回, 终止办理: how a case ended.
std::string_view outcome_state(const case_state& s);

/// A text without the names given, and without long numbers.
std::string without_names(std::string_view said, const std::vector<std::string>& names);

} // namespace banli::detail
