// column_builder.hpp — from a plan and columns to nodes with lanes.
#pragma once

#include <algorithm>
#include <utility>

#include "arithmetic.hpp"
#include "column_program.hpp"

namespace banli::detail::cel {

using maybe = std::optional<std::uint32_t>;

inline bool is_comparison(op o) { return o >= op::equal && o <= op::greater_equal; }
inline bool is_whole(lane l) { return l == lane::int64 || l == lane::uint64; }
inline bool is_numeric(lane l) { return is_whole(l) || l == lane::real; }

/// The lane of values of a kind, where there is one.
inline std::optional<lane> lane_of(type_kind k) {
  switch (k) {
  case type_kind::boolean: return lane::column_verdict;
  case type_kind::integer: return lane::int64;
  case type_kind::uinteger: return lane::uint64;
  case type_kind::real: return lane::real;
  case type_kind::string: return lane::word;
  case type_kind::timestamp: return lane::moment;
  case type_kind::duration: return lane::duration;
  default: return std::nullopt;
  }
}

class column_builder {
 public:
  column_builder(const plan& p, const case_columns& cases, column_program& out)
      : plan_(p), cases_(cases), out_(out) {}

  bool run() {
    const maybe root = build(plan_.root);
    if (!root) return false;
    const column_node& n = node(*root);
    const bool told = n.out == lane::column_verdict || is_numeric(n.out);
    // The root is the last node, so that whoever reads the answers finds it there.
    return told && *root + 1 == out_.nodes_.size();
  }

 private:
  column_node& node(std::uint32_t i) { return out_.nodes_[i]; }

  std::uint32_t add(column_node n) {
    const bool wide = n.inner || n.does == act::constant;
    const std::size_t most = wide ? block_elements : block_rows;
    n.values.resize(most + 1); // reduce_rows() may look eight bytes beyond
    n.states.resize(most);
    out_.nodes_.push_back(std::move(n));
    return static_cast<std::uint32_t>(out_.nodes_.size() - 1);
  }

  maybe build(std::uint32_t i) {
    const step& s = plan_.steps[i];
    if (s.optional || s.host) return std::nullopt;
    switch (s.kind) {
    case step_kind::constant: return constant(s.held);
    case step_kind::field: return field(s);
    case step_kind::has_field: return has_field(s);
    case step_kind::local: return element(s);
    case step_kind::member: return member(s, act::load);
    case step_kind::has: return member(s, act::has);
    case step_kind::op: return operation(s);
    case step_kind::call: return function_call(s);
    case step_kind::loop: return loop(s);
    default: return std::nullopt;
    }
  }

  // --- leaves

  maybe constant(const value& v) {
    const auto l = lane_of(v.kind());
    if (!l) return std::nullopt;
    column_node n;
    n.out = *l;
    n.held = v;
    if (const std::string* s = v.as_string())
      out_.longest_text_ = std::max(out_.longest_text_, s->size());
    const std::uint32_t i = add(std::move(n));
    fill(node(i));
    return i;
  }

  static void fill(column_node& n) {
    const auto all = [&](auto x) {
      std::fill_n(reinterpret_cast<decltype(x)*>(n.values.data()), block_elements, x);
    };
    if (const auto b = n.held.as_bool()) all(static_cast<std::uint8_t>(*b));
    if (const auto x = n.held.as_int()) all(*x);
    if (const auto x = n.held.as_uint()) all(*x);
    if (const auto x = n.held.as_double()) all(*x);
    if (const auto x = n.held.as_duration()) all(std::int64_t{x->count()});
  }

  maybe field(const step& s) {
    const column* c = cases_.find(plan_.fields[s.slot].path);
    if (!c) return std::nullopt;
    if (c->parts().of == column::kind::same) return constant(c->parts().held);
    return load(c->parts(), is_unknown, false);
  }

