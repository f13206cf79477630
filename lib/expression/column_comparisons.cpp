// Comparisons as nodes with lanes: numbers, words, moments.
#include <unordered_map>

#include "column_builder.hpp"
#include "expiry.hpp"

namespace banli::detail::cel {

maybe column_builder::compare(op o, std::uint32_t a, std::uint32_t b) {
  if (is_constant(a) && !is_constant(b)) return compare(mirrored(o), b, a);
  const lane la = node(a).out;
  const lane lb = node(b).out;
  if (is_numeric(la) && is_numeric(lb)) return comparing(o, a, b, act::compare);
  if (la != lb || is_constant(a)) return std::nullopt;
  switch (la) {
  case lane::column_verdict:
    if (o != op::equal && o != op::unequal) return std::nullopt;
    return comparing(o, a, b, act::same_bool);
  case lane::duration: return comparing(o, a, b, act::compare);
  case lane::moment: return compare_moments(o, a, b);
  case lane::word: return compare_words(o, a, b);
  default: return std::nullopt;
  }
}

maybe column_builder::comparing(op o, std::uint32_t a, std::uint32_t b, act does) {
  column_node n;
  n.does = does;
  n.o = o;
  n.inputs = {a, b};
  return over(std::move(n));
}

maybe column_builder::compare_moments(op o, std::uint32_t a, std::uint32_t b) {
  if (!is_constant(b)) {
    if (node(a).per_second != node(b).per_second) return std::nullopt;
    return comparing(o, a, b, act::compare);
  }
  // The literal in ticks of the column. Between two ticks it is equal to none, and what is below
  // it is what is at most the lower one.
  const timestamp t = *node(b).held.as_timestamp();
  const std::int64_t unit = node(a).per_second;
  std::int64_t ticks = 0;
  const std::int64_t nanos = 1'000'000'000 / unit;
  if (__builtin_mul_overflow(t.second.time_since_epoch().count(), unit, &ticks) ||
      __builtin_add_overflow(ticks, t.fraction.count() / nanos, &ticks))
    return std::nullopt;
  if (t.fraction.count() % nanos != 0) {
    if (o == op::less) o = op::less_equal;
    if (o == op::greater_equal) o = op::greater;
    if (o == op::equal || o == op::unequal) {
      o = o == op::equal ? op::less : op::greater_equal;
      ticks = std::numeric_limits<std::int64_t>::min();
    }
  }
  const maybe edge = constant(std::chrono::nanoseconds{ticks}); // a lane of int64 as well
  return comparing(o, a, *edge, act::compare);
}

maybe column_builder::compare_words(op o, std::uint32_t a, std::uint32_t b) {
  if (is_constant(b)) {
    const value other = node(b).held;
    return table(a, lane::column_verdict, [&](const value& w) { return apply(o, w, other); });
  }
  if (o != op::equal && o != op::unequal) return std::nullopt;
  std::unordered_map<std::string_view, std::int32_t> known;
  const std::vector<value>& words = node(a).words;
  std::vector<std::int32_t> first(words.size() + 1, -1);
  const auto number = [&](const value& w) {
    return known.try_emplace(*w.as_string(), static_cast<std::int32_t>(known.size())).first->second;
  };
  for (std::size_t i = 0; i < words.size(); ++i) first[i + 1] = number(words[i]);
  const std::vector<value>& others = node(b).words;
  std::vector<std::int32_t> second(others.size() + 1, -1);
  for (std::size_t i = 0; i < others.size(); ++i) second[i + 1] = number(others[i]);
  return comparing(o, renumbered(a, std::move(first)), renumbered(b, std::move(second)),
                   act::compare);
}

std::uint32_t column_builder::renumbered(std::uint32_t a, std::vector<std::int32_t> codes) {
  column_node n;
  n.does = act::table;
  n.out = lane::word;
  n.inputs = {a};
  n.codes_table = std::move(codes);
  return *over(std::move(n));
}

} // namespace banli::detail::cel
