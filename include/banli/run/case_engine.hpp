// case_engine.hpp — commands in, events out, for a program that embeds banli.
//
// decide() is pure and a store only keeps. Between them stands what every host would have to write
// again: which definition a case runs by, whether a request was done before, who was faster, and
// what to keep of a refusal.
//
//   case_engine engine{parts_of(config), *store};
//   auto done = engine.submit({request_id{"r1"}, case_id{"C1"}, now, person_id{"P1"},
//                              action::accept, {.item = item_id{"62052400MZ-XK-0001"}}});
//   done->events            // as they were appended
//   done->repeated          // true: the request was done before, these are its events
//   engine.of(case_id{"C1"}).at(then)->state.phase
//   engine.columns(now)     // every case a row
//
// Exactly once. A request id leads to events once, whoever sends it how often; a repetition is told
// what the first led to. Where two commands meet at one case, one of them is decided again on what
// the other left, a few times at most (version_conflict).
//
// Refusals leave no event. They go to the audit log of the store with the rule that refused: a
// ground of authority.hpp ("separation: 受审分离"), or a pre-commit rule. What the store itself
// cannot do is no refusal and is not recorded.
//
// Who knew what then. A host that has a clock says what it shows: submit(c, now). What happened
// more than `prompt` before is then a late entry, recorded now, and needs its reason (late_reason);
// what happens later than now is refused. Without it, a command is taken to be recorded when it
// says it was given.
//
// Definitions. New cases begin with the last definition given of their item; cases under way keep
// theirs, so earlier versions are given, too. `migrate` moves one (engine/migrate_case.hpp).
//
// The hard case is people who change while cases run: set_people() links the definitions again, and
// takes nobody whom they name.
//
// An engine may be used by several threads. It reads no clock: commands say when they are given.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <banli/engine/authority.hpp>
#include <banli/engine/form_values.hpp>
#include <banli/rules/rule_set.hpp>
#include <banli/run/case_view.hpp>

namespace banli {

/// What an engine runs by.
struct engine_parts {
  std::vector<std::shared_ptr<const case_definition>> definitions; ///< the newest of an item last
  workday_calendar calendar;
  std::optional<rule_set> commit_rules{};
};

/// The definitions, calendar and pre-commit rules of a configuration.
engine_parts parts_of(const configuration& config);

struct engine_options {
  int attempts = 10; ///< how often a command is decided that somebody else is faster than
  std::chrono::minutes prompt{60}; ///< recorded so soon after it happened, it is no late entry
};

/// What a command led to.
struct submission {
  std::vector<event> events;
  bool repeated = false; ///< the request was done before

  friend bool operator==(const submission&, const submission&) = default;
};

/// Cases as columns, a row each, by id. Days and instants of what is not there are the least there
/// are, counts 0.
struct case_table {
  std::vector<case_id> id;
  std::vector<item_id> item;
  std::vector<case_phase> phase;
  std::vector<std::uint32_t> version;
  std::vector<instant> accepted;
  std::vector<instant> ended;
  std::vector<day> due; ///< of the promised limit
  std::vector<day> statutory_due;
  std::vector<std::int64_t> total;     ///< units of the promised limit
  std::vector<std::int64_t> used;      ///< of them, at the instant asked for or the end of the case
  std::vector<std::int64_t> remaining; ///< less than 0: overdue

  static constexpr day no_day = day::min();
  static constexpr instant no_instant = instant::min();
  std::size_t size() const { return id.size(); }
};

class case_engine;

/// One case of an engine. The engine must outlive it.
class engine_case {
 public:
  engine_case(const case_engine& engine, case_id id) : engine_(&engine), id_(std::move(id)) {}

  const case_id& id() const { return id_; }
  /// How it stands after its last event, and how it stood. Errors: those of view_case().
  result<case_view> now() const;
  result<case_view> at(const as_of& when) const;
  /// Whether a person may do something to it, and who may, as it stands now.
  result<permission> may(const act_question& what, const person_id& who,
                         const person_id& on_behalf = {}) const;
  result<std::vector<permission>> who_may(const act_question& what) const;
  /// Its form values as a reader sees them.
  result<std::vector<form_value>> form(const form_reader& reader) const;

 private:
  const case_engine* engine_;
  case_id id_;
};

class case_engine {
 public:
  /// The store must outlive the engine.
  case_engine(engine_parts parts, case_store& store, engine_options options = {});

  /// Does a command once; `now` is what the clock of the host shows. Errors: those of decide(),
  /// decide_migration() and pre-commit rules, which are recorded; time_backwards (it lies after
  /// now); bad_value (no request id), duplicate_id (the request was one of another case),
  /// unknown_item, definition_changed, version_conflict, those of the store; unknown_field,
  /// whatever the command, where a pre-commit rule is in other words than commit_environment().
  result<submission> submit(const command& c, const std::optional<instant>& now = {});

  engine_case of(case_id id) const { return {*this, std::move(id)}; }

  /// Every definition, in the order in which they were given.
  std::vector<std::shared_ptr<const case_definition>> definitions() const;

  /// Every event of every case, case by case. Errors: those of the store.
  result<void> each_event(const std::function<void(const case_id&, const event&)>& visit) const;

  /// Every case as it stood at an instant; what had not begun by then is left out. Errors: those of
  /// view_case().
  result<case_table> columns(instant now) const;

  /// Replaces the organisation, with its posts, grants and mandates. Nothing is changed where there
  /// are problems: those of check(organisation) and of link().
  problems set_people(std::shared_ptr<const organisation> people);

  /// Registers a mandate, as set_people() would.
  problems add_mandate(mandate m);

 private:
  friend class engine_case;
  struct known; // definitions by hash and item, with calendar and rules
  std::shared_ptr<const known> now() const;

  problems change_people(std::shared_ptr<const organisation> people);
  result<submission> repeated(const command& c, const request_record& done) const;
  result<submission> try_once(const known& k, const command& c,
                              const std::optional<instant>& recorded);
  result<void> record(const command& c, const error& why, std::string rule);

  case_store& store_;
  engine_options options_;
  std::mutex changing_;      ///< one at a time changes the people
  mutable std::mutex mutex_; ///< known_
  std::shared_ptr<const known> known_;
};

} // namespace banli
