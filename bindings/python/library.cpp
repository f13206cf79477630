// ItemLibrary and what stands around it: the life cycle, comparison, disclosure, bundles.
#include <banli/document/library_bundle.hpp>
#include <banli/library/item_difference.hpp>
#include <banli/library/office_library.hpp>

#include "bind.hpp"
#include "casters.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using names = std::vector<std::string>;

language language_of(const std::string& lang) { return lang == "zh" ? language::zh : language::en; }

role_set roles_of(const names& roles) {
  role_set out;
  for (const std::string& r : roles) out = out.with(unwrap(parse_actor_role(r)));
  return out;
}

item_facts facts_of(const names& facts) {
  item_facts out;
  for (const std::string& f : facts) {
    std::size_t i = 0;
    while (i < item_fact_count && to_string(static_cast<item_fact>(i)) != f) ++i;
    if (i == item_fact_count)
      throw failure{make_error(errc::unknown_value, "'{}' is no fact of the life cycle",
                               "“{}”不是事项操作的条件", f)};
    out = out.with(static_cast<item_fact>(i));
  }
  return out;
}

template <class E>
std::string text_of_enum(E e) {
  return std::string{to_string(e)};
}

entry_number number_of(std::uint32_t n) { return static_cast<entry_number>(n); }
std::uint32_t number_in(entry_number n) { return static_cast<std::uint32_t>(n); }

act_details details_of(std::string reason, std::optional<day> effective,
                       const std::optional<std::string>& disposition) {
  act_details d{std::move(reason), effective, {}};
  if (disposition) d.disposition = unwrap(parse_item_disposition(*disposition));
  return d;
}

std::vector<std::tuple<std::uint32_t, int>> pairs(const std::vector<item_hit>& hits) {
  std::vector<std::tuple<std::uint32_t, int>> out;
  for (const item_hit& h : hits) out.emplace_back(number_in(h.entry), h.version);
  return out;
}

void bind_life_cycle(py::module_& m) {
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
  m.def("life_cycle_rows", &life_cycle_rows, "The table, in the order in which it is written.");
  m.def(
      "life_cycle_next",
      [](const std::string& state, const std::string& command, const names& roles,
         const names& facts) {
        return text_of_enum(
            unwrap(next(unwrap(parse_item_state(state)), unwrap(parse_item_command(command)),
                        {roles_of(roles)}, facts_of(facts))));
      },
      py::arg("state"), py::arg("command"), py::arg("roles"), py::arg("facts") = names{},
      "The state after a command. Errors: no-transition, not-permitted, missing-reason, "
      "incomplete-item, missing-code, condition-not-met, unknown-value.");
  m.def(
      "life_cycle_allowed",
      [](const std::string& state, const names& roles, const names& facts) {
        return allowed(unwrap(parse_item_state(state)), {roles_of(roles)}, facts_of(facts));
      },
      py::arg("state"), py::arg("roles"), py::arg("facts") = names{},
      "The rows by which somebody could act now.");
  m.def(
      "life_cycle_mermaid",
      [](const std::string& lang) { return life_cycle_mermaid(language_of(lang)); },
      py::arg("lang") = "en", "The table as a Mermaid state diagram.");
}

void bind_parts(py::module_& m) {
  py::class_<item_actor>(m, "ItemActor", "Who acts on the library: a person with roles.")
      .def(py::init([](person_id who, const names& roles, department_id department) {
             return item_actor{std::move(who), roles_of(roles), std::move(department)};
           }),
           py::arg("who"), py::arg("roles"), py::arg("department") = department_id{})
      .def_readonly("who", &item_actor::who)
      .def_readonly("department", &item_actor::department);
  py::class_<item_version>(m, "ItemVersion", "One version of an item.")
      .def_readonly("number", &item_version::number)
      .def_property_readonly("state", [](const item_version& v) { return text_of_enum(v.state); })
      .def_property_readonly("state_zh",
                             [](const item_version& v) { return std::string{label(v.state)}; })
      .def_property_readonly("disposition",
                             [](const item_version& v) { return text_of_enum(v.disposition); })
      .def_readonly("item", &item_version::item)
      .def_readonly("effective", &item_version::effective, "The first day in force, or None.")
      .def_readonly("ended", &item_version::ended, "The first day no longer in force, or None.")
      .def("__repr__", [](const item_version& v) {
        return fmt::format("<ItemVersion {} {} {}>", v.number, to_string(v.state), v.item.name);
      });
  py::class_<item_record>(m, "ItemRecord", "One act on an item, never changed after.")
      .def_property_readonly("entry", [](const item_record& r) { return number_in(r.entry); })
      .def_readonly("version", &item_record::version)
      .def_readonly("when", &item_record::when)
      .def_readonly("who", &item_record::who)
      .def_property_readonly("kind", [](const item_record& r) { return text_of_enum(r.kind); })
      .def_property_readonly("command",
                             [](const item_record& r) { return text_of_enum(r.command); })
      .def_property_readonly("from_state",
                             [](const item_record& r) { return text_of_enum(r.from); })
      .def_property_readonly("to_state", [](const item_record& r) { return text_of_enum(r.to); })
      .def_readonly("reason", &item_record::reason);
  py::class_<item_change>(m, "ItemChange", "One field in which two versions differ.")
      .def_readonly("path", &item_change::path)
      .def_property_readonly("kind", [](const item_change& c) { return text_of_enum(c.kind); })
      .def_property_readonly("before", [](const item_change& c) { return c.before.en; })
      .def_property_readonly("after", [](const item_change& c) { return c.after.en; })
      .def(
          "text",
          [](const item_change& c, const std::string& lang) {
            return to_text(c, language_of(lang));
          },
          py::arg("lang") = "en", "One line.")
      .def("__repr__",
           [](const item_change& c) { return "<ItemChange " + to_text(c, language::en) + ">"; });
  m.def("compare_items", &compare, py::arg("before"), py::arg("after"),
        "What differs between two items, field by field; empty exactly when they are equal.");
}

