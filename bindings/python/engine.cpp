// Engine: commands into a store, and who may do what; Mandate, Permission, Submission, EngineCase.
#include <pybind11/stl.h>

#include <banli/run/case_engine.hpp>

#include "arrays.hpp"
#include "bind.hpp"
#include "case_details.hpp"
#include "casters.hpp"
#include "parts.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// An engine and what it must not outlive.
struct engine_handle {
  std::shared_ptr<store_handle> store;
  std::unique_ptr<case_engine> engine;

  case_engine& open() const {
    store->open(); // a store that was closed is an error of Python, not of memory
    return *engine;
  }
};

struct engine_case_handle {
  std::shared_ptr<engine_handle> of;
  case_id id;

  engine_case open() const { return of->open().of(id); }
};

std::shared_ptr<engine_handle> make_engine(const std::shared_ptr<configuration>& config,
                                           std::shared_ptr<store_handle> store,
                                           const std::vector<std::shared_ptr<configuration>>& old) {
  if (!config->good()) throw failure{config->found.front()};
  engine_parts parts = parts_of(*config);
  std::vector<std::shared_ptr<const case_definition>> all;
  for (const auto& c : old) all.insert(all.end(), c->definitions.begin(), c->definitions.end());
  all.insert(all.end(), parts.definitions.begin(), parts.definitions.end());
  parts.definitions = std::move(all);
  auto engine = std::make_unique<case_engine>(std::move(parts), store->open());
  return std::make_shared<engine_handle>(engine_handle{std::move(store), std::move(engine)});
}

/// Lets other threads run while an engine works.
template <class F>
auto engine_works(F f) {
  return unwrap([&] {
    const py::gil_scoped_release others_may_run;
    return f();
  }());
}

submission submit_command(const engine_handle& e, const std::string& id, const std::string& what,
                          const std::string& request, instant at, const std::string& actor,
                          const std::optional<instant>& now, const py::kwargs& with) {
  const command c{request_id{request},        case_id{id},      at, person_id{actor},
                  unwrap(parse_action(what)), details_of(with), {}};
  case_engine& engine = e.open();
  return engine_works([&] { return engine.submit(c, now); });
}

/// A command as one mapping, such as a row of a log.
submission submit_mapping(const engine_handle& e, const py::dict& command,
                          const std::optional<instant>& now) {
  const py::dict rest = command.attr("copy")().cast<py::dict>();
  const auto take = [&](const char* key) {
    if (!rest.contains(key)) throw py::type_error(fmt::format("a command needs '{}'", key));
    return py::object{rest.attr("pop")(key)};
  };
  const auto id = take("case").cast<std::string>(), what = take("action").cast<std::string>(),
             request = take("request").cast<std::string>(),
             actor = take("actor").cast<std::string>();
  const auto at = take("at").cast<instant>();
  return submit_command(e, id, what, request, at, actor, now,
                        py::reinterpret_borrow<py::kwargs>(rest));
}

template <class T, class F>
py::object number_column(const std::vector<T>& from, const char* type, F number) {
  std::vector<std::int64_t> numbers;
  numbers.reserve(from.size());
  for (const T& x : from) numbers.push_back(number(x));
  return numpy().attr("array")(numbers, "int64").attr("view")(type);
}

template <class T, class F>
py::object text_column(const std::vector<T>& from, F text) {
  py::list all;
  for (const T& x : from) all.append(py::str(std::string{text(x)}));
  return numpy().attr("array")(all, "str");
}

constexpr auto same_number = [](std::int64_t n) { return n; };
constexpr auto clock_ticks = [](auto t) {
  return static_cast<std::int64_t>(t.time_since_epoch().count()); // the least of all is numpy's NaT
};
constexpr auto id_text = [](const auto& id) { return id.text(); };

