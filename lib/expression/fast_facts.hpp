// fast_facts.hpp — what the short way reads, and until when that holds.
//
// A mark goes with whatever a node gives. Of a table it is empty: everything holds for ever, and
// what is said about marks costs nothing.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>

#include <banli/expression/activation.hpp>

#include "expiry.hpp"
#include "fast.hpp"
#include "plan.hpp"

namespace banli::detail::cel {

/// Of what stands still.
struct lasting_mark {
  bool lasts() const { return true; }
  bool outlasts(lasting_mark) const { return false; }
  lasting_mark unclocked() const { return {}; }
};
inline lasting_mark earlier(lasting_mark, lasting_mark) { return {}; }

/// Of what was read: until when it holds, and of which field it is the clock, as it was read. One
/// word, so that it goes with a number in two registers: seconds, and below them the clock.
class passing_mark {
 public:
  passing_mark() = default; ///< for ever, and no clock

  /// No calendar reaches as far as what counts as for ever.
  explicit passing_mark(expiry e)
      : word_(e ? std::clamp(e->time_since_epoch().count(), -never, never) * clocks : for_ever) {}

  /// The same of a clock: the number of its field.
  passing_mark of_clock(std::uint32_t field) const { return passing_mark(word_ + 1 + field); }

  bool lasts() const { return word_ >= for_ever; }
  bool outlasts(passing_mark other) const { return seconds() > other.seconds(); }
  expiry until() const {
    return lasts() ? expiry{} : expiry{instant{std::chrono::seconds{seconds()}}};
  }
  bool is_clock() const { return number() != 0; }
  std::uint32_t clock() const { return number() - 1; }

  passing_mark unclocked() const { return passing_mark(word_ & ~mask); }
  friend passing_mark earlier(passing_mark a, passing_mark b) {
    return passing_mark(std::min(a.word_, b.word_) & ~mask);
  }

 private:
  static constexpr int clock_bits = 8;
  static constexpr std::int64_t clocks = std::int64_t{1} << clock_bits;
  static constexpr std::int64_t mask = clocks - 1;
  static constexpr std::int64_t never = (std::int64_t{1} << 54) - 1; // seconds
  static constexpr std::int64_t for_ever = never * clocks;

  explicit passing_mark(std::int64_t word) : word_(word) {}
  std::int64_t seconds() const { return word_ >> clock_bits; }
  std::uint32_t number() const { return static_cast<std::uint32_t>(word_ & mask); }

  std::int64_t word_ = for_ever;
};

/// What a node gives.
template <class T, class Mark>
struct marked {
  T is{};
  [[no_unique_address]] Mark mark{};
};

/// What a field holds; null: it is missing.
template <class Mark>
using marked_place = marked<const value*, Mark>;

/// Values as the evaluator has them, for those that clocks may be compared with.
inline value value_of(std::int64_t n) { return n; }
inline value value_of(std::uint64_t n) { return n; }
inline value value_of(double d) { return d; }
inline value value_of(const timestamp& t) { return t; }
inline value value_of(std::chrono::nanoseconds d) { return d; }
inline value value_of(day d) { return d; }
inline value value_of(const decimal& d) { return d; }

/// Fields in a table, of which nothing moves by time.
class table_facts {
 public:
  using mark = lasting_mark;

  static auto call_of(const fast_node& n) { return n.in_table; }

  explicit table_facts(std::span<const value* const> fields) : fields_(fields) {}

  marked_place<mark> find(const fast_node& n) { return {fields_[n.slot], {}}; }
  marked<bool, mark> has(const fast_node& n) { return {fields_[n.slot] != nullptr, {}}; }

  /// Until when a o b keeps its answer.
  template <class A, class B>
  mark compared(op, const marked<A, mark>&, const marked<B, mark>&) {
    return {};
  }
  static constexpr bool sharpens(mark, mark) { return false; }
  static constexpr bool follows(mark, mark) { return false; }

  static expiry expiry_of(mark) { return std::nullopt; }
  static clock_course course_of(mark) { return clock_course::irregular; }

 private:
  std::span<const value* const> fields_;
};

/// Fields that are read when they are needed, each once.
class read_facts {
 public:
  using mark = passing_mark;

  static auto call_of(const fast_node& n) { return n.in_readings; }

  /// A plan that reads more fields has no short way here.
  static constexpr std::size_t most_fields = 16;

  read_facts(const plan& p, const activation& from) : plan_(p), from_(from) {}
  ~read_facts() {
    for (std::uint32_t left = read_; left != 0; left &= left - 1)
      std::destroy_at(&places_[static_cast<std::size_t>(std::countr_zero(left))].filled);
  }
  read_facts(const read_facts&) = delete;
  read_facts& operator=(const read_facts&) = delete;

  marked_place<mark> find(const fast_node& n) {
    const reading& r = at(n.field);
    if (!r.now) return {};
    const mark m(r.holds_until);
    return {&*r.now, r.course == clock_course::irregular ? m : m.of_clock(n.field)};
  }

  marked<bool, mark> has(const fast_node& n) {
    const reading& r = at(n.field);
    if (!r.now || r.course == clock_course::irregular)
      return {r.now.has_value(), mark(r.holds_until)};
    return {true, mark(goes_away(clock(n.field), from_))};
  }

  static expiry expiry_of(mark m) { return m.until(); }
  clock_course course_of(mark m) const {
    return m.is_clock() ? places_[m.clock()].filled.course : clock_course::irregular;
  }

  /// Whether a comparison of the two is one of a clock with something that is none.
  static bool sharpens(mark a, mark b) {
    return a.is_clock() != b.is_clock() && !(a.lasts() && b.lasts());
  }
  /// Whether what is made of the two may follow the course of one.
  static bool follows(mark a, mark b) {
    return a.lasts() != b.lasts() && (a.lasts() ? b : a).is_clock();
  }

  template <class A, class B>
  mark compared(op o, const marked<A, mark>& a, const marked<B, mark>& b) {
    const mark both = earlier(a.mark, b.mark);
    const bool first = a.mark.is_clock();
    const auto exact =
        first ? flips(o, a.mark, value_of(b.is)) : flips(mirrored(o), b.mark, value_of(a.is));
    return exact ? earlier(mark(*exact), first ? b.mark : a.mark) : both;
  }

 private:
  union place {
    place() noexcept {}
    ~place() {}
    char empty;
    reading filled;
  };

  const reading& at(std::uint32_t number) {
    place& p = places_[number];
    if ((read_ >> number & 1U) == 0) {
      ::new (&p.filled) reading(from_.read(ref(number)));
      read_ |= 1U << number;
    }
    return p.filled;
  }

  field_ref ref(std::uint32_t number) const {
    return {plan_.fields[number].slot, plan_.fields[number].path};
  }

  clock_reading clock(std::uint32_t number) {
    const reading& r = places_[number].filled;
    return {ref(number), r.course, *r.now, r.holds_until, nullptr};
  }

  std::optional<expiry> flips(op o, mark of, const value& threshold) {
    return flip(o, clock(of.clock()), threshold, from_);
  }

  const plan& plan_;
  const activation& from_;
  std::uint32_t read_ = 0; ///< the numbers of the places that are filled, as bits
  std::array<place, most_fields> places_;
};

} // namespace banli::detail::cel
