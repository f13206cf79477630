// Random well-typed expressions, evaluated by the program and by a walker of this file that knows
// nothing of it: no plan, no cost, no clocks; 128-bit integers for overflow, and numbers compared
// as long doubles, which hold every int, uint and double exactly.
//
// Each is also compiled with its fields written out as literals, so that whatever the compiler
// computes beforehand is compared with what it computes late.
#include <cmath>
#include <cstdlib>
#include <functional>
#include <random>

#include <doctest/doctest.h>

#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>

using namespace banli;

namespace {

/// The number of expressions.
int tree_rounds() {
  if (const char* n = std::getenv("BANLI_EXPRESSION_CASES")) return std::atoi(n);
  return 6'000;
}

std::mt19937_64& tree_dice() {
  static std::mt19937_64 all;
  return all;
}
int roll(int n) { return static_cast<int>(tree_dice()() % static_cast<unsigned>(n)); }

// --- what the walker gives

struct answer {
  outcome::state is = outcome::state::value;
  value of;

  bool good() const { return is == outcome::state::value; }
};

answer wrong() { return {outcome::state::error, {}}; }
answer missing() { return {outcome::state::unknown, {}}; }

/// Of operands that must all be there: unknown before error.
std::optional<answer> failing(std::initializer_list<answer> all) {
  for (const answer& a : all)
    if (a.is == outcome::state::unknown) return missing();
  for (const answer& a : all)
    if (!a.good()) return wrong();
  return std::nullopt;
}

struct setting {
  std::map<std::string, value> fields;
  std::vector<value> locals;
};

/// One expression: its text, its text without fields, and how the walker evaluates it.
struct tree {
  std::string text;
  std::string literal;
  std::function<answer(setting&)> walk;
};

// --- leaves

const setting& all_fields() {
  static const setting all{{{"i", value(7)},
                            {"j", value(-3)},
                            {"k", value(std::numeric_limits<std::int64_t>::max())},
                            {"m", value(std::numeric_limits<std::int64_t>::min())},
                            {"u", value(5U)},
                            {"d", value(2.5)},
                            {"e", value(-0.125)},
                            {"b", value(true)},
                            {"c", value(false)},
                            {"s", value("办件")},
                            {"t", value("open")},
                            {"l", value::list({1, 2, 3})}},
                           {}};
  return all;
}

tree field(const std::string& name) {
  const auto at = all_fields().fields.find(name);
  std::string text = at == all_fields().fields.end() ? name : to_text(at->second);
  if (text.starts_with("-")) text = "(" + text + ")";
  return {name, text, [name](setting& s) {
            const auto found = s.fields.find(name);
            return found == s.fields.end() ? missing() : answer{{}, found->second};
          }};
}

tree literal(const value& v) {
  std::string text = to_text(v);
  if (text.starts_with("-")) text = "(" + text + ")";
  return {text, text, [v](setting&) { return answer{{}, v}; }};
}

tree joined(const char* before, const tree& a, const char* between, const tree& b,
            const char* after, std::function<answer(setting&)> walk) {
  return {before + a.text + between + b.text + after,
          before + a.literal + between + b.literal + after, std::move(walk)};
}

// --- numbers

long double worth(const value& v) {
  if (const auto n = v.as_int()) return static_cast<long double>(*n);
  if (const auto n = v.as_uint()) return static_cast<long double>(*n);
  return static_cast<long double>(*v.as_double());
}

/// In a comparison the doubles 2^63 and 2^64 count as the largest int and uint: the conformance
/// suite has it so (value.hpp).
long double worth_beside(const value& v, const value& other) {
  const auto d = v.as_double();
  if (d && *d == 0x1p63 && other.as_int()) return std::numeric_limits<std::int64_t>::max();
  if (d && *d == 0x1p64 && other.as_uint()) return std::numeric_limits<std::uint64_t>::max();
  return worth(v);
}

__extension__ typedef __int128 wide_int;

answer whole_number(char o, wide_int a, wide_int b, bool natural) {
  if ((o == '/' || o == '%') && b == 0) return wrong();
  const wide_int r = o == '+'   ? a + b
                     : o == '-' ? a - b
                     : o == '*' ? a * b
                     : o == '/' ? a / b
                                : a % b;
  const wide_int low =
      natural ? 0 : static_cast<wide_int>(std::numeric_limits<std::int64_t>::min());
  const wide_int high = natural ? static_cast<wide_int>(std::numeric_limits<std::uint64_t>::max())
                                : static_cast<wide_int>(std::numeric_limits<std::int64_t>::max());
  // The remainder of the least int by -1 is 0, and CEL calls it an overflow as the quotient is.
  if (r < low || r > high || (o == '%' && a == low && b == -1 && !natural)) return wrong();
  if (natural) return {{}, value(static_cast<std::uint64_t>(r))};
  return {{}, value(static_cast<std::int64_t>(r))};
}

answer arithmetic(char o, const value& a, const value& b) {
  if (a.as_int() && b.as_int()) return whole_number(o, *a.as_int(), *b.as_int(), false);
  if (a.as_uint() && b.as_uint()) return whole_number(o, *a.as_uint(), *b.as_uint(), true);
  const double x = static_cast<double>(worth(a));
  const double y = static_cast<double>(worth(b));
  return {{}, value(o == '+' ? x + y : o == '-' ? x - y : o == '*' ? x * y : x / y)};
}

tree any_bool(int depth, int locals);
tree any_list(int depth, int locals);

tree any_int(int depth, int locals) {
  if (depth > 0 && roll(2) == 0) {
    const char o = "+-*/%"[roll(5)];
    const tree a = any_int(depth - 1, locals);
    const tree b = any_int(depth - 1, locals);
    const std::string between{' ', o, ' '};
    return joined("(", a, between.c_str(), b, ")", [o, a, b](setting& s) {
      const answer x = a.walk(s);
      const answer y = b.walk(s);
      if (auto f = failing({x, y})) return *f;
      return arithmetic(o, x.of, y.of);
    });
  }
  if (depth > 0 && roll(4) == 0) {
    const tree l = any_list(depth - 1, locals);
    return {"size(" + l.text + ")", "size(" + l.literal + ")", [l](setting& s) {
              const answer a = l.walk(s);
              return a.good() ? answer{{}, value(static_cast<std::int64_t>(a.of.as_list()->size()))}
                              : a;
            }};
  }
  if (locals > 0 && roll(2) == 0) {
    const int which = roll(locals);
    const std::string name = "x" + std::to_string(which);
    return {name, name, [which](setting& s) {
              return answer{{}, s.locals[static_cast<std::size_t>(which)]};
            }};
  }
  if (roll(3) == 0) return literal(value(roll(6) - 2));
  return field(
      std::vector<std::string>{"i", "j", "k", "m", "gone"}[static_cast<std::size_t>(roll(5))]);
}

tree any_real(int depth, int locals) {
  if (depth > 0 && roll(2) == 0) {
    const char o = "+-*/"[roll(4)];
    const tree a = any_real(depth - 1, locals);
    const tree b = roll(2) == 0 ? any_real(depth - 1, locals) : any_int(depth - 1, locals);
    const std::string between{' ', o, ' '};
    return joined("(", a, between.c_str(), b, ")", [o, a, b](setting& s) {
      const answer x = a.walk(s);
      const answer y = b.walk(s);
      if (auto f = failing({x, y})) return *f;
      return arithmetic(o, x.of, y.of);
    });
  }
  return roll(3) == 0 ? literal(value(roll(5) * 0.75)) : field(roll(2) == 0 ? "d" : "e");
}

tree any_uint(int depth) {
  if (depth <= 0 || roll(2) == 0) return roll(2) == 0 ? literal(value(3U)) : field("u");
  const char o = "+-*/%"[roll(5)];
  const tree a = any_uint(depth - 1);
  const tree b = any_uint(depth - 1);
  const std::string between{' ', o, ' '};
  return joined("(", a, between.c_str(), b, ")", [o, a, b](setting& s) {
    const answer x = a.walk(s);
    const answer y = b.walk(s);
    if (auto f = failing({x, y})) return *f;
    return arithmetic(o, x.of, y.of);
  });
}

tree any_number(int depth, int locals) {
  const int which = roll(4);
  if (which == 0) return any_uint(depth);
  return which == 1 ? any_real(depth, locals) : any_int(depth, locals);
}

tree any_text(int depth) {
  if (depth <= 0 || roll(2) == 0)
    return roll(2) == 0 ? literal(value("op")) : field(roll(2) == 0 ? "s" : "t");
  const tree a = any_text(depth - 1);
  const tree b = any_text(depth - 1);
  return joined("(", a, " + ", b, ")", [a, b](setting& s) {
    const answer x = a.walk(s);
    const answer y = b.walk(s);
    if (auto f = failing({x, y})) return *f;
    return answer{{}, value(*x.of.as_string() + *y.of.as_string())};
  });
}

// --- lists and loops

tree any_list(int depth, int locals) {
  const int which = depth <= 0 ? 0 : roll(4);
  if (which == 0) return roll(2) == 0 ? field("l") : literal(value::list({4, 0, 7}));
  const tree range = any_list(depth - 1, locals);
  const std::string name = "x" + std::to_string(locals);
  const bool filters = which == 1;
  const tree body = filters ? any_bool(depth - 1, locals + 1) : any_int(depth - 1, locals + 1);
  const std::string middle = (filters ? ".filter(" : ".map(") + name + ", ";
  return joined("", range, middle.c_str(), body, ")", [range, body, filters](setting& s) {
    const answer over = range.walk(s);
    if (!over.good()) return over;
    value::elements out;
    for (const value& e : *over.of.as_list()) {
      s.locals.push_back(e);
      const answer one = body.walk(s);
      s.locals.pop_back();
      if (!one.good()) return one;
      if (!filters) out.push_back(one.of);
      if (filters && *one.of.as_bool()) out.push_back(e);
    }
    return answer{{}, value::list(out)};
  });
}

/// && (with: false) and ||, over operands or the rounds of a loop.
answer absorbed(const std::vector<answer>& all, bool with) {
  bool unknown = false;
  bool error = false;
  for (const answer& a : all) {
    if (a.good() && *a.of.as_bool() == with) return {{}, value(with)};
    unknown = unknown || a.is == outcome::state::unknown;
    error = error || a.is == outcome::state::error;
  }
  if (unknown) return missing();
  return error ? wrong() : answer{{}, value(!with)};
}

tree any_loop(int depth, int locals) {
  const tree range = any_list(depth - 1, locals);
  const tree body = any_bool(depth - 1, locals + 1);
  const int which = roll(3);
  const std::string middle = std::string(which == 0   ? ".all("
                                         : which == 1 ? ".exists("
                                                      : ".exists_one(") +
                             "x" + std::to_string(locals) + ", ";
  return joined("", range, middle.c_str(), body, ")", [range, body, which](setting& s) {
    const answer over = range.walk(s);
    if (!over.good()) return over;
    std::vector<answer> all;
    for (const value& e : *over.of.as_list()) {
      s.locals.push_back(e);
      all.push_back(body.walk(s));
      s.locals.pop_back();
    }
    if (which < 2) return absorbed(all, which == 1);
    int found = 0;
    for (const answer& a : all) {
      if (!a.good()) return a;
      found += *a.of.as_bool() ? 1 : 0;
    }
    return answer{{}, value(found == 1)};
  });
}

// --- bools

tree any_comparison(int depth, int locals) {
  static const char* const spellings[] = {" == ", " != ", " < ", " <= ", " > ", " >= "};
  const int o = roll(6);
  const bool texts = roll(4) == 0;
  const tree a = texts ? any_text(depth - 1) : any_number(depth - 1, locals);
  const tree b = texts ? any_text(depth - 1) : any_number(depth - 1, locals);
  return joined("(", a, spellings[o], b, ")", [o, a, b](setting& s) {
    const answer x = a.walk(s);
    const answer y = b.walk(s);
    if (auto f = failing({x, y})) return *f;
    const auto judge = [o](const auto& l, const auto& r) {
      const bool all[] = {l == r, l != r, l<r, l <= r, l> r, l >= r};
      return answer{{}, value(all[o])};
    };
    if (x.of.as_string()) return judge(*x.of.as_string(), *y.of.as_string());
    return judge(worth_beside(x.of, y.of), worth_beside(y.of, x.of));
  });
}

tree any_bool(int depth, int locals) {
  const int which = depth <= 0 ? 0 : roll(9);
  if (which == 0)
    return field(std::vector<std::string>{"b", "c", "absent"}[static_cast<std::size_t>(roll(3))]);
  if (which < 3) return any_comparison(depth, locals);
  if (which == 3) return any_loop(depth, locals);
  const tree a = any_bool(depth - 1, locals);
  const tree b = any_bool(depth - 1, locals);
  if (which == 4)
    return {"!(" + a.text + ")", "!(" + a.literal + ")", [a](setting& s) {
              const answer x = a.walk(s);
              return x.good() ? answer{{}, value(!*x.of.as_bool())} : x;
            }};
  if (which == 5) {
    const tree c = any_bool(depth - 1, locals);
    return {"(" + a.text + " ? " + b.text + " : " + c.text + ")",
            "(" + a.literal + " ? " + b.literal + " : " + c.literal + ")", [a, b, c](setting& s) {
              const answer x = a.walk(s);
              if (!x.good()) return x;
              return *x.of.as_bool() ? b.walk(s) : c.walk(s);
            }};
  }
  const bool either = which == 6;
  return joined("(", a, either ? " || " : " && ", b, ")", [a, b, either](setting& s) {
    return absorbed({a.walk(s), b.walk(s)}, either);
  });
}

std::string shown(outcome::state is, const value& v) {
  if (is == outcome::state::error) return "error";
  return is == outcome::state::unknown ? "unknown" : to_text(v);
}

environment tree_words() {
  environment env;
  for (const char* n : {"i", "j", "k", "m", "gone"}) env.declare(n, type_kind::integer);
  env.declare("u", type_kind::uinteger).declare("d", type_kind::real).declare("e", type_kind::real);
  for (const char* n : {"b", "c", "absent"}) env.declare(n, type_kind::boolean);
  env.declare("s", type_kind::string).declare("t", type_kind::string);
  return env.declare("l", type::list_of(type_kind::integer));
}

} // namespace