using library_class = py::class_<item_library>;

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
          "edit",
          [](item_library& l, std::uint32_t n, service_item item, const item_actor& actor,
             instant when) { unwrap(l.edit(number_of(n), std::move(item), actor, when)); },
          py::arg("entry"), py::arg("item"), py::arg("actor"), py::arg("when"),
          "New contents of a draft.")
      .def(
          "act",
          [](item_library& l, std::uint32_t n, const std::string& command, const item_actor& actor,
             instant when, std::string reason, std::optional<day> effective,
             const std::optional<std::string>& disposition) {
            return text_of_enum(
                unwrap(l.act(number_of(n), unwrap(parse_item_command(command)), actor, when,
                             details_of(std::move(reason), effective, disposition))));
          },
          py::arg("entry"), py::arg("command"), py::arg("actor"), py::arg("when"), py::kw_only(),
          py::arg("reason") = "", py::arg("effective") = py::none(),
          py::arg("disposition") = py::none(), "A command of the life cycle; the state after it.")
      .def(
          "act_all",
          [](item_library& l, const std::vector<std::uint32_t>& entries, const std::string& command,
             const item_actor& actor, instant when, std::string reason) {
            std::vector<entry_number> all;
            for (const std::uint32_t n : entries) all.push_back(number_of(n));
            const batch_answer b = l.act_all(all, unwrap(parse_item_command(command)), actor, when,
                                             details_of(std::move(reason), {}, {}));
            std::vector<std::uint32_t> done;
            for (const entry_number n : b.done) done.push_back(number_in(n));
            std::vector<std::pair<std::uint32_t, error>> refused;
            for (const auto& [n, e] : b.refused) refused.emplace_back(number_in(n), e);
            return std::pair{done, refused};
          },
          py::arg("entries"), py::arg("command"), py::arg("actor"), py::arg("when"), py::kw_only(),
          py::arg("reason") = "", "Each is judged by itself: (entries done, [(entry, Problem)]).")
      .def(
          "assign_code",
          [](item_library& l, std::uint32_t n, const item_actor& actor, instant when,
             const std::function<item_id(const service_item&)>& allocate) {
            return unwrap(l.assign_code(
                number_of(n), actor, when,
                [&](const service_item& i) -> result<item_id> { return allocate(i); }));
          },
          py::arg("entry"), py::arg("actor"), py::arg("when"), py::arg("allocate"),
          "After the last confirmation: the code that allocate(item) gives.")
      .def(
          "move",
          [](item_library& l, std::uint32_t n, std::string group, int order,
             const item_actor& actor, instant when) {
            unwrap(l.move(number_of(n), {std::move(group), order}, actor, when));
          },
          py::arg("entry"), py::arg("group"), py::arg("order"), py::arg("actor"), py::arg("when"))
      .def(
          "remark",
          [](item_library& l, std::uint32_t n, std::string opinion, const item_actor& actor,
             instant when) { unwrap(l.remark(number_of(n), std::move(opinion), actor, when)); },
          py::arg("entry"), py::arg("opinion"), py::arg("actor"), py::arg("when"),
          "The opinion of a reviewer; changes no state.");
}

std::vector<std::tuple<std::uint32_t, int>>
found_by(const item_library& l, std::string code, std::string name, std::string type,
         department_id department, const std::optional<std::string>& state, std::string law,
         std::string group, std::optional<day> as_of, std::size_t skip, std::size_t limit) {
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
  return pairs(unwrap(search(l, q)).hits);
}

