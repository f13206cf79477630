#include <banli/run/replay.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include <banli/base/nearest.hpp>
#include <banli/engine/decide.hpp>
#include <banli/run/case_view.hpp>
#include <banli/run/supervision_register.hpp>

#include "refusal_audit.hpp"

namespace banli {

namespace {

/// The commands of one case, in the order of the log.
struct case_commands {
  case_id id;
  std::vector<const command*> commands;
};

std::vector<case_commands> by_case(const case_log& log) {
  std::vector<case_commands> out;
  std::unordered_map<case_id, std::size_t> position;
  for (const command& c : log.commands) {
    const auto [it, added] = position.try_emplace(c.id, out.size());
    if (added) out.push_back({c.id, {}});
    out[it->second].commands.push_back(&c);
  }
  return out;
}

/// What is to be appended to one case. It owns the events the request points to.
struct pending {
  case_id id;
  item_id item;
  std::string definition;
  std::uint32_t expected = 0;
  std::vector<event> events;
};

class replayer {
 public:
  replayer(const configuration& config, const case_log& log, case_store& store,
           const replay_options& options)
      : config_(config), log_(log), store_(store), options_(options) {}

  result<run_result> run() {
    out_.commands = log_.commands.size();
    for (const service_item& i : config_.items) out_.items.push_back({i.code, i.name});
    const auto cases = by_case(log_);
    for (std::size_t n = 0; n < cases.size(); ++n) {
      tell("replay", n, cases.size());
      if (auto r = replay_case(cases[n]); !r) return r.error();
      if (batch_.size() >= options_.batch_cases)
        if (auto r = flush(); !r) return r.error();
    }
    if (auto r = flush(); !r) return r.error();
    if (auto r = record_attempts(); !r) return r.error();
    tell("replay", cases.size(), cases.size());
    if (auto r = watch_all(); !r) return r.error();
    compare_deadlines();
    return std::move(out_);
  }

 private:
  void tell(std::string_view stage, std::size_t done, std::size_t total) const {
    if (options_.on_progress) options_.on_progress({stage, done, total});
  }

  // From the log into the store.

  result<void> replay_case(const case_commands& mine) {
    auto stored = store_.find(mine.id);
    if (!stored) return stored.error();
    auto history = store_.load(mine.id);
    if (!history) return history.error();
    const item_id item = *stored ? (*stored)->item : mine.commands.front()->with.item;
    const auto definition = find(config_, item);
    if (!definition) {
      refuse(mine, 0, unknown(mine.commands.front(), item));
      return {};
    }
    pending p{mine.id,
              definition->item.code,
              *stored ? (*stored)->definition : definition->hash,
              static_cast<std::uint32_t>(history->size()),
              {}};
    // A case that was begun goes on by its own version of the item, or what it was moved to.
    auto on = *stored ? fold_stored(config_, **stored, *history)
                      : folded_case{definition, banli::replay(*definition, mine.id, {})};
    if (!on) {
      refuse(mine, 0,
             make_error(errc::definition_changed,
                        "case {} runs by another version of item {} than the configuration holds",
                        "办件 {} 所用的事项 {} 的版本与当前配置不同", mine.id.text(), item.text()));
      return {};
    }
    return replay_commands(mine, *on->definition, std::move(on->state), std::move(p));
  }

  result<void> replay_commands(const case_commands& mine, const case_definition& definition,
                               case_state state, pending p) {
    for (std::size_t i = 0; i < mine.commands.size(); ++i) {
      const command& c = *mine.commands[i];
      const auto done = store_.done(c.request);
      if (!done) return done.error();
      if (*done) {
        ++out_.already_done;
        continue;
      }
      auto events = decide(definition, state, c, config_.calendar);
      if (!events) {
        refuse(mine, i, events.error(),
               detail::ground_of(definition, state, config_.calendar, c, events.error()));
        break;
      }
      for (event& e : *events) {
        apply_to(definition, state, e);
        p.events.push_back(std::move(e));
      }
    }
    if (!p.events.empty()) batch_.push_back(std::move(p));
    return {};
  }

  error unknown(const command* first, const item_id& item) const {
    if (item.empty())
      return make_error(errc::not_accepted, "case {} begins with '{}' and has not been accepted",
                        "办件 {} 以“{}”开始,尚未受理", first->id.text(), to_string(first->what));
    std::vector<std::string_view> names;
    for (const service_item& i : config_.items) names.emplace_back(i.code.text());
    return with_hint(
        make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", item.text()),
        suggestion(item.text(), names));
  }

  void refuse(const case_commands& mine, std::size_t position, error why, std::string rule = {}) {
    const command& c = *mine.commands[position];
    if (options_.audited) attempts_.push_back(detail::audit_of(c, why, std::move(rule)));
    if (why.where == place{}) why.where = c.where;
    out_.refusals.push_back({c, std::move(why), mine.commands.size() - position - 1});
  }

  result<void> flush() {
    std::vector<append_request> requests;
    requests.reserve(batch_.size());
    for (const pending& p : batch_)
      requests.push_back({p.id, p.item, p.definition, p.expected, p.events});
    if (auto r = store_.append(requests); !r) return r.error();
    for (const pending& p : batch_) out_.events_appended += p.events.size();
    batch_.clear();
    return {};
  }