  maybe load(const column_parts& c, std::uint8_t absent, bool inner) {
    column_node n;
    n.does = act::load;
    n.from = &c;
    n.absent = absent;
    n.inner = inner;
    switch (c.of) {
    case column::kind::ints: n.out = lane::int64; break;
    case column::kind::uints: n.out = lane::uint64; break;
    case column::kind::reals: n.out = lane::real; break;
    case column::kind::durations: n.out = lane::duration; break;
    case column::kind::bools: n.does = act::load_bool; break;
    case column::kind::timestamps:
      n.out = lane::moment;
      n.per_second = c.per_second;
      break;
    case column::kind::words:
      n.out = lane::word;
      n.words = c.dictionary;
      n.holes = c.holes;
      out_.longest_text_ = std::max(out_.longest_text_, c.longest_text);
      break;
    default: return std::nullopt;
    }
    return add(std::move(n));
  }

  maybe has_field(const step& s) {
    const column* c = cases_.find(plan_.fields[s.slot].path);
    if (!c) return constant(false);
    if (c->parts().of == column::kind::same) return constant(true);
    return has_value(c->parts(), false);
  }

  std::uint32_t has_value(const column_parts& c, bool inner) {
    column_node n;
    n.does = act::has;
    n.from = &c;
    n.inner = inner;
    n.holes = c.holes;
    return add(std::move(n));
  }

  /// The elements of a list that is no list of records. A missing one is null, which no lane has.
  maybe element(const step& s) {
    if (!list_ || s.slot != slot_ || list_->elements.empty()) return std::nullopt;
    const column_parts& c = list_->elements.front().parts();
    if (c.of == column::kind::same) return constant(c.held);
    if (!c.mask.empty() || c.holes) return std::nullopt;
    return load(c, is_unknown, true);
  }

  /// f.amount or has(f.amount), f being the variable of the loop.
  maybe member(const step& s, act does) {
    const step& of = plan_.steps[plan_.args_of(s)[0]];
    if (!list_ || of.kind != step_kind::local || of.slot != slot_) return std::nullopt;
    for (const auto& [name, c] : list_->fields) {
      if (name != s.name) continue;
      const bool same = c.parts().of == column::kind::same;
      if (does == act::has) return same ? constant(true) : maybe(has_value(c.parts(), true));
      if (same) return constant(c.parts().held);
      return load(c.parts(), s.record_field.empty() ? is_error : is_unknown, true);
    }
    return std::nullopt;
  }

  // --- nodes over others

  /// Adds a node whose inputs run on one level: rows are spread over elements where they meet.
  maybe over(column_node n) {
    for (const std::uint32_t i : n.inputs) n.inner = n.inner || node(i).inner;
    if (n.inner)
      for (std::uint32_t& i : n.inputs) i = inside(i);
    return add(std::move(n));
  }

  std::uint32_t inside(std::uint32_t i) {
    if (node(i).inner || node(i).does == act::constant) return i;
    column_node n;
    n.does = act::spread;
    n.out = node(i).out;
    n.inner = true;
    n.inputs = {i};
    n.per_second = node(i).per_second;
    n.words = node(i).words;
    return add(std::move(n));
  }

  bool is_text(std::uint32_t i) { return node(i).out == lane::word; }
  bool is_constant(std::uint32_t i) { return node(i).does == act::constant; }

  maybe operation(const step& s) {
    if (s.op == op::in) return contained(s);
    std::vector<std::uint32_t> inputs;
    for (const std::uint32_t a : plan_.args_of(s)) {
      const maybe i = build(a);
      if (!i) return std::nullopt;
      inputs.push_back(*i);
    }
    switch (s.op) {
    case op::logical_and:
    case op::logical_or: return join(s.op, std::move(inputs));
    case op::logical_not: return invert(inputs[0]);
    case op::conditional: return choose(std::move(inputs));
    case op::negate: return negate(inputs[0]);
    case op::index:
    case op::optional_index:
    case op::optional_element: return std::nullopt;
    default: break;
    }
    if (is_comparison(s.op)) return compare(s.op, inputs[0], inputs[1]);
    return arithmetic(s.op, inputs[0], inputs[1]);
  }

