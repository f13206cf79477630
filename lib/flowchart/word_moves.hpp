// word_moves.hpp — moves on markings of one word: what flow_tables::move() does, by masks.
//
// A search makes millions of moves, and nearly every chart has no more than 64 places.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "flowchart/flow_tables.hpp"

namespace banli::detail {

class word_moves {
 public:
  /// Whether the markings of a chart are of one word.
  static bool fits(const flow_tables& t) { return t.places.size() <= 64; }

  /// For a chart that fits.
  explicit word_moves(const flow_tables& t);

  /// Goes along arrows out of one node. False where there is a mishap, which flow_tables::move()
  /// names; the marking is then of no use.
  bool move(std::uint64_t& m, std::span<const std::uint32_t> arrows) const;

 private:
  struct along {
    std::uint64_t leaves = 0;           ///< the place of the node it leaves
    std::uint64_t lands = 0;            ///< the places its token comes to rest at
    std::uint32_t joins = 0, count = 0; ///< those of joins that are reached, in reached_
    bool clashes = false;
  };
  struct waiting {
    std::uint64_t awaits = 0; ///< the places of its arrows
    std::uint32_t onward = 0; ///< the arrow out of it
  };
  struct inclusive {
    waiting of;
    std::vector<std::uint64_t> arrows; ///< the place of each, and the places before it
    std::vector<std::uint64_t> before;
  };
  bool walk(std::uint64_t& m, std::uint64_t& received, std::span<const std::uint32_t> arrows) const;
  static bool opens(const inclusive& join, std::uint64_t m);
  bool open(std::uint64_t& m, std::uint64_t& received, const inclusive& join) const;
  bool open_all(std::uint64_t& m, std::uint64_t& received) const;

  std::vector<along> along_; ///< by arrow
  std::vector<waiting> reached_;
  std::vector<inclusive> inclusive_;
};

} // namespace banli::detail
