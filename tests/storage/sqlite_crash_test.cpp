// What a store keeps when its process dies, its disk fails, or its file comes from somewhere else.
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <random>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "failing_vfs.hpp"
#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// Appends batch n: two events to each of two cases.
result<void> append_batch(case_store& s, std::uint32_t n) {
  const auto a = some_events("a", 2 * n - 1, 2 * n), b = some_events("b", 2 * n - 1, 2 * n);
  const std::vector<append_request> batch{asking("a", a), asking("b", b)};
  return s.append(batch);
}

/// How many times a process is killed: a slice in every run, half of BANLI_STORE_KILLS for the
/// whole, since two tests kill.
int kills() {
  if (const char* n = std::getenv("BANLI_STORE_KILLS")) return (std::atoi(n) + 1) / 2;
  return 10;
}

/// A new file after so many, so that a long history is not read a thousand times.
constexpr int kills_of_a_file = 25;

/// How many whole batches a store holds. Fails if anything is half.
std::uint32_t batches_in(const case_store& s) {
  REQUIRE(s.verify()->empty());
  const auto a = s.load(case_id{"a"}), b = s.load(case_id{"b"});
  REQUIRE(a.has_value());
  REQUIRE(a->size() % 2 == 0);
  REQUIRE(b->size() == a->size());
  REQUIRE(*a == some_events("a", 1, static_cast<std::uint32_t>(a->size())));
  return static_cast<std::uint32_t>(a->size() / 2);
}

/// A child that appends as fast as it can and writes a byte to the pipe for every batch that was
/// acknowledged.
[[noreturn]] void append_for_ever(const std::string& path, int pipe) {
  const auto s = open_sqlite_store(path);
  if (!s) ::_exit(1);
  for (auto n = static_cast<std::uint32_t>((*s)->load(case_id{"a"})->size() / 2 + 1);; ++n) {
    if (!append_batch(**s, n)) ::_exit(2);
    if (::write(pipe, "x", 1) != 1) ::_exit(3);
  }
}

} // namespace

TEST_CASE("a copy of file and log taken in the middle holds all that was acknowledged") {
  const folder in;
  const auto s = open(in / "s.db");
  for (std::uint32_t n = 1; n <= 20; ++n) {
    REQUIRE(append_batch(*s, n));
    for (const char* end : {"", "-wal"})
      if (std::filesystem::exists(in / ("s.db" + std::string{end})))
        write_bytes(in / ("copy.db" + std::string{end}),
                    read_bytes(in / ("s.db" + std::string{end})));
    CHECK(batches_in(*open(in / "copy.db")) == n);
  }
}

TEST_CASE("a log cut anywhere: what is left are whole batches") {
  const folder in;
  const auto s = open(in / "s.db");
  for (std::uint32_t n = 1; n <= 10; ++n) REQUIRE(append_batch(*s, n));
  const std::string file = read_bytes(in / "s.db"), log = read_bytes(in / "s.db-wal");
  REQUIRE(log.size() > 20'000);
  std::mt19937 random{5};
  std::uint32_t least = 10;
  for (int round = 0; round < 60; ++round) {
    const std::size_t size = random() % log.size();
    // The rest of the log is missing, or zeros, or what was there before.
    std::string cut = log.substr(0, size);
    if (round % 3 == 1) cut.resize(log.size(), '\0');
    if (round % 3 == 2) cut += log.substr(0, log.size() - size);
    write_bytes(in / "copy.db", file);
    write_bytes(in / "copy.db-wal", cut);
    std::filesystem::remove(in / "copy.db-shm");
    const auto copy = open_sqlite_store(in / "copy.db");
    REQUIRE(copy.has_value());
    least = std::min(least, batches_in(**copy));
  }
  CHECK(least < 5);
}

TEST_CASE("kill -9 while appending: what was acknowledged is there, and nothing half") {
  std::mt19937 random{9};
  std::optional<folder> in;
  std::uint32_t acknowledged = 0, told = 0;
  for (int round = 0; round < kills(); ++round) {
    if (round % kills_of_a_file == 0) {
      in.emplace();
      acknowledged = 0;
    }
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(pipe[0]); // so that it ends with its parent
      append_for_ever(*in / "s.db", pipe[1]);
    }
    ::close(pipe[1]);
    char byte = 0;
    for (auto seen = random() % 8; seen > 0 && ::read(pipe[0], &byte, 1) == 1; --seen)
      ++acknowledged, ++told;
    ::usleep(static_cast<useconds_t>(random() % 3'000));
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &byte, 1) == 1) ++acknowledged, ++told;
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    const auto s = open(*in / "s.db"); // the lock died with its owner
    const std::uint32_t kept = batches_in(*s);
    REQUIRE(kept >= acknowledged);
    REQUIRE(kept <= acknowledged + 1); // the one that was done, but not told
    acknowledged = kept;
  }
  CHECK(told > 10);
}

