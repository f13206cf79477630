#include "flowchart/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace banli::detail {
namespace {

constexpr std::size_t longest_word = 64; // code points; longer words are not worth guessing

std::u32string code_points(std::string_view s) {
  std::u32string out;
  for (const char c : s) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) out.push_back(0);
    if (!out.empty()) out.back() = (out.back() << 8U) | byte; // unique, which is all that is needed
  }
  return out;
}

std::size_t changes(const std::u32string& a, const std::u32string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

} // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
  const std::u32string wanted = code_points(word.substr(0, 4 * longest_word + 1));
  if (wanted.empty() || wanted.size() > longest_word) return std::nullopt;
  std::size_t best = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  std::optional<std::string> found;
  for (const std::string& candidate : candidates) {
    const std::u32string have = code_points(candidate.substr(0, 4 * longest_word + 1));
    if (have.empty() || have.size() >= wanted.size() + best || wanted.size() >= have.size() + best)
      continue;
    const std::size_t n = changes(wanted, have);
    if (n < best && n < std::max(wanted.size(), have.size())) {
      best = n;
      found = candidate;
    }
  }
  return found;
}

} // namespace banli::detail
