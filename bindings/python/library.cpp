// ItemLibrary: who did what to which item, and when; versions and their comparison.
#include <banli/library/item_difference.hpp>
#include <banli/library/item_query.hpp>

#include "bind.hpp"
#include "bind_office.hpp"
#include "library_words.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using library_class = py::class_<item_library>;
using hit_tuple = std::tuple<std::uint32_t, int>;

act_details details_of(std::string reason, std::optional<day> effective,
                       const std::optional<std::string>& disposition) {
  act_details d{std::move(reason), effective, {}};
  if (disposition) d.disposition = unwrap(parse_item_disposition(*disposition));
  return d;
}

std::vector<hit_tuple> pairs(const std::vector<item_hit>& hits) {
  std::vector<hit_tuple> out;
  for (const item_hit& h : hits) out.emplace_back(number_in(h.entry), h.version);
  return out;
}

std::vector<entry_number> numbers_of(const std::vector<std::uint32_t>& entries) {
  std::vector<entry_number> out;
  for (const std::uint32_t n : entries) out.push_back(number_of(n));
  return out;
}

confirmation_chain chain_of(const name_list& levels) {
  confirmation_chain c;
  for (const std::string& level : levels) {
    if (level != "city" && level != "province")
      throw failure{make_error(errc::unknown_value,
                               "'{}' is no level that confirms: city or province",
                               "“{}”不是确认层级:应为 city 或 province", level)};
    c = c.with(level == "city" ? confirming_level::city : confirming_level::province);
  }
  return c;
}

/// Lists of elements by their names or the office's words.
submission_rules marks_of(const name_list& lists) {
  submission_rules out;
  out.marks = {};
  for (const std::string& name : lists)
    out.marks = out.marks.with(unwrap(parse_element_list(name)));
  return out;
}

name_list marks_in(const submission_rules& r) {
  name_list out;
  for (std::size_t i = 0; i < element_list_count; ++i)
    if (r.marks.has(static_cast<element_list>(i)))
      out.push_back(text_of_enum(static_cast<element_list>(i)));
  return out;
}

// ---- acts ---------------------------------------------------------------------------------------
std::string act(item_library& l, std::uint32_t n, const std::string& command,
                const item_actor& actor, instant when, std::string reason,
                std::optional<day> effective, const std::optional<std::string>& disposition) {
  return text_of_enum(unwrap(l.act(number_of(n), unwrap(parse_item_command(command)), actor, when,
                                   details_of(std::move(reason), effective, disposition))));
}

/// A scheme by its id or as a CodeScheme.
const code_scheme& scheme_of(const py::object& scheme) {
  if (py::isinstance<py::str>(scheme))
    return *unwrap(code_scheme::find(scheme.cast<std::string>()));
  if (!py::isinstance<code_scheme>(scheme))
    throw py::type_error("scheme: the id of a code scheme, or a CodeScheme");
  return scheme.cast<const code_scheme&>();
}

