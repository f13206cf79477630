// case_store.hpp: what every store must do, asked of each of them.
#include <banli/storage/case_store.hpp>

#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/engine/case_definition.hpp>

#include "history.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// Makes one kind of store; the folder is for its file.
struct store_kind {
  std::string_view name;
  std::function<std::unique_ptr<case_store>(const folder&, const store_limits&)> make;
};

const std::vector<store_kind>& kinds() {
  static const std::vector<store_kind> all{
      {"memory", [](const folder&, const store_limits& l) { return memory_store(l); }},
      {"memory, SM3",
       [](const folder&, const store_limits& l) { return memory_store(l, chain_digest::sm3); }},
      {"sqlite", [](const folder& in, const store_limits& l) {
         return open_sqlite_store(in / "store.db", l).value();
       }}};
  return all;
}

/// Runs a test with a new, empty store of every kind.
void each_kind(const std::function<void(case_store&)>& test, const store_limits& limits = {}) {
  for (const store_kind& kind : kinds()) {
    CAPTURE(kind.name);
    const folder in;
    const auto store = kind.make(in, limits);
    test(*store);
    CHECK(store->verify().value().empty());
  }
}

std::vector<std::string> ids(const case_store& store) {
  std::vector<std::string> out;
  REQUIRE(store.each([&](const stored_case& c) { out.push_back(c.id.text()); }));
  return out;
}

} // namespace

TEST_CASE("an empty store knows nothing") {
  each_kind([](case_store& s) {
    CHECK(*s.event_count() == 0);
    CHECK(s.load(case_id{"a"})->empty());
    CHECK_FALSE(s.find(case_id{"a"})->has_value());
    CHECK_FALSE(*s.done(request_id{"a/1"}));
    CHECK_FALSE(*s.done(request_id{""}));
    CHECK(ids(s).empty());
    CHECK(s.append({}).has_value());
  });
}

TEST_CASE("what was appended is loaded, case by case") {
  each_kind([](case_store& s) {
    const auto a = some_events("a", 1, 3);
    const auto b = some_events("b/与/\"b\"", 1, 2);
    const std::vector<append_request> batch{asking("a", a), asking("b/与/\"b\"", b)};
    REQUIRE(s.append(batch));
    REQUIRE(append(s, "a", 4, 5));
    CHECK(*s.load(case_id{"a"}) == some_events("a", 1, 5));
    CHECK(*s.load(case_id{"b/与/\"b\""}) == b);
    CHECK(*s.event_count() == 7);
    CHECK(ids(s) == std::vector<std::string>{"a", "b/与/\"b\""});
    const stored_case c = s.find(case_id{"a"})->value();
    CHECK(c.id == case_id{"a"});
    CHECK(c.item == item_id{"item"});
    CHECK(c.definition == some_definition);
    CHECK(c.version == 5);
  });
}

TEST_CASE("the chain is the one the header describes") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "a", 1, 1));
    REQUIRE(append(s, "a", 2, 2));
    std::string hash(64, '0');
    std::string again = first_hash();
    for (const event& e : some_events("a", 1, 2)) {
      hash = digest_of(s.digest(), hash + "\na\nitem\n" + some_definition + "\n" + to_json(e));
      again = next_hash(again, s.find(case_id{"a"})->value(), to_json(e), s.digest());
    }
    CHECK(s.find(case_id{"a"})->value().chain == hash);
    CHECK(again == hash);
  });
}

TEST_CASE("a case may come twice in one batch") {
  each_kind([](case_store& s) {
    const auto first = some_events("a", 1, 2);
    const auto second = some_events("a", 3, 4);
    const std::vector<append_request> batch{asking("a", first), asking("a", second)};
    REQUIRE(s.append(batch));
    CHECK(s.load(case_id{"a"})->size() == 4);
  });
}

TEST_CASE("nothing is appended that happened or was recorded after it is appended") {
  each_kind([](case_store& s) {
    std::vector<event> events = some_events("a", 1, 2); // at 01:00 and 02:00
    append_request late = asking("a", events);
    late.recorded = events[1].at - std::chrono::seconds{1};
    CHECK(refused(append(s, late)) == errc::time_backwards);
    late.recorded = events[1].at;
    events[0].with.recorded = events[1].at + std::chrono::minutes{1}; // typed in afterwards
    CHECK(refused(append(s, late)) == errc::time_backwards);
    CHECK(*s.event_count() == 0);
    late.recorded = events[1].at + std::chrono::minutes{1};
    REQUIRE(append(s, late));
    CHECK(*s.load(case_id{"a"}) == events); // what is kept is what was given
  });
}

