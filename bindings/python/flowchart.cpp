// Flowchart, FlowNode, FlowArrow, Marking: charts read or built, proved, drawn and walked.
#include <map>
#include <variant>

#include <banli/drawing/flowchart_mermaid.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/flowchart/flow_difference.hpp>
#include <banli/flowchart/migration.hpp>
#include <banli/flowchart/time_feasibility.hpp>

#include "flowchart.hpp"

namespace py = pybind11;

namespace banli::python {
namespace {

/// Where a case stands on a chart that has no local fault.
struct standing {
  judged chart;
  marking at;

  const flow_net& net() const { return *chart->net; }
};

std::vector<std::string> ids_of(const flow_net& net, const std::vector<node_index>& nodes) {
  std::vector<std::string> out;
  for (const node_index n : nodes) out.push_back(net.at(n).id.text());
  return out;
}

const flow_net& net_of(const judged& c) {
  if (!c->net) refuse_problems(c->found);
  return *c->net;
}

node_index index_of(const flow_net& net, const std::string& id) {
  if (const auto n = net.index(node_id{id})) return *n;
  std::vector<std::string_view> known;
  for (const node& n : net.chart().nodes) known.emplace_back(n.id.text());
  throw failure{
      with_hint(make_error(errc::unknown_step, "there is no step '{}'", "没有环节“{}”", id),
                suggestion(id, known))};
}

standing fire(const standing& s, const std::string& step) {
  const flow_net& net = s.net();
  const node_index n = index_of(net, step);
  const auto route = net.route(s.at, n);
  if (!route)
    throw failure{make_error(errc::step_not_enabled, "step '{}' cannot be done at {}",
                             "在“{1}”时不能办理环节“{0}”", step, net.to_text(s.at))};
  standing out = s;
  for (const arrow_index a : *route) out.at = unwrap(net.take(out.at, a));
  out.at = unwrap(net.complete(out.at, n));
  return out;
}

standing choose(const standing& s, const std::string& outcome) {
  standing out = s;
  out.at = unwrap(s.net().take(s.at, unwrap(s.net().choices(s.at, outcome))));
  return out;
}

/// The ways on from open decisions: (decision, label, the node it leads to).
std::vector<std::tuple<std::string, std::string, std::string>> choices(const standing& s) {
  const flow_net& net = s.net();
  std::vector<std::tuple<std::string, std::string, std::string>> out;
  for (const std::vector<node_index>& open : {net.open_choices(s.at), net.open_conditions(s.at)})
    for (const node_index n : open)
      for (const arrow_index a : net.out(n))
        out.emplace_back(net.at(n).id.text(), net.at(a).label, net.at(a).to.text());
  return out;
}

arrow_index arrow_between(const flow_net& net, node_index from, const std::string& to) {
  index_of(net, to);
  for (const arrow_index a : net.out(from))
    if (net.at(a).to == node_id{to}) return a;
  throw failure{make_error(errc::bad_outcome, "no arrow leads from '{}' to '{}'",
                           "没有从“{}”到“{}”的箭头", net.at(from).id.text(), to)};
}

/// Goes from an open decision along its arrow to a node, or to several; by condition, too.
standing follow(const standing& s, const std::string& decision,
                const std::variant<std::string, std::vector<std::string>>& to) {
  const flow_net& net = s.net();
  const node_index from = index_of(net, decision);
  std::vector<arrow_index> along;
  if (const auto* const one = std::get_if<std::string>(&to))
    along.push_back(arrow_between(net, from, *one));
  else
    for (const std::string& each : std::get<1>(to)) along.push_back(arrow_between(net, from, each));
  standing out = s;
  out.at = unwrap(net.take(s.at, along));
  return out;
}

flowchart_marks marks_of(const judged& c, const standing* at, bool faults) {
  flowchart_marks marks;
  if (faults && c->proved)
    for (const flow_fault& f : c->proof.faults) {
      if (marks.faults.empty()) marks = banli::marks_of(*c->proved, f);
      marks.faults.push_back(f.node);
    }
  if (at != nullptr) {
    if (at->chart->chart != c->chart)
      throw failure{
          make_error(errc::bad_value, "the marking is of another chart", "该状态属于另一张流程图")};
    mark_resting(marks, at->net(), at->at);
  }
  return marks;
}

std::string svg_of(const judged& c, const standing* at, bool faults, bool lanes,
                   const std::string& lang) {
  flowchart_layout_options how;
  if (lanes) how.lanes = flowchart_lanes::departments;
  how.in = lang == "en" ? language::en : language::zh;
  return flowchart_svg(unwrap(lay_out(c->chart, how)), marks_of(c, at, faults));
}

/// What a notebook shows; nothing, and so the words of repr(), of a chart that cannot be drawn.
std::optional<std::string> shown_svg(const judged& c, const standing* at, bool faults) {
  try {
    return svg_of(c, at, faults, false, "zh");
  } catch (const failure&) {
    return std::nullopt;
  }
}

/// One fault as a dict: code, node, witness, marking.
py::dict fault_of(const flow_fault& f, const flow_net& net) {
  py::list witness;
  for (const flow_move& m : f.witness) {
    const std::string& node = net.at(m.node).id.text();
    if (m.arrows.empty()) {
      witness.append(py::str(node));
      continue;
    }
    py::list went;
    went.append(node);
    for (const arrow_index a : m.arrows) went.append(net.at(a).to.text());
    witness.append(py::tuple{went});
  }
  py::dict out;
  out["code"] = std::string{to_string(f.code)};
  out["node"] = net.at(f.node).id.text();
  out["witness"] = witness;
  out["marking"] = net.to_text(f.stuck);
  return out;
}

std::vector<token_move> moves_of(const std::map<std::string, std::string>& moves) {
  std::vector<token_move> out;
  for (const auto& [from, to] : moves) out.push_back({from, to});
  return out;
}

standing migrated(const standing& s, const judged& after,
                  const std::map<std::string, std::string>& moves) {
  return {after, unwrap(migrate(s.net(), s.at, net_of(after), moves_of(moves)))};
}

void bind_marking(py::module_& m) {
  py::class_<standing>(m, "Marking", "Where a case stands on its flowchart; it does not change.")
      .def_property_readonly(
          "steps", [](const standing& s) { return ids_of(s.net(), s.net().resting(s.at)); },
          "The steps, decisions and ends at which it rests.")
      .def_property_readonly(
          "enabled", [](const standing& s) { return ids_of(s.net(), s.net().enabled(s.at)); },
          "The steps that can be done next, through open choices, too.")
      .def_property_readonly(
          "waiting",
          [](const standing& s) {
            std::vector<std::pair<std::string, std::string>> out;
            for (const arrow_index a : s.net().waiting(s.at))
              out.emplace_back(s.net().at(a).from.text(), s.net().at(a).to.text());
            return out;
          },
          "Branches that wait for others: (the node they come from, the join).")
      .def_property_readonly("choices", &choices, "(decision, label, next node) of open decisions.")
      .def_property_readonly("finished", [](const standing& s) { return s.net().finished(s.at); })
      .def("fire", &fire, py::arg("step"),
           "The marking after a step is done, choosing what leads to it.\n\nErrors: "
           "step-not-enabled, unknown-step.")
      .def("choose", &choose, py::arg("label"),
           "The marking after an open decision by choice goes this way; at an inclusive one "
           "several labels may be joined by \"+\".\n\nErrors: bad-outcome.")
      .def("follow", &follow, py::arg("decision"), py::arg("to"),
           "The marking after an open decision goes to a node, or an inclusive one to several, "
           "whatever decides it.\n\nErrors: "
           "bad-outcome, step-not-enabled, unknown-step.")
      .def(
          "return_targets",
          [](const standing& s, const std::string& step) {
            return ids_of(s.net(), s.net().return_targets(s.at, index_of(s.net(), step)));
          },
          py::arg("step"), "The steps a resting step may be sent back to.")
      .def(
          "send_back",
          [](const standing& s, const std::string& step, const std::string& to) {
            standing out = s;
            out.at =
                unwrap(s.net().send_back(s.at, index_of(s.net(), step), index_of(s.net(), to)));
            return out;
          },
          py::arg("step"), py::arg("to"),
          "The marking after a step was sent back to one before it. Errors: bad-return.")
      .def("migrate", &migrated, py::arg("after"),
           py::arg("moves") = std::map<std::string, std::string>{},
           "The marking in a new version of the chart; moves says where tokens go whose place it "
           "does not have.\n\nErrors: unknown-step, unsafe-place, cannot-finish, not-decided.")
      .def(
          "migration_targets",
          [](const standing& s, const std::string& place, const judged& after,
             const std::map<std::string, std::string>& moves) {
            return migration_targets(s.net(), s.at, place, net_of(after), moves_of(moves));
          },
          py::arg("place"), py::arg("after"),
          py::arg("moves") = std::map<std::string, std::string>{},
          "The places of a new version to which the token at a place can go.")
      .def("__str__", [](const standing& s) { return s.net().to_text(s.at); })
      .def("__repr__", [](const standing& s) { return "<Marking " + s.net().to_text(s.at) + ">"; })
      .def("__eq__",
           [](const standing& s, py::handle other) {
             if (!py::isinstance<standing>(other)) return false;
             const auto& o = other.cast<const standing&>();
             return s.at == o.at && s.chart->chart == o.chart->chart;
           })
      .def("_repr_svg_", [](const standing& s) { return shown_svg(s.chart, &s, false); });
}

void bind_difference(py::module_& m) {
  py::class_<flow_difference>(m, "FlowDifference", "What a new version of a flowchart changes.")
      .def_property_readonly(
          "steps",
          [](const flow_difference& d) {
            return std::pair{d.steps_before, d.steps_after};
          },
          "How many before and after.")
      .def_property_readonly(
          "days",
          [](const flow_difference& d) {
            return std::pair{d.days_before, d.days_after};
          },
          "Working days before and after: promised ones, or those of the longest way.")
      .def_readonly("promised", &flow_difference::promised)
      .def_property_readonly("step_compression", &flow_difference::step_compression,
                             "The share of steps saved.")
      .def_property_readonly("day_compression", &flow_difference::day_compression)
      .def_property_readonly("added", [](const flow_difference& d) { return show(d.added); })
      .def_property_readonly("removed", [](const flow_difference& d) { return show(d.removed); })
      .def_property_readonly(
          "changed",
          [](const flow_difference& d) {
            py::dict out;
            for (const step_change& c : d.changed) out[py::str(c.step.text())] = c.fields;
            return out;
          },
          "Steps of both versions, and the fields that differ.")
      .def_readonly("rerouted", &flow_difference::rerouted)
      .def("__repr__", [](const flow_difference& d) {
        return fmt::format("<FlowDifference: {} -> {} steps, {:.4g} -> {:.4g} days>",
                           d.steps_before, d.steps_after, d.days_before, d.days_after);
      });
}

flow_version version_of(const judged& c, const std::optional<std::string>& promised) {
  flow_version out{net_of(c), std::nullopt};
  if (promised) out.promised = unwrap(parse_time_limit(*promised));
  return out;
}

void bind_making(py::class_<judged>& c) {
  c.def(py::init([](const py::kwargs& given) {
     flowchart chart;
     fill(chart, given);
     return judge(std::move(chart));
   }))
      .def_static(
          "load",
          [](const std::string& path, std::size_t states, const std::string& process) {
            const py::gil_scoped_release others_may_run;
            return readable(load_flowchart(path, limits_of(states, process)));
          },
          py::arg("path"), py::arg("states") = 1'000'000, py::kw_only(), py::arg("process") = "",
          "Reads a YAML file of kind flowchart, or BPMN 2.0; what is wrong with the chart is for "
          "check().\n\nprocess is the id of the one that is meant, where a BPMN file has several."
          "\nErrors: every fault of a file that is no such document.")
      .def_static(
          "from_yaml",
          [](const std::string& text, const std::string& file, std::size_t states) {
            return readable(parse_flowchart(file, text, limits_of(states)));
          },
          py::arg("text"), py::arg("file") = "flowchart.yaml", py::arg("states") = 1'000'000,
          "The same from a text.")
      .def(
          "replace",
          [](const judged& x, const py::kwargs& changes) {
            flowchart other = x->chart;
            fill(other, changes);
            judged out = judge(std::move(other));
            if (x.file() != nullptr) out.read_as = x.read_as ? x.read_as : x.of;
            return out;
          },
          "replace(**changes)\n\nThe same with other values; this one does not change.")
      .def(
          "as_dict", [](const judged& x) { return members_of(x->chart); },
          "as_dict() -> dict\n\nEvery attribute by its name.")
      .def(
          "to_yaml", [](const judged& x) { return unwrap(save(x->chart)); },
          "The document in its one spelling. Errors: bad-utf8.");
  for (const char* key : {"id", "name", "nodes", "arrows", "forms", "separations"})
    c.def_property_readonly(key, [key](const judged& x) {
      member_reader r{key};
      detail::describe(r, const_cast<flowchart&>(x->chart)); // it only looks
      return r.one;
    });
}

void bind_judging(py::class_<judged>& c) {
  c.def(
       "check", [](const judged& x) { return x->found; },
       "Every problem, with its place: local faults, and where there are none what the proof "
       "found, each with the shortest way to it.")
      .def_property_readonly(
          "sound", [](const judged& x) { return x->sound(); },
          "Whether its flow is sound: it can always finish, and no step is dead. None where that "
          "is not decided.")
      .def_property_readonly(
          "dead_steps", [](const judged& x) { return show(x->dead_steps()); },
          "The steps that no case can reach.")
      .def_property_readonly(
          "faults",
          [](const judged& x) {
            py::list out;
            for (const flow_fault& f : x->proof.faults) out.append(fault_of(f, *x->proved));
            return out;
          },
          "What the proof found, as dicts of code, node, witness and marking.")
      .def_property_readonly(
          "states", [](const judged& x) { return x->proof.states; },
          "How many markings the proof visited; 0 where the chart could be drawn together.")
      .def_property_readonly(
          "reductions", [](const judged& x) { return x->proof.reductions; },
          "How often the proof drew two nodes or arrows together.")
      .def_property_readonly(
          "steps",
          [](const judged& x) {
            std::vector<node> out;
            for (const node& n : x->chart.nodes)
              if (n.kind == node_kind::step) out.push_back(n);
            return show(out);
          },
          "The nodes that are steps.")
      .def_property_readonly(
          "longest_workdays", [](const judged& x) { return check_time(net_of(x)).longest; },
          "Working days on the longest way.")
      .def_property_readonly(
          "workdays_with_returns",
          [](const judged& x) { return check_time(net_of(x)).with_returns; },
          "The same with every bounded arrow back taken as often as it may be.")
      .def_property_readonly(
          "unbounded",
          [](const judged& x) {
            std::vector<arrow> out;
            for (const arrow_index a : check_time(net_of(x)).unbounded)
              out.push_back(net_of(x).at(a));
            return show(out);
          },
          "The arrows that go back without a bound.")
      .def_property_readonly(
          "critical_path",
          [](const judged& x) { return ids_of(net_of(x), check_time(net_of(x)).critical_path); },
          "The steps of the longest way.")
      .def(
          "compare",
          [](const judged& x, const judged& after, const std::optional<std::string>& was,
             const std::optional<std::string>& is) {
            return compare(version_of(x, was), version_of(after, is));
          },
          py::arg("after"), py::kw_only(), py::arg("promised_before") = std::nullopt,
          py::arg("promised_after") = std::nullopt,
          "What a later version changes. Errors: those of a chart with local faults; bad-limit.");
}

void bind_showing(py::class_<judged>& c) {
  c.def("to_svg", &svg_of, py::arg("at") = py::none(), py::kw_only(), py::arg("faults") = false,
        py::arg("lanes") = false, py::arg("lang") = "zh",
        "The picture, with a marking, the way to the first fault, or a lane for each "
        "department if wanted.\n\nErrors: "
        "limit-exceeded, bad-value.")
      .def(
          "to_mermaid",
          [](const judged& x, const standing* at, bool faults, const std::string& lang) {
            return flowchart_mermaid(x->chart, marks_of(x, at, faults),
                                     {lang == "en" ? language::en : language::zh, {}, {}});
          },
          py::arg("at") = py::none(), py::kw_only(), py::arg("faults") = false,
          py::arg("lang") = "zh", "The same as Mermaid text.")
      .def("_repr_svg_", [](const judged& x) { return shown_svg(x, nullptr, true); })
      .def(
          "start",
          [](const judged& x) {
            return standing{x, net_of(x).start()};
          },
          "The marking of a case just accepted. Errors: those of a chart with local faults.")
      .def(
          "marking",
          [](const judged& x, const std::string& text) {
            return standing{x, unwrap(net_of(x).parse_marking(text))};
          },
          py::arg("text"), "The marking of a text, as str() gives it. Errors: unknown-step.")
      .def("__eq__",
           [](const judged& x, py::handle other) {
             return py::isinstance<judged>(other) && x->chart == other.cast<const judged&>()->chart;
           })
      .def("__repr__", [](const judged& x) {
        return fmt::format("<Flowchart {}: {} nodes, {} problems>", x->chart.name,
                           x->chart.nodes.size(), x->found.size());
      });
}

} // namespace

void bind_flowchart(py::module_& m) {
  bind_forms(m);
  bind_part<node>(m, "FlowNode", "A box, diamond, ellipse or bar; node= says which.");
  bind_part<arrow>(m, "FlowArrow", "One arrow of the flow.");
  bind_marking(m);
  bind_difference(m);
  py::class_<judged> c{m, "Flowchart",
                       "A flowchart. Keyword arguments are the keys of its document."};
  bind_making(c);
  bind_bpmn(c);
  bind_form_rights(c);
  bind_judging(c);
  bind_showing(c);
  bind_flowchart_builder(m);
}

} // namespace banli::python
