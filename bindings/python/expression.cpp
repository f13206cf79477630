// compile, Program, Outcome, Reasoning: expressions of CEL in Python.
#include "expression.hpp"

#include <algorithm>

#include <banli/document/zone_files.hpp>
#include <banli/drawing/dossier.hpp>
#include <banli/expression/free_names.hpp>
#include <banli/expression/reasoning_text.hpp>

#include "bind_office.hpp"
#include "casters.hpp"
#include "expression_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

const char* word_of(outcome::state s) {
  switch (s) {
  case outcome::state::value: return "value";
  case outcome::state::error: return "error";
  default: return "unknown";
  }
}

/// An outcome, and the program it is of.
struct told_outcome {
  outcome of;
  std::optional<expression_problem> problem;
};

struct told_reasoning {
  reasoning of;
  told_outcome outcome;
};

told_outcome told(const expression_program& p, outcome o) {
  told_outcome t{std::move(o), std::nullopt};
  if (t.of.is == outcome::state::error) t.problem = with_caret(p, t.of.error);
  return t;
}

error why_none(const outcome& o) {
  if (o.is == outcome::state::error) return o.error;
  return make_error(errc::missing_field, "no answer, because {} is missing", "因缺少 {} 而无法判断",
                    fmt::join(o.missing, ", "));
}

py::object value_of(const told_outcome& t) {
  if (t.of.is != outcome::state::value) throw failure{why_none(t.of)};
  return python_from(t.of.value);
}

bool truth_of(const told_outcome& t) {
  if (t.of.is != outcome::state::value) throw failure{why_none(t.of)};
  if (const auto b = t.of.truth()) return *b;
  throw py::type_error("the expression gives no bool, but " + to_text(t.of.value) +
                       ": ask for its value");
}

std::string shown(const told_outcome& t) {
  if (t.of.is == outcome::state::value) return to_text(t.of.value);
  return to_string(why_none(t.of), language::en);
}

// --- compile

compile_options options_of(const py::kwargs& given) {
  compile_options how;
  const auto size = [](py::handle h) { return h.cast<std::size_t>(); };
  for (const auto& [word, h] : given) {
    const auto name = word.cast<std::string>();
    if (name == "source_bytes")
      how.limits.source_bytes = size(h);
    else if (name == "depth")
      how.limits.depth = size(h);
    else if (name == "nodes")
      how.limits.nodes = size(h);
    else if (name == "list_size")
      how.limits.list_size = size(h);
    else if (name == "problem_count")
      how.limits.problem_count = size(h);
    else if (name == "worst_cost")
      how.limits.worst_cost = size(h);
    else if (name == "assumed_elements")
      how.limits.sizes.elements = size(h);
    else if (name == "assumed_text_bytes")
      how.limits.sizes.text_bytes = size(h);
    else
      throw py::type_error("compile() has no argument '" + name + "'");
  }
  return how;
}

expression_program compiled_of(const std::string& source, const py::object& variables,
                               const py::object& labels, const std::string& container,
                               const py::object& expected, bool check, const py::object& functions,
                               const std::optional<std::string>& zones, const py::kwargs& limits) {
  expression_program p{environment_in(variables, labels, container), options_of(limits),
                       !variables.is_none(), std::nullopt};
  declare_functions(p.words, functions);
  if (zones) p.words.time_zones(zone_files(*zones));
  if (!expected.is_none()) p.how.expected = type_in(expected, "expected");
  if (!check) p.how.check = type_checking::none;
  if (!p.declared)
    for (const std::string& name : free_names(source, p.words, p.how.limits))
      p.words.declare(std::string{p.words.name_of(name)}, type_kind::dyn);
  compiled c = compile(source, p.words, p.how);
  if (!c.program) raise_problems(source, p.how, c.problems);
  p.program = std::move(c.program);
  return p;
}

// --- evaluate

evaluation_limits budget_of(std::optional<std::uint64_t> cost, std::optional<std::size_t> size) {
  evaluation_limits l;
  if (cost) l.cost = *cost;
  if (size) l.result_size = *size;
  return l;
}

using maybe_cost = std::optional<std::uint64_t>;
using maybe_size = std::optional<std::size_t>;
using maybe_now = std::optional<instant>;

told_outcome evaluated(const expression_program& p, const py::object& values, maybe_now now,
                       const py::object& clocks, maybe_cost cost, maybe_size size) {
  const python_facts facts(p, values, clocks, now);
  return told(p, p.of().evaluate(facts, budget_of(cost, size)));
}

told_reasoning explained(const expression_program& p, const py::object& values, maybe_now now,
                         const py::object& clocks, maybe_cost cost, maybe_size size) {
  const python_facts facts(p, values, clocks, now);
  reasoning r = p.of().explain(facts, budget_of(cost, size));
  told_outcome o = told(p, r.outcome);
  return {std::move(r), std::move(o)};
}

// --- classes

