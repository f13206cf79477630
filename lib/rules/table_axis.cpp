#include "table_axis.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace banli::detail::tables {

namespace {

using maybe = std::optional<value>;

bool below(const value& a, const value& b) {
  const auto o = compare(a, b);
  return o && *o < 0;
}

bool between(const maybe& low, const value& v, const maybe& high) {
  return (!low || below(*low, v)) && (!high || below(v, *high));
}

/// The first of some values that lies between two ends, both left out.
template <class... V>
maybe first_between(const maybe& low, const maybe& high, V... tried) {
  maybe out;
  const auto attempt = [&](const maybe& v) {
    if (!out && v && between(low, *v, high)) out = v;
  };
  (attempt(tried), ...);
  return out;
}

double worth(const value& v) {
  if (const auto i = v.as_int()) return static_cast<double>(*i);
  if (const auto u = v.as_uint()) return static_cast<double>(*u);
  return v.as_double().value_or(0);
}

/// The least whole number above a value, or the greatest below it, in a whole type.
template <class Whole>
std::optional<Whole> neighbour(const value& v, int step) {
  using limits = std::numeric_limits<Whole>;
  constexpr double beyond = 2.0 * static_cast<double>(limits::max() / 2 + 1);
  Whole at{};
  if (const auto d = v.as_double()) {
    const double edge = step > 0 ? std::floor(*d) + 1 : std::ceil(*d) - 1;
    if (!(edge < beyond)) return step > 0 ? std::nullopt : std::optional{limits::max()};
    if (edge < static_cast<double>(limits::min()))
      return step > 0 ? std::optional{limits::min()} : std::nullopt;
    return static_cast<Whole>(edge);
  }
  if (const auto i = v.as_int()) {
    if (std::is_unsigned_v<Whole> && *i < 0)
      return step > 0 ? std::optional{limits::min()} : std::nullopt;
    at = static_cast<Whole>(*i);
  } else if (const auto u = v.as_uint()) {
    if (*u > static_cast<std::uint64_t>(limits::max()))
      return step > 0 ? std::nullopt : std::optional{limits::max()};
    at = static_cast<Whole>(*u);
  }
  if (step > 0) return at == limits::max() ? std::nullopt : std::optional<Whole>(at + 1);
  return at == limits::min() ? std::nullopt : std::optional<Whole>(at - 1);
}

template <class Whole>
maybe whole_between(const maybe& low, const maybe& high) {
  const auto as_value = [](std::optional<Whole> w) -> maybe {
    if (!w) return std::nullopt;
    return value{*w};
  };
  if (low) return first_between(low, high, as_value(neighbour<Whole>(*low, 1)));
  if (high) return first_between(low, high, as_value(neighbour<Whole>(*high, -1)));
  return value{Whole{}};
}

maybe real_between(const maybe& low, const maybe& high) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (!low && !high) return value{0.0};
  if (!low) {
    const double h = worth(*high);
    return first_between(low, high, value{std::ceil(h) - 1}, value{std::nextafter(h, -infinite)});
  }
  const double l = worth(*low);
  const value tight{std::nextafter(l, infinite)};
  if (!high) return first_between(low, high, value{std::floor(l) + 1}, tight);
  const double middle = l / 2 + worth(*high) / 2;
  return first_between(low, high, value{std::floor(l) + 1}, value{std::round(middle)},
                       value{middle}, tight);
}

maybe text_between(const maybe& low, const maybe& high) {
  using namespace std::string_literals;
  if (!low) return first_between(low, high, value{""}, value{" "});
  const std::string& l = *low->as_string();
  return first_between(low, high, value{l + "0"}, value{l + " "}, value{l + "\0"s});
}

maybe time_between(const maybe& low, const maybe& high) {
  using namespace std::chrono;
  const auto moved = [](const value& from, seconds by, nanoseconds fraction) {
    timestamp t = *from.as_timestamp();
    t.second += by;
    t.fraction += fraction;
    if (t.fraction >= seconds{1}) {
      t.second += seconds{1};
      t.fraction -= seconds{1};
    }
    return value{t};
  };
  if (!low && !high) return value{instant{}};
  if (!low) return moved(*high, -days{1}, {});
  return first_between(low, high, moved(*low, days{1}, {}), moved(*low, seconds{1}, {}),
                       moved(*low, seconds{0}, nanoseconds{1}));
}

maybe span_between(const maybe& low, const maybe& high) {
  using namespace std::chrono;
  constexpr nanoseconds end = nanoseconds::max();
  const auto moved = [&](const value& from, nanoseconds by) -> maybe {
    const nanoseconds at = *from.as_duration();
    if ((by.count() > 0 && at > end - by) || (by.count() < 0 && at < -end - by))
      return std::nullopt;
    return value{at + by};
  };
  if (!low && !high) return value{nanoseconds{0}};
  if (!low) return first_between(low, high, moved(*high, -hours{1}), moved(*high, nanoseconds{-1}));
  return first_between(low, high, moved(*low, hours{1}), moved(*low, seconds{1}),
                       moved(*low, nanoseconds{1}));
}

/// Some value of a type that lies between two ends, both left out; none where there is none.
maybe inner(type_kind of, const maybe& low, const maybe& high) {
  switch (of) {
  case type_kind::integer: return whole_between<std::int64_t>(low, high);
  case type_kind::uinteger: return whole_between<std::uint64_t>(low, high);
  case type_kind::real: return real_between(low, high);
  case type_kind::string: return text_between(low, high);
  case type_kind::timestamp: return time_between(low, high);
  case type_kind::duration: return span_between(low, high);
  default: return std::nullopt;
  }
}

