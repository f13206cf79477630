// The service column as the public finds it: directory, pages, search, consultations, places.
#include "portal.hpp"

#include <banli/base/mask.hpp>
#include <banli/portal/consultation_desk.hpp>
#include <banli/portal/participants.hpp>
#include <banli/portal/window_tree.hpp>

#include "bind_office.hpp"
#include "casters.hpp"
#include "parts.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

using text_list = std::vector<std::string>;

std::vector<column_axis> axes_of(const text_list& names) {
  std::vector<column_axis> out;
  for (const std::string& n : names) out.push_back(unwrap(parse_column_axis(n)));
  return out;
}

py::dict node_dict(const service_column& c, const column_node& n) {
  py::list items;
  for (const std::size_t i : n.items) items.append(c.items()[i].code.text());
  py::list below;
  for (const column_node& b : n.below) below.append(node_dict(c, b));
  return py::dict(py::arg("name") = n.name, py::arg("items") = items, py::arg("below") = below);
}

py::dict page_dict(const column_handle& h, std::size_t page, std::size_t size,
                   const std::string& node, const text_list& axes) {
  const column_node root = h.column.directory(axes_of(axes));
  const column_node* at = find(root, node);
  if (at == nullptr)
    throw failure{make_error(errc::unknown_reference, "the directory has no node '{}'",
                             "目录中没有“{}”", node)};
  const column_page p = unwrap(h.column.page(at->items, {.page = page, .size = size}));
  py::list lines;
  for (const column_line& l : p.lines)
    lines.append(py::make_tuple(l.code.text(), l.name, l.department));
  return py::dict(py::arg("lines") = lines, py::arg("page") = p.page, py::arg("pages") = p.pages,
                  py::arg("found") = p.found);
}

template <class View>
py::dict labelled(const View& v) {
  py::dict out;
  for (std::size_t i = 0; i < v.values.size(); ++i)
    out[py::str(std::string{v.labels[i]})] = v.values[i];
  return out;
}

py::dict item_dict(const column_handle& h, const std::string& code) {
  const item_column c = unwrap(h.column.open(item_id{code}));
  py::list questions;
  for (const question& q : c.consultation.answered)
    questions.append(py::make_tuple(q.asked, q.answered));
  py::list forms;
  for (const form_line& f : c.forms)
    forms.append(py::dict(py::arg("number") = f.number, py::arg("name") = f.name,
                          py::arg("description") = f.description, py::arg("link") = f.link));
  py::dict out;
  out["guide"] = labelled(c.guide);
  out["consultation"] = py::dict(
      py::arg("unit") = c.consultation.unit.text(), py::arg("unit_name") = c.consultation.unit_name,
      py::arg("phone") = c.consultation.phone, py::arg("answered") = questions);
  out["forms"] = forms;
  out["application"] =
      py::dict(py::arg("offered") = c.application.offered, py::arg("link") = c.application.link,
               py::arg("materials") = c.application.materials);
  out["feedback"] = py::dict(py::arg("publicised") = c.feedback.publicised);
  return out;
}

py::list hits_of(const column_handle& h, const std::string& words, std::size_t most) {
  py::list out;
  for (const search_hit& hit : unwrap(h.search.find(words, most)).hits)
    out.append(py::dict(py::arg("item") = hit.item.text(), py::arg("name") = hit.name,
                        py::arg("part") = hit.part, py::arg("excerpt") = hit.excerpt,
                        py::arg("score") = hit.score));
  return out;
}

py::dict route_of(const column_handle& h, const std::string& title, const std::string& words,
                  const std::string& unit, const std::string& item, const std::string& reception) {
  consultation c;
  c.title = title;
  c.words = words;
  c.unit = department_id{unit};
  c.item = item_id{item};
  const routing r = unwrap(route(c, h.column, h.search, {.reception = department_id{reception}}));
  return py::dict(py::arg("to") = r.to.text(), py::arg("by") = std::string{to_string(r.by)},
                  py::arg("item") = r.item.text());
}

py::dict clock_of(const workday_calendar& calendar, instant asked, instant now,
                  std::optional<instant> answered, const std::string& limit) {
  consultation c;
  c.asked = asked;
  c.answered = answered;
  const reply_clock k =
      unwrap(reply_clock_of(c, calendar, {.reply = unwrap(parse_time_limit(limit))}, now));
  return py::dict(py::arg("due") = k.due, py::arg("standing") = std::string{to_string(k.standing)},
                  py::arg("provisional") = k.provisional);
}