void bind_acts(library_class& c) {
  c.def(
       "create",
       [](item_library& l, service_item item, const item_actor& actor, instant when,
          std::string origin) {
         return number_in(unwrap(l.create(std::move(item), std::move(origin), actor, when)));
       },
       py::arg("item"), py::arg("actor"), py::arg("when"), py::kw_only(), py::arg("origin") = "",
       "A new draft; its number. The code of `item` must be empty.\n"
       "Errors: not-permitted, condition-not-met, time-backwards, limit-exceeded.")
      .def(
          "adopt",
          [](item_library& l, service_item item, const item_actor& actor, instant when,
             day effective, std::string origin) {
            return number_in(
                unwrap(l.adopt(std::move(item), std::move(origin), actor, when, effective)));
          },
          py::arg("item"), py::arg("actor"), py::arg("when"), py::arg("effective"), py::kw_only(),
          py::arg("origin") = "",
          "An item that is in force already, with its code; its number. For the service office.")
      .def(
          "edit",
          [](item_library& l, std::uint32_t n, service_item item, const item_actor& actor,
             instant when) { unwrap(l.edit(number_of(n), std::move(item), actor, when)); },
          py::arg("entry"), py::arg("item"), py::arg("actor"), py::arg("when"),
          "New contents of a draft.")
      .def("act", &act, py::arg("entry"), py::arg("command"), py::arg("actor"), py::arg("when"),
           py::kw_only(), py::arg("reason") = "", py::arg("effective") = py::none(),
           py::arg("disposition") = py::none(),
           "A command of the life cycle, by its name or the office's word: submit, withdraw, "
           "review, confirm_city, confirm_province, publish, send_back, change, propose_void, "
           "make_void. The state after it.")
      .def(
          "act_all",
          [](item_library& l, const std::vector<std::uint32_t>& entries, const std::string& command,
             const item_actor& actor, instant when, std::string reason) {
            return l.act_all(numbers_of(entries), unwrap(parse_item_command(command)), actor, when,
                             details_of(std::move(reason), {}, {}));
          },
          py::arg("entries"), py::arg("command"), py::arg("actor"), py::arg("when"), py::kw_only(),
          py::arg("reason") = "", "Each is judged by itself: a BatchVerdict for each, in order.")
      .def(
          "assign_code",
          [](item_library& l, std::uint32_t n, const item_actor& actor, instant when,
             const py::object& scheme, std::string body) {
            return unwrap(
                l.assign_code(number_of(n), actor, when, {&scheme_of(scheme), std::move(body)}));
          },
          py::arg("entry"), py::arg("actor"), py::arg("when"), py::arg("scheme"), py::arg("body"),
          "After the last confirmation: the next code of a scheme ('county') for a body "
          "('62052400SJ') and the type of the item.")
      .def(
          "assign_codes",
          [](item_library& l, const std::vector<std::uint32_t>& entries, const item_actor& actor,
             instant when, const py::object& scheme,
             const std::function<std::string(const service_item&)>& body_of) {
            const code_scheme& s = scheme_of(scheme);
            return l.assign_codes(numbers_of(entries), actor, when,
                                  [&](const service_item& i) -> result<code_series> {
                                    return code_series{&s, body_of(i)};
                                  });
          },
          py::arg("entries"), py::arg("actor"), py::arg("when"), py::arg("scheme"),
          py::arg("body_of"), "The same for many; body_of(item) gives the body.")
      .def(
          "set_code",
          [](item_library& l, std::uint32_t n, const item_actor& actor, instant when,
             const item_id& code) {
            return unwrap(
                l.assign_code(number_of(n), actor, when,
                              item_library::code_source{
                                  [&](const service_item&) -> result<item_id> { return code; }}));
          },
          py::arg("entry"), py::arg("actor"), py::arg("when"), py::arg("code"),
          "A code from elsewhere, where assign_code would give the next.");
}

void bind_more_acts(library_class& c) {
  c.def(
       "move",
       [](item_library& l, std::uint32_t n, std::string group, int order, const item_actor& actor,
          instant when) {
         unwrap(l.move(number_of(n), {std::move(group), order}, actor, when));
       },
       py::arg("entry"), py::arg("group"), py::arg("order"), py::arg("actor"), py::arg("when"),
       "Puts an entry into a group ('市场监管>食品') and an order within it.")
      .def(
          "remark",
          [](item_library& l, std::uint32_t n, std::string opinion, const item_actor& actor,
             instant when) { unwrap(l.remark(number_of(n), std::move(opinion), actor, when)); },
          py::arg("entry"), py::arg("opinion"), py::arg("actor"), py::arg("when"),
          "The opinion of a reviewer; changes no state.");
}

// ---- questions ----------------------------------------------------------------------------------
std::vector<hit_tuple> found_by(const item_library& l, std::string code, std::string name,
                                std::string type, department_id department,
                                const std::optional<std::string>& state, std::string law,
                                std::string group, const std::optional<std::string>& disposition,
                                std::optional<day> as_of, std::size_t skip, std::size_t limit) {
  item_query q{.code = std::move(code),
               .name_part = std::move(name),
               .type = std::move(type),
               .department = std::move(department),
               .law = std::move(law),
               .group = std::move(group),
               .as_of = as_of,
               .skip = skip,
               .limit = limit};
  if (state) q.state = unwrap(parse_item_state(*state));
  if (disposition) q.disposition = unwrap(parse_item_disposition(*disposition));
  return pairs(unwrap(search(l, q)).hits);
}

const item_entry& entry_of(const item_library& l, std::uint32_t n) {
  const item_entry* e = l.find(number_of(n));
  if (e == nullptr)
    throw failure{
        make_error(errc::unknown_item, "the library has no entry {}", "事项库没有第 {} 号事项", n)};
  return *e;
}

