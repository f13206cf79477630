// A flowchart as BPMN 2.0: elements in the order of the OMG's schema, our fields as extensions.
#include <unordered_map>

#include <banli/base/utf8.hpp>
#include <banli/interchange/bpmn.hpp>

#include "interchange/bpmn_fields.hpp"
#include "interchange/bpmn_ids.hpp"

namespace banli {
namespace detail {
bool is_ncname(std::string_view s) {
  const auto starts = [](char32_t c) {
    return (c >= 'A' && c <= 'Z') || c == '_' || (c >= 'a' && c <= 'z') ||
           (c >= 0xC0 && c <= 0x2FF && c != 0xD7 && c != 0xF7) ||
           (c >= 0x370 && c <= 0x1FFF && c != 0x37E) || (c >= 0x2070 && c <= 0x218F) ||
           (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) ||
           (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0xEFFFF);
  };
  if (s.empty()) return false;
  for (std::size_t i = 0; i < s.size();) {
    const decoded d = decode(s, i);
    const char32_t c = d.point;
    const bool later = i > 0 && ((c >= '0' && c <= '9') || c == '-' || c == '.' || c == 0xB7);
    if (d.size == 0 || (!starts(c) && !later)) return false;
    i += d.size;
  }
  return true;
}

std::string_view tag_of(node_kind kind) {
  switch (kind) {
  case node_kind::start: return "startEvent";
  case node_kind::end: return "endEvent";
  case node_kind::step: return "userTask";
  case node_kind::decision: return "exclusiveGateway";
  case node_kind::fork:
  case node_kind::join: return "parallelGateway";
  case node_kind::inclusive_decision:
  case node_kind::inclusive_join: break;
  }
  return "inclusiveGateway";
}

namespace {

class chart_writer {
 public:
  chart_writer(const flowchart& chart, const bpmn_picture& picture)
      : chart_(chart), picture_(picture) {}

  result<std::string> run() {
    if (auto bad = refuse_bpmn(chart_)) return *std::move(bad);
    name_everything();
    plan_lanes();
    x_.open("definitions")
        .attribute("xmlns", "http://www.omg.org/spec/BPMN/20100524/MODEL")
        .attribute("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI")
        .attribute("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC")
        .attribute("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI")
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .attribute("xmlns:banli", bpmn_namespace)
        .attribute("id", fresh("definitions"))
        .attribute("targetNamespace", bpmn_namespace)
        .attribute("exporter", "banli");
    if (has_pool()) collaboration();
    process();
    if (!picture_.nodes.empty()) diagram();
    return std::move(x_).take();
  }

 private:
  // ---- names
  std::string fresh(const std::string& wanted) { return ids_.fresh(wanted); }

  void name_everything() {
    const auto own = [&](const std::string& id) { return is_ncname(id) && ids_.take(id); };
    for (const node& n : chart_.nodes)
      node_names_.push_back(own(n.id.text()) ? n.id.text() : std::string{});
    process_ = own(chart_.id.text()) ? chart_.id.text() : fresh("process");
    for (std::size_t i = 0; i < chart_.nodes.size(); ++i) {
      if (node_names_[i].empty()) node_names_[i] = fresh(fmt::format("node_{}", i + 1));
      by_id_.try_emplace(chart_.nodes[i].id.text(), i);
    }
    in_.resize(chart_.nodes.size());
    out_.resize(chart_.nodes.size());
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) {
      arrow_names_.push_back(fresh(fmt::format("flow_{}", a + 1)));
      if (const auto n = by_id_.find(chart_.arrows[a].from.text()); n != by_id_.end())
        out_[n->second].push_back(a);
      if (const auto n = by_id_.find(chart_.arrows[a].to.text()); n != by_id_.end())
        in_[n->second].push_back(a);
    }
    pool_ = fresh("pool");
    collaboration_ = fresh("collaboration");
  }

  // ---- lanes
  bool has_pool() const { return !picture_.lanes.empty(); }

