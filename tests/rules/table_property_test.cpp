// Random tables against brute force: every answer against a naive reading of the cells, every
// verdict of the analysis against all points of a grid that has a point in every piece.
#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/bound_values.hpp>
#include <banli/rules/compiled_table.hpp>

using namespace banli;

namespace {

int pick(int below) { return *rc::gen::inRange(0, below); }

/// A cell as text, and what it means, said without the library. Values are doubles for numbers and
/// positions for known_words.
struct naive_cell {
  std::string text;
  std::function<bool(double)> holds;
  bool opaque = false;
};

const std::vector<std::string> known_words{"XK", "CF", "QZ"};

struct naive_column {
  type_kind kind = type_kind::integer;
  std::vector<double> grid; ///< every piece has a point in it
};

naive_column column() {
  switch (pick(4)) {
  case 0: return {type_kind::integer, {0, 1, 2, 3, 4, 5, 6}};
  case 1: {
    naive_column c{type_kind::real, {}};
    for (int i = 0; i <= 24; ++i) c.grid.push_back(i / 4.0);
    return c;
  }
  case 2: return {type_kind::boolean, {0, 1}};
  default: return {type_kind::string, {0, 1, 2}};
  }
}

std::string literal(type_kind k, double v) {
  if (k == type_kind::boolean) return v > 0 ? "true" : "false";
  if (k == type_kind::string) return '"' + known_words[static_cast<std::size_t>(v)] + '"';
  if (k == type_kind::integer) return std::to_string(static_cast<int>(v));
  return fmt::format("{:.2f}", v);
}

value value_of(type_kind k, double v) {
  if (k == type_kind::boolean) return value{v > 0};
  if (k == type_kind::string) return value{known_words[static_cast<std::size_t>(v)]};
  if (k == type_kind::integer) return value{static_cast<int>(v)};
  return value{v};
}

bool ordered(type_kind k) { return k == type_kind::integer || k == type_kind::real; }

/// A bound; of doubles only such that the grid has points on both sides of it.
double bound(const naive_column& c) {
  if (c.kind == type_kind::real) return pick(7);
  return c.grid[static_cast<std::size_t>(pick(static_cast<int>(c.grid.size())))];
}

naive_cell test_of(const naive_column& c) {
  const double a = bound(c);
  const std::string x = literal(c.kind, a);
  switch (pick(ordered(c.kind) ? 6 : 2)) {
  case 0: return {x, [a](double v) { return v == a; }};
  case 1: return {"!= " + x, [a](double v) { return v != a; }};
  case 2: return {"< " + x, [a](double v) { return v < a; }};
  case 3: return {">= " + x, [a](double v) { return v >= a; }};
  case 4: return {"<=" + x, [a](double v) { return v <= a; }};
  default: {
    const double b = a + pick(3);
    const bool in = pick(2) == 1;
    return {fmt::format("{}{}..{}{}", in ? "[" : "(", x, literal(c.kind, b), in ? ")" : "]"),
            [a, b, in](double v) { return in ? v >= a && v < b : v > a && v <= b; }};
  }
  }
}

naive_cell cell(const naive_column& c, bool expressions) {
  const int kind = pick(8);
  if (kind < 2) return {"-", [](double) { return true; }};
  if (kind == 2 && expressions) {
    const double a = bound(c);
    return {"_ == " + literal(c.kind, a) + " || false", [a](double v) { return v == a; },
            c.kind != type_kind::boolean && c.kind != type_kind::string};
  }
  const naive_cell a = test_of(c);
  if (kind < 6) return a;
  const naive_cell b = test_of(c);
  const bool negated = kind == 7;
  const std::string both = a.text + ", " + b.text;
  return {negated ? "not(" + both + ")" : both,
          [=](double v) { return (a.holds(v) || b.holds(v)) != negated; }};
}

struct naive_table {
  std::vector<naive_column> columns;
  std::vector<std::vector<naive_cell>> rules;
  std::vector<int> outputs;
  bool opaque = false;

  bool hits(std::size_t r, const std::vector<double>& at) const {
    for (std::size_t k = 0; k < columns.size(); ++k)
      if (!rules[r][k].holds(at[k])) return false;
    return true;
  }

