// Supervision orders and complaints: offices, registers, their tables.
#include <banli/calendar/cn.hpp>
#include <banli/drawing/record_page.hpp>
#include <banli/run/office_figures.hpp>
#include <banli/run/supervision_file.hpp>
#include <banli/run/supervision_register.hpp>

#include "bind_office.hpp"
#include "casters.hpp"
#include "library_words.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

py::object of_json(const std::string& text) {
  return py::module_::import("json").attr("loads")(text);
}

// Complaints are given as everybody may see them; disclose() gives names to those who may.
const supervision_order& given(const supervision_order& s) { return s; }
complaint given(const complaint& s) { return masked(s); }
std::vector<event> given(const supervision_order&, std::vector<event> h) { return h; }
std::vector<event> given(const complaint& s, const std::vector<event>& h) { return masked(s, h); }
record_sheet sheet_of(const supervision_office& o, const supervision_order& s) {
  return order_sheet(o, s);
}
record_sheet sheet_of(const supervision_office& o, const complaint& s) {
  return complaint_sheet(o, masked(s));
}

/// A register as Python holds it: it keeps its store alive.
template <class State>
struct held_register {
  std::shared_ptr<store_handle> store;
  std::shared_ptr<supervision_office> office;
  workday_calendar calendar;

  supervision_register<State> use() const {
    return supervision_register<State>{store->open(), *office, calendar};
  }
  py::object told(const State& s) const { return of_json(to_json(given(s), calendar)); }
};

template <class State>
py::object act_of(const held_register<State>& r, const std::string& act, const case_id& number,
                  instant at, const person_id& who, const std::string& reason,
                  const request_id& request, const py::dict& fields) {
  act_fields with;
  for (const auto& [name, value] : fields)
    with.emplace_back(name.template cast<std::string>(),
                      py::isinstance<py::bool_>(value)
                          ? (value.template cast<bool>() ? "yes" : "no")
                          : py::str(value).cast<std::string>());
  if (!reason.empty()) with.emplace_back("reason", reason);
  return r.told(unwrap(r.use().act(act_command(number, act, at, who, std::move(with), request))));
}

template <class State>
py::list all_told(const held_register<State>& r, const std::vector<State>& states) {
  py::list out;
  for (const State& s : states) out.append(r.told(s));
  return out;
}
template <class State>
py::list all_told(const held_register<State>& r,
                  const std::vector<register_entry<State>>& entries) {
  py::list out;
  for (const register_entry<State>& e : entries) out.append(r.told(e.state));
  return out;
}

template <class State>
data_table totals_of(const held_register<State>& r, const std::string& by, instant at,
                     const std::optional<day>& from, const std::optional<day>& to) {
  register_period during;
  if (from) during.from = *from;
  if (to) during.until = *to + days{1};
  return to_table(unwrap(r.use().totals(unwrap(parse_register_key(by)), during, at)));
}

template <class State>
std::string explanation_of(const held_register<State>& r, const case_id& number,
                           const std::string& limit, const std::string& lang) {
  const State s = unwrap(r.use().show(number));
  const supervision_clock kind = unwrap(parse_supervision_clock(limit));
  for (const running_clock& k : s.clocks)
    if (k.kind == kind) return to_text(unwrap(explain(k, r.calendar)), language_of(lang));
  throw failure{make_error(errc::unknown_reference, "no limit '{}' runs of {}",
                           "{1} 没有正在计算的“{0}”期限", limit, number.text())};
}

template <class State>
py::list findings_in(const held_register<State>& r) {
  py::list out;
  for (const fault_finding& f : unwrap(findings(r.use(), {})))
    out.append(py::dict(py::arg("record") = f.record, py::arg("found") = f.found,
                        py::arg("unit") = f.unit, py::arg("liable") = f.liable,
                        py::arg("kind") = f.kind, py::arg("sanction") = text_of_enum(f.step),
                        py::arg("points") = f.points, py::arg("opinion") = f.opinion));
  return out;
}