const item_version& version_of(const item_library& l, std::uint32_t n, int number) {
  const item_entry& e = entry_of(l, n);
  if (number < 1 || static_cast<std::size_t>(number) > e.versions.size())
    throw failure{make_error(errc::unknown_item, "entry {} has no version {}",
                             "第 {} 号事项没有第 {} 个版本", n, number)};
  return e.versions[static_cast<std::size_t>(number) - 1];
}

void bind_versions(library_class& c) {
  c.def("__len__", [](const item_library& l) { return l.entries().size(); })
      .def_property_readonly(
          "marks", [](const item_library& l) { return marks_in(l.submission()); },
          "Sections that must be complete before submission.")
      .def_property_readonly("chain",
                             [](const item_library& l) {
                               name_list out;
                               if (l.chain().has(confirming_level::city)) out.push_back("city");
                               if (l.chain().has(confirming_level::province))
                                 out.push_back("province");
                               return out;
                             })
      .def(
          "find",
          [](const item_library& l, const item_id& code) {
            const item_entry* e = l.find(code);
            return e == nullptr ? std::nullopt : std::optional{number_in(e->number)};
          },
          py::arg("code"), "The entry of a code, or None.")
      .def(
          "versions",
          [](const item_library& l, std::uint32_t n) { return entry_of(l, n).versions; },
          py::arg("entry"), "All versions, the first first. Errors: unknown-item.")
      .def(
          "origin", [](const item_library& l, std::uint32_t n) { return entry_of(l, n).origin; },
          py::arg("entry"), "The list and number it was recognised from.")
      .def(
          "place",
          [](const item_library& l, std::uint32_t n) {
            const item_placement& p = entry_of(l, n).place;
            return std::tuple{p.group, p.order};
          },
          py::arg("entry"), "(group, order).")
      .def(
          "as_of",
          [](const item_library& l, std::uint32_t n, day d) -> std::optional<item_version> {
            const item_version* v = l.as_of(number_of(n), d);
            return v == nullptr ? std::nullopt : std::optional{*v};
          },
          py::arg("entry"), py::arg("day"), "The version in force on a day, or None.")
      .def(
          "compare",
          [](const item_library& l, std::uint32_t n, int before, int after) {
            return compare(version_of(l, n, before).item, version_of(l, n, after).item);
          },
          py::arg("entry"), py::arg("before"), py::arg("after"),
          "What changed between two versions of an entry. Errors: unknown-item.")
      .def(
          "history", [](const item_library& l, std::uint32_t n) { return l.history(number_of(n)); },
          py::arg("entry"), "The records of an entry, in the order of time.")
      .def(
          "allowed",
          [](const item_library& l, std::uint32_t n, const item_actor& actor) {
            return l.allowed(number_of(n), actor);
          },
          py::arg("entry"), py::arg("actor"), "The rows by which the actor could act now.")
      .def(
          "lacking",
          [](const item_library& l, const service_item& item) {
            return submission_problems(item, l.submission(), [](std::string_view path) {
              return place{std::string{path}, 0, 0};
            });
          },
          py::arg("item"),
          "What an item lacks before it may be submitted; the place's file is the field.");
}

