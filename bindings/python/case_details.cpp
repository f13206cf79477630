#include "case_details.hpp"

#include <algorithm>

#include <banli/base/nearest.hpp>

#include <engine/details_members.hpp>

#include "casters.hpp"
#include "options.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

std::string text_in(const char* name, py::handle h) {
  if (PyUnicode_Check(h.ptr())) return std::string{text_of(h)};
  throw py::type_error(fmt::format("{}: expected text, not {}", name, Py_TYPE(h.ptr())->tp_name));
}

/// Takes arguments away one by one, so that what is left at the end means nothing.
class detail_arguments {
 public:
  explicit detail_arguments(const py::dict& given, const char* of) : given_(given), of_(of) {}

  template <class F>
  void take(const char* name, F f) {
    known_.emplace_back(name);
    if (given_.contains(name) && !given_[name].is_none()) f(py::object{given_[name]});
  }

  void text(const char* name, std::string& into) {
    take(name, [&](py::handle h) { into = text_in(name, h); });
  }

  void done() const {
    for (const auto& item : given_) {
      const std::string_view name = text_of(item.first);
      if (std::find(known_.begin(), known_.end(), name) == known_.end())
        throw py::type_error(
            fmt::format("no {} '{}' here{}", of_, name, suggestion(name, known_).en));
    }
  }

 private:
  const py::dict& given_;
  const char* of_;
  std::vector<std::string_view> known_;
};

application application_of(py::handle h) {
  const auto given = h.cast<py::dict>();
  application a;
  detail_arguments in{given, "member of an application"};
  detail::each_application_text(
      a, [&](std::string_view name, std::string& member) { in.text(name.data(), member); });
  in.done();
  return a;
}

std::vector<material_review> reviews_of(py::handle h) {
  std::vector<material_review> out;
  for (const py::handle each : h) {
    const auto line = each.cast<std::vector<std::string>>();
    if (line.size() < 2 || line.size() > 3)
      throw py::type_error("reviews: a tuple of material, standing and perhaps reason");
    out.push_back({line[0], unwrap(parse_material_standing(line[1])),
                   line.size() == 3 ? line[2] : std::string{}});
  }
  return out;
}

std::string fact_text(py::handle h) {
  if (PyBool_Check(h.ptr())) return h.cast<bool>() ? "true" : "false";
  return py::str(h).cast<std::string>();
}

} // namespace

details details_of(const py::kwargs& given) {
  details d;
  detail_arguments in{given, "argument"};
  detail::each_text(d, [&](std::string_view name, auto& member) {
    if (name == "arrow") return; // arrows are taken by the engine, not by a command
    in.take(name.data(), [&](py::handle h) { detail::assign(member, text_in(name.data(), h)); });
  });
  in.take("channel", [&](py::handle h) { d.by = unwrap(parse_channel(text_of(h))); });
  in.take("result", [&](py::handle h) { d.result = unwrap(parse_case_result(text_of(h))); });
  in.take("received", [&](py::handle h) { d.received = h.cast<day>(); });
  in.take("limit", [&](py::handle h) { d.limit = limit_in(h); });
  in.take("recorded", [&](py::handle h) { d.recorded = h.cast<instant>(); });
  in.take("until", [&](py::handle h) { d.until = h.cast<day>(); });
  in.take("application", [&](py::handle h) { d.application = application_of(h); });
  in.take("attachments", [&](py::handle h) { d.attachments = h.cast<std::vector<std::string>>(); });
  in.take("reviews", [&](py::handle h) { d.reviews = reviews_of(h); });
  in.take("facts", [&](py::handle h) {
    for (const auto& [name, value] : h.cast<py::dict>())
      d.facts.emplace_back(text_in("facts", name), fact_text(value));
  });
  in.take("moves", [&](py::handle h) {
    for (const auto& [from, to] : h.cast<py::dict>())
      d.moves.emplace_back(text_in("moves", from), text_in("moves", to));
  });
  in.done();
  return d;
}

} // namespace banli::python
