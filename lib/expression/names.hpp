// names.hpp — finding the variable that a name means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <banli/expression/environment.hpp>

namespace banli::detail::cel {

/// A declared variable; `of` is null when there is none.
struct found_variable {
  std::string name;
  const type* of = nullptr;
};

/// The variable called by these segments (["a", "b"] is a.b), in the container first, by its name
/// before by a label.
found_variable find_variable(const environment& env, const std::vector<std::string>& segments,
                             bool rooted);

/// The name of a type that an expression may use as a value; empty when it is none.
std::string_view type_value(std::string_view name);

} // namespace banli::detail::cel
