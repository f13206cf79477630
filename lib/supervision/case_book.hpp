// The cases of a monitor: a number, an id, a profile and a few hits each, in few bytes.
//
// Numbers are found through a table of hashes of the ids; hits are links of one pool. A case costs
// 24 bytes, its id and four, about ten of the table, and 16 bytes for every hit that holds.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/unordered/unordered_flat_set.hpp>

#include "block_list.hpp"
#include "kept_texts.hpp"
#include "watched_rules.hpp"
#include <banli/time/civil.hpp>

namespace banli::detail {

inline constexpr std::uint32_t no_profile = ~std::uint32_t{0};

/// A hit that holds: open, or answered or lapsed and not to be raised again.
struct case_hit {
  /// Verdicts of more subjects would not fit into any memory.
  static constexpr subject every_subject = 0x7FFF'FFFFU;

  case_hit() = default;
  case_hit(instant then, subject what) : raised(then), of(what & every_subject) {}

  instant raised{};
  subject of : 31 = 0;
  std::uint32_t open : 1 = 1;
  std::uint32_t next = no_hit; ///< of the case, in the book

  static constexpr std::uint32_t no_hit = ~std::uint32_t{0};
};

struct profile;
class profile_book;

class case_book {
 public:
  case_book() : numbers_(0, id_hash{&cases_}, id_equal{&cases_}) {}
  case_book(const case_book&) = delete; // the table reads the ids of this very book
  case_book& operator=(const case_book&) = delete;

  /// The number of a case, a new one where it has none; none beyond the limit.
  std::optional<std::uint32_t> number_for(std::string_view id, std::uint32_t limit);
  std::optional<std::uint32_t> find(std::string_view id) const;
  std::string_view id_of(std::uint32_t number) const { return kept_texts::at(cases_[number].id); }

  std::uint32_t profile_of(std::uint32_t number) const { return cases_[number].profile; }
  /// Gives a case another profile; one that nobody has any more is dropped.
  void move(std::uint32_t number, std::uint32_t to, profile_book& profiles);
  /// Adds the cases of a profile to a list.
  void members(const profile& p, std::vector<std::uint32_t>& out) const;

  template <class F>
  void each_hit(std::uint32_t number, F&& f) const {
    for (std::uint32_t h = cases_[number].hits; h != none; h = pool_[h].next) f(pool_[h]);
  }
  template <class F>
  void change_each(std::uint32_t number, F&& f) {
    for (std::uint32_t h = cases_[number].hits; h != none; h = pool_[h].next) f(pool_[h]);
  }
  /// Removes the hits for which f says so.
  template <class F>
  void drop_if(std::uint32_t number, F&& f) {
    std::uint32_t* at = &cases_[number].hits;
    while (*at != none) {
      case_hit& h = pool_[*at];
      if (!f(h)) {
        at = &h.next;
        continue;
      }
      const std::uint32_t gone = *at;
      *at = h.next;
      h.next = free_;
      free_ = gone;
      --count_;
    }
  }
  void add(std::uint32_t number, const case_hit& h);
  /// Closes an open hit that was raised then, and keeps it from being raised again.
  bool mute(std::uint32_t number, subject of, instant raised);

  std::size_t size() const { return cases_.size(); }
  std::size_t hits() const { return count_; }
  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct entry {
    const char* id = nullptr;
    std::uint32_t profile = no_profile;
    std::uint32_t before = none; ///< of the same profile
    std::uint32_t after = none;
    std::uint32_t hits = none;
  };
  /// Numbers are hashed and compared by the ids they stand for.
  struct id_hash {
    using is_transparent = void;
    using is_avalanching = void;
    const block_list<entry>* cases;
    std::size_t operator()(std::string_view id) const { return std::hash<std::string_view>{}(id); }
    std::size_t operator()(std::uint32_t n) const {
      return (*this)(kept_texts::at((*cases)[n].id));
    }
  };
  struct id_equal {
    using is_transparent = void;
    const block_list<entry>* cases;
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::string_view id, std::uint32_t n) const {
      return kept_texts::at((*cases)[n].id) == id;
    }
    bool operator()(std::uint32_t n, std::string_view id) const { return (*this)(id, n); }
  };

  block_list<entry> cases_;
  kept_texts ids_;
  boost::unordered_flat_set<std::uint32_t, id_hash, id_equal> numbers_;
  block_list<case_hit> pool_;
  std::uint32_t free_ = none;
  std::size_t count_ = 0;
};

} // namespace banli::detail
