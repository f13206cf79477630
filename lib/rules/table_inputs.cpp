#include "table_inputs.hpp"

#include <utility>

#include "expression/expiry.hpp"

namespace banli::detail::tables {

namespace {

/// A value of the column's type, out of its domain.
void accept(const input_column& c, value v, input_value& out) {
  if (c.of.is(type_kind::real) && v.as_int()) {
    v = value{static_cast<double>(*v.as_int())};
    out.course = clock_course::irregular; // the clock itself is not asked for fractions
  }
  const type_kind wanted = c.of.is(type_kind::enumeration) ? type_kind::string : c.of.kind();
  const bool plain = wanted != type_kind::dyn && wanted != type_kind::record;
  if (plain && v.kind() != wanted) {
    out.refused = true;
    out.standing.is = state::error;
    out.standing.why =
        make_error(errc::type_mismatch, "input '{}' should be {}, and is {}",
                   "输入项“{}”应为 {},实为 {}", c.name, to_string(c.of), runtime_type_name(v));
  } else if ((c.domain && !c.domain->holds(v)) ||
             (c.of.is(type_kind::enumeration) &&
              std::ranges::find(c.of.values(), *v.as_string()) == c.of.values().end())) {
    out.refused = true;
    out.standing.is = state::error;
    out.standing.why = make_error(errc::unknown_value, "{} is no value of input '{}'",
                                  "{} 不是输入项“{}”的取值", to_text(v), c.name);
  }
  out.v = std::move(v);
}

} // namespace

verdict_of trouble(outcome o) {
  verdict_of v;
  v.is = o.is;
  v.missing.insert(o.missing.begin(), o.missing.end());
  if (o.is == state::error) v.why = std::move(o.error);
  v.until = o.holds_until;
  return v;
}

input_value read_input(const plan& p, const input_column& c, const activation& from) {
  input_value out;
  if (c.expression) {
    outcome o = c.expression->evaluate(from, p.limits.evaluation);
    out.until = o.holds_until;
    out.course = o.course;
    if (o.is != state::value)
      out.standing = trouble(std::move(o));
    else
      accept(c, std::move(o.value), out);
    return out;
  }
  reading r = from.read({c.slot, p.words.fields()[c.slot].path});
  out.until = r.holds_until;
  out.course = r.course;
  if (r.now) {
    accept(c, *std::move(r.now), out);
  } else {
    out.standing.is = state::unknown;
    out.standing.missing.insert(p.words.fields()[c.slot].path);
  }
  out.standing.until = out.until;
  return out;
}

std::optional<instant> input_reaches(const plan& p, std::size_t input, const value& threshold,
                                     const activation& from) {
  const input_column& c = p.inputs[input];
  if (c.expression) return c.expression->reaches(from, threshold, p.limits.evaluation);
  return from.reaches({c.slot, p.words.fields()[c.slot].path}, threshold);
}

std::optional<instant> test_until(const plan& p, std::size_t input, const unary_test& t,
                                  const input_value& i, const activation& from) {
  if (!i.until || i.course == clock_course::irregular) return i.until;
  const int step = i.course == clock_course::rising ? 1 : -1;
  const type& of = p.inputs[input].of;
  std::optional<value> turn; // the nearest value ahead where the test changes
  const auto ahead = [&](const value& a, const value& b) {
    const auto o = compare(a, b);
    return o && (step > 0 ? *o > 0 : *o < 0);
  };
  const bool now = t.holds(i.v);
  const auto look = [&](const std::optional<value>& v) {
    if (v && ahead(*v, i.v) && t.holds(*v) != now && (!turn || ahead(*turn, *v))) turn = v;
  };
  for (const interval& n : t.intervals)
    for (const auto& end : {n.low, n.high})
      if (end) {
        look(beside(of, *end, 0));
        look(beside(of, *end, step));
      }
  if (turn) return input_reaches(p, input, *turn, from);
  const auto end = cel::furthest(i.v.kind(), i.course); // where what is known ends
  return end ? cel::of_all_time(input_reaches(p, input, *end, from)) : std::nullopt;
}

} // namespace banli::detail::tables
