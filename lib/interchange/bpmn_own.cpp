#include "interchange/bpmn_own.hpp"

#include <charconv>

namespace banli::detail {
namespace {

/// Our element within the extensions of another.
std::uint32_t own_part(const bpmn_tree& t, std::uint32_t e, std::string_view name) {
  const std::uint32_t all = t.child(e, "extensionElements");
  return all == bpmn_tree::none ? bpmn_tree::none : t.child(all, name, xml_space::own);
}

std::optional<node_kind> kind_named(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(node_kind::inclusive_join); ++i)
    if (to_string(static_cast<node_kind>(i)) == name) return static_cast<node_kind>(i);
  return std::nullopt;
}

class own_reader {
 public:
  own_reader(bpmn_reading& r, std::uint32_t process)
      : r_(r), t_(r.tree), process_(process), chart_(r.out.chart) {}

  void run() {
    const std::uint32_t mark = own_part(t_, process_, "flowchart");
    chart_.id = flowchart_id{t_.attribute(mark, "id")};
    chart_.name = t_.attribute(process_, "name");
    for (std::uint32_t c = t_.child(mark); c != bpmn_tree::none; c = t_.next(c))
      if (own(c, "form")) chart_.forms.push_back(read_form(c));
    lanes(process_, 0);
    for (std::uint32_t c = t_.child(process_); c != bpmn_tree::none; c = t_.next(c))
      if (t_.is(c, "sequenceFlow")) ++leaving_[std::string{t_.attribute(c, "sourceRef")}];
    for (std::uint32_t c = t_.child(process_); c != bpmn_tree::none; c = t_.next(c))
      if (is_flow_node(t_, c)) read_node(c);
    for (std::uint32_t c = t_.child(process_); c != bpmn_tree::none; c = t_.next(c))
      if (t_.is(c, "sequenceFlow")) read_arrow(c);
  }

 private:
  bpmn_document::spot spot(std::uint32_t e) const {
    const place p = t_.where(e);
    return {p.line, p.column};
  }

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
    if (mark != bpmn_tree::none) {
      read_fields(e, mark, n);
    } else {
      n.kind = kind_of(e);
    }
    id_of_.try_emplace(std::string{xml_id}, n.id);
    chart_.nodes.push_back(std::move(n));
    r_.out.node_spots.push_back(spot(e));
  }

  void read_fields(std::uint32_t e, std::uint32_t mark, node& n) {
    if (const auto kind = kind_named(t_.attribute(mark, "kind")))
      n.kind = *kind;
    else
      bad(mark, "kind", t_.attribute(mark, "kind"));
    if (t_.has(mark, "id")) n.id = node_id{t_.attribute(mark, "id")};
    if (n.label == n.id.text()) n.label = t_.attribute(mark, "label");
    n.post = post_id{t_.attribute(mark, "post")};
    n.excluded = t_.attribute(mark, "excluded");
    if (t_.has(mark, "limit")) {
      if (const auto limit = parse_time_limit(t_.attribute(mark, "limit")))
        n.limit = *limit;
      else
        bad(mark, "limit", t_.attribute(mark, "limit"));
    }
    n.department = department_id{t_.attribute(mark, "department")};
    const auto lane = lane_of_.find(std::string{t_.attribute(e, "id")});
    const bool moved = lane != lane_of_.end() && lane->second != t_.attribute(mark, "lane");
    if (moved && n.kind == node_kind::step) n.department = department_id{lane->second};
    if (const std::uint32_t words = t_.child(e, "documentation"); words != bpmn_tree::none)
      n.duty = t_.words(words);
    for (std::uint32_t c = t_.child(mark); c != bpmn_tree::none; c = t_.next(c)) {
      if (t_[c].space != xml_space::own) continue;
      if (t_[c].name == "document") n.documents.emplace_back(t_.attribute(c, "name"));
      if (t_[c].name == "person") n.persons.emplace_back(t_.attribute(c, "id"));
      if (t_[c].name == "supervision_point")
        n.supervision_points.emplace_back(t_.attribute(c, "name"));
      if (t_[c].name == "risk") n.risks.push_back(risk(c));
      if (t_[c].name == "assignee") read_assignee(c, n.assignees);
      if (t_[c].name == "use") n.forms.push_back(read_use(c));
    }
  }

  risk_point risk(std::uint32_t e) const {
    const auto member = [&](const char* name) { return std::string{t_.attribute(e, name)}; };
    return {member("name"), member("type"), member("description"), member("measure")};
  }

  bool own(std::uint32_t e, std::string_view name) const {
    return t_[e].space == xml_space::own && t_[e].name == name;
  }

  void read_assignee(std::uint32_t e, assignee_rule& into) const {
    if (t_.has(e, "post")) into.posts.emplace_back(t_.attribute(e, "post"));
    if (t_.has(e, "department")) into.departments.emplace_back(t_.attribute(e, "department"));
    if (t_.has(e, "condition")) into.condition = t_.attribute(e, "condition");
  }

  form_use read_use(std::uint32_t e) const {
    form_use out{form_id{t_.attribute(e, "form")}};
    for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c)) {
      if (own(c, "write")) out.writes.emplace_back(t_.attribute(c, "field"));
      if (own(c, "read")) out.reads.emplace_back(t_.attribute(c, "field"));
    }
    return out;
  }

  form read_form(std::uint32_t e) const {
    form out{form_id{t_.attribute(e, "id")}};
    out.name = t_.attribute(e, "name");
    out.description = t_.attribute(e, "description");
    for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c))
      if (own(c, "field")) out.fields.push_back(read_field(c));
    return out;
  }

  form_field read_field(std::uint32_t e) const {
    form_field out{.id = std::string{t_.attribute(e, "id")}};
    out.label = t_.attribute(e, "label");
    out.format = t_.attribute(e, "format");
    out.required = t_.attribute(e, "required") == "true";
    out.given = t_.attribute(e, "given") == "true";
    if (t_.has(e, "type")) {
      bool known = false;
      for (int i = 0; i <= static_cast<int>(field_type::attachment); ++i)
        if (to_string(static_cast<field_type>(i)) == t_.attribute(e, "type")) {
          out.type = static_cast<field_type>(i);
          known = true;
        }
      if (!known) bad(e, "type", t_.attribute(e, "type"));
    }
    out.least = number(e, "least").value_or(0);
    out.most = number(e, "most").value_or(0);
    for (std::uint32_t c = t_.child(e); c != bpmn_tree::none; c = t_.next(c))
      if (own(c, "choice")) out.choices.emplace_back(t_.attribute(c, "name"));
    return out;
  }

  /// A whole number of ours, where there is one.
  std::optional<int> number(std::uint32_t e, const char* attribute) const {
    if (e == bpmn_tree::none || !t_.has(e, attribute)) return std::nullopt;
    const std::string_view written = t_.attribute(e, attribute);
    int n = 0;
    const auto read = std::from_chars(written.data(), written.data() + written.size(), n);
    if (read.ec == std::errc{} && read.ptr == written.data() + written.size()) return n;
    bad(e, attribute, written);
    return std::nullopt;
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
    a.at_most = number(mark, "at_most");
    chart_.arrows.push_back(std::move(a));
    r_.out.arrow_spots.push_back(spot(e));
  }

  void bad(std::uint32_t e, std::string_view attribute, std::string_view value) const {
    r_.found.add(at(make_error(errc::bad_value, "'{1}' is no {0} of ours", "“{1}”不是有效的 {0} 值",
                               attribute, beginning(value)),
                    t_.where(e)));
  }

  bpmn_reading& r_;
  const bpmn_tree& t_;
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
