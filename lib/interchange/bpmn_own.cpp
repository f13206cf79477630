#include "interchange/bpmn_own.hpp"

#include "interchange/bpmn_fields.hpp"

namespace banli::detail {
namespace {

class own_reader {
 public:
  own_reader(bpmn_reading& r, std::uint32_t process)
      : r_(r), t_(r.tree), fields_(r), process_(process), chart_(r.out.chart) {}

  void run() {
    const std::uint32_t mark = own_part(t_, process_, "flowchart");
    chart_.id = flowchart_id{t_.attribute(mark, "id")};
    chart_.name = t_.attribute(process_, "name");
    fields_.read_forms(mark, chart_);
    lanes(process_, 0);
    for (std::uint32_t c = t_.child(process_); c != bpmn_tree::none; c = t_.next(c))
      if (t_.is(c, "sequenceFlow")) ++leaving_[std::string{t_.attribute(c, "sourceRef")}];
    for (std::uint32_t c = t_.child(process_); c != bpmn_tree::none; c = t_.next(c))
      if (is_flow_node(t_, c)) read_node(c);
    for (std::uint32_t c = t_.child(process_); c != bpmn_tree::none; c = t_.next(c))
      if (t_.is(c, "sequenceFlow")) read_arrow(c);
  }

 private:
  void lanes(std::uint32_t e, std::size_t depth) {
    for (std::uint32_t set = t_.child(e); set != bpmn_tree::none && depth < 50;
         set = t_.next(set)) {
      if (!t_.is(set, "laneSet") && !t_.is(set, "childLaneSet")) continue;
      for (std::uint32_t lane = t_.child(set); lane != bpmn_tree::none; lane = t_.next(lane)) {
        for (std::uint32_t c = t_.child(lane); c != bpmn_tree::none; c = t_.next(c))
          if (t_.is(c, "flowNodeRef")) lane_of_[one_line(t_.words(c))] = t_.attribute(lane, "name");
        lanes(lane, depth + 1);
      }
    }
  }

  /// What BPMN says of a node that has no mark of ours: another tool added it.
  node_kind kind_of(std::uint32_t e) const {
    const std::string_view tag = t_[e].name;
    if (tag == "startEvent") return node_kind::start;
    if (tag == "endEvent") return node_kind::end;
    if (tag == "exclusiveGateway" || tag == "eventBasedGateway") return node_kind::decision;
    const auto flows = leaving_.find(std::string{t_.attribute(e, "id")});
    const std::size_t leaving = flows == leaving_.end() ? 0 : flows->second;
    if (tag == "parallelGateway") return leaving > 1 ? node_kind::fork : node_kind::join;
    if (tag.ends_with("Gateway"))
      return leaving > 1 ? node_kind::inclusive_decision : node_kind::inclusive_join;
    return node_kind::step;
  }

  void read_node(std::uint32_t e) {
    const std::string_view xml_id = t_.attribute(e, "id");
    const std::uint32_t mark = own_part(t_, e, "node");
    node n{node_id{xml_id}};
    n.label = t_.attribute(e, "name");
    if (mark != bpmn_tree::none)
      read_marked(e, mark, n);
    else
      n.kind = kind_of(e);
    id_of_.try_emplace(std::string{xml_id}, n.id);
    chart_.nodes.push_back(std::move(n));
    r_.node_elements.push_back(e);
  }

  void read_marked(std::uint32_t e, std::uint32_t mark, node& n) {
    fields_.read_node(mark, n);
    if (t_.has(mark, "id")) n.id = node_id{t_.attribute(mark, "id")};
    if (n.label == n.id.text()) n.label = t_.attribute(mark, "label");
    const auto lane = lane_of_.find(std::string{t_.attribute(e, "id")});
    const bool moved = lane != lane_of_.end() && lane->second != t_.attribute(mark, "lane");
    if (moved && n.kind == node_kind::step) n.department = department_id{lane->second};
    if (const std::uint32_t words = t_.child(e, "documentation"); words != bpmn_tree::none)
      n.duty = t_.words(words);
  }

  void read_arrow(std::uint32_t e) {
    const std::uint32_t mark = own_part(t_, e, "arrow");
    const auto end = [&](const char* reference, const char* own) {
      const std::string id{t_.attribute(e, reference)};
      const auto known = id_of_.find(id);
      if (known != id_of_.end()) return known->second;
      return node_id{mark != bpmn_tree::none && t_.has(mark, own) ? t_.attribute(mark, own)
                                                                  : std::string_view{id}};
    };
    arrow a{end("sourceRef", "from"), end("targetRef", "to")};
    a.label = t_.attribute(e, "name");
    if (const std::uint32_t c = t_.child(e, "conditionExpression"); c != bpmn_tree::none)
      a.condition = t_.words(c);
    a.at_most = fields_.number(mark, "at_most");
    chart_.arrows.push_back(std::move(a));
    r_.arrow_elements.push_back(e);
  }

  bpmn_reading& r_;
  const bpmn_tree& t_;
  own_fields fields_;
  std::uint32_t process_;
  flowchart& chart_;
  std::unordered_map<std::string, std::size_t> leaving_; // arrows by the id of their source
  std::unordered_map<std::string, std::string> lane_of_;
  std::unordered_map<std::string, node_id> id_of_;
};

} // namespace

bool is_own(const bpmn_tree& tree, std::uint32_t process) {
  return own_part(tree, process, "flowchart") != bpmn_tree::none;
}

void read_own(bpmn_reading& r, std::uint32_t process) { own_reader(r, process).run(); }

} // namespace banli::detail