void bind_lists(library_class& c) {
  c.def("search", &found_by, py::kw_only(), py::arg("code") = "", py::arg("name") = "",
        py::arg("type") = "", py::arg("department") = department_id{},
        py::arg("state") = py::none(), py::arg("law") = "", py::arg("group") = "",
        py::arg("disposition") = py::none(), py::arg("as_of") = py::none(), py::arg("skip") = 0,
        py::arg("limit") = 100,
        "(entry, version) of what is found. Errors: limit-exceeded, unknown-value.")
      .def(
          "to_do",
          [](const item_library& l, const item_actor& actor) {
            std::vector<std::pair<std::uint32_t, name_list>> out;
            for (const to_do_line& line : to_do(l, actor)) {
              name_list commands;
              for (const item_command x : line.commands) commands.push_back(text_of_enum(x));
              out.emplace_back(number_in(line.item.entry), std::move(commands));
            }
            return out;
          },
          py::arg("actor"), "(entry, commands) of what waits for the actor.")
      .def("to_review", [](const item_library& l) { return pairs(to_review(l)); })
      .def(
          "offered_at",
          [](const item_library& l, const std::string& place, day d) {
            using offered = std::tuple<std::uint32_t, std::string, std::optional<std::string>>;
            std::vector<offered> out;
            for (const offered_line& o : offered_at(l, place, d))
              out.emplace_back(number_in(o.item.entry), o.window,
                               o.role ? std::optional{text_of_enum(*o.role)} : std::nullopt);
            return out;
          },
          py::arg("place"), py::arg("day"),
          "(entry, window, role) of what a hall, town or village offers; role None: at a window of "
          "the hall itself.")
      .def("published", [](const item_library& l) { return pairs(published(l)); })
      .def(
          "voided",
          [](const item_library& l) {
            std::vector<std::pair<std::uint32_t, std::string>> out;
            for (const reasoned_line& r : voided_items(l))
              out.emplace_back(number_in(r.item.entry), r.reason);
            return out;
          },
          "voided() -> list[tuple[int, str]]\n\n(entry, reason) of what was voided.")
      .def(
          "proposed_voids",
          [](const item_library& l) {
            std::vector<std::pair<std::uint32_t, std::string>> out;
            for (const reasoned_line& r : proposed_voids(l))
              out.emplace_back(number_in(r.item.entry), r.reason);
            return out;
          },
          "proposed_voids() -> list[tuple[int, str]]\n\n(entry, reason) of what somebody has "
          "proposed to void.")
      .def(
          "items_of",
          [](const item_library& l, const std::string& disposition) {
            return pairs(items_of(l, unwrap(parse_item_disposition(disposition))));
          },
          py::arg("disposition"), "kept, added, adjusted, delegated or cancelled.");
}

listed_power power_of(const std::tuple<std::string, std::string, std::string>& origin,
                      std::string type, department_id department) {
  const auto& [list, number, name] = origin;
  return {list, number, name, std::move(type), std::move(department), {}};
}

void bind_recognition(library_class& c) {
  using listed = std::tuple<std::string, std::string, std::string>;
  c.def(
       "recognise",
       [](item_library& l, const listed& power, std::string type, const item_actor& actor,
          instant when) {
         return number_in(
             unwrap(recognise(l, power_of(power, std::move(type), actor.department), actor, when)));
       },
       py::arg("power"), py::arg("type"), py::arg("actor"), py::arg("when"),
       "A draft for (list, number, name) of a list of powers, once. Errors: duplicate-id, those "
       "of create().")
      .def(
          "missing_from",
          [](const item_library& l, const std::vector<listed>& powers, department_id department) {
            std::vector<listed_power> all;
            for (const listed& p : powers) all.push_back(power_of(p, {}, department));
            std::vector<listed> out;
            for (const listed_power& p : missing_from(l, all))
              out.emplace_back(p.list, p.number, p.name);
            return out;
          },
          py::arg("powers"), py::arg("department"),
          "Those of (list, number, name) that no living entry was recognised from or named like.")
      .def(
          "counts",
          [](const item_library& l, const std::string& by) {
            const item_key key = by == "department" ? item_key{&by_department}
                                 : by == "type"     ? item_key{&by_type}
                                 : by == "area"     ? item_key{&by_area}
                                                    : item_key{};
            if (!key)
              throw failure{make_error(errc::unknown_value,
                                       "'{}': items are counted by department, type or area",
                                       "“{}”:应为 department、type 或 area", by)};
            py::dict out;
            for (const auto& [name, n] : count_items(l, key)) {
              py::dict row;
              for (std::size_t i = 0; i < all_item_states.size(); ++i)
                row[py::str(text_of_enum(all_item_states[i]))] = n.states[i];
              row["entries"] = n.entries;
              row["recognised"] = n.recognised;
              row["coded"] = n.coded;
              row["in_library"] = n.in_library;
              row["guides"] = n.guides;
              out[py::str(name)] = row;
            }
            return out;
          },
          py::arg("by") = "department",
          "Counts per department, type or area: a dict of each state, and entries, recognised, "
          "coded, in_library, guides.");
}

} // namespace

void bind_library(py::module_& m) {
  bind_library_parts(m);
  library_class library{m, "ItemLibrary", "The item library of an office: who did what, and when."};
  library.def(py::init([](const name_list& chain, const name_list& marks) {
                return item_library{chain_of(chain), marks_of(marks)};
              }),
              py::arg("chain") = name_list{}, py::arg("marks") = marks_in({}),
              "chain: who confirms, of 'city' and 'province'. marks: the sections that must be "
              "complete before an item is submitted.");
  bind_acts(library);
  bind_more_acts(library);
  bind_versions(library);
  bind_lists(library);
  bind_recognition(library);
}

} // namespace banli::python