TEST_CASE("who was slower is refused: version_conflict") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "a", 1, 2));
    CHECK(refused(append(s, "a", 1, 1)) == errc::version_conflict);
    CHECK(refused(append(s, "a", 2, 2)) == errc::version_conflict);
    CHECK(refused(append(s, "a", 4, 4)) == errc::version_conflict);
    CHECK(refused(append(s, "new", 2, 2)) == errc::version_conflict);
    CHECK(append(s, "a", 3, 3).has_value());
  });
}

TEST_CASE("a case keeps its definition and its item: definition_changed") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "a", 1, 1));
    const auto events = some_events("a", 2, 2);
    append_request r = asking("a", events);
    r.definition = std::string(64, 'e');
    CHECK(refused(append(s, r)) == errc::definition_changed);
    r = asking("a", events);
    r.item = item_id{"another"};
    CHECK(refused(append(s, r)) == errc::definition_changed);
    CHECK(s.find(case_id{"a"})->value().version == 1);
  });
}

TEST_CASE("a request is done once, in whatever case: duplicate_id") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "a", 1, 2));
    CHECK(*s.done(request_id{"a/1"}));
    CHECK_FALSE(*s.done(request_id{"a/3"}));
    for (const std::string other : {"a", "b"}) {
      auto again = some_events(other, other == "a" ? 3 : 1, other == "a" ? 3 : 1);
      again[0].request = request_id{"a/2"};
      CHECK(refused(append(s, asking(other, again))) == errc::duplicate_id);
    }
    auto b = some_events("b", 1, 1), c = some_events("c", 1, 1);
    c[0].request = b[0].request;
    const std::vector<append_request> batch{asking("b", b), asking("c", c)};
    CHECK(refused(s.append(batch)) == errc::duplicate_id);
    CHECK(ids(s) == std::vector<std::string>{"a"});
  });
}

TEST_CASE("a batch that is refused at its end leaves nothing, and its requests may be sent again") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "known", 1, 2));
    const std::string chain = s.find(case_id{"known"})->value().chain;
    // Many cases, new and known, and texts that fill whatever memory is taken at a time.
    std::vector<std::vector<event>> events;
    for (int n = 0; n < 40; ++n) events.push_back(some_events(fmt::format("c{:02}", n), 1, 3));
    for (auto& of_case : events) of_case[1].with.opinion = std::string(20'000, 'x');
    events.push_back(some_events("known", 3, 5));
    events.push_back(some_events("last", 1, 1));
    events.back()[0].request = request_id{"known/2"}; // done before
    std::vector<append_request> batch;
    for (std::size_t n = 0; n < events.size(); ++n)
      batch.push_back(asking(n < 40    ? fmt::format("c{:02}", n)
                             : n == 40 ? "known"
                                       : "last",
                             events[n]));
    for (int times = 0; times < 3; ++times) CHECK(refused(s.append(batch)) == errc::duplicate_id);
    CHECK(ids(s) == std::vector<std::string>{"known"});
    CHECK(*s.event_count() == 2);
    CHECK(s.find(case_id{"known"})->value().version == 2);
    CHECK(s.find(case_id{"known"})->value().chain == chain);
    CHECK_FALSE(*s.done(request_id{"c07/2"}));
    CHECK(s.find_request(request_id{"known/2"})->value() == request_record{case_id{"known"}, 2, 2});
    batch.pop_back();
    REQUIRE(s.append(batch));
    CHECK(*s.event_count() == 2 + 40 * 3 + 3);
    CHECK(*s.load(case_id{"c07"}) == events[7]);
    CHECK(s.find_request(request_id{"c39/3"})->value() == request_record{case_id{"c39"}, 3, 3});
    CHECK(s.verify()->empty());
  });
}