TEST_CASE("the program says what a naive walk over the tree says, early or late") {
  const environment env = tree_words();
  bound_values bound;
  for (const auto& [name, v] : all_fields().fields) bound.set(name, v);
  std::map<outcome::state, int> seen;
  int stopped = 0;
  for (int round = 0; round < tree_rounds(); ++round) {
    tree_dice().seed(static_cast<unsigned>(round));
    const tree t = roll(4) == 0 ? any_number(5, 0) : any_bool(6, 0);
    CAPTURE(round);
    CAPTURE(t.text);
    setting s = all_fields();
    const answer naive = t.walk(s);
    const std::string expected = shown(naive.is, naive.of);
    ++seen[naive.is];
    expression_limits wide;
    wide.source_bytes = 100'000;
    wide.depth = 200;
    wide.nodes = 20'000;
    wide.worst_cost = UINT64_MAX;
    compile_options how;
    how.limits = wide;
    const compiled late = compile(t.text, env, how);
    REQUIRE(late.program);
    const evaluation_limits rich{.cost = 10'000'000};
    const outcome o = late.program->evaluate(bound, rich);
    REQUIRE(shown(o.is, o.value) == expected);
    const outcome told = late.program->explain(bound, rich).outcome;
    REQUIRE(shown(told.is, told.value) == expected);
    const compiled early = compile(t.literal, env, how);
    REQUIRE(early.program);
    const outcome folded = early.program->evaluate(bound, rich);
    REQUIRE(shown(folded.is, folded.value) == expected);
    // What it costs at most is known before, and is enough.
    const outcome enough = late.program->evaluate(bound, {.cost = late.program->worst_cost()});
    REQUIRE(shown(enough.is, enough.value) == expected);
    // With less to spend it gives the same or nothing, and never goes on.
    const outcome poor = late.program->evaluate(bound, {.cost = 20});
    const bool halted = poor.is == outcome::state::error && poor.error.code == errc::cost_exceeded;
    stopped += halted ? 1 : 0;
    if (!halted) REQUIRE(shown(poor.is, poor.value) == expected);
  }
  CHECK(seen[outcome::state::value] > tree_rounds() / 4);
  CHECK(seen[outcome::state::error] > tree_rounds() / 100);
  CHECK(seen[outcome::state::unknown] > tree_rounds() / 100);
  CHECK(stopped > tree_rounds() / 20);
}
