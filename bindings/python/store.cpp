// Store: events of cases, kept and proved.
#include <banli/drawing/masked_event.hpp>
#include <banli/interchange/process_log.hpp>
#include <banli/run/case_view.hpp>
#include <banli/storage/backup.hpp>
#include <banli/storage/checkpoint.hpp>
#include <banli/storage/sqlite_store.hpp>

#include "bind.hpp"
#include "casters.hpp"
#include "store.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

py::dict plain_dict(const event& e) {
  py::dict d;
  d["number"] = e.number;
  d["what"] = std::string{to_string(e.what)};
  d["at"] = e.at;
  d["actor"] = e.actor;
  d["request"] = e.request;
  const py::object json = py::module_::import("json").attr("loads")(to_json(e));
  for (const auto& [key, value] : json.cast<py::dict>())
    if (!d.contains(key)) d[key] = value;
  return d;
}

} // namespace

py::dict to_dict(const shared_history& history, std::size_t at) {
  const py::cpp_function shown{[history, at] { return plain_dict(masked_events(*history)[at]); }};
  const py::object masked = py::module_::import("banli._printing").attr("masked");
  return masked(plain_dict((*history)[at]), shown);
}

py::list to_dicts(std::vector<event> history) {
  const auto all = std::make_shared<const std::vector<event>>(std::move(history));
  py::list out;
  for (std::size_t at = 0; at < all->size(); ++at) out.append(to_dict(all, at));
  return out;
}

namespace {

py::list events_of(const store_handle& s, const case_id& id) {
  return to_dicts(unwrap(s.open().load(id)));
}

py::list cases_of(const store_handle& s) {
  py::list out;
  unwrap(s.open().each([&](const stored_case& c) {
    out.append(py::dict(py::arg("id") = c.id, py::arg("item") = c.item,
                        py::arg("version") = c.version, py::arg("definition") = c.definition,
                        py::arg("chain") = c.chain));
  }));
  return out;
}

py::list told(const std::vector<chain_fault>& faults) {
  py::list out;
  for (const chain_fault& f : faults)
    out.append(py::dict(py::arg("id") = f.id, py::arg("number") = f.number,
                        py::arg("what") = f.what.en, py::arg("what_zh") = f.what.zh));
  return out;
}

/// Lets other threads of Python run while a store works.
template <class F>
auto while_others_run(const store_handle& s, F f) {
  case_store& store = s.open();
  const py::gil_scoped_release others_may_run;
  return unwrap(f(store));
}

py::list verify(const store_handle& s) {
  return told(while_others_run(s, [](case_store& store) { return store.verify(); }));
}

py::list verify_one(const store_handle& s, const std::string& id) {
  return told(while_others_run(s, [&](case_store& store) -> result<std::vector<chain_fault>> {
    auto fault = store.verify_case(case_id{id});
    if (!fault) return fault.error();
    std::vector<chain_fault> all;
    if (*fault) all.push_back(std::move(**fault));
    return all;
  }));
}

std::string signed_checkpoint(const store_handle& s, const std::string& key,
                              const std::string& note) {
  return while_others_run(s, [&](case_store& store) -> result<std::string> {
    const auto c = take_checkpoint(store, note);
    if (!c) return c.error();
    return sign(*c, key);
  });
}

py::list compare_with(const store_handle& s, const std::string& file, const std::string& key) {
  const checkpoint c = unwrap(read_checkpoint(file, key));
  return told(while_others_run(s, [&](case_store& store) { return compare(store, c); }));
}

py::dict backup(const store_handle& s, const std::string& path) {
  const backup_report r =
      while_others_run(s, [&](case_store& store) { return back_up(store, path); });
  return py::dict(py::arg("cases") = r.cases, py::arg("events") = r.events);
}

py::object find_request(const store_handle& s, const std::string& request) {
  const auto found = unwrap(s.open().find_request(request_id{request}));
  if (!found) return py::none();
  return py::make_tuple(found->id, found->first, found->last);
}

/// The events of every case, case by case; one case at a time is in memory.
class all_events {
 public:
  explicit all_events(std::shared_ptr<store_handle> s) : store_(std::move(s)) {
    unwrap(store_->open().each([&](const stored_case& c) { ids_.push_back(c.id); }));
  }

  py::tuple next() {
    while (at_ == events_->size()) {
      if (case_ == ids_.size()) throw py::stop_iteration();
      events_ =
          std::make_shared<const std::vector<event>>(unwrap(store_->open().load(ids_[case_++])));
      at_ = 0;
    }
    return py::make_tuple(ids_[case_ - 1], to_dict(events_, at_++));
  }