TEST_CASE("a write that fails: nothing half, nothing acknowledged is lost") {
  for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE})
    for (const auto then : {failing_vfs::after::once, failing_vfs::after::always}) {
      int nth = 1;
      for (bool failed = true; failed; ++nth) {
        const folder in;
        failing_vfs disk;
        std::uint32_t acknowledged = 0;
        CAPTURE(code);
        CAPTURE(nth);
        auto s = open(in / "s.db");
        disk.fail(nth, code, then);
        for (std::uint32_t n = 1; n <= 3; ++n) {
          const auto r = append_batch(*s, acknowledged + 1);
          if (r)
            ++acknowledged;
          else
            REQUIRE(r.error().code == errc::store_failure);
        }
        failed = disk.failed();
        disk.heal();
        s.reset();
        s = open(in / "s.db");
        const std::uint32_t kept = batches_in(*s);
        REQUIRE(kept >= acknowledged);
        REQUIRE(kept <= acknowledged + 1); // a commit that failed may have reached the disk
        REQUIRE(append_batch(*s, kept + 1));
      }
      CHECK(nth > 10);
    }
}

TEST_CASE("a write that fails under many callers: all of a commit are told, none is lost") {
  for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE})
    for (int nth = 1; nth < 60; nth += 7) {
      const folder in;
      failing_vfs disk;
      disk.slow_down(); // so that they meet in one commit
      CAPTURE(code);
      CAPTURE(nth);
      auto s = open(in / "s.db");
      disk.fail(nth, code, failing_vfs::after::once);
      constexpr int callers = 8;
      std::array<std::uint32_t, callers> acknowledged{};
      std::vector<std::thread> all;
      for (int me = 0; me < callers; ++me)
        all.emplace_back([&, me] {
          std::uint32_t& n = acknowledged[static_cast<std::size_t>(me)];
          for (int tries = 0; tries < 6; ++tries)
            if (append(*s, fmt::format("c{}", me), n + 1, n + 1)) ++n;
        });
      for (std::thread& t : all) t.join();
      disk.heal();
      s.reset();
      s = open(in / "s.db");
      REQUIRE(s->verify()->empty());
      for (int me = 0; me < callers; ++me) {
        const auto events = s->load(case_id{fmt::format("c{}", me)}).value();
        const std::uint32_t told = acknowledged[static_cast<std::size_t>(me)];
        REQUIRE(events.size() >= told);
        REQUIRE(events.size() <= told + 1); // a commit that failed may have reached the disk
      }
    }
}

namespace {

/// A child whose callers append, each to a case of its own, and write a byte for every one that was
/// acknowledged.
[[noreturn]] void append_by_many(const std::string& path, int pipe) {
  const auto opened = open_sqlite_store(path);
  if (!opened) ::_exit(1);
  case_store& s = **opened;
  std::vector<std::thread> all;
  for (char me = 'a'; me < 'i'; ++me)
    all.emplace_back([&s, me, pipe] {
      const std::string id(1, me);
      for (auto n = static_cast<std::uint32_t>(s.load(case_id{id})->size() + 1);; ++n)
        if (!append(s, id, n, n) || ::write(pipe, &me, 1) != 1) ::_exit(2);
    });
  for (std::thread& t : all) t.join();
  ::_exit(3);
}

} // namespace

