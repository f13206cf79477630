// Disclosure: duties, publications, and how the columns stand.
#include <banli/library/disclosure.hpp>

#include "bind_office.hpp"
#include "library_words.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using obligation_tuple = std::tuple<int, day, day, std::optional<day>>;

void bind_records(py::module_& m) {
  bind_part<disclosure_duty>(m, "DisclosureDuty", "Who must publish what by when.")
      .def_readonly("duty", &disclosure_duty::when, "`when`, to be asked when it is due.")
      .def_property_readonly("units", &units_of, "The units it names, the lead first.");
  bind_part<publication>(m, "Publication", "What was put on the website.");
  bind_part<disclosure_event>(m, "DisclosureEvent", "Something that obliges to publish.");
  py::class_<disclosure_column>(m, "DisclosureColumn", "A column with those below it.")
      .def_readonly("name", &disclosure_column::name)
      .def_readonly("columns", &disclosure_column::columns)
      .def_readonly("duties", &disclosure_column::duties, "Indices of the duties attached here.");
}

void bind_report(py::module_& m) {
  py::class_<disclosure_line>(m, "DisclosureLine", "One duty, and how it stands.")
      .def_readonly("duty", &disclosure_line::duty, "Index into the duties.")
      .def_property_readonly(
          "standing", [](const disclosure_line& l) { return text_of_enum(l.standing); },
          "unbound, in_time, due_soon, late or missing.")
      .def_property_readonly(
          "standing_zh", [](const disclosure_line& l) { return std::string{label(l.standing)}; })
      .def_readonly("next_due", &disclosure_line::next_due)
      .def_readonly("last_published", &disclosure_line::last_published)
      .def_property_readonly("late", [](const disclosure_line& l) { return l.late.count(); })
      .def_property_readonly("longest_gap",
                             [](const disclosure_line& l) { return l.longest_gap.count(); })
      .def_property_readonly(
          "obligations",
          [](const disclosure_line& l) {
            std::vector<obligation_tuple> out;
            for (const obligation& o : l.obligations)
              out.emplace_back(static_cast<int>(o.clause), o.from, o.due, o.met);
            return out;
          },
          "(clause, from, due, met) of each.")
      .def("__repr__", [](const disclosure_line& l) {
        return fmt::format("<DisclosureLine {} {}>", l.duty, to_string(l.standing));
      });
  py::class_<disclosure_report>(m, "DisclosureReport", "How the columns stand on a day.")
      .def_readonly("today", &disclosure_report::today)
      .def_readonly("lines", &disclosure_report::lines, "One a duty, in their order.")
      .def_property_readonly(
          "months",
          [](const disclosure_report& r) {
            py::list out;
            for (const auto& [key, n] : r.months) {
              py::dict row;
              row["unit"] = key.unit;
              row["month"] = to_text(to_day(key.month / 1)).substr(0, 7);
              row["content"] = n.content;
              row["reviews"] = n.reviews;
              row["notes"] = n.notes;
              row["reposts"] = n.reposts;
              row["due"] = n.due;
              row["late"] = n.late;
              out.append(row);
            }
            return out;
          },
          "A dict for each unit and month: published, due and late.");
}

disclosure_rules rules_of(const std::string& quiet, int soon) {
  disclosure_rules r;
  r.quiet = unwrap(parse_time_limit(quiet));
  r.soon = days{soon};
  return r;
}

} // namespace

void bind_disclosure(py::module_& m) {
  bind_records(m);
  bind_report(m);
  py::class_<disclosure_book>(m, "DisclosureBook", "Duties, and what was published.")
      .def(
          py::init([](day since, std::vector<disclosure_duty> duties,
                      std::vector<publication> publications, std::vector<disclosure_event> events) {
            return disclosure_book{since, std::move(duties), std::move(publications),
                                   std::move(events)};
          }),
          py::arg("since"), py::arg("duties") = std::vector<disclosure_duty>{},
          py::arg("publications") = std::vector<publication>{},
          py::arg("events") = std::vector<disclosure_event>{},
          "since: the day from which the duties run.")
      .def_readwrite("since", &disclosure_book::since)
      .def_readwrite("duties", &disclosure_book::duties)
      .def_readwrite("publications", &disclosure_book::publications)
      .def_readwrite("events", &disclosure_book::events)
      .def(
          "columns", [](const disclosure_book& b) { return column_tree(b.duties).columns; },
          "columns() -> list[DisclosureColumn]\n\nThe columns that the duties name, as a tree.")
      .def(
          "check", [](const disclosure_book& b) { return check(b); },
          "check() -> list[Problem]\n\nRecords of columns nobody keeps, without title, number or "
          "unit, reposts without source, numbers twice.")
      .def(
          "report",
          [](const disclosure_book& b, const workday_calendar& calendar, day today,
             const std::string& quiet,
             int soon) { return unwrap(report(b, calendar, today, rules_of(quiet, soon))); },
          py::arg("calendar"), py::arg("today"), py::kw_only(), py::arg("quiet") = "1 year",
          py::arg("soon") = 7,
          "How each duty stands. quiet: a period without an event after which 'no change' or "
          "'nothing happened' must be said; soon: days before the due day. Errors: those of "
          "Duty.obligations.")
      .def(
          "incomplete_guides",
          [](const disclosure_book& b, const item_library& items, day today) {
            std::vector<std::tuple<std::size_t, std::string, name_list>> out;
            for (const incomplete_guide& g : incomplete_guides(b, items, today)) {
              name_list missing;
              for (const missing_element& e : g.missing) missing.emplace_back(e.zh);
              out.emplace_back(g.duty, g.item.text(), std::move(missing));
            }
            return out;
          },
          py::arg("items"), py::arg("today"),
          "(duty, code, missing elements) of guides that lack what their column asks for: the "
          "eight "
          "elements, clear hours, an application form to download.")
      .def("lapsed_publications", &lapsed_publications, py::arg("today"),
           "Positions of publications whose validity has run out, and about which nothing was "
           "published since.")
      .def("unmapped_items", &unmapped_items,
           "unmapped_items() -> list[int]\n\nDisclosure items of the national catalogue, 1 to 65, "
           "that no column holds.")
      .def("item_changes", &item_changes, py::arg("items"), py::arg("today"),
           "on_change events for the columns that show an item, one for each day on which another "
           "version came into force or the last one ended.")
      .def(
          "undisclosed",
          [](const disclosure_book& b, const item_library& items, day today) {
            std::vector<std::uint32_t> out;
            for (const item_hit& h : undisclosed_items(b, items, today))
              out.push_back(number_in(h.entry));
            return out;
          },
          py::arg("items"), py::arg("today"), "Entries in force that no publication names.")
      .def("__eq__", [](const disclosure_book& a, const disclosure_book& b) { return a == b; });
}

} // namespace banli::python
