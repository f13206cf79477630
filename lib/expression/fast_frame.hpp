// fast_frame.hpp — one evaluation by the short way.
#pragma once

#include <algorithm>
#include <array>
#include <type_traits>

#include "fast_facts.hpp"
#include "fast_relations.hpp"

namespace banli::detail::cel {

template <class Facts>
class fast_choice;

/// One evaluation. What a node gives means nothing once something is given up. Each kind of node
/// has a function of its own, which the node knows: what is not shared costs nobody registers or a
/// choice.
template <class Facts>
class fast_frame {
 public:
  using mark = typename Facts::mark;
  template <class T>
  using given = marked<T, mark>;

  /// What is spent at the outset, and what may be; of what the facts are made.
  template <class... From>
  fast_frame(std::uint64_t spent, std::uint64_t budget, const From&... from)
      : facts_(from...), spent_(spent), budget_(budget) {}

  template <class T>
  given<T> run(const fast_node& root) {
    return get<T>(root);
  }

  /// Whether what was given counts.
  bool decided() const { return !given_up_ && spent_ <= budget_; }
  const Facts& facts() const { return facts_; }

 private:
  friend class fast_choice<Facts>;

  template <class T>
  [[gnu::always_inline]] given<T> get(const fast_node& n) {
    const auto evaluates = Facts::call_of(n);
    if constexpr (std::is_same_v<T, bool>) {
      return evaluates.boolean(*this, n);
    } else {
      if (n.op == fast_op::constant) return {held<T>(n), {}};
      if (n.op <= fast_op::member) return look<T>(n);
      if constexpr (std::is_same_v<T, std::int64_t>) return evaluates.integer(*this, n);
      if constexpr (std::is_same_v<T, double>) return evaluates.real(*this, n);
      if constexpr (std::is_same_v<T, std::string_view>) return evaluates.text(*this, n);
      return give_up<T>(); // nothing else is computed
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
    if constexpr (std::is_same_v<T, day>) return day{days{n.number.integer}};
    if constexpr (std::is_same_v<T, decimal>) return n.number.money;
  }

  // --- what lies somewhere

  /// Where the value of a field or a local lies; null when it is missing.
  [[gnu::always_inline]] marked_place<mark> place_of(const fast_node& n) {
    if (n.op == fast_op::field) return facts_.find(n);
    return {locals_[n.slot], {}};
  }

  template <class T>
  [[gnu::always_inline]] given<T> look(const fast_node& n) {
    marked_place<mark> p;
    if (n.op == fast_op::member)
      p.is = member_of(*locals_[n.slot], n);
    else
      p = place_of(n);
    given<T> out;
    return see(p, out) ? out : give_up<T>();
  }

  [[gnu::always_inline]] static const value* member_of(const value& record, const fast_node& n) {
    const value* v = usual(record, n);
    return v ? v : look_for(record, n);
  }

  /// Most records have just the fields of their type. Null where this one has not.
  [[gnu::always_inline]] static const value* usual(const value& record, const fast_node& n) {
    return record.find_at(n.number.uinteger, n.head);
  }

  /// Apart, so that the usual place costs no registers.
  [[gnu::noinline]] static const value* look_for(const value& record, const fast_node& n) {
    return record.find(n.text);
  }

  /// What lies at a place, if it is of that kind.
  template <class T>
  [[gnu::always_inline]] bool see(marked_place<mark> p, given<T>& out) {
    if (!p.is) return false;
    if constexpr (std::is_same_v<T, std::string_view>) {
      const std::string* s = p.is->as_string();
      if (!s) return false;
      spent_ += s->size() / 8;
      out = {*s, p.mark};
    } else {
      const T* got = p.is->template as<T>();
      if (!got) return false;
      out = {*got, p.mark};
    }
    return true;
  }

  /// What an operand of that form is, if it is plain and where it usually lies.
  template <class T, fast_op Form>
  [[gnu::always_inline]] bool known(const fast_node& n, given<T>& out) {
    if constexpr (Form == fast_op::constant) {
      out = {held<T>(n), {}};
      return true;
    } else if constexpr (Form == fast_op::field) {
      return see<T>(facts_.find(n), out);
    } else {
      return see<T>({usual(*locals_[n.slot], n), {}}, out);
    }
  }

  template <class T>
  [[gnu::noinline, gnu::cold]] given<T> give_up() {
    given_up_ = true;
    return {};
  }

  given<const value::elements*> list_of(const fast_node& n) {
    marked_place<mark> p;
    if (n.op == fast_op::member)
      p.is = locals_[n.slot]->find(n.text);
    else
      p = place_of(n);
    const value::elements* list = p.is ? p.is->as_list() : nullptr;
    if (!list) return give_up<const value::elements*>();
    return {list, p.mark.unclocked()};
  }

  // --- numbers and texts

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

  template <class Operator>
  given<double> real(const fast_node& n) {
    const auto x = get<double>(*n.a);
    const auto y = get<double>(*n.b);
    return {Operator{}(x.is, y.is), arithmetic_mark(x.mark, y.mark)};
  }

  template <class Whole>
  given<double> widened(const fast_node& n) {
    const auto x = get<Whole>(*n.a);
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
    return compared(n, a, b);
  }

  template <class T, fast_op A, fast_op B>
  [[gnu::always_inline]] given<bool> compare_known(const fast_node& n) {
    given<T> a;
    given<T> b;
    if (known<T, A>(*n.a, a) && known<T, B>(*n.b, b)) [[likely]]
      return compared(n, a, b);
    return compare_unusual<T>(n);
  }

  /// Of one record.
  template <class T>
  [[gnu::always_inline]] given<bool> compare_members(const fast_node& n) {
    const value& record = *locals_[n.a->slot];
    given<T> a;
    given<T> b;
    if (see<T>({usual(record, *n.a), {}}, a) && see<T>({usual(record, *n.b), {}}, b)) [[likely]]
      return compared(n, a, b);
    return compare_unusual<T>(n);
  }

  /// Apart, so that it costs no registers.
  template <class T>
  [[gnu::noinline]] given<bool> compare_unusual(const fast_node& n) {
    return compare<T, T>(n);
  }

  template <class A, class B>
  [[gnu::always_inline]] given<bool> compared(const fast_node& n, const given<A>& a,
                                              const given<B>& b) {
    const bool answer = related(n.ways, a.is, b.is);
    if (!Facts::sharpens(a.mark, b.mark) || given_up_) return {answer, earlier(a.mark, b.mark)};
    return {answer, sharpened(n.relation, a, b)};
  }

  /// Until when a comparison with a clock keeps its answer. Apart, as few have one.
  template <class A, class B>
  [[gnu::noinline]] mark sharpened(op relation, const given<A>& a, const given<B>& b) {
    // Words and bools that are clocks are the evaluator's.
    if constexpr (std::is_same_v<A, bool> || std::is_same_v<A, std::string_view>)
      return give_up<bool>().mark;
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
    if (!list.is) return {};
    spent_ += list.is->size() * n.number.uinteger;
    return spent_ <= budget_ ? list : give_up<const value::elements*>();
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

  Facts facts_;
  std::array<const value*, most_fast_locals> locals_; ///< set before they are looked at
  std::uint64_t spent_;
  std::uint64_t budget_;
  bool given_up_ = false;
};

} // namespace banli::detail::cel