  void plan_lanes() {
    lane_of_.resize(chart_.nodes.size());
    lanes_ = picture_.lanes;
    if (lanes_.empty()) {
      std::unordered_map<std::string, std::size_t> number;
      for (std::size_t n = 0; n < chart_.nodes.size(); ++n) {
        const std::string& department = chart_.nodes[n].department.text();
        if (department.empty()) continue;
        const auto [it, first] = number.try_emplace(department, lanes_.size());
        if (first) lanes_.push_back({department, {}, {}});
        lanes_[it->second].nodes.push_back(n);
      }
    }
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
      lane_names_.push_back(fresh(fmt::format("lane_{}", i + 1)));
      for (const std::size_t n : lanes_[i].nodes)
        if (n < lane_of_.size()) lane_of_[n] = lanes_[i].department;
    }
  }

  void collaboration() {
    x_.open("collaboration").attribute("id", collaboration_);
    x_.open("participant").attribute("id", pool_).given("name", chart_.name);
    x_.attribute("processRef", process_).close();
    x_.close();
  }

  // ---- the process
  void process() {
    x_.open("process").attribute("id", process_).given("name", chart_.name);
    x_.attribute("isExecutable", "false");
    x_.open("extensionElements").open("banli:flowchart").attribute("id", chart_.id.text());
    write_bpmn_forms(x_, chart_);
    x_.close().close();
    if (!lanes_.empty()) {
      x_.open("laneSet").attribute("id", fresh("lanes"));
      for (std::size_t i = 0; i < lanes_.size(); ++i) {
        x_.open("lane").attribute("id", lane_names_[i]).given("name", lanes_[i].department);
        for (const std::size_t n : lanes_[i].nodes)
          if (n < node_names_.size()) x_.leaf("flowNodeRef", node_names_[n]);
        x_.close();
      }
      x_.close();
    }
    for (std::size_t n = 0; n < chart_.nodes.size(); ++n) flow_node(n);
    for (std::size_t a = 0; a < chart_.arrows.size(); ++a) sequence_flow(a);
    x_.close();
  }

  void flow_node(std::size_t i) {
    const node& n = chart_.nodes[i];
    x_.open(tag_of(n.kind)).attribute("id", node_names_[i]).given("name", n.shown());
    if (n.kind == node_kind::decision || n.kind == node_kind::inclusive_decision)
      if (const auto otherwise = default_of(i)) x_.attribute("default", arrow_names_[*otherwise]);
    if (!n.duty.empty()) x_.leaf("documentation", n.duty);
    x_.open("extensionElements").open("banli:node").attribute("kind", to_string(n.kind));
    if (n.id.text() != node_names_[i]) x_.attribute("id", n.id.text());
    if (n.label == n.id.text()) x_.given("label", n.label);
    x_.given("lane", lane_of_[i]);
    write_bpmn_values(x_, n);
    write_bpmn_lists(x_, n);
    x_.close().close();
    for (const std::size_t a : in_[i]) x_.leaf("incoming", arrow_names_[a]);
    for (const std::size_t a : out_[i]) x_.leaf("outgoing", arrow_names_[a]);
    x_.close();
  }

  /// The arrow without a condition among others that have one.
  std::optional<std::size_t> default_of(std::size_t n) const {
    std::optional<std::size_t> without;
    std::size_t with = 0;
    for (const std::size_t a : out_[n]) {
      if (!chart_.arrows[a].condition.empty())
        ++with;
      else if (!without)
        without = a;
    }
    return with > 0 ? without : std::nullopt;
  }

