#include <banli/flowchart/soundness.hpp>

#include <algorithm>
#include <bit>
#include <set>

#include "flowchart/flow_tables.hpp"
#include "flowchart/reduction.hpp"
#include "flowchart/state_space.hpp"
#include "flowchart/words.hpp"

namespace banli {
namespace {

using detail::flow_tables;
using detail::none;
using detail::state_space;

/// Reads the four properties off the finished state space.
class soundness_judge {
 public:
  soundness_judge(const flow_tables& t, const state_space& space) : t_(t), space_(space) {}

  std::vector<flow_fault> run() {
    unsafe_places();
    if (t_.start_mishap) return std::move(faults_); // no marking is known that could tell more
    read_markings();
    improper_finishes();
    stuck_cases();
    dead_steps();
    return std::move(faults_);
  }

 private:
  void add(errc code, std::uint32_t node, std::uint32_t state) {
    faults_.push_back({code, node_index{node}, space_.way_to(state, t_), space_.states[state]});
  }

  void unsafe_places() {
    std::set<std::pair<errc, std::uint32_t>> told;
    const auto node_of = [&](const detail::mishap& bad) { return t_.places[bad.place].node; };
    if (const detail::mishap& bad = t_.start_mishap) add(bad.code, node_of(bad), 0);
    for (const detail::unsafe_move& move : space_.unsafe) {
      const std::uint32_t node = node_of(move.bad);
      if (!told.emplace(move.bad.code, node).second) continue;
      add(move.bad.code, node, move.state);
      faults_.back().witness.push_back(detail::to_move(move.by, t_));
    }
  }

  void read_markings() {
    marking ends;
    for (detail::place_index p = 0; p < t_.places.size(); ++p)
      if (t_.places[p].arrow == none && t_.kind(t_.places[p].node) == node_kind::end) ends.put(p);
    ended_.resize(space_.states.size());
    end_of_.resize(space_.states.size(), none);
    for (std::size_t s = 0; s < space_.states.size(); ++s)
      for (std::size_t w = 0; w < ends.words() && !ended_[s]; ++w)
        if (const std::uint64_t here = space_.states[s].word(w) & ends.word(w); here != 0) {
          ended_[s] = true;
          end_of_[s] = t_.places[64 * w + static_cast<std::size_t>(std::countr_zero(here))].node;
        }
    occurs_.resize(t_.chart.nodes.size());
    for (const std::size_t p : detail::places_seen(space_))
      if (t_.places[p].arrow == none) occurs_[t_.places[p].node] = true;
  }

  void improper_finishes() {
    std::vector<bool> told(t_.chart.nodes.size());
    for (std::uint32_t s = 0; s < space_.states.size(); ++s) {
      if (!ended_[s] || space_.states[s].tokens() == 1 || told[end_of_[s]]) continue;
      told[end_of_[s]] = true;
      add(errc::improper_finish, end_of_[s], s);
    }
  }

  /// The node a stuck case is told of: the first join it waits at, else the first node it stands
  /// at.
  std::uint32_t node_of(std::uint32_t s) const {
    const std::vector<std::size_t> places = space_.states[s].places();
    for (const std::size_t p : places)
      if (t_.places[p].arrow != none) return t_.places[p].node;
    return places.empty() ? static_cast<std::uint32_t>(t_.start) : t_.places[places.front()].node;
  }

  /// Whether one of the tokens that rest on the way into `other` keeps a join from opening.
  bool waits_for(const detail::inclusive_join& join, const detail::inclusive_join& other,
                 const marking& m) const {
    return std::any_of(other.arrows.begin(), other.arrows.end(), [&](detail::place_index p) {
      marking alone; // what the join has, and this token
      for (const detail::place_index own : join.arrows)
        if (m.has(own)) alone.put(own);
      if (alone.empty() || !m.has(p)) return false;
      alone.put(p);
      return !t_.opens(join, alone);
    });
  }