void bind_outcome(py::module_& m) {
  py::class_<expression_problem, error>(m, "ExpressionProblem",
                                        "One thing that is wrong with an expression.")
      .def_readonly("caret", &expression_problem::caret,
                    "The line of the expression, and a caret below the place; two lines.");
  py::class_<told_outcome>(
      m, "Outcome",
      "What an evaluation gives: a value, an error, or unknown because a field is missing.")
      .def_property_readonly(
          "state", [](const told_outcome& t) { return word_of(t.of.is); },
          "value, error or unknown.")
      .def_property_readonly("value", &value_of,
                             "The value. Errors: that of the evaluation; missing-field.")
      .def_property_readonly(
          "truth", [](const told_outcome& t) { return t.of.truth(); },
          "True, False, or None: no verdict.")
      .def_property_readonly(
          "missing", [](const told_outcome& t) { return t.of.missing; },
          "Paths of the missing fields, where it is unknown.")
      .def_readonly("error", &told_outcome::problem, "An ExpressionProblem, or None.")
      .def_property_readonly(
          "holds_until", [](const told_outcome& t) { return t.of.holds_until; },
          "The earliest instant at which any of this could change by time alone, or None.")
      .def("__bool__", &truth_of,
           "The verdict. Where there is none this is an error, and never false.")
      .def("__str__", &shown)
      .def("__repr__", [](const told_outcome& t) {
        return std::string("<Outcome ") + word_of(t.of.is) + ": " + shown(t) + ">";
      });
}

void bind_reasoning(py::module_& m) {
  py::class_<trace>(m, "Trace", "One sub-expression as it was evaluated.")
      .def_readonly("source", &trace::source, "Its text, as written.")
      .def_readonly("reads", &trace::reads, "The path of the field that it reads, or ''.")
      .def_property_readonly("state", [](const trace& t) { return word_of(t.is); })
      .def_property_readonly(
          "value",
          [](const trace& t) -> py::object {
            return t.is == outcome::state::value ? python_from(t.value) : py::none();
          },
          "None where there is none.")
      .def_readonly("parts", &trace::parts, "What it was computed from; not what was skipped.")
      .def_readonly("decided_by", &trace::decided_by,
                    "Numbers of those parts that made it what it is.")
      .def("__str__", [](const trace& t) { return to_text(t); })
      .def("__repr__", [](const trace& t) { return "<Trace " + t.source + answer_text(t) + ">"; });
  py::class_<told_reasoning>(m, "Reasoning", "An evaluation with everything written down.")
      .def_readonly("outcome", &told_reasoning::outcome)
      .def_property_readonly("tree", [](const told_reasoning& r) { return r.of.root; })
      .def_property_readonly(
          "facts",
          [](const told_reasoning& r) {
            py::list out;
            for (const fact& f : r.of.facts)
              out.append(py::make_tuple(f.name, f.value ? python_from(*f.value) : py::none()));
            return out;
          },
          "What decided, as (path, value); None where it is missing.")
      .def_property_readonly(
          "nearest",
          [](const told_reasoning& r) {
            py::list out;
            for (const condition_turn& t : r.of.nearest)
              out.append(py::make_tuple(t.needs.empty() ? t.condition : t.needs, t.becomes));
            return out;
          },
          "The fewest conditions that would have to turn, all of them, for the verdict to be the "
          "other\none: (what is needed, whether the condition must become true).")
      .def(
          "describe",
          [](const told_reasoning& r, std::string_view lang) {
            return describe(r.of).in(lang == "en" ? language::en : language::zh);
          },
          py::arg("lang") = "zh",
          "describe(lang='zh') -> str\n\nWhat it came to, why, and what would turn it.")
      .def("__str__", [](const told_reasoning& r) { return to_text(r.of.root); })
      .def("_repr_html_", [](const told_reasoning& r) { return reasoning_html(r.of); })
      .def("__repr__", [](const told_reasoning& r) {
        return "<Reasoning " + r.of.root.source + answer_text(r.of.root) + ">";
      });
}

} // namespace

py::object cast_outcome(const expression_program& p, outcome o) {
  return py::cast(told(p, std::move(o)));
}

expression_problem with_caret(const expression_program& p, const error& e) {
  return {e, caret_lines(p.of().source(), e, p.how)};
}

void raise_problems(std::string_view source, const compile_options& how, const problems& found) {
  const py::object raised = py::module_::import("banli._core").attr("Error");
  py::list all;
  std::string text;
  for (const error& e : found) {
    const expression_problem one{e, caret_lines(source, e, how)};
    all.append(py::cast(one));
    text += (text.empty() ? "" : "\n") + to_string(e, language::en) + "\n" + one.caret;
  }
  if (!text.empty() && text.back() == '\n') text.pop_back();
  const py::object instance = raised(text);
  instance.attr("problem") = all[0];
  instance.attr("problems") = all;
  instance.attr("code") = std::string{to_string(found.front().code)};
  PyErr_SetObject(raised.ptr(), instance.ptr());
  throw py::error_already_set();
}

