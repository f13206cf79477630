// What verify() says after somebody has edited a store file.
#include <algorithm>
#include <cstdlib>
#include <random>

#include <doctest/doctest.h>

#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// Three cases of nine events; the third and fourth of each share a request.
std::string good_store(const folder& in, chain_digest with = chain_digest::sha256) {
  const auto s = open_sqlite_store(in / "good.db", {}, with).value();
  for (const std::string id : {"a", "b", "c"}) {
    auto events = some_events(id, 1, 9);
    events[3].request = events[2].request;
    REQUIRE(append(*s, asking(id, events)));
  }
  return in / "good.db";
}

/// "b 4, c 1": the faults after some SQL.
std::string faults_after(const std::string& good, const std::string& sql) {
  const std::string copy = good + ".copy";
  write_bytes(copy, read_bytes(good));
  raw_database{copy}.run("PRAGMA ignore_check_constraints = ON; " + sql);
  const auto found = open(copy)->verify();
  if (!found) return to_string(found.error(), language::en);
  std::string out;
  for (const chain_fault& f : *found)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", f.id.text(), f.number);
  std::filesystem::remove(copy);
  return out;
}

} // namespace

TEST_CASE("every kind of edit is found and the first event that does not fit is named") {
  const folder in;
  const std::string good = good_store(in);
  const auto after = [&](const std::string& sql) { return faults_after(good, sql); };
  CHECK(after("") == "");
  CHECK(after("UPDATE events SET json = replace(json, '同意', '不同意') "
              "WHERE case_id = 'b' AND number = 4") == "b 4");
  CHECK(after("UPDATE events SET hash = printf('%064d', 7) WHERE number = 9") == "a 9, b 9, c 9");
  CHECK(after("UPDATE events SET hash = 'x' WHERE case_id = 'b' AND number = 1") == "b 1");
  CHECK(after("DELETE FROM events WHERE case_id = 'b' AND number = 5") == "b 5");
  CHECK(after("DELETE FROM events WHERE case_id = 'b' AND number >= 5") == "b 5");
  CHECK(after("DELETE FROM events WHERE case_id = 'b'") == "b 1");
  CHECK(after("UPDATE cases SET version = 8 WHERE id = 'b'") == "b 9");
  CHECK(after("UPDATE cases SET version = 10 WHERE id = 'b'") == "b 10");
  CHECK(after("UPDATE cases SET chain = printf('%064d', 7) WHERE id = 'b'") == "b 9");
  CHECK(after("UPDATE cases SET item = 'other' WHERE id = 'b'") == "b 1");
  CHECK(after("UPDATE cases SET definition = 'other' WHERE id = 'b'") == "b 1");
  CHECK(after("DELETE FROM cases WHERE id = 'b'") == "b 1");
  CHECK(after("UPDATE cases SET id = 'd' WHERE id = 'b'") == "b 1, d 1");
  CHECK(after("UPDATE cases SET id = 'd' WHERE id = 'b'; "
              "UPDATE events SET case_id = 'd' WHERE case_id = 'b'") == "d 1");
  // Nobody's events, even before those of all others.
  CHECK(after("DELETE FROM cases WHERE id = 'b'; UPDATE events SET case_id = '' "
              "WHERE case_id = 'b'") == " 1");
  CHECK(after("DELETE FROM cases WHERE id >= 'b'") == "b 1, c 1");
  CHECK(after("DELETE FROM events WHERE case_id <> 'b'") == "a 1, c 1");
  CHECK(after("DELETE FROM events") == "a 1, b 1, c 1");
  CHECK(after("INSERT INTO events SELECT 'b', 10, NULL, json, hash FROM events "
              "WHERE case_id = 'b' AND number = 9") == "b 10");
  CHECK(after("UPDATE events SET number = 100 WHERE case_id = 'b' AND number = 2") == "b 2");
}

TEST_CASE("one case is verified without the others") {
  const folder in;
  const std::string good = good_store(in);
  raw_database{good}.run("UPDATE events SET json = replace(json, '同意', '不同意') "
                         "WHERE case_id = 'b' AND number = 4; DELETE FROM cases WHERE id = 'c'");
  const auto s = open(good);
  CHECK_FALSE(s->verify_case(case_id{"a"}).value());
  CHECK(s->verify_case(case_id{"b"}).value()->number == 4);
  CHECK_FALSE(s->verify_case(case_id{"c"}).value()); // there is no such case
  CHECK(s->verify()->size() == 2);
  // What a store does that knows no better.
  const case_store& any = *s;
  CHECK(any.case_store::verify_case(case_id{"b"}).value()->number == 4);
  CHECK_FALSE(any.case_store::verify_case(case_id{"a"}).value());
}

