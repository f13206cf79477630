#include "fast.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

#include "fast_facts.hpp"
#include "fast_relations.hpp"

namespace banli::detail::cel {

/// One evaluation. What a node gives means nothing once something is given up. Each kind of node
/// has a function of its own, and a node that gives a bool knows its own: what is not shared costs
/// nobody registers or a choice.
template <class Facts>
class fast_frame {
 public:
  using mark = typename Facts::mark;
  template <class T>
  using given = marked<T, mark>;

  using call = fast_truth<Facts, mark>;

  /// What is spent at least, at the outset.
  fast_frame(Facts& facts, std::uint64_t spent) : facts_(facts), spent_(spent) {}

  template <class T>
  given<T> run(const fast_node& root) {
    return get<T>(root);
  }

  /// What evaluates a node that gives a bool.
  static call call_of(const fast_node& n) {
    switch (n.op) {
    case fast_op::logical: return by<&fast_frame::logical>;
    case fast_op::compare: return compare_of(n);
    case fast_op::compare_numbers: return mixed_of(n);
    case fast_op::quantifier: return quantifier_of(n);
    case fast_op::exactly_one: return by<&fast_frame::exactly_one>;
    case fast_op::in_texts: return by<&fast_frame::in_texts>;
    case fast_op::in_integers: return by<&fast_frame::in_integers>;
    case fast_op::negation: return by<&fast_frame::negation>;
    case fast_op::has: return by<&fast_frame::has>;
    case fast_op::choice: return by<&fast_frame::choice<bool>>;
    case fast_op::constant: return by<&fast_frame::constant>;
    case fast_op::starts_with:
    case fast_op::ends_with:
    case fast_op::contains: return by<&fast_frame::part_of_text>;
    default: return by<&fast_frame::look<bool>>;
    }
  }

  /// Whether what was given counts.
  bool decided(std::uint64_t budget) const { return !given_up_ && spent_ <= budget; }

 private:
  given<bool> give_up() {
    given_up_ = true;
    return {};
  }

  template <auto Method>
  static given<bool> by(fast_frame& f, const fast_node& n) {
    return (f.*Method)(n);
  }

  static call compare_of(const fast_node& n) {
    switch (n.a->kind) {
    case fast_kind::boolean: return by<&fast_frame::compare<bool, bool>>;
    case fast_kind::integer: return by<&fast_frame::compare<std::int64_t, std::int64_t>>;
    case fast_kind::uinteger: return by<&fast_frame::compare<std::uint64_t, std::uint64_t>>;
    case fast_kind::real: return by<&fast_frame::compare<double, double>>;
    case fast_kind::text: return by<&fast_frame::compare<std::string_view, std::string_view>>;
    case fast_kind::time: return by<&fast_frame::compare<timestamp, timestamp>>;
    case fast_kind::span:
      return by<&fast_frame::compare<std::chrono::nanoseconds, std::chrono::nanoseconds>>;
    }
    return nullptr;
  }

  /// A loop that does nothing but compare has the comparison inside.
  static call quantifier_of(const fast_node& n) {
    if (n.b->op == fast_op::compare) switch (n.b->a->kind) {
      case fast_kind::integer:
        return by<&fast_frame::quantified<&fast_frame::compare<std::int64_t, std::int64_t>>>;
      case fast_kind::real:
        return by<&fast_frame::quantified<&fast_frame::compare<double, double>>>;
      case fast_kind::text:
        return by<
            &fast_frame::quantified<&fast_frame::compare<std::string_view, std::string_view>>>;
      default: break;
      }
    return by<&fast_frame::quantified<&fast_frame::get<bool>>>;
  }

  static call mixed_of(const fast_node& n) {
    switch (n.a->kind) {
    case fast_kind::integer: return mixed_with<std::int64_t>(n);
    case fast_kind::real: return mixed_with<double>(n);
    default: return mixed_with<std::uint64_t>(n);
    }
  }

  template <class A>
  static call mixed_with(const fast_node& n) {
    switch (n.b->kind) {
    case fast_kind::integer: return by<&fast_frame::compare<A, std::int64_t>>;
    case fast_kind::real: return by<&fast_frame::compare<A, double>>;
    default: return by<&fast_frame::compare<A, std::uint64_t>>;
    }
  }

