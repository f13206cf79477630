// The five repositories, public lists and queries, docking, the archive of publications.
#include <banli/portal/repositories.hpp>

#include <banli/portal/docking_message.hpp>
#include <banli/portal/online_application.hpp>
#include <banli/portal/open_office.hpp>
#include <banli/portal/public_lists.hpp>
#include <banli/portal/publication_archive.hpp>
#include <banli/portal/window_service.hpp>

#include "bind_office.hpp"
#include "casters.hpp"
#include "parts.hpp"
#include "portal.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

repository_table read_table(const std::string& text, const std::string& name) {
  problems found;
  repository_table t = name.empty()
                           ? read_repository_json(text, {}, found)
                           : read_repository_csv(unwrap(parse_repository(name)), text, {}, found);
  if (found.empty()) found = check(t);
  refuse_problems(found);
  return t;
}

repository_table table_of(std::shared_ptr<configuration> config,
                          const std::shared_ptr<store_handle>& store, const std::string& name,
                          bool personal, const std::vector<order_record>& orders) {
  const repository r = unwrap(parse_repository(name));
  service_records records;
  records.orders = orders;
  case_store& cases = store->open();
  const py::gil_scoped_release others_may_run;
  return unwrap(repositories{*config, cases, records}.table(r, right_of(personal)));
}

void bind_tables(py::module_& m) {
  py::class_<repository_table>(m, "RepositoryTable", "The records of one repository, as text.")
      .def_property_readonly("repository",
                             [](const repository_table& t) { return std::string{to_string(t.of)}; })
      .def_property_readonly(
          "columns",
          [](const repository_table& t) {
            std::vector<std::pair<std::string, std::string>> out;
            for (const repository_column& c : t.columns) out.emplace_back(c.key, c.label);
            return out;
          },
          "Pairs of key and label.")
      .def_property_readonly("rows", [](const repository_table& t) { return t.rows; })
      .def(
          "dataframe",
          [](const repository_table& t) {
            std::vector<std::string> keys;
            for (const repository_column& c : t.columns) keys.emplace_back(c.key);
            return py::module_::import("pandas").attr("DataFrame")(t.rows,
                                                                   py::arg("columns") = keys);
          },
          "A pandas.DataFrame of text, by key. ImportError where pandas is not installed.")
      .def("to_csv", [](const repository_table& t) { return to_csv(t); })
      .def("to_json", [](const repository_table& t) { return to_json(t); })
      .def("__len__", [](const repository_table& t) { return t.rows.size(); })
      .def("__eq__", [](const repository_table& a, const repository_table& b) { return a == b; });
  m.def("repository", &table_of, py::arg("configuration"), py::arg("store"), py::arg("name"),
        py::kw_only(), py::arg("personal") = false, py::arg("orders") = std::vector<order_record>{},
        "One of the five repositories as it stands: items, processes, results, supervision_rules, "
        "supervision_business: the orders of the store, and of `orders`, taken over from another "
        "system, those that it does not have. Masked unless personal data are asked for. Errors: "
        "unknown-value, definition-changed.");
  m.def(
      "read_repository", &read_table, py::arg("text"), py::arg("csv_of") = "",
      "A table from JSON, or from the CSV of a repository that is named; every problem at once in "
      "Error.problems.");
}

py::list results_of(const std::shared_ptr<configuration>& config,
                    const std::shared_ptr<store_handle>& store, const std::string& code) {
  const service_column column{config->items, config->people};
  py::list out;
  for (const publicised_result& r :
       unwrap(publicised_results(*config, store->open(), column, item_id{code})))
    out.append(py::dict(py::arg("number") = r.number.text(), py::arg("name") = r.name,
                        py::arg("outcome") = r.outcome, py::arg("ended") = r.ended));
  return out;
}

py::list overdue_of(const std::shared_ptr<configuration>& config,
                    const std::shared_ptr<store_handle>& store, instant now,
                    std::optional<day> since) {
  py::list out;
  for (const overdue_case& c : unwrap(overdue_cases(*config, store->open(), now, since)))
    out.append(py::dict(py::arg("number") = c.number.text(), py::arg("item") = c.item.text(),
                        py::arg("item_name") = c.item_name, py::arg("department") = c.department,
                        py::arg("steps") = c.steps, py::arg("due") = c.due,
                        py::arg("days_late") = c.days_late, py::arg("ended") = c.ended));
  return out;
}

py::list stages_of_case(const std::shared_ptr<configuration>& config,
                        const std::shared_ptr<store_handle>& store, const std::string& id,
                        std::optional<instant> at, const consultation* asked) {
  py::list out;
  for (const stage_span& s :
       window_stages(unwrap(view_case(*config, store->open(), case_id{id}, at)), asked))
    out.append(py::dict(py::arg("stage") = std::string{to_string(s.stage)},
                        py::arg("label") = std::string{label(s.stage)}, py::arg("begun") = s.begun,
                        py::arg("ended") = s.ended));
  return out;
}

