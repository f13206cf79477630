// nearest.hpp — "did you mean": the known name closest to a mistyped one.
//
// Every layer that reads names from people needs it, which is why it stands in the base.
//
//   nearest("conclued", {"open", "concluded"})     // "concluded"
//   nearest("初省", {"初审", "终审"})                // "初审": characters are compared, not bytes
//   nearest("xyz", {"open", "concluded"})          // nothing: too far away to be helpful
//
// Distance counts inserted, dropped, changed and swapped characters (Damerau 1964, restricted
// form). A name is near when at most a third of the longer name differs, and always when one
// character does. Of equally near names the first wins, so the answer does not depend on hashing.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <banli/base/result.hpp>
#include <banli/base/utf8.hpp>

namespace banli {

namespace detail {

/// The characters of UTF-8 text, each as its bytes; text that is no UTF-8 is taken byte by byte.
inline std::vector<std::string_view> characters(std::string_view s) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < s.size();) {
    const std::size_t n = decode_any(s, i).size;
    out.push_back(s.substr(i, n));
    i += n;
  }
  return out;
}

inline std::size_t edit_distance(const std::vector<std::string_view>& a,
                                 const std::vector<std::string_view>& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

} // namespace detail

/// The known name nearest to a given one, if any is near. Names longer than 100 characters are not
/// compared. `known` is any range of things that convert to std::string_view; the answer points
/// into it.
template <class Range>
std::optional<std::string_view> nearest(std::string_view given, const Range& known) {
  const auto wanted = detail::characters(given);
  std::optional<std::string_view> best;
  std::size_t best_distance = 0;
  for (const auto& k : known) {
    const std::string_view name = k;
    const auto have = detail::characters(name);
    const std::size_t longer = std::max(wanted.size(), have.size());
    if (longer > 100) continue;
    const std::size_t distance = detail::edit_distance(wanted, have);
    if (distance > std::max<std::size_t>(1, longer / 3) || distance >= longer) continue;
    if (!best || distance < best_distance) {
      best = name;
      best_distance = distance;
    }
  }
  return best;
}

/// A sentence that ends a message: "; did you mean 'x'?", or nothing.
template <class Range>
text suggestion(std::string_view given, const Range& known) {
  const auto near = nearest(given, known);
  if (!near) return {};
  return {fmt::format("; did you mean '{}'?", *near), fmt::format(";是否想写“{}”?", *near)};
}

/// Adds a suggestion to the message of an error.
inline error with_hint(error e, const text& hint) {
  e.message.en += hint.en;
  e.message.zh += hint.zh;
  return e;
}

} // namespace banli
