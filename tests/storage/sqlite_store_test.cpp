// sqlite_store.hpp: who may open which file, and what becomes of it.
#include <banli/storage/sqlite_store.hpp>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include <storage/sqlite_schema.hpp>

#include "failing_vfs.hpp"
#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// What opening a file with these bytes is refused with.
std::optional<errc> opening_bytes(const std::string& bytes) {
  const folder in;
  write_bytes(in / "s.db", bytes);
  return refused(open_sqlite_store(in / "s.db"));
}

/// What opening a good store is refused with after somebody sent it this SQL.
std::optional<errc> opening_after(const std::string& sql) {
  const folder in;
  REQUIRE(append(*open(in / "s.db"), "a", 1, 2));
  raw_database{in / "s.db"}.run(sql);
  return refused(open_sqlite_store(in / "s.db"));
}

/// What a forked child returns from f.
template <class F>
int in_child(F f) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(f());
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

} // namespace

TEST_CASE("what was appended is there when the file is opened again") {
  const folder in;
  REQUIRE(append(*open(in / "s.db"), "a", 1, 3));
  const auto s = open(in / "s.db");
  CHECK(*s->load(case_id{"a"}) == some_events("a", 1, 3));
  CHECK(*s->done(request_id{"a/2"}));
  CHECK(append(*s, "a", 4, 4).has_value());
  CHECK(s->verify()->empty());
}

TEST_CASE("the schema in the code is the one in schemas/store.sql") {
  CHECK(detail::store_schema() == read_bytes(BANLI_SOURCE_DIR "/schemas/store.sql"));
}

TEST_CASE("a file carries application, version, WAL mode, and is for its owner alone") {
  const folder in;
  const auto s = open(in / "s.db");
  REQUIRE(append(*s, "a", 1, 1));
  raw_database raw{in / "s.db"};
  CHECK(raw.one("PRAGMA application_id") == "1650552428");
  CHECK(raw.one("PRAGMA user_version") == "3");
  CHECK(raw.one("PRAGMA journal_mode") == "wal");
  for (const char* name : {"s.db", "s.db-wal", "s.db-shm", "s.db.lock"}) {
    struct stat about {};
    CAPTURE(name);
    REQUIRE(::stat((in / name).c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U) == 0600U);
  }
}

TEST_CASE("a second store of a file is refused, in this process and in another") {
  const folder in;
  auto s = open(in / "s.db");
  const auto second = open_sqlite_store(in / "s.db");
  CHECK(refused(second) == errc::store_locked);
  CHECK(second.error().message.en.find("is in use") != std::string::npos);
  std::filesystem::create_symlink(in / "s.db", in / "alias.db");
  CHECK(refused(open_sqlite_store(in / "alias.db")) == errc::store_locked);
  CHECK(in_child([&] { return refused(open_sqlite_store(in / "s.db")) == errc::store_locked; }) ==
        1);
  REQUIRE(append(*s, "a", 1, 1)); // the refused ones took nothing away
  s.reset();
  CHECK(in_child([&] { return open_sqlite_store(in / "s.db").has_value(); }) == 1);
  CHECK(open_sqlite_store(in / "s.db").has_value());
}

TEST_CASE("a file with two names is refused: each would have a lock of its own") {
  const folder in;
  open(in / "s.db");
  std::filesystem::create_hard_link(in / "s.db", in / "t.db");
  CHECK(refused(open_sqlite_store(in / "t.db")) == errc::store_failure);
}

TEST_CASE("a store opened before fork() is refused in the child, and lives on in the parent") {
  const folder in;
  auto s = open(in / "s.db");
  REQUIRE(append(*s, "a", 1, 1));
  CHECK(in_child([&] {
          const bool all = refused(append(*s, "a", 2, 2)) == errc::store_locked &&
                           refused(s->load(case_id{"a"})) == errc::store_locked &&
                           refused(s->done(request_id{"a"})) == errc::store_locked &&
                           refused(s->verify()) == errc::store_locked;
          s.reset(); // must neither unlock nor clean up after the parent
          return all ? 1 : 0;
        }) == 1);
  CHECK(refused(open_sqlite_store(in / "s.db")) == errc::store_locked);
  REQUIRE(append(*s, "a", 2, 2));
  s.reset();
  CHECK(open(in / "s.db")->load(case_id{"a"})->size() == 2);
}