TEST_CASE("a request that was made undone, or another's, is found") {
  const folder in;
  const std::string good = good_store(in);
  const auto after = [&](const std::string& sql) { return faults_after(good, sql); };
  CHECK(after("UPDATE events SET request = NULL WHERE request = 'b/1'") == "b 1");
  CHECK(after("UPDATE events SET request = NULL WHERE request = 'b/5'") == "b 5");
  CHECK(after("UPDATE events SET request = 'b/50' WHERE request = 'b/5'") == "b 5");
  CHECK(after("UPDATE events SET request = 'b/4' WHERE case_id = 'b' AND number = 4") == "b 4");
}

TEST_CASE("an index of requests that is not that of the events is found") {
  // Whoever hides a request from the index lets it be done twice. SQL keeps index and table alike,
  // so the index is taken out of the schema while the table is edited, and put back.
  const folder in;
  const std::string good = good_store(in);
  const auto after = [&](const std::string& together, const std::string& table_only) {
    return faults_after(
        good, together +
                  "; PRAGMA writable_schema = ON; CREATE TEMP TABLE kept AS SELECT * FROM "
                  "sqlite_schema WHERE name = 'events_by_request'; DELETE FROM "
                  "sqlite_schema WHERE name = 'events_by_request'; PRAGMA writable_schema = "
                  "RESET; " +
                  table_only +
                  "; PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM kept; "
                  "PRAGMA writable_schema = RESET");
  };
  const std::string renamed = "UPDATE events SET request = 'b/50' WHERE request = 'b/5'";
  const std::string back = "UPDATE events SET request = 'b/5' WHERE request = 'b/50'";
  const std::string hidden = "UPDATE events SET request = NULL WHERE request = 'b/5'";
  const std::string shown = "UPDATE events SET request = 'b/5' WHERE case_id = 'b' AND number = 5";
  const std::string added =
      "INSERT INTO events SELECT 'b', 10, 'b/10', json, hash FROM events WHERE request = 'b/9'";
  const std::string removed = "DELETE FROM events WHERE case_id = 'b' AND number = 10";
  const std::string exchanged =
      "UPDATE events SET request = 'x' WHERE request = 'b/5'; UPDATE events SET request = 'b/5' "
      "WHERE request = 'b/6'; UPDATE events SET request = 'b/6' WHERE request = 'x'";
  const auto is_damage = [](const std::string& told) {
    CAPTURE(told);
    CHECK(told.find("store-corrupt") != std::string::npos);
  };
  CHECK(after(renamed, back + "; " + renamed) == "b 5");
  CHECK(after("SELECT 1", "SELECT 1") == "");
  is_damage(after(renamed, back));
  is_damage(after(hidden, shown));
  is_damage(after(added, removed));
  is_damage(after(exchanged, exchanged));
}

TEST_CASE("rows that are not in the order of their keys are found: who looks one up misses it") {
  // The pages are sound and no row is another: two entries of a leaf have changed places.
  const folder in;
  {
    const auto s = open(in / "s.db");
    for (const std::string id : {"a", "b", "c"})
      REQUIRE(append(*s, asking(id, some_events(id, 1, 1))));
  }
  const std::string good = read_bytes(in / "s.db");
  CHECK(open(in / "s.db")->verify()->empty());
  for (const std::string tree : {"cases", "events", "events_by_request"}) {
    CAPTURE(tree);
    write_bytes(in / "t.db", good);
    const auto root = std::stoul(raw_database{in / "t.db"}.one(
        "SELECT rootpage FROM sqlite_schema WHERE name = '" + tree + "'"));
    std::string bytes = good;
    char* const page = bytes.data() + (root - 1) * 4'096;
    REQUIRE(page[0] ==
            0x0A); // a leaf whose keys are records; from byte 8 on it says where they are
    std::swap_ranges(page + 8, page + 10, page + 10);
    write_bytes(in / "t.db", bytes);
    const auto found = open(in / "t.db")->verify();
    CHECK((!found || !found->empty()));
    if (!found) CHECK(found.error().code == errc::store_corrupt);
  }
}

TEST_CASE("what the constraints of the tables forbid is named by case and event, too") {
  const folder in;
  const std::string good = good_store(in);
  const auto after = [&](const std::string& sql) { return faults_after(good, sql); };
  CHECK(after("UPDATE events SET request = '' WHERE case_id = 'b' AND number = 5") == "b 5");
  // Event 4 is of the request of event 3: an empty one of its own is not none.
  CHECK(after("UPDATE events SET request = '' WHERE case_id = 'b' AND number = 4") == "b 4");
  CHECK(after("UPDATE events SET hash = substr(hash, 2) WHERE case_id = 'b' AND number = 5") ==
        "b 5");
  CHECK(after("UPDATE events SET number = -5 WHERE case_id = 'b' AND number = 5") == "b 1");
  CHECK(after("UPDATE events SET number = 0 WHERE case_id = 'b' AND number = 1") == "b 1");
  CHECK(after("UPDATE cases SET chain = substr(chain, 2) WHERE id = 'b'") == "b 9");
  for (const char* damage : {"UPDATE cases SET version = 0 WHERE id = 'b'",
                             "UPDATE cases SET version = -1 WHERE id = 'b'",
                             "UPDATE cases SET id = '' WHERE id = 'b'"}) {
    CAPTURE(damage);
    CHECK(after(damage) != "");
  }
  const auto audited = [&](const std::string& sql) {
    write_bytes(in / "a.db", read_bytes(good));
    {
      const auto s = open(in / "a.db");
      const audit_entry e{.at = instant{}, .what = "decide", .code = "not-authorised"};
      REQUIRE(s->record({{e, e, e}}));
    }
    return faults_after(in / "a.db", sql);
  };
  CHECK(audited("SELECT 1") == "");
  CHECK(audited("UPDATE audit SET number = -2 WHERE number = 2") == " 1");
  CHECK(audited("UPDATE audit SET hash = '' WHERE number = 2") == " 2");
}