py::dict columns_of(const engine_handle& e, instant now) {
  case_engine& engine = e.open();
  const case_table t = engine_works([&] { return engine.columns(now); });
  py::dict out;
  out["id"] = text_column(t.id, id_text);
  out["item"] = text_column(t.item, id_text);
  out["phase"] = text_column(t.phase, [](case_phase p) { return to_string(p); });
  out["version"] = number_column(t.version, "int64", same_number);
  out["accepted"] = number_column(t.accepted, "datetime64[s]", clock_ticks);
  out["ended"] = number_column(t.ended, "datetime64[s]", clock_ticks);
  out["due"] = number_column(t.due, "datetime64[D]", clock_ticks);
  out["statutory_due"] = number_column(t.statutory_due, "datetime64[D]", clock_ticks);
  out["total"] = number_column(t.total, "int64", same_number);
  out["used"] = number_column(t.used, "int64", same_number);
  out["remaining"] = number_column(t.remaining, "int64", same_number);
  return out;
}

act_question act_asked(const std::string& what, const std::string& step, instant at) {
  return {unwrap(parse_action(what)), node_id{step}, at};
}

py::list refusals_of(const store_handle& s, std::uint64_t after, std::size_t most) {
  py::list out;
  for (const audit_record& r : unwrap(s.open().audit_log(after, most))) {
    py::dict d;
    d["number"] = r.number;
    d["at"] = r.entry.at;
    d["actor"] = r.entry.actor;
    d["on_behalf"] = r.entry.on_behalf;
    d["case"] = r.entry.id;
    d["request"] = r.entry.request;
    d["what"] = r.entry.what;
    d["step"] = r.entry.step;
    d["code"] = r.entry.code;
    d["rule"] = r.entry.rule;
    d["why"] = r.entry.why.en;
    d["why_zh"] = r.entry.why.zh;
    d["hash"] = r.hash;
    out.append(d);
  }
  return out;
}

void bind_permission(py::module_& m) {
  bind_part<mandate>(m, "Mandate", "One person acting for another: 授权代理, A/B岗.");
  py::class_<permission>(m, "Permission", "Whether somebody may do something, and by which rule.")
      .def_property_readonly("granted", &permission::granted)
      .def("__bool__", &permission::granted)
      .def_property_readonly("rule",
                             [](const permission& p) { return std::string{to_string(p.rule)}; })
      .def_readonly("person", &permission::person)
      .def_readonly("on_behalf", &permission::on_behalf)
      .def_readonly("step", &permission::step)
      .def_readonly("name", &permission::name, "The post, condition or separation that decided.")
      .def(
          "why",
          [](const permission& p, const std::string& lang) {
            return lang == "en" ? p.why.en : p.why.zh;
          },
          py::arg("lang") = "zh", "why(lang='zh') -> str\n\nThe reason in a sentence.")
      .def("__repr__", [](const permission& p) {
        return fmt::format("<Permission {} {}: {}>", p.person.text(), to_string(p.rule), p.why.en);
      });
}

void bind_engine_case(py::module_& m) {
  using handle = engine_case_handle;
  py::class_<handle>(m, "EngineCase", "One case of an engine.")
      .def_property_readonly("id", [](const handle& c) { return c.id; })
      .def(
          "now", [](const handle& c) { return engine_works([&] { return c.open().now(); }); },
          "now() -> CaseView\n\nHow it stands after its last event.")
      .def(
          "at",
          [](const handle& c, instant t, const std::optional<instant>& known) {
            return engine_works([&] { return c.open().at({t, known.value_or(t)}); });
          },
          py::arg("instant"), py::arg("known") = py::none(),
          "at(instant, known=None) -> CaseView\n\nHow it stood, by what was recorded up to "
          "`known`; without it, by what was known then.")
      .def(
          "may",
          [](const handle& c, const std::string& person, const std::string& action, instant at,
             const std::string& step, const std::string& on_behalf) {
            return unwrap(
                c.open().may(act_asked(action, step, at), person_id{person}, person_id{on_behalf}));
          },
          py::arg("person"), py::arg("action"), py::arg("at"), py::arg("step") = "",
          py::arg("on_behalf") = "",
          "may(person, action, at, step='', on_behalf='') -> Permission\n\nWhether somebody may "
          "do something to it, and by which rule.")
      .def(
          "who_may",
          [](const handle& c, const std::string& action, instant at, const std::string& step) {
            return unwrap(c.open().who_may(act_asked(action, step, at)));
          },
          py::arg("action"), py::arg("at"), py::arg("step") = "",
          "who_may(action, at, step='') -> list[Permission]\n\nEverybody who may.")
      .def(
          "form",
          [](const handle& c, const std::string& reader, instant at) {
            py::list out;
            for (const form_value& v : unwrap(c.open().form({person_id{reader}, at})))
              out.append(py::dict(
                  py::arg("form") = v.form, py::arg("field") = v.field, py::arg("label") = v.label,
                  py::arg("right") = std::string{to_string(v.right)}, py::arg("shown") = v.shown));
            return out;
          },
          py::arg("reader"), py::arg("at"),
          "form(reader, at) -> list[dict]\n\nIts form values as a person sees them: form, field, "
          "label, right, shown; what is hidden is None, personal data are masked.")
      .def("__repr__", [](const handle& c) { return fmt::format("<EngineCase {}>", c.id.text()); });
}

} // namespace

