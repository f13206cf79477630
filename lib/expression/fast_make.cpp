#include <algorithm>
#include <limits>
#include <utility>

#include "fast.hpp"
#include "plan.hpp"

namespace banli::detail::cel {

namespace {

std::optional<fast_kind> kind_of(const type& t) {
  switch (t.kind()) {
  case type_kind::boolean: return fast_kind::boolean;
  case type_kind::integer: return fast_kind::integer;
  case type_kind::uinteger: return fast_kind::uinteger;
  case type_kind::real: return fast_kind::real;
  case type_kind::string:
  case type_kind::enumeration: return fast_kind::text;
  case type_kind::timestamp: return fast_kind::time;
  case type_kind::duration: return fast_kind::span;
  case type_kind::date: return fast_kind::date;
  case type_kind::decimal: return fast_kind::money;
  default: return std::nullopt;
  }
}

bool counts(fast_kind k) {
  return k == fast_kind::integer || k == fast_kind::uinteger || k == fast_kind::real;
}

} // namespace

/// Makes nodes of the steps of a plan; gives up at the first that has no short way.
class fast_maker {
 public:
  fast_maker(const plan& p, fast_program& out) : plan_(p), out_(out) {}

  bool run() {
    const made root = make(plan_.root);
    if (!root) return false;
    out_.gives_ = root->kind;
    if (out_.gives_ != fast_kind::boolean && !counts(out_.gives_)) return false;
    out_.root_ = root;
    out_.cost_ = cost_;
    return true;
  }

 private:
  using made = const fast_node*; // null: there is no short way

  const step& at(std::uint32_t i) const { return plan_.steps[i]; }

  made add(fast_node n) {
    set_calls(n);
    out_.nodes_.push_back(n);
    return &out_.nodes_.back();
  }

  static fast_node of(fast_op o, fast_kind k) {
    fast_node n;
    n.op = o;
    n.kind = k;
    return n;
  }

  fast_node of_field(const step& s, fast_op o, fast_kind k) const {
    fast_node n = of(o, k);
    n.slot = plan_.fields[s.slot].slot;
    n.field = s.slot;
    return n;
  }

  made make(std::uint32_t i) {
    const step& s = at(i);
    ++cost_;
    switch (s.kind) {
    case step_kind::constant: return constant(s.held);
    case step_kind::field:
    case step_kind::local:
    case step_kind::member: {
      const auto kind = kind_of(s.of);
      return kind ? place(s, *kind) : nullptr;
    }
    case step_kind::has_field: return add(of_field(s, fast_op::has, fast_kind::boolean));
    case step_kind::op: return operation(s);
    case step_kind::call: return call(s);
    case step_kind::loop: return loop(s);
    default: return nullptr;
    }
  }

  made constant(const value& v) {
    fast_node n;
    switch (v.kind()) {
    case type_kind::boolean: n.flag = *v.as_bool(); break;
    case type_kind::integer:
      n.kind = fast_kind::integer;
      n.number.integer = *v.as_int();
      break;
    case type_kind::uinteger:
      n.kind = fast_kind::uinteger;
      n.number.uinteger = *v.as_uint();
      break;
    case type_kind::real:
      n.kind = fast_kind::real;
      n.number.real = *v.as_double();
      break;
    case type_kind::string:
      n.kind = fast_kind::text;
      n.text = *v.as_string();
      break;
    case type_kind::timestamp:
      if (v.as_timestamp()->fraction.count() != 0) return nullptr;
      n.kind = fast_kind::time;
      n.number.integer = v.as_timestamp()->second.time_since_epoch().count();
      break;
    case type_kind::duration:
      n.kind = fast_kind::span;
      n.number.integer = v.as_duration()->count();
      break;
    case type_kind::date:
      n.kind = fast_kind::date;
      n.number.integer = v.as_date()->time_since_epoch().count();
      break;
    case type_kind::decimal:
      n.kind = fast_kind::money;
      n.number.money = *v.as_decimal();
      break;
    default: return nullptr;
    }
    return add(n);
  }

  /// Where a value lies: a field, the variable of a loop, or a member of one.
  made place(const step& s, fast_kind kind) {
    if (s.optional) return nullptr;
    if (s.kind == step_kind::field) return add(of_field(s, fast_op::field, kind));
    const step& local = s.kind == step_kind::local ? s : at(plan_.args_of(s)[0]);
    if (local.kind != step_kind::local || !elements(local.slot)) return nullptr;
    fast_node n = of(s.kind == step_kind::local ? fast_op::local : fast_op::member, kind);
    n.slot = local.slot;
    if (s.kind == step_kind::member) {
      if (!local.of.is(type_kind::record)) return nullptr;
      ++cost_;
      n.text = s.name;
      n.head = text_head::of(s.name);
      n.number.uinteger = usual_rank(n.head, s.name, local.of.fields());
    }
    return add(n);
  }

