// fast_choice.hpp — which function of a frame evaluates a node.
//
// What is known when the plan is made is not asked in an evaluation: the kinds of the operands, and
// of the most frequent comparisons also where they lie.
#pragma once

#include <functional>

#include "fast_frame.hpp"

namespace banli::detail::cel {

template <class Facts>
class fast_choice {
 public:
  using call = fast_call<Facts, typename Facts::mark>;
  using truth = typename call::template giving<bool>;

  /// What evaluates a node.
  static call call_of(const fast_node& n) {
    switch (n.kind) {
    case fast_kind::boolean: return {.boolean = truth_of(n)};
    case fast_kind::integer: return {.integer = whole_of(n)};
    case fast_kind::real: return {.real = real_of(n)};
    case fast_kind::text:
      return {.text = n.op == fast_op::choice ? by<&frame::template choice<std::string_view>>
                                              : nullptr};
    default: return {};
    }
  }

 private:
  using frame = fast_frame<Facts>;

  template <auto Method>
  static auto by(frame& f, const fast_node& n) {
    return (f.*Method)(n);
  }

  static truth truth_of(const fast_node& n) {
    switch (n.op) {
    case fast_op::logical: return by<&frame::logical>;
    case fast_op::compare: return compare_of(n);
    case fast_op::compare_numbers: return mixed_of(n);
    case fast_op::quantifier: return quantifier_of(n);
    case fast_op::exactly_one: return by<&frame::exactly_one>;
    case fast_op::in_texts: return by<&frame::in_texts>;
    case fast_op::in_integers: return by<&frame::in_integers>;
    case fast_op::negation: return by<&frame::negation>;
    case fast_op::has: return by<&frame::has>;
    case fast_op::choice: return by<&frame::template choice<bool>>;
    case fast_op::constant: return by<&frame::constant>;
    case fast_op::starts_with:
    case fast_op::ends_with:
    case fast_op::contains: return by<&frame::part_of_text>;
    default: return by<&frame::template look<bool>>;
    }
  }

  static typename call::template giving<std::int64_t> whole_of(const fast_node& n) {
    switch (n.op) {
    case fast_op::arithmetic: return by<&frame::whole>;
    case fast_op::size_of_list: return by<&frame::size>;
    case fast_op::choice: return by<&frame::template choice<std::int64_t>>;
    default: return nullptr;
    }
  }

  static typename call::template giving<double> real_of(const fast_node& n) {
    switch (n.op) {
    case fast_op::to_real:
      return n.flag ? by<&frame::template widened<std::uint64_t>>
                    : by<&frame::template widened<std::int64_t>>;
    case fast_op::choice: return by<&frame::template choice<double>>;
    case fast_op::arithmetic: break;
    default: return nullptr;
    }
    switch (n.relation) {
    case op::add: return by<&frame::template real<std::plus<>>>;
    case op::subtract: return by<&frame::template real<std::minus<>>>;
    case op::multiply: return by<&frame::template real<std::multiplies<>>>;
    default: return by<&frame::template real<std::divides<>>>;
    }
  }

  /// What evaluates a comparison, as `use` takes it: the operands are most often of a form that is
  /// known beforehand.
  template <class T, class Use>
  static truth comparison(const fast_node& n, Use use) {
    const auto are = [&](fast_op a, fast_op b) { return n.a->op == a && n.b->op == b; };
    if (are(fast_op::field, fast_op::constant))
      return use
          .template of<&frame::template compare_known<T, fast_op::field, fast_op::constant>>();
    if (are(fast_op::member, fast_op::constant))
      return use
          .template of<&frame::template compare_known<T, fast_op::member, fast_op::constant>>();
    if (are(fast_op::member, fast_op::member) && n.a->slot == n.b->slot)
      return use.template of<&frame::template compare_members<T>>();
    return use.template of<&frame::template compare<T, T>>();
  }

  struct alone {
    template <auto Method>
    static truth of() {
      return by<Method>;
    }
  };
  struct in_loop {
    template <auto Method>
    static truth of() {
      return by<&frame::template quantified<Method>>;
    }
  };

  static truth compare_of(const fast_node& n) {
    switch (n.a->kind) {
    case fast_kind::boolean: return by<&frame::template compare<bool, bool>>;
    case fast_kind::integer: return comparison<std::int64_t>(n, alone{});
    case fast_kind::uinteger: return by<&frame::template compare<std::uint64_t, std::uint64_t>>;
    case fast_kind::real: return comparison<double>(n, alone{});
    case fast_kind::text: return comparison<std::string_view>(n, alone{});
    case fast_kind::time: return by<&frame::template compare<timestamp, timestamp>>;
    case fast_kind::span:
      return by<&frame::template compare<std::chrono::nanoseconds, std::chrono::nanoseconds>>;
    case fast_kind::date: return by<&frame::template compare<day, day>>;
    case fast_kind::money: return by<&frame::template compare<decimal, decimal>>;
    }
    return nullptr;
  }

  /// A loop that does nothing but compare has the comparison inside.
  static truth quantifier_of(const fast_node& n) {
    if (n.b->op == fast_op::compare) switch (n.b->a->kind) {
      case fast_kind::integer: return comparison<std::int64_t>(*n.b, in_loop{});
      case fast_kind::real: return comparison<double>(*n.b, in_loop{});
      case fast_kind::text: return comparison<std::string_view>(*n.b, in_loop{});
      default: break;
      }
    return by<&frame::template quantified<&frame::template get<bool>>>;
  }

  static truth mixed_of(const fast_node& n) {
    switch (n.a->kind) {
    case fast_kind::integer: return mixed_with<std::int64_t>(n);
    case fast_kind::real: return mixed_with<double>(n);
    default: return mixed_with<std::uint64_t>(n);
    }
  }

  template <class A>
  static truth mixed_with(const fast_node& n) {
    switch (n.b->kind) {
    case fast_kind::integer: return by<&frame::template compare<A, std::int64_t>>;
    case fast_kind::real: return by<&frame::template compare<A, double>>;
    default: return by<&frame::template compare<A, std::uint64_t>>;
    }
  }
};

} // namespace banli::detail::cel
