// When an answer expires: by example, and against stepping through every instant.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

instant at_second(int n) { return instant{std::chrono::seconds{n}}; }

environment clock_words() {
  environment env;
  for (const char* name : {"up", "up2", "down", "odd", "still", "gone"})
    env.declare(name, type_kind::integer);
  env.declare("rise", type_kind::real)
      .declare("r", type::record("r", {{"gone", type_kind::integer}}))
      .declare("flag", type_kind::boolean)
      .declare("now", type_kind::timestamp);
  return env;
}

constexpr int horizon = 24;

struct clock_gaps {
  std::vector<int> up, up2, down, odd, flag, rise;
};

std::vector<clock_step> steps(const std::vector<int>& gaps, int first, int factor, type_kind kind) {
  std::vector<clock_step> out;
  int t = 0;
  int v = first;
  for (const int g : gaps) {
    value shown = v;
    if (kind == type_kind::real) shown = v * 0.5;
    if (kind == type_kind::boolean) shown = v % 2 == 0;
    out.push_back({at_second(t), shown});
    t += 1 + g % 4;
    v += factor * (1 + g % 2);
  }
  return out;
}

bound_values facts(const clock_gaps& w, int second) {
  bound_values b{at_second(second)};
  using enum clock_course;
  b.set_clock("up", rising, steps(w.up, -2, 1, type_kind::integer));
  b.set_clock("up2", rising, steps(w.up2, 0, 2, type_kind::integer));
  b.set_clock("down", falling, steps(w.down, 5, -1, type_kind::integer));
  b.set_clock("odd", irregular,
              steps(w.odd, 0, w.odd.size() % 2 == 0 ? 3 : -2, type_kind::integer));
  b.set_clock("rise", rising, steps(w.rise, -1, 1, type_kind::real));
  b.set_clock("flag", irregular, steps(w.flag, 0, 1, type_kind::boolean));
  std::vector<clock_step> each;
  for (int t = 0; t < horizon; ++t) each.push_back({at_second(t), at_second(t)});
  b.set_clock("now", rising, each);
  b.set("still", 2);
  if (!w.odd.empty())
    b.set_clock("r.gone", irregular, {{at_second(static_cast<int>(w.odd.size())), 1}});
  return b;
}

std::string answer_text(const outcome& o) {
  if (o.is == outcome::state::value) return to_text(o.value);
  std::string s = o.is == outcome::state::error ? to_string(o.error, language::en) : "?";
  for (const auto& m : o.missing) s += m;
  return s;
}

std::string random_number(int depth);

std::string random_bool(int depth) {
  const auto pick = *rc::gen::inRange(0, depth <= 0 ? 4 : 12);
  const auto less = [&] { return random_bool(depth - 1); };
  static const char* const comparisons[] = {" < ", " <= ", " > ", " >= ", " == ", " != "};
  const std::string sign = comparisons[*rc::gen::inRange(0, 6)];
  switch (pick) {
  case 0: return "flag";
  case 1: return "has(r.gone)";
  case 2:
    return "(now" + sign + "timestamp('1970-01-01T00:00:1" +
           std::to_string(*rc::gen::inRange(0, 9)) + "Z'))";
  case 4:
  case 5: return "(" + less() + " && " + less() + ")";
  case 6:
  case 7: return "(" + less() + " || " + less() + ")";
  case 8: return "!" + less();
  case 9: return "(" + less() + " ? " + less() + " : " + less() + ")";
  case 10: return "[1, 2, 3].exists(e, e + up" + sign + random_number(depth - 1) + ")";
  default: return "(" + random_number(depth - 1) + sign + random_number(depth - 1) + ")";
  }
}

std::string random_number(int depth) {
  static const char* const leaves[] = {"up",   "up2",  "down", "odd", "still",
                                       "gone", "rise", "3",    "-1",  "2.5"};
  const auto pick = *rc::gen::inRange(0, depth <= 0 ? 10 : 13);
  if (pick < 10) return leaves[pick];
  if (pick == 10) return "(" + random_number(depth - 1) + " + " + random_number(depth - 1) + ")";
  if (pick == 11) return "(" + random_number(depth - 1) + " / " + random_number(depth - 1) + ")";
  return "(" + random_bool(depth - 1) + " ? up : down)";
}

} // namespace

TEST_CASE("a rising clock against a threshold expires exactly when it gets there") {
  const environment env = clock_words();
  const clock_gaps w{{0, 0, 0, 0, 0, 0, 0, 0}, {}, {0, 0, 0, 0, 0, 0}, {}, {}, {}};
  const auto expires = [&](std::string_view source, int second) {
    const compiled c = compile(source, env);
    REQUIRE(c.program);
    const auto until = c.program->evaluate(facts(w, second)).holds_until;
    return until ? static_cast<int>(until->time_since_epoch().count()) : -1;
  };
  // up: -2 at 0, -1 at 1, 0 at 2 ... one more each second; down: 5, 4, 3 ...
  CHECK(expires("up > 2", 0) == 5);
  CHECK(expires("up >= 2", 0) == 4);
  CHECK(expires("2 <= up", 0) == 4);
  CHECK(expires("up > still * 0.8", 0) == 4);
  CHECK(expires("up == 2", 0) == 4);
  CHECK(expires("up == 2", 4) == 5);
  CHECK(expires("up == 2", 5) == -1);
  CHECK(expires("up > 2", 6) == -1);
  CHECK(expires("up > 99", 0) == -1);
  CHECK(expires("down < 3", 0) == 3);
  CHECK(expires("down <= 3", 0) == 2);
  CHECK(expires("up > 2 && still > 5", 0) == -1);
  CHECK(expires("up > 2 && down < 4", 0) == 5);
  CHECK(expires("up + 1 > 3", 0) == 5);
  CHECK(expires("up % 7 > 2", 0) == 1); // a remainder neither rises nor falls
  CHECK(expires("now >= timestamp('1970-01-01T00:00:07.5Z')", 0) == 8);
}

TEST_CASE("no answer changes before it expires, over random expressions and clocks") {
  const environment env = clock_words();
  CHECK(rc::check([&] {
    const auto gaps = rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8));
    const clock_gaps w{*gaps, *gaps, *gaps, *gaps, *gaps, *gaps};
    const std::string source = random_bool(4);
    RC_LOG() << source << '\n';
    const compiled c = compile(source, env);
    RC_ASSERT(c.program.has_value());
    std::vector<outcome> answers;
    for (int t = 0; t < horizon; ++t) answers.push_back(c.program->evaluate(facts(w, t)));
    for (int t = 0; t < horizon; ++t)
      for (int later = t + 1; later < horizon; ++later) {
        const auto until = answers[static_cast<std::size_t>(t)].holds_until;
        if (until && at_second(later) >= *until) break;
        RC_ASSERT(answer_text(answers[static_cast<std::size_t>(t)]) ==
                  answer_text(answers[static_cast<std::size_t>(later)]));
      }
    for (int t = 0; t < horizon; ++t) {
      const auto until = answers[static_cast<std::size_t>(t)].holds_until;
      RC_ASSERT(!until || *until > at_second(t));
    }
  }));
}