TEST_CASE("a request may lead to several events, one after another") {
  each_kind([](case_store& s) {
    auto events = some_events("a", 1, 4);
    events[1].request = events[2].request = events[0].request;
    REQUIRE(append(s, asking("a", events)));
    CHECK(*s.done(request_id{"a/1"}));
    CHECK_FALSE(*s.done(request_id{"a/2"}));
    CHECK(*s.done(request_id{"a/4"}));
    CHECK(*s.load(case_id{"a"}) == events);
    auto torn = some_events("b", 1, 3);
    torn[2].request = torn[0].request;
    CHECK(refused(append(s, asking("b", torn))) == errc::duplicate_id);
    auto later = some_events("a", 5, 5); // the last request of the case, but in another append
    later[0].request = events[3].request;
    CHECK(refused(append(s, asking("a", later))) == errc::duplicate_id);
  });
}

TEST_CASE("who asks again is told which events his request led to") {
  each_kind([](case_store& s) {
    auto events = some_events("a", 1, 6);
    events[2].request = events[3].request = events[1].request;
    REQUIRE(append(s, asking("a", events)));
    REQUIRE(append(s, "b", 1, 2));
    const auto asked = [&](const char* id) {
      const auto found = s.find_request(request_id{id}).value();
      return found ? fmt::format("{} {}-{}", found->id.text(), found->first, found->last) : "none";
    };
    CHECK(asked("a/1") == "a 1-1");
    CHECK(asked("a/2") == "a 2-4");
    CHECK(asked("a/3") == "none");
    CHECK(asked("a/6") == "a 6-6");
    CHECK(asked("b/2") == "b 2-2");
    CHECK(asked("") == "none");
    auto last = some_events("b", 3, 4);
    last[1].request = last[0].request;
    REQUIRE(append(s, asking("b", last)));
    CHECK(asked("b/2") == "b 2-2");
    CHECK(asked("b/3") == "b 3-4");
  });
}

TEST_CASE("requests sent one to five times by many callers at once: one event each") {
  each_kind([](case_store& s) {
    constexpr int callers = 6, requests = 60;
    std::atomic<int> kept{0}, again{0}, other{0};
    const auto send = [&](int me) {
      std::mt19937 random{static_cast<unsigned>(me)};
      for (int r = 0; r < requests; ++r) {
        if (random() % 6 == 0) continue; // not all send all
        // Every request is about a case of its own number or about the common one.
        const std::string id = r % 3 == 0 ? "all" : fmt::format("c{}", r);
        for (;;) {
          const auto now = s.find(case_id{id}).value();
          const std::uint32_t n = now ? now->version + 1 : 1;
          auto events = some_events(id, n, n);
          events[0].request = request_id{fmt::format("r{}", r)};
          const auto answer = append(s, asking(id, events));
          if (answer) ++kept;
          if (!answer && answer.error().code == errc::version_conflict &&
              !*s.done(events[0].request))
            continue; // somebody was faster with another request
          if (!answer) ++(answer.error().code == errc::store_failure ? other : again);
          break;
        }
      }
    };
    std::vector<std::thread> all;
    for (int me = 0; me < callers; ++me) all.emplace_back(send, me);
    for (auto& t : all) t.join();
    CHECK(kept == requests);
    CHECK(again > 0);
    CHECK(other == 0);
    CHECK(*s.event_count() == requests);
  });
}

TEST_CASE("of many appends at once those that are refused take nothing from the others") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "old", 1, 1));
    std::atomic<int> good{0}, refused_ones{0}, wrong{0};
    const auto go = [&](int me) {
      for (std::uint32_t n = 1; n <= 40; ++n) {
        const std::string mine = fmt::format("m{}", me);
        const auto events = some_events(mine, n, n);
        // Every third batch writes for a case of its own first, and is refused for another reason.
        auto bad = some_events(fmt::format("x{}-{}", me, n), 1, 1);
        auto used = some_events("y", 1, 1);
        used[0].request = request_id{"old/1"};
        const std::vector<append_request> batch{asking(mine, events)};
        const std::vector<append_request> half{asking(fmt::format("x{}-{}", me, n), bad),
                                               asking(fmt::format("y{}", me), used)};
        if (n % 3 == 0 && refused(s.append(half)) == errc::duplicate_id) ++refused_ones;
        if (s.append(batch))
          ++good;
        else
          ++wrong;
      }
    };
    std::vector<std::thread> all;
    for (int me = 0; me < 6; ++me) all.emplace_back(go, me);
    for (auto& t : all) t.join();
    CHECK(good == 240);
    CHECK(refused_ones == 78);
    CHECK(wrong == 0);
    CHECK(ids(s).size() == 7);
    CHECK(*s.event_count() == 241);
  });
}

