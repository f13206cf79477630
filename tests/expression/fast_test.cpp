// The short way of an evaluation against the evaluator, and the bound on what an evaluation costs.
#include <array>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>

using namespace banli;

namespace {

environment fast_words() {
  const type fee = type::record("fee", {{"amount", type_kind::real},
                                        {"standard", type_kind::integer},
                                        {"kind", type_kind::string},
                                        {"sum_that_was_refunded", type_kind::real},
                                        {"sum_that_was_received", type_kind::real},
                                        {"收费标准", type_kind::real}});
  environment env;
  env.declare("i", type_kind::integer).declare("j", type_kind::integer);
  env.declare("u", type_kind::uinteger).declare("x", type_kind::real);
  env.declare("s", type::enumeration("state", {"open", "suspended", "closed"}));
  env.declare("w", type_kind::string).declare("p", type_kind::boolean);
  env.declare("t", type_kind::timestamp).declare("d", type_kind::duration);
  env.declare("on", type_kind::date).declare("m", type_kind::decimal);
  env.declare("fees", type::list_of(fee)).declare("days", type::list_of(type_kind::integer));
  env.declare("r", type::record("r", {{"gone", type_kind::integer}, {"kept", type_kind::real}}));
  return env;
}

template <class T>
T one_of(std::initializer_list<T> all) {
  return *(all.begin() + *rc::gen::inRange<std::size_t>(0, all.size()));
}
bool chance(int in) { return *rc::gen::inRange(0, in) == 0; }

/// Expressions of every kind that has a short way, and some that have none.
class writer {
 public:
  std::string boolean(int depth) {
    if (depth == 0)
      return one_of<const char*>(
          {"p", "true", "!p", "(i > 3)", "(w == \"a\")", "has(r.gone)", "(r.kept < 2.5)"});
    switch (*rc::gen::inRange(0, 12)) {
    case 11: return "(" + boolean(depth - 1) + relation() + boolean(depth - 1) + ")";
    case 0: return "(" + boolean(depth - 1) + " && " + boolean(depth - 1) + ")";
    case 1: return "(" + boolean(depth - 1) + " || " + boolean(depth - 1) + ")";
    case 2: return "!" + boolean(depth - 1);
    case 3:
      return "(" + boolean(depth - 1) + " ? " + boolean(depth - 1) + " : " + boolean(depth - 1) +
             ")";
    case 4: return "(" + number(depth - 1) + relation() + number(depth - 1) + ")";
    case 5: return "(" + text(depth - 1) + relation() + text(depth - 1) + ")";
    case 6:
      return "(" + text(0) + " in " + one_of<const char*>({"[\"open\", \"a\", \"\"]", "[\"a\"]"}) +
             ")";
    case 7:
      return "(" + whole(depth - 1) + " in " + one_of<const char*>({"[1, 2, 3]", "[7]"}) + ")";
    case 8: return quantifier(depth);
    case 9:
      return one_of<const char*>({"(t < timestamp(\"2025-01-01T00:00:00Z\"))",
                                  "(d >= duration(\"5s\"))", "(t == t)", "(d != d)",
                                  "(on > date(\"1970-01-05\"))", "(on == on)", "(m <= 2)",
                                  "(m == decimal(\"1.5\"))", "(1 < m)", "(m > decimal(i))"});
    default:
      return text(0) + "." + one_of<const char*>({"startsWith", "endsWith", "contains"}) +
             "(\"a\")";
    }
  }

  std::string any_number(int depth) { return number(depth); }