TEST_CASE("kill -9 while many callers append: whatever one of them was told is there") {
  std::mt19937 random{17};
  std::optional<folder> in;
  std::map<char, std::uint32_t> acknowledged;
  for (int round = 0; round < kills(); ++round) {
    if (round % kills_of_a_file == 0) {
      in.emplace();
      acknowledged.clear();
    }
    std::array<int, 2> pipe{};
    REQUIRE(::pipe(pipe.data()) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(pipe[0]); // so that it ends with its parent
      append_by_many(*in / "s.db", pipe[1]);
    }
    ::close(pipe[1]);
    char who = 0;
    for (auto seen = 1 + random() % 40; seen > 0 && ::read(pipe[0], &who, 1) == 1; --seen)
      ++acknowledged[who];
    ::usleep(static_cast<useconds_t>(random() % 3'000));
    ::kill(child, SIGKILL);
    while (::read(pipe[0], &who, 1) == 1) ++acknowledged[who];
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    const auto s = open(*in / "s.db");
    REQUIRE(s->verify()->empty());
    for (char me = 'a'; me < 'i'; ++me) {
      const std::string id(1, me);
      const auto events = s->load(case_id{id}).value();
      REQUIRE(events == some_events(id, 1, static_cast<std::uint32_t>(events.size())));
      REQUIRE(events.size() >= acknowledged[me]);
      REQUIRE(events.size() <= acknowledged[me] + 1); // the one that was done, but not told
      acknowledged[me] = static_cast<std::uint32_t>(events.size());
    }
  }
  CHECK(acknowledged.size() == 8);
}

TEST_CASE("a write that fails while a file is opened: the next attempt makes it a store") {
  int nth = 1;
  for (bool failed = true; failed; ++nth) {
    const folder in;
    failing_vfs disk;
    CAPTURE(nth);
    disk.fail(nth, SQLITE_FULL, failing_vfs::after::always);
    const auto r = open_sqlite_store(in / "s.db");
    failed = disk.failed();
    if (!r) REQUIRE(r.error().code == errc::store_failure);
    disk.heal();
    if (r) continue;
    REQUIRE(append(*open(in / "s.db"), "a", 1, 1));
  }
  CHECK(nth > 4);
}

TEST_CASE("after a commit that failed in doubt a store writes no more until it is opened again") {
  const folder in;
  failing_vfs disk;
  auto s = open(in / "s.db");
  REQUIRE(append_batch(*s, 1));
  disk.fail(1, SQLITE_IOERR_WRITE, failing_vfs::after::once);
  REQUIRE(refused(append_batch(*s, 2)) == errc::store_failure);
  const auto again = append_batch(*s, 2);
  CHECK(refused(again) == errc::store_failure);
  CHECK(again.error().message.en.find("open it again") != std::string::npos);
  CHECK(s->load(case_id{"a"}).has_value()); // reading goes on
  s.reset();
  s = open(in / "s.db");
  CHECK(append_batch(*s, batches_in(*s) + 1).has_value());
}

TEST_CASE("a damaged file is refused or read within bounds: never a crash, never without end") {
  const folder in;
  {
    const auto s = open(in / "s.db");
    for (int c = 0; c < 60; ++c) REQUIRE(append(*s, fmt::format("c{}", c), 1, 5));
  }
  const std::string good = read_bytes(in / "s.db");
  REQUIRE(good.size() > 50'000);
  std::mt19937 random{13};
  const auto below = [&](std::size_t n) { return random() % n; };
  int refused_ones = 0, faulty = 0;
  for (int round = 0; round < 400; ++round) {
    std::string bytes = good;
    const std::size_t page = 4096;
    for (std::size_t edits = 1 + below(6); edits > 0; --edits) switch (below(4)) {
      case 0: bytes[below(bytes.size())] = static_cast<char>(random()); break;
      case 1: // the head of a page, where its structure is
        bytes[below(bytes.size() / page) * page + below(12)] = static_cast<char>(random());
        break;
      case 2: // one page in the place of another
        bytes.replace(below(good.size() / page) * page, page, good,
                      below(good.size() / page) * page, page);
        break;
      default: bytes[below(200)] = static_cast<char>(random()); break;
      }
    if (round % 10 == 0) bytes.resize(below(bytes.size()));
    write_bytes(in / "t.db", bytes);
    for (const char* end : {"-wal", "-shm"})
      std::filesystem::remove(in / ("t.db" + std::string{end}));
    const auto s = open_sqlite_store(in / "t.db");
    if (!s) {
      ++refused_ones;
      continue;
    }
    std::vector<case_id> ids;
    (void)(*s)->each([&](const stored_case& c) { ids.push_back(c.id); });
    REQUIRE(ids.size() <= 1'000);
    for (const case_id& id : ids) (void)(*s)->load(id);
    (void)(*s)->event_count();
    (void)(*s)->done(request_id{"c1/1"});
    const auto faults = (*s)->verify();
    if (!faults || !faults->empty()) ++faulty;
    (void)append(**s, "new", 1, 3);
    (void)append(**s, "c7", 6, 6);
  }
  CHECK(refused_ones > 20);
  CHECK(faulty > 50);
}
