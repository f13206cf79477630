// The words of the portal's enumerations, and reading them.
#pragma once

#include <string_view>
#include <vector>

#include <banli/base/nearest.hpp>
#include <banli/base/result.hpp>

namespace banli::detail {

/// The stable name of a value, and the office's word for it; position is the value.
struct portal_word {
  std::string_view name;
  std::string_view label;
};

/// The value that one of the words names. Errors: unknown_value, with did-you-mean. `what` is what
/// the words are words of, in English and in Chinese.
template <class E, class Words>
result<E> parse_word(const Words& words, std::string_view given, std::string_view what,
                     std::string_view what_zh) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (given == words[i].name || given == words[i].label) return static_cast<E>(i);
    known.push_back(words[i].name);
    if (!words[i].label.empty()) known.push_back(words[i].label);
  }
  return with_hint(make_error(errc::unknown_value, "there is no {0} '{2}'", "没有“{2}”这种{1}",
                              what, what_zh, given),
                   suggestion(given, known));
}

} // namespace banli::detail
