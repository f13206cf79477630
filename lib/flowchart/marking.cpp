#include <bit>

#include <banli/flowchart/flow_net.hpp>

namespace banli {

void marking::put(std::size_t place) {
  const std::uint64_t bit = std::uint64_t{1} << (place % 64);
  if (place < 64) {
    first_ |= bit;
    return;
  }
  const std::size_t word = place / 64 - 1;
  if (word >= rest_.size()) rest_.resize(word + 1);
  rest_[word] |= bit;
}

void marking::remove(std::size_t place) {
  const std::uint64_t bit = std::uint64_t{1} << (place % 64);
  if (place < 64) {
    first_ &= ~bit;
    return;
  }
  const std::size_t word = place / 64 - 1;
  if (word >= rest_.size()) return;
  rest_[word] &= ~bit;
  while (!rest_.empty() && rest_.back() == 0) rest_.pop_back();
}

std::size_t marking::tokens() const {
  int n = std::popcount(first_);
  for (const std::uint64_t word : rest_) n += std::popcount(word);
  return static_cast<std::size_t>(n);
}

std::vector<std::size_t> marking::places() const {
  std::vector<std::size_t> out;
  const auto add = [&](std::uint64_t word, std::size_t base) {
    for (; word != 0; word &= word - 1)
      out.push_back(base + static_cast<std::size_t>(std::countr_zero(word)));
  };
  add(first_, 0);
  for (std::size_t i = 0; i < rest_.size(); ++i) add(rest_[i], 64 * (i + 1));
  return out;
}

std::size_t marking_hash::operator()(const marking& m) const noexcept {
  const auto mix = [](std::uint64_t h, std::uint64_t word) { // splitmix64, a word at a time
    h = (h ^ word) + 0x9E3779B97F4A7C15U;
    h = (h ^ (h >> 30U)) * 0xBF58476D1CE4E5B9U;
    h = (h ^ (h >> 27U)) * 0x94D049BB133111EBU;
    return h ^ (h >> 31U);
  };
  std::uint64_t h = mix(0, m.first_);
  for (const std::uint64_t word : m.rest_) h = mix(h, word);
  return static_cast<std::size_t>(h);
}

} // namespace banli
