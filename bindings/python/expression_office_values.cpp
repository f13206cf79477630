// Dates, money, limits, calendars, optionals and addresses as values of expressions.
#include "expression_office_values.hpp"

#include <memory>

#include <banli/calendar/workday_calendar.hpp>

#include "casters.hpp"
#include "expression_values.hpp"

namespace py = pybind11;

namespace banli::python {

namespace {

/// An optional, which Python has no class for: None would be null.
struct optional_object {
  value of = value::optional_none();
};

failure no_decimal(py::handle h) {
  return failure{make_error(errc::out_of_range,
                            "{} is no decimal of at most {} digits, {} of them places",
                            "{} 不是至多 {} 位(其中小数 {} 位)的十进制数", std::string{py::str(h)},
                            most_decimal_digits, static_cast<int>(most_decimal_places))};
}

value decimal_from(py::handle h) {
  const auto d = parse_decimal(h.attr("__format__")("f").cast<std::string>());
  if (!d) throw no_decimal(h);
  return *d;
}

bool is_of(py::handle h, std::string_view module, std::string_view start) {
  const std::string_view name = Py_TYPE(h.ptr())->tp_name;
  const std::string_view own = name.substr(name.rfind('.') + 1);
  if (!own.starts_with(start)) return false;
  return py::type::handle_of(h).attr("__module__").cast<std::string>() == module;
}

value internet_from(py::handle h) {
  const std::string text = py::str(h);
  if (const auto a = parse_ip_address(text)) return *a;
  if (const auto n = parse_ip_network(text)) return *n;
  throw failure{make_error(errc::bad_value, "{} is no address", "{} 不是 IP 地址", text)};
}

py::object network_object(const ip_network& n) {
  const auto module = py::module_::import("ipaddress");
  // A network of Python has no bits behind its prefix.
  return module.attr(masked(n) == n ? "ip_network" : "ip_interface")(to_string(n));
}

} // namespace

std::optional<value> office_value_from(py::handle h) {
  if (py::isinstance<optional_object>(h)) return h.cast<optional_object>().of;
  if (py::isinstance<time_limit>(h)) return value(h.cast<time_limit>());
  if (py::isinstance<workday_calendar>(h))
    return value(std::make_shared<const workday_calendar>(h.cast<workday_calendar>()));
  if (is_of(h, "decimal", "Decimal")) return decimal_from(h);
  if (is_of(h, "ipaddress", "IPv")) return internet_from(h);
  return std::nullopt;
}

py::object office_object(const value& v) {
  switch (v.kind()) {
  case type_kind::optional: return py::cast(optional_object{v});
  case type_kind::date: return py::cast(*v.as_date());
  case type_kind::decimal:
    return py::module_::import("decimal").attr("Decimal")(to_string(*v.as_decimal()));
  case type_kind::address:
    return py::module_::import("ipaddress").attr("ip_address")(to_string(*v.as_address()));
  case type_kind::network: return network_object(*v.as_network());
  case type_kind::time_limit: return py::cast(*v.as_time_limit());
  case type_kind::calendar: return py::cast(workday_calendar(*v.as_calendar()));
  default: return py::none();
  }
}

void bind_office_values(py::module_& m) {
  py::class_<optional_object> o(m, "OptionalValue", "A value or none, as optional.of(x) gives it.");
  o.def(py::init<>(), "OptionalValue()\n\nHolds nothing.");
  o.def(py::init([](py::handle held) {
          return optional_object{value::optional_of(value_from_python(held))};
        }),
        py::arg("value"), "OptionalValue(value)");
  o.def_property_readonly("has_value",
                          [](const optional_object& x) { return x.of.held() != nullptr; });
  o.def_property_readonly(
      "value",
      [](const optional_object& x) {
        if (!x.of.held())
          throw failure{make_error(errc::bad_value, "the optional holds nothing", "optional 为空")};
        return python_from(*x.of.held());
      },
      "What it holds. Errors: bad-value where it holds nothing.");
  o.def(
      "or_value",
      [](const optional_object& x, const py::object& other) {
        return x.of.held() ? python_from(*x.of.held()) : other;
      },
      py::arg("other"), "or_value(other)\n\nWhat it holds, or else the other.");
  o.def("__bool__", [](const optional_object& x) { return x.of.held() != nullptr; });
  o.def("__eq__", [](const optional_object& x, py::handle other) {
    return py::isinstance<optional_object>(other) && other.cast<optional_object>().of == x.of;
  });
  o.attr("__hash__") = py::none();
  o.def("__repr__", [](const optional_object& x) {
    return x.of.held() ? "OptionalValue(" + std::string(py::repr(python_from(*x.of.held()))) + ")"
                       : std::string("OptionalValue()");
  });
}

} // namespace banli::python
