// options.hpp — the keyword arguments that a deadline takes.
//
// due(), usage() and moved_by() take the same words, for one case and for many. They are read here
// once; a word that nobody asked for is a TypeError with a did-you-mean, so that a mistyped
// `exclde=` never passes for "no exclusions".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <pybind11/pybind11.h>

#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/counting.hpp>
#include <banli/deadline/exclusion.hpp>
#include <banli/deadline/time_limit.hpp>

namespace banli::python {

/// A TimeLimit, or the text of one.
time_limit limit_in(pybind11::handle h);

/// WorkingHours, or the text of sessions that hold on every weekday; null for None.
std::shared_ptr<const working_hours> hours_in(pybind11::handle h);

/// "en" or "zh".
language language_of(const std::string& name);

class options {
 public:
  explicit options(const pybind11::kwargs& given) : given_(given) {}

  counting_rules rules();
  /// exclude, suspend, restart: lists of (kind, first day, last day or None).
  std::vector<exclusion> exclusions();
  std::vector<extension> extensions();
  std::shared_ptr<const working_hours> hours() { return hours_in(take("hours")); }

  /// The value of a word; None where it is not given.
  pybind11::object take(const char* name);
  /// TypeError if something was given that nobody took.
  void done() const;

 private:
  template <class Enum, std::size_t n>
  std::optional<Enum> word(const char* name, const std::array<std::string_view, n>& words);
  void add_stops(const char* name, stop_type type, std::vector<exclusion>& out);

  const pybind11::kwargs& given_;
  std::vector<std::string_view> taken_;
};

} // namespace banli::python
