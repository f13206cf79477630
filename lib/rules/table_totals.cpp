#include "table_totals.hpp"

#include <chrono>

namespace banli::detail::tables {

namespace {

error mismatch(const value& a, const value& b) {
  return make_error(errc::type_mismatch, "{} and {} cannot be put together", "{} 与 {} 无法合并",
                    to_text(a), to_text(b));
}

result<value> added(const value& a, const value& b) {
  const auto beyond = [&] {
    return make_error(errc::out_of_range, "the sum of {} and {} is beyond its type",
                      "{} 与 {} 之和超出范围", to_text(a), to_text(b));
  };
  if (const auto x = a.as_int(), y = b.as_int(); x && y) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(*x, *y, &sum)) return beyond();
    return value{sum};
  }
  if (const auto x = a.as_uint(), y = b.as_uint(); x && y) {
    std::uint64_t sum = 0;
    if (__builtin_add_overflow(*x, *y, &sum)) return beyond();
    return value{sum};
  }
  if (const auto x = a.as_duration(), y = b.as_duration(); x && y) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(x->count(), y->count(), &sum)) return beyond();
    return value{std::chrono::nanoseconds{sum}};
  }
  const auto real = [](const value& v) -> std::optional<double> {
    if (const auto i = v.as_int()) return static_cast<double>(*i);
    if (const auto u = v.as_uint()) return static_cast<double>(*u);
    return v.as_double();
  };
  if (const auto x = real(a), y = real(b); x && y) return value{*x + *y};
  return mismatch(a, b);
}

} // namespace

result<value> total_of(hit_policy p, const std::vector<std::vector<value>>& rows) {
  if (p == hit_policy::collect_count) return value{static_cast<std::int64_t>(rows.size())};
  value out = rows[0][0];
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const value& next = rows[i][0];
    if (p == hit_policy::collect_sum) {
      auto sum = added(out, next);
      if (!sum) return sum.error();
      out = *std::move(sum);
      continue;
    }
    const auto o = compare(next, out);
    if (!o) return mismatch(out, next);
    if (p == hit_policy::collect_least ? *o < 0 : *o > 0) out = next;
  }
  return out;
}

value empty_total(const decision_table& t) {
  if (t.policy == hit_policy::collect_count) return value{0};
  switch (kind_of(t.outputs[0].type)) {
  case type_kind::real: return value{0.0};
  case type_kind::uinteger: return value{std::uint64_t{0}};
  case type_kind::duration: return value{std::chrono::nanoseconds{0}};
  default: return value{0};
  }
}

} // namespace banli::detail::tables
