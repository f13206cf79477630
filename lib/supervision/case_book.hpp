// The cases of a monitor: a number, an id, a profile and a few hits each, in few bytes.
//
// Ids lie one after another in one string and are found through a table of numbers; hits are links
// of one pool. A case costs 24 bytes, its id, and 32 bytes for every hit that holds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "case_profile.hpp"
#include <banli/time/civil.hpp>

namespace banli::detail {

inline constexpr std::uint32_t no_profile = ~std::uint32_t{0};

/// A hit that holds: open, or answered or lapsed and not to be raised again.
struct case_hit {
  about of;
  instant raised{};
  bool open = true;
};

struct profile;
class profile_book;

class case_book {
 public:
  /// The number of a case, a new one where it has none; none beyond the limit.
  std::optional<std::uint32_t> number_for(std::string_view id, std::uint32_t limit);
  std::optional<std::uint32_t> find(std::string_view id) const;
  std::string_view id_of(std::uint32_t number) const;

  std::uint32_t profile_of(std::uint32_t number) const { return cases_[number].profile; }
  /// Gives a case another profile; one that nobody has any more is dropped.
  void move(std::uint32_t number, std::uint32_t to, profile_book& profiles);
  /// Adds the cases of a profile to a list.
  void members(const profile& p, std::vector<std::uint32_t>& out) const;

  template <class F>
  void each_hit(std::uint32_t number, F&& f) const {
    for (std::uint32_t h = cases_[number].hits; h != none; h = pool_[h].next) f(pool_[h].hit);
  }
  template <class F>
  void change_each(std::uint32_t number, F&& f) {
    for (std::uint32_t h = cases_[number].hits; h != none; h = pool_[h].next) f(pool_[h].hit);
  }
  /// Removes the hits for which f says so.
  template <class F>
  void drop_if(std::uint32_t number, F&& f) {
    std::uint32_t* at = &cases_[number].hits;
    while (*at != none) {
      link& l = pool_[*at];
      if (!f(l.hit)) {
        at = &l.next;
        continue;
      }
      const std::uint32_t gone = *at;
      *at = l.next;
      l.next = free_;
      free_ = gone;
      --count_;
    }
  }
  void add(std::uint32_t number, const case_hit& h);
  /// Closes an open hit that was raised then, and keeps it from being raised again.
  bool mute(std::uint32_t number, const about& of, instant raised);

  std::size_t size() const { return cases_.size(); }
  std::size_t hits() const { return count_; }
  std::size_t bytes() const;

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct entry {
    std::uint64_t id = 0; ///< where its id begins
    std::uint32_t profile = no_profile;
    std::uint32_t before = none; ///< of the same profile
    std::uint32_t after = none;
    std::uint32_t hits = none;
  };
  struct link {
    case_hit hit;
    std::uint32_t next = none;
  };

  void grow();
  std::size_t slot_of(std::string_view id) const;

  std::vector<entry> cases_;
  std::string ids_;
  std::vector<std::uint32_t> table_; ///< numbers by hash of the id; a power of two
  std::vector<link> pool_;
  std::uint32_t free_ = none;
  std::size_t count_ = 0;
};

} // namespace banli::detail