void bind_column(py::module_& m) {
  const text_list levels{"department", "type"};
  py::class_<column_handle, std::shared_ptr<column_handle>>(
      m, "ServiceColumn", "The items of an office as the public finds them.")
      .def(py::init([](const configuration& c) { return std::make_shared<column_handle>(c); }),
           py::arg("configuration"))
      .def(
          "directory",
          [](const column_handle& h, const text_list& axes) {
            return node_dict(h.column, h.column.directory(axes_of(axes)));
          },
          py::arg("axes") = levels,
          "A dict of name, items (codes) and below, level by level: department, type, field, "
          "applicants, catalogue. Errors: unknown-value.")
      .def("page", &page_dict, py::arg("page") = 1, py::arg("size") = 20, py::kw_only(),
           py::arg("node") = "", py::arg("axes") = levels,
           "One page of the items below a node: lines of (code, name, department), page, pages, "
           "found. Errors: out-of-range, bad-value, limit-exceeded, unknown-reference.")
      .def("open", &item_dict, py::arg("code"),
           "The five sub-columns of an item: guide, consultation, forms, application, feedback. "
           "Errors: unknown-item.")
      .def(
          "commitment",
          [](const column_handle& h, const std::string& code) {
            return labelled(unwrap(h.column.commitment(item_id{code})));
          },
          py::arg("code"), "What the office commits itself to, by label. Errors: unknown-item.")
      .def("search", &hits_of, py::arg("words"), py::arg("most") = 20,
           "Items by words, the best first: item, name, part, excerpt, score. Errors: "
           "limit-exceeded.")
      .def("route", &route_of, py::arg("title"), py::arg("words") = "", py::kw_only(),
           py::arg("unit") = "", py::arg("item") = "", py::arg("reception") = "",
           "Who answers a question: to (department), by (item, unit, words, reception), item. "
           "Errors: unknown-item, unknown-reference.");
  m.def(
      "reply_clock", &clock_of, py::arg("calendar"), py::arg("asked"), py::arg("now"),
      py::arg("answered") = py::none(), py::arg("limit") = "5 workdays",
      "Until when a question must be answered, and how that stands: due, standing (open, overdue, "
      "in_time, late), provisional.");
}

std::vector<service_place> places_of(const std::vector<py::dict>& given) {
  std::vector<service_place> out;
  for (const py::dict& d : given) {
    const auto text = [&](const char* key) {
      return d.contains(key) ? d[key].cast<std::string>() : std::string{};
    };
    service_place p;
    p.id = text("id");
    p.name = text("name");
    p.level = unwrap(parse_place_level(text("level")));
    p.parent = text("parent");
    if (d.contains("kind")) p.kind = unwrap(parse_place_kind(text("kind")));
    out.push_back(std::move(p));
  }
  return out;
}

py::list served_list(const std::vector<served_item>& all) {
  py::list out;
  for (const served_item& s : all)
    out.append(py::dict(
        py::arg("item") = s.item.text(), py::arg("place") = s.place, py::arg("window") = s.window,
        py::arg("role") = s.role ? py::object(py::str(std::string{to_string(*s.role)}))
                                 : py::object(py::none())));
  return out;
}

void bind_places(py::module_& m) {
  py::class_<window_tree>(m, "WindowTree", "Where the public is served, city to village.")
      .def(py::init([](const std::vector<py::dict>& given) {
             const std::vector<service_place> places = places_of(given);
             refuse_problems(check(places));
             return unwrap(window_tree::build(places));
           }),
           py::arg("places"),
           "places: dicts of id, name, level (city, county, town, village), parent, kind "
           "(main_hall, sub_hall, station). Everything wrong is in Error.problems.")
      .def(
          "chain", [](const window_tree& t, const std::string& id) { return t.chain(id); },
          py::arg("id"), "The ids from the root down to a place.")
      .def(
          "below", [](const window_tree& t, const std::string& id) { return t.below(id); },
          py::arg("id") = "", "The ids just below a place; the roots for none.")
      .def(
          "count",
          [](const window_tree& t, const std::string& id, const std::string& level) {
            return t.count(id, unwrap(parse_place_level(level)));
          },
          py::arg("id"), py::arg("level"), "How many places of a level stand at or below a place.")
      .def(
          "served",
          [](const window_tree& t, const std::string& id, const configuration& c, bool below) {
            return served_list(below ? t.served_below(id, c.items) : t.served(id, c.items));
          },
          py::arg("id"), py::arg("configuration"), py::kw_only(), py::arg("below") = false,
          "What a place offers, or it and those below it: item, place, window, role.");
}

py::list participant_list() {
  py::list out;
  for (std::size_t i = 0; i < participant_count; ++i) {
    const auto p = static_cast<participant>(i);
    py::dict rights;
    for (std::size_t r = 0; r < repository_count; ++r) {
      const auto what = static_cast<repository>(r);
      rights[py::str(std::string{to_string(what)})] =
          std::string{to_string(right_of(default_write_rights(), p, what))};
    }
    out.append(py::dict(py::arg("name") = std::string{to_string(p)},
                        py::arg("label") = std::string{label(p)}, py::arg("duty") = duty_of(p).zh,
                        py::arg("rights") = rights));
  }
  return out;
}

} // namespace

void bind_portal(py::module_& m) {
  bind_column(m);
  bind_places(m);
  m.def("participants", &participant_list,
        "Who takes part: name, label, duty, and rights by repository (none, read, review, answer, "
        "operate, maintain).");
  m.def(
      "may_write",
      [](const std::string& who, const std::string& what) {
        return may_write(unwrap(parse_participant(who)), unwrap(parse_repository(what)));
      },
      py::arg("participant"), py::arg("repository"), "Whether somebody maintains a repository.");
  m.def("mask_name", &mask_name, py::arg("name"), "张三丰 -> 张**");
  m.def("mask_number", &mask_number, py::arg("number"),
        "The number of a certificate: six and four.");
  m.def("mask_phone", &mask_phone, py::arg("phone"), "13800001234 -> 138****1234");
  m.def("mask_numbers_in", &mask_numbers_in, py::arg("text"),
        "A text with every run of eleven digits or more masked.");
}

} // namespace banli::python
