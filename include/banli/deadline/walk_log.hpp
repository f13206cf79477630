// walk_log.hpp — the observer that writes down what it is told, and does not think about it.
//
// An explanation is made far more often than read. So the computation is only listened to; what it
// said is told again, to the explainer, when somebody asks for the days:
//
//   start 2024-09-02, stretch 09-03..09-09 (0 counted), stopped 09-10..09-20 by exclusion 0, ...
//     -> told again: 09-03..09-06 working days 1..4, 09-07..09-08 weekend, ...
//
// The hard case is what the entries refer to: the calendar and the exclusions. The explanation
// keeps both alive, the first by sharing, of the second their names.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <boost/container/small_vector.hpp>

#include <banli/deadline/exclusion.hpp>
#include <banli/deadline/stop_list.hpp>
#include <banli/deadline/term.hpp>

namespace banli::detail {

/// What an explanation knows of a stop.
struct told_stop {
  std::uint32_t number = 0; ///< of the exclusion
  stop_type type = stop_type::exclude;
  bool open = false;
};

/// One call of an observer; which numbers mean what, says walk_log::replay.
struct walk_entry {
  enum class call : std::uint8_t {
    start,
    phase,
    stretch,
    stopped,
    again,
    office,
    shut,
    rest,
    roll
  };

  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t counted = 0;
  std::uint32_t number = 0; ///< of an exclusion
  call what = call::start;
  std::uint8_t how = 0; ///< start_rule, limit_unit or stop_type
  bool open = false;

  told_stop stop() const { return {number, static_cast<stop_type>(how), open}; }
};

class walk_log {
 public:
  static constexpr bool listens = true;

  /// The exclusions of the term to be listened to.
  void begin(std::span<const exclusion> exclusions) {
    entries_.clear();
    exclusions_ = exclusions.data();
  }

  void start(const term& t, const axis& a, start_rule how) {
    axis_ = a;
    add(call::start, serial(day_of(t.start)), 0, 0, static_cast<std::uint8_t>(how));
  }
  void forget() { entries_.clear(); }
  void phase(limit_unit u) { add(call::phase, 0, 0, 0, static_cast<std::uint8_t>(u)); }
  void stretch(std::int64_t from, std::int64_t to, std::int64_t counted) {
    if (to >= from) add(call::stretch, from, to, counted);
  }
  void stopped(std::int64_t from, std::int64_t to, const stop& s) {
    add(call::stopped, from, to, 0, static_cast<std::uint8_t>(s.why->type), number_of(s), s.open);
  }
  void again(const stop& s) {
    add(call::again, s.to, 0, 0, static_cast<std::uint8_t>(s.why->type), number_of(s), s.open);
  }
  void office(day d, std::int64_t before, std::int64_t after) {
    add(call::office, serial(d), after, before);
  }
  void shut(day d) { add(call::shut, serial(d)); }
  void rest(day from, day to) { add(call::rest, serial(from), serial(to)); }
  void roll(day nominal, day due) { add(call::roll, serial(nominal), serial(due)); }

  /// Tells another observer the same.
  template <class Listener>
  void replay(Listener& l) const {
    for (const walk_entry& e : entries_) {
      const auto day_at = [](std::int64_t n) { return from_serial(static_cast<std::int32_t>(n)); };
      switch (e.what) {
      case call::start: l.start(day_at(e.from), axis_, static_cast<start_rule>(e.how)); break;
      case call::phase: l.phase(static_cast<limit_unit>(e.how)); break;
      case call::stretch: l.stretch(e.from, e.to, e.counted); break;
      case call::stopped: l.stopped(e.from, e.to, e.stop()); break;
      case call::again: l.again(e.from, e.stop()); break;
      case call::office: l.office(day_at(e.from), e.counted, e.to); break;
      case call::shut: l.shut(day_at(e.from)); break;
      case call::rest: l.rest(day_at(e.from), day_at(e.to)); break;
      case call::roll: l.roll(day_at(e.from), day_at(e.to)); break;
      }
    }
  }

 private:
  using call = walk_entry::call;

  /// Writes an entry where it stays, number by number: one that is put together elsewhere and
  /// copied costs more than the count.
  void add(call what, std::int64_t from, std::int64_t to = 0, std::int64_t counted = 0,
           std::uint8_t how = 0, std::uint32_t number = 0, bool open = false) {
    entries_.emplace_back(from, to, counted, number, what, how, open);
  }
  std::uint32_t number_of(const stop& s) const {
    return static_cast<std::uint32_t>(s.why - exclusions_);
  }

  boost::container::small_vector<walk_entry, 12> entries_; // those of most live in the object
  const exclusion* exclusions_ = nullptr;                  // while it listens
  axis axis_;
};

} // namespace banli::detail