py::object answer(const std::optional<public_case>& found) {
  if (!found) return py::none();
  py::dict out;
  for (const auto& [name, value] : fields_of(*found)) out[py::str(std::string{name})] = value;
  return out;
}

void bind_open_office(py::module_& m) {
  py::class_<office, std::shared_ptr<office>>(m, "Office", "An office at work.")
      .def(
          "ask",
          [](office& o, const std::string& number, const std::string& certificate,
             std::optional<instant> at) {
            return answer(unwrap(o.ask({number, certificate}, at)));
          },
          py::arg("number"), py::arg("certificate"), py::arg("at") = py::none(),
          "How a case stands, by label, for who has both numbers; None for everybody else.")
      .def("refresh", &office::refresh, "Sees cases that came after the first question.")
      .def_property_readonly("name", [](const office& o) { return o.config.name; })
      .def_property_readonly(
          "items", [](const office& o) { return o.config.items.size(); }, "How many there are.")
      .def_property_readonly("event_count",
                             [](office& o) { return unwrap(o.cases().event_count()); })
      .def(
          "verify", [](office& o) { return unwrap(o.kept().verify()).empty(); },
          "Whether every event is what it was.");
  m.def(
      "open_office",
      [](const std::string& folder, const std::string& store, const std::string& keys,
         const std::string& master, const std::vector<std::string>& facts) {
        office_files f{.store = store, .keys = keys, .master = {}, .sealed = {}};
        f.sealed.facts = {facts.begin(), facts.end()};
        if (!master.empty()) f.master = unwrap(parse_master_key(master));
        return std::shared_ptr<office>{unwrap(open_office(folder, f))};
      },
      py::arg("folder"), py::kw_only(), py::arg("store") = "", py::arg("keys") = "",
      py::arg("master") = "", py::arg("facts") = std::vector<std::string>{},
      "An office from its folder of documents; its cases in a SQLite file or in memory, personal "
      "data sealed where there is a key ring.");
}

void bind_archive(py::module_& m) {
  const auto to_dict = [](const archive_record& r) {
    return py::dict(py::arg("number") = r.number, py::arg("what") = std::string{to_string(r.what)},
                    py::arg("at") = r.at, py::arg("address") = r.page.address,
                    py::arg("title") = r.page.title, py::arg("sha256") = r.sha256,
                    py::arg("reason") = r.reason);
  };
  py::class_<publication_archive>(m, "PublicationArchive", "What was published where and when.")
      .def(py::init<>())
      .def(
          "publish",
          [to_dict](publication_archive& a, const std::string& address, const std::string& title,
                    const std::string& unit, const py::bytes& contents, instant at,
                    const std::string& index_number, const std::string& media_type) {
            return to_dict(unwrap(a.publish({address, title, index_number, unit, media_type},
                                            std::string{contents}, at)));
          },
          py::arg("address"), py::arg("title"), py::arg("unit"), py::arg("contents"), py::arg("at"),
          py::kw_only(), py::arg("index_number") = "", py::arg("media_type") = "text/html",
          "Keeps the hash of what stands at an address from now on. Errors: missing-field, "
          "time-backwards.")
      .def(
          "withdraw",
          [to_dict](publication_archive& a, const std::string& address, const std::string& reason,
                    instant at) { return to_dict(unwrap(a.withdraw(address, reason, at))); },
          py::arg("address"), py::arg("reason"), py::arg("at"),
          "Errors: unknown-reference, missing-reason.")
      .def(
          "as_of",
          [to_dict](const publication_archive& a, const std::string& address, instant at) {
            const archive_record* r = a.as_of(address, at);
            return r != nullptr ? py::object(to_dict(*r)) : py::object(py::none());
          },
          py::arg("address"), py::arg("at"), "What stood there then, or None.")
      .def(
          "holds",
          [](const publication_archive& a, const std::string& address, instant at,
             const py::bytes& contents) { return a.holds(address, at, std::string{contents}); },
          py::arg("address"), py::arg("at"), py::arg("contents"),
          "Whether these were the contents there and then.")
      .def(
          "history",
          [to_dict](const publication_archive& a, const std::string& address) {
            py::list out;
            for (const archive_record& r : a.history(address)) out.append(to_dict(r));
            return out;
          },
          py::arg("address"))
      .def("verify", &publication_archive::verify, "The first record that does not fit; 0: none.")
      .def("save", &publication_archive::save, "Lines of JSON.")
      .def_static(
          "read", [](const std::string& text) { return unwrap(publication_archive::read(text)); },
          py::arg("text"), "What save() wrote. Errors: bundle-damaged.")
      .def("__len__", [](const publication_archive& a) { return a.records().size(); });
}

