// calls.hpp — what a call gives, by the types of its operands.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/environment.hpp>
#include <banli/expression/type.hpp>

#include "function_table.hpp"

namespace banli::detail::cel {

/// The overloads of a name.
std::vector<const overload*> overloads_named(std::string_view name, call_form form);

/// Whether any function is in a namespace: math of math.abs.
bool is_function_space(std::string_view space);

/// What a call of one of these overloads gives; none when none takes the operands.
std::optional<type> call_type(std::span<const overload* const> among,
                              std::span<const type> operands);

/// "f() does not work on (int, string); there is …".
error no_such_call(std::string_view name, std::span<const overload* const> among,
                   std::span<const type> operands);

error no_such_call(std::string_view name,
                   std::span<const std::shared_ptr<const host_function>> among,
                   std::span<const type> operands);

/// Nothing of that form has the name.
error no_such_function(std::string_view name, call_form form);

} // namespace banli::detail::cel
