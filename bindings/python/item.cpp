// ServiceItem and its parts, CatalogueEntry, and whole libraries of items.
#include <banli/document/item_file.hpp>
#include <banli/engine/material_need.hpp>
#include <banli/item/completeness.hpp>
#include <banli/item/item_set.hpp>

#include "bind.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {
namespace {

fact_values facts_of(const py::dict& given) {
  fact_values out;
  for (const auto& [key, value] : given) {
    std::string name;
    take("fact", key, name);
    if (py::isinstance<py::bool_>(value))
      out.emplace_back(name, value.cast<bool>());
    else if (py::isinstance<py::str>(value))
      out.emplace_back(name, value.cast<std::string>());
    else {
      double n = 0;
      take(name, value, n);
      out.emplace_back(name, n);
    }
  }
  return out;
}

void bind_benchmark(py::module_& m) {
  bind_part<fact_condition>(m, "FactCondition",
                            "What a band asks of one fact: fact, and from_ and below, or is_.");
  bind_part<outcome_extent>(m, "OutcomeExtent", "One kind of outcome and how much: least, most.");
  bind_part<discretion_band>(m, "DiscretionBand", "If these facts (when), then these outcomes.");
  bind_part<discretion_benchmark>(m, "DiscretionBenchmark",
                                  "Which facts lead to which outcomes (裁量基准).")
      .def(
          "band_of",
          [](const discretion_benchmark& b, const py::dict& facts) {
            return unwrap(band_of(b, facts_of(facts)))->name;
          },
          py::arg("facts"),
          "The name of the band that facts lead to. Errors: missing-field, outside-benchmark.")
      .def(
          "judge",
          [](const discretion_benchmark& b, const py::dict& facts,
             const std::vector<std::pair<std::string, std::optional<double>>>& decision) {
            std::vector<decided_outcome> outcomes;
            for (const auto& [kind, amount] : decision) outcomes.push_back({kind, amount});
            return check(b, facts_of(facts), outcomes);
          },
          py::arg("facts"), py::arg("decision"),
          "Whether a decision, pairs of kind and amount, keeps to the benchmark: its problems.");
}

void bind_small_parts(py::module_& m) {
  bind_part<legal_basis>(m, "LegalBasis", "One article on which the power rests.")
      .def("__str__", [](const legal_basis& b) { return b.title + b.article; });
  bind_part<charge>(m, "Charge", "One charge: name, basis, standard.");
  bind_part<material>(m, "Material", "One document the applicant hands in.");
  bind_part<service_form>(m, "ServiceForm", "A form offered for download.");
  bind_part<item_document>(m, "ItemDocument", "A document the office makes, and at which step.")
      .def("__str__", [](const item_document& d) { return d.name; });
  bind_part<question>(m, "Question", "A frequent question and its answer.");
  bind_part<form_fact>(m, "FormFact", "A value that a case carries: name, label, type.");
  bind_part<certificate>(m, "Certificate", "A certificate issued on closing, and its validity.");
  bind_part<related_approval>(m, "RelatedApproval", "An approval before or after this one.");
  bind_part<intermediary_service>(m, "IntermediaryService", "A service of an intermediary.");
  bind_part<renewal_rules>(m, "RenewalRules",
                           "ask_before, answer_in, at_most, times, silence_grants.");
  bind_part<service_test>(m, "ServiceTest", "direct, on_application, beneficial.")
      .def_property_readonly("passed", &service_test::passed);
  bind_part<service_window>(m, "ServiceWindow", "One window that serves an item.");
  bind_part<delegation>(m, "Delegation", "A town or village that receives, acts or handles.");
  bind_part<risk_point>(m, "RiskPoint", "A point where the power could be abused.");
}

void bind_completeness(py::module_& m) {
  py::class_<section_mark>(m, "SectionMark", "Whether a section is filled in, and what is missing.")
      .def_property_readonly("section",
                             [](const section_mark& s) { return std::string{to_string(s.list)}; })
      .def_property_readonly("label",
                             [](const section_mark& s) { return std::string{label(s.list)}; })
      .def_readonly("complete", &section_mark::complete)
      .def_readonly("asked", &section_mark::asked, "Elements of the section.")
      .def_readonly("filled", &section_mark::filled, "Of them filled in, or not needed.")
      .def_property_readonly(
          "missing",
          [](const section_mark& s) {
            std::vector<std::pair<std::string, std::string>> out;
            for (const missing_element& e : s.missing) out.emplace_back(e.field, e.zh);
            return out;
          },
          "Pairs of the path of the field and its name in Chinese.")
      .def("__repr__", [](const section_mark& s) {
        return fmt::format("<SectionMark {}: {} of {}>", to_string(s.list), s.filled, s.asked);
      });
}

problems check_with_conditions(const service_item& item) {
  problems found = check(item);
  for (error& e : compile_materials(item).problems) found.push_back(std::move(e));
  return found;
}

/// One answer with the name of its material: an item may be gone when the answer is read.
struct named_need {
  std::string material;
  material_need need;
};

std::vector<named_need> needs_of(const service_item& item, const py::dict& facts) {
  std::vector<named_need> out;
  for (material_need& n : unwrap(needed_materials(item, facts_of(facts))))
    out.push_back({item.materials[n.material].name, std::move(n)});
  return out;
}

void bind_need(py::module_& m) {
  py::class_<named_need>(m, "MaterialNeed", "Whether a case needs one material.")
      .def_readonly("material", &named_need::material, "Its name.")
      .def_property_readonly("position", [](const named_need& n) { return n.need.material; })
      .def_property_readonly(
          "needed", [](const named_need& n) { return n.need.needed; },
          "True, False, or None: not decided.")
      .def_property_readonly(
          "missing", [](const named_need& n) { return n.need.missing; },
          "The facts it takes to decide.")
      .def_property_readonly(
          "problem", [](const named_need& n) { return n.need.error; },
          "Why the condition has no value: a division by zero.")
      .def("__repr__", [](const named_need& n) {
        const char* said = !n.need.needed ? "undecided" : *n.need.needed ? "needed" : "not needed";
        return fmt::format("<MaterialNeed {}: {}>", n.material, said);
      });
}

void bind_service_item(py::module_& m) {
  bind_need(m);
  py::class_<service_item> c{m, "ServiceItem",
                             "One service item. Keyword arguments are the keys of its document."};
  bind_members(c);
  c.def_property_readonly("kind",
                          [](const service_item& i) { return std::string{to_string(i.kind)}; })
      .def("check", &check_with_conditions, "Every fault of the item alone, conditions included.")
      .def("needed_materials", &needs_of, py::arg("facts"),
           "Which materials a case with these facts of its form needs, in their order.\n\nErrors: "
           "those of a condition; unknown-identifier, type-mismatch of a fact.")
      .def(
          "completeness", [](const service_item& i) { return completeness(i); },
          "completeness() -> list[SectionMark]\n\nThe three sections of the form and the six parts "
          "of the guide.")
      .def(
          "completeness",
          [](const service_item& i, const std::string& list) {
            return completeness(i, unwrap(parse_element_list(list)));
          },
          py::arg("list"),
          "One list: a section, 'guide_eight', 'power_seven', 'public_seven', 'clear_hours', "
          "'attached_forms'. Errors: unknown-value.")
      .def_property_readonly(
          "complete", [](const service_item& i) { return complete(i); },
          "Whether the three sections of the form are filled in.")
      .def(
          "to_yaml", [](const service_item& i) { return unwrap(save(i)); },
          "The document in its one spelling. Errors: bad-utf8.")
      .def_static(
          "from_yaml",
          [](const std::string& text, const std::string& file) {
            return unwrap(parse_item(file, text));
          },
          py::arg("text"), py::arg("file") = "item.yaml",
          "Reads one document of kind item, whatever check() says of it. Errors: the first one.")
      .def("__repr__", [](const service_item& i) {
        return "<ServiceItem " + i.code.text() + " " + i.name + ">";
      });
}

void bind_entry(py::module_& m) {
  bind_part<catalogue_entry>(m, "CatalogueEntry", "An entry of the catalogue (目录).")
      .def(
          "inherit", [](const catalogue_entry& e, const service_item& i) { return inherit(e, i); },
          py::arg("item"), "The item with what the entry gives and it does not say itself.")
      .def("check", [](const catalogue_entry& e) { return check(e); });
}

template <class Id>
std::optional<std::vector<Id>> ids(const std::optional<std::vector<std::string>>& names) {
  if (!names) return std::nullopt;
  std::vector<Id> out;
  for (const std::string& n : *names) out.emplace_back(n);
  return out;
}

using names = std::optional<std::vector<std::string>>;

problems check_set(const std::vector<service_item>& items, const names& flows, const names& systems,
                   const names& laws, const names& entries) {
  return check(std::span<const service_item>{items},
               item_references{ids<flowchart_id>(flows), ids<business_system_id>(systems),
                               ids<law_id>(laws), ids<catalogue_id>(entries)});
}

void bind_item_files(py::module_& m) {
  py::class_<item_load>(m, "ItemLoad", "The items of a folder.")
      .def_readonly("items", &item_load::items)
      .def_readonly("entries", &item_load::entries)
      .def_readonly("files", &item_load::files, "How many were read.")
      .def_readonly("problems", &item_load::found)
      .def_property_readonly("good", &item_load::good);
  m.def(
      "load_items",
      [](const std::string& path) {
        const py::gil_scoped_release others_may_run;
        return load_items(path);
      },
      py::arg("path"), "Reads the items and catalogue entries of a folder, without flowcharts.");
  m.def("check_items", &check_set, py::arg("items"), py::kw_only(), py::arg("flows") = std::nullopt,
        py::arg("systems") = std::nullopt, py::arg("laws") = std::nullopt,
        py::arg("entries") = std::nullopt,
        "What is wrong between items: codes that are there twice, names that are not known.");
}

} // namespace

void bind_items(py::module_& m) {
  bind_small_parts(m);
  bind_benchmark(m);
  bind_completeness(m);
  bind_service_item(m);
  bind_entry(m);
  bind_item_files(m);
}

} // namespace banli::python
