#include <banli/expression/bound_values.hpp>

#include <algorithm>
#include <utility>

namespace banli {

std::optional<std::vector<condition_turn>> activation::behind(field_ref) const {
  return std::nullopt;
}

bound_values& bound_values::set(std::string path, value v) {
  values_.insert_or_assign(std::move(path), std::move(v));
  return *this;
}

bound_values& bound_values::set_clock(std::string path, clock_course course,
                                      std::vector<clock_step> steps) {
  clocks_.insert_or_assign(std::move(path), clock{course, std::move(steps)});
  return *this;
}

reading bound_values::read(field_ref field) const {
  if (const auto c = clocks_.find(field.path); c != clocks_.end()) {
    const auto& steps = c->second.steps;
    const auto next = std::ranges::upper_bound(steps, now_, {}, &clock_step::from);
    reading r;
    if (next != steps.end()) r.holds_until = next->from;
    if (next == steps.begin()) return r;
    r.now = std::prev(next)->shows;
    r.course = c->second.course;
    return r;
  }
  const auto v = values_.find(field.path);
  return v == values_.end() ? reading::missing() : reading::of(v->second);
}

std::optional<instant> bound_values::reaches(field_ref field, const value& threshold) const {
  const auto c = clocks_.find(field.path);
  if (c == clocks_.end()) return std::nullopt;
  for (const clock_step& s : c->second.steps) {
    const auto order = compare(s.shows, threshold);
    if (!order) continue;
    if (c->second.course == clock_course::rising ? *order >= 0 : *order <= 0) return s.from;
  }
  return std::nullopt;
}

reading bound_row::read(field_ref field) const {
  const value* v = field.slot < at_.size() ? at_[field.slot] : nullptr;
  return v ? reading::of(*v) : reading::missing();
}

std::optional<instant> bound_row::reaches(field_ref /*field*/, const value& /*threshold*/) const {
  return std::nullopt;
}

} // namespace banli
