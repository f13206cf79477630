// bound_values.hpp — an activation made of a table: for tests of rules, examples and the command
// line.
//
//   bound_values b;
//   b.set("case.promised_days", 20);
//   b.set("case.status", "open");
//   b.read({0, "case.status"});        // "open"
//   b.read({1, "case.closed_at"});     // missing
//
// A clock is a list of steps; the reading depends on now, which is an argument as everywhere:
//
//   bound_values b{t};
//   b.set_clock("case.elapsed_workdays", clock_course::rising, {{t0, 0}, {t1, 1}, {t2, 2}});
//
// Before its first step a clock is missing.
//
// A bound_row keeps no names: it is what evaluates most rules in some tens of nanoseconds.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include <banli/expression/activation.hpp>
#include <banli/expression/environment.hpp>

namespace banli {

/// From `from` on the clock shows `shows`.
struct clock_step {
  instant from;
  value shows;
};

class bound_values : public activation {
 public:
  explicit bound_values(instant now = {}) : now_(now) {}

  bound_values& set(std::string path, value v);
  /// Steps in ascending order of time.
  bound_values& set_clock(std::string path, clock_course course, std::vector<clock_step> steps);

  reading read(field_ref field) const override;
  std::optional<instant> reaches(field_ref field, const value& threshold) const override;

 private:
  struct clock {
    clock_course course;
    std::vector<clock_step> steps;
  };
  instant now_;
  std::map<std::string, value, std::less<>> values_;
  std::map<std::string, clock, std::less<>> clocks_;
};

/// Fields by slot, and no clocks: the fastest activation. The values stay with the caller.
///
///   bound_row row(env);
///   row.bind(*env.slot("case.promised_days"), &days);
///   c.program->holds(row);
class bound_row : public activation {
 public:
  explicit bound_row(const environment& env) : at_(env.fields().size()) {}

  /// A null pointer: the field is missing. The slot is one of the environment's.
  bound_row& bind(std::uint32_t slot, const value* v) {
    at_[slot] = v;
    return *this;
  }

  reading read(field_ref field) const override;
  std::optional<instant> reaches(field_ref field, const value& threshold) const override;
  std::span<const value* const> table() const override { return at_; }

 private:
  std::vector<const value*> at_;
};

} // namespace banli