  maybe join(op o, std::vector<std::uint32_t> inputs) {
    for (const std::uint32_t i : inputs)
      if (node(i).out != lane::column_verdict) return std::nullopt;
    column_node n;
    n.does = act::join;
    n.o = o;
    n.inputs = std::move(inputs);
    return over(std::move(n));
  }

  maybe invert(std::uint32_t a) {
    if (node(a).out != lane::column_verdict) return std::nullopt;
    column_node n;
    n.does = act::invert;
    n.inputs = {a};
    return over(std::move(n));
  }

  maybe choose(std::vector<std::uint32_t> inputs) {
    const lane l = node(inputs[1]).out;
    if (node(inputs[0]).out != lane::column_verdict || node(inputs[2]).out != l)
      return std::nullopt;
    if (l != lane::column_verdict && !is_numeric(l)) return std::nullopt;
    column_node n;
    n.does = act::choose;
    n.out = l;
    n.inputs = std::move(inputs);
    return over(std::move(n));
  }

  maybe negate(std::uint32_t a) {
    const lane l = node(a).out;
    if (l == lane::int64) return arithmetic(op::subtract, *constant(std::int64_t{0}), a);
    if (l == lane::real) return arithmetic(op::multiply, *constant(-1.0), a);
    return std::nullopt;
  }

  maybe arithmetic(op o, std::uint32_t a, std::uint32_t b) {
    const lane la = node(a).out;
    const lane lb = node(b).out;
    if (!is_numeric(la) || !is_numeric(lb)) return std::nullopt;
    column_node n;
    n.o = o;
    if (la == lb && is_whole(la)) {
      n.does = act::whole;
      n.out = la;
    } else {
      if (la != lane::real && lb != lane::real) return std::nullopt;
      if (o == op::modulo) return std::nullopt;
      n.does = act::real;
      n.out = lane::real;
      a = widened(a);
      b = widened(b);
    }
    n.inputs = {a, b};
    return over(std::move(n));
  }

  std::uint32_t widened(std::uint32_t a) {
    if (node(a).out == lane::real) return a;
    column_node n;
    n.does = act::widen;
    n.out = lane::real;
    n.inputs = {a};
    return *over(std::move(n));
  }

  // --- comparisons

  maybe compare(op o, std::uint32_t a, std::uint32_t b);
  maybe comparing(op o, std::uint32_t a, std::uint32_t b, act does);
  maybe compare_moments(op o, std::uint32_t a, std::uint32_t b);
  maybe compare_words(op o, std::uint32_t a, std::uint32_t b);
  std::uint32_t renumbered(std::uint32_t a, std::vector<std::int32_t> codes);

  /// What a function of a text gives for every word of its dictionary.
  template <class F>
  maybe table(std::uint32_t a, lane out, F&& give) {
    column_node n;
    n.does = act::table;
    n.out = out;
    n.inputs = {a};
    n.states_table.push_back(is_good);
    n.ints_table.push_back(0);
    for (const value& w : node(a).words) {
      const result<value> r = give(w);
      if (!r && r.error().code == errc::limit_exceeded) return std::nullopt;
      const auto b = r ? r->as_bool() : std::nullopt;
      const auto x = r ? r->as_int() : std::nullopt;
      if (r && (out == lane::column_verdict ? !b : !x)) return std::nullopt;
      const std::uint8_t good = out == lane::column_verdict && b && *b ? 1 : 0;
      n.states_table.push_back(r ? good : is_error);
      n.ints_table.push_back(x.value_or(0));
    }
    if (out == lane::column_verdict) n.ints_table.clear();
    return over(std::move(n));
  }

  // --- in, functions, loops

  maybe contained(const step& s);
  maybe function_call(const step& s);
  maybe loop(const step& s);

  static constexpr std::size_t most_bytes = 1'000'000;

  const plan& plan_;
  const case_columns& cases_;
  column_program& out_;
  const column_parts* list_ = nullptr; ///< of the loop we are in
  std::uint32_t slot_ = 0;             ///< of its variable
};

} // namespace banli::detail::cel