/// A cut as a value of the column's own type; none where the type has no such value.
maybe own(type_kind of, const value& cut) {
  const auto same = [&](value v) -> maybe {
    if (v == cut) return v;
    return std::nullopt;
  };
  if (of == type_kind::real) return same(value{worth(cut)});
  if (of != type_kind::integer && of != type_kind::uinteger) return cut;
  if (cut.kind() == of) return cut;
  if (of == type_kind::integer) {
    const auto above = neighbour<std::int64_t>(cut, 1);
    if (above && *above > std::numeric_limits<std::int64_t>::min()) return same(value{*above - 1});
    return same(value{std::numeric_limits<std::int64_t>::max()});
  }
  const auto above = neighbour<std::uint64_t>(cut, 1);
  if (above && *above > 0) return same(value{*above - 1});
  return same(value{std::numeric_limits<std::uint64_t>::max()});
}

struct cuts {
  std::vector<value> at;
  bool order = false; ///< some test asks for more than equality

  void add(const unary_test& t) {
    for (const interval& i : t.intervals) {
      if (i.low) at.push_back(*i.low);
      if (i.high) at.push_back(*i.high);
      const bool point = i.low && i.high && *i.low == *i.high;
      order = order || ((i.low || i.high) && !point);
    }
  }

  void sort() {
    std::sort(at.begin(), at.end(), below);
    at.erase(std::unique(at.begin(), at.end()), at.end());
  }
};

/// A text that is none of some.
value other_text(const std::vector<value>& taken) {
  std::string s = "…";
  while (std::ranges::find(taken, value{s}) != taken.end()) s += "…";
  return value{s};
}

axis cut_axis(type_kind of, cuts c) {
  c.sort();
  axis out;
  if (of == type_kind::string && !c.order) {
    out.samples = c.at;
    out.samples.push_back(other_text(c.at));
    return out;
  }
  maybe low;
  for (std::size_t i = 0; i <= c.at.size(); ++i) {
    const maybe high = i < c.at.size() ? maybe{c.at[i]} : std::nullopt;
    if (auto v = inner(of, low, high)) out.samples.push_back(*std::move(v));
    if (high)
      if (auto v = own(of, *high)) out.samples.push_back(*std::move(v));
    low = high;
  }
  return out;
}

/// Whether a domain is a list of values.
bool lists(const unary_test& domain) {
  return !domain.negated && std::ranges::all_of(domain.intervals, [](const interval& i) {
    return i.low && i.high && *i.low == *i.high;
  });
}

/// All values of a domain of whole numbers, if it is a small one.
std::optional<axis> every_value(const type& of, const unary_test& domain) {
  constexpr std::size_t most = 256;
  const bool whole = of.is(type_kind::integer) || of.is(type_kind::uinteger);
  if (!whole || domain.negated) return std::nullopt;
  axis out;
  out.finite = true;
  for (const interval& i : domain.intervals) {
    if (!i.low || !i.high) return std::nullopt;
    for (auto v = own(of.kind(), *i.low) ? own(of.kind(), *i.low) : beside(of, *i.low, 1);
         v && !below(*i.high, *v); v = beside(of, *v, 1)) {
      if (i.holds(*v)) out.samples.push_back(*v);
      if (out.samples.size() > most) return std::nullopt;
    }
  }
  std::sort(out.samples.begin(), out.samples.end(), below);
  out.samples.erase(std::unique(out.samples.begin(), out.samples.end()), out.samples.end());
  return out;
}

} // namespace

std::optional<value> beside(const type& of, const value& v, int step) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (step == 0) return own(of.kind(), v);
  switch (of.kind()) {
  case type_kind::integer:
    if (const auto w = neighbour<std::int64_t>(v, step)) return value{*w};
    return std::nullopt;
  case type_kind::uinteger:
    if (const auto w = neighbour<std::uint64_t>(v, step)) return value{*w};
    return std::nullopt;
  case type_kind::real: return value{std::nextafter(worth(v), step > 0 ? infinite : -infinite)};
  case type_kind::timestamp: {
    timestamp t = *v.as_timestamp();
    t.fraction += std::chrono::nanoseconds{step};
    if (t.fraction.count() < 0 || t.fraction >= std::chrono::seconds{1}) {
      t.second += std::chrono::seconds{step};
      t.fraction -= std::chrono::seconds{step};
    }
    return value{t};
  }
  case type_kind::duration: {
    const auto at = v.as_duration()->count();
    using limits = std::numeric_limits<std::int64_t>;
    if (at == (step > 0 ? limits::max() : limits::min())) return std::nullopt;
    return value{std::chrono::nanoseconds{at + step}};
  }
  default: return std::nullopt;
  }
}

axis make_axis(const type& of, const std::vector<const unary_test*>& tests,
               const unary_test* domain) {
  axis out;
  switch (of.kind()) {
  case type_kind::boolean: return {{value{false}, value{true}}, false, true};
  case type_kind::enumeration:
    for (const std::string& s : of.values()) out.samples.emplace_back(s);
    out.finite = true;
    break;
  case type_kind::integer:
  case type_kind::uinteger:
  case type_kind::real:
  case type_kind::string:
  case type_kind::timestamp:
  case type_kind::duration: {
    const bool opaque =
        std::ranges::any_of(tests, [](const unary_test* t) { return t->condition.has_value(); });
    if (opaque && domain)
      if (auto all = every_value(of, *domain)) return *std::move(all);
    cuts c;
    for (const unary_test* t : tests) c.add(*t);
    if (domain) c.add(*domain);
    out = cut_axis(of.kind(), std::move(c));
    out.finite = domain && lists(*domain);
    break;
  }
  default: return {{value{}}, true, false};
  }
  if (domain) std::erase_if(out.samples, [&](const value& v) { return !domain->holds(v); });
  return out;
}

} // namespace banli::detail::tables
