// DecisionTable: read, asked, analysed, shown.
#include "decision_table.hpp"

#include <banli/engine/case_facts.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "expression_values.hpp"
#include "rules.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// A table whose text could be read; what is wrong with the table itself is for check().
held_table readable(table_file f) {
  if (f.definition.inputs.empty() && f.definition.id.empty()) refuse_problems(f.found);
  return hold(std::move(f));
}

held_table parse(const std::string& name, const std::string& text) {
  return readable(parse_table(name, text, fact_environment()));
}

const compiled_table& good(const held_table& t) {
  refuse_problems(t->found);
  return *t->table;
}

py::dict dict_of(const table_point& p) {
  py::dict out;
  for (const auto& [name, v] : p) out[py::str(name)] = python_from(v);
  return out;
}

py::dict analysis_of(const held_table& t) {
  if (!t->analysis) refuse_problems(t->found);
  const table_analysis& a = *t->analysis;
  py::list gaps;
  for (const table_point& g : a.gaps) gaps.append(dict_of(g));
  py::list overlaps;
  for (const table_overlap& o : a.overlaps) {
    py::dict one;
    one["rules"] = py::make_tuple(o.first + 1, o.second + 1);
    one["at"] = dict_of(o.at);
    one["same_outputs"] = std::string(to_string(o.same_outputs));
    overlaps.append(std::move(one));
  }
  py::list idle;
  for (const std::size_t r : a.idle) idle.append(r + 1);
  py::list open;
  for (const text& x : a.open) open.append(x.en);
  py::dict out;
  out["complete"] = std::string(to_string(a.complete));
  out["disjoint"] = std::string(to_string(a.disjoint));
  out["gaps"] = std::move(gaps);
  out["overlaps"] = std::move(overlaps);
  out["idle"] = std::move(idle);
  out["undecided"] = std::move(open);
  return out;
}

py::object evaluate(const held_table& t, const py::dict& values) {
  const compiled_table& table = good(t);
  const table_outcome o = table.evaluate(bind_values(table.words(), values));
  if (o.is == outcome::state::error) throw failure{o.error};
  if (o.is == outcome::state::unknown)
    throw failure{make_error(errc::missing_field, "without {} the table cannot say",
                             "缺少 {},无法判断", fmt::join(o.missing, ", "))};
  return python_from(o.value);
}

py::dict explain(const held_table& t, const py::dict& values) {
  const compiled_table& table = good(t);
  const table_reasoning r = table.explain(bind_values(table.words(), values));
  const table_outcome& o = r.outcome;
  py::dict inputs;
  for (const auto& [name, v] : r.inputs) inputs[py::str(name)] = v ? python_from(*v) : py::none();
  py::list hits;
  for (const std::size_t h : o.hits) hits.append(h + 1);
  py::list cells;
  for (const auto& row : r.rules) {
    py::list line;
    for (const cell_trace& c : row)
      line.append(c.is == outcome::state::value ? py::cast(c.holds) : py::none());
    cells.append(std::move(line));
  }
  py::dict out;
  out["value"] = o.is == outcome::state::value ? python_from(o.value) : py::none();
  out["hits"] = std::move(hits);
  out["by_default"] = o.by_default;
  out["inputs"] = std::move(inputs);
  out["cells"] = std::move(cells);
  out["missing"] = o.missing;
  out["error"] = o.is == outcome::state::error ? py::cast(o.error) : py::none();
  out["holds_until"] = optional_instant(o.holds_until);
  return out;
}

std::string escaped(std::string_view s) {
  std::string out;
  for (const char c : s)
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  return out;
}

template <class Column>
std::string head_of(const Column& c) {
  const std::string& shown = c.label.zh.empty() ? c.name : c.label.zh;
  return "<th>" + escaped(shown) + "</th>";
}