  /// Calls f with every point of the grid.
  template <class F>
  void points(F f) const {
    std::vector<double> at(columns.size());
    const std::function<void(std::size_t)> go = [&](std::size_t k) {
      if (k == columns.size()) return f(at);
      for (const double v : columns[k].grid) {
        at[k] = v;
        go(k + 1);
      }
    };
    go(0);
  }
};

naive_table random_table(bool expressions) {
  naive_table t;
  const int columns = 1 + pick(3);
  for (int k = 0; k < columns; ++k) t.columns.push_back(column());
  const int rules = 1 + pick(5);
  for (int r = 0; r < rules; ++r) {
    auto& row = t.rules.emplace_back();
    for (const naive_column& c : t.columns) {
      row.push_back(cell(c, expressions));
      t.opaque = t.opaque || row.back().opaque;
    }
    t.outputs.push_back(pick(3));
  }
  return t;
}

decision_table table_of(const naive_table& n, hit_policy p) {
  decision_table t;
  t.id = table_id{"random"};
  t.policy = p;
  t.gaps = table_gaps::allowed;
  for (std::size_t k = 0; k < n.columns.size(); ++k) {
    table_input i;
    i.name = "i" + std::to_string(k);
    switch (n.columns[k].kind) {
    case type_kind::integer: i.type = column_type::integer, i.values.source = "[0..6]"; break;
    case type_kind::real: i.type = column_type::real, i.values.source = "[0..6]"; break;
    case type_kind::boolean: i.type = column_type::boolean; break;
    default: i.type = column_type::string, i.values.source = R"("XK", "CF", "QZ")";
    }
    t.inputs.push_back(i);
  }
  t.outputs = {{"x", {}, column_type::integer, {"2, 0, 1", {}}, {}}};
  for (std::size_t r = 0; r < n.rules.size(); ++r) {
    table_rule& row = t.rules.emplace_back();
    for (const naive_cell& c : n.rules[r]) row.when.push_back({c.text, {}});
    row.then = {{std::to_string(n.outputs[r]), {}}};
  }
  return t;
}

bound_values bound_at(const naive_table& n, const std::vector<double>& at) {
  bound_values b;
  for (std::size_t k = 0; k < at.size(); ++k)
    b.set("i" + std::to_string(k), value_of(n.columns[k].kind, at[k]));
  return b;
}

/// A point of the analysis as numbers of the grid's kind.
std::vector<double> numbers(const naive_table& n, const table_point& p) {
  std::vector<double> out;
  for (std::size_t k = 0; k < p.size(); ++k) {
    const value& v = p[k].second;
    switch (n.columns[k].kind) {
    case type_kind::integer: out.push_back(static_cast<double>(*v.as_int())); break;
    case type_kind::real: out.push_back(*v.as_double()); break;
    case type_kind::boolean: out.push_back(*v.as_bool() ? 1 : 0); break;
    default:
      out.push_back(static_cast<double>(std::ranges::find(known_words, *v.as_string()) -
                                        known_words.begin()));
    }
  }
  return out;
}

std::vector<std::size_t> hits_at(const naive_table& n, const std::vector<double>& at) {
  std::vector<std::size_t> out;
  for (std::size_t r = 0; r < n.rules.size(); ++r)
    if (n.hits(r, at)) out.push_back(r);
  return out;
}

} // namespace

TEST_CASE("a table says what a naive reading of its cells says") {
  CHECK(rc::check("collect", [] {
    const naive_table n = random_table(true);
    const compiled_tables c = compile_table(table_of(n, hit_policy::rule_order));
    // A rule in which nothing is has no place in a table; brute force must agree below.
    if (!c.table) {
      RC_ASSERT(c.problems.front().code == errc::idle_rule);
      return;
    }
    n.points([&](const std::vector<double>& at) {
      const table_outcome o = c.table->evaluate(bound_at(n, at));
      RC_ASSERT(o.is == outcome::state::value);
      RC_ASSERT(o.hits == hits_at(n, at));
    });
  }));
}

TEST_CASE("output order and priority follow the list of values") {
  CHECK(rc::check("priority", [] {
    const naive_table n = random_table(false);
    const compiled_tables many = compile_table(table_of(n, hit_policy::output_order));
    const compiled_tables one = compile_table(table_of(n, hit_policy::priority));
    if (!many.table || !one.table) return;
    const auto rank = [](int x) { return (x + 1) % 3; }; // 2 before 0 before 1
    n.points([&](const std::vector<double>& at) {
      std::vector<std::size_t> naive = hits_at(n, at);
      std::ranges::stable_sort(naive, {}, [&](std::size_t r) { return rank(n.outputs[r]); });
      RC_ASSERT(many.table->evaluate(bound_at(n, at)).hits == naive);
      const table_outcome o = one.table->evaluate(bound_at(n, at));
      RC_ASSERT(o.hits.size() == std::min<std::size_t>(1, naive.size()));
      if (!naive.empty()) RC_ASSERT(o.hits.front() == naive.front());
    });
  }));
}

TEST_CASE("gaps, overlaps and idle rules are those of brute force") {
  CHECK(rc::check("analysis", [] {
    const naive_table n = random_table(true);
    const hit_policy p = pick(2) == 0 ? hit_policy::first : hit_policy::collect;
    const compiled_tables c = compile_table(table_of(n, p));
    RC_ASSERT(c.analysis.has_value());
    const table_analysis& a = *c.analysis;
    bool gap = false;
    bool overlap = false;
    std::vector<bool> counts(n.rules.size());
    n.points([&](const std::vector<double>& at) {
      const auto hits = hits_at(n, at);
      gap = gap || hits.empty();
      overlap = overlap || hits.size() > 1;
      for (std::size_t i = 0;
           i < (p == hit_policy::first ? std::min<std::size_t>(1, hits.size()) : hits.size()); ++i)
        counts[hits[i]] = true;
    });
    // Never a wrong verdict; and where no cell is an expression on an endless domain, a verdict.
    RC_ASSERT(a.complete != (gap ? decided::yes : decided::no));
    RC_ASSERT(a.disjoint != (overlap ? decided::yes : decided::no));
    if (!n.opaque) {
      RC_ASSERT(a.complete != decided::undecided);
      RC_ASSERT(a.disjoint != decided::undecided);
    }
    for (const table_point& g : a.gaps) RC_ASSERT(hits_at(n, numbers(n, g)).empty());
    for (const table_overlap& o : a.overlaps) {
      RC_ASSERT(n.hits(o.first, numbers(n, o.at)));
      RC_ASSERT(n.hits(o.second, numbers(n, o.at)));
    }
    for (std::size_t r = 0; r < n.rules.size(); ++r) {
      const bool idle = std::ranges::find(a.idle, r) != a.idle.end();
      if (idle) RC_ASSERT(!counts[r]);
      if (!n.opaque) RC_ASSERT(idle == !counts[r]);
    }
  }));
}
