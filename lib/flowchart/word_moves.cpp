#include "flowchart/word_moves.hpp"

#include <algorithm>
#include <array>

namespace banli::detail {
namespace {

// Arrows walked in one go: the branches of one decision, which are bits of a word of 32, and one
// out of each join that opens; a place receives no second token in a move, so that each of 64 opens
// one join at most.
constexpr std::size_t most_walked = 32 + 64;

std::uint64_t bit(place_index p) { return std::uint64_t{1} << p; }

} // namespace

word_moves::word_moves(const flow_tables& t) {
  const auto join_at = [&](std::uint32_t n) {
    waiting out{0, number(t.out(n).front())};
    for (const std::uint32_t a : t.in[n]) out.awaits |= bit(t.place_of_arrow[a]);
    return out;
  };
  along_.resize(t.chart.arrows.size());
  for (std::uint32_t a = 0; a < along_.size(); ++a) {
    along& way = along_[a];
    const place_index left = t.place_of_node[t.from[a]];
    way.leaves = left == none ? 0 : bit(left);
    way.clashes = t.clash[a] != none;
    way.joins = static_cast<std::uint32_t>(reached_.size());
    for (const place_index p : t.landing[a]) {
      way.lands |= bit(p);
      const std::uint32_t n = t.places[p].node;
      if (t.places[p].arrow != none && t.kind(n) == node_kind::join) reached_.push_back(join_at(n));
    }
    way.count = static_cast<std::uint32_t>(reached_.size()) - way.joins;
  }
  for (const inclusive_join& j : t.inclusive_joins) {
    inclusive& out = inclusive_.emplace_back(inclusive{join_at(j.node), {}, {}});
    for (std::size_t i = 0; i < j.arrows.size(); ++i) {
      out.arrows.push_back(bit(j.arrows[i]));
      out.before.push_back(j.before[i].word(0));
    }
  }
}

bool word_moves::walk(std::uint64_t& m, std::uint64_t& received,
                      std::span<const std::uint32_t> arrows) const {
  std::array<std::uint32_t, most_walked> walking;
  std::size_t end = arrows.size();
  std::copy(arrows.begin(), arrows.end(), walking.begin());
  for (std::size_t i = 0; i < end; ++i) {
    const along& way = along_[walking[i]];
    if (way.clashes || (way.lands & (m | received)) != 0) return false;
    m |= way.lands;
    received |= way.lands;
    for (std::uint32_t j = way.joins; j < way.joins + way.count; ++j) {
      if ((m & reached_[j].awaits) != reached_[j].awaits) continue;
      m &= ~reached_[j].awaits;
      walking[end++] = reached_[j].onward;
    }
  }
  return true;
}

bool word_moves::opens(const inclusive& join, std::uint64_t m) {
  if ((m & join.of.awaits) == 0) return false;
  std::uint64_t to_empty = 0;
  std::uint64_t to_full = 0;
  for (std::size_t i = 0; i < join.arrows.size(); ++i)
    ((m & join.arrows[i]) != 0 ? to_full : to_empty) |= join.before[i];
  return (m & to_empty & ~to_full) == 0;
}

bool word_moves::open(std::uint64_t& m, std::uint64_t& received, const inclusive& join) const {
  m &= ~join.of.awaits;
  return walk(m, received, {&join.of.onward, 1});
}

bool word_moves::open_all(std::uint64_t& m, std::uint64_t& received) const {
  for (;;) {
    const inclusive* first = nullptr;
    bool several = false;
    for (const inclusive& join : inclusive_) {
      if (!opens(join, m)) continue;
      several = several || first != nullptr;
      if (first == nullptr) first = &join;
    }
    if (first == nullptr) return true;
    // Whichever opens first, the others must still open, and take what they would have taken.
    for (const inclusive& one : inclusive_) {
      if (!several || !opens(one, m)) continue;
      std::uint64_t after = m;
      std::uint64_t got = received;
      if (!open(after, got, one)) return false;
      for (const inclusive& other : inclusive_)
        if (&other != &one && opens(other, m) &&
            (!opens(other, after) || ((after ^ m) & other.of.awaits) != 0))
          return false;
    }
    if (!open(m, received, *first)) return false;
  }
}

bool word_moves::move(std::uint64_t& m, std::span<const std::uint32_t> arrows) const {
  m &= ~along_[arrows.front()].leaves;
  std::uint64_t received = 0; // whatever a place gets in this move, even if a join takes it at once
  if (!walk(m, received, arrows)) return false;
  return inclusive_.empty() || open_all(m, received);
}

} // namespace banli::detail