template <class State>
py::class_<held_register<State>> bind_register(py::module_& m, const char* name, const char* doc) {
  using held = held_register<State>;
  py::class_<held> c(m, name, doc);
  c.def(py::init([](std::shared_ptr<store_handle> store, std::shared_ptr<supervision_office> office,
                    const std::optional<workday_calendar>& calendar) {
          return held{std::move(store), std::move(office), calendar ? *calendar : cn()};
        }),
        py::arg("store"), py::arg("office"), py::arg("calendar") = py::none())
      .def("act", &act_of<State>, py::arg("act"), py::arg("number") = "", py::kw_only(),
           py::arg("at"), py::arg("who"), py::arg("reason") = "", py::arg("request") = "",
           py::arg("fields") = py::dict(),
           "Judges and keeps one act; without a number a new record gets the next one.")
      .def(
          "show",
          [](const held& r, const case_id& number, const std::optional<instant>& at) {
            return r.told(unwrap(r.use().show(number, at)));
          },
          py::arg("number"), py::arg("at") = py::none(), "A record as it stands, or stood.")
      .def(
          "sheet",
          [](const held& r, const case_id& number) {
            py::dict out;
            for (const auto& [heading, value] :
                 sheet_of(*r.office, unwrap(r.use().show(number))).rows)
              out[py::str(heading)] = value;
            return out;
          },
          py::arg("number"), "The record under its Chinese headings.")
      .def(
          "html",
          [](const held& r, const case_id& number) {
            return to_html(sheet_of(*r.office, unwrap(r.use().show(number))));
          },
          py::arg("number"), "The same as a page.")
      .def(
          "history",
          [](const held& r, const case_id& number) {
            const auto register_now = r.use();
            const State s = unwrap(register_now.show(number));
            return to_dicts(given(s, unwrap(register_now.history(number))));
          },
          py::arg("number"), "Its events, as dicts.")
      .def(
          "all",
          [](const held& r, const std::optional<instant>& at) {
            return all_told(r, unwrap(r.use().list(at)));
          },
          py::arg("at") = py::none(), "All records.")
      .def(
          "open", [](const held& r, instant at) { return all_told(r, unwrap(r.use().open(at))); },
          py::arg("at"), "Those not ended, the next due first.")
      .def(
          "overdue",
          [](const held& r, instant at) { return all_told(r, unwrap(r.use().overdue(at))); },
          py::arg("at"), "Those with a missed limit.")
      .def(
          "totals", &totals_of<State>, py::arg("by"), py::arg("at"), py::arg("first") = py::none(),
          py::arg("last") = py::none(),
          "Counts by phase, unit, month, kind or channel, as a DataTable: key, label, total, open, "
          "overdue, late, faults.")
      .def("explain", &explanation_of<State>, py::arg("number"), py::arg("limit"),
           py::arg("lang") = "zh", "Day by day, why a limit ends when it does.")
      .def("findings", &findings_in<State>, "What was found at fault, by its instant.");
  return c;
}

template <class Row>
py::list rows_told(const std::vector<Row>& rows) {
  py::list out;
  for (const Row& row : rows) {
    name_list roles;
    for (std::size_t i = 0; i < supervision_role_count; ++i)
      if (const auto r = static_cast<supervision_role>(i); row.roles.has(r))
        roles.push_back(text_of_enum(r));
    name_list conditions;
    for (const supervision_condition& c : row.conditions)
      conditions.push_back((c.want == supervision_condition::wanted::yes ? "" : "!") +
                           text_of_enum(c.fact));
    out.append(py::make_tuple(text_of_enum(row.from), text_of_enum(row.act), text_of_enum(row.to),
                              roles, conditions));
  }
  return out;
}

py::dict words_in(const std::vector<named_word>& list) {
  py::dict out;
  for (const named_word& w : list) out[py::str(w.id)] = w.label;
  return out;
}

std::shared_ptr<supervision_office> office_of(supervision_file f) {
  refuse_problems(f.found);
  return std::make_shared<supervision_office>(std::move(f.office));
}

