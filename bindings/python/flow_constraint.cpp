// FlowConstraint: what must and must not happen in the course of a case.
#include <banli/rules/flow_constraint.hpp>

#include <pybind11/chrono.h>

#include <banli/base/nearest.hpp>
#include <banli/rules/decision_table.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "expression_values.hpp"
#include "rules.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

std::vector<std::string> template_words() {
  std::vector<std::string> out;
  for (int i = 0; i <= static_cast<int>(flow_template::person_load); ++i)
    out.emplace_back(to_string(static_cast<flow_template>(i)));
  return out;
}

flow_template template_of(const std::string& word) {
  if (const auto t = parse_flow_template(word)) return *t;
  throw failure{with_hint(
      make_error(errc::unknown_value, "there is no template '{}'", "没有约束模板“{}”", word),
      suggestion(word, template_words()))};
}

/// The fields of an event's data, by name and the word of their type.
flow_words words_of(std::vector<std::string> activities, const py::dict& data) {
  flow_words out;
  out.activities = std::move(activities);
  for (const auto& [name, word] : data) {
    const auto t = parse_column_type(word.cast<std::string>());
    if (!t || *t == column_type::declared)
      throw failure{make_error(errc::unknown_value, "'{}' is no type of data", "“{}”不是数据类型",
                               word.cast<std::string>())};
    out.data.push_back({name.cast<std::string>(), kind_of(*t)});
  }
  return out;
}

compiled_constraint compiled_of(flow_constraint c, const flow_words& words) {
  compiled_constraints made = compile_constraint(std::move(c), words);
  refuse_problems(made.problems);
  return *std::move(made.constraint);
}

flow_event event_of(const py::dict& given) {
  flow_event out;
  bool timed = false;
  for (const auto& [key, v] : given) {
    const auto name = key.cast<std::string>();
    if (name == "activity") {
      out.activity = v.cast<std::string>();
    } else if (name == "actor") {
      out.actor = v.cast<std::string>();
    } else if (name == "in_case") {
      out.in_case = v.cast<std::string>();
    } else if (name == "at") {
      out.at = v.cast<instant>();
      timed = true;
    } else if (!v.is_none()) {
      out.data.emplace_back(name, value_from_python(v));
    }
  }
  if (!timed || out.activity.empty())
    throw failure{make_error(errc::missing_field, "an event needs activity and at",
                             "事件缺少 activity 或 at")};
  return out;
}

py::dict judge(const compiled_constraint& c, const std::vector<py::dict>& events, instant now,
               bool closed) {
  std::vector<flow_event> all;
  for (const py::dict& e : events) all.push_back(event_of(e));
  const flow_verdict v = c.judge(all, now, closed ? flow_course::closed : flow_course::running);
  py::dict out;
  out["state"] = std::string(to_string(v.is));
  out["settled"] = v.settled;
  out["events"] = v.events;
  out["deadline"] = optional_instant(v.deadline);
  out["missing"] = v.missing;
  out["error"] = v.why ? py::cast(*v.why) : py::none();
  return out;
}

} // namespace

void bind_flow_constraint(py::module_& m) {
  py::class_<compiled_constraint>(
      m, "FlowConstraint",
      "What must and must not happen in the course of a case: a template of Declare.")
      .def(py::init([](const std::string& kind, std::vector<std::string> a,
                       std::vector<std::string> b, std::size_t count, std::string where_a,
                       std::string where_b, std::string correlation, std::chrono::seconds least,
                       std::optional<std::chrono::seconds> most,
                       std::vector<std::string> activities, const py::dict& data) {
             flow_constraint c;
             c.kind = template_of(kind);
             c.a = std::move(a);
             c.b = std::move(b);
             c.count = count;
             c.where_a.source = std::move(where_a);
             c.where_b.source = std::move(where_b);
             c.correlation.source = std::move(correlation);
             c.within = {least, most};
             return compiled_of(std::move(c), words_of(std::move(activities), data));
           }),
           py::arg("template"), py::arg("a"), py::arg("b") = std::vector<std::string>{},
           py::kw_only(), py::arg("count") = 1, py::arg("where_a") = "", py::arg("where_b") = "",
           py::arg("correlation") = "", py::arg("least") = std::chrono::seconds{0},
           py::arg("most") = py::none(), py::arg("activities") = std::vector<std::string>{},
           py::arg("data") = py::dict{},
           "template is one of templates(); least and most are timedeltas; data names the types of "
           "an event's further fields (\"int\", \"string\" …).\n\nErrors: unknown-value, "
           "missing-field, bad-value, unknown-reference; those of compile().")
      .def_static("templates", &template_words, "The words of the templates.")
      .def_property_readonly(
          "template",
          [](const compiled_constraint& c) { return std::string(to_string(c.definition().kind)); })
      .def("judge", &judge, py::arg("events"), py::arg("now"), py::kw_only(),
           py::arg("closed") = false,
           "Judges events, dicts of activity, at and where known actor, in_case and data, in the "
           "order they happened. Gives state (satisfied, violated, pending, unjudgeable), settled, "
           "events (from 0), deadline, missing, error.")
      .def("__repr__", [](const compiled_constraint& c) {
        const flow_constraint& d = c.definition();
        return fmt::format("<FlowConstraint {}({}{}{})>", to_string(d.kind), fmt::join(d.a, "|"),
                           d.b.empty() ? "" : ", ", fmt::join(d.b, "|"));
      });
}

} // namespace banli::python
