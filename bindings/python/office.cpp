// OfficeLibrary: everything an office keeps beside its cases.
#include <banli/document/library_bundle.hpp>
#include <banli/document/library_files.hpp>
#include <banli/drawing/result_list.hpp>

#include "bind_office.hpp"
#include "document/bundle_parts.hpp"
#include "library_words.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

item_placement placed(std::string group, int order) { return {std::move(group), order}; }

py::dict row_of(const catalogue_record& r) {
  py::dict out;
  out["entry"] = r.entry.text();
  out["when"] = r.when;
  out["who"] = r.who.text();
  out["act"] = text_of_enum(r.act);
  out["act_zh"] = std::string{label(r.act)};
  out["reason"] = r.reason;
  return out;
}

void bind_catalogue_list(py::module_& m) {
  py::class_<listed_entry>(m, "ListedEntry", "An entry of the catalogue and where it stands.")
      .def_readonly("entry", &listed_entry::entry)
      .def_property_readonly("group", [](const listed_entry& e) { return e.place.group; })
      .def_property_readonly("order", [](const listed_entry& e) { return e.place.order; })
      .def_readonly("voided", &listed_entry::voided)
      .def("__repr__", [](const listed_entry& e) {
        return fmt::format("<ListedEntry {} {}>", e.entry.id.text(), e.entry.name);
      });
  py::class_<catalogue_list>(m, "CatalogueList",
                             "The entries that items stand below, and who changed what.")
      .def(py::init<>())
      .def(
          "add",
          [](catalogue_list& c, catalogue_entry e, const item_actor& actor, instant when,
             std::string group, int order) {
            unwrap(c.add(std::move(e), placed(std::move(group), order), actor, when));
          },
          py::arg("entry"), py::arg("actor"), py::arg("when"), py::kw_only(), py::arg("group") = "",
          py::arg("order") = 0,
          "Errors: not-permitted, duplicate-id, those of CatalogueEntry.check, time-backwards.")
      .def(
          "change",
          [](catalogue_list& c, catalogue_entry e, const item_actor& actor, instant when) {
            unwrap(c.change(std::move(e), actor, when));
          },
          py::arg("entry"), py::arg("actor"), py::arg("when"),
          "New contents under the same id. Errors besides: unknown-reference, condition-not-met.")
      .def(
          "move",
          [](catalogue_list& c, const std::string& id, const item_actor& actor, instant when,
             std::string group, int order) {
            unwrap(c.move(catalogue_id{id}, placed(std::move(group), order), actor, when));
          },
          py::arg("id"), py::arg("actor"), py::arg("when"), py::kw_only(), py::arg("group") = "",
          py::arg("order") = 0)
      .def(
          "make_void",
          [](catalogue_list& c, const std::string& id, std::string reason,
             const item_library& items, const item_actor& actor, instant when) {
            unwrap(c.make_void(catalogue_id{id}, std::move(reason), items, actor, when));
          },
          py::arg("id"), py::arg("reason"), py::arg("items"), py::arg("actor"), py::arg("when"),
          "Errors besides: missing-reason; condition-not-met while an item names it.")
      .def(
          "find",
          [](const catalogue_list& c, const std::string& id) -> std::optional<listed_entry> {
            const listed_entry* e = c.find(catalogue_id{id});
            return e ? std::optional{*e} : std::nullopt;
          },
          py::arg("id"), "The entry, or None.")
      .def_property_readonly(
          "entries",
          [](const catalogue_list& c) {
            std::vector<listed_entry> out;
            for (const listed_entry* e : c.in_order()) out.push_back(*e);
            return out;
          },
          "Those not voided, by group and order.")
      .def_property_readonly(
          "records",
          [](const catalogue_list& c) {
            py::list out;
            for (const catalogue_record& r : c.data().records) out.append(row_of(r));
            return out;
          },
          "Every act as a dict: entry, when, who, act, act_zh, reason.")
      .def("__len__", [](const catalogue_list& c) { return c.in_order().size(); })
      .def("__eq__", [](const catalogue_list& a, const catalogue_list& b) { return a == b; });
  m.def(
      "items_below",
      [](const item_library& items, const std::string& id) {
        std::vector<std::uint32_t> out;
        for (const entry_number n : items_below(items, catalogue_id{id}))
          out.push_back(number_in(n));
        return out;
      },
      py::arg("items"), py::arg("id"),
      "Entries whose version on its way or published stands below an entry of the catalogue.");
}

} // namespace