  /// The rank of a name among the keys of a record that has just the fields of its type.
  static std::uint64_t usual_rank(const text_head& head, std::string_view name,
                                  std::span<const type_field> fields) {
    if (!head.is_whole()) return std::numeric_limits<std::uint64_t>::max();
    return static_cast<std::uint64_t>(
        std::ranges::count_if(fields, [&](const type_field& f) { return f.name < name; }));
  }

  /// Whether a local holds an element of a list, and not what cel.bind gave it.
  bool elements(std::uint32_t slot) const {
    return slot < most_fast_locals && (open_ >> slot & 1U) != 0;
  }

  made operation(const step& s) {
    const auto args = plan_.args_of(s);
    switch (s.op) {
    case op::logical_and:
    case op::logical_or: return logical(s);
    case op::logical_not: {
      const made a = boolean(args[0]);
      return a ? negated(*a) : a;
    }
    case op::conditional: return choice(args);
    case op::in: return contained(args);
    case op::add:
    case op::subtract:
    case op::multiply:
    case op::divide:
    case op::modulo: return arithmetic(s);
    default:
      if (s.op >= op::equal && s.op <= op::greater_equal) return comparison(s);
      return nullptr;
    }
  }

  /// Not equal is unequal, also of what is no number; of an order the like does not hold.
  made negated(const fast_node& a) {
    fast_node n = of(fast_op::negation, fast_kind::boolean);
    n.a = &a;
    const bool compares = a.op == fast_op::compare || a.op == fast_op::compare_numbers;
    if (compares && (a.relation == op::equal || a.relation == op::unequal)) {
      n = a;
      n.relation = a.relation == op::equal ? op::unequal : op::equal;
    }
    return add(n);
  }

  made boolean(std::uint32_t i) {
    const made a = make(i);
    return a && a->kind == fast_kind::boolean ? a : nullptr;
  }

  made logical(const step& s) {
    std::vector<const fast_node*> parts;
    for (const std::uint32_t arg : plan_.args_of(s)) {
      parts.push_back(boolean(arg));
      if (!parts.back()) return nullptr;
    }
    fast_node n = of(fast_op::logical, fast_kind::boolean);
    n.flag = s.op == op::logical_or;
    n.parts = out_.parts_.emplace_back(std::move(parts));
    return add(n);
  }

  made choice(std::span<const std::uint32_t> args) {
    const made a = boolean(args[0]);
    const made b = a ? make(args[1]) : a;
    const made c = b ? make(args[2]) : b;
    if (!c) return c;
    const fast_kind kind = b->kind;
    const bool known = kind == fast_kind::boolean || kind == fast_kind::integer ||
                       kind == fast_kind::real || kind == fast_kind::text;
    if (c->kind != kind || !known) return nullptr;
    fast_node n = of(fast_op::choice, kind);
    n.a = a;
    n.b = b;
    n.c = c;
    return add(n);
  }

  struct pair {
    made a;
    made b;
  };
  std::optional<pair> both(const step& s) {
    const auto args = plan_.args_of(s);
    const made a = make(args[0]);
    const made b = a ? make(args[1]) : a;
    return b ? std::optional(pair{a, b}) : std::nullopt;
  }

  made comparison(const step& s) {
    auto p = both(s);
    if (!p) return nullptr;
    if (p->a->kind == fast_kind::money) p->b = as_money(p->b);
    if (p->b->kind == fast_kind::money) p->a = as_money(p->a);
    const fast_kind x = p->a->kind;
    const fast_kind y = p->b->kind;
    if (x != y && !(counts(x) && counts(y))) return nullptr;
    fast_node n = of(x == y ? fast_op::compare : fast_op::compare_numbers, fast_kind::boolean);
    n.relation = s.op;
    n.a = p->a;
    n.b = p->b;
    return add(n);
  }

  /// A whole number that is constant as an amount; anything else as it is.
  made as_money(made a) {
    if (a->op != fast_op::constant || a->kind != fast_kind::integer) return a;
    return constant(decimal{a->number.integer, 0});
  }

