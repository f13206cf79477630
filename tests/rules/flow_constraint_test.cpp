// Every template against a naive reading in linear temporal logic over finite traces, on all short
// traces; data and time against the definitions said with quantifiers.
#include <functional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <banli/rules/flow_constraint.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {

using trace_text = std::string; ///< one letter an event

// ---- formulas of LTL over finite traces ----

using formula = std::function<bool(const trace_text&, std::size_t)>;

formula letter(char c) {
  return [c](const trace_text& t, std::size_t i) { return i < t.size() && t[i] == c; };
}
formula no(formula f) {
  return [f](const trace_text& t, std::size_t i) { return !f(t, i); };
}
formula both(formula f, formula g) {
  return [f, g](const trace_text& t, std::size_t i) { return f(t, i) && g(t, i); };
}
formula either(formula f, formula g) {
  return [f, g](const trace_text& t, std::size_t i) { return f(t, i) || g(t, i); };
}
formula implies(formula f, formula g) { return either(no(f), g); }
formula next(formula f) { // there is a next, and it holds
  return [f](const trace_text& t, std::size_t i) { return i + 1 < t.size() && f(t, i + 1); };
}
formula until(formula f, formula g) {
  return [f, g](const trace_text& t, std::size_t i) {
    for (; i < t.size(); ++i) {
      if (g(t, i)) return true;
      if (!f(t, i)) return false;
    }
    return false;
  };
}
formula sometime(formula f) {
  return until([](const trace_text&, std::size_t) { return true; }, f);
}
formula always(formula f) {
  return [f](const trace_text& t, std::size_t i) {
    for (; i < t.size(); ++i)
      if (!f(t, i)) return false;
    return true;
  };
}

const formula is_a = letter('A');
const formula is_b = letter('B');

formula times(int n) {
  return n == 0 ? formula([](const trace_text&, std::size_t) { return true; })
                : sometime(both(is_a, n == 1 ? times(0) : next(times(n - 1))));
}

formula response() { return always(implies(is_a, sometime(is_b))); }
formula precedence() { return either(until(no(is_b), is_a), always(no(is_b))); }
formula alternate_response() { return always(implies(is_a, next(until(no(is_a), is_b)))); }
formula alternate_precedence() {
  // After every B the next B needs an A of its own; there may be no next event.
  const formula last = no(next([](const trace_text&, std::size_t) { return true; }));
  return both(precedence(), always(implies(is_b, either(last, next(precedence())))));
}
formula chain_response() { return always(implies(is_a, next(is_b))); }
formula chain_precedence() {
  return [](const trace_text& t, std::size_t) {
    return always(implies(next(is_b), is_a))(t, 0) && !is_b(t, 0);
  };
}

struct claim {
  flow_template kind;
  std::size_t count;
  formula means;
};

std::vector<claim> claims() {
  using ft = flow_template;
  const formula start = [](const trace_text& t, std::size_t) { return is_a(t, 0); };
  const formula stop = [](const trace_text& t, std::size_t) {
    return !t.empty() && t.back() == 'A';
  };
  const formula some_a = sometime(is_a);
  const formula some_b = sometime(is_b);
  const formula no_ab = always(implies(is_a, no(sometime(is_b))));
  const formula no_next = always(implies(is_a, no(next(is_b))));
  return {{ft::existence, 1, times(1)},
          {ft::existence, 3, times(3)},
          {ft::absence, 1, no(times(1))},
          {ft::absence, 2, no(times(2))},
          {ft::exactly, 1, both(times(1), no(times(2)))},
          {ft::exactly, 2, both(times(2), no(times(3)))},
          {ft::init, 1, start},
          {ft::end, 1, stop},
          {ft::choice, 1, either(some_a, some_b)},
          {ft::exclusive_choice, 1, both(either(some_a, some_b), no(both(some_a, some_b)))},
          {ft::responded_existence, 1, implies(some_a, some_b)},
          {ft::co_existence, 1, both(implies(some_a, some_b), implies(some_b, some_a))},
          {ft::response, 1, response()},
          {ft::precedence, 1, precedence()},
          {ft::succession, 1, both(response(), precedence())},
          {ft::alternate_response, 1, alternate_response()},
          {ft::alternate_precedence, 1, alternate_precedence()},
          {ft::alternate_succession, 1, both(alternate_response(), alternate_precedence())},
          {ft::chain_response, 1, chain_response()},
          {ft::chain_precedence, 1, chain_precedence()},
          {ft::chain_succession, 1, both(chain_response(), chain_precedence())},
          {ft::not_responded_existence, 1, implies(some_a, no(some_b))},
          {ft::not_co_existence, 1, no(both(some_a, some_b))},
          {ft::not_response, 1, no_ab},
          {ft::not_precedence, 1, no_ab},
          {ft::not_succession, 1, no_ab},
          {ft::not_chain_response, 1, no_next},
          {ft::not_chain_precedence, 1, no_next},
          {ft::not_chain_succession, 1, no_next}};
}