/// The table as a spreadsheet shows it, its problems below.
std::string html_of(const held_table& t) {
  const decision_table& d = t->definition;
  std::string out = "<table><caption>" + escaped(d.name.zh.empty() ? d.id.text() : d.name.zh) +
                    "</caption><thead><tr><th>" + escaped(to_string(d.policy)) + "</th>";
  for (const table_input& i : d.inputs) out += head_of(i);
  for (const table_output& o : d.outputs) out += head_of(o);
  out += "</tr></thead><tbody>";
  for (std::size_t r = 0; r < d.rules.size(); ++r) {
    out += fmt::format("<tr><td>{}</td>", r + 1);
    for (const auto* cells : {&d.rules[r].when, &d.rules[r].then})
      for (const table_cell& c : *cells) out += "<td>" + escaped(c.source) + "</td>";
    out += "</tr>";
  }
  out += "</tbody></table>";
  for (const error& e : t->found) out += "<p>" + escaped(to_string(e, language::zh)) + "</p>";
  return out;
}

template <class Columns>
std::vector<std::string> names_of(const Columns& all) {
  std::vector<std::string> out;
  for (const auto& c : all) out.push_back(c.name);
  return out;
}

} // namespace

void bind_decision_table(py::module_& m) {
  py::class_<held_table>(m, "DecisionTable", "A decision table.")
      .def_static(
          "load",
          [](const std::string& path) {
            const py::gil_scoped_release others_may_run;
            return readable(load_table(path, fact_environment()));
          },
          py::arg("path"),
          "Reads a file, YAML or CSV; what is wrong with the table is for check().\n\nErrors: "
          "every "
          "fault of a file that is no such document.")
      .def_static(
          "from_yaml",
          [](const std::string& text, const std::string& file) { return parse(file, text); },
          py::arg("text"), py::arg("file") = "table.yaml", "The same from a text.")
      .def_static(
          "from_csv",
          [](const std::string& text, const std::string& file) { return parse(file, text); },
          py::arg("text"), py::arg("file") = "table.csv",
          "The same from a text; file ends in .csv.")
      .def(
          "check", [](const held_table& t) { return t->found; },
          "Every problem, with its place; gaps and overlaps with an example.")
      .def("evaluate", &evaluate, py::arg("values"),
           "What the table says: one output as it is, several as a dict, under R, O and C a "
           "list.\n\nErrors: missing-field, unknown-field, unknown-value, type-mismatch, "
           "rules-overlap; those of check().")
      .def("explain", &explain, py::arg("values"),
           "value, hits (rules from 1), by_default, inputs, cells (True, False, None where it is "
           "not "
           "known), missing, error, holds_until.")
      .def_property_readonly("analysis", &analysis_of,
                             "complete and disjoint (yes, no, undecided), gaps, overlaps, idle "
                             "(rules from 1), undecided (why).")
      .def_property_readonly("id", [](const held_table& t) { return t->definition.id; })
      .def_property_readonly("name", [](const held_table& t) { return t->definition.name.zh; })
      .def_property_readonly(
          "policy",
          [](const held_table& t) { return std::string(to_string(t->definition.policy)); },
          "U, A, P, F, R, O, C, C+, C<, C> or C#.")
      .def_property_readonly("inputs",
                             [](const held_table& t) { return names_of(t->definition.inputs); })
      .def_property_readonly("outputs",
                             [](const held_table& t) { return names_of(t->definition.outputs); })
      .def_property_readonly(
          "reads", [](const held_table& t) { return good(t).reads(); }, "The fields it may read.")
      .def(
          "to_csv", [](const held_table& t) { return to_csv(t->definition); },
          "The table for a spreadsheet, in its one spelling.")
      .def(
          "to_yaml", [](const held_table& t) { return unwrap(save(t->definition)); },
          "The document in its one spelling. Errors: bad-utf8.")
      .def("_repr_html_", &html_of)
      .def("__len__", [](const held_table& t) { return t->definition.rules.size(); })
      .def("__eq__",
           [](const held_table& t, py::handle other) {
             return py::isinstance<held_table>(other) &&
                    t->definition == other.cast<const held_table&>()->definition;
           })
      .def("__repr__", [](const held_table& t) {
        return fmt::format("<DecisionTable {}: {} rules, {} problems>", t->definition.id.text(),
                           t->definition.rules.size(), t->found.size());
      });
}

} // namespace banli::python
