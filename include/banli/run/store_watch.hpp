// store_watch.hpp — a monitor over everything a store keeps (监察运行).
//
//   store_watch w(config, *config.rules, {.lapse = 20});
//   w.catch_up(store, tonight);            // what changed since the last time
//   w.hits();                              // all hits, with their whole life
//   w.watch().coming(next_week);           // what turns yellow or red by then
//
// Nothing of a watch is stored: catch_up() of a new one reads the events again, from all cases in
// order of time, and says the same hits at the same instants. A watch that runs takes only what is
// new. A supervision order of the same store that was issued because of a hit answers it, at the
// instant of its issue; nobody has to say so. An event that was entered late, for an instant that
// was advanced to before, is looked at in the second after it: that is when the watch learns of it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include <banli/document/configuration.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/supervision/cross_case.hpp>
#include <banli/supervision/monitor.hpp>
#include <banli/supervision/supervision_order.hpp>

namespace banli {

class store_watch {
 public:
  /// The configuration must outlive it; the rules are those given, whatever it has.
  store_watch(const configuration& config, rule_set rules, const workday_calendar& calendar,
              const monitor_options& options = {});

  /// Takes the events up to an instant that it has not seen, and lets time pass to it. Errors:
  /// those of the store and of the monitor.
  result<std::vector<hit_change>> catch_up(const case_store& store, instant to);

  std::vector<hit> hits() const { return log_.hits(); }
  const monitor& watch() const { return monitor_; }
  /// As monitor::answer(); the hits of this watch know of it.
  result<void> answer(const case_id& id, const rule_id& rule, std::string order, instant at);
  /// Cases that run, or ran, by a definition that is not in the configuration, former ones
  /// included: they are not watched from then on.
  const std::set<case_id>& left_out() const { return left_out_; }

 private:
  const configuration& config_;
  monitor monitor_;
  hit_log log_;
  result<void> note_orders(const case_store& store);

  std::map<case_id, std::uint32_t> seen_; ///< number of the last event taken
  std::vector<supervision_order> issued_; ///< because of hits, and not told to the monitor yet
  std::set<case_id> noted_;               ///< orders that are or were among them
  std::set<case_id> left_out_;
  std::optional<instant> reached_;
};

/// What rules over many cases (supervision/cross_case.hpp) ask of each case of a store, as it stood
/// at an instant; cases of a definition that is not in the configuration are passed over. Errors:
/// those of the store and of clocks().
result<std::vector<watched_case>> watched_cases(const configuration& config,
                                                const case_store& store, instant until,
                                                std::span<const hit> hits);

} // namespace banli