void bind_engine(py::module_& m) {
  bind_permission(m);
  bind_engine_case(m);
  py::class_<submission>(m, "Submission", "What a command led to.")
      .def_property_readonly("events", [](const submission& s) { return to_dicts(s.events); })
      .def_readonly("repeated", &submission::repeated, "The request was done before.")
      .def("__len__", [](const submission& s) { return s.events.size(); });
  py::class_<engine_handle, std::shared_ptr<engine_handle>>(
      m, "Engine", "Commands in, events out: exactly once, with refusals kept.")
      .def(py::init(&make_engine), py::arg("definitions"), py::arg("store"), py::kw_only(),
           py::arg("earlier") = std::vector<std::shared_ptr<configuration>>{},
           "Engine(definitions, store, *, earlier=[])\n\nAn engine over a store, by a "
           "configuration and those whose cases are still under way. Errors: those of the "
           "configuration.")
      .def("submit", &submit_command, py::arg("case"), py::arg("action"), py::kw_only(),
           py::arg("request"), py::arg("at"), py::arg("actor"), py::arg("now") = py::none(),
           "submit(case, action, *, request, at, actor, now=None, **details) -> Submission\n\nOne "
           "command; the details are those of a log. now: what the clock shows; what happened an "
           "hour before it is a late entry and needs a late_reason. Errors: why it was refused, "
           "which is recorded; those of the store.")
      .def("submit", &submit_mapping, py::arg("command"), py::kw_only(),
           py::arg("now") = py::none(),
           "submit(command, *, now=None) -> Submission\n\nThe same with everything in one dict: "
           "case, action, request, at, actor and the details.")
      .def(
          "case",
          [](std::shared_ptr<engine_handle> e, const std::string& id) {
            return engine_case_handle{std::move(e), case_id{id}};
          },
          py::arg("id"), "case(id) -> EngineCase")
      .def(
          "events", [](const engine_handle& e) { return py::iter(py::cast(e.store)); },
          "events() -> EventIterator\n\nEvery event of every case, case by case.")
      .def("columns", &columns_of, py::arg("at"),
           "columns(at) -> dict[str, ndarray]\n\nEvery case that had begun, a row each: id, item, "
           "phase, version, accepted, ended, due, statutory_due, total, used, remaining.")
      .def(
          "refusals",
          [](const engine_handle& e, std::uint64_t after, std::size_t most) {
            return refusals_of(*e.store, after, most);
          },
          py::arg("after") = 0, py::arg("most") = 1'000,
          "refusals(after=0, most=1000) -> list[dict]\n\nRefused commands: number, at, actor, "
          "on_behalf, case, request, what, step, code, rule, why, why_zh, hash.")
      .def(
          "add_mandate",
          [](const engine_handle& e, mandate given) {
            return e.open().add_mandate(std::move(given));
          },
          py::arg("mandate"),
          "add_mandate(mandate) -> list[Problem]\n\nRegisters a delegation or substitution; "
          "nothing is changed where there are problems.")
      .def_property_readonly(
          "definitions",
          [](const engine_handle& e) {
            std::vector<std::pair<std::string, std::string>> out;
            for (const auto& d : e.open().definitions())
              out.emplace_back(d->item.code.text(), d->hash);
            return out;
          },
          "Pairs of item and hash; new cases begin with the last of their item.");
}

} // namespace banli::python
