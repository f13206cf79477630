#include <banli/expression/columns.hpp>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <random>

#include <doctest/doctest.h>

#include <banli/expression/environment.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

/// The number of random worlds, with some programs each.
int column_rounds() {
  if (const char* n = std::getenv("BANLI_COLUMN_CASES")) return std::atoi(n);
  return 120;
}

std::mt19937& column_dice() {
  static std::mt19937 all;
  return all;
}

/// From `from` up to, not including, `until`.
int roll(int from, int until) {
  return from + static_cast<int>(column_dice()() % static_cast<unsigned>(until - from));
}

environment column_words() {
  environment env;
  const type fee = type::record("fee", {{"amount", type_kind::real},
                                        {"count", type_kind::integer},
                                        {"kind", type_kind::string},
                                        {"ok", type_kind::boolean}});
  for (const char* i : {"i", "j"}) env.declare(i, type_kind::integer);
  env.declare("u", type_kind::uinteger).declare("d", type_kind::real).declare("e", type_kind::real);
  env.declare("b", type_kind::boolean).declare("c", type_kind::boolean);
  for (const char* s : {"s", "w"}) env.declare(s, type_kind::string);
  for (const char* t : {"t", "v"}) env.declare(t, type_kind::timestamp);
  env.declare("ms", type_kind::timestamp).declare("span", type_kind::duration);
  env.declare("fees", type::list_of(fee)).declare("nums", type::list_of(type_kind::integer));
  env.declare("r", type::record("r", {{"n", type_kind::integer}, {"gone", type_kind::integer}}));
  env.declare("x", type{}).declare("none", type_kind::integer);
  return env;
}

/// Columns of every kind with odd values in them, and masks over some.
struct world {
  std::size_t rows;
  std::vector<std::int64_t> i, j, t, v, ms, span, offsets, counts, nums;
  std::vector<std::uint64_t> u;
  std::vector<double> d, e, amounts;
  std::vector<std::uint8_t> b, c, oks, mask, inner_mask;
  std::vector<std::int32_t> s, w, kinds;

