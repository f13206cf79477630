// The life cycle of items: its table, what is allowed, its picture.
#include <banli/drawing/life_cycle_svg.hpp>

#include "bind_office.hpp"
#include "library_words.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

item_facts facts_of(const name_list& facts) {
  item_facts out;
  for (const std::string& f : facts) out = out.with(unwrap(parse_item_fact(f)));
  return out;
}

/// The life cycle, and perhaps where an item stands in it.
struct life_cycle {
  std::optional<item_state> standing;
};

std::string picture_of(const life_cycle& c, const std::string& lang) {
  const py::gil_scoped_release others_may_run;
  return unwrap(life_cycle_svg(language_of(lang), c.standing));
}

void bind_row(py::module_& m) {
  py::class_<life_cycle_row>(m, "LifeCycleRow", "One row of the life cycle of items.")
      .def_property_readonly("from_state",
                             [](const life_cycle_row& r) { return text_of_enum(r.from); })
      .def_property_readonly("command",
                             [](const life_cycle_row& r) { return text_of_enum(r.command); })
      .def_property_readonly("to_state", [](const life_cycle_row& r) { return text_of_enum(r.to); })
      .def_property_readonly("role", [](const life_cycle_row& r) { return text_of_enum(r.role); })
      .def(
          "conditions",
          [](const life_cycle_row& r, const std::string& lang) {
            return condition_text(r).in(language_of(lang));
          },
          py::arg("lang") = "en", "What must hold besides the role, in words.")
      .def("__repr__", [](const life_cycle_row& r) {
        return fmt::format("<LifeCycleRow {} --{}--> {} by {}>", to_string(r.from),
                           to_string(r.command), to_string(r.to), to_string(r.role));
      });
}

} // namespace

void bind_life_cycle(py::module_& m) {
  bind_row(m);
  name_list states;
  for (const item_state s : all_item_states) states.push_back(text_of_enum(s));
  name_list commands;
  for (std::size_t i = 0; i < item_command_count; ++i)
    commands.push_back(text_of_enum(static_cast<item_command>(i)));
  name_list roles;
  for (std::size_t i = 0; i < actor_role_count; ++i)
    roles.push_back(text_of_enum(static_cast<actor_role>(i)));
  py::class_<life_cycle>(m, "LifeCycle", "The life cycle of items; a notebook shows its picture.")
      .def(py::init([](const std::optional<std::string>& standing) {
             life_cycle c;
             if (standing) c.standing = unwrap(parse_item_state(*standing));
             return c;
           }),
           py::arg("standing") = py::none(), "standing: the state that is marked in the picture.")
      .def_property_readonly_static("states", [states](const py::object&) { return states; })
      .def_property_readonly_static("commands", [commands](const py::object&) { return commands; })
      .def_property_readonly_static("roles", [roles](const py::object&) { return roles; })
      .def_static("rows", &life_cycle_rows, "The table, in the order in which it is written.")
      .def_static(
          "next",
          [](const std::string& state, const std::string& command, const name_list& who,
             const name_list& facts) {
            return text_of_enum(
                unwrap(next(unwrap(parse_item_state(state)), unwrap(parse_item_command(command)),
                            {roles_of(who)}, facts_of(facts))));
          },
          py::arg("state"), py::arg("command"), py::arg("roles"), py::arg("facts") = name_list{},
          "The state after a command. Errors: no-transition, not-permitted, missing-reason, "
          "incomplete-item, missing-code, condition-not-met, unknown-value.")
      .def_static(
          "allowed",
          [](const std::string& state, const name_list& who, const name_list& facts) {
            return allowed(unwrap(parse_item_state(state)), {roles_of(who)}, facts_of(facts));
          },
          py::arg("state"), py::arg("roles"), py::arg("facts") = name_list{},
          "The rows by which somebody could act now.")
      .def_static(
          "mermaid", [](const std::string& lang) { return life_cycle_mermaid(language_of(lang)); },
          py::arg("lang") = "en", "The table as a Mermaid state diagram.")
      .def_static(
          "dot", [](const std::string& lang) { return life_cycle_dot(language_of(lang)); },
          py::arg("lang") = "en", "The same for Graphviz.")
      .def("svg", &picture_of, py::arg("lang") = "zh", "The picture: one <svg> element.")
      .def("_repr_svg_", [](const life_cycle& c) { return picture_of(c, "zh"); });
}

} // namespace banli::python
