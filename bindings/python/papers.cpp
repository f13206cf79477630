// DutyRota: units on duty in turn; RefusalSlip: the paper for what was not accepted; assignees().
#include <banli/document/configuration.hpp>
#include <banli/engine/assignees.hpp>
#include <banli/engine/decide.hpp>
#include <banli/engine/refusal_slip.hpp>
#include <banli/library/duty_rota.hpp>

#include "bind_office.hpp"
#include "casters.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

std::string shown(std::chrono::year_month m) { return to_text(to_day(m / 1)).substr(0, 7); }

py::list report_of(const duty_rota& r, const disclosure_book& book, day today) {
  py::list out;
  for (const rota_line& l : unwrap(report_rota(r, book, today))) {
    py::dict row;
    row["month"] = shown(l.month);
    row["unit"] = l.unit;
    row["standing"] = std::string{to_string(l.standing)};
    row["published"] = l.published;
    out.append(row);
  }
  return out;
}

void bind_rota(py::module_& m) {
  py::class_<duty_rota>(m, "DutyRota", "A duty that goes round: every month another unit.")
      .def(py::init([](std::string column, std::vector<std::string> units, day from) {
             return duty_rota{std::move(column), std::move(units), month_of(from)};
           }),
           py::arg("column"), py::arg("units"), py::arg("from_"),
           "from_: a day of the month in which the first unit is on duty.")
      .def_readonly("column", &duty_rota::column)
      .def_readonly("units", &duty_rota::units)
      .def(
          "check", [](const duty_rota& r) { return check(r); },
          "check() -> list[Problem]\n\nmissing-field, duplicate-id, limit-exceeded.")
      .def(
          "unit_on_duty",
          [](const duty_rota& r, day on) -> std::optional<std::string> {
            const auto unit = unit_on_duty(r, month_of(on));
            return unit ? std::optional<std::string>{*unit} : std::nullopt;
          },
          py::arg("day"), "The unit of the month of a day; None before the first month.")
      .def("report", &report_of, py::arg("book"), py::arg("today"),
           "A dict for each month until today: month, unit, standing (open, met, late), published."
           "\n\nErrors: those of check().");
}

std::shared_ptr<const case_definition> definition_of(const configuration& c,
                                                     const std::vector<event>& history) {
  const item_id item = history.empty() ? item_id{} : history.front().with.item;
  auto found = find(c, item);
  if (!found)
    throw failure{
        make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", item.text())};
  return found;
}

std::vector<std::string> assignees_of(const configuration& c, const store_handle& s,
                                      const case_id& id, const std::string& step, instant when) {
  const std::vector<event> history = unwrap(s.open().load(id));
  const auto definition = definition_of(c, history);
  const auto at = definition->net.index(node_id{step});
  if (!at || definition->net.at(*at).kind != node_kind::step)
    throw failure{make_error(errc::unknown_step, "there is no step '{}'", "没有环节“{}”", step)};
  std::vector<std::string> out;
  for (const person_id& p :
       assignees(*definition, replay(*definition, id, history), c.calendar, {*at, when}))
    out.push_back(p.text());
  return out;
}

refusal_slip slip_of(const configuration& c, const store_handle& s, const case_id& id,
                     std::string number) {
  const std::vector<event> history = unwrap(s.open().load(id));
  const auto definition = definition_of(c, history);
  return unwrap(make_refusal_slip(*definition, id, history, std::move(number)));
}

void bind_slip(py::module_& m) {
  py::class_<refusal_slip>(m, "RefusalSlip", "不予受理通知书: the slip for what was not accepted.")
      .def_readonly("number", &refusal_slip::number)
      .def_readonly("office", &refusal_slip::office)
      .def_property_readonly("case", [](const refusal_slip& s) { return s.of.text(); })
      .def_property_readonly("item", [](const refusal_slip& s) { return s.item.text(); })
      .def_readonly("item_name", &refusal_slip::item_name)
      .def_readonly("applicant", &refusal_slip::applicant)
      .def_readonly("received", &refusal_slip::received)
      .def_readonly("refused", &refusal_slip::refused)
      .def_readonly("reason", &refusal_slip::reason)
      .def_readonly("bases", &refusal_slip::bases)
      .def_readonly("phone", &refusal_slip::phone)
      .def_readonly("supervision_phone", &refusal_slip::supervision_phone)
      .def(
          "check", [](const refusal_slip& s) { return check(s); },
          "check() -> list[Problem]\n\nmissing-field, time-backwards.")
      .def("__str__", [](const refusal_slip& s) { return to_text(s); });
  m.def("refusal_slip", &slip_of, py::arg("configuration"), py::arg("store"), py::arg("case"),
        py::arg("number"),
        "The slip of a case in a store that was refused.\n\nErrors: unknown-item, bad-value, "
        "those of the store.");
}

} // namespace

void bind_papers(py::module_& m) {
  m.def(
      "assignees", &assignees_of, py::arg("configuration"), py::arg("store"), py::arg("case"),
      py::arg("step"), py::arg("when"),
      "The ids of those who may do a step of a case, by its post, persons, posts, departments and "
      "condition.\n\nErrors: unknown-item, unknown-step, those of the store.");
  bind_rota(m);
  bind_slip(m);
}

} // namespace banli::python