TEST_CASE("a batch is all or nothing") {
  each_kind([](case_store& s) {
    REQUIRE(append(s, "z", 1, 1));
    const auto a = some_events("a", 1, 3), z = some_events("z", 3, 3), b = some_events("b", 1, 1);
    const std::vector<append_request> batch{asking("a", a), asking("z", z), asking("b", b)};
    CHECK(refused(s.append(batch)) == errc::version_conflict);
    CHECK(ids(s) == std::vector<std::string>{"z"});
    CHECK(*s.event_count() == 1);
    CHECK_FALSE(*s.done(request_id{"a/1"}));
    CHECK(s.append({batch.data(), 1}).has_value());
  });
}

TEST_CASE("what could not be read again is not taken") {
  each_kind([](case_store& s) {
    const auto code = [&](auto&& change) {
      auto events = some_events("a", 1, 2);
      append_request r = asking("a", events);
      change(r, events);
      r.events = events;
      return refused(append(s, r));
    };
    using events = std::vector<event>;
    CHECK(code([](append_request& r, events&) { r.id = case_id{}; }) == errc::bad_value);
    CHECK(code([](append_request& r, events&) { r.id = case_id{"a\nb"}; }) == errc::bad_value);
    CHECK(code([](append_request& r, events&) { r.id = case_id{"\xff"}; }) == errc::bad_utf8);
    CHECK(code([](append_request& r, events&) { r.item = item_id{"a\n"}; }) == errc::bad_value);
    CHECK(code([](append_request&, events& e) { e[1].number = 3; }) == errc::bad_value);
    CHECK(code([](append_request&, events& e) { e[1].request = {}; }) == errc::bad_value);
    CHECK(code([](append_request&, events& e) { e[1].with.reason = "\xc0\x80"; }) ==
          errc::bad_utf8);
    CHECK(code([](append_request&, events& e) { e[1].at = end_of(last_day); }) ==
          errc::out_of_range);
    CHECK(code([](append_request&, events& e) { e[1].with.received = first_day - days{1}; }) ==
          errc::out_of_range);
    CHECK(*s.event_count() == 0);
  });
}

TEST_CASE("limits are kept") {
  const store_limits small{.id_bytes = 10, .event_bytes = 300, .events_of_case = 3};
  each_kind(
      [](case_store& s) {
        CHECK(refused(append(s, asking("a", some_events("a", 1, 1)))) == errc::limit_exceeded);
        const auto fits = [](std::uint32_t n) {
          event e = some_event("a", n);
          return e;
        };
        std::vector<event> events{fits(1), fits(2), fits(3), fits(4)};
        append_request r = asking("a", events);
        r.definition = "d";
        CHECK(refused(append(s, r)) == errc::limit_exceeded);
        r.events = {events.data(), 3};
        CHECK(append(s, r).has_value());
        event long_one = some_event("b", 1);
        long_one.with.reason = std::string(300, 'x');
        r = {case_id{"b"}, item_id{"item"}, "d", 0, {&long_one, 1}};
        CHECK(refused(append(s, r)) == errc::limit_exceeded);
        r.id = case_id{"longer than ten"};
        CHECK(refused(append(s, r)) == errc::limit_exceeded);
      },
      small);
}