void bind_questions(library_class& c) {
  c.def("__len__", [](const item_library& l) { return l.entries().size(); })
      .def(
          "versions",
          [](const item_library& l, std::uint32_t n) {
            const item_entry* e = l.find(number_of(n));
            return e == nullptr ? std::vector<item_version>{} : e->versions;
          },
          py::arg("entry"))
      .def(
          "as_of",
          [](const item_library& l, std::uint32_t n, day d) -> std::optional<item_version> {
            const item_version* v = l.as_of(number_of(n), d);
            return v == nullptr ? std::nullopt : std::optional{*v};
          },
          py::arg("entry"), py::arg("day"), "The version in force on a day, or None.")
      .def(
          "allowed",
          [](const item_library& l, std::uint32_t n, const item_actor& actor) {
            return l.allowed(number_of(n), actor);
          },
          py::arg("entry"), py::arg("actor"), "The rows by which the actor could act now.")
      .def(
          "history", [](const item_library& l, std::uint32_t n) { return l.history(number_of(n)); },
          py::arg("entry"), "The records of an entry, in the order of time.")
      .def("search", &found_by, py::kw_only(), py::arg("code") = "", py::arg("name") = "",
           py::arg("type") = "", py::arg("department") = department_id{},
           py::arg("state") = py::none(), py::arg("law") = "", py::arg("group") = "",
           py::arg("as_of") = py::none(), py::arg("skip") = 0, py::arg("limit") = 100,
           "(entry, version) of what is found. Errors: limit-exceeded, unknown-value.")
      .def(
          "to_do",
          [](const item_library& l, const item_actor& actor) {
            std::vector<std::pair<std::uint32_t, names>> out;
            for (const to_do_line& line : to_do(l, actor)) {
              names commands;
              for (const item_command x : line.commands) commands.push_back(text_of_enum(x));
              out.emplace_back(number_in(line.item.entry), std::move(commands));
            }
            return out;
          },
          py::arg("actor"), "(entry, commands) of what waits for the actor.")
      .def("to_review", [](const item_library& l) { return pairs(to_review(l)); })
      .def("published", [](const item_library& l) { return pairs(published(l)); });
}

void bind_office(py::module_& m) {
  py::class_<office_library>(m, "OfficeLibrary",
                             "Items, laws, systems, attachments and disclosure of an office.")
      .def(py::init<>())
      .def_readwrite("items", &office_library::items)
      .def(
          "export", [](const office_library& o) { return unwrap(export_library(o)); },
          "export() -> str\n\nThe whole library as one text. Errors: bad-utf8.")
      .def_static(
          "restore",
          [](const std::string& bundle) {
            restored_library r = restore_library(bundle);
            if (!r.good()) throw failure{r.found.front()};
            return std::move(r.library);
          },
          py::arg("bundle"), "The library of a bundle. Errors: the first problem.")
      .def_static(
          "problems", [](const std::string& bundle) { return restore_library(bundle).found; },
          py::arg("bundle"), "Everything wrong with a bundle.")
      .def(
          "check", [](const office_library& o, day d) { return check_references(o, d); },
          py::arg("day"), "References to what is not there or no longer holds.")
      .def("__eq__", [](const office_library& a, const office_library& b) { return a == b; });
}

void bind_disclosure_report(py::module_& m) {
  py::class_<disclosure_line>(m, "DisclosureLine", "One duty, and how it stands.")
      .def_readonly("duty", &disclosure_line::duty, "Index into the duties.")
      .def_property_readonly("standing",
                             [](const disclosure_line& l) { return text_of_enum(l.standing); })
      .def_readonly("next_due", &disclosure_line::next_due)
      .def_readonly("last_published", &disclosure_line::last_published)
      .def_property_readonly("late", [](const disclosure_line& l) { return l.late.count(); })
      .def_property_readonly("longest_gap",
                             [](const disclosure_line& l) { return l.longest_gap.count(); });
  m.def(
      "disclosure_report",
      [](const std::vector<disclosure_duty>& duties, const workday_calendar& calendar, day since,
         day today, const std::vector<std::tuple<std::string, day>>& published) {
        disclosure_book book{since, duties, {}, {}};
        for (const auto& [column, date] : published)
          book.publications.push_back(
              {column, date, publication_kind::content, {}, {}, {}, {}, {}, {}});
        return unwrap(report(book, calendar, today)).lines;
      },
      py::arg("duties"), py::arg("calendar"), py::arg("since"), py::arg("today"),
      py::arg("published") = std::vector<std::tuple<std::string, day>>{},
      "How each duty stands; published: (column, day). Errors: those of Duty.obligations.");
}

} // namespace

void bind_library(py::module_& m) {
  bind_life_cycle(m);
  bind_parts(m);
  library_class library{m, "ItemLibrary", "The item library of an office: who did what, and when."};
  library.def(py::init([](const names& chain) {
                confirmation_chain c;
                for (const std::string& level : chain) {
                  if (level != "city" && level != "province")
                    throw failure{make_error(errc::unknown_value,
                                             "'{}' is no level that confirms: city or province",
                                             "“{}”不是确认层级:应为 city 或 province", level)};
                  c = c.with(level == "city" ? confirming_level::city : confirming_level::province);
                }
                return item_library{c};
              }),
              py::arg("chain") = names{}, "chain: who confirms, of 'city' and 'province'.");
  bind_acts(library);
  bind_questions(library);
  bind_office(m);
  bind_disclosure_report(m);
}

} // namespace banli::python