  template <class T>
  [[gnu::always_inline]] given<T> get(const fast_node& n) {
    if constexpr (std::is_same_v<T, bool>) {
      return Facts::call_of(n)(*this, n);
    } else {
      if (n.op == fast_op::constant) return {held<T>(n), {}};
      if (n.op <= fast_op::member) return look<T>(n);
      if constexpr (std::is_same_v<T, double>)
        if (n.op == fast_op::to_real) return widened(n);
      return compute<T>(n);
    }
  }

  given<bool> constant(const fast_node& n) { return {n.flag, {}}; }
  given<bool> has(const fast_node& n) { return facts_.has(n); }

  template <class T>
  T held(const fast_node& n) const {
    if constexpr (std::is_same_v<T, std::int64_t>) return n.number.integer;
    if constexpr (std::is_same_v<T, std::uint64_t>) return n.number.uinteger;
    if constexpr (std::is_same_v<T, double>) return n.number.real;
    if constexpr (std::is_same_v<T, std::string_view>) return n.text;
    if constexpr (std::is_same_v<T, timestamp>)
      return {instant{std::chrono::seconds{n.number.integer}}, {}};
    if constexpr (std::is_same_v<T, std::chrono::nanoseconds>)
      return std::chrono::nanoseconds{n.number.integer};
  }

  // --- what lies somewhere

  /// Where the value of a field or a local lies; null when it is missing.
  [[gnu::always_inline]] marked_place<mark> place_of(const fast_node& n) {
    if (n.op == fast_op::field) return facts_.find(n);
    return {locals_[n.slot], {}};
  }

  /// Records come with their fields in the order of their type, as a rule. Null where this one does
  /// not.
  [[gnu::always_inline]] static const value* at_usual_place(const value& record,
                                                            const fast_node& n) {
    const value::entries* all = record.as_map();
    const auto place = static_cast<std::size_t>(n.number.uinteger);
    // Counted in bytes, which spares the division that size() is.
    constexpr std::size_t width = sizeof(value::entries::value_type);
    if (!all || place * width >= all->size() * width) return nullptr;
    const auto& [key, found] = (*all)[place];
    const std::string* name = key.as_string();
    const bool there = name && name->size() == n.text.size() &&
                       same_short(name->data(), n.text.data(), n.text.size());
    return there ? &found : nullptr;
  }

  template <class T>
  static std::optional<T> plain(const value& v) {
    if constexpr (std::is_same_v<T, bool>) return v.as_bool();
    if constexpr (std::is_same_v<T, std::int64_t>) return v.as_int();
    if constexpr (std::is_same_v<T, std::uint64_t>) return v.as_uint();
    if constexpr (std::is_same_v<T, double>) return v.as_double();
    if constexpr (std::is_same_v<T, timestamp>) return v.as_timestamp();
    if constexpr (std::is_same_v<T, std::chrono::nanoseconds>) return v.as_duration();
  }

  template <class T>
  [[gnu::always_inline]] given<T> look(const fast_node& n) {
    if (n.op != fast_op::member) return seen<T>(place_of(n));
    const value& record = *locals_[n.slot];
    if (const value* v = at_usual_place(record, n)) [[likely]]
      return seen<T>({v, {}});
    return look_for<T>(record, n);
  }

  /// Apart, so that the usual place costs no registers.
  template <class T>
  [[gnu::noinline]] given<T> look_for(const value& record, const fast_node& n) {
    return seen<T>({record.find(n.text), {}});
  }

  template <class T>
  [[gnu::always_inline]] given<T> seen(marked_place<mark> p) {
    if constexpr (std::is_same_v<T, std::string_view>) {
      if (const std::string* s = p.is ? p.is->as_string() : nullptr) {
        spent_ += s->size() / 8;
        return {*s, p.mark};
      }
    } else if (p.is) {
      if (const auto got = plain<T>(*p.is)) return {*got, p.mark};
    }
    give_up();
    return {};
  }

  given<const value::elements*> list_of(const fast_node& n) {
    marked_place<mark> p;
    if (n.op == fast_op::member)
      p.is = locals_[n.slot]->find(n.text);
    else
      p = place_of(n);
    const value::elements* list = p.is ? p.is->as_list() : nullptr;
    if (!list) give_up();
    return {list, p.mark.unclocked()};
  }

  // --- numbers and texts

