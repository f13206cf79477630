// The flowchart with the way the case took, drawn from its events.
#include <drawing/dossier_parts.hpp>

#include <banli/engine/decide.hpp>

namespace banli::detail {

namespace {

std::vector<arrow_index> arrows_taken(const flow_net& net, const details& said) {
  std::vector<arrow_index> out;
  for (const std::uint32_t n : arrows_of(said)) {
    if (n >= net.chart().arrows.size()) return {};
    out.push_back(arrow_index{n});
  }
  return out;
}

/// The moves that events record, each made in the marking of its moment: a case that was sent back
/// takes its way anew, and the picture shows both.
flowchart_marks marks_of_history(const dossier& d) {
  flowchart_marks marks;
  const flow_net& net = d.definition.net;
  case_state s;
  s.id = d.state.id;
  for (const event& e : d.history) {
    const auto n = net.index(e.with.step);
    if (e.what == event_kind::accepted) mark_start(marks, net);
    if (e.what == event_kind::completed && n) mark_move(marks, net, s.at, {*n});
    if (e.what == event_kind::arrow_taken)
      if (auto arrows = arrows_taken(net, e.with); !arrows.empty())
        mark_move(marks, net, s.at, {net.from(arrows.front()), arrows});
    s = apply(d.definition, std::move(s), e);
  }
  if (d.state.open()) mark_resting(marks, net, d.state.at);
  return marks;
}

} // namespace

void write_flow(markup& m, const dossier_view& v) {
  begin_section(m, words::flow(v.in), words::flow_note(v.in));
  m.open("div", {{"class", "figure"}})
      .raw(flowchart_svg(v.d.layout, marks_of_history(v.d)))
      .close();
  write_steps(m, v);
  m.close();
}

} // namespace banli::detail
