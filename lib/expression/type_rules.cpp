#include "type_rules.hpp"

namespace banli::detail::cel {

bool is_dynamic(const type& t) { return t.is(type_kind::dyn) || t.is(type_kind::unresolved); }

bool is_number(const type& t) {
  return t.is(type_kind::integer) || t.is(type_kind::uinteger) || t.is(type_kind::real);
}

bool is_text(const type& t) { return t.is(type_kind::string) || t.is(type_kind::enumeration); }

bool fits(const type& t, type_kind wanted) {
  if (wanted == type_kind::dyn || is_dynamic(t)) return true;
  return t.is(wanted) || (wanted == type_kind::string && t.is(type_kind::enumeration));
}

bool accepts(const type& wanted, const type& t) {
  if (is_dynamic(wanted) || is_dynamic(t)) return true;
  if (wanted.is(type_kind::map) && t.is(type_kind::map))
    return accepts(wanted.key(), t.key()) && accepts(wanted.mapped(), t.mapped());
  if ((wanted.is(type_kind::list) || wanted.is(type_kind::optional)) && t.is(wanted.kind()))
    return accepts(wanted.element(), t.element());
  return wanted == t || (wanted.is(type_kind::string) && is_text(t));
}

namespace {
bool is_decimal_with_whole(const type& a, const type& b) {
  return a.is(type_kind::decimal) && b.is(type_kind::integer);
}
} // namespace

bool may_equal(const type& a, const type& b) {
  if (is_dynamic(a) || is_dynamic(b)) return true;
  if (is_number(a) && is_number(b)) return true;
  if (is_text(a) && is_text(b)) {
    return !a.is(type_kind::enumeration) || !b.is(type_kind::enumeration) || a == b;
  }
  if (is_decimal_with_whole(a, b) || is_decimal_with_whole(b, a)) return true;
  if (a.kind() != b.kind()) return false;
  if (a.is(type_kind::optional)) return may_equal(a.element(), b.element());
  if (a.is(type_kind::list)) return may_equal(a.element(), b.element());
  if (a.is(type_kind::map)) return may_equal(a.key(), b.key()) && may_equal(a.mapped(), b.mapped());
  return a == b;
}

type joined(const type& a, const type& b) {
  if (a == b || b.is(type_kind::unresolved)) return a;
  if (a.is(type_kind::unresolved)) return b;
  if (is_text(a) && is_text(b)) return type_kind::string;
  if (a.is(type_kind::list) && b.is(type_kind::list))
    return type::list_of(joined(a.element(), b.element()));
  if (a.is(type_kind::map) && b.is(type_kind::map))
    return type::map_of(joined(a.key(), b.key()), joined(a.mapped(), b.mapped()));
  if (a.is(type_kind::optional) && b.is(type_kind::optional))
    return type::optional_of(joined(a.element(), b.element()));
  // null may stand where an optional is meant.
  if (a.is(type_kind::optional) && b.is(type_kind::null)) return a;
  if (a.is(type_kind::null) && b.is(type_kind::optional)) return b;
  return type_kind::dyn;
}

type settled(const type& t) {
  if (t.is(type_kind::unresolved)) return type_kind::dyn;
  if (t.is(type_kind::list)) return type::list_of(settled(t.element()));
  if (t.is(type_kind::map)) return type::map_of(settled(t.key()), settled(t.mapped()));
  if (t.is(type_kind::optional)) return type::optional_of(settled(t.element()));
  return t;
}

namespace {

/// int, uint and double with their own kind; a whole number with a double is a double.
std::optional<type> number_type(const type& a, const type& b) {
  if (!is_number(a) || !is_number(b)) return none();
  if (a == b) return a;
  if (a.is(type_kind::real) || b.is(type_kind::real)) return type_kind::real;
  return none();
}

/// Decimals with decimals and with whole numbers.
std::optional<type> decimal_type(const type& a, const type& b) {
  const auto exact = [](const type& t) {
    return t.is(type_kind::decimal) || t.is(type_kind::integer);
  };
  return exact(a) && exact(b) ? std::optional<type>(type_kind::decimal) : none();
}

std::optional<type> sum_type(const type& a, const type& b) {
  if (auto n = number_type(a, b)) return n;
  if (auto d = decimal_type(a, b)) return d;
  if (a.is(type_kind::date) && b.is(type_kind::integer)) return a;
  if (a.is(type_kind::integer) && b.is(type_kind::date)) return b;
  if (is_text(a) && is_text(b)) return type_kind::string;
  if (a.is(type_kind::bytes) && b.is(type_kind::bytes)) return a;
  if (a.is(type_kind::list) && b.is(type_kind::list)) return joined(a, b);
  if (a.is(type_kind::duration) && b.is(type_kind::duration)) return a;
  if (a.is(type_kind::timestamp) && b.is(type_kind::duration)) return a;
  if (a.is(type_kind::duration) && b.is(type_kind::timestamp)) return b;
  return none();
}

std::optional<type> difference_type(const type& a, const type& b) {
  if (auto n = number_type(a, b)) return n;
  if (auto d = decimal_type(a, b)) return d;
  if (a.is(type_kind::date) && b.is(type_kind::integer)) return a;
  if (a.is(type_kind::date) && b.is(type_kind::date)) return type_kind::integer;
  if (a.is(type_kind::duration) && b.is(type_kind::duration)) return a;
  if (a.is(type_kind::timestamp) && b.is(type_kind::duration)) return a;
  if (a.is(type_kind::timestamp) && b.is(type_kind::timestamp)) return type_kind::duration;
  return none();
}

bool is_ordered(const type& t) {
  return is_number(t) || is_text(t) || t.is(type_kind::boolean) || t.is(type_kind::bytes) ||
         t.is(type_kind::timestamp) || t.is(type_kind::duration) || t.is(type_kind::date) ||
         t.is(type_kind::decimal);
}

bool may_order(const type& a, const type& b) {
  if (is_dynamic(a)) return is_dynamic(b) || is_ordered(b);
  if (is_dynamic(b)) return is_ordered(a);
  return is_ordered(a) && may_equal(a, b);
}

std::optional<type> in_type(const type& a, const type& b) {
  if (is_dynamic(b)) return type_kind::boolean;
  if (!b.is(type_kind::list) && !b.is(type_kind::map)) return none();
  if (!may_equal(a, b.element())) return none();
  return type_kind::boolean;
}

/// a[?k] gives an optional; so does a[k] of an optional.
std::optional<type> index_type(const type& a, const type& b);

std::optional<type> optional_index_type(const type& a, const type& b) {
  const auto found = index_type(a.is(type_kind::optional) ? a.element() : a, b);
  if (!found || found->is(type_kind::optional)) return found;
  return type::optional_of(*found);
}

std::optional<type> index_type(const type& a, const type& b) {
  if (a.is(type_kind::optional)) return optional_index_type(a, b);
  if (is_dynamic(a)) return type_kind::dyn;
  if (a.is(type_kind::list) &&
      (is_dynamic(b) || b.is(type_kind::integer) || b.is(type_kind::uinteger)))
    return a.element();
  if (a.is(type_kind::map) && may_equal(a.key(), b)) return a.mapped();
  return none();
}

/// With dyn on one side the other says what it can be at most.
std::optional<type> dynamic_sum(op o, const type& known) {
  const bool ok =
      is_dynamic(known) || is_number(known) || known.is(type_kind::duration) ||
      known.is(type_kind::timestamp) || known.is(type_kind::date) || known.is(type_kind::decimal) ||
      (o == op::add && (is_text(known) || known.is(type_kind::bytes) || known.is(type_kind::list)));
  return ok ? std::optional<type>(type_kind::dyn) : none();
}

std::optional<type> arithmetic_type(op o, const type& a, const type& b) {
  if (is_dynamic(a) || is_dynamic(b)) {
    const type& known = is_dynamic(a) ? b : a;
    if (o == op::add || o == op::subtract) return dynamic_sum(o, known);
    return is_dynamic(known) || is_number(known) || known.is(type_kind::decimal)
               ? std::optional<type>(type_kind::dyn)
               : none();
  }
  if (o == op::add) return sum_type(a, b);
  if (o == op::subtract) return difference_type(a, b);
  if (o == op::multiply)
    if (auto d = number_type(a, b) ? none() : decimal_type(a, b)) return d;
  if (o == op::modulo && (a.is(type_kind::real) || b.is(type_kind::real))) return none();
  return number_type(a, b);
}

} // namespace

std::optional<type> binary_type(op o, const type& a, const type& b) {
  switch (o) {
  case op::equal:
  case op::unequal: return may_equal(a, b) ? std::optional<type>(type_kind::boolean) : none();
  case op::less:
  case op::less_equal:
  case op::greater:
  case op::greater_equal: return may_order(a, b) ? std::optional<type>(type_kind::boolean) : none();
  case op::in: return in_type(a, b);
  case op::index: return index_type(a, b);
  case op::optional_index: return optional_index_type(a, b);
  default: return arithmetic_type(o, a, b);
  }
}

} // namespace banli::detail::cel