  made arithmetic(const step& s) {
    auto p = both(s);
    if (!p) return nullptr;
    const fast_kind x = p->a->kind;
    const fast_kind y = p->b->kind;
    const bool whole = x == fast_kind::integer && y == fast_kind::integer;
    if (!whole) {
      const bool real = x == fast_kind::real || y == fast_kind::real;
      if (!real || !counts(x) || !counts(y) || s.op == op::modulo) return nullptr;
      p->a = as_real(p->a);
      p->b = as_real(p->b);
    }
    fast_node n = of(fast_op::arithmetic, whole ? fast_kind::integer : fast_kind::real);
    n.relation = s.op;
    n.a = p->a;
    n.b = p->b;
    return add(n);
  }

  made as_real(made a) {
    if (a->kind == fast_kind::real) return a;
    fast_node n = of(fast_op::to_real, fast_kind::real);
    n.flag = a->kind == fast_kind::uinteger;
    n.a = a;
    return add(n);
  }

  /// `in` a list of constants, all texts or all whole numbers.
  made contained(std::span<const std::uint32_t> args) {
    const value::elements* list = at(args[1]).held.as_list();
    const made a = make(args[0]);
    if (!a || !list) return nullptr;
    const bool texts = a->kind == fast_kind::text;
    if (!texts && a->kind != fast_kind::integer) return nullptr;
    for (const value& v : *list) {
      if (texts ? !v.as_string() : !v.as_int()) return nullptr;
      cost_ += 2 + (texts ? v.as_string()->size() / 8 : 0);
    }
    if (texts && list->size() == 1) return equal(a, list->front());
    fast_node n = of(texts ? fast_op::in_texts : fast_op::in_integers, fast_kind::boolean);
    n.a = a;
    n.list = list;
    return add(n);
  }

  /// To be in a list of one is to be that one. (Of a number that is a clock the evaluator finds the
  /// flip of an equality, and not that of being in a list.)
  made equal(made a, const value& to) {
    fast_node n = of(fast_op::compare, fast_kind::boolean);
    n.relation = op::equal;
    n.a = a;
    n.b = constant(to);
    return add(n);
  }

  made call(const step& s) {
    const auto args = plan_.args_of(s);
    if (s.function == function::size && args.size() == 1 && at(args[0]).of.is(type_kind::list)) {
      const step& list = at(args[0]);
      const bool lies = list.kind == step_kind::field || list.kind == step_kind::member;
      const made a = lies ? place(list, fast_kind::boolean) : nullptr;
      if (!a) return a;
      fast_node n = of(fast_op::size_of_list, fast_kind::integer);
      n.a = a;
      cost_ += 4;
      return add(n);
    }
    const fast_op o = s.function == function::starts_with ? fast_op::starts_with
                      : s.function == function::ends_with ? fast_op::ends_with
                      : s.function == function::contains  ? fast_op::contains
                                                          : fast_op::constant;
    if (o == fast_op::constant || args.size() != 2) return nullptr;
    const auto p = both(s);
    if (!p || p->a->kind != fast_kind::text || p->b->kind != fast_kind::text) return nullptr;
    // What the evaluator charges is a product of lengths: left to it unless one is short.
    if (p->b->op != fast_op::constant) return nullptr;
    fast_node n = of(o, fast_kind::boolean);
    n.a = p->a;
    n.b = p->b;
    cost_ += 4 + p->b->text.size();
    if (p->b->text.size() >= 16) return nullptr;
    return add(n);
  }

  made loop(const step& s) {
    const bool one = s.macro == macro::exists_one;
    if (s.second || s.slot >= most_fast_locals ||
        !(one || s.macro == macro::all || s.macro == macro::exists))
      return nullptr;
    const auto args = plan_.args_of(s);
    const step& list = at(args[0]);
    const bool lies = list.kind == step_kind::field || list.kind == step_kind::member;
    const made a = lies && list.of.is(type_kind::list) ? place(list, fast_kind::boolean) : nullptr;
    if (!a) return a;
    const std::uint64_t outside = cost_;
    cost_ = 0;
    open_ |= 1U << s.slot;
    const made body = boolean(args[1]);
    open_ &= ~(1U << s.slot);
    const std::uint64_t round = std::exchange(cost_, outside + 1);
    if (!body) return body;
    fast_node n = of(one ? fast_op::exactly_one : fast_op::quantifier, fast_kind::boolean);
    n.flag = s.macro == macro::exists;
    n.slot = s.slot;
    n.a = a;
    n.b = body;
    n.number.uinteger = round + 1;
    return add(n);
  }

  const plan& plan_;
  fast_program& out_;
  std::uint64_t cost_ = 0;
  std::uint32_t open_ = 0; ///< the loops whose variables are elements
};

std::unique_ptr<const fast_program> fast_program::make(const plan& p) {
  auto out = std::make_unique<fast_program>();
  if (!fast_maker(p, *out).run()) return nullptr;
  return out;
}

} // namespace banli::detail::cel
