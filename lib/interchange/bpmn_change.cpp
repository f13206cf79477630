#include "interchange/bpmn_change.hpp"

#include <unordered_map>

#include "interchange/bpmn_fields.hpp"

namespace banli::detail {
namespace {

void write_chart(xml_writer& x, const flowchart& chart) {
  write_bpmn_forms(x, chart);
  for (const node& n : chart.nodes) {
    x.open("banli:node").attribute("kind", to_string(n.kind)).attribute("id", n.id.text());
    x.given("label", n.label).given("duty", n.duty);
    write_bpmn_values(x, n);
    write_bpmn_lists(x, n);
    x.close();
  }
  for (const arrow& a : chart.arrows) {
    x.open("banli:arrow").attribute("from", a.from.text()).attribute("to", a.to.text());
    x.given("label", a.label).given("condition", a.condition);
    if (a.at_most) x.attribute("at_most", fmt::format("{}", *a.at_most));
    x.close();
  }
}

/// What a process draws, in 16 characters (FNV-1a): other tools change it by mistake, not by
/// intent.
std::string digest_of(const flowchart& drawn) {
  xml_writer x;
  x.open("banli:changed").attribute("id", drawn.id.text()).attribute("name", drawn.name);
  write_chart(x, drawn);
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : std::move(x).fragment())
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

class change_reader {
 public:
  change_reader(bpmn_reading& r, std::uint32_t mark) : r_(r), fields_(r), mark_(mark) {}

  void run() {
    const bpmn_tree& t = r_.tree;
    said_.id = flowchart_id{t.attribute(mark_, "id")};
    said_.name = t.attribute(mark_, "name");
    fields_.read_forms(mark_, said_);
    for (std::uint32_t c = t.child(mark_); c != bpmn_tree::none; c = t.next(c)) {
      if (t[c].space != xml_space::own) continue;
      if (t[c].name == "node") read_node(c);
      if (t[c].name == "arrow") read_arrow(c);
    }
    if (t.attribute(mark_, "of") == digest_of(r_.out.chart))
      take_whole();
    else
      take_over();
  }

 private:
  static std::string ends_of(const arrow& a) { return a.from.text() + '\n' + a.to.text(); }

  void read_node(std::uint32_t e) {
    node& n = said_.nodes.emplace_back(node{node_id{r_.tree.attribute(e, "id")}});
    n.label = r_.tree.attribute(e, "label");
    n.duty = r_.tree.attribute(e, "duty");
    fields_.read_node(e, n);
    nodes_said_.push_back(e);
  }

  void read_arrow(std::uint32_t e) {
    const auto member = [&](const char* name) { return std::string{r_.tree.attribute(e, name)}; };
    said_.arrows.push_back({node_id{member("from")}, node_id{member("to")}, member("label"),
                            member("condition"), fields_.number(e, "at_most")});
    arrows_said_.push_back(e);
  }

  /// The process is as it was written: what was said is the chart, placed where it is drawn.
  void take_whole() {
    std::unordered_map<std::string, std::uint32_t> drawn_at;
    const flowchart& drawn = r_.out.chart;
    for (std::size_t n = 0; n < drawn.nodes.size(); ++n)
      drawn_at.try_emplace(drawn.nodes[n].id.text(), r_.node_elements[n]);
    for (std::size_t a = 0; a < drawn.arrows.size(); ++a)
      drawn_at.try_emplace(ends_of(drawn.arrows[a]), r_.arrow_elements[a]);
    const auto place_all = [&](const auto& parts, const auto& key,
                               std::vector<std::uint32_t> said) {
      for (std::size_t i = 0; i < parts.size(); ++i)
        if (const auto at = drawn_at.find(key(parts[i])); at != drawn_at.end())
          said[i] = at->second;
      return said;
    };
    r_.node_elements = place_all(
        said_.nodes, [](const node& n) { return n.id.text(); }, std::move(nodes_said_));
    r_.arrow_elements = place_all(said_.arrows, &ends_of, std::move(arrows_said_));
    r_.out.chart = std::move(said_);
  }

  /// Another tool changed the process since: it draws the chart, and what it cannot say is kept.
  void take_over() {
    flowchart& chart = r_.out.chart;
    chart.id = said_.id;
    if (!r_.out.ours) {
      chart.forms = std::move(said_.forms);
      chart.separations = std::move(said_.separations);
    }
    std::unordered_map<std::string, const node*> nodes;
    std::unordered_map<std::string, const arrow*> arrows;
    for (const node& n : said_.nodes) nodes.try_emplace(n.id.text(), &n);
    for (const arrow& a : said_.arrows) arrows.try_emplace(ends_of(a) + '\n' + a.label, &a);
    for (node& n : chart.nodes) {
      const auto said = nodes.find(n.id.text());
      if (said == nodes.end() || said->second->kind != n.kind) continue;
      const node drawn = std::exchange(n, *said->second);
      n.label = drawn.label;
      if (!drawn.department.empty()) n.department = drawn.department;
    }
    for (arrow& a : chart.arrows)
      if (const auto said = arrows.find(ends_of(a) + '\n' + a.label); said != arrows.end())
        a.at_most = said->second->at_most;
    r_.not_run(mark_, {"another tool has changed the process since; the process counts, and of the "
                       "chart what it says of steps that are still there",
                       "此后其他工具改动了流程;以流程为准,仍在的环节沿用原有设定"});
  }

  bpmn_reading& r_;
  own_fields fields_;
  std::uint32_t mark_;
  flowchart said_{};
  std::vector<std::uint32_t> nodes_said_;
  std::vector<std::uint32_t> arrows_said_;
};

} // namespace

void read_change(bpmn_reading& r, std::uint32_t process) {
  const std::uint32_t mark = own_part(r.tree, process, "changed");
  if (mark != bpmn_tree::none) change_reader(r, mark).run();
}

std::string written_change(const flowchart& chart, const flowchart& drawn) {
  xml_writer x;
  x.open("banli:changed").attribute("xmlns:banli", bpmn_namespace);
  x.attribute("of", digest_of(drawn)).attribute("id", chart.id.text());
  x.attribute("name", chart.name);
  write_chart(x, chart);
  return std::move(x).fragment();
}

} // namespace banli::detail
