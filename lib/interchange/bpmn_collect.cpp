// Parts and links out of the elements of a process.
#include <algorithm>
#include <array>

#include "interchange/bpmn_graph.hpp"

namespace banli::detail {
namespace {

constexpr auto opened_tags =
    std::to_array<std::string_view>({"subProcess", "transaction", "adHocSubProcess"});
constexpr auto task_tags = std::to_array<std::string_view>(
    {"task", "userTask", "manualTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask",
     "receiveTask", "callActivity"});
constexpr auto event_tags = std::to_array<std::string_view>(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent"});
constexpr auto gateway_tags =
    std::to_array<std::string_view>({"exclusiveGateway", "parallelGateway", "inclusiveGateway",
                                     "complexGateway", "eventBasedGateway"});

/// The first event definition of an event, none where it has no trigger.
std::uint32_t definition_of(const bpmn_tree& t, std::uint32_t e) {
  for (std::uint32_t c = t.child(e); c != bpmn_tree::none; c = t.next(c))
    if (t[c].space == xml_space::model &&
        (t[c].name.ends_with("EventDefinition") || t[c].name == "eventDefinitionRef"))
      return c;
  return bpmn_tree::none;
}

bool has_trigger(const bpmn_tree& t, std::uint32_t e, std::string_view tag) {
  for (std::uint32_t c = t.child(e); c != bpmn_tree::none; c = t.next(c))
    if (t.is(c, tag)) return true;
  return false;
}

bool ends_everything(const bpmn_tree& t, std::uint32_t e) {
  return has_trigger(t, e, "terminateEventDefinition") ||
         has_trigger(t, e, "errorEventDefinition") || has_trigger(t, e, "cancelEventDefinition");
}

std::string trimmed(const std::string& s) {
  constexpr const char* blanks = " \t\r\n";
  const std::size_t first = s.find_first_not_of(blanks);
  return first == std::string::npos ? "" : s.substr(first, s.find_last_not_of(blanks) + 1 - first);
}

bool is_opened(const bpmn_tree& t, std::uint32_t e) {
  return t[e].space == xml_space::model && among(opened_tags, t[e].name);
}

} // namespace

bool is_flow_node(const bpmn_tree& t, std::uint32_t e) {
  if (t[e].space != xml_space::model) return false;
  const std::string_view tag = t[e].name;
  return among(task_tags, tag) || among(event_tags, tag) || among(gateway_tags, tag) ||
         among(opened_tags, tag) || tag == "boundaryEvent";
}

std::string bpmn_graph::fresh(const std::string& id) {
  if (taken_.insert(id).second) return id;
  for (std::size_t& n = tries_[id];; ++n)
    if (std::string other = fmt::format("{}_{}", id, n + 2); taken_.insert(other).second)
      return other;
}

std::size_t bpmn_graph::add(part_kind kind, std::uint32_t e, std::string id, std::string label) {
  bpmn_part& p = parts_.emplace_back();
  p.kind = kind;
  p.id = std::move(id);
  p.label = std::move(label);
  p.element = e;
  in_.emplace_back();
  out_.emplace_back();
  return parts_.size() - 1;
}

std::size_t bpmn_graph::add_made(part_kind kind, std::uint32_t cause, const std::string& id,
                                 std::string label) {
  return add(kind, cause, fresh(id), std::move(label));
}

void bpmn_graph::add_link(std::size_t from, std::size_t to, std::string label) {
  bpmn_link l;
  l.from = from;
  l.to = to;
  l.label = std::move(label);
  l.element = parts_[from].element;
  add_link(std::move(l));
}

void bpmn_graph::add_link(bpmn_link l) {
  out_[l.from].push_back(links_.size());
  in_[l.to].push_back(links_.size());
  links_.push_back(std::move(l));
}

void bpmn_graph::remember(std::uint32_t e, ways w) {
  if (r_.tree.has(e, "id")) by_id_.try_emplace(std::string{r_.tree.attribute(e, "id")}, w);
}

void bpmn_graph::remember(std::uint32_t e, ways w, std::size_t scope) {
  remember(e, w);
  scopes_[scope].members.push_back(w);
}

std::size_t bpmn_graph::collect_scope(std::uint32_t e, bool top) {
  const bpmn_tree& t = r_.tree;
  const std::size_t self = scopes_.size();
  scopes_.emplace_back();
  const std::string id{t.attribute(e, "id")};
  scopes_[self].top = top;
  scopes_[self].element = e;
  if (!top) {
    scopes_[self].entry = add_made(part_kind::pass, e, id + "_in");
    scopes_[self].exit = add_made(part_kind::pass, e, id + "_done");
  }
  for (std::uint32_t c = t.child(e); c != bpmn_tree::none; c = t.next(c)) {
    if (t.is(c, "sequenceFlow"))
      flows_.push_back(c);
    else if (is_flow_node(t, c))
      collect_node(c, self);
  }
  return self;
}

void bpmn_graph::collect_node(std::uint32_t e, std::size_t scope) {
  const bpmn_tree& t = r_.tree;
  const std::string_view tag = t[e].name;
  if (const std::string_view d = t.attribute(e, "default"); !d.empty()) default_flows_.emplace(d);
  if (tag == "boundaryEvent") return collect_edge_event(e, scope);
  if (among(event_tags, tag)) return collect_event(e, scope);
  if (among(gateway_tags, tag)) return collect_gateway(e, scope);
  collect_activity(e, scope);
}

void bpmn_graph::collect_event(std::uint32_t e, std::size_t scope) {
  const bpmn_tree& t = r_.tree;
  const std::string id{t.attribute(e, "id")};
  const std::string label = one_line(t.attribute(e, "name"));
  const std::string_view tag = t[e].name;
  const bool top = scopes_[scope].top;
  const std::uint32_t trigger = definition_of(t, e);
  if (tag == "startEvent") {
    const std::size_t p = add(part_kind::pass, e, id, label);
    remember(e, {p, p});
    scopes_[scope].starts.push_back(p);
    if (trigger != bpmn_tree::none)
      r_.not_run(e, {"its trigger starts no case, accepting one does",
                     "其触发条件不会启动办件,办件由受理启动"});
    return;
  }
  if (tag == "endEvent") {
    const std::size_t p = add(top ? part_kind::end : part_kind::pass, e, id, label);
    remember(e, {p, p});
    scopes_[scope].ends.push_back(p);
    if (ends_everything(t, e)) {
      killers_.push_back(e);
      r_.not_run(
          e, {"it is an end like others and stops no branch", "按普通结束处理,不会终止其他分支"});
    } else if (trigger != bpmn_tree::none) {
      r_.not_run(e, {"it ends, and sends nothing", "仅作结束,不发送消息或信号"});
    }
    return;
  }
  if (has_trigger(t, e, "linkEventDefinition")) {
    const std::size_t p = add(part_kind::pass, e, id, label);
    std::uint32_t link = t.child(e, "linkEventDefinition");
    std::string name = one_line(t.attribute(link, "name"));
    if (name.empty()) name = label;
    const bool catches = tag == "intermediateCatchEvent";
    (catches ? catches_ : throws_).emplace_back(name, p);
    return remember(e, {p, p}, scope);
  }
  const std::size_t p = add(part_kind::step, e, id, label);
  remember(e, {p, p}, scope);
  if (tag == "intermediateCatchEvent")
    r_.not_run(e, {"it does not happen by itself; a step stands for it",
                   "事件不会自行发生,以一个环节代替"});
  else if (trigger != bpmn_tree::none)
    r_.not_run(e, {"nothing is sent; a step stands for it", "不发送消息或信号,以一个环节代替"});
}

bool bpmn_graph::can_be_opened(std::uint32_t e) const {
  const bpmn_tree& t = r_.tree;
  if (t[e].name != "subProcess" || t.attribute(e, "triggeredByEvent") == "true") return false;
  if (hosts_.contains(std::string{t.attribute(e, "id")})) return false;
  bool holds_nodes = false;
  for (std::uint32_t i = e + 1; i < t[e].end; ++i) {
    if (t.is(i, "endEvent") && ends_everything(t, i)) return false;
    if (t.attribute(i, "triggeredByEvent") == "true") return false;
    holds_nodes = holds_nodes || is_flow_node(t, i);
  }
  return holds_nodes;
}

void bpmn_graph::collect_activity(std::uint32_t e, std::size_t scope) {
  const bpmn_tree& t = r_.tree;
  const std::string_view tag = t[e].name;
  const std::string id{t.attribute(e, "id")};
  if (t.attribute(e, "isForCompensation") == "true")
    return r_.not_run(e, {"nothing is undone by itself", "不会自行补偿(撤销)"});
  if (is_opened(t, e) && t.attribute(e, "triggeredByEvent") == "true") {
    r_.differs();
    return r_.not_run(e, {"an event starts it beside the process", "由事件在流程之外启动"});
  }
  for (const char* mark : {"multiInstanceLoopCharacteristics", "standardLoopCharacteristics"})
    if (const std::uint32_t c = t.child(e, mark); c != bpmn_tree::none)
      r_.not_run(c, {"it is done once", "只执行一次"});
  if (is_opened(t, e) && can_be_opened(e)) {
    const std::size_t inner = collect_scope(e, false);
    return remember(e, {scopes_[inner].entry, scopes_[inner].exit}, scope);
  }
  const std::size_t p = add(part_kind::step, e, id, one_line(t.attribute(e, "name")));
  remember(e, {p, p}, scope);
  if (is_opened(t, e)) {
    bool holds_nodes = false;
    for (std::uint32_t i = e + 1; i < t[e].end; ++i)
      holds_nodes = holds_nodes || is_flow_node(t, i);
    if (!holds_nodes) return;
    r_.differs();
    r_.not_run(e, {"it is one step, what is in it is not looked at",
                   "作为一个环节处理,其内部流程不参与分析"});
  } else if (tag == "callActivity") {
    r_.not_run(e, {"it is a step, no other process is called", "作为一个环节处理,不调用其他流程"});
  } else if (tag == "serviceTask" || tag == "scriptTask" || tag == "businessRuleTask" ||
             tag == "sendTask") {
    r_.not_run(e, {"it is a step that a post does, no program is called",
                   "作为由岗位办理的环节处理,不调用程序"});
  }
}

void bpmn_graph::collect_gateway(std::uint32_t e, std::size_t scope) {
  const bpmn_tree& t = r_.tree;
  const std::string_view tag = t[e].name;
  part_kind kind = part_kind::choice;
  if (tag == "parallelGateway") kind = part_kind::parallel;
  if (tag == "inclusiveGateway") kind = part_kind::inclusive;
  if (tag == "complexGateway") {
    kind = part_kind::inclusive;
    r_.differs();
    r_.not_run(e, {"its activation condition is unknown, it is taken for an inclusive gateway",
                   "其激活条件无法判断,按包容网关处理"});
  }
  if (tag == "eventBasedGateway")
    r_.not_run(e, {"whoever handles the case chooses what came first", "由办理人选择先发生的事件"});
  const std::size_t p =
      add(kind, e, std::string{t.attribute(e, "id")}, one_line(t.attribute(e, "name")));
  remember(e, {p, p}, scope);
}

void bpmn_graph::collect_edge_event(std::uint32_t e, std::size_t scope) {
  const bpmn_tree& t = r_.tree;
  if (has_trigger(t, e, "compensateEventDefinition"))
    return r_.not_run(e, {"nothing is undone by itself", "不会自行补偿(撤销)"});
  const std::string id{t.attribute(e, "id")};
  const bool interrupts = t.attribute(e, "cancelActivity") != "false";
  const std::size_t p = add(part_kind::pass, e, id, one_line(t.attribute(e, "name")));
  remember(e, {p, p});
  scopes_[scope].loose.push_back(p);
  edge_events_.emplace_back(std::string{t.attribute(e, "attachedToRef")},
                            edge_event{e, p, interrupts});
  r_.not_run(e, {"it does not happen by itself; a decision stands for it",
                 "事件不会自行发生,以一个条件(菱形)代替"});
}

void bpmn_graph::collect_links() {
  const bpmn_tree& t = r_.tree;
  for (const std::uint32_t e : flows_) {
    const std::string from{t.attribute(e, "sourceRef")};
    const std::string to{t.attribute(e, "targetRef")};
    const std::uint32_t condition = t.child(e, "conditionExpression");
    bpmn_link l;
    l.label = one_line(t.attribute(e, "name"));
    l.element = e;
    l.is_default = default_flows_.contains(std::string{t.attribute(e, "id")});
    if (condition != bpmn_tree::none && !l.is_default) l.condition = trimmed(t.words(condition));
    const auto source = by_id_.find(from);
    const auto target = by_id_.find(to);
    if (source != by_id_.end() && target != by_id_.end()) {
      l.from = source->second.out;
      l.to = target->second.in;
      add_link(std::move(l));
      continue;
    }
    r_.differs();
    if (source != by_id_.end()) held_.insert(source->second.out);
    if (target != by_id_.end()) held_.insert(target->second.in);
    dangling_.push_back({node_id{from}, node_id{to}, l.label, l.condition});
    dangling_elements_.push_back(e);
  }
}

void bpmn_graph::collect_lanes(std::uint32_t e, std::size_t depth) {
  const bpmn_tree& t = r_.tree;
  if (depth > 50) return;
  for (std::uint32_t set = t.child(e); set != bpmn_tree::none; set = t.next(set)) {
    if (!t.is(set, "laneSet") && !t.is(set, "childLaneSet")) continue;
    for (std::uint32_t lane = t.child(set); lane != bpmn_tree::none; lane = t.next(lane)) {
      if (!t.is(lane, "lane")) continue;
      std::string name = one_line(t.attribute(lane, "name"));
      if (name.empty()) name = t.attribute(lane, "id");
      for (std::uint32_t c = t.child(lane); c != bpmn_tree::none; c = t.next(c))
        if (t.is(c, "flowNodeRef")) lane_of_[one_line(t.words(c))] = name;
      collect_lanes(lane, depth + 1); // the inner lane has the last word
    }
  }
}

} // namespace banli::detail