  template <class T>
  [[gnu::noinline]] given<T> compute(const fast_node& n) {
    if (n.op == fast_op::choice) return choice<T>(n);
    if constexpr (std::is_same_v<T, std::int64_t>)
      return n.op == fast_op::arithmetic ? whole(n) : size(n);
    if constexpr (std::is_same_v<T, double>) return real(n);
    give_up();
    return {};
  }

  given<std::int64_t> size(const fast_node& n) {
    const auto list = list_of(*n.a);
    return {list.is ? static_cast<std::int64_t>(list.is->size()) : 0, list.mark};
  }

  /// Of arithmetic over what moves; what follows the course of one clock is the evaluator's.
  mark arithmetic_mark(mark a, mark b) {
    if (Facts::follows(a, b)) given_up_ = true;
    return earlier(a, b);
  }

  given<std::int64_t> whole(const fast_node& n) {
    const auto x = get<std::int64_t>(*n.a);
    const auto y = get<std::int64_t>(*n.b);
    std::int64_t r = 0;
    bool lost = false;
    switch (n.relation) {
    case op::add: lost = __builtin_add_overflow(x.is, y.is, &r); break;
    case op::subtract: lost = __builtin_sub_overflow(x.is, y.is, &r); break;
    case op::multiply: lost = __builtin_mul_overflow(x.is, y.is, &r); break;
    default: // division and remainder: 0 and -1 are the evaluator's
      lost = y.is == 0 || y.is == -1;
      if (!lost) r = n.relation == op::divide ? x.is / y.is : x.is % y.is;
    }
    if (lost) given_up_ = true;
    return {r, arithmetic_mark(x.mark, y.mark)};
  }

  [[gnu::always_inline]] given<double> real(const fast_node& n) {
    const auto x = get<double>(*n.a);
    const auto y = get<double>(*n.b);
    const mark m = arithmetic_mark(x.mark, y.mark);
    switch (n.relation) {
    case op::add: return {x.is + y.is, m};
    case op::subtract: return {x.is - y.is, m};
    case op::multiply: return {x.is * y.is, m};
    default: return {x.is / y.is, m};
    }
  }

  given<double> widened(const fast_node& n) {
    if (n.flag) {
      const auto x = get<std::uint64_t>(*n.a);
      return {static_cast<double>(x.is), x.mark};
    }
    const auto x = get<std::int64_t>(*n.a);
    return {static_cast<double>(x.is), x.mark};
  }

  /// A branch is a clock only where the condition stays.
  template <class T>
  given<T> choice(const fast_node& n) {
    const auto c = get<bool>(*n.a);
    auto branch = c.is ? get<T>(*n.b) : get<T>(*n.c);
    if (!c.mark.lasts()) branch.mark = earlier(branch.mark, c.mark);
    return branch;
  }

  // --- bools

  /// && and ||: the operand that decides and holds longest; see evaluator::logical().
  given<bool> logical(const fast_node& n) {
    bool decided = false;
    mark longest;
    mark all;
    for (const fast_node* part : n.parts) {
      const auto b = get<bool>(*part);
      if (given_up_) return {};
      if (b.is != n.flag) {
        all = earlier(all, b.mark);
        continue;
      }
      if (!decided || b.mark.outlasts(longest)) longest = b.mark;
      decided = true;
      if (longest.lasts()) break;
    }
    return decided ? given<bool>{n.flag, longest.unclocked()} : given<bool>{!n.flag, all};
  }

  given<bool> negation(const fast_node& n) {
    const auto b = get<bool>(*n.a);
    return {!b.is, b.mark.unclocked()};
  }

  template <class A, class B>
  [[gnu::always_inline]] given<bool> compare(const fast_node& n) {
    const auto a = get<A>(*n.a);
    const auto b = get<B>(*n.b);
    const bool answer = related(n.relation, a.is, b.is);
    if (!Facts::sharpens(a.mark, b.mark) || given_up_) return {answer, earlier(a.mark, b.mark)};
    return {answer, sharpened(n.relation, a, b)};
  }

  /// Until when a comparison with a clock keeps its answer. Apart, as few have one.
  template <class A, class B>
  [[gnu::noinline]] mark sharpened(op relation, const given<A>& a, const given<B>& b) {
    // Words and bools that are clocks are the evaluator's.
    if constexpr (std::is_same_v<A, bool> || std::is_same_v<A, std::string_view>)
      return give_up().mark;
    else
      return facts_.compared(relation, a, b);
  }