  /// The first inclusive join that waits for itself, through others or another; none if none does.
  std::uint32_t circle_in(const marking& m) const {
    const auto& joins = t_.inclusive_joins;
    for (std::size_t i = 0; i < joins.size(); ++i) {
      std::vector<bool> seen(joins.size());
      std::vector<std::size_t> walking{i};
      while (!walking.empty()) {
        const std::size_t at = walking.back();
        walking.pop_back();
        for (std::size_t k = 0; k < joins.size(); ++k) {
          if (k == at || seen[k] || !waits_for(joins[at], joins[k], m)) continue;
          if (k == i) return joins[i].node;
          seen[k] = true;
          walking.push_back(k);
        }
      }
    }
    return none;
  }

  void stuck_cases() {
    // A move that fills a place twice is told as such; what might come after it is not known, so
    // the marking before it is not called stuck as well.
    std::vector<bool> may_finish(space_.states.size());
    std::vector<bool> still(space_.states.size());
    for (std::uint32_t s = 0; s < space_.states.size(); ++s) {
      may_finish[s] = ended_[s] || space_.has_unsafe[s];
      still[s] = !may_finish[s] && space_.next[s].empty();
    }
    const detail::way_back back(space_);
    may_finish = back.can_reach(std::move(may_finish));
    if (std::find(may_finish.begin(), may_finish.end(), false) == may_finish.end()) return;
    const std::vector<bool> comes_to_rest = back.can_reach(still);
    std::vector<bool> told(t_.chart.nodes.size());
    bool loop_told = false;
    for (std::uint32_t s = 0; s < space_.states.size(); ++s) {
      if (may_finish[s]) continue;
      const bool loop = !comes_to_rest[s];
      if ((!loop && !still[s]) || (loop && loop_told)) continue;
      const std::uint32_t circle = still[s] ? circle_in(space_.states[s]) : none;
      const std::uint32_t node = circle != none ? circle : node_of(s);
      if (told[node]) continue;
      loop_told = loop_told || loop;
      told[node] = true;
      add(circle != none ? errc::vicious_circle : errc::cannot_finish, node, s);
    }
  }

  void dead_steps() {
    for (std::uint32_t n = 0; n < t_.chart.nodes.size(); ++n)
      if (t_.kind(n) == node_kind::step && !occurs_[n])
        faults_.push_back({errc::dead_step, node_index{n}, {}, {}});
  }