TEST_CASE("what is wrong with an event is told as far as the file shows it") {
  const folder in;
  const std::string good = good_store(in);
  const auto told = [&](const std::string& sql) {
    write_bytes(in / "t.db", read_bytes(good));
    raw_database{in / "t.db"}.run(sql);
    const auto faults = open(in / "t.db")->verify().value();
    REQUIRE(faults.size() == 1);
    CHECK_FALSE(faults.front().what.zh.empty());
    return faults.front().what.en;
  };
  const auto has = [](const std::string& s, const char* part) {
    CAPTURE(s);
    CHECK(s.find(part) != std::string::npos);
  };
  has(told("UPDATE events SET json = '{}' WHERE case_id = 'b' AND number = 4"), "is no event");
  has(told("UPDATE events SET json = (SELECT json FROM events WHERE case_id = 'b' AND number = 2) "
           "WHERE case_id = 'b' AND number = 4"),
      "is that of an event 2");
  has(told("UPDATE events SET json = replace(json, '同意', '不同意') WHERE case_id = 'b' AND "
           "number = 4"),
      "was changed");
  has(told("UPDATE store SET value = 'sm3'; DELETE FROM events WHERE case_id > 'a'; "
           "DELETE FROM cases WHERE id > 'a'"),
      "event 1 does not fit");
}

TEST_CASE("requests that need escapes are compared as they stand in the text") {
  const folder in;
  {
    const auto s = open(in / "s.db");
    auto events = some_events("a", 1, 3);
    events[0].request = request_id{R"(a"b\c)"};
    events[1].request = request_id{"请求/二"};
    REQUIRE(append(*s, asking("a", events)));
    CHECK(s->verify()->empty());
  }
  raw_database{in / "s.db"}.run("UPDATE events SET request = 'a\"b' WHERE number = 1");
  const auto faults = open(in / "s.db")->verify().value();
  REQUIRE(faults.size() == 1);
  CHECK(faults.front().number == 1);
}

namespace {

/// How many edits: a slice in every run, BANLI_STORE_EDITS for the whole.
int edits() {
  if (const char* n = std::getenv("BANLI_STORE_EDITS")) return std::atoi(n);
  return 300;
}

} // namespace

TEST_CASE("random edits: each is found, and the right event named") {
  const folder in;
  const folder in_sm3;
  const std::string goods[] = {good_store(in), good_store(in_sm3, chain_digest::sm3)};
  std::mt19937 random{11};
  for (int round = 0; round < edits(); ++round) {
    const std::string& good = goods[round % 2];
    const std::string id(1, "abc"[random() % 3]);
    const auto n = 1 + random() % 9, m = 1 + random() % 9;
    const auto first = std::min(n, m);
    const std::string here = fmt::format("case_id = '{}' AND number = {}", id, n);
    const std::string there = fmt::format("case_id = '{}' AND number = {}", id, m);
    std::string sql;
    std::string named = fmt::format("{} {}", id, n);
    switch (random() % 4) {
    case 0: // one character of the text
      sql = fmt::format("UPDATE events SET json = substr(json, 1, {0}) || '~' || "
                        "substr(json, {0} + 2) WHERE {1}",
                        random() % 120, here);
      break;
    case 1: sql = "DELETE FROM events WHERE " + here; break;
    case 2: { // two texts change places
      if (n == m) continue;
      sql = fmt::format("CREATE TEMP TABLE t AS SELECT number, json, hash FROM events WHERE "
                        "({0}) OR ({1}); UPDATE events SET (json, hash) = (SELECT json, hash FROM "
                        "t WHERE t.number = {2} + {3} - events.number) WHERE ({0}) OR ({1})",
                        here, there, n, m);
      named = fmt::format("{} {}", id, first);
      break;
    }
    default: // a copy of one event between others, the later ones moved on
      sql = fmt::format("UPDATE events SET number = -number - 1 WHERE case_id = '{0}' AND "
                        "number >= {1}; UPDATE events SET number = -number WHERE case_id = '{0}' "
                        "AND number < 0; INSERT INTO events SELECT case_id, {1}, NULL, json, hash "
                        "FROM events WHERE case_id = '{0}' AND number = {2}",
                        id, n, n == 1 ? 3 : 1);
    }
    INFO(sql);
    const std::string found = faults_after(good, sql);
    REQUIRE(found == named);
  }
}
