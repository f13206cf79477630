#include <banli/storage/backup.hpp>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include <doctest/doctest.h>

#include "failing_vfs.hpp"
#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

void fill(case_store& s) {
  for (const std::string id : {"a", "b/与", "c"}) {
    auto events = some_events(id, 1, 9);
    events[3].request = events[2].request;
    REQUIRE(append(s, asking(id, events)));
  }
}

std::vector<std::string> names(const folder& in) {
  std::vector<std::string> out;
  for (const auto& e : std::filesystem::directory_iterator(in / ""))
    out.push_back(e.path().filename().string());
  std::ranges::sort(out);
  return out;
}

} // namespace

TEST_CASE("a backup holds every case, byte for byte, with its digest and its requests") {
  for (const chain_digest with : {chain_digest::sha256, chain_digest::sm3}) {
    const folder in;
    const auto s = memory_store({}, with);
    fill(*s);
    CHECK(back_up(*s, in / "copy.db").value() == backup_report{3, 27});
    const auto copy = open(in / "copy.db");
    CHECK(copy->digest() == with);
    CHECK(copy->verify()->empty());
    REQUIRE(s->each([&](const stored_case& c) {
      CHECK(copy->find(c.id)->value().chain == c.chain);
      CHECK(*copy->load(c.id) == *s->load(c.id));
    }));
    CHECK(copy->find_request(request_id{"a/3"})->value() == request_record{case_id{"a"}, 3, 4});
    CHECK(append(*copy, "a", 10, 12).has_value()); // it goes on where the other stopped
  }
}

TEST_CASE("a backup of a file in use leaves one new file, and never takes a name that is there") {
  const folder in;
  const auto s = open(in / "s.db");
  fill(*s);
  REQUIRE(back_up(*s, in / "copy.db").has_value());
  CHECK(names(in) ==
        std::vector<std::string>{"copy.db", "s.db", "s.db-shm", "s.db-wal", "s.db.lock"});
  const std::string before = read_bytes(in / "copy.db");
  CHECK(refused(back_up(*s, in / "copy.db")) == errc::store_failure);
  CHECK(refused(back_up(*s, in / "no/copy.db")) == errc::file_not_found);
  CHECK(read_bytes(in / "copy.db") == before);
}

TEST_CASE("a store whose chain is broken makes no backup") {
  const folder in;
  { fill(*open(in / "s.db")); }
  raw_database{in / "s.db"}.run("UPDATE events SET json = replace(json, '同意', '不同意') WHERE "
                                "case_id = 'c' AND number = 4");
  const auto r = back_up(*open(in / "s.db"), in / "copy.db");
  CHECK(refused(r) == errc::store_corrupt);
  CHECK(r.error().message.en.find("'c'") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(in / "copy.db"));
  CHECK_FALSE(std::filesystem::exists(in / "copy.db.part"));
}

TEST_CASE("a disk that fails under a backup leaves none") {
  int nth = 1;
  for (bool failed = true; failed; nth += 3) {
    const folder in;
    const auto s = memory_store();
    fill(*s);
    failing_vfs disk;
    disk.fail(nth, SQLITE_FULL, failing_vfs::after::always);
    CAPTURE(nth);
    const auto r = back_up(*s, in / "copy.db");
    failed = disk.failed();
    CHECK(r.has_value() != failed);
    CHECK(std::filesystem::exists(in / "copy.db") != failed);
    CHECK(names(in).size() <= 1);
  }
  CHECK(nth > 8);
}

TEST_CASE("cases that grow while they are copied are copied as they stood at some moment") {
  const folder in;
  const auto s = open(in / "s.db");
  for (int c = 0; c < 50; ++c) REQUIRE(append(*s, fmt::format("c{}", c), 1, 1));
  std::atomic<bool> stop{false};
  std::thread busy{[&] {
    for (std::uint32_t n = 2; !stop && n < 200; ++n)
      for (int c = 0; c < 50; ++c) (void)append(*s, fmt::format("c{}", c), n, n);
  }};
  const auto r = back_up(*s, in / "copy.db");
  stop = true;
  busy.join();
  REQUIRE(r.has_value());
  CHECK(r->cases == 50);
  const auto copy = open(in / "copy.db");
  CHECK(*copy->event_count() == r->events);
  REQUIRE(copy->each([&](const stored_case& c) {
    CHECK(*copy->load(c.id) == some_events(c.id.text(), 1, c.version));
  }));
}
