// What BPMN leaves unsaid becomes parts of its own; what says nothing vanishes; the rest is the
// chart.
#include <algorithm>

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {

void bpmn_graph::run() {
  const bpmn_tree& t = r_.tree;
  for (std::uint32_t i = process_; i < t[process_].end; ++i) {
    if (t[i].space != xml_space::model) continue;
    if (t.has(i, "id")) taken_.emplace(t.attribute(i, "id"));
    if (t[i].name == "boundaryEvent" && t.child(i, "compensateEventDefinition") == bpmn_tree::none)
      hosts_.emplace(t.attribute(i, "attachedToRef"));
  }
  collect_scope(process_, true);
  collect_links();
  collect_lanes(process_, 0);
  attach_edge_events();
  join_link_events();
  for (std::size_t s = scopes_.size(); s-- > 0;) wire_entry(scopes_[s]);
  for (std::size_t s = scopes_.size(); s-- > 0;) wire_exit(scopes_[s]);
  split();
  pass_through();
  emit();
}

void bpmn_graph::split() {
  const std::size_t drawn = parts_.size();
  for (std::size_t p = 0; p < drawn; ++p) {
    if (out_[p].size() < 2) continue;
    switch (parts_[p].kind) {
    case part_kind::choice:
    case part_kind::end: break;
    case part_kind::parallel:
    case part_kind::inclusive:
      if (in_[p].size() > 1) { // waits first, opens then
        const std::size_t behind =
            add_made(parts_[p].kind, parts_[p].element, parts_[p].id + "_out");
        move_links(out_[p], &bpmn_link::from, behind);
        add_link(p, behind);
      }
      break;
    default: split_implicit(p);
    }
  }
}

/// Several arrows out of a task: all are taken, those with a condition if it holds.
void bpmn_graph::split_implicit(std::size_t p) {
  std::size_t conditional = 0;
  std::size_t defaults = 0;
  for (const std::size_t l : out_[p]) {
    conditional += links_[l].condition.empty() ? 0U : 1U;
    defaults += links_[l].is_default ? 1U : 0U;
  }
  const std::size_t always = out_[p].size() - conditional - defaults;
  part_kind kind = conditional == 0 ? part_kind::parallel : part_kind::inclusive;
  if (conditional == 1 && defaults == 1 && always == 0) kind = part_kind::choice;
  if (conditional > 0 && always > 0) {
    r_.differs();
    r_.found.add(at(make_error(errc::not_run,
                               "arrows with and without conditions leave '{}': they are taken for "
                               "an inclusive decision",
                               "“{}”引出的箭头有的带条件、有的不带条件:按包容条件处理",
                               parts_[p].label.empty() ? parts_[p].id : parts_[p].label),
                    r_.tree.where(parts_[p].element)));
  }
  const std::size_t fork = add_made(kind, parts_[p].element, parts_[p].id + "_out");
  move_links(out_[p], &bpmn_link::from, fork);
  add_link(p, fork);
}

/// One arrow in, one out: the arrow goes through.
void bpmn_graph::pass_through() {
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    const part_kind kind = parts_[p].kind;
    if (kind == part_kind::start || kind == part_kind::end || kind == part_kind::step) continue;
    if (held_.contains(p)) continue;
    if (in_[p].empty() && out_[p].empty()) parts_[p].gone = kind == part_kind::pass;
    if (in_[p].size() != 1 || out_[p].size() != 1 || in_[p] == out_[p]) continue;
    bpmn_link& before = links_[in_[p].front()];
    bpmn_link& behind = links_[out_[p].front()];
    before.to = behind.to;
    if (before.label.empty()) before.label = behind.label;
    std::replace(in_[behind.to].begin(), in_[behind.to].end(), out_[p].front(), in_[p].front());
    behind.gone = true;
    parts_[p].gone = true;
  }
}

node_kind bpmn_graph::kind_of(std::size_t p) const {
  const bool opens = out_[p].size() > 1;
  switch (parts_[p].kind) {
  case part_kind::start: return node_kind::start;
  case part_kind::end: return node_kind::end;
  case part_kind::step: return node_kind::step;
  case part_kind::parallel: return opens ? node_kind::fork : node_kind::join;
  case part_kind::inclusive:
    return opens ? node_kind::inclusive_decision : node_kind::inclusive_join;
  default: return node_kind::decision;
  }
}

void bpmn_graph::emit() {
  bpmn_document& out = r_.out;
  for (std::size_t p = 0; p < parts_.size(); ++p) {
    if (parts_[p].gone) continue;
    node& n = out.chart.nodes.emplace_back();
    n.kind = kind_of(p);
    n.id = node_id{parts_[p].id};
    n.label = parts_[p].label;
    if (n.kind == node_kind::step)
      if (const auto lane = lane_of_.find(parts_[p].id); lane != lane_of_.end())
        n.department = department_id{lane->second};
    r_.node_elements.push_back(parts_[p].element);
  }
  for (bpmn_link& l : links_) {
    if (l.gone) continue;
    const node_kind from = kind_of(l.from);
    const bool chooses = from == node_kind::decision || from == node_kind::inclusive_decision;
    if (!l.condition.empty() && !chooses) {
      r_.not_run(l.element, {"its condition is not asked, nothing is decided there",
                             "此处没有可选,其条件不参与判断"});
      l.condition.clear();
    }
    out.chart.arrows.push_back({node_id{parts_[l.from].id}, node_id{parts_[l.to].id},
                                std::move(l.label), std::move(l.condition)});
    r_.arrow_elements.push_back(l.element);
  }
  for (std::size_t i = 0; i < dangling_.size(); ++i) {
    out.chart.arrows.push_back(std::move(dangling_[i]));
    r_.arrow_elements.push_back(dangling_elements_[i]);
  }
}

} // namespace banli::detail