  explicit world(std::size_t n) : rows(n) {
    const bool large = roll(0, 2) == 1;
    const auto pick = [](auto... of) {
      const std::vector<std::common_type_t<decltype(of)...>> all{of...};
      return all[static_cast<std::size_t>(roll(0, static_cast<int>(all.size())))];
    };
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
    constexpr std::int64_t odd = (std::int64_t{1} << 53) + 1;
    constexpr std::int64_t edge = std::int64_t{1} << 51;
    const double nan = std::nan("");
    offsets.push_back(0);
    for (std::size_t k = 0; k < n; ++k) {
      i.push_back(large ? pick(0L, 1L, 3L, -1L, odd, most, least)
                        : pick(0L, 1L, 2L, 7L, -1L, edge - 1, -edge));
      j.push_back(pick(0L, 1L, 2L, 5L, -3L));
      u.push_back(pick(0UL, 1UL, 3UL, 9UL, ~0UL));
      d.push_back(pick(0.0, -0.0, 1.5, 2.0, 9007199254740992.0, 9223372036854775808.0, nan));
      e.push_back(pick(0.8, 2.0, -1.0, HUGE_VAL));
      b.push_back(static_cast<std::uint8_t>(pick(0, 1, 7)));
      c.push_back(static_cast<std::uint8_t>(pick(0, 1)));
      s.push_back(pick(0, 1, 2, -1));
      w.push_back(pick(0, 1));
      t.push_back(pick(0L, 1L, 1'700'000'000L, -5L));
      v.push_back(pick(0L, 1L, 2L));
      ms.push_back(pick(0L, 1L, 1'500L, -1L, -1'000L));
      span.push_back(pick(0L, 1'000'000'000L, -7L));
      mask.push_back(static_cast<std::uint8_t>(pick(0, 0, 0, 1)));
      offsets.push_back(offsets.back() + pick(0, 0, 1, 2, 3, 5, 9, 20));
    }
    for (std::int64_t k = 0; k < offsets.back(); ++k) {
      amounts.push_back(pick(0.0, 1.0, 2.5, nan));
      counts.push_back(pick(0L, 1L, 2L, most));
      kinds.push_back(pick(0, 1, -1));
      oks.push_back(static_cast<std::uint8_t>(pick(0, 1)));
      nums.push_back(pick(0L, 1L, 2L, 3L));
      inner_mask.push_back(static_cast<std::uint8_t>(pick(0, 0, 0, 0, 1)));
    }
  }

  case_columns cases() const {
    case_columns out(rows);
    const auto add = [&](const char* path, const column& of, bool may_miss) {
      const bool masked = may_miss && (roll(0, 2) == 1);
      REQUIRE(out.add(path, masked ? of.missing(mask) : of).has_value());
    };
    add("i", column::ints(i), true);
    add("r.n", column::ints(j), true);
    add("j", column::ints(j), true);
    add("u", column::uints(u), true);
    add("d", column::reals(d), true);
    add("e", column::reals(e), true);
    add("b", column::bools(b), true);
    add("c", column::bools(c), false);
    add("s", column::words(s, {"open", "concluded", "x"}), true);
    add("w", column::words(w, {"concluded", "open"}), false);
    add("t", column::timestamps(t), true);
    add("v", column::timestamps(v), false);
    add("ms", column::timestamps(ms, 1'000), false);
    add("span", column::durations(span), true);
    add("x", column::same(value(3)), false);
    const bool masked = (roll(0, 2) == 1);
    const column amount = column::reals(amounts);
    add("fees",
        column::lists(offsets, {{"amount", masked ? amount.missing(inner_mask) : amount},
                                {"count", column::ints(counts).missing(inner_mask)},
                                {"kind", column::words(kinds, {"a", "b"})},
                                {"ok", column::bools(oks)}}),
        true);
    add("nums", column::lists(offsets, column::ints(nums)), true);
    return out;
  }
};

// --- random expressions

std::string one_of(std::initializer_list<const char*> all) {
  return std::begin(all)[roll(0, static_cast<int>(all.size()))];
}

enum class where { rows, fees, nums };

std::string whole(int depth, where in);
std::string real(int depth, where in);
std::string truth(int depth, where in);

std::string number(int depth, where in) {
  const int kind = roll(0, 5);
  if (kind < 2) return whole(depth, in);
  return kind < 4 ? real(depth, in) : one_of({"u", "3u", "(u + 1u)", "(u * 2u)", "(7u / u)"});
}

std::string whole(int depth, where in) {
  const int pick = roll(0, depth <= 0 ? 6 : 11);
  if (pick == 0) return one_of({"0", "1", "-2", "7"});
  if (pick == 1 && in == where::fees) return "f.count";
  if (pick == 1 && in == where::nums) return "n";
  if (pick == 2) return one_of({"size(s)", "s.size()", "x", "none"});
  if (pick < 6) return one_of({"i", "j"});
  if (pick == 6) return "-(" + whole(depth - 1, in) + ")";
  if (pick == 7)
    return "(" + truth(depth - 1, in) + " ? " + whole(depth - 1, in) + " : " +
           whole(depth - 1, in) + ")";
  return "(" + whole(depth - 1, in) + one_of({" + ", " - ", " * ", " / ", " % "}) +
         whole(depth - 1, in) + ")";
}

std::string real(int depth, where in) {
  const int pick = roll(0, depth <= 0 ? 4 : 7);
  if (pick == 0) return one_of({"0.8", "2.0", "-1.5"});
  if (pick == 1 && in == where::fees) return "f.amount";
  if (pick < 4) return one_of({"d", "e"});
  if (pick == 4) return "-(" + real(depth - 1, in) + ")";
  return "(" + real(depth - 1, in) + one_of({" + ", " - ", " * ", " / "}) +
         (pick == 5 ? whole(depth - 1, in) : real(depth - 1, in)) + ")";
}

std::string compared() { return one_of({" == ", " != ", " < ", " <= ", " > ", " >= "}); }

std::string leaf(where in) {
  const int pick = roll(0, 12);
  if (in == where::fees && pick < 5)
    return one_of({"f.ok", "has(f.amount)", "f.kind == 'a'", "f.kind == s", "has(f.kind)",
                   "f.kind in ['b', 'c']", "f.amount <= e"});
  if (in == where::nums && pick < 4) return one_of({"n == 2", "n in [1, 3]", "n < j"});
  switch (pick) {
  case 5: return one_of({"b == c", "b != c", "has(r.n)", "has(r.gone)", "r.n > 1", "true"});
  case 6: return one_of({"s == 'open'", "s != w", "'x' == s", "s < 'open'", "s in ['x', 'open']"});
  case 7: return one_of({"s.startsWith('o')", "s.contains('n')", "s.matches('^o.*n$')", "s == w"});
  case 8: return "t" + compared() + one_of({"v", "timestamp('1970-01-01T00:00:00.5Z')"});
  case 9: return "ms" + compared() + one_of({"ms", "timestamp('1970-01-01T00:00:00.0015Z')"});
  case 10: return "span" + compared() + one_of({"span", "duration('1s')"});
  case 11:
    return one_of({"i in [1, 7, 2]", "d in [2, 1.5]", "u in [3u]", "s + w == 'openopen'", "i in []",
                   "size(fees) > 2", "fees.map(f, f.ok) == [true]"});
  default: return one_of({"b", "c"});
  }
}

std::string truth(int depth, where in) {
  const int pick = roll(0, depth <= 0 ? 2 : 11);
  switch (pick) {
  case 0:
  case 1: return leaf(in);
  case 2:
  case 3: return "(" + truth(depth - 1, in) + " && " + truth(depth - 1, in) + ")";
  case 4:
  case 5: return "(" + truth(depth - 1, in) + " || " + truth(depth - 1, in) + ")";
  case 6: return "!(" + truth(depth - 1, in) + ")";
  case 7:
    return "(" + truth(depth - 1, in) + " ? " + truth(depth - 1, in) + " : " +
           truth(depth - 1, in) + ")";
  case 8:
    if (in == where::rows)
      return one_of({"fees.all(f, ", "fees.exists(f, ", "fees.exists_one(f, "}) +
             truth(depth - 1, where::fees) + ")";
    return leaf(in);
  case 9:
    if (in == where::rows)
      return one_of({"nums.all(n, ", "nums.exists(n, ", "nums.exists_one(n, "}) +
             truth(depth - 1, where::nums) + ")";
    return leaf(in);
  default: return "(" + number(depth - 1, in) + compared() + number(depth - 1, in) + ")";
  }
}

/// Of an answer, everything but what an error says.
std::string answered(const outcome& o) {
  if (o.is == outcome::state::error) return "error";
  if (o.is == outcome::state::unknown) return "unknown";
  if (const auto d = o.value.as_double())
    return std::isnan(*d) ? "NaN" : std::to_string(std::bit_cast<std::uint64_t>(*d));
  return to_text(o.value);
}

std::string answered(const column_outcome& o, std::size_t row) {
  const column_verdict v = o.verdicts[row];
  if (v == column_verdict::error) return "error";
  if (v == column_verdict::unknown) return "unknown";
  outcome one;
  switch (o.of) {
  case type_kind::boolean: one.value = value(v == column_verdict::yes); break;
  case type_kind::integer: one.value = value(o.ints[row]); break;
  case type_kind::uinteger: one.value = value(o.uints[row]); break;
  case type_kind::real: one.value = value(o.reals[row]); break;
  default: one.value = o.others[row];
  }
  return answered(one);
}

program column_program(std::string_view source) {
  const compiled c = compile(source, column_words());
  if (!c.program) MESSAGE(source << ": " << to_string(c.problems.front(), language::en));
  REQUIRE(c.program);
  return *c.program;
}

} // namespace

TEST_CASE("columns say what the scalar says of every case, over random programs and columns") {
  std::size_t blocks = 0;
  std::size_t all = 0;
  std::size_t values = 0;
  std::size_t failures = 0;
  column_outcome out;
  for (int round = 0; round < column_rounds(); ++round) {
    column_dice().seed(static_cast<unsigned>(round));
    const world w(static_cast<std::size_t>(round % 20 == 0 ? 1'100 : roll(0, 60)));
    const case_columns cases = w.cases();
    for (int k = 0; k < 15; ++k, ++all) {
      const std::string source = roll(0, 8) == 0 ? number(3, where::rows) : truth(4, where::rows);
      CAPTURE(round);
      CAPTURE(source);
      const program p = column_program(source);
      const evaluation_limits limits{.cost = roll(0, 10) == 0 ? 200U : 100'000U};
      evaluate_columns(p, cases, out, limits);
      blocks += out.in_blocks ? 1 : 0;
      for (std::size_t row = 0; row < w.rows; ++row) {
        const std::string expected = answered(outcome_at(p, cases, row, limits));
        (expected == "error" || expected == "unknown" ? failures : values) += 1;
        if (answered(out, row) == expected) continue;
        CAPTURE(row);
        FAIL(answered(out, row) << " where the scalar says " << expected);
      }
    }
  }
  // Most of it went the fast way, and there was something to get wrong.
  CHECK(2 * blocks > all);
  CHECK(4 * values > failures);
  CHECK(4 * failures > values);
}

TEST_CASE("what has a kernel runs in blocks, and what has none does not") {
  column_dice().seed(1);
  const world w(50);
  const case_columns cases = w.cases();
  const auto in_blocks = [&](std::string_view source) {
    column_outcome out;
    evaluate_columns(column_program(source), cases, out);
    return out.in_blocks;
  };
  for (const char* source :
       {"i > j * 0.8 && s != 'concluded' && !(w in ['open']) && fees.all(f, f.amount <= e)",
        "fees.exists_one(f, f.ok || f.kind == s)", "nums.exists(n, n > i)", "b ? i : j",
        "t < v || ms >= timestamp('2025-01-01T00:00:00Z')", "-d + u", "has(r.n) || true"})
    CHECK_MESSAGE(in_blocks(source), std::string(source));
  for (const char* source :
       {"s + w", "fees.map(f, f.amount)", "[1].all(a, a == i)", "none > 1", "r.?n.orValue(1) > 0",
        "r.?n == optional.of(1)", "fees.all(f, nums.all(n, n > f.count))"})
    CHECK_FALSE_MESSAGE(in_blocks(source), std::string(source));
}

TEST_CASE("a small world, by hand") {
  const std::vector<std::int64_t> elapsed{19, 3, 40, 40};
  const std::vector<std::int32_t> codes{0, 0, 1, 0};
  const std::vector<std::uint8_t> mask{0, 0, 0, 1};
  case_columns cases(4);
  REQUIRE(cases.add("i", column::ints(elapsed).missing(mask)).has_value());
  REQUIRE(cases.add("s", column::words(codes, {"open", "concluded"})).has_value());
  column_outcome out;
  evaluate_columns(column_program("i > 20 * 0.8 && s != 'concluded'"), cases, out);
  CHECK(out.verdicts == std::vector<column_verdict>{column_verdict::yes, column_verdict::no,
                                                    column_verdict::no, column_verdict::unknown});
  evaluate_columns(column_program("40 / (40 - i)"), cases, out);
  CHECK(out.verdicts == std::vector<column_verdict>{column_verdict::yes, column_verdict::yes,
                                                    column_verdict::error,
                                                    column_verdict::unknown});
  CHECK(out.ints[0] == 1);
  CHECK(out.ints[1] == 1);
  const program p = column_program("i > 3");
  CHECK(outcome_at(p, cases, 3).missing == std::vector<std::string>{"i"});
  CHECK(reasoning_at(p, cases, 0).facts.front().name == "i");
  evaluate_columns(column_program("i > 10 ? dyn(i) : dyn(0.5)"), cases, out);
  CHECK(out.of == type_kind::dyn);
  CHECK(out.others[0] == value(19));
  CHECK(out.others[1] == value(0.5));
  evaluate_columns(column_program("s + '!'"), cases, out);
  CHECK_FALSE(out.in_blocks);
  CHECK(out.others[2] == value("concluded!"));
}

TEST_CASE("texts by offsets are words, and equal ones share a code") {
  const std::string bytes = "openconcludedopen";
  const std::vector<std::int64_t> offsets{0, 4, 13, 17, 17};
  case_columns cases(4);
  REQUIRE(cases.add("s", column::texts(offsets, bytes)).has_value());
  column_outcome out;
  evaluate_columns(column_program("s == 'open'"), cases, out);
  CHECK(out.verdicts == std::vector<column_verdict>{column_verdict::yes, column_verdict::no,
                                                    column_verdict::yes, column_verdict::no});
  CHECK(outcome_at(column_program("s"), cases, 1).value == value("concluded"));
}

TEST_CASE("columns that do not fit are refused") {
  const std::vector<std::int64_t> three{0, 1, 2};
  const std::vector<std::int64_t> down{0, 2, 1};
  const std::vector<std::int32_t> codes{0, 1};
  const std::vector<std::uint8_t> mask{1, 0};
  case_columns cases(2);
  const auto why = [&](const column& c) {
    const auto r = cases.add("x", c);
    return r ? std::string("fine") : r.error().message.en;
  };
  CHECK(why(column::ints(three)) == "column x: of another length");
  CHECK(why(column::same(value(1)).missing(mask)) == "fine");
  CHECK(why(column::words(codes, {"a"})) == "column x: a position outside the dictionary");
  CHECK(why(column::words(codes, {"a"}).missing(std::vector<std::uint8_t>{0, 1})) == "fine");
  CHECK(why(column::timestamps(std::span(three).first(2), 60)) ==
        "column x: ticks of an unknown unit");
  CHECK(why(column::ints(std::span(three).first(2)).missing(std::span(mask).first(1))) ==
        "column x: its mask is of another length");
  CHECK(why(column::lists(down, column::ints(three))) == "column x: offsets descend");
  CHECK(why(column::lists(three, column::ints(std::span(three).first(1)))) ==
        "column x[]: offsets leave the elements");
  CHECK(why(column::texts(three, "a")) == "column x: offsets leave the bytes");
  CHECK(why(column::texts(three, "ab")) == "fine");
}
