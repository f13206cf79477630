// ItemCode, CodeScheme, Catalogue, and the tables of items.
#include <banli/document/configuration.hpp>
#include <banli/interchange/item_tables.hpp>
#include <banli/item/catalogue.hpp>
#include <banli/item/code_scheme.hpp>
#include <banli/item/item_code.hpp>

#include "bind.hpp"
#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

const code_scheme& scheme_named(const std::string& id) { return *unwrap(code_scheme::find(id)); }

code_gaps gaps_of(const std::string& word) {
  if (word == "leave") return code_gaps::leave;
  if (word == "fill") return code_gaps::fill;
  throw failure{make_error(errc::unknown_value, "'{}' is neither 'leave' nor 'fill'",
                           "“{}”应为 leave 或 fill", word)};
}

void bind_code(py::module_& m) {
  py::class_<item_code>(m, "ItemCode", "The code of a service item: 62052400MZ-XK-0001.")
      .def_static(
          "parse", [](const std::string& text) { return unwrap(parse_item_code(text)); },
          py::arg("text"), "Reads a code. Errors: bad-item-code, with the column that is wrong.")
      .def_property_readonly("area", [](const item_code& c) { return c.area.text(); })
      .def_property_readonly("department", [](const item_code& c) { return c.department.text(); })
      .def_property_readonly("type", [](const item_code& c) { return c.type.text(); })
      .def_property_readonly("body", [](const item_code& c) { return c.body(); })
      .def_readonly("number", &item_code::number)
      .def_property_readonly(
          "level",
          [](const item_code& c) {
            constexpr std::array<const char*, 4> names{"province", "city", "county", "town"};
            return names[static_cast<std::size_t>(c.level())];
          },
          "province, city, county or town.")
      .def("__str__", [](const item_code& c) { return to_text(c); })
      .def("__repr__", [](const item_code& c) { return "<ItemCode " + to_text(c) + ">"; })
      .def("__eq__", [](const item_code& a, py::handle b) {
        return py::isinstance<item_code>(b) && a == b.cast<const item_code&>();
      });
}

/// A code's fields by their names, the number as an int.
py::dict parts_of(const code_scheme& s, const std::string& text) {
  const parsed_code code = unwrap(parse_code(s, text));
  py::dict out;
  std::size_t i = 0;
  for (const code_field& f : s.fields()) {
    if (f.meaning == code_meaning::number)
      out[f.name.c_str()] = code.number;
    else if (!f.fixed())
      out[f.name.c_str()] = std::string{code.part(i)};
    ++i;
  }
  return out;
}

void bind_scheme(py::module_& m) {
  py::class_<code_scheme>(m, "CodeScheme", "How codes of one kind are built up, as a pattern.")
      .def(py::init([](const std::string& pattern, const std::string& id) {
             return unwrap(code_scheme::build(id, {id, id}, pattern));
           }),
           py::arg("pattern"), py::arg("id") = "own",
           "A scheme of a pattern: '深审核准({year}){n}号'. Errors: bad-code-scheme.")
      .def_static("named", &scheme_named, py::arg("id"),
                  "A built-in one: county, national_item … Errors: unknown-value.")
      .def_static(
          "built_in",
          [] {
            std::vector<std::string> out;
            for (const code_scheme& s : code_scheme::built_in()) out.push_back(s.id());
            return out;
          },
          "The names of the built-in schemes.")
      .def_property_readonly("id", &code_scheme::id)
      .def_property_readonly("pattern", &code_scheme::pattern)
      .def_property_readonly("highest", &code_scheme::highest, "The last number; 0: not counted.")
      .def("parse", &parts_of, py::arg("text"),
           "The fields of a code by name, 'n' as an int. Errors: bad-item-code.")
      .def(
          "format",
          [](const code_scheme& s, const code_values& values, std::int64_t n) {
            return unwrap(format(s, values, n));
          },
          py::arg("values"), py::arg("n") = 0,
          "Writes a code. Errors: missing-field, unknown-field, code-exhausted, bad-item-code.")
      .def(
          "next",
          [](const code_scheme& s, const std::vector<std::string>& used, const code_values& values,
             const std::string& gaps) { return unwrap(next_code(s, used, values, gaps_of(gaps))); },
          py::arg("used"), py::arg("values"), py::kw_only(), py::arg("gaps") = "leave",
          "The code after all used ones. gaps: leave or fill. Errors: code-exhausted.")
      .def("__repr__",
           [](const code_scheme& s) { return "<CodeScheme " + s.id() + " " + s.pattern() + ">"; });
}

void bind_coverage(py::module_& m) {
  py::class_<coverage>(m, "Coverage", "How a local catalogue covers the baseline.")
      .def_property_readonly("complete", &coverage::complete)
      .def_readonly("missing", &coverage::missing, "Positions in the baseline.")
      .def_property_readonly(
          "extra",
          [](const coverage& c) {
            std::vector<std::size_t> out;
            for (const extra_line& x : c.extra) out.push_back(x.line);
            return out;
          },
          "Positions in the local catalogue.")
      .def_readonly("extensions", &coverage::extensions,
                    "Convenience services beyond the baseline: allowed.")
      .def_property_readonly(
          "matches",
          [](const coverage& c) {
            std::vector<std::tuple<std::size_t, std::size_t, std::string>> out;
            for (const coverage_match& x : c.matches)
              out.emplace_back(x.line, x.baseline, std::string{to_string(x.how)});
            return out;
          },
          "(local position, position in the baseline, link|number|name|near|refinement)");
}

