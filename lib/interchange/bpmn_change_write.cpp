// A changed chart written into the file it was read from: see bpmn_change.hpp.
#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <unordered_map>
#include <unordered_set>

#include <banli/base/utf8.hpp>

#include "interchange/bpmn_change.hpp"
#include "interchange/bpmn_edits.hpp"
#include "interchange/bpmn_fields.hpp"
#include "interchange/bpmn_ids.hpp"
#include "interchange/bpmn_reader.hpp"

namespace banli {
namespace detail {
namespace {

constexpr std::array<std::string_view, 5> element_references{
    "bpmnElement", "sourceRef", "targetRef", "attachedToRef", "default"};
constexpr std::array<std::string_view, 3> reference_tags{"incoming", "outgoing", "flowNodeRef"};

class change_writer {
 public:
  /// `read` is the chart that was changed: what it has and the process does not draw, or the other
  /// way round, was said before and is no change.
  change_writer(const bpmn_reader& reader, const flowchart& read, const flowchart& chart)
      : reader_(reader), tree_(reader.tree()), drawn_(reader.drawn().chart), read_(read),
        chart_(chart), edits_(reader.text().text()) {
    for (std::uint32_t e = 0; e < tree_.size(); ++e)
      if (const std::string_view id = tree_.attribute(e, "id"); !id.empty()) {
        ids_.take(std::string{id});
        if (tree_[e].space == xml_space::model) elements_.try_emplace(std::string{id}, e);
      }
  }

  /// Draws what can be drawn.
  std::string draw() {
    edits_.declare_utf8();
    if (const auto old = own_part(tree_, process(), "changed"); old != bpmn_tree::none)
      edits_.drop(old);
    if (chart_.name != drawn_.name) edits_.set_attribute(process(), "name", chart_.name);
    change_nodes();
    change_arrows();
    drop_all();
    return std::move(edits_).take();
  }

  /// Puts what was said beside what is drawn.
  std::string say() {
    const std::string mark = written_change(chart_, drawn_);
    const std::uint32_t all = tree_.child(process(), "extensionElements");
    if (all != bpmn_tree::none) {
      edits_.put_last(all, mark);
    } else {
      const std::string tag = std::string{edits_.prefix(process())} + "extensionElements";
      const std::string extensions = "\n<" + tag + ">" + mark + "\n</" + tag + ">";
      std::uint32_t words = bpmn_tree::none; // the schema wants documentation first
      for (std::uint32_t c = tree_.child(process()); c != bpmn_tree::none; c = tree_.next(c))
        if (tree_.is(c, "documentation")) words = c;
      if (words == bpmn_tree::none)
        edits_.put_first(process(), extensions);
      else
        edits_.put_behind(words, extensions);
    }
    return std::move(edits_).take();
  }

  /// The text as it is, in UTF-8.
  std::string copy() {
    edits_.declare_utf8();
    return std::move(edits_).take();
  }

  /// Whether the file was read to its end, and its process is the chart.
  bool can_write() const {
    return tree_.whole() && !reader_.text().damaged() && process() != bpmn_tree::none &&
           edits_.size() == tree_.size();
  }

 private:
  std::uint32_t process() const { return reader_.process(); }

  /// The element that a node is drawn as; none for one that stands for something implicit.
  std::uint32_t element_of(const node_id& id) const {
    const auto e = elements_.find(id.text());
    return e != elements_.end() && is_flow_node(tree_, e->second) ? e->second : bpmn_tree::none;
  }

  // ---- nodes

  void change_nodes() {
    std::unordered_map<std::string, std::size_t> before;
    for (std::size_t n = 0; n < drawn_.nodes.size(); ++n) {
      before.try_emplace(drawn_.nodes[n].id.text(), n);
      const std::uint32_t e = reader_.drawn().node_elements[n];
      if (is_flow_node(tree_, e))
        shown_as_.try_emplace(drawn_.nodes[n].id.text(), tree_.attribute(e, "id"));
    }
    std::unordered_set<std::string> stays;
    for (const node& n : chart_.nodes) {
      // A second node of an id is another: one element does not get two names.
      const bool again = !stays.insert(n.id.text()).second;
      const auto was = before.find(n.id.text());
      if (was == before.end() || again) {
        add_node(n);
        continue;
      }
      const node& old = drawn_.nodes[was->second];
      const std::uint32_t e = element_of(n.id);
      if (e != bpmn_tree::none && old.label != n.label) edits_.set_attribute(e, "name", n.label);
    }
    for (const node& n : read_.nodes)
      if (const std::uint32_t e = element_of(n.id);
          e != bpmn_tree::none && !stays.contains(n.id.text()))
        dropped_.push_back(e);
  }

  std::string_view named(std::string_view tag) {
    return names_.emplace_back(std::string{edits_.prefix(process())} + std::string{tag});
  }

