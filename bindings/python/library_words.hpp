// library_words.hpp — roles, facts and numbers of entries as Python gives them.
#pragma once

#include <string>
#include <vector>

#include <banli/library/item_library.hpp>

#include "casters.hpp"
#include "options.hpp"

namespace banli::python {

using name_list = std::vector<std::string>;

template <class E>
std::string text_of_enum(E e) {
  return std::string{to_string(e)};
}

inline role_set roles_of(const name_list& roles) {
  role_set out;
  for (const std::string& r : roles) out = out.with(unwrap(parse_actor_role(r)));
  return out;
}

inline entry_number number_of(std::uint32_t n) { return static_cast<entry_number>(n); }
inline std::uint32_t number_in(entry_number n) { return static_cast<std::uint32_t>(n); }

} // namespace banli::python