 private:
  static std::string relation() {
    return one_of<const char*>({" == ", " != ", " < ", " <= ", " > ", " >= "});
  }
  std::string whole(int depth) {
    if (depth == 0 || chance(3))
      return one_of<const char*>({"i", "j", "7", "-2", "0", "size(fees)"});
    return "(" + whole(depth - 1) + one_of<const char*>({" + ", " - ", " * ", " / ", " % "}) +
           whole(depth - 1) + ")";
  }
  std::string number(int depth) {
    switch (*rc::gen::inRange(0, 4)) {
    case 0: return whole(depth);
    case 1: return one_of<const char*>({"x", "0.5", "u", "3u"});
    case 2:
      return in_loop_ ? one_of<const char*>({"f.amount", "f.amount", "f.收费标准",
                                             "f.sum_that_was_refunded", "f.sum_that_was_received"})
                      : "x";
    default:
      if (depth == 0) return in_loop_ ? "f.standard" : "j";
      return "(" + whole(depth - 1) + one_of<const char*>({" * ", " + ", " / "}) + "x)";
    }
  }
  std::string text(int depth) {
    if (in_loop_ && chance(2)) return "f.kind";
    if (depth > 0 && chance(3)) return "(p ? " + text(0) + " : w)";
    return one_of<const char*>({"w", "\"a\"", "\"open\"", "w"});
  }
  std::string quantifier(int depth) {
    const std::string form = one_of<const char*>({"all", "exists", "exists_one"});
    if (in_loop_ || chance(3)) return "days." + form + "(n, n > i)";
    in_loop_ = true;
    const std::string body = boolean(depth - 1);
    in_loop_ = false;
    return "fees." + form + "(f, " + body + ")";
  }
  bool in_loop_ = false;
};

value any_number() {
  return one_of<value>({0, 1, 3, 7, -2, 100, std::int64_t{9223372036854775807}, std::int64_t{-1}});
}

value fee() {
  const auto real = [] { return one_of<double>({0.0, 1.5, 7.0, -3.0}); };
  value::entries all{{"amount", real()},
                     {"standard", any_number()},
                     {"kind", one_of<const char*>({"a", "open", "ab"})},
                     {"sum_that_was_refunded", real()},
                     {"sum_that_was_received", real()},
                     {"收费标准", real()}};
  for (int n = *rc::gen::inRange(0, 3); n > 0; --n) // in another order than the type has them
    std::swap(all[*rc::gen::inRange<std::size_t>(0, 6)], all[*rc::gen::inRange<std::size_t>(0, 6)]);
  if (chance(9)) all.pop_back(); // missing
  // Keys that no type has, before the others and behind them.
  if (chance(9))
    all.insert(all.begin(), {one_of<const char*>({"", "sum_that_was", "sum_that_was_reduced"}), 9});
  if (chance(9)) all.emplace_back(one_of<value>({7, true, 7U}), 9);
  return value::map(std::move(all));
}

std::map<std::string, value> random_facts() {
  value::elements fees;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) fees.push_back(fee());
  value::elements days;
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n) days.push_back(any_number());
  std::map<std::string, value> all{
      {"i", any_number()},
      {"j", any_number()},
      {"u", one_of<std::uint64_t>({0, 3, 18446744073709551615ULL})},
      {"x", one_of<double>({0.0, 0.5, -7.25, 3.0, 1e300})},
      {"s", one_of<const char*>({"open", "closed"})},
      {"w", one_of<const char*>({"", "a", "open", "banana"})},
      {"p", chance(2)},
      {"t", instant{std::chrono::seconds{*rc::gen::inRange(0, 1800000000)}}},
      {"d", std::chrono::nanoseconds{*rc::gen::inRange(0, 10) * 1000000000LL}},
      {"on", day{std::chrono::days{*rc::gen::inRange(0, 10)}}},
      {"m", decimal{*rc::gen::inRange(-30, 30), 1}},
      {"fees", value::list(std::move(fees))},
      {"days", value::list(std::move(days))},
      {"r.gone", any_number()},
      {"r.kept", one_of<double>({0.0, 2.5, 4.0})}};
  for (const char* name : {"i", "x", "w", "p", "t", "on", "m", "fees", "r.gone"})
    if (chance(12)) all.erase(name);
  if (chance(20)) all["j"] = "no number"; // of another kind than declared
  return all;
}

/// The next value of a clock that goes up or down; the same where its kind ends.
value after(const value& v, int way) {
  if (const auto n = v.as_int()) {
    std::int64_t next = 0;
    return __builtin_add_overflow(*n, std::int64_t{way}, &next) ? v : value(next);
  }
  if (const auto n = v.as_uint()) {
    const std::uint64_t end = way > 0 ? UINT64_MAX : 0;
    return *n == end ? v : value(way > 0 ? *n + 1 : *n - 1);
  }
  if (const auto d = v.as_double()) return *d + way * 0.75;
  if (const auto t = v.as_timestamp()) return t->second + std::chrono::hours{way};
  if (const auto d = v.as_duration()) return *d + std::chrono::seconds{way};
  if (const auto d = v.as_date()) return *d + days{way};
  if (const auto d = v.as_decimal()) return decimal{d->units + way, d->scale};
  if (v.as_bool()) return way > 0;
  if (const std::string* s = v.as_string())
    return way > 0 ? *s + "a" : s->substr(0, s->empty() ? 0 : s->size() - 1);
  return v;
}

