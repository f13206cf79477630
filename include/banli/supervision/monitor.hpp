// monitor.hpp — supervision of many cases at once, by itself (监察监控).
//
// supervise() looks at one case whose history is known. A monitor is told of events as they happen
// and says, for any instant it is asked to advance to, which hits began and ended meanwhile:
//
//   monitor m(rules, calendar);
//   m.update(definition, state, e.at);      // the state of a case after an event e
//   log.add(*m.advance(tonight), m);        // hit_log log: the hits with their whole life
//   m.next();                               // nothing changes before, if nothing happens
//   m.coming(next_week);                    // what turns yellow or red by then, and when
//
// It never polls. An evaluation says until when its answer holds; these instants stand in one heap,
// and time moves from one to the next. After an event only those rules are judged again that read
// something the event changed.
//
// Cases that look alike are judged once. What the rules read of a case is its *profile*: the facts,
// and the days its limits run from and leave out. Two cases of one profile have the same verdicts
// at every instant until something happens to one of them. So rules are judged per profile and not
// per case, and a case itself is its number, its profile and its open hits: a few dozen bytes. A
// rule that reads or shows what is different in every case (case.id) gives every case a profile of
// its own: right, but slower.
//
// The life of a hit. *pending*: it will come true at a known instant if nothing happens (coming()).
// *raised*: it is true. It ends by being *cleared*, *superseded* by a louder rule of its family,
// *answered* by a supervision order, or it *lapses*: reminders and warnings after
// monitor_options::lapse working days. There is one open hit per rule and case (or turn of a step),
// and it only gets louder: while a rule that supersedes another has an open, answered or lapsed
// hit, the other stays silent.
//
// A case that goes on by a new version of its definition (migrate_case.hpp) is told with it from
// then on. Its hits stay, those of steps follow their turns; a step that the new chart does not
// have takes its hits along.
//
// Instants. Everything that happens at one instant is looked at together, after the last event of
// it, and events come before the flow of time: who delivers at the last moment is in time. Events
// are given in order of time over all cases; an event not later than an instant that was advanced
// to is refused. Fed with the same events, a monitor says the same again, so nothing of it needs
// storing.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/case_state.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/supervision/hit.hpp>
#include <banli/supervision/supervise.hpp>

namespace banli {

namespace detail {
class case_watch;
struct looked_at; // what a hit was found in
} // namespace detail

struct monitor_options {
  /// Working days after which a reminder or warning lapses that nobody acted on; none: never.
  /// 20 are usual (自动摘牌).
  std::optional<int> lapse{};
  /// First day that is no trial run of the whole system; hits before it are marked (R06).
  std::optional<day> trial_until{};
  std::uint32_t cases = 100'000'000;       ///< at most
  std::uint32_t looks_of_profile = 10'000; ///< between two events, by the flow of time alone
};

/// What happened to a hit.
enum class hit_turn : std::uint8_t { raised, cleared, superseded, answered, lapsed };

std::string_view to_string(hit_turn t);

/// A step in the life of a hit, in 64 bytes: cases are named by their number in the monitor, rules
/// by their position, and what a hit says is made when it is asked for (monitor::grounds()).
struct hit_change {
  instant at{};
  instant since{}; ///< when the hit was raised
  std::uint32_t case_number = 0;
  std::uint32_t rule = 0;
  /// Of a step: position in case_state::steps when the hit was raised.
  std::optional<std::uint32_t> turn{};
  /// superseded: the rule that did it; answered: the order, for monitor::order()
  std::optional<std::uint32_t> by{};
  hit_turn what{};
  std::shared_ptr<const detail::looked_at> found_in{}; ///< of one that was raised
};

/// Which of the open hits of a rule an order answers; what is absent is not asked.
struct answered_hit {
  std::optional<node_id> step{};
  std::optional<instant> raised{};
};

/// A hit that will be raised, if nothing happens before.
struct pending_hit {
  instant at{};
  std::uint32_t case_number = 0;
  std::uint32_t rule = 0;
  std::optional<std::uint32_t> turn{};
  node_id step; ///< of the turn

  friend bool operator==(const pending_hit&, const pending_hit&) = default;
};

struct monitor_size {
  std::size_t cases = 0;
  std::size_t profiles = 0;  ///< that some case has
  std::size_t open_hits = 0; ///< answered and lapsed ones that still hold included
  std::uint64_t judgements = 0;
  std::size_t bytes_of_cases = 0;    ///< numbers, ids, open hits: what grows with the cases
  std::size_t bytes_of_profiles = 0; ///< keys, verdicts and limits; about, of what states own
};

class monitor {
 public:
  /// The rules are compiled for fact_environment(); of rules in other words every update and
  /// advance is refused. Copies of both are kept.
  monitor(rule_set rules, workday_calendar calendar, monitor_options options = {});
  ~monitor();
  monitor(monitor&&) noexcept;
  monitor& operator=(monitor&&) noexcept;

  /// Tells of a case as it is after an event at an instant; one of an item that is not supervised
  /// (service_item::supervised) is passed over. Errors: time_backwards (not later than
  /// what was advanced to, or earlier than the last event), limit_exceeded, unknown_field (rules in
  /// other words), those of clocks().
  result<void> update(std::shared_ptr<const case_definition> definition, case_state state,
                      instant at);
  /// The same of a state that others hold as well: nothing is copied.
  result<void> update(std::shared_ptr<const case_definition> definition,
                      std::shared_ptr<const case_state> state, instant at);

  /// Lets time pass, that instant included, and gives what changed since the last call, in order of
  /// time; at one instant by number of the case. Errors: as update().
  result<std::vector<hit_change>> advance(instant to);

  /// Ends the open hits of a rule for a case, or those that are meant, because a supervision order
  /// was issued for them. Errors: time_backwards; unknown_reference where there is none.
  result<void> answer(const case_id& id, const rule_id& rule, std::string order, instant at,
                      const answered_hit& which = {});

  /// The next instant at which something may change; none: nothing by time alone.
  std::optional<instant> next() const;

  /// What will be raised until an instant, in order of time: for every rule that is silent now the
  /// first time it fires. Louder rules in its way are not looked at.
  std::vector<pending_hit> coming(instant until) const;
  std::vector<pending_hit> coming(const case_id& id, instant until) const;

  /// The rules that cannot be judged for a case now, and for lack of what.
  std::vector<unjudged_rule> unjudged(const case_id& id) const;

  /// What a hit says that this monitor raised, of the facts as they were then; none of any other
  /// change. Made anew each time, and the same each time.
  std::optional<hit_grounds> grounds(const hit_change& raised) const;
  /// The order that answered a hit, by hit_change::by.
  const std::string& order(std::uint32_t number) const;

  std::optional<std::uint32_t> number_of(std::string_view id) const;
  std::string_view id_of(std::uint32_t case_number) const;
  const rule_set& rules() const;
  monitor_size size() const;

 private:
  struct impl;
  std::unique_ptr<impl> impl_;
};

/// The hits of a monitor as whole values: the fold of their changes.
class hit_log {
 public:
  /// A change is of a hit that this log has seen raised; another is passed over.
  void add(std::span<const hit_change> all, const monitor& of);

  /// All, by instant, case, rule and turn.
  std::vector<hit> hits() const;

 private:
  struct key {
    instant since;
    std::string id;
    std::uint32_t rule = 0;
    std::optional<std::uint32_t> turn;
    friend auto operator<=>(const key&, const key&) = default;
  };
  std::map<key, hit> all_;
};

} // namespace banli
