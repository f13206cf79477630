// RuleSet: supervision rules read from files, judged over values of Python.
#include "rules.hpp"

#include <memory>
#include <optional>

#include <banli/document/rules_file.hpp>
#include <banli/document/saved_rules.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/expression/binding.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "decision_table.hpp"
#include "expression_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// What RuleSet.load() gives.
struct loaded_rules {
  rules_file file;

  const rule_set& good() const {
    refuse_problems(file.found);
    static const rule_set none;
    return file.rules ? *file.rules : none;
  }

  /// What values may name: the facts, and flow.* where the rules count.
  environment words() const {
    const compiled_counters* flow = good().flow();
    return flow ? flow->words() : fact_environment();
  }
};

py::dict dict_of(const verdict& v) {
  py::dict out;
  out["verdict"] = std::string(to_string(v.kind));
  out["output"] = python_from(v.output);
  out["match"] = v.match ? py::cast(*v.match) : py::none();
  out["within"] = v.within;
  out["missing"] = v.missing;
  out["error"] = v.why ? py::cast(*v.why) : py::none();
  out["holds_until"] = optional_instant(v.holds_until);
  return out;
}

py::list list_of(const std::vector<fact>& facts) {
  py::list out;
  for (const fact& f : facts)
    out.append(py::make_tuple(f.name, f.value ? python_from(*f.value) : py::none()));
  return out;
}

py::dict explained(const compiled_rule& r, const activation& from) {
  py::dict out = dict_of(r.judge(from));
  out["facts"] = list_of(r.facts(from));
  out["message"] = r.message(from, language::en);
  out["message_zh"] = r.message(from, language::zh);
  out["explanation"] = r.explanation(from);
  py::dict variables;
  for (const std::string& name : r.variables_in_sight(from)) {
    const auto how = r.variable(name, from);
    variables[py::str(name)] = how && how->outcome.is == outcome::state::value
                                   ? python_from(how->outcome.value)
                                   : py::none();
  }
  out["variables"] = std::move(variables);
  return out;
}

py::dict evaluate(const loaded_rules& s, const py::dict& values) {
  const bound_values from = bind_values(s.words(), values);
  py::dict out;
  for (const compiled_rule& r : s.good().rules())
    out[py::str(r.id().text())] = dict_of(r.judge(from));
  return out;
}

py::dict explain(const loaded_rules& s, const py::dict& values,
                 const std::optional<std::string>& rule) {
  const bound_values from = bind_values(s.words(), values);
  py::dict out;
  std::vector<std::string> known;
  for (const compiled_rule& r : s.good().rules()) {
    known.push_back(r.id().text());
    if (!rule || *rule == r.id().text()) out[py::str(r.id().text())] = explained(r, from);
  }
  if (rule && out.empty())
    throw failure{with_hint(
        make_error(errc::unknown_reference, "there is no rule '{}'", "没有规则“{}”", *rule),
        suggestion(*rule, known))};
  return out;
}

py::dict index_of(const loaded_rules& s) {
  py::dict out;
  const rule_set& all = s.good();
  for (const auto& [path, rules] : all.index()) {
    py::list ids;
    for (const std::size_t r : rules) ids.append(all.rules()[r].id().text());
    out[py::str(path)] = std::move(ids);
  }
  return out;
}

loaded_rules load(const std::string& path) {
  const py::gil_scoped_release others_may_run;
  rules_file_options how;
  how.failing_tests = false;
  return {load_rules(path, how)};
}

} // namespace

bound_values bind_values(const environment& words, const py::dict& given) {
  bound_values out;
  refuse_problems(bind(out, words, value_from_python(given)));
  return out;
}

py::object optional_instant(const std::optional<instant>& t) {
  return t ? py::cast(*t) : py::none();
}

void bind_rule_set(py::module_& m) {
  py::class_<loaded_rules>(m, "RuleSet",
                           "Supervision rules and decision tables of a file or a folder.")
      .def_static("load", &load, py::arg("path"),
                  "Reads rules and decision tables. Never fails: what is wrong is for check().")
      .def_static(
          "from_yaml",
          [](const std::string& text, const std::string& file) {
            rules_file_options how;
            how.failing_tests = false;
            return loaded_rules{parse_rules(file, text, how)};
          },
          py::arg("text"), py::arg("file") = "rules.yaml", "The same from a text.")
      .def(
          "check", [](const loaded_rules& s) { return s.file.found; },
          "Every problem, with its place; of tables also gaps and overlaps.")
      .def(
          "test", [](const loaded_rules& s) { return run_rule_tests(s.good()); },
          "Runs the tests that the rules carry; empty when all hold.")
      .def("evaluate", &evaluate, py::arg("values"),
           "What each rule says, by its id: verdict (fires, silent, unjudgeable), output, match "
           "(from 0), within (the entries of nested rules), missing, error, holds_until.\n\n"
           "Errors: unknown-field; those of check().")
      .def("explain", &explain, py::arg("values"), py::arg("rule") = py::none(),
           "The same, and facts, message, message_zh, explanation, variables.")
      .def_property_readonly("index", &index_of, "The rules that may read a field, by its path.")
      .def_property_readonly(
          "reads",
          [](const loaded_rules& s) {
            py::dict out;
            for (const compiled_rule& r : s.good().rules()) out[py::str(r.id().text())] = r.reads();
            return out;
          },
          "The fields that a rule may read, by its id.")
      .def_property_readonly(
          "ids",
          [](const loaded_rules& s) {
            std::vector<std::string> out;
            for (const compiled_rule& r : s.good().rules()) out.push_back(r.id().text());
            return out;
          },
          "In the order of the documents.")
      .def_property_readonly(
          "tables",
          [](const loaded_rules& s) {
            std::vector<held_table> out;
            for (const table_file& t : s.file.tables) out.push_back(hold(t));
            return out;
          },
          "The decision tables.")
      .def(
          "to_yaml", [](const loaded_rules& s) { return unwrap(save(s.good())); },
          "to_yaml() -> str\n\nThe rules as one document, with the counters and constraints they "
          "read. Errors: bad-utf8, bad-value.")
      .def("__len__", [](const loaded_rules& s) { return s.good().rules().size(); })
      .def("__repr__", [](const loaded_rules& s) {
        return fmt::format("<RuleSet: {} rules, {} tables, {} problems>",
                           s.file.rules ? s.file.rules->rules().size() : 0, s.file.tables.size(),
                           s.file.found.size());
      });
}

} // namespace banli::python