TEST_CASE("paths that lead nowhere") {
  const folder in;
  CHECK(refused(open_sqlite_store("")) == errc::file_not_found);
  CHECK(refused(open_sqlite_store(in / "no/s.db")) == errc::file_not_found);
  CHECK(refused(open_sqlite_store(in / std::string("s.db\0x", 6))) == errc::file_not_found);
  CHECK(refused(open_sqlite_store(in / "")) == errc::store_failure); // a folder
  const std::string folder_name = std::filesystem::path{in / ""}.parent_path().string();
  CHECK_FALSE(std::filesystem::exists(folder_name + ".lock"));
  std::filesystem::create_symlink(in / "gone", in / "dangling");
  CHECK(refused(open_sqlite_store(in / "dangling")) == errc::store_failure);
}

TEST_CASE("a name that SQLite takes for something else is only a name") {
  const folder in;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(in / "");
  for (const char* name : {":memory:", "file:x?mode=memory"}) {
    REQUIRE(append(*open(name), "a", 1, 1));
    CHECK(*open(name)->event_count() == 1);
  }
  std::filesystem::current_path(before);
}

TEST_CASE("what is no store is refused and left as it was") {
  CHECK(opening_bytes("this is a letter, not a database") == errc::store_corrupt);
  CHECK(opening_bytes(std::string(5'000, '\0')) == errc::store_corrupt);
  const folder in;
  raw_database{in / "other.db"}.run("CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  const std::string before = read_bytes(in / "other.db");
  CHECK(refused(open_sqlite_store(in / "other.db")) == errc::store_corrupt);
  CHECK(read_bytes(in / "other.db") == before);
  CHECK_FALSE(opening_bytes("").has_value()); // an empty file is a new one
}

TEST_CASE("a file of a newer banli is refused") {
  CHECK(opening_after("PRAGMA user_version = 4") == errc::store_newer);
  CHECK(opening_after("PRAGMA user_version = -1") == errc::store_corrupt);
  CHECK(opening_after("PRAGMA application_id = 7") == errc::store_corrupt);
}

TEST_CASE("a schema that is not ours to the letter is refused") {
  for (const char* sql :
       {"CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM cases; END",
        "CREATE VIEW v AS SELECT * FROM events", "CREATE TABLE more (x)", "DROP TABLE events",
        "CREATE INDEX i ON events (hash)", "DROP INDEX events_by_request",
        "ALTER TABLE events RENAME COLUMN json TO text",
        "DROP TABLE events; CREATE VIEW events AS SELECT 'a' AS case_id, 1 AS number, "
        "NULL AS request, '' AS json, '' AS hash"}) {
    CAPTURE(sql);
    CHECK(opening_after(sql) == errc::store_corrupt);
  }
}

TEST_CASE("a file of version 1 becomes one of version 3, and its chains are SHA-256") {
  const folder in;
  const auto events = some_events("a", 1, 3);
  {
    raw_database old{in / "old.db"};
    old.run(detail::store_migrations()[0]);
    old.run("PRAGMA application_id = 1650552428; PRAGMA user_version = 1");
    std::string hash = first_hash();
    const stored_case of{case_id{"a"}, item_id{"item"}, some_definition, 0, {}};
    old.run("INSERT INTO cases VALUES ('a', 'item', '" + some_definition +
            "', 3, printf('%064d', 0))");
    for (const event& e : events) {
      hash = next_hash(hash, of, to_json(e));
      old.run(fmt::format("INSERT INTO events VALUES ('a', {}, '{}', '{}', '{}')", e.number,
                          e.request.text(), to_json(e), hash));
    }
    old.run("UPDATE cases SET chain = '" + hash + "'");
  }
  const auto s = open_sqlite_store(in / "old.db", {}, chain_digest::sm3).value();
  CHECK(s->digest() == chain_digest::sha256); // what is there stays
  CHECK(s->verify()->empty());
  CHECK(*s->load(case_id{"a"}) == events);
  REQUIRE(append(*s, "a", 4, 4));
  CHECK(s->verify()->empty());
  CHECK(raw_database{in / "old.db"}.one("PRAGMA user_version") == "3");
}

TEST_CASE("a store keeps the digest it was made with") {
  const folder in;
  {
    const auto s = open_sqlite_store(in / "s.db", {}, chain_digest::sm3).value();
    REQUIRE(append(*s, "a", 1, 2));
  }
  CHECK(open(in / "s.db")->digest() == chain_digest::sm3);
  CHECK(open(in / "s.db")->verify()->empty());
  raw_database{in / "s.db"}.run("UPDATE store SET value = 'md5'");
  CHECK(refused(open_sqlite_store(in / "s.db")) == errc::store_corrupt);
  raw_database{in / "s.db"}.run("DELETE FROM store");
  CHECK(refused(open_sqlite_store(in / "s.db")) == errc::store_corrupt);
}

TEST_CASE("many callers share commits: each is answered, and the disk is asked less often") {
  const folder in;
  failing_vfs disk; // counts what reaches the files
  disk.slow_down();
  const auto s = open(in / "s.db");
  constexpr int callers = 16, each = 25;
  std::atomic<int> wrong{0};
  const int before = disk.syncs();
  std::vector<std::thread> all;
  for (int me = 0; me < callers; ++me)
    all.emplace_back([&, me] {
      for (std::uint32_t n = 1; n <= each; ++n)
        if (!append(*s, fmt::format("c{}", me), n, n)) ++wrong;
    });
  for (std::thread& t : all) t.join();
  CHECK(wrong == 0);
  CHECK(*s->event_count() == callers * each);
  CHECK(s->verify()->empty());
  const int waits = disk.syncs() - before;
  MESSAGE(waits << " waits for the disk, appends: " << callers * each);
  CHECK(waits < callers * each / 3);
  CHECK(waits >= each); // nobody is answered before it
}

TEST_CASE("in a commit of many, one that is refused after it wrote leaves nothing behind") {
  const folder in;
  failing_vfs disk;
  disk.slow_down(); // so that they meet in one commit
  const auto s = open(in / "s.db");
  REQUIRE(append(*s, "old", 1, 1));
  constexpr int callers = 8;
  constexpr std::uint32_t each = 12;
  std::atomic<int> good{0}, refused_ones{0};
  const auto go = [&](int me) {
    for (std::uint32_t n = 1; n <= each; ++n) {
      if (me % 4 != 0) {
        good += append(*s, fmt::format("c{}", me), n, n) ? 1 : 0;
        continue;
      }
      // The first is good and written, the second uses a request that was done.
      const std::string mine = fmt::format("x{}-{}", me, n);
      const auto first = some_events(mine, 1, 1);
      auto second = some_events(mine + "b", 1, 1);
      second[0].request = request_id{"old/1"};
      const std::vector<append_request> batch{asking(mine, first), asking(mine + "b", second)};
      refused_ones += refused(s->append(batch)) == errc::duplicate_id ? 1 : 0;
    }
  };
  std::vector<std::thread> all;
  for (int me = 0; me < callers; ++me) all.emplace_back(go, me);
  for (std::thread& t : all) t.join();
  CHECK(good == 6 * each);
  CHECK(refused_ones == 2 * each);
  CHECK(*s->event_count() == 6 * each + 1);
  CHECK_FALSE(*s->done(request_id{"x0-1/1"}));
  CHECK(s->verify()->empty());
}

TEST_CASE("rows are visited in order, up to the first error") {
  const folder in;
  write_bytes(in / "m.db", "");
  const auto file = detail::connection::open(in / "m.db", 100'000).value();
  REQUIRE(file.run("CREATE TABLE t (n, s); INSERT INTO t VALUES (3, 'c'), (1, 'a'), (2, NULL)"));
  std::string seen;
  const auto take = [&](detail::row_values row) -> result<void> {
    std::int64_t n = 0;
    std::optional<std::string_view> s;
    if (!detail::read_value(row[0], n) || !detail::read_value(row[1], s))
      return detail::wrong_type("m.db");
    seen += fmt::format("{}{} ", n, s.value_or("-"));
    return {};
  };
  const char* all = "SELECT 1 FROM t WHERE visited(n, s) ORDER BY n";
  REQUIRE(file.run("CREATE UNIQUE INDEX by_n ON t (n, s)"));
  CHECK(file.each_row(all, take));
  CHECK(seen == "1a 2- 3c ");
  REQUIRE(file.run("UPDATE t SET n = 'two' WHERE n = 2")); // comes after all numbers
  seen.clear();
  CHECK(refused(file.each_row(all, take)) == errc::store_corrupt);
  CHECK(seen == "1a 3c ");
  // What a visitor throws for want of memory passes through SQLite, and the connection goes on.
  const auto no_memory = [](detail::row_values) -> result<void> { throw std::bad_alloc{}; };
  CHECK_THROWS_AS((void)file.each_row(all, no_memory), std::bad_alloc);
  seen.clear();
  CHECK(file.each_row("SELECT 1 FROM t WHERE n = 3 AND visited(n, s)", take));
  CHECK(seen == "3c ");
  CHECK(refused(file.each_row("SELECT 1 FROM nowhere WHERE visited(n)", take)) ==
        errc::store_corrupt);
}

TEST_CASE("migration: an empty file comes to the last version, step by step") {
  const folder in;
  write_bytes(in / "m.db", "");
  const auto file = detail::connection::open(in / "m.db", 100'000).value();
  const std::array<const char*, 2> steps{"CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y"};
  CHECK(*detail::store_version(file, steps) == 0);
  REQUIRE(detail::migrate(file, 0, {steps.data(), 1}));
  CHECK(*detail::store_version(file, steps) == 1);
  CHECK(refused(detail::store_version(file, {})) == errc::store_newer);
  REQUIRE(file.run("INSERT INTO a VALUES (7)"));
  REQUIRE(detail::migrate(file, 1, steps));
  CHECK(*detail::store_version(file, steps) == 2);
  CHECK(*file.number("SELECT count(*) FROM a WHERE x = 7 AND y IS NULL") == 1);
}

TEST_CASE("migration is all or nothing") {
  const folder in;
  write_bytes(in / "m.db", "");
  const auto file = detail::connection::open(in / "m.db", 100'000).value();
  const std::array<const char*, 2> steps{"CREATE TABLE a (x)", "CREATE TABLE a (y)"};
  CHECK(refused(detail::migrate(file, 0, steps)) == errc::store_corrupt);
  CHECK(*detail::store_version(file, steps) == 0);
  CHECK(*file.number("SELECT count(*) FROM sqlite_schema") == 0);
  CHECK_FALSE(file.in_transaction());
  REQUIRE(detail::migrate(file, 0, {steps.data(), 1}));
}

TEST_CASE("a file that is ours, of version 0 and empty, is made a store") {
  const folder in;
  raw_database{in / "s.db"}.run("PRAGMA application_id = 1650552428");
  CHECK(append(*open(in / "s.db"), "a", 1, 1).has_value());
}

TEST_CASE("25,000 events are appended in batches well within two seconds") {
  const folder in;
  const auto s = open(in / "s.db");
  std::vector<std::vector<event>> events;
  for (int c = 0; c < 2'500; ++c) events.push_back(some_events(fmt::format("c{:05}", c), 1, 10));
  const auto begin = std::chrono::steady_clock::now();
  for (std::size_t first = 0; first < events.size(); first += 500) {
    std::vector<append_request> batch;
    for (std::size_t c = first; c < first + 500; ++c)
      batch.push_back(asking(fmt::format("c{:05}", c), events[c]));
    REQUIRE(s->append(batch));
  }
  const auto appended = std::chrono::steady_clock::now();
  REQUIRE(s->verify()->empty());
  const auto verified = std::chrono::steady_clock::now();
  const auto seconds = [](auto d) { return std::chrono::duration<double>(d).count(); };
  MESSAGE("appended in " << seconds(appended - begin) << " s, verified in "
                         << seconds(verified - appended) << " s");
  CHECK(seconds(appended - begin) < 20); // a bound for instrumented builds on busy machines
  CHECK(*s->event_count() == 25'000);
}