/// All texts over A, B, C up to a length.
std::vector<trace_text> all_traces(std::size_t most) {
  std::vector<trace_text> out{""};
  for (std::size_t from = 0; from < out.size(); ++from)
    if (out[from].size() < most)
      for (const char c : {'A', 'B', 'C'}) out.push_back(out[from] + c);
  return out;
}

instant at_day(int d) { return instant{from_serial(20'000 + d)}; }

std::vector<flow_event> events_of(const trace_text& t) {
  std::vector<flow_event> out;
  for (std::size_t i = 0; i < t.size(); ++i)
    out.push_back({std::string(1, t[i]), "", at_day(static_cast<int>(i)), "", {}});
  return out;
}

flow_constraint constraint(flow_template kind, std::size_t count = 1) {
  flow_constraint c;
  c.id = rule_id{"F"};
  c.kind = kind;
  c.count = count;
  c.a = {"A"};
  if (has_target(kind)) c.b = {"B"};
  return c;
}

compiled_constraint good(flow_constraint c, const flow_words& words = {}) {
  compiled_constraints made = compile_constraint(std::move(c), words);
  for (const error& e : made.problems) MESSAGE(to_string(e, language::en));
  REQUIRE(made.constraint);
  return *made.constraint;
}

std::string codes(const flow_constraint& c, const flow_words& words = {}) {
  std::string out;
  for (const error& e : compile_constraint(c, words).problems)
    out += std::string(to_string(e.code)) + " ";
  return out;
}

std::string said(const flow_verdict& v) {
  std::string out{to_string(v.is)};
  for (const std::size_t e : v.events) out += " " + std::to_string(e);
  if (v.deadline) out += " until " + std::to_string((*v.deadline - at_day(0)) / 24h);
  return out;
}

} // namespace

TEST_CASE("every template is its formula, on all short traces and all that may come of them") {
  const std::vector<trace_text> traces = all_traces(5);
  const std::vector<trace_text> futures = all_traces(3);
  for (const claim& c : claims()) {
    CAPTURE(std::string(to_string(c.kind)));
    CAPTURE(c.count);
    const compiled_constraint made = good(constraint(c.kind, c.count));
    for (const trace_text& t : traces) {
      const bool now = c.means(t, 0);
      bool ever = false;
      bool forever = true;
      for (const trace_text& more : futures) {
        const bool then = c.means(t + more, 0);
        ever = ever || then;
        forever = forever && then;
      }
      const flow_state expected = now    ? flow_state::satisfied
                                  : ever ? flow_state::pending
                                         : flow_state::violated;
      const flow_verdict v = made.judge(events_of(t), at_day(100));
      const flow_verdict closed = made.judge(events_of(t), at_day(100), flow_course::closed);
      if (v.is != expected || (v.settled && v.is == flow_state::satisfied && !forever) ||
          closed.is != (now ? flow_state::satisfied : flow_state::violated) || !closed.settled)
        FAIL_CHECK(t << ": " << said(v) << ", closed " << said(closed));
    }
  }
}

TEST_CASE("a violation names the events that did it, and what waits those that wait") {
  const auto judged = [](flow_template kind, const trace_text& t) {
    return said(good(constraint(kind)).judge(events_of(t), at_day(100)));
  };
  CHECK(judged(flow_template::response, "ACAB") == "satisfied");
  CHECK(judged(flow_template::response, "ABCA") == "pending 3");
  CHECK(judged(flow_template::precedence, "CBAB") == "violated 1");
  CHECK(judged(flow_template::alternate_response, "ACAB") == "violated 0 2");
  CHECK(judged(flow_template::chain_succession, "ABCB") == "violated 3");
  CHECK(judged(flow_template::absence, "CACA") == "violated 1 3");
  CHECK(judged(flow_template::not_co_existence, "BCA") == "violated 0 2");
  CHECK(judged(flow_template::exclusive_choice, "CAB") == "violated 1 2");
}

TEST_CASE("a time condition gives a deadline, and a violation when it has passed") {
  flow_constraint c = constraint(flow_template::response);
  c.within.most = 5 * 24h;
  const compiled_constraint r = good(c);
  const auto events = events_of("ACA");
  CHECK(said(r.judge(events, at_day(3))) == "pending 0 2 until 5");
  CHECK(said(r.judge(events, at_day(5))) == "pending 0 2 until 5"); // the last instant counts
  CHECK(said(r.judge(events, at_day(5) + 1s)) == "violated 0");
  CHECK(said(r.judge(events, at_day(8))) == "violated 0 2");
  CHECK(r.judge(events, at_day(5) + 1s).settled);
  c.within.least = 3 * 24h;
  CHECK(said(good(c).judge(events_of("AB"), at_day(1))) == "pending 0 until 5"); // too early
  CHECK(said(good(c).judge(events_of("ACCB"), at_day(3))) == "satisfied");

  flow_constraint once = constraint(flow_template::existence);
  once.within.most = 2 * 24h; // from the first event
  CHECK(said(good(once).judge(events_of("CC"), at_day(2))) == "pending until 2");
  CHECK(said(good(once).judge(events_of("CC"), at_day(3))) == "violated");
  CHECK(said(good(once).judge(events_of("CCCA"), at_day(3))) == "violated"); // too late
  CHECK(said(good(once).judge(events_of("CCA"), at_day(2))) == "satisfied");
  flow_constraint none = constraint(flow_template::absence);
  none.within.most = 2 * 24h;
  CHECK_FALSE(good(none).judge(events_of("C"), at_day(2)).settled);
  CHECK(good(none).judge(events_of("C"), at_day(3)).settled);
}

TEST_CASE("verdicts by time are those of stepping through it") {
  // At every half day: violated exactly when no B can still come in time for some A.
  flow_constraint c = constraint(flow_template::response);
  c.within = {1 * 24h, 3 * 24h};
  const compiled_constraint r = good(c);
  for (const trace_text& t : all_traces(5)) {
    const auto events = events_of(t);
    for (int half = 2 * static_cast<int>(t.size()); half < 24; ++half) {
      const instant now = at_day(0) + half * 12h;
      bool wrong = false;
      bool open = false;
      for (std::size_t i = 0; i < t.size(); ++i) {
        if (t[i] != 'A') continue;
        bool found = false;
        for (std::size_t j = i + 1; j < t.size(); ++j)
          found = found || (t[j] == 'B' && j - i >= 1 && j - i <= 3);
        if (found) continue;
        (now > events[i].at + 3 * 24h ? wrong : open) = true;
      }
      const flow_state expected = wrong  ? flow_state::violated
                                  : open ? flow_state::pending
                                         : flow_state::satisfied;
      if (r.judge(events, now).is != expected) FAIL_CHECK(t << " at " << half);
    }
  }
}

TEST_CASE("conditions narrow the events, and correlation says which belong together") {
  flow_constraint c = constraint(flow_template::response);
  c.where_a.source = "a.amount > 100";
  c.correlation.source = "a.actor == b.actor";
  flow_words words;
  words.data = {{"amount", type_kind::integer}};
  const compiled_constraint r = good(c, words);
  std::vector<flow_event> e = events_of("AAB");
  for (flow_event& x : e) {
    x.actor = "甲";
    x.data = {{"amount", 50}};
  }
  CHECK(said(r.judge(e, at_day(9))) == "satisfied");
  e[0].data = {{"amount", 500}};
  CHECK(said(r.judge(e, at_day(9))) == "satisfied");
  e[2].actor = "乙";
  CHECK(said(r.judge(e, at_day(9))) == "pending 0");
  e[0].data.clear();
  const flow_verdict v = r.judge(e, at_day(9));
  CHECK(v.is == flow_state::unjudgeable);
  CHECK(v.missing == std::vector<std::string>{"a.amount"});
}

TEST_CASE("correlated pairs are those of the definitions") {
  // Two activities, two actors: all histories of four events.
  for (int code = 0; code < 256; ++code) {
    std::vector<flow_event> e;
    for (int i = 0; i < 4; ++i) {
      const int kind = code >> (2 * i) & 3;
      e.push_back({kind & 1 ? "B" : "A", kind & 2 ? "乙" : "甲", at_day(i), "", {}});
    }
    const auto fits = [&](flow_template kind, auto holds) {
      flow_constraint c = constraint(kind);
      c.correlation.source = "a.actor == b.actor";
      const bool ours =
          good(c).judge(e, at_day(9), flow_course::closed).is == flow_state::satisfied;
      if (ours != holds()) FAIL_CHECK(to_string(kind) << " of " << code);
    };
    const auto pair = [&](std::size_t i, std::size_t j) {
      return e[i].activity == "A" && e[j].activity == "B" && e[i].actor == e[j].actor;
    };
    const auto each = [&](const char* of, auto good_one) {
      for (std::size_t i = 0; i < 4; ++i)
        if (e[i].activity == of && !good_one(i)) return false;
      return true;
    };
    const auto some = [&](auto f) {
      for (std::size_t k = 0; k < 4; ++k)
        if (f(k)) return true;
      return false;
    };
    fits(flow_template::response, [&] {
      return each("A", [&](auto i) { return some([&](auto j) { return j > i && pair(i, j); }); });
    });
    fits(flow_template::precedence, [&] {
      return each("B", [&](auto j) { return some([&](auto i) { return i < j && pair(i, j); }); });
    });
    fits(flow_template::co_existence, [&] {
      return each("A", [&](auto i) { return some([&](auto j) { return pair(i, j); }); }) &&
             each("B", [&](auto j) { return some([&](auto i) { return pair(i, j); }); });
    });
    fits(flow_template::alternate_response, [&] {
      return each("A", [&](auto i) {
        return some([&](auto j) {
          return j > i && pair(i, j) &&
                 !some([&](auto k) { return k > i && k < j && e[k].activity == "A"; });
        });
      });
    });
    fits(flow_template::alternate_precedence, [&] {
      return each("B", [&](auto j) {
        return some([&](auto i) {
          return i < j && pair(i, j) &&
                 !some([&](auto k) { return k > i && k < j && e[k].activity == "B"; });
        });
      });
    });
    fits(flow_template::not_succession, [&] {
      return each("A", [&](auto i) { return !some([&](auto j) { return j > i && pair(i, j); }); });
    });
  }
}

TEST_CASE("four eyes: who did the one does not do the other") {
  const compiled_constraint r = good(constraint(flow_template::four_eyes));
  std::vector<flow_event> e = events_of("ACB");
  e[0].actor = "甲";
  e[2].actor = "乙";
  CHECK(said(r.judge(e, at_day(9))) == "satisfied");
  e[2].actor = "甲";
  CHECK(said(r.judge(e, at_day(9))) == "violated 0 2");
  e[2].actor = "";
  CHECK(r.judge(e, at_day(9)).missing == std::vector<std::string>{"b.actor"});
  e[2].actor = "乙";
  CHECK(said(good(constraint(flow_template::same_actor)).judge(e, at_day(9))) == "violated 0 2");
}

TEST_CASE("one person over many cases is counted in a sliding span") {
  flow_constraint c = constraint(flow_template::person_load, 2);
  c.within.most = 3 * 24h;
  const compiled_constraint r = good(c);
  std::vector<flow_event> e;
  const auto add = [&](int day, const char* actor, const char* in_case) {
    e.push_back({"A", actor, at_day(day), in_case, {}});
  };
  add(0, "甲", "1");
  add(1, "甲", "2");
  add(2, "乙", "3");
  add(2, "甲", "2"); // the same case again
  add(4, "甲", "3"); // case 1 is out of the span
  CHECK(said(r.judge(e, at_day(9))) == "satisfied");
  add(4, "甲", "4");
  CHECK(said(r.judge(e, at_day(9))) == "violated 1 3 4 5");
  e.back().actor.clear();
  CHECK(r.judge(e, at_day(9)).is == flow_state::unjudgeable);
}

TEST_CASE("what is wrong with a constraint or its events is said") {
  flow_constraint c = constraint(flow_template::response);
  CHECK(codes(c) == "");
  c.a.clear();
  CHECK(codes(c) == "missing-field ");
  c = constraint(flow_template::response);
  CHECK(codes(c, {{"A", "BB"}, {}}) == "unknown-reference ");
  c.count = 2;
  CHECK(codes(c) == "bad-value ");
  c = constraint(flow_template::existence, 0);
  CHECK(codes(c) == "bad-value ");
  c = constraint(flow_template::existence);
  c.b = {"B"};
  c.correlation.source = "a.actor == b.actor";
  CHECK(codes(c) == "bad-value bad-value ");
  c = constraint(flow_template::response);
  c.within = {5s, 3s};
  CHECK(codes(c) == "bad-value ");
  c.within = {};
  c.where_a.source = "b.actor == 'x'"; // of an A only `a` is known
  CHECK(codes(c) == "unknown-identifier ");
  c.where_a.source = "a.actr == 'x'";
  CHECK(codes(c) == "unknown-field ");
  std::vector<flow_event> e = events_of("AB");
  std::swap(e[0].at, e[1].at);
  const flow_verdict v = good(constraint(flow_template::response)).judge(e, at_day(9));
  REQUIRE(v.why);
  CHECK(v.why->code == errc::time_backwards);
  flow_limits small;
  small.events = 1;
  const auto few = compile_constraint(constraint(flow_template::response), {}, small);
  CHECK(few.constraint->judge(events_of("AB"), at_day(9)).why->code == errc::limit_exceeded);
  for (int t = 0; t <= static_cast<int>(flow_template::person_load); ++t) {
    const auto k = static_cast<flow_template>(t);
    CHECK(parse_flow_template(to_string(k)) == k);
  }
}