  void add_node(const node& n) {
    const std::string id = is_ncname(n.id.text()) ? ids_.fresh(n.id.text()) : ids_.fresh("node_1");
    shown_as_.insert_or_assign(n.id.text(), id);
    xml_writer x;
    x.open(named(tag_of(n.kind))).attribute("id", id).given("name", n.shown());
    edits_.put_last(process(), std::move(x).fragment());
    const diagram_box box{picture().left + 150.0 * static_cast<double>(added_++),
                          picture().below + 40, n.kind == node_kind::step ? 100.0 : 50.0,
                          n.kind == node_kind::step ? 80.0 : 50.0};
    picture_.boxes.insert_or_assign(id, box);
    if (picture().plane == bpmn_tree::none) return;
    xml_writer shape = diagram_writer("bpmndi:BPMNShape", id);
    shape.open("dc:Bounds").attribute("x", number(box.x)).attribute("y", number(box.y));
    shape.attribute("width", number(box.width)).attribute("height", number(box.height)).close();
    edits_.put_last(picture().plane, std::move(shape).fragment());
  }

  // ---- arrows

  void change_arrows() {
    std::unordered_map<std::string, std::deque<std::size_t>> before; // by ends
    const auto ends = [](const arrow& a) { return a.from.text() + '\n' + a.to.text(); };
    for (std::size_t a = 0; a < drawn_.arrows.size(); ++a)
      before[ends(drawn_.arrows[a])].push_back(a);
    for (const arrow& a : chart_.arrows) {
      std::deque<std::size_t>& same = before[ends(a)];
      if (same.empty()) {
        add_arrow(a);
        continue;
      }
      change_arrow(drawn_.arrows[same.front()], reader_.drawn().arrow_elements[same.front()], a);
      same.pop_front();
    }
    std::unordered_set<std::string> were;
    for (const arrow& a : read_.arrows) were.insert(ends(a));
    for (const auto& [key, gone] : before)
      for (const std::size_t a : gone)
        if (were.contains(key)) drop_arrow(a);
  }

  void change_arrow(const arrow& old, std::uint32_t e, const arrow& a) {
    if (!tree_.is(e, "sequenceFlow")) return;
    if (old.label != a.label) edits_.set_attribute(e, "name", a.label);
    if (old.condition == a.condition) return;
    const std::uint32_t condition = tree_.child(e, "conditionExpression");
    if (a.condition.empty()) {
      if (condition != bpmn_tree::none) edits_.drop(condition);
    } else if (condition != bpmn_tree::none) {
      edits_.set_words(condition, a.condition);
    } else {
      xml_writer x;
      write_condition(x, a.condition);
      edits_.put_last(e, std::move(x).fragment());
    }
  }

  void write_condition(xml_writer& x, const std::string& condition) {
    x.open(named("conditionExpression"))
        .attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .attribute("xsi:type", std::string{edits_.prefix(process())} + "tFormalExpression")
        .attribute("language", "https://cel.dev")
        .words(condition)
        .close();
  }

  void add_arrow(const arrow& a) {
    const auto from = shown_as_.find(a.from.text());
    const auto to = shown_as_.find(a.to.text());
    if (from == shown_as_.end() || to == shown_as_.end()) return;
    const std::string id = ids_.fresh("flow_1");
    xml_writer x;
    x.open(named("sequenceFlow")).attribute("id", id).given("name", a.label);
    x.attribute("sourceRef", from->second).attribute("targetRef", to->second);
    if (!a.condition.empty()) write_condition(x, a.condition);
    edits_.put_last(process(), std::move(x).fragment());
    const auto left = picture().boxes.find(from->second);
    const auto reached = picture().boxes.find(to->second);
    if (picture().plane == bpmn_tree::none || left == picture().boxes.end() ||
        reached == picture().boxes.end())
      return;
    xml_writer edge = diagram_writer("bpmndi:BPMNEdge", id);
    for (const diagram_box& b : {left->second, reached->second})
      edge.open("di:waypoint")
          .attribute("x", number(b.x + b.width / 2))
          .attribute("y", number(b.y + b.height / 2))
          .close();
    edits_.put_last(picture().plane, std::move(edge).fragment());
  }

  /// Only an arrow that is drawn from node to node; one through a gateway that says nothing stays.
  void drop_arrow(std::size_t a) {
    const std::uint32_t e = reader_.drawn().arrow_elements[a];
    const auto shown = [&](const node_id& id) {
      const auto as = shown_as_.find(id.text());
      return as == shown_as_.end() ? std::string{} : as->second;
    };
    if (tree_.is(e, "sequenceFlow") &&
        tree_.attribute(e, "sourceRef") == shown(drawn_.arrows[a].from) &&
        tree_.attribute(e, "targetRef") == shown(drawn_.arrows[a].to))
      dropped_.push_back(e);
  }

  // ---- what goes

