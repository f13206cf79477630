#include "fast.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "compare_numbers.hpp"

namespace banli::detail::cel {

namespace {

constexpr std::uint32_t most_locals = 8;

/// The same text. Names and words are short: two overlapping reads settle what memcmp is called
/// for.
bool same(std::string_view a, std::string_view b) {
  const std::size_t n = a.size();
  if (n != b.size()) return false;
  const auto at = [](const char* p, auto part) {
    std::memcpy(&part, p, sizeof part);
    return part;
  };
  if (n > 16) return a == b;
  if (n >= 8)
    return at(a.data(), std::uint64_t{}) == at(b.data(), std::uint64_t{}) &&
           at(a.data() + n - 8, std::uint64_t{}) == at(b.data() + n - 8, std::uint64_t{});
  if (n >= 4)
    return at(a.data(), std::uint32_t{}) == at(b.data(), std::uint32_t{}) &&
           at(a.data() + n - 4, std::uint32_t{}) == at(b.data() + n - 4, std::uint32_t{});
  for (std::size_t k = 0; k < n; ++k)
    if (a[k] != b[k]) return false;
  return true;
}

/// One evaluation. `given_up` is set by whatever cannot be decided here; answers mean nothing then.
struct fast_frame {
  std::span<const value* const> fields;
  std::span<const fast_node> nodes;
  std::span<const std::uint32_t> parts;
  std::span<const std::string> texts;
  std::span<const std::int64_t> integers;
  std::array<const value*, most_locals> locals{};
  std::uint64_t spent = 0;
  bool given_up = false;

  bool give_up() {
    given_up = true;
    return false;
  }

  /// Where the value of a field, a local or a member lies; null and given up when it does not.
  [[gnu::always_inline]] const value* place_of(const fast_node& n) {
    const value* v = nullptr;
    if (n.op == fast_op::field) {
      v = fields[n.slot];
    } else {
      v = locals[n.slot];
      if (n.op == fast_op::member) v = member(*v, n);
    }
    if (!v) given_up = true;
    return v;
  }

  /// Records come with their fields in the order of their type, as a rule.
  [[gnu::always_inline]] const value* member(const value& record, const fast_node& n) const {
    const value::entries* all = record.as_map();
    if (!all) return nullptr;
    const std::string& name = texts[n.text];
    const auto hint = static_cast<std::size_t>(n.number.uinteger);
    if (hint < all->size()) {
      const std::string* key = (*all)[hint].first.as_string();
      if (key && same(*key, name)) return &(*all)[hint].second;
    }
    return record.find(std::string_view(name));
  }

  template <class T>
  T plain(const fast_node& n, std::optional<T> (value::*as)() const noexcept) {
    const value* v = place_of(n);
    if (!v) return {};
    const auto got = (v->*as)();
    if (!got) given_up = true;
    return got ? *got : T{};
  }

  std::int64_t integer(std::uint32_t i) {
    const fast_node& n = nodes[i];
    switch (n.op) {
    case fast_op::constant: return n.number.integer;
    case fast_op::arithmetic: return whole(n);
    case fast_op::choice: return boolean(n.a) ? integer(n.b) : integer(n.c);
    case fast_op::size_of_list: {
      const value* v = place_of(nodes[n.a]);
      const value::elements* list = v ? v->as_list() : nullptr;
      if (!list) return give_up();
      return static_cast<std::int64_t>(list->size());
    }
    default: return read_integer(n);
    }
  }

  std::int64_t read_integer(const fast_node& n) {
    const value* v = place_of(n);
    if (v)
      if (const auto got = v->as_int()) return *got;
    return give_up();
  }

  std::int64_t whole(const fast_node& n) {
    const std::int64_t x = integer(n.a);
    const std::int64_t y = integer(n.b);
    std::int64_t r = 0;
    bool lost = false;
    switch (n.relation) {
    case op::add: lost = __builtin_add_overflow(x, y, &r); break;
    case op::subtract: lost = __builtin_sub_overflow(x, y, &r); break;
    case op::multiply: lost = __builtin_mul_overflow(x, y, &r); break;
    default: // division and remainder: 0 and -1 are the evaluator's
      if (y == 0 || y == -1) return give_up();
      return n.relation == op::divide ? x / y : x % y;
    }
    if (lost) given_up = true;
    return r;
  }

  std::uint64_t uinteger(std::uint32_t i) {
    const fast_node& n = nodes[i];
    if (n.op == fast_op::constant) return n.number.uinteger;
    return plain<std::uint64_t>(n, &value::as_uint);
  }

  double real(std::uint32_t i) {
    const fast_node& n = nodes[i];
    switch (n.op) {
    case fast_op::constant: return n.number.real;
    case fast_op::to_real:
      return n.flag ? static_cast<double>(uinteger(n.a)) : static_cast<double>(integer(n.a));
    case fast_op::arithmetic: {
      const double x = real(n.a);
      const double y = real(n.b);
      switch (n.relation) {
      case op::add: return x + y;
      case op::subtract: return x - y;
      case op::multiply: return x * y;
      default: return x / y;
      }
    }
    case fast_op::choice: return boolean(n.a) ? real(n.b) : real(n.c);
    default: {
      const value* v = place_of(n);
      if (v)
        if (const auto got = v->as_double()) return *got;
      give_up();
      return 0;
    }
    }
  }

  std::string_view text(std::uint32_t i) {
    const fast_node& n = nodes[i];
    if (n.op == fast_op::constant) return texts[n.text];
    if (n.op == fast_op::choice) return boolean(n.a) ? text(n.b) : text(n.c);
    const value* v = place_of(n);
    const std::string* s = v ? v->as_string() : nullptr;
    if (!s) {
      give_up();
      return {};
    }
    spent += s->size() / 8;
    return *s;
  }