TEST_CASE("cases come in the order of their bytes, more than one page of them") {
  each_kind([](case_store& s) {
    std::vector<std::string> wanted{"Z", "a", "中", "é", "a b", "a'"};
    for (int i = 0; i < 2'500; ++i) wanted.push_back("n" + std::to_string(i));
    std::vector<std::vector<event>> events;
    std::vector<append_request> batch;
    events.reserve(wanted.size());
    for (const auto& id : wanted)
      batch.push_back(asking(id, events.emplace_back(some_events(id, 1, 1))));
    REQUIRE(s.append(batch));
    std::ranges::sort(wanted);
    CHECK(ids(s) == wanted);
    std::size_t seen = 0; // the visitor may read
    CHECK(s.each([&](const stored_case& c) { seen += s.load(c.id)->size(); }).has_value());
    CHECK(seen == wanted.size());
    CHECK(*s.event_count() == wanted.size());
    for (const std::string prefix :
         {"", "n", "n1", "n24", "n2499", "a", "a ", "中", "\xE4", "zz"}) {
      CAPTURE(prefix);
      std::vector<std::string> below;
      for (const std::string& id : wanted)
        if (id.starts_with(prefix)) below.push_back(id);
      std::vector<std::string> found;
      CHECK(s.each_below(prefix, [&](const stored_case& c) { found.push_back(c.id.text()); }));
      CHECK(found == below);
    }
  });
}

namespace {

/// The contract in its simplest form: maps.
struct model {
  struct one {
    std::string definition;
    std::vector<event> events;
  };
  std::map<std::string, one> cases;
  std::set<std::string> requests;

  std::optional<errc> append(const std::vector<append_request>& batch) {
    model next = *this;
    for (const append_request& r : batch) {
      const auto found = next.cases.find(r.id.text());
      const std::size_t version = found == next.cases.end() ? 0 : found->second.events.size();
      if (version != r.expected) return errc::version_conflict;
      if (version > 0 && found->second.definition != r.definition) return errc::definition_changed;
      std::string before;
      for (const event& e : r.events) {
        if (e.request.text() != before && !next.requests.insert(e.request.text()).second)
          return errc::duplicate_id;
        before = e.request.text();
        one& into = next.cases[r.id.text()];
        into.definition = r.definition;
        into.events.push_back(e);
      }
    }
    *this = std::move(next);
    return std::nullopt;
  }
};

/// A batch that is mostly right, with all kinds of mistakes mixed in.
std::vector<append_request> any_batch(const model& m, std::vector<std::vector<event>>& events) {
  const auto below = [](int n) { return *rc::gen::inRange(0, n); };
  std::vector<append_request> batch;
  std::map<std::string, std::uint32_t> versions;
  for (int i = below(4); i > 0; --i) {
    const std::string id(1, static_cast<char>('a' + below(5)));
    const auto found = m.cases.find(id);
    std::uint32_t& version =
        versions
            .try_emplace(id, found == m.cases.end()
                                 ? 0U
                                 : static_cast<std::uint32_t>(found->second.events.size()))
            .first->second;
    const bool stale = version > 0 && below(15) == 0;
    const std::uint32_t first = version + 1 - (stale ? 1U : 0U);
    const std::uint32_t last = first + static_cast<std::uint32_t>(below(4)) - 1;
    auto& made = events.emplace_back(some_events(id, first, last));
    for (std::size_t k = 0; k < made.size(); ++k) {
      made[k].request = request_id{fmt::format("r{}", *rc::gen::inRange(0, 2'000))};
      if (k > 0 && below(3) == 0) made[k].request = made[k - 1].request;
    }
    append_request r = asking(id, made);
    r.expected = first - 1;
    if (below(20) == 0) r.definition = "other";
    batch.push_back(r);
    version = std::max(version, last);
  }
  return batch;
}

} // namespace

TEST_CASE("every store behaves as the model does") {
  for (const store_kind& kind : kinds()) {
    CAPTURE(kind.name);
    CHECK(rc::check([&] {
      const folder in;
      auto store = kind.make(in, {});
      model m;
      for (int step = *rc::gen::inRange(0, 30); step > 0; --step) {
        std::vector<std::vector<event>> events;
        events.reserve(4);
        const auto batch = any_batch(m, events);
        RC_ASSERT(refused(store->append(batch)) == m.append(batch));
        if (kind.name == "sqlite" && step % 7 == 0) {
          store.reset();
          store = kind.make(in, {});
        }
      }
      std::uint64_t count = 0;
      for (const auto& [id, one] : m.cases) {
        RC_ASSERT(*store->load(case_id{id}) == one.events);
        RC_ASSERT(store->find(case_id{id})->value().version == one.events.size());
        count += one.events.size();
      }
      RC_ASSERT(*store->event_count() == count);
      RC_ASSERT(ids(*store).size() == m.cases.size());
      for (int r = 0; r < 2'000; r += 13) {
        const std::string name = fmt::format("r{}", r);
        RC_ASSERT(*store->done(request_id{name}) == m.requests.contains(name));
      }
      RC_ASSERT(store->verify()->empty());
    }));
  }
}
