// The watch itself: what a monitor does, and a trial of rules once or twice.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "case_book.hpp"
#include "profile_book.hpp"
#include <banli/supervision/monitor.hpp>

namespace banli::detail {

class case_watch {
 public:
  case_watch(watched_rules rules, workday_calendar calendar, const monitor_options& options)
      : options_(options),
        profiles_(std::move(rules), std::move(calendar), options.looks_of_profile) {}

  /// These are monitor's.
  result<void> update(std::shared_ptr<const case_definition> definition,
                      std::shared_ptr<const case_state> state, instant at);
  result<std::vector<hit_change>> advance(instant to);
  result<void> answer(const case_id& id, const rule_id& rule, std::string order, instant at,
                      const answered_hit& which);
  std::optional<instant> next();
  std::vector<pending_hit> coming(instant until) const;
  std::vector<pending_hit> coming(const case_id& id, instant until) const;
  std::vector<unjudged_rule> unjudged(const case_id& id) const;
  monitor_size size() const;

  /// What a rule says that fired then.
  hit_grounds grounds(const looked_at& seen, const about& of, instant then) const;
  const std::string& order(std::uint32_t number) const { return orders_[number]; }
  const case_book& cases() const { return cases_; }

 private:
  /// A state that was told at this instant and is not looked at yet.
  struct told {
    std::uint32_t number;
    std::shared_ptr<const case_definition> definition;
    std::shared_ptr<const case_state> state;
  };
  /// A hit that lapses, unless it has ended.
  struct lapse {
    instant at;
    std::uint32_t number;
    subject of;
    instant raised;
    friend bool operator<(const lapse& a, const lapse& b) { return a.at > b.at; }
  };

  error past(instant at) const;
  result<void> reach(instant at);
  result<void> run_before(instant bound);
  std::optional<instant> next_instant();
  result<void> look(instant at);
  void follow_turns(std::uint32_t number, const case_definition& before, const case_state& state,
                    const case_definition& after, instant at);
  void settle(std::uint32_t number, instant at);
  void raise(std::uint32_t number, const profile& p, subject of, instant at);
  void clear(std::uint32_t number, subject of, instant at);
  void remember_lapse(std::uint32_t number, subject of, instant at);
  /// A change of a hit that was raised before.
  void note_end(std::uint32_t number, const case_hit& h, hit_turn what, instant at,
                std::optional<std::uint32_t> by = {});
  std::uint32_t turn_raised(std::uint32_t number, subject of) const;
  const profile* profile_of(const case_id& id) const;

  monitor_options options_;
  profile_book profiles_;
  case_book cases_;
  std::vector<told> fresh_;
  std::vector<lapse> lapses_; ///< a heap
  std::vector<hit_change> changes_;
  std::vector<std::string> orders_; ///< that answered a hit
  /// By case and subject: the turn under which a hit was raised, where a migration has moved it.
  std::map<std::pair<std::uint32_t, subject>, std::uint32_t> moved_;
  std::vector<std::uint32_t> touched_;
  std::vector<subject> work_;
  instant now_{instant::min()};
  bool closed_ = false; ///< now was advanced to
};

} // namespace banli::detail