void bind_lines(py::module_& m) {
  py::class_<catalogue_line>(m, "CatalogueLine", "One line of a catalogue.")
      .def_property_readonly(
          "part", [](const catalogue_line& l) { return std::string{to_string(l.key.part)}; },
          "disclosure, power or convenience.")
      .def_property_readonly("number", [](const catalogue_line& l) { return l.key.number; })
      .def_readonly("sector", &catalogue_line::sector)
      .def_readonly("name", &catalogue_line::name)
      .def_readonly("unit", &catalogue_line::unit)
      .def("__repr__", [](const catalogue_line& l) {
        return "<CatalogueLine " + to_text(l.key) + " " + l.name + ">";
      });
  bind_coverage(m);
  py::class_<catalogue>(m, "Catalogue", "What an area discloses, decides and offers.")
      .def_static(
          "baseline", [] { return catalogue::baseline(); },
          "The 385 lines every county's catalogue must contain.")
      .def_static(
          "of_items", [](const std::vector<service_item>& items) { return catalogue_of(items); },
          py::arg("items"), "The powers and convenience services that items make up.")
      .def_static(
          "parse_csv",
          [](const std::string& text, const std::string& file) {
            problems found;
            catalogue c = read_catalogue(text, file, found);
            return std::pair{std::move(c), std::move(found)};
          },
          py::arg("text"), py::arg("file") = "", "-> (Catalogue, list of Problem)")
      .def_readonly("lines", &catalogue::lines)
      .def("__len__", [](const catalogue& c) { return c.lines.size(); })
      .def("counts",
           [](const catalogue& c) {
             const catalogue_counts n = count(c);
             py::dict out;
             out["disclosure"] = n.disclosure;
             out["power"] = n.power;
             out["convenience"] = n.convenience;
             out["sectors"] = n.sectors;
             out["units"] = n.units;
             return out;
           })
      .def(
          "coverage", [](const catalogue& c) { return cover(c); }, "Compares with the baseline.")
      .def(
          "coverage_problems", [](const catalogue& c) { return problems_of(cover(c), c); },
          "missing-entry, extra-entry, not-the-same.")
      .def("__repr__", [](const catalogue& c) {
        return fmt::format("<Catalogue of {} lines>", c.lines.size());
      });
}

item_table_options options_of(const std::string& unit, bool exact) {
  return {.unit = unit, .cells = exact ? cell_style::exact : cell_style::readable};
}

void bind_tables(py::module_& m) {
  m.def(
      "export_items",
      [](const std::vector<service_item>& items, const std::string& form, const std::string& format,
         const std::string& unit, bool exact) {
        const item_table t =
            make_item_table(unwrap(parse_item_form(form)), items, options_of(unit, exact));
        if (format == "csv") return to_csv(t);
        if (format == "markdown") return to_markdown(t);
        throw failure{make_error(errc::unknown_value, "'{}' is neither 'csv' nor 'markdown'",
                                 "“{}”应为 csv 或 markdown", format)};
      },
      py::arg("items"), py::arg("form"), py::kw_only(), py::arg("format") = "markdown",
      py::arg("unit") = "", py::arg("exact") = false,
      "A table of items as text: form is 表一, a1, service_list, charge_list, negative_list,\n"
      "power_list, guide, seven_open, promises or approval_open; exact cells can be read again.");
  m.def(
      "import_items",
      [](const std::string& text, const std::string& form, const std::string& file) {
        problems found;
        auto items = read_item_table(unwrap(parse_item_form(form)), text, file, found);
        return std::pair{std::move(items), std::move(found)};
      },
      py::arg("text"), py::arg("form"), py::kw_only(), py::arg("file") = "",
      "-> (list of ServiceItem, list of Problem). Reads the CSV of 表一 or a1.");
  m.def(
      "check_unique",
      [](const std::vector<std::string>& codes) {
        const std::vector<std::string_view> all{codes.begin(), codes.end()};
        return check_unique(all, [](std::string_view path) {
          return place{.file = std::string{path}, .line = 0, .column = 0};
        });
      },
      py::arg("codes"),
      "A duplicate-code problem for each code that stood before, at '/3/code'; empty codes are "
      "none. Given the codes of a province, this is uniqueness across the province.");
  m.def(
      "three_sames",
      [](const std::vector<service_item>& items) { return problems_of(three_sames(items), items); },
      py::arg("items"),
      "Every difference among items that share a base code: not-the-same problems.");
  m.def(
      "missing_guide_elements",
      [](const service_item& item) {
        std::vector<std::string> out;
        for (const std::string_view s : missing_guide_elements(item)) out.emplace_back(s);
        return out;
      },
      py::arg("item"), "Which of the eight elements of a guide an item lacks.");
}

} // namespace

void bind_catalogue(py::module_& m) {
  bind_code(m);
  bind_scheme(m);
  bind_lines(m);
  bind_tables(m);
}

} // namespace banli::python
