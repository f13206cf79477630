#include "cost.hpp"

#include <algorithm>
#include <limits>
#include <memory>
#include <vector>

namespace banli::detail::cel {

namespace {

/// How large a value is at most: its elements or its units of 16 bytes, and how large each of the
/// elements is. A number is of size 0.
struct extent {
  double size = 0;
  std::shared_ptr<const extent> element; ///< of a list or a map; null: its elements have no size

  /// Everything inside as well, as comparing for equality may look at.
  double deep() const { return size + (element ? size * element->deep() : 0); }
};

extent larger(const extent& a, const extent& b) {
  extent out{std::max(a.size, b.size), a.element ? a.element : b.element};
  if (a.element && b.element)
    out.element = std::make_shared<const extent>(larger(*a.element, *b.element));
  return out;
}

extent list_of(double elements, extent each) {
  return {elements, std::make_shared<const extent>(std::move(each))};
}

class estimator {
 public:
  estimator(const syntax_tree& tree, const checked& meanings, const assumed_sizes& sizes)
      : tree_(tree), meanings_(meanings), text_(static_cast<double>(sizes.text_bytes) / 16),
        list_(static_cast<double>(sizes.elements)) {}

  double run() {
    visit(tree_.root);
    return cost_;
  }

 private:
  /// Of a value of which only the type is known. What may be anything is taken for a list of lists
  /// of texts.
  extent of(const type& t) const {
    switch (t.kind()) {
    case type_kind::string:
    case type_kind::enumeration:
    case type_kind::bytes: return {text_, nullptr};
    case type_kind::list: return list_of(list_, of(t.element()));
    case type_kind::map: return list_of(list_, larger(of(t.key()), of(t.mapped())));
    case type_kind::optional: return of(t.element());
    case type_kind::record: {
      extent each;
      for (const type_field& f : t.fields()) each = larger(each, of(f.of));
      return list_of(static_cast<double>(t.fields().size()), each);
    }
    case type_kind::dyn: return list_of(std::max(list_, text_), list_of(list_, {text_, nullptr}));
    default: return {};
    }
  }

  static extent of(const value& v) {
    if (const auto* s = v.as_string()) return {static_cast<double>(s->size()) / 16, nullptr};
    if (const auto* b = v.as_bytes()) return {static_cast<double>(b->size()) / 16, nullptr};
    return {};
  }

  void spend(double units) { cost_ += units * rounds_; }

  /// The cost of a part alone, which is then taken off again.
  template <class Visit>
  double apart(Visit visit_part) {
    const double before = cost_;
    visit_part();
    return std::exchange(cost_, before) - before;
  }

  extent visit(node_index i) {
    const node& n = tree_[i];
    const resolved& r = meanings_.nodes[i];
    spend(1);
    switch (n.kind) {
    case node_kind::literal: return of(n.held);
    case node_kind::name:
      if (r.means == meaning::local && r.slot < locals_.size()) return locals_[r.slot];
      return of(r.of);
    case node_kind::select:
      if (r.means == meaning::field || r.means == meaning::type_name) return of(r.of);
      return within(visit(n.args[0]), r.of);
    case node_kind::has:
      if (r.means != meaning::field) visit(n.args[0]);
      return {};
    case node_kind::op: return operation(n, r);
    case node_kind::call:
    case node_kind::method: return call(n, r);
    case node_kind::list:
    case node_kind::map: return gathered(n);
    case node_kind::loop: return loop(n, r);
    default: return {};
    }
  }

  /// A part of a value: what is known of its elements, or else of its type.
  extent within(const extent& whole, const type& t) const {
    return t.is(type_kind::dyn) && whole.element ? *whole.element : of(t);
  }

  extent operation(const node& n, const resolved& r) {
    if (n.op == op::conditional) {
      visit(n.args[0]);
      extent yes;
      extent no;
      const double a = apart([&] { yes = visit(n.args[1]); });
      const double b = apart([&] { no = visit(n.args[2]); });
      cost_ += std::max(a, b);
      return larger(yes, no);
    }
    std::vector<extent> of_args;
    for (const node_index a : n.args) of_args.push_back(visit(a));
    switch (n.op) {
    case op::equal:
    case op::unequal: spend(std::min(of_args[0].deep(), of_args[1].deep())); return {};
    case op::in: spend(of_args[1].deep()); return {};
    case op::add: {
      spend(of_args[0].size + of_args[1].size);
      extent sum = larger(of_args[0], of_args[1]);
      sum.size = of_args[0].size + of_args[1].size;
      return sum;
    }
    case op::index:
    case op::optional_index: return within(of_args[0], r.of);
    case op::optional_element: return of_args[0];
    default: return {};
    }
  }

  /// The product of its texts, as the evaluator charges. What it gives is at most four times as
  /// large as its one argument, or as every one of several put between all others, and a number as
  /// two units.
  extent call(const node& n, const resolved& r) {
    double product = 1;
    double sum = 0;
    extent all;
    const std::size_t first = r.namespaced ? 1 : 0;
    for (std::size_t k = first; k < n.args.size(); ++k) {
      const extent e = visit(n.args[k]);
      const type& t = meanings_.nodes[n.args[k]].of;
      const bool looked_at = !t.is(type_kind::list) && !t.is(type_kind::map);
      if (looked_at) product *= 1 + e.size;
      sum += e.deep();
      all = larger(all, e);
    }
    const bool compiles = r.function == function::matches;
    spend(product + (compiles ? 100 : 0));
    switch (r.of.kind()) {
    case type_kind::string:
    case type_kind::bytes:
      return {4 * (sum + 1) * (n.args.size() - first > 1 ? product + 1 : 1), nullptr};
    case type_kind::list: return list_of(16 * (sum + 1), {sum + 4, nullptr});
    case type_kind::dyn:
    case type_kind::optional:
    case type_kind::map: return all;
    default: return {};
    }
  }

  extent gathered(const node& n) {
    extent each;
    for (const node_index a : n.args) each = larger(each, visit(a));
    return list_of(static_cast<double>(n.args.size()), each);
  }

  extent loop(const node& n, const resolved& r) {
    const extent range = visit(n.args[0]);
    if (n.macro == macro::bind || n.macro == macro::opt_map || n.macro == macro::opt_flat_map) {
      locals_.push_back(range);
      const extent made = visit(n.args[1]);
      locals_.pop_back();
      return made;
    }
    const double outer = rounds_;
    rounds_ *= range.size;
    const extent each = range.element ? *range.element : extent{};
    locals_.push_back(each);
    if (!n.second.empty()) locals_.push_back(each);
    extent made;
    for (std::size_t k = 1; k < n.args.size(); ++k) made = visit(n.args[k]);
    if (n.macro == macro::transform_entries) spend(range.size * std::max(1.0, made.size));
    locals_.resize(locals_.size() - (n.second.empty() ? 1 : 2));
    rounds_ = outer;
    if (r.of.is(type_kind::boolean)) return {};
    if (n.macro == macro::filter) return range;
    return list_of(range.size, n.macro == macro::transform_map ? larger(each, made) : made);
  }

  const syntax_tree& tree_;
  const checked& meanings_;
  double text_;
  double list_;
  double cost_ = 0;
  double rounds_ = 1; ///< of all the loops around
  std::vector<extent> locals_;
};

} // namespace

std::uint64_t worst_cost(const syntax_tree& tree, const checked& meanings,
                         const assumed_sizes& sizes) {
  const double cost = estimator(tree, meanings, sizes).run();
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  return cost < 1e18 ? static_cast<std::uint64_t>(cost) + 1 : most;
}

} // namespace banli::detail::cel