namespace {

void html_of(const trace& t, bool decides, std::string& out) {
  out += decides ? "<li><b>" : "<li>";
  out += "<code>" + html_escape(t.source) + "</code>" + html_escape(answer_text(t));
  out += decides ? "</b>" : "";
  std::string inner;
  for (std::size_t k = 0; k < t.parts.size(); ++k)
    if (!is_literal(t.parts[k]))
      html_of(t.parts[k], std::ranges::find(t.decided_by, k) != t.decided_by.end(), inner);
  if (!inner.empty()) out += "<ul>" + inner + "</ul>";
  out += "</li>";
}

} // namespace

std::string reasoning_html(const reasoning& r) {
  std::string out = "<div class=\"banli-reasoning\"><ul>";
  html_of(r.root, true, out);
  out += "</ul>";
  if (!r.facts.empty()) {
    out += "<table><tbody>";
    for (const fact& f : r.facts)
      out += "<tr><td>" + html_escape(f.name) + "</td><td>" +
             (f.value ? html_escape(to_text(*f.value)) : "?") + "</td></tr>";
    out += "</tbody></table>";
  }
  return out + "</div>";
}

void bind_expressions(py::module_& m) {
  bind_expression_values(m);
  bind_clocks(m);
  bind_outcome(m);
  bind_reasoning(m);
  py::class_<expression_program> c(m, "Program", "An expression, checked and ready.");
  const auto values = py::arg("values") = py::none();
  const auto now = py::arg("now") = py::none();
  const auto clocks = py::arg("clocks") = py::none();
  const auto cost = py::arg("cost") = py::none();
  const auto size = py::arg("result_size") = py::none();
  c.def_property_readonly("source", [](const expression_program& p) { return p.of().source(); })
      .def_property_readonly(
          "type", [](const expression_program& p) { return to_string(p.of().gives()); },
          "Of its value, as CEL writes it.")
      .def_property_readonly(
          "reads", [](const expression_program& p) { return p.of().reads(); },
          "Paths of every field it may read, sorted.")
      .def_property_readonly(
          "worst_cost", [](const expression_program& p) { return p.of().worst_cost(); },
          "What an evaluation costs at most while values keep to the assumed sizes.")
      .def("evaluate", &evaluated, values, py::kw_only(), now, clocks, cost, size,
           "evaluate(values={}, *, now=None, clocks=None, cost=100_000, result_size=1_000_000) -> "
           "Outcome\n\n"
           "Values are a dict of names; a record is a dict of its fields; None in a field that "
           "cannot be\nnull, or leaving it out, means missing. A Clock stands for a value that "
           "moves. Errors: banli.Error\nwhere values do not fit what was declared; an error of "
           "the evaluation is in the Outcome.")
      .def("explain", &explained, values, py::kw_only(), now, clocks, cost, size,
           "explain(values={}, …) -> Reasoning\n\nThe same, with everything written down.")
      .def(
          "expires",
          [](const expression_program& p, const py::object& v, instant at, const py::object& moving,
             maybe_cost most, maybe_size largest) {
            return evaluated(p, v, at, moving, most, largest).of.holds_until;
          },
          values, py::kw_only(), py::arg("now"), clocks, cost, size,
          "expires(values={}, *, now, clocks=None) -> datetime or None\n\n"
          "The earliest instant at which the answer could change; None: never by time alone.")
      .def("__repr__", [](const expression_program& p) {
        return "<Program " + p.of().source() + ": " + to_string(p.of().gives()) + ">";
      });
  bind_expression_columns(m, c);
  m.def("compile", &compiled_of, py::arg("expression"), py::arg("variables") = py::none(),
        py::kw_only(), py::arg("labels") = py::none(), py::arg("container") = "",
        py::arg("expected") = py::none(), py::arg("check") = true,
        py::arg("functions") = py::none(), py::arg("time_zones") = system_zones,
        "compile(expression, variables=None, *, labels=None, container='', expected=None, "
        "check=True, functions=None, time_zones='/usr/share/zoneinfo', source_bytes=10_000, "
        "depth=100, nodes=2_000, list_size=1_000, "
        "problem_count=100, worst_cost=100_000_000, assumed_elements=100, "
        "assumed_text_bytes=1_000) -> Program\n\n"
        "variables: types by name: 'int', 'list(string)', 'timestamp'; a dict of fields is a "
        "record, a list or\nset of words an enumeration, a list of one dict a list of records. "
        "Without it every name is dyn.\nlabels: other words for names. check=False leaves types "
        "to the evaluation. functions: {'name': (callable, [types], type)}, or a list of such; "
        "'.name' is a\nmethod; they must always give the same for the same. time_zones: the folder "
        "where "
        "t.getHours('Asia/Shanghai') finds\nits zone, None for offsets only. Errors: "
        "banli.Error\nwhose problems have line, column and caret.");
}

} // namespace banli::python
