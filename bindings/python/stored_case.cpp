// StoredCase and CaseView: how a case stands, and how it stood.
#include <banli/engine/event_version.hpp>
#include <banli/engine/known_history.hpp>
#include <banli/run/case_view.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

language named(const std::string& lang) { return lang == "en" ? language::en : language::zh; }

case_view view_of(const case_handle& c, const std::optional<as_of>& when) {
  if (!c.config)
    throw py::type_error("Store.case() was given no configuration: only the events are known");
  case_store& store = c.store->open();
  const py::gil_scoped_release others_may_run;
  return unwrap(view_case(*c.config, store, c.id, when));
}

std::vector<event> all_of(const case_handle& c) { return unwrap(c.store->open().load(c.id)); }

/// They print masked, as its events do.
py::object facts_of(const case_view& v) {
  const py::cpp_function shown{[all = facts_shown(v)] { return all; }};
  return py::module_::import("banli._printing").attr("masked")(v.state.facts, shown);
}

py::list waiting(const case_view& v) {
  py::list out;
  for (const step_record& r : v.state.steps)
    if (r.end == step_end::waiting)
      out.append(py::dict(py::arg("step") = v.definition->net.at(r.step).id,
                          py::arg("since") = r.since, py::arg("assigned") = r.assigned));
  return out;
}

std::optional<day> due(const case_view& v, bool statutory) {
  if (!v.clocks) return std::nullopt;
  if (!statutory) return v.clocks->promised.result.due;
  return v.clocks->statutory ? v.clocks->statutory->result.due : std::nullopt;
}

std::optional<std::string> standing(const case_view& v) {
  constexpr std::array<const char*, 5> names{"open", "open_overdue", "early", "on_time", "overdue"};
  if (!v.judged) return std::nullopt;
  return names[static_cast<std::size_t>(*v.judged)];
}

void bind_view(py::module_& m) {
  py::class_<case_view>(m, "CaseView", "A case as it stood at an instant.")
      .def_property_readonly("id", [](const case_view& v) { return v.state.id; })
      .def_property_readonly("item", [](const case_view& v) { return v.definition->item.code; })
      .def_readonly("at", &case_view::at)
      .def_property_readonly(
          "phase", [](const case_view& v) { return std::string{to_string(v.state.phase)}; })
      .def_property_readonly("version", [](const case_view& v) { return v.state.version; })
      .def_property_readonly("applicant", [](const case_view& v) { return v.state.applicant; })
      .def_property_readonly("facts", &facts_of, "Form values, the last word on each.")
      .def_property_readonly(
          "stage",
          [](const case_view& v) { return std::string{to_string(stage_of(v.state.phase))}; },
          "Of the service at the window: consultation, acceptance, handling, feedback.")
      .def_property_readonly("waiting", &waiting, "Steps that wait: step, since, assigned.")
      .def_property_readonly("promised_due", [](const case_view& v) { return due(v, false); })
      .def_property_readonly("statutory_due", [](const case_view& v) { return due(v, true); })
      .def_property_readonly("timeliness", &standing,
                             "open, open_overdue, early, on_time, overdue; None: not accepted.")
      .def_property_readonly("result",
                             [](const case_view& v) -> std::optional<std::string> {
                               if (!v.state.result) return std::nullopt;
                               return std::string{to_string(*v.state.result)};
                             })
      .def_property_readonly("ended", [](const case_view& v) { return v.state.ended; })
      .def_property_readonly("events", [](const case_view& v) { return to_dicts(v.history); })
      .def(
          "text",
          [](const case_view& v, const std::string& lang) { return state_text(v, named(lang)); },
          py::arg("lang") = "zh", "text(lang='zh') -> str\n\nHow it stands, in a few lines.")
      .def(
          "explain",
          [](const case_view& v, const std::string& lang) { return limits_text(v, named(lang)); },
          py::arg("lang") = "zh", "explain(lang='zh') -> str\n\nIts limits, day by day.")
      .def("__repr__", [](const case_view& v) {
        return fmt::format("<CaseView {} {} at {}>", v.state.id.text(), to_string(v.state.phase),
                           to_short_text(v.at));
      });
}

} // namespace

namespace {

/// The events that dicts of a store say, read from their canonical text.
event event_in(const py::dict& given) {
  const py::object json = py::module_::import("json");
  py::dict whole;
  for (const char* key : {"number", "request", "what", "at", "actor", "with"})
    if (given.contains(key)) whole[key] = given[key];
  if (whole.contains("at")) whole["at"] = to_text(whole["at"].cast<instant>());
  return unwrap(parse_event(json.attr("dumps")(whole, py::arg("ensure_ascii") = false,
                                               py::arg("separators") = py::make_tuple(",", ":"))
                                .cast<std::string>()));
}

py::list known_of(const py::sequence& history, instant at, const std::optional<instant>& known) {
  std::vector<event> events;
  for (const py::handle e : history) events.push_back(event_in(e.cast<py::dict>()));
  const auto then = known_history(events, {at, known.value_or(at)});
  return py::list(history[py::slice(0, static_cast<py::ssize_t>(then.size()), 1)]);
}

} // namespace

void bind_stored_case(py::module_& m) {
  bind_view(m);
  m.def(
      "event_version", [](const py::dict& e) { return event_version(event_in(e)); },
      py::arg("event"),
      "event_version(event) -> int\n\nThe first version of events that has all its words.");
  m.def(
      "recorded_at", [](const py::dict& e) { return recorded_at(event_in(e)); }, py::arg("event"),
      "recorded_at(event) -> datetime\n\nWhen it was recorded: when it happened, unless it says "
      "otherwise.");
  m.def("known_history", &known_of, py::arg("history"), py::arg("at"),
        py::arg("known") = py::none(),
        "known_history(history, at, known=None) -> list\n\nThe events that had happened and were "
        "known: what a late entry\nsays is left out before it was recorded.");
  m.attr("EVENT_VERSION") = newest_event_version;
  py::class_<case_handle>(m, "StoredCase", "One case of a store.")
      .def_property_readonly("id", [](const case_handle& c) { return c.id; })
      .def_property_readonly(
          "version",
          [](const case_handle& c) -> std::uint32_t {
            const auto found = unwrap(c.store->open().find(c.id));
            return found ? found->version : 0;
          },
          "Number of its last event; 0: there is no such case.")
      .def(
          "at",
          [](const case_handle& c, instant t, const std::optional<instant>& known) {
            return view_of(c, as_of{t, known.value_or(t)});
          },
          py::arg("instant"), py::arg("known") = py::none(),
          "at(instant, known=None) -> CaseView\n\nHow it stood, by what was recorded up to "
          "`known`; "
          "without it, by what was\nknown then: late entries that came afterwards are left out.")
      .def(
          "now", [](const case_handle& c) { return view_of(c, std::nullopt); },
          "now() -> CaseView\n\nHow it stands after its last event.")
      .def("__len__", [](const case_handle& c) { return all_of(c).size(); })
      .def("__iter__", [](const case_handle& c) { return py::iter(to_dicts(all_of(c))); });
}

} // namespace banli::python