/// The same facts at the hundredth second, some of them clocks of every course, some not yet there.
bound_values with_clocks(const std::map<std::string, value>& facts) {
  bound_values all{instant{std::chrono::seconds{100}}};
  for (const auto& [name, v] : facts) {
    if (chance(2)) {
      all.set(name, v);
      continue;
    }
    const auto course = one_of({clock_course::rising, clock_course::falling, clock_course::rising,
                                clock_course::falling, clock_course::irregular});
    int second = chance(8) ? 110 : 90;
    std::vector<clock_step> steps{{instant{std::chrono::seconds{second}}, v}};
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n) {
      second += 11 + *rc::gen::inRange(0, 3);
      const bool up =
          course == clock_course::irregular ? chance(2) : course == clock_course::rising;
      steps.push_back(
          {instant{std::chrono::seconds{second}}, after(steps.back().shows, up ? 1 : -1)});
    }
    all.set_clock(name, course, std::move(steps));
  }
  return all;
}

/// Everything an outcome says.
std::string all_of(const outcome& o) {
  std::string out =
      o.is == outcome::state::error ? to_string(o.error, language::en) : to_text(o.value);
  for (const std::string& m : o.missing) out += " without " + m;
  if (o.holds_until) out += " until " + std::to_string(o.holds_until->time_since_epoch().count());
  return out + " course " + std::to_string(static_cast<int>(o.course));
}

/// Counts what is read of the facts it stands before.
class counted final : public activation {
 public:
  explicit counted(const activation& of) : of_(of) {}
  reading read(field_ref f) const override {
    ++reads;
    return of_.read(f);
  }
  std::optional<instant> reaches(field_ref f, const value& threshold) const override {
    return of_.reaches(f, threshold);
  }
  mutable int reads = 0;

 private:
  const activation& of_;
};

} // namespace

