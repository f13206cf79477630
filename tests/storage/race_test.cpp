// Many callers at once want the same version of a case, or send one request several times.
#include <atomic>
#include <cstdlib>
#include <random>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "history.hpp"

using namespace banli;
using namespace banli::test;

namespace {

constexpr std::uint32_t racers = 8;

/// How many appends race: a slice in every run, BANLI_STORE_RACES for the whole.
std::uint32_t races() {
  if (const char* n = std::getenv("BANLI_STORE_RACES"))
    return static_cast<std::uint32_t>(std::strtoul(n, nullptr, 10));
  return 4'000;
}

void by_many(const std::function<void(std::uint32_t)>& go) {
  std::vector<std::thread> all;
  for (std::uint32_t me = 0; me < racers; ++me) all.emplace_back(go, me);
  for (std::thread& t : all) t.join();
}

/// Runs a test with a store of each kind, of which at the end every chain must hold.
void with_stores(const std::function<void(case_store&)>& test) {
  const auto memory = memory_store();
  test(*memory);
  CHECK(memory->verify()->empty());
  const folder in;
  const auto file = open(in / "s.db");
  test(*file);
  CHECK(file->verify()->empty());
}

event raced(std::uint32_t n, std::string request) {
  event e = some_event("raced", n);
  e.request = request_id{std::move(request)};
  return e;
}

} // namespace

TEST_CASE("racing appends: every version has one winner, and everybody is told who he is") {
  with_stores([](case_store& s) {
    const std::uint32_t rounds = races() / racers;
    constexpr std::uint32_t length = 100; // of a case
    std::vector<std::atomic<std::uint32_t>> winner(rounds);
    std::atomic<std::uint32_t> lost{0}, other{0};
    by_many([&](std::uint32_t me) {
      for (std::uint32_t round = 0; round < rounds; ++round) {
        const std::uint32_t n = round % length + 1;
        const std::string id = fmt::format("raced {}", round / length);
        const std::vector<event> one{raced(n, fmt::format("{} {}", round, me))};
        for (;;) {
          const auto r = append(s, asking(id, one));
          const auto why = refused(r);
          // Who is ahead of all others waits for one of them.
          const bool early = why && s.find(case_id{id})->value_or(stored_case{}).version < n - 1;
          if (why == errc::version_conflict && early) continue;
          if (!why && winner[round].fetch_add(me + 1) != 0) ++other; // a second winner
          if (why == errc::version_conflict) ++lost;
          if (why && why != errc::version_conflict) ++other;
          break;
        }
      }
    });
    CHECK(other == 0);
    CHECK(lost == rounds * (racers - 1));
    for (std::uint32_t round = 0; round < rounds; ++round) {
      const request_id won{fmt::format("{} {}", round, winner[round] - 1)};
      const auto found = s.find_request(won).value();
      REQUIRE(found.has_value());
      REQUIRE(found->first == round % length + 1);
    }
    CHECK(*s.event_count() == rounds);
  });
}

TEST_CASE("requests sent one to five times at once: one event each") {
  with_stores([](case_store& s) {
    const std::uint32_t requests = races() / 10;
    std::mt19937 random{21};
    std::vector<std::uint32_t> times;
    for (std::uint32_t i = 0; i < requests; ++i)
      times.push_back(static_cast<std::uint32_t>(1 + random() % 5));
    std::atomic<std::uint32_t> kept{0}, again{0}, other{0};
    by_many([&](std::uint32_t me) {
      for (std::uint32_t i = 0; i < requests; ++i) {
        if (me >= times[i]) continue;
        // Whoever sends it again may send it for another case.
        const std::string id = fmt::format("case {}", (i + me * (i % 2)) % requests);
        for (;;) {
          const auto now = s.find(case_id{id}).value();
          const std::uint32_t n = now ? now->version + 1 : 1;
          const std::vector<event> one{raced(n, fmt::format("request {}", i))};
          const auto why = refused(append(s, asking(id, one)));
          if (why == errc::version_conflict && !*s.done(one[0].request)) continue;
          ++(!why                                                         ? kept
             : why == errc::duplicate_id || why == errc::version_conflict ? again
                                                                          : other);
          break;
        }
      }
    });
    CHECK(kept == requests);
    CHECK(again > 0);
    CHECK(other == 0);
    CHECK(*s.event_count() == requests);
  });
}