void bind_docking(py::module_& m) {
  py::class_<docking_gate>(m, "DockingGate", "Takes messages of the systems of an office.")
      .def(py::init([](const configuration& c) {
             return docking_gate{c.systems, c.items};
           }),
           py::arg("configuration"))
      .def(
          "receive",
          [](docking_gate& g, const std::string& message) {
            const docking_receipt r = unwrap(g.receive(unwrap(read_docking_message(message, {}))));
            return py::make_tuple(json_value(to_json(r)), r.records);
          },
          py::arg("message"),
          "The receipt as a dict, and the records that were taken. Errors: of messages as a whole.")
      .def(
          "last",
          [](const docking_gate& g, const std::string& system) {
            return g.last_of(business_system_id{system});
          },
          py::arg("system"), "The number of the last message of a system.");
}

online_application application_in(const py::dict& d) {
  online_application a;
  const auto text = [&](const char* key) {
    return d.contains(key) ? d[key].cast<std::string>() : std::string{};
  };
  a.item = item_id{text("item")};
  a.applicant = text("applicant");
  struct application& s = a.said;
  const std::initializer_list<std::pair<const char*, std::string*>> texts{
      {"title", &s.title},
      {"summary", &s.summary},
      {"agent", &s.agent},
      {"contact", &s.contact},
      {"phone", &s.phone},
      {"certificate", &s.certificate},
      {"certificate_number", &s.certificate_number},
      {"agent_certificate", &s.agent_certificate},
      {"agent_certificate_number", &s.agent_certificate_number}};
  for (const auto& [key, member] : texts) *member = text(key);
  if (d.contains("facts"))
    for (const auto& [name, value] : d["facts"].cast<py::dict>())
      a.facts.emplace_back(name.cast<std::string>(), value.cast<std::string>());
  if (d.contains("files"))
    for (const auto& each : d["files"].cast<py::list>()) {
      const auto pair = each.cast<std::pair<std::string, attachment>>();
      a.files.push_back({pair.first, pair.second});
    }
  return a;
}

const service_item& item_of(const configuration& c, const item_id& id) {
  for (const service_item& i : c.items)
    if (i.code == id) return i;
  throw failure{make_error(errc::unknown_item, "there is no item '{}'", "没有事项“{}”", id.text())};
}

void bind_intake(py::module_& m) {
  py::class_<application_intake>(m, "ApplicationIntake", "Gives numbers to online applications.")
      .def(py::init([](const std::string& area, const std::vector<std::string>& used) {
             return application_intake{area, used};
           }),
           py::arg("area"), py::arg("used") = std::vector<std::string>{},
           "area: eight digits; used: numbers given so far.")
      .def(
          "take",
          [](application_intake& intake, const configuration& c, const py::dict& given,
             instant at) {
            const online_application a = application_in(given);
            const service_item& item = item_of(c, a.item);
            refuse_problems(check(a, item));
            return unwrap(intake.take(a, item, at));
          },
          py::arg("configuration"), py::arg("application"), py::arg("at"),
          "The number of an application: a dict of item, applicant, certificate, "
          "certificate_number, phone, facts, files (pairs of material and Attachment) and what "
          "else there is. Everything wrong is in Error.problems.");
}

} // namespace

void bind_repositories(py::module_& m) {
  bind_tables(m);
  m.def("publicised_results", &results_of, py::arg("configuration"), py::arg("store"),
        py::arg("code"),
        "Cases of an item that have ended: number, name (masked), outcome, ended. Errors: "
        "not-permitted, unknown-item.");
  m.def("overdue_cases", &overdue_of, py::arg("configuration"), py::arg("store"), py::arg("now"),
        py::arg("since") = py::none(),
        "Cases past their promised limit: open ones, and with `since` those that ended late from "
        "that day on.");
  m.def("window_stages", &stages_of_case, py::arg("configuration"), py::arg("store"),
        py::arg("case"), py::kw_only(), py::arg("at") = py::none(), py::arg("asked") = py::none(),
        "What the window did about a case: stage (consultation, acceptance, handling, feedback), "
        "label, begun, ended. asked: the Consultation that led to it. Errors: "
        "unknown-reference, definition-changed.");
  m.def(
      "shown_complaint",
      [](const complaint_record& c, bool personal) { return shown(c, right_of(personal)); },
      py::arg("complaint"), py::kw_only(), py::arg("personal") = false,
      "A complaint as others may read it: the complainant masked, or left out where he asked for "
      "secrecy.");
  bind_open_office(m);
  bind_archive(m);
  bind_docking(m);
  bind_intake(m);
}

} // namespace banli::python