  timestamp time(std::uint32_t i) {
    const fast_node& n = nodes[i];
    if (n.op == fast_op::constant) return {instant{std::chrono::seconds{n.number.integer}}, {}};
    return plain<timestamp>(n, &value::as_timestamp);
  }

  std::chrono::nanoseconds span_of(std::uint32_t i) {
    const fast_node& n = nodes[i];
    if (n.op == fast_op::constant) return std::chrono::nanoseconds{n.number.integer};
    return plain<std::chrono::nanoseconds>(n, &value::as_duration);
  }

  bool boolean(std::uint32_t i) {
    const fast_node& n = nodes[i];
    switch (n.op) {
    case fast_op::constant: return n.flag;
    case fast_op::logical: return logical(n);
    case fast_op::negation: return !boolean(n.a);
    case fast_op::compare: return compare(n);
    case fast_op::compare_numbers: return compare_mixed(n);
    case fast_op::quantifier: return quantified(n);
    case fast_op::exactly_one: return exactly_one(n);
    case fast_op::in_texts: {
      const std::string_view wanted = text(n.a);
      for (std::uint32_t k = n.b; k < n.c; ++k)
        if (same(texts[k], wanted)) return true;
      return false;
    }
    case fast_op::in_integers: {
      const std::int64_t wanted = integer(n.a);
      for (std::uint32_t k = n.b; k < n.c; ++k)
        if (integers[k] == wanted) return true;
      return false;
    }
    case fast_op::has: return fields[n.slot] != nullptr;
    case fast_op::choice: return boolean(n.a) ? boolean(n.b) : boolean(n.c);
    case fast_op::starts_with: return text(n.a).starts_with(text(n.b));
    case fast_op::ends_with: return text(n.a).ends_with(text(n.b));
    case fast_op::contains: return text(n.a).find(text(n.b)) != std::string_view::npos;
    default: return plain<bool>(n, &value::as_bool);
    }
  }

  bool logical(const fast_node& n) {
    for (std::uint32_t k = n.b; k < n.c; ++k) {
      const bool b = boolean(parts[k]);
      if (given_up) return false;
      if (b == n.flag) return b;
    }
    return !n.flag;
  }

  template <class T>
  static bool related(op relation, const T& x, const T& y) {
    switch (relation) {
    case op::equal: return x == y;
    case op::unequal: return x != y;
    case op::less: return x < y;
    case op::less_equal: return x <= y;
    case op::greater: return x > y;
    default: return x >= y;
    }
  }

  bool compare(const fast_node& n) {
    switch (n.kind) {
    case fast_kind::boolean: return related(n.relation, boolean(n.a), boolean(n.b));
    case fast_kind::integer: return related(n.relation, integer(n.a), integer(n.b));
    case fast_kind::uinteger: return related(n.relation, uinteger(n.a), uinteger(n.b));
    case fast_kind::real: return related(n.relation, real(n.a), real(n.b));
    case fast_kind::text:
      if (n.relation == op::equal) return same(text(n.a), text(n.b));
      if (n.relation == op::unequal) return !same(text(n.a), text(n.b));
      return related(n.relation, text(n.a), text(n.b));
    case fast_kind::time: return related(n.relation, time(n.a), time(n.b));
    case fast_kind::span: return related(n.relation, span_of(n.a), span_of(n.b));
    }
    return false;
  }

  static bool related(op relation, std::partial_ordering order) {
    switch (relation) {
    case op::equal: return order == 0;
    case op::unequal: return order != 0;
    case op::less: return order < 0;
    case op::less_equal: return order <= 0;
    case op::greater: return order > 0;
    default: return order >= 0;
    }
  }

  bool compare_mixed(const fast_node& n) {
    const fast_kind x = nodes[n.a].kind;
    const fast_kind y = nodes[n.b].kind;
    const auto with = [&](auto left) {
      if (y == fast_kind::integer) return related(n.relation, compare_numbers(left, integer(n.b)));
      if (y == fast_kind::real) return related(n.relation, compare_numbers(left, real(n.b)));
      return related(n.relation, compare_numbers(left, uinteger(n.b)));
    };
    if (x == fast_kind::integer) return with(integer(n.a));
    if (x == fast_kind::real) return with(real(n.a));
    return with(uinteger(n.a));
  }

  const value::elements* looked_through(const fast_node& n) {
    const value* v = place_of(nodes[n.a]);
    const value::elements* list = v ? v->as_list() : nullptr;
    if (!list) {
      give_up();
      return nullptr;
    }
    spent += list->size() * n.number.uinteger;
    return list;
  }

  bool quantified(const fast_node& n) {
    const value::elements* list = looked_through(n);
    if (!list) return false;
    for (const value& v : *list) {
      locals[n.slot] = &v;
      const bool b = boolean(n.b);
      if (given_up) return false;
      if (b == n.flag) return b;
    }
    return !n.flag;
  }

  bool exactly_one(const fast_node& n) {
    const value::elements* list = looked_through(n);
    if (!list) return false;
    std::size_t found = 0;
    for (const value& v : *list) {
      locals[n.slot] = &v;
      found += boolean(n.b) ? 1 : 0;
      if (given_up) return false;
    }
    return found == 1;
  }
};

} // namespace

std::optional<bool> fast_program::run(std::span<const value* const> fields,
                                      std::uint64_t budget) const {
  fast_frame f{fields, nodes_, parts_, texts_, integers_, {}, cost_, false};
  const bool answer = f.boolean(root_);
  if (f.given_up || f.spent > budget) return std::nullopt;
  return answer;
}

} // namespace banli::detail::cel