// What is explained is never asked by the short way.
TEST_CASE("the short way answers as the evaluator does, or not at all") {
  const environment env = fast_words();
  int short_ways = 0;
  CHECK(rc::check([&] {
    const std::string source = writer().boolean(*rc::gen::inRange(1, 4));
    const compiled c = compile(source, env);
    RC_LOG() << source << '\n';
    for (const error& e : c.problems) RC_LOG() << to_string(e, language::en) << '\n';
    RC_ASSERT(c.program.has_value());
    for (int round = 0; round < 4; ++round) {
      const auto all = random_facts();
      bound_row row(env);
      bound_values by_name;
      for (const auto& [name, v] : all) {
        row.bind(*env.slot(name), &v);
        by_name.set(name, v);
      }
      const evaluation_limits limits{.cost = one_of<std::uint64_t>({100'000, 40, 12, 3})};
      const auto expected = c.program->explain(by_name, limits).outcome.truth();
      RC_ASSERT(c.program->holds(row, limits) == expected);
      RC_ASSERT(c.program->evaluate(row, limits).truth() == expected);
      short_ways += expected ? 1 : 0;
    }
  }));
  CHECK(short_ways > 100);
}

TEST_CASE("with clocks the short way says the same, until when and of which course") {
  const environment env = fast_words();
  int moving = 0;
  int followed = 0;
  CHECK(rc::check([&] {
    const std::string source =
        chance(4) ? writer().any_number(2) : writer().boolean(*rc::gen::inRange(1, 5));
    const compiled c = compile(source, env);
    RC_LOG() << source << '\n';
    for (const error& e : c.problems) RC_LOG() << to_string(e, language::en) << '\n';
    RC_ASSERT(c.program.has_value());
    for (int round = 0; round < 20; ++round) {
      const bound_values facts = with_clocks(random_facts());
      const evaluation_limits limits{.cost = one_of<std::uint64_t>({100'000, 100'000, 40, 12, 3})};
      const outcome given = c.program->evaluate(facts, limits);
      RC_ASSERT(all_of(given) == all_of(c.program->explain(facts, limits).outcome));
      RC_ASSERT(c.program->holds(facts, limits) == given.truth());
      moving += given.holds_until ? 1 : 0;
      followed += given.course != clock_course::irregular ? 1 : 0;
    }
  }));
  CHECK(moving > 100);
  CHECK(followed > 10);
}

TEST_CASE("the short way is taken: it reads each field once, clocks too") {
  const environment env = fast_words();
  bound_values facts{instant{std::chrono::seconds{5}}};
  facts.set_clock("i", clock_course::rising,
                  {{instant{std::chrono::seconds{0}}, 4}, {instant{std::chrono::seconds{9}}, 7}});
  // A record whose fields have not the ranks of its type.
  const value odd = value::map(
      {{"", 1}, {"收费标准", 1.5}, {"sum_that_was_refunded", 2.5}, {"kind", "a"}, {"amount", 3.5}});
  facts.set("x", 5.5).set("w", "banana").set("fees", value::list({odd, odd}));
  facts.set("m", decimal{15, 1}).set("on", day{});
  const struct {
    const char* source;
    int reads;
    int until; ///< seconds; 0: for ever
  } rows[] = {
      {"i > 3", 1, 0},
      {"i > 4 || i < 0 || x < 1.0", 2, 9},
      {"i > x && i > x + 1.0", 2, 9},
      {"!(i == 7) && (w == 'a' || w != 'a')", 2, 9},
      {"x > 2.0 ? i <= 6 : i > 6", 2, 9},
      {"size(fees) == 2 && fees.all(f, f.amount < x) && i in [4, 5] && i in [4]", 3, 9},
      {"fees.all(f, f.收费标准 < f.sum_that_was_refunded && f.amount > 2.0)", 1, 0},
      {"fees.all(f, f.sum_that_was_refunded < f.amount && f.kind == 'a')", 1, 0},
      {"i", 1, 9},
      {"m > 1 && m == decimal('1.50') && on < date('2025-10-01') && on != on || x < 0.0", 3, 0},
      // What follows a clock by arithmetic is the evaluator's.
      {"i + 1 > 4 && i + 1 > 3", 3, 0}};
  for (const auto& row : rows) {
    CAPTURE(row.source);
    const compiled c = compile(row.source, env);
    REQUIRE(c.program);
    const counted seen(facts);
    const outcome o = c.program->evaluate(seen);
    CHECK(seen.reads == row.reads);
    CHECK((o.holds_until ? o.holds_until->time_since_epoch().count() : 0) == row.until);
  }
}

// Two thousand elements thrice within each other are eight thousand million rounds.
TEST_CASE("the short way stops where the budget does, inside loops too") {
  const compiled c = compile(
      "days.all(a, days.all(b, days.exists_one(c, c < 0) || days.all(c, c >= 0)))", fast_words());
  REQUIRE(c.program);
  bound_row row(fast_words());
  const value days = value::list(value::elements(2'000, 7));
  row.bind(*fast_words().slot("days"), &days);
  const auto begun = std::chrono::steady_clock::now();
  CHECK(c.program->evaluate(row).error.code == errc::cost_exceeded);
  CHECK_FALSE(c.program->holds(row));
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{5});
}

TEST_CASE("a program's worst cost is enough for any values of the assumed sizes") {
  const environment env = fast_words();
  CHECK(rc::check([&] {
    compile_options how;
    how.limits.sizes = {.elements = 4, .text_bytes = 40};
    const std::string source = writer().boolean(*rc::gen::inRange(1, 5));
    const compiled c = compile(source, env, how);
    RC_LOG() << source << '\n';
    for (const error& e : c.problems) RC_LOG() << to_string(e, language::en) << '\n';
    RC_ASSERT(c.program.has_value());
    bound_values by_name;
    for (const auto& [name, v] : random_facts()) by_name.set(name, v);
    const outcome o = c.program->evaluate(by_name, {.cost = c.program->worst_cost()});
    RC_ASSERT(!(o.is == outcome::state::error && o.error.code == errc::cost_exceeded));
  }));
}

TEST_CASE("the worst cost is enough for every function, with texts and lists as large as assumed") {
  environment env;
  env.declare("w", type_kind::string).declare("v", type_kind::string);
  env.declare("l", type::list_of(type_kind::string)).declare("n", type_kind::integer);
  env.declare("m", type::map_of(type_kind::string, type_kind::string)).declare("x", type_kind::dyn);
  compile_options how;
  how.limits.sizes = {.elements = 12, .text_bytes = 160};
  const std::string text(160, 'a');
  value::entries entries;
  for (char c = 'a'; c < 'a' + 12; ++c) entries.emplace_back(std::string(40, c), text);
  bound_values b;
  b.set("w", text).set("v", text).set("n", 3).set("l", value::list(value::elements(12, text)));
  b.set("m", value::map(entries))
      .set("x", value::list(value::elements(12, value::list(value::elements(12, text)))));
  const char* sources[] = {
      "w + v == v + w",
      "w.replace('a', v).size() > 1",
      "w.replace('a', 'bb').contains(v)",
      "l.join(w).size() > 3",
      "l.join().startsWith(w)",
      "w.split('').size() + w.split('a').size() > 0",
      "w.split('').map(c, c + v).join(v) != ''",
      "w.matches('a+' + v)",
      "w.matches('(a|b)*')",
      "l.all(e, e in l)",
      "l.exists(e, l.filter(f, f == e).size() == 99)",
      "l.map(e, e + w).map(f, f + f).all(g, g.endsWith(v))",
      "l + l + l == l",
      "[w, v] + l == l + [v, w]",
      "m.all(k, m[k] == w)",
      "m.transformMap(k, e, e + k).exists(k, e, e == v)",
      "m.transformMapEntry(k, e, {k + 'x': e}).size() == 12",
      "m.transformList(k, e, k + e).join(',') != w",
      "'%s and %d and %s'.format([w, n, l]).size() > 1",
      "strings.quote(w).size() > 1",
      "w.reverse() == v.upperAscii().lowerAscii()",
      "w.indexOf(v) + w.lastIndexOf('a') > 0",
      "base64.encode(bytes(w)).size() > base64.decode(base64.encode(bytes(v))).size()",
      "cel.bind(y, w + v, y + y == y)",
      "{w: v, v + 'x': w}[w] == v",
      "x == x || x != x",
      "x.all(e, e.all(f, f == w))",
      "optional.of(w).optMap(y, y + v).orValue(v) == w",
      "l.map(e, n > 2, e + e).all(f, f.trim() == f)",
      "string(n) + w.substring(1, 9).charAt(2) == ''",
      "(n > 2 ? l.map(e, e + w) : l).exists(e, e == v + v)",
      "type(w) == string && w in m && w in l",
      "l.exists_one(e, l.exists_one(f, f + e == w))",
      "[l, l].all(e, e == l) && [x].exists(e, e == x)"};
  for (const char* source : sources) {
    CAPTURE(source);
    const compiled c = compile(source, env, how);
    REQUIRE(c.program);
    const outcome o = c.program->evaluate(b, {.cost = c.program->worst_cost()});
    CHECK(o.is == outcome::state::value);
    if (o.is == outcome::state::error) MESSAGE(o.error.message.en);
  }
}

TEST_CASE("what could cost too much is refused before it is evaluated") {
  const char* nested = "fees.all(a, fees.all(b, fees.all(c, fees.all(d, fees.all(e, a.amount + "
                       "b.amount + c.amount + d.amount < e.amount)))))";
  const compiled c = compile(nested, fast_words());
  CHECK_FALSE(c.program);
  REQUIRE(c.problems.size() == 1);
  CHECK(c.problems[0].code == errc::cost_exceeded);
  compile_options few;
  few.limits.sizes.elements = 3;
  const compiled small = compile(nested, fast_words(), few);
  REQUIRE(small.program);
  CHECK(small.program->worst_cost() > 3 * 3 * 3 * 3 * 3);
  CHECK(small.program->worst_cost() < 10'000);
}

TEST_CASE("constants are put together once, and what fails among them fails when it is evaluated") {
  const environment env = fast_words();
  const compiled sum = compile("1 + 2 * 3", env);
  REQUIRE(sum.program);
  CHECK(sum.program->evaluate(bound_values{}, {.cost = 1}).value == value(7));
  const compiled fails = compile("p || 1 / 0 > 1", env);
  REQUIRE(fails.program);
  bound_values yes;
  yes.set("p", true);
  CHECK(fails.program->evaluate(yes).truth() == true);
  bound_values no;
  no.set("p", false);
  CHECK(fails.program->evaluate(no).error.code == errc::evaluation_error);
}
