// supervision_words.hpp — names and labels of the enumerations of this layer, and reading them.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include <banli/base/nearest.hpp>
#include <banli/base/result.hpp>

namespace banli::detail {

struct supervision_word {
  std::string_view name;
  std::string_view label;
};

/// The value, from 0 on, whose stable name or office's word a text is.
template <class E, std::size_t N>
result<E> parse_supervision_word(std::string_view name, const std::array<supervision_word, N>& all,
                                 const char* en, const char* zh) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < N; ++i) {
    if (name == all[i].name || name == all[i].label) return static_cast<E>(i);
    known.push_back(all[i].name);
    known.push_back(all[i].label);
  }
  return with_hint(make_error(errc::unknown_value, "'{0}' is no {1}", "“{0}”不是{2}",
                              name.substr(0, 60), en, zh),
                   suggestion(name, known));
}

} // namespace banli::detail