  /// Those that the audit log does not have: the log may have been run before.
  result<void> record_attempts() {
    if (attempts_.empty()) return {};
    std::set<std::string> kept; // an entry says nothing of its number
    constexpr std::size_t page = 1'000;
    for (std::uint64_t after = 0;;) {
      const auto records = store_.audit_log(after, page);
      if (!records) return records.error();
      for (const audit_record& r : *records) kept.insert(to_json(0, r.entry));
      if (records->size() < page) break;
      after = records->back().number;
    }
    std::erase_if(attempts_,
                  [&](const audit_entry& e) { return !kept.insert(to_json(0, e)).second; });
    out_.refusals_recorded = attempts_.size();
    return store_.record(attempts_);
  }

  // From the store to the findings.

  result<void> watch_all() {
    const auto all = cases_in(store_);
    if (!all) return all.error();
    const auto orders = orders_in(store_, options_.until);
    if (!orders) return orders.error();
    orders_ = orders_by_case(*orders);
    for (std::size_t n = 0; n < all->size(); ++n) {
      tell("supervise", n, all->size());
      if (auto r = watch((*all)[n]); !r) return r.error();
    }
    tell("supervise", all->size(), all->size());
    count_flows();
    return {};
  }

  result<void> watch(const stored_case& c) {
    auto history = store_.load(c.id);
    if (!history) return history.error();
    std::erase_if(*history, [&](const event& e) { return e.at > options_.until; });
    const auto folded = fold_stored(config_, c, *history);
    if (!folded) {
      out_.warnings.push_back(
          make_error(errc::definition_changed,
                     "case {} of item {} is left out: its definition is not in the configuration",
                     "办件 {}(事项 {})未纳入:配置中没有它所用的版本", c.id.text(), c.item.text()));
      return {};
    }
    const auto& [definition, state] = *folded;
    if (state.phase == case_phase::none) return {};
    case_outcome o{c.id, c.item, state.phase, timeliness::open, false, {}};
    o.complete = definition->net.finish(state.at).has_value();
    if (auto r = judge_case(*definition, state, o); !r) return r.error();
    if (config_.rules) {
      auto found = supervise(definitions_of(config_), c.definition, c.id, *history, *config_.rules,
                             config_.calendar, options_.until);
      if (!found) return found.error();
      o.hits = std::move(found->hits);
      if (const auto mine = orders_.find(c.id); mine != orders_.end())
        answer_hits(o.hits, mine->second);
    }
    count(o);
    out_.cases.push_back(std::move(o));
    return {};
  }

  result<void> judge_case(const case_definition& definition, const case_state& state,
                          case_outcome& o) {
    if (!state.was_accepted()) return {};
    const auto k = clocks(definition, state, config_.calendar);
    if (!k) return k.error();
    due_[o.id] = k->promised.result.due;
    const auto t = judge(definition, state, config_.calendar, options_.until);
    if (!t) return t.error();
    o.judged = *t;
    return {};
  }

  /// Whether time tells on it: it was accepted, and left to the office to close.
  static bool is_judged(case_phase p) {
    constexpr std::array<case_phase, 5> without{case_phase::refused, case_phase::withdrawn,
                                                case_phase::applied, case_phase::incomplete,
                                                case_phase::concluded};
    return std::ranges::find(without, p) == without.end();
  }

  void count(const case_outcome& o) {
    const auto row = std::find_if(out_.items.begin(), out_.items.end(),
                                  [&](const item_summary& s) { return s.item == o.item; });
    if (row == out_.items.end()) return;
    ++row->received;
    for (const hit& h : o.hits) ++row->hits[static_cast<std::size_t>(h.level)];
    if (!is_judged(o.phase)) {
      ++row->not_judged;
      return;
    }
    switch (o.judged) {
    case timeliness::open: ++row->open; break;
    case timeliness::early: ++row->early; break;
    case timeliness::on_time: ++row->on_time; break;
    case timeliness::open_overdue:
    case timeliness::overdue: ++row->overdue; break;
    }
  }

  /// A case deviates when one of its steps was refused; a delivery refused because the flow is not
  /// at its end means only that it is not finished.
  void count_flows() {
    std::unordered_map<case_id, bool> deviates;
    for (const refusal& r : out_.refusals)
      if (r.why.code != errc::not_finished) deviates[r.asked.id] = true;
    out_.deviating = deviates.size();
    for (const case_outcome& o : out_.cases) {
      if (deviates.contains(o.id)) continue;
      ++(o.complete ? out_.complete : out_.unfinished);
    }
  }

  void compare_deadlines() {
    for (const recorded_deadline& d : log_.deadlines) {
      ++out_.deadlines;
      const auto ours = due_.find(d.id);
      if (ours != due_.end() && ours->second == d.due) ++out_.deadlines_reproduced;
    }
  }

  const configuration& config_;
  const case_log& log_;
  case_store& store_;
  const replay_options& options_;
  std::vector<pending> batch_;
  std::vector<audit_entry> attempts_; ///< refused commands
  std::map<case_id, std::vector<supervision_order>> orders_;
  std::unordered_map<case_id, std::optional<day>> due_;
  run_result out_;
};

} // namespace

result<run_result> replay(const configuration& config, const case_log& log, case_store& store,
                          const replay_options& options) {
  if (!config.good()) return config.found.front();
  return replayer{config, log, store, options}.run();
}

instant last_instant(const case_log& log) {
  instant last{};
  for (const command& c : log.commands) last = std::max(last, c.at);
  return last;
}

} // namespace banli