void bind_office(py::module_& m) {
  bind_catalogue_list(m);
  bind_part<attachment>(m, "Attachment", "What is known of a file that the host keeps.")
      .def(
          "check", [](const attachment& a) { return check(a); },
          "check() -> list[Problem]\n\nmissing-field, bad-value, limit-exceeded.");
  bind_part<order_record>(m, "OrderRecord", "监察业务信息: one supervision order.")
      .def("check", [](const order_record& r) { return check(r); });
  bind_part<consultation>(m, "Consultation", "网上咨询: a question to a department, its answer.")
      .def("check", [](const consultation& r) { return check(r); });
  bind_part<complaint_record>(m, "ComplaintRecord", "投诉登记: one complaint, kept on file.")
      .def("check", [](const complaint_record& r) { return check(r); });
  bind_part<result_record>(m, "ResultRecord", "结果反馈: what became of a case.")
      .def("check", [](const result_record& r) { return check(r); });
  m.def(
      "results_between",
      [](const std::vector<result_record>& all, day from, day until) {
        return results_between(all, from, until);
      },
      py::arg("results"), py::arg("from_"), py::arg("until"),
      "The results of the days from `from_` until before `until`, the latest first.");
  py::class_<result_list>(m, "ResultList", "What became of the cases of a period, for screens.")
      .def_readonly("results", &result_list::results)
      .def_property_readonly("from_", [](const result_list& l) { return l.period.from; })
      .def_property_readonly("until", [](const result_list& l) { return l.period.until; })
      .def("to_csv", [](const result_list& l) { return to_csv(l); })
      .def("to_markdown", [](const result_list& l) { return to_markdown(l); });
  m.def(
      "list_results",
      [](const std::vector<result_record>& all, day from, day until, std::optional<int> every,
         const std::string& unit) {
        if (every) return unwrap(list_results(all, {from, until, unit}, *every));
        return std::vector{list_results(all, {from, until, unit})};
      },
      py::arg("results"), py::arg("from_"), py::arg("until"), py::kw_only(),
      py::arg("every") = py::none(), py::arg("unit") = "",
      "list_results(results, from_, until, *, every=None, unit='') -> list[ResultList]\n\n"
      "One list for every so many days, or one for all. Errors: bad-value, limit-exceeded.");
  py::class_<office_library>(
      m, "OfficeLibrary",
      "Items, their catalogue, laws, systems, attachments and disclosure of an office.")
      .def(py::init<>())
      .def_readwrite("items", &office_library::items)
      .def_readwrite("catalogue", &office_library::catalogue)
      .def_readwrite("laws", &office_library::laws)
      .def_readwrite("systems", &office_library::systems)
      .def_readwrite("attachments", &office_library::attachments)
      .def_readwrite("disclosure", &office_library::disclosure)
      .def_property(
          "orders", [](const office_library& o) { return o.records.orders; },
          [](office_library& o, std::vector<order_record> all) {
            o.records.orders = std::move(all);
          })
      .def_property(
          "consultations", [](const office_library& o) { return o.records.consultations; },
          [](office_library& o, std::vector<consultation> all) {
            o.records.consultations = std::move(all);
          })
      .def_property(
          "results", [](const office_library& o) { return o.records.results; },
          [](office_library& o, std::vector<result_record> all) {
            o.records.results = std::move(all);
          })
      .def_property(
          "complaints", [](const office_library& o) { return o.records.complaints; },
          [](office_library& o, std::vector<complaint_record> all) {
            o.records.complaints = std::move(all);
          })
      .def(
          "export",
          [](const office_library& o) {
            const py::gil_scoped_release others_may_run;
            return unwrap(export_library(o));
          },
          "export() -> str\n\nThe whole library as one text. Errors: bad-utf8.")
      .def_static(
          "restore",
          [](const std::string& bundle) {
            restored_library r = [&] {
              const py::gil_scoped_release others_may_run;
              return restore_library(bundle);
            }();
            refuse_problems(r.found);
            return std::move(r.library);
          },
          py::arg("bundle"),
          "The library of a bundle. Errors: everything wrong with it (Error.problems).")
      .def_static(
          "problems", [](const std::string& bundle) { return restore_library(bundle).found; },
          py::arg("bundle"), "Everything wrong with a bundle.")
      .def_static(
          "take_over",
          [](const configuration& c, const item_actor& actor, instant when, day effective) {
            refuse_problems(c.found);
            taken_library t = take_over(c, actor, when, effective);
            refuse_problems(t.found);
            return std::move(t.library);
          },
          py::arg("configuration"), py::arg("actor"), py::arg("when"), py::arg("effective"),
          "The library of a configuration, whose items are in force from a day.")
      .def(
          "save",
          [](const office_library& o, day on) {
            py::dict out;
            for (const auto& [file, text] : unwrap(save_library(o, on))) out[py::str(file)] = text;
            return out;
          },
          py::arg("on"), "YAML documents of what is in force on a day, by file name.")
      .def(
          "check", [](const office_library& o, day d) { return check_references(o, d); },
          py::arg("day"), "References to what is not there or no longer holds.")
      .def("__eq__", [](const office_library& a, const office_library& b) { return a == b; });
}

} // namespace banli::python
