// audit_log.hpp: refused commands, asked of every store.
#include <banli/storage/audit_log.hpp>

#include <functional>

#include <doctest/doctest.h>

#include <banli/storage/backup.hpp>

#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

audit_entry tried(int n) {
  audit_entry e;
  e.at = instant{*parse_day("2024-09-02")} + std::chrono::hours{n};
  e.actor = person_id{"P" + std::to_string(n)};
  e.id = case_id{"C1"};
  e.request = request_id{"r" + std::to_string(n)};
  e.what = "decide";
  e.code = "not-authorised";
  e.rule = "受审分离";
  e.why = {"no \"way\"", "不可"};
  return e;
}

/// Runs a test with an empty store of every kind.
void each_audited(const std::function<void(case_store&)>& test, const store_limits& limits = {}) {
  const folder in;
  const auto in_file = open_sqlite_store(in / "store.db", limits).value();
  test(*in_file);
  const auto in_memory = memory_store(limits);
  test(*in_memory);
  const auto with_sm3 = memory_store(limits, chain_digest::sm3);
  test(*with_sm3);
}

} // namespace

TEST_CASE("refused commands are kept in order, with a chain of their own") {
  each_audited([](case_store& s) {
    CHECK(s.audit_log(0, 10)->empty());
    const std::vector<audit_entry> two{tried(1), tried(2)};
    REQUIRE(s.record(two));
    REQUIRE(s.record(std::vector{tried(3)}));
    const auto all = s.audit_log(0, 10).value();
    REQUIRE(all.size() == 3);
    std::string hash(64, '0');
    for (int n = 1; n <= 3; ++n) {
      const audit_record& r = all[static_cast<std::size_t>(n - 1)];
      CHECK(r.number == static_cast<std::uint64_t>(n));
      CHECK(r.entry == tried(n));
      hash = digest_of(s.digest(), hash + "\naudit\n" + to_json(r.number, r.entry));
      CHECK(r.hash == hash);
    }
    CHECK(s.audit_log(1, 1).value() == std::vector{all[1]});
    CHECK(s.audit_log(3, 10)->empty());
    CHECK(s.audit_log(~std::uint64_t{0}, ~std::size_t{0})->empty());
    CHECK(*s.event_count() == 0);
    CHECK(s.verify()->empty());
  });
}

TEST_CASE("a batch of refused commands with a bad one in it is not kept") {
  store_limits small;
  small.event_bytes = 400;
  each_audited(
      [](case_store& s) {
        const auto why = [&](audit_entry bad) {
          const auto r = s.record(std::vector{tried(1), std::move(bad)});
          return r ? std::nullopt : std::optional{r.error().code};
        };
        audit_entry e = tried(2);
        e.what.clear();
        CHECK(why(e) == errc::bad_value);
        e = tried(2);
        e.why.zh = "\xff";
        CHECK(why(e) == errc::bad_utf8);
        e = tried(2);
        e.why.en = std::string(400, 'x');
        CHECK(why(e) == errc::limit_exceeded);
        e = tried(2);
        e.at = instant::max();
        CHECK(why(e) == errc::out_of_range);
        CHECK(s.audit_log(0, 10)->empty());
        REQUIRE(s.record(std::vector{tried(1)}));
        CHECK(s.audit_log(0, 10)->size() == 1);
      },
      small);
}

TEST_CASE("text that is no audit record is refused, and none is too odd to be read back") {
  for (const std::string bad : {"", "[]", "{}", R"({"number":0,"at":"2024-01-02T00:00:00"})",
                                R"({"number":1,"at":"yesterday"})",
                                R"({"number":1,"at":"2024-01-02T00:00:00","what":7})"}) {
    CAPTURE(bad);
    REQUIRE(!parse_audit(bad));
    CHECK(parse_audit(bad).error().code == errc::store_corrupt);
  }
  audit_entry odd = tried(7);
  odd.rule = "\"\\\n\t\x01与";
  CHECK(parse_audit(to_json(7, odd))->entry == odd);
  CHECK(parse_audit(to_json(7, odd))->number == 7);
}

TEST_CASE("what is done to the audit log of a file is found at its record") {
  for (const auto& [sql, number] :
       {std::pair{"UPDATE audit SET json = replace(json, 'decide', 'accept') WHERE number = 2", 2},
        std::pair{"DELETE FROM audit WHERE number = 1", 1},
        std::pair{"UPDATE audit SET hash = (SELECT hash FROM audit WHERE number = 1) "
                  "WHERE number = 3",
                  3}}) {
    CAPTURE(sql);
    const folder in;
    {
      const auto s = open_sqlite_store(in / "a.db").value();
      REQUIRE(append(*s, "a", 1, 2));
      REQUIRE(s->record(std::vector{tried(1), tried(2), tried(3)}));
    }
    raw_database{in / "a.db"}.run(sql);
    const auto s = open_sqlite_store(in / "a.db").value();
    const auto faults = s->verify().value();
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].id.empty());
    CHECK(faults[0].number == static_cast<std::uint32_t>(number));
  }
}

TEST_CASE("a backup has the audit log, too") {
  const folder in;
  const auto s = memory_store();
  REQUIRE(append(*s, "a", 1, 2));
  std::vector<audit_entry> many;
  for (int n = 1; n <= 1'500; ++n) many.push_back(tried(n));
  REQUIRE(s->record(many));
  REQUIRE(back_up(*s, in / "copy.db").has_value());
  const auto copy = open_sqlite_store(in / "copy.db").value();
  CHECK(copy->audit_log(0, 10'000).value() == s->audit_log(0, 10'000).value());
}