  void sequence_flow(std::size_t i) {
    const arrow& a = chart_.arrows[i];
    const auto end = [&](const node_id& id) {
      const auto n = by_id_.find(id.text());
      return n == by_id_.end() ? std::string{} : node_names_[n->second];
    };
    const std::string from = end(a.from);
    const std::string to = end(a.to);
    // An arrow to nowhere refers to what is not there, under a name that nothing else has.
    const auto or_nowhere = [&](const std::string& s) { return s.empty() ? fresh("nowhere") : s; };
    x_.open("sequenceFlow").attribute("id", arrow_names_[i]).given("name", a.label);
    x_.attribute("sourceRef", or_nowhere(from)).attribute("targetRef", or_nowhere(to));
    if (from.empty() || to.empty() || a.at_most) {
      x_.open("extensionElements").open("banli:arrow");
      if (from.empty()) x_.attribute("from", a.from.text());
      if (to.empty()) x_.attribute("to", a.to.text());
      if (a.at_most) x_.attribute("at_most", fmt::format("{}", *a.at_most));
      x_.close().close();
    }
    if (!a.condition.empty())
      x_.open("conditionExpression")
          .attribute("xsi:type", "tFormalExpression")
          .attribute("language", "https://cel.dev")
          .words(a.condition)
          .close();
    x_.close();
  }

  // ---- the diagram
  static std::string number(double v) { return fmt::format("{:.1f}", v); }

  void bounds(const bpmn_picture::box& b) {
    x_.open("dc:Bounds").attribute("x", number(b.x)).attribute("y", number(b.y));
    x_.attribute("width", number(b.width)).attribute("height", number(b.height)).close();
  }

  void label(const bpmn_picture::box& b) {
    if (b.width <= 0) return;
    x_.open("bpmndi:BPMNLabel");
    bounds(b);
    x_.close();
  }

  void shape(const std::string& of, const bpmn_picture::box& b, std::string_view horizontal = {},
             const bpmn_picture::box& named = {}) {
    x_.open("bpmndi:BPMNShape").attribute("id", fresh(of + "_shape")).attribute("bpmnElement", of);
    x_.given("isHorizontal", horizontal);
    bounds(b);
    label(named);
    x_.close();
  }

  void diagram() {
    x_.open("bpmndi:BPMNDiagram").attribute("id", fresh("diagram"));
    x_.open("bpmndi:BPMNPlane").attribute("id", fresh("plane"));
    x_.attribute("bpmnElement", has_pool() ? collaboration_ : process_);
    if (has_pool()) shape(pool_, picture_.pool, "false");
    for (std::size_t i = 0; i < picture_.lanes.size(); ++i)
      shape(lane_names_[i], picture_.lanes[i].area, "false");
    for (std::size_t n = 0; n < std::min(node_names_.size(), picture_.nodes.size()); ++n)
      shape(node_names_[n], picture_.nodes[n], {},
            n < picture_.labels.size() ? picture_.labels[n] : bpmn_picture::box{});
    for (std::size_t a = 0; a < std::min(arrow_names_.size(), picture_.arrows.size()); ++a) {
      const bpmn_picture::line& line = picture_.arrows[a];
      if (line.points.size() < 2) continue;
      x_.open("bpmndi:BPMNEdge").attribute("id", fresh(arrow_names_[a] + "_edge"));
      x_.attribute("bpmnElement", arrow_names_[a]);
      for (const bpmn_picture::point& p : line.points)
        x_.open("di:waypoint").attribute("x", number(p.x)).attribute("y", number(p.y)).close();
      label(line.label);
      x_.close();
    }
    x_.close().close();
  }

  const flowchart& chart_;
  const bpmn_picture& picture_;
  xml_writer x_;
  fresh_ids ids_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::string process_;
  std::string pool_;
  std::string collaboration_;
  std::vector<std::string> node_names_;
  std::vector<std::string> arrow_names_;
  std::vector<std::string> lane_names_;
  std::vector<bpmn_picture::lane> lanes_;
  std::vector<std::string> lane_of_; // by node: the name of its lane
  std::vector<std::vector<std::size_t>> in_;
  std::vector<std::vector<std::size_t>> out_;
};

} // namespace
} // namespace detail

result<std::string> to_bpmn(const flowchart& chart, const bpmn_picture& picture) {
  return detail::chart_writer(chart, picture).run();
}

} // namespace banli