  /// Takes elements away, and those that say nothing without them.
  void drop_all() {
    if (dropped_.empty()) return;
    std::unordered_map<std::string, std::vector<std::uint32_t>> references;
    for (std::uint32_t e = 0; e < tree_.size(); ++e) {
      if (tree_[e].space == xml_space::model && among(reference_tags, tree_[e].name))
        references[one_line(tree_.words(e))].push_back(e);
      for (const std::string_view reference : element_references)
        if (const std::string_view id = tree_.attribute(e, reference.data()); !id.empty())
          references[std::string{id}].push_back(e);
    }
    std::unordered_set<std::uint32_t> gone;
    for (std::size_t i = 0; i < dropped_.size(); ++i) {
      const std::uint32_t top = dropped_[i];
      if (!gone.insert(top).second) continue;
      edits_.drop(top);
      for (std::uint32_t e = top; e < tree_[top].end; ++e) {
        const auto who = references.find(std::string{tree_.attribute(e, "id")});
        if (who == references.end()) continue;
        for (const std::uint32_t r : who->second) {
          if (tree_.attribute(r, "default") == who->first)
            edits_.drop_attribute(r, "default");
          else
            dropped_.push_back(r);
        }
      }
    }
  }

  // ---- the diagram

  struct diagram_box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
  };

  struct diagram {
    std::uint32_t plane = bpmn_tree::none;
    double left = 0;                                    ///< of everything on the plane
    double below = 0;                                   ///< the lower end of it
    std::unordered_map<std::string, diagram_box> boxes; ///< by the id of what is drawn
  };

  static std::string number(double v) { return fmt::format("{:.1f}", v); }

  double coordinate(std::uint32_t e, const char* attribute) const {
    const std::string_view s = tree_.attribute(e, attribute);
    double v = 0;
    std::from_chars(s.data(), s.data() + s.size(), v);
    return std::clamp(v, -1e6, 1e6); // a picture somebody can look at
  }

  xml_writer diagram_writer(std::string_view tag, const std::string& of) {
    xml_writer x;
    x.open(tag).attribute("xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI");
    x.attribute("xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC");
    x.attribute("xmlns:di", "http://www.omg.org/spec/DD/20100524/DI");
    x.attribute("id", ids_.fresh(of + "_drawn")).attribute("bpmnElement", of);
    return x;
  }

  const diagram& picture() {
    if (std::exchange(looked_, true)) return picture_;
    std::uint32_t shape = bpmn_tree::none;
    bool any = false;
    for (std::uint32_t e = 0; e < tree_.size(); ++e) {
      if (tree_[e].space != xml_space::diagram) continue;
      if (tree_[e].name == "BPMNPlane" && picture_.plane == bpmn_tree::none) picture_.plane = e;
      if (tree_[e].name == "BPMNShape") shape = e;
      if (tree_[e].name != "Bounds" || shape == bpmn_tree::none || tree_[e].parent != shape)
        continue;
      const diagram_box b{coordinate(e, "x"), coordinate(e, "y"), coordinate(e, "width"),
                          coordinate(e, "height")};
      picture_.left = any ? std::min(picture_.left, b.x) : b.x;
      picture_.below = any ? std::max(picture_.below, b.y + b.height) : b.y + b.height;
      any = true;
      picture_.boxes.try_emplace(std::string{tree_.attribute(shape, "bpmnElement")}, b);
    }
    return picture_;
  }

  const bpmn_reader& reader_;
  const bpmn_tree& tree_;
  const flowchart& drawn_;
  const flowchart& read_;
  const flowchart& chart_;
  xml_edits edits_;
  fresh_ids ids_;
  std::unordered_map<std::string, std::uint32_t> elements_; // of BPMN's own namespace, by id
  std::unordered_map<std::string, std::string> shown_as_;   // ids of the chart and of the file
  std::vector<std::uint32_t> dropped_;
  std::deque<std::string> names_; // of elements, while they are written
  std::size_t added_ = 0;
  bool looked_ = false;
  diagram picture_;
};

} // namespace
} // namespace detail

result<std::string> change_bpmn(const bpmn_document& from, const flowchart& chart,
                                const bpmn_limits& limits) {
  using namespace detail;
  const bool same = chart == from.chart;
  if (same && is_utf8(from.source)) return from.source;
  if (auto bad = refuse_bpmn(chart)) return *std::move(bad);
  bpmn_options options{limits, {}};
  if (from.process) options.process = from.processes[*from.process].id;
  const auto written = [&](std::string_view bytes,
                           std::string (change_writer::*write)()) -> result<std::string> {
    bpmn_document scratch;
    bpmn_reader reader(scratch, bytes, options);
    reader.run();
    change_writer writer(reader, from.chart, chart);
    if (writer.can_write()) return (writer.*write)();
    return at(make_error(errc::bad_xml, "nothing can be written into a file that is broken",
                         "文件已损坏,不能写入改动"),
              {from.file, 0, 0});
  };
  if (same) return written(from.source, &change_writer::copy);
  auto drawn = written(from.source, &change_writer::draw);
  if (!drawn || parse_bpmn(from.file, *drawn, options).chart == chart) return drawn;
  return written(*drawn, &change_writer::say);
}

} // namespace banli