  const flow_tables& t_;
  const state_space& space_;
  std::vector<bool> ended_;           // by state: an end holds a token
  std::vector<std::uint32_t> end_of_; // by state: which
  std::vector<bool> occurs_;          // by node
  std::vector<flow_fault> faults_;
};

} // namespace

namespace {

/// Whether a search of what a reduction left finds no fault: its nodes stand for many, so each must
/// occur.
bool rest_is_sound(const flow_tables& t, const state_space& space) {
  return soundness_judge(t, space).run().empty() &&
         detail::places_seen(space).size() == t.places.size();
}

} // namespace

soundness check_soundness(const flow_net& net, const soundness_limits& limits,
                          soundness_method how) {
  const flow_tables& t = detail::tables_of(net);
  soundness out;
  if (how == soundness_method::reduce_first) {
    const detail::reduced_chart reduced = detail::reduce(t);
    out.reductions = reduced.steps;
    out.decided = reduced.single;
    if (reduced.rest && reduced.steps > 0) {
      const auto rest = detail::build_tables(*reduced.rest);
      const state_space space = detail::explore(*rest, limits.states);
      out.states = space.states.size();
      out.decided = space.complete && rest_is_sound(*rest, space);
    }
    if (out.decided) return out;
  }
  const state_space space = detail::explore(t, limits.states);
  out.states += space.states.size();
  out.decided = space.complete;
  if (out.decided) out.faults = soundness_judge(t, space).run();
  return out;
}

namespace {

/// What the case looks like at the end of a witness: "'消防审查' is still open; 'join' waits for
/// '环保审查'".
text words_of_stuck(const flow_net& net, const flow_fault& fault) {
  std::vector<node_index> open = net.resting(fault.stuck);
  std::erase(open, fault.node);
  text out;
  const text names = detail::words(net, open);
  if (!open.empty())
    out = {fmt::format("{} {} still open", names.en, open.size() == 1 ? "is" : "are"),
           fmt::format("{}仍在办理", names.zh)};
  std::vector<node_index> told;
  const std::vector<arrow_index> waiting = net.waiting(fault.stuck);
  for (const arrow_index a : waiting) {
    const node_index join = net.to(a);
    if (std::find(told.begin(), told.end(), join) != told.end()) continue;
    told.push_back(join);
    std::vector<node_index> missing;
    const flowchart& chart = net.chart();
    for (std::uint32_t i = 0; i < chart.arrows.size(); ++i)
      if (net.to(arrow_index{i}) == join &&
          std::find(waiting.begin(), waiting.end(), arrow_index{i}) == waiting.end())
        missing.push_back(net.from(arrow_index{i}));
    const text from = detail::words(net, missing);
    out.en += fmt::format("{}'{}' waits for {}", out.en.empty() ? "" : "; ", net.at(join).shown(),
                          from.en);
    out.zh += fmt::format("{}“{}”等待{}", out.zh.empty() ? "" : ";", net.at(join).shown(), from.zh);
  }
  return out;
}

error to_error(const flow_net& net, const flow_fault& fault) {
  const std::string& name = net.at(fault.node).shown();
  if (fault.code == errc::dead_step)
    return make_error(errc::dead_step, "step '{}' can occur in no case",
                      "环节“{}”在任何办件中都不会发生", name);
  text way = detail::words(net, fault.witness);
  if (fault.witness.empty()) way = {"at the start", "开始时"};
  text stuck = words_of_stuck(net, fault);
  if (stuck.en.empty()) stuck = {"nothing else is open", "没有其他在办环节"};
  if (fault.code == errc::unsafe_place)
    return make_error(errc::unsafe_place, "{0}: '{2}' is then started twice at once",
                      "{1}:此时“{2}”被同时启动两次", way.en, way.zh, name);
  if (fault.code == errc::improper_finish)
    return make_error(errc::improper_finish, "{0}: the end '{4}' is reached while {2}",
                      "{1}:到达结束“{4}”时,{3}", way.en, way.zh, stuck.en, stuck.zh, name);
  if (fault.code == errc::join_race)
    return make_error(errc::join_race,
                      "{0}: what '{2}' then waits for depends on which of two joins opens first",
                      "{1}:此时“{2}”等待什么取决于两个汇合中哪个先打开", way.en, way.zh, name);
  if (fault.code == errc::vicious_circle)
    return make_error(errc::vicious_circle, "{0}: then {2}: these joins wait for each other",
                      "{1}:此后{3}:这些汇合互相等待", way.en, way.zh, stuck.en, stuck.zh);
  const bool waits = is_join(net.at(fault.node).kind);
  if (waits)
    return make_error(errc::cannot_finish, "{0}: then {2}, for ever", "{1}:此后{3},永远无法办结",
                      way.en, way.zh, stuck.en, stuck.zh);
  return make_error(errc::cannot_finish, "{0}: from '{2}' on no way leads to an end",
                    "{1}:自“{2}”起没有通向结束的路径", way.en, way.zh, name);
}

} // namespace

problems to_problems(const soundness& s, const flow_net& net, const locator& where) {
  problems out;
  if (!s.decided)
    out.push_back(
        at(make_error(errc::not_decided,
                      "flowchart '{}': not decided within {} markings; it may be unsound",
                      "流程图“{}”:在 {} 个状态内未能判定,不能视为正确", net.chart().name, s.states),
           where("")));
  for (const flow_fault& fault : s.faults)
    out.push_back(
        at(to_error(net, fault), where(fmt::format("/nodes/{}", detail::number(fault.node)))));
  return out;
}

} // namespace banli