  given<bool> in_texts(const fast_node& n) {
    const auto wanted = get<std::string_view>(*n.a);
    const bool is_in = std::ranges::any_of(
        *n.list, [&](const value& v) { return same(*v.as_string(), wanted.is); });
    return {is_in, wanted.mark.unclocked()};
  }

  given<bool> in_integers(const fast_node& n) {
    const auto wanted = get<std::int64_t>(*n.a);
    const bool is_in =
        std::ranges::any_of(*n.list, [&](const value& v) { return v.as_int() == wanted.is; });
    return {is_in, wanted.mark.unclocked()};
  }

  given<bool> part_of_text(const fast_node& n) {
    const auto whole = get<std::string_view>(*n.a);
    const auto part = get<std::string_view>(*n.b);
    const bool answer = n.op == fast_op::starts_with ? whole.is.starts_with(part.is)
                        : n.op == fast_op::ends_with
                            ? whole.is.ends_with(part.is)
                            : whole.is.find(part.is) != std::string_view::npos;
    return {answer, earlier(whole.mark, part.mark)};
  }

  // --- loops

  given<const value::elements*> looked_through(const fast_node& n) {
    const auto list = list_of(*n.a);
    if (list.is) spent_ += list.is->size() * n.number.uinteger;
    return list;
  }

  template <auto Body>
  given<bool> quantified(const fast_node& n) {
    const auto list = looked_through(n);
    if (!list.is) return {};
    mark all = list.mark;
    for (const value& v : std::span(*list.is)) {
      locals_[n.slot] = &v;
      const auto b = (this->*Body)(*n.b);
      if (given_up_) return {};
      if (b.is == n.flag) return {n.flag, earlier(list.mark, b.mark)};
      all = earlier(all, b.mark);
    }
    return {!n.flag, all};
  }

  given<bool> exactly_one(const fast_node& n) {
    const auto list = looked_through(n);
    if (!list.is) return {};
    mark all = list.mark;
    std::size_t found = 0;
    for (const value& v : *list.is) {
      locals_[n.slot] = &v;
      const auto b = get<bool>(*n.b);
      if (given_up_) return {};
      found += b.is ? 1 : 0;
      all = earlier(all, b.mark);
    }
    return {found == 1, all};
  }

  Facts& facts_;
  std::array<const value*, most_fast_locals> locals_; ///< set before they are looked at
  std::uint64_t spent_;
  bool given_up_ = false;
};

void set_calls(fast_node& n) {
  if (n.kind != fast_kind::boolean) return;
  n.in_table = fast_frame<table_facts>::call_of(n);
  n.in_readings = fast_frame<read_facts>::call_of(n);
}

namespace {

/// The facts as a table, where the activation has one with all that the plan reads; else empty.
std::span<const value* const> table_of(const plan& p, const activation& from) {
  const auto table = from.table();
  return table.size() < p.slots ? std::span<const value* const>{} : table;
}

} // namespace

template <class Facts>
bool fast_program::evaluate(Facts& facts, std::uint64_t budget, outcome& out) const {
  fast_frame f(facts, cost_);
  const auto as = [&]<class T>(T) {
    const auto given = f.template run<T>(*root_);
    if (!f.decided(budget)) return false;
    out.value = given.is;
    out.holds_until = facts.expiry_of(given.mark);
    out.course = facts.course_of(given.mark);
    return true;
  };
  switch (gives_) {
  case fast_kind::integer: return as(std::int64_t{});
  case fast_kind::uinteger: return as(std::uint64_t{});
  case fast_kind::real: return as(double{});
  default: return as(bool{});
  }
}

bool fast_program::evaluate(const plan& p, const activation& from, std::uint64_t budget,
                            outcome& out) const {
  const auto table = table_of(p, from);
  if (!table.empty()) {
    table_facts facts(table);
    return evaluate(facts, budget, out);
  }
  if (p.fields.size() > read_facts::most_fields) return false;
  read_facts facts(p, from);
  return evaluate(facts, budget, out);
}

std::optional<bool> fast_program::holds(const plan& p, const activation& from,
                                        std::uint64_t budget) const {
  const auto table = table_of(p, from);
  if (table.empty() || gives_ != fast_kind::boolean) return std::nullopt;
  table_facts facts(table);
  fast_frame f(facts, cost_);
  const bool answer = f.template run<bool>(*root_).is;
  return f.decided(budget) ? std::optional(answer) : std::nullopt;
}

} // namespace banli::detail::cel