 private:
  std::shared_ptr<store_handle> store_;
  std::vector<case_id> ids_;
  std::size_t case_ = 0;
  shared_history events_ = std::make_shared<const std::vector<event>>();
  std::size_t at_ = 0;
};

std::string export_cases(const store_handle& s, const std::string& form, bool everything,
                         const std::string& offset) {
  if (form != "xes" && form != "ocel") throw py::value_error("form: 'xes' or 'ocel'");
  unwrap(check_offset(offset));
  return while_others_run(s, [&](case_store& store) -> result<std::string> {
    process_log log{form == "xes" ? process_form::xes : process_form::ocel,
                    {.details = everything ? told_details::everything : told_details::process,
                     .offset = offset,
                     .name = {}}};
    const auto all = cases_in(store);
    if (!all) return all.error();
    for (const stored_case& c : *all) {
      const auto events = store.load(c.id);
      if (!events) return events.error();
      log.add({c.id, c.item, *events});
    }
    return std::move(log).take();
  });
}

std::shared_ptr<store_handle> open_file(const std::string& path, const std::string& digest) {
  const chain_digest with = unwrap(parse_chain_digest(digest));
  return std::make_shared<store_handle>(unwrap(open_sqlite_store(path, {}, with)));
}

void bind_proofs(py::class_<store_handle, std::shared_ptr<store_handle>>& c) {
  c.def("verify", &verify, "Recomputes every hash chain; empty: the log is what it was.")
      .def("verify_case", &verify_one, py::arg("id"),
           "verify_case(id) -> list\n\nThe same for one case: at most one fault.")
      .def("checkpoint", &signed_checkpoint, py::arg("key"), py::arg("note") = "-",
           "checkpoint(key, note='-') -> str\n\nWhere every case stands, signed with a private key "
           "(PEM). To be kept elsewhere.")
      .def("compare", &compare_with, py::arg("checkpoint"), py::arg("public_key"),
           "compare(checkpoint, public_key) -> list\n\nWhat of a checkpoint the store no longer "
           "has. Errors: bad-key, bad-signature, syntax-error.")
      .def("backup", &backup, py::arg("path"),
           "backup(path) -> dict\n\nA copy in a new file, proved before it gets its name: cases, "
           "events. Errors: store-corrupt, store-failure, file-not-found.")
      .def("export", &export_cases, py::arg("form"), py::kw_only(), py::arg("everything") = false,
           py::arg("offset") = "+08:00",
           "export(form, *, everything=False, offset='+08:00') -> str\n\nAll cases as 'xes' (IEEE "
           "1849) or 'ocel' (OCEL 2.0); without what people wrote unless everything is asked for.");
}

} // namespace

void bind_store(py::module_& m) {
  py::class_<all_events>(m, "EventIterator", "Pairs of a case and an event, case by case.")
      .def("__iter__", [](py::object self) { return self; })
      .def("__next__", &all_events::next);
  py::class_<store_handle, std::shared_ptr<store_handle>> c(m, "Store",
                                                            "Where the events of cases are kept.");
  c.def("cases", &cases_of, "Every case: id, item, version, definition, chain.")
      .def("events", &events_of, py::arg("case"), "The events of a case, in order, as dicts.")
      .def(
          "case",
          [](std::shared_ptr<store_handle> s, const std::string& id,
             std::shared_ptr<configuration> config) {
            return case_handle{std::move(s), std::move(config), case_id{id}};
          },
          py::arg("id"), py::arg("configuration") = py::none(),
          "case(id, configuration=None) -> StoredCase\n\nOne case; with a configuration it can be "
          "asked how it stood.")
      .def(
          "find_request", &find_request, py::arg("request"),
          "find_request(request) -> tuple | None\n\nCase, first and last number of the events that "
          "a request led to.")
      .def_property_readonly("event_count",
                             [](const store_handle& s) { return unwrap(s.open().event_count()); })
      .def_property_readonly(
          "digest", [](const store_handle& s) { return std::string{to_string(s.open().digest())}; },
          "What its chains are made with: sha256 or sm3.")
      .def("close", &store_handle::close, "Lets the file go; the store cannot be used afterwards.")
      .def("__iter__", [](std::shared_ptr<store_handle> s) { return all_events{std::move(s)}; })
      .def("__enter__", [](const std::shared_ptr<store_handle>& s) { return s; })
      .def("__exit__", [](store_handle& s, const py::args&) { s.close(); });
  bind_proofs(c);
  m.def("open_store", &open_file, py::arg("path"), py::arg("digest") = "sha256",
        "open_store(path, digest='sha256') -> Store\n\nOpens a SQLite store, or creates one whose "
        "chains are made with a digest; one that is there keeps its own.");
  m.def(
      "memory_store",
      [](const std::string& digest) {
        return std::make_shared<store_handle>(memory_store({}, unwrap(parse_chain_digest(digest))));
      },
      py::arg("digest") = "sha256",
      "memory_store(digest='sha256') -> Store\n\nA store that lives as long as the process.");
}

} // namespace banli::python
