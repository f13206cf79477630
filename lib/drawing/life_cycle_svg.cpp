#include <banli/drawing/life_cycle_svg.hpp>

#include <algorithm>

#include "drawing/flowchart_text.hpp"
#include "drawing/layout.hpp"

namespace banli {
namespace {

std::size_t index_of(item_state s) {
  const auto it = std::find(all_item_states.begin(), all_item_states.end(), s);
  return static_cast<std::size_t>(it - all_item_states.begin());
}

/// One command between two states, and who may give it.
struct drawn_command {
  item_command command{};
  std::vector<actor_role> roles{};
};

/// All rows between two states.
struct state_pair {
  std::size_t from = 0;
  std::size_t to = 0;
  std::vector<drawn_command> commands{};
};

std::vector<state_pair> pairs_of_table() {
  std::vector<state_pair> out;
  for (const life_cycle_row& row : life_cycle_rows()) {
    const std::size_t from = index_of(row.from);
    const std::size_t to = index_of(row.to);
    auto pair = std::find_if(out.begin(), out.end(),
                             [&](const state_pair& p) { return p.from == from && p.to == to; });
    if (pair == out.end()) pair = out.insert(out.end(), {from, to, {}});
    auto& all = pair->commands;
    auto command = std::find_if(all.begin(), all.end(),
                                [&](const drawn_command& c) { return c.command == row.command; });
    if (command == all.end()) command = all.insert(all.end(), {row.command, {}});
    command->roles.push_back(row.role);
  }
  return out;
}

std::string words_of(const drawn_command& c, language in) {
  const bool zh = in == language::zh;
  std::string out{zh ? label(c.command) : to_string(c.command)};
  if (c.roles.size() == 1)
    out += fmt::format(" · {}", zh ? label(c.roles[0]) : to_string(c.roles[0]));
  return out;
}

drawn_node box_of(item_state s, language in) {
  drawn_node n;
  n.id = to_string(s);
  n.label = {std::string{in == language::zh ? label(s) : to_string(s)}};
  n.tooltip = fmt::format("{} ({})", label(s), to_string(s));
  return n;
}

/// The size that a box needs for its lines.
void fit(drawn_node& n) {
  using namespace detail;
  constexpr double border = 22;
  n.box.width = std::max(widest(n.label, label_size), widest(n.details, detail_size)) + border;
  n.box.height = static_cast<double>(n.label.size()) * label_line +
                 static_cast<double>(n.details.size()) * detail_line + 14;
}

detail::layout_arrow plan_of(const drawn_arrow& a) {
  detail::layout_arrow out{.from = a.from, .to = a.to};
  out.label_width = detail::widest(a.label, detail::detail_size) + 10;
  out.label_height = static_cast<double>(a.label.size()) * detail::detail_line + 4;
  if (a.to < a.from) out.course = detail::arrow_course::back;
  if (a.to == a.from + 1) out.weight = 8; // the way into the library is straight
  return out;
}

} // namespace

result<flowchart_layout> lay_out_life_cycle(language in) {
  flowchart_layout out;
  out.name = in == language::zh ? "事项生命周期" : "Life cycle of service items";
  out.in = in;
  for (const item_state s : all_item_states) out.nodes.push_back(box_of(s, in));
  for (const state_pair& p : pairs_of_table()) {
    drawn_arrow a;
    a.from = p.from;
    a.to = p.to;
    auto& lines = p.from == p.to ? out.nodes[p.from].details : a.label;
    for (const drawn_command& c : p.commands) lines.push_back(words_of(c, in));
    if (p.from != p.to) out.arrows.push_back(std::move(a));
  }
  std::vector<detail::layout_node> boxes;
  std::vector<detail::layout_arrow> lines;
  for (drawn_node& n : out.nodes) {
    fit(n);
    boxes.push_back({n.box.width, n.box.height, n.kind});
  }
  for (const drawn_arrow& a : out.arrows) lines.push_back(plan_of(a));
  const auto placed = detail::place_graph(boxes, lines);
  if (!placed) return placed.error();
  out.width = placed->width;
  out.height = placed->height;
  for (std::size_t i = 0; i < out.nodes.size(); ++i) out.nodes[i].box.centre = placed->centres[i];
  for (std::size_t i = 0; i < out.arrows.size(); ++i) {
    const detail::laid_arrow& laid = placed->arrows[i];
    out.arrows[i].curve = laid.curve;
    out.arrows[i].tip = laid.tip;
    out.arrows[i].label_box = {laid.label, lines[i].label_width, lines[i].label_height};
  }
  return out;
}

result<std::string> life_cycle_svg(language in, std::optional<item_state> standing) {
  const auto layout = lay_out_life_cycle(in);
  if (!layout) return layout.error();
  flowchart_marks marks;
  if (standing) marks.resting.push_back(static_cast<node_index>(index_of(*standing)));
  return flowchart_svg(*layout, marks);
}

} // namespace banli
