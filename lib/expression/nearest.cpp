#include "nearest.hpp"

#include <algorithm>

#include "text.hpp"

namespace banli::detail::cel {

namespace {

std::u32string points(std::string_view s) {
  std::u32string out;
  for (std::size_t at = 0; at < s.size();) {
    const decoded d = decode(s, at);
    out += d.point >= U'A' && d.point <= U'Z' ? d.point + 32 : d.point;
    at += std::max<std::size_t>(d.size, 1);
  }
  return out;
}

std::size_t distance(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] =
          std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

} // namespace

std::string_view nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::u32string wanted = points(word.substr(0, 100));
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::string_view found;
  for (const std::string& c : candidates) {
    if (c.size() > 200) continue;
    const std::size_t d = distance(wanted, points(c));
    if (d < best) {
      best = d;
      found = c;
    }
  }
  return found;
}

} // namespace banli::detail::cel
