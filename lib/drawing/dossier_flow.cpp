// The flowchart with the way the case took, drawn from its events.
#include <drawing/dossier_parts.hpp>

#include <charconv>

#include <banli/engine/decide.hpp>

namespace banli::detail {

namespace {

std::optional<arrow_index> arrow_of(const flow_net& net, const std::string& position) {
  std::uint32_t n = 0;
  const auto read = std::from_chars(position.data(), position.data() + position.size(), n);
  if (read.ec != std::errc{} || n >= net.chart().arrows.size()) return std::nullopt;
  return arrow_index{n};
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
    if (e.what == event_kind::completed && n) mark_move(marks, net, s.at, {*n, std::nullopt});
    if (e.what == event_kind::arrow_taken)
      if (const auto a = arrow_of(net, e.with.arrow))
        mark_move(marks, net, s.at, {net.from(*a), a});
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