void bind_supervising_office(py::module_& m) {
  using office = supervision_office;
  py::class_<office, std::shared_ptr<office>>(m, "SupervisionOffice",
                                              "Who supervises whom, who may do what, within which "
                                              "limits.")
      .def_static(
          "load", [](const std::string& path) { return office_of(load_supervision(path)); },
          py::arg("path"), "From a file (YAML, JSON). Error.problems has all that is wrong.")
      .def_static(
          "parse",
          [](const std::string& text) { return office_of(parse_supervision("text", text)); },
          py::arg("text"), "From a text.")
      .def_readonly("name", &office::name)
      .def_property_readonly("limits",
                             [](const office& o) {
                               py::dict out;
                               for (std::size_t i = 0; i < supervision_clock_count; ++i) {
                                 const auto k = static_cast<supervision_clock>(i);
                                 out[py::str(text_of_enum(k))] = to_text(limit_of(o, k));
                               }
                               return out;
                             })
      .def_property_readonly("complaint_kinds",
                             [](const office& o) { return words_in(o.complaint_kinds); })
      .def_property_readonly("channels", [](const office& o) { return words_in(o.channels); })
      .def_property_readonly("fault_kinds", [](const office& o) { return words_in(o.fault_kinds); })
      .def_property_readonly(
          "contacts",
          [](const office& o) {
            py::list out;
            for (const supervising_office& x : o.offices)
              out.append(py::dict(py::arg("id") = x.id, py::arg("name") = x.name,
                                  py::arg("hotline") = x.hotline, py::arg("box") = x.box,
                                  py::arg("address") = x.address, py::arg("web") = x.web));
            return out;
          },
          "Hotlines, boxes and addresses, as they are published.");
}

} // namespace

void bind_supervision_registers(py::module_& m) {
  bind_supervising_office(m);
  bind_register<supervision_order>(m, "OrderRegister", "Supervision orders (督办) in a store.")
      .def(
          "climb",
          [](const held_register<supervision_order>& r, instant at, const person_id& who) {
            auto orders = r.use();
            return all_told(r, unwrap(climb(orders, at, who)));
          },
          py::arg("at"), py::arg("who"),
          "Hands those with a missed limit to the office above; those that climbed.")
      .def(
          "unanswered",
          [](const held_register<supervision_order>& r, const configuration& config, instant at) {
            const order_register orders = r.use();
            const case_store& cases = r.store->open();
            const py::gil_scoped_release others_may_run;
            return to_table(unwrap(unanswered_alarms(orders, config, cases, at)));
          },
          py::arg("configuration"), py::arg("at"),
          "The alarms of the store for which no order was issued in time, as a DataTable: case, "
          "rule, step, raised, message, message_zh, due, order, above.");
  bind_register<complaint>(m, "ComplaintRegister",
                           "Complaints (投诉) in a store, without the names of who complained.")
      .def(
          "disclose",
          [](const held_register<complaint>& r, const case_id& number, instant at,
             const person_id& who, const std::string& reason) {
            auto complaints = r.use();
            return of_json(
                to_json(unwrap(disclose(complaints, number, at, who, reason)), r.calendar));
          },
          py::arg("number"), py::kw_only(), py::arg("at"), py::arg("who"), py::arg("reason") = "",
          "The complaint with its names, for somebody who may see them.")
      .def(
          "advice",
          [](const held_register<complaint>& r, const case_id& number, const std::string& lang) {
            name_list out;
            for (const text& t : advice_on(unwrap(r.use().show(number))))
              out.push_back(t.in(language_of(lang)));
            return out;
          },
          py::arg("number"), py::arg("lang") = "zh", "What should be done and is no condition.");
  m.def(
      "order_rows", [] { return rows_told(order_rows()); },
      "The table of orders: from, act, to, roles, conditions.");
  m.def(
      "complaint_rows", [] { return rows_told(complaint_rows()); },
      "The table of complaints: from, act, to, roles, conditions.");
  m.def(
      "order_table", [](const std::string& lang) { return order_table(language_of(lang)); },
      py::arg("lang") = "zh", "Phases by acts, in Markdown.");
  m.def(
      "complaint_table", [](const std::string& lang) { return complaint_table(language_of(lang)); },
      py::arg("lang") = "zh", "Phases by acts, in Markdown.");
  m.def(
      "sanction_step", [](int nth) { return text_of_enum(sanction_step(nth)); }, py::arg("nth"),
      "What the nth broken promise leads to: criticism, circular, transfer.");
}

} // namespace banli::python
