// Where a process begins and ends, and what happens at the edge of its steps.
#include <algorithm>

#include <banli/base/nearest.hpp>

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {
namespace {

// What the question whether two ends are reached side by side may cost.
constexpr std::size_t most_visits = 20'000'000;

} // namespace

void bpmn_graph::move_links(std::vector<std::size_t>& from, std::size_t bpmn_link::*end,
                            std::size_t to) {
  std::vector<std::size_t>& there = end == &bpmn_link::from ? out_[to] : in_[to];
  for (const std::size_t l : from) {
    links_[l].*end = to;
    there.push_back(l);
  }
  from.clear();
}

void bpmn_graph::attach_edge_events() {
  std::vector<std::pair<std::size_t, std::vector<edge_event>>> hosts;
  std::unordered_map<std::size_t, std::size_t> number;
  for (const auto& [id, event] : edge_events_) {
    const auto host = by_id_.find(id);
    if (host == by_id_.end()) {
      r_.differs();
      r_.found.add(
          at(make_error(errc::unknown_reference,
                        "a boundary event is attached to '{}', which is no step of the process",
                        "边界事件所附着的“{}”不是该流程的环节", id),
             r_.tree.where(event.element)));
      continue;
    }
    const auto [it, fresh] = number.try_emplace(host->second.out, hosts.size());
    if (fresh) hosts.push_back({host->second.out, {}});
    hosts[it->second].second.push_back(event);
  }
  for (const auto& [host, events] : hosts) {
    attach_behind(host, events);
    for (const edge_event& e : events)
      if (!e.interrupts) attach_before(host, e);
  }
}

/// The step ends in one of several ways: as it should, or by an event.
void bpmn_graph::attach_behind(std::size_t host, const std::vector<edge_event>& events) {
  const bool any =
      std::any_of(events.begin(), events.end(), [](const edge_event& e) { return e.interrupts; });
  if (!any) return;
  const std::uint32_t cause = parts_[host].element;
  const std::size_t outcome = add_made(part_kind::choice, cause, parts_[host].id + "_outcome");
  const std::size_t done = add_made(part_kind::pass, cause, parts_[host].id + "_done");
  move_links(out_[host], &bpmn_link::from, done);
  add_link(host, outcome);
  add_link(outcome, done);
  for (const edge_event& e : events)
    if (e.interrupts) add_link(outcome, e.part, parts_[e.part].label);
  behind_[host] = done;
}

/// The event may happen while the step is done: a branch beside it, or none.
void bpmn_graph::attach_before(std::size_t host, const edge_event& event) {
  const std::size_t first = before_.try_emplace(host, host).first->second;
  const std::string id = parts_[event.part].id;
  const std::size_t whether = add_made(part_kind::choice, event.element, id + "_occurs");
  const std::size_t both = add_made(part_kind::parallel, event.element, id + "_fork");
  move_links(in_[first], &bpmn_link::to, whether);
  add_link(whether, first);
  add_link(whether, both, parts_[event.part].label);
  add_link(both, first);
  add_link(both, event.part);
  before_[host] = whether;
}

void bpmn_graph::join_link_events() {
  std::unordered_map<std::string, std::size_t> targets;
  for (const auto& [name, part] : catches_) targets.try_emplace(name, part);
  for (const auto& [name, part] : throws_) {
    const auto target = targets.find(name);
    if (target != targets.end() && out_[part].empty()) {
      add_link(part, target->second);
      continue;
    }
    r_.differs();
    r_.found.add(at(make_error(errc::unknown_reference, "no link event catches '{}'",
                               "没有捕获链接事件“{}”的事件", name),
                    r_.tree.where(parts_[part].element)));
  }
}

void bpmn_graph::wire_entry(bpmn_scope& s) {
  const auto begin = [&] {
    if (s.top) s.entry = add_made(part_kind::start, s.element, "start");
    return s.entry;
  };
  if (s.starts.size() == 1) {
    if (!s.top) return add_link(s.entry, s.starts.front());
    s.entry = s.starts.front();
    parts_[s.entry].kind = part_kind::start;
    return;
  }
  if (s.starts.size() > 1) { // a case begins with one of them
    const std::size_t entry = begin();
    const std::size_t which = add_made(part_kind::choice, s.element, "start_choice");
    add_link(entry, which);
    for (const std::size_t p : s.starts) add_link(which, p, parts_[p].label);
    return;
  }
  // Without start events everything that nothing leads to begins at once.
  std::vector<std::size_t> first;
  for (const auto& m : s.members) {
    const auto moved = before_.find(m.in);
    const std::size_t in = moved == before_.end() ? m.in : moved->second;
    if (in_[in].empty()) first.push_back(in);
  }
  if (first.empty()) return;
  const std::size_t entry = begin();
  for (const std::size_t p : first) add_link(entry, p);
}

void bpmn_graph::wire_exit(bpmn_scope& s) {
  std::vector<std::size_t> sinks = s.ends;
  for (const auto& m : s.members) {
    const auto moved = behind_.find(m.out);
    const std::size_t out = moved == behind_.end() ? m.out : moved->second;
    if (out_[out].empty()) sinks.push_back(out);
  }
  for (const std::size_t p : s.loose)
    if (out_[p].empty()) sinks.push_back(p);
  const bool side_by_side = sinks.size() > 1 && ends_meet(sinks);
  if (s.top) return wire_top_exit(s, sinks, side_by_side);
  std::size_t last = s.exit;
  if (side_by_side) {
    last = add_made(part_kind::inclusive, s.element, parts_[s.exit].id + "_join");
    add_link(last, s.exit);
  }
  for (const std::size_t p : sinks) add_link(p, last);
}

void bpmn_graph::wire_top_exit(bpmn_scope& s, const std::vector<std::size_t>& sinks,
                               bool side_by_side) {
  if (side_by_side && !killers_.empty()) r_.differs();
  std::size_t last = nothing;
  const auto end = [&] {
    if (last == nothing) last = add_made(part_kind::end, s.element, "end");
    return last;
  };
  if (side_by_side) {
    const std::size_t all_ended = add_made(part_kind::inclusive, s.element, "end_join");
    add_link(all_ended, end());
    last = all_ended;
  }
  for (const std::size_t p : sinks) {
    if (parts_[p].kind == part_kind::end && !side_by_side) continue;
    if (parts_[p].kind == part_kind::end) parts_[p].kind = part_kind::pass;
    add_link(p, end(), side_by_side ? parts_[p].label : std::string{});
  }
}

/// Whether two branches of some fork can both come to an end without meeting before.
bool bpmn_graph::ends_meet(const std::vector<std::size_t>& sinks) {
  const std::size_t n = parts_.size();
  std::vector<bool> is_sink(n);
  for (const std::size_t p : sinks) is_sink[p] = true;
  std::size_t visits = 0;
  std::vector<std::size_t> branches(n); // of the fork looked at, that lead here
  std::vector<std::size_t> seen(n);
  std::size_t round = 0;
  std::vector<std::size_t> waiting;
  const auto walk = [&](std::size_t first, const auto& enter) {
    ++round;
    waiting.assign(1, first);
    seen[first] = round;
    while (!waiting.empty() && visits < most_visits) {
      const std::size_t p = waiting.back();
      waiting.pop_back();
      ++visits;
      if (!enter(p)) continue;
      for (const std::size_t l : out_[p])
        if (const std::size_t to = links_[l].to; seen[to] != round) {
          seen[to] = round;
          waiting.push_back(to);
        }
    }
  };
  for (std::size_t fork = 0; fork < n; ++fork) {
    if (out_[fork].size() < 2 || parts_[fork].kind == part_kind::choice) continue;
    std::fill(branches.begin(), branches.end(), 0);
    visits += n / 16;
    for (const std::size_t l : out_[fork])
      walk(links_[l].to, [&](std::size_t p) {
        ++branches[p];
        return p != fork;
      });
    std::size_t ending = 0;
    for (const std::size_t l : out_[fork]) {
      bool ends = false;
      walk(links_[l].to, [&](std::size_t p) {
        const bool waits =
            parts_[p].kind == part_kind::parallel || parts_[p].kind == part_kind::inclusive;
        if (p == fork || (waits && in_[p].size() > 1 && branches[p] > 1)) return false;
        ends = ends || is_sink[p];
        return true;
      });
      ending += ends ? 1U : 0U;
    }
    if (ending > 1 || visits >= most_visits) return true;
  }
  return false;
}

} // namespace banli::detail
