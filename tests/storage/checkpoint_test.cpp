#include <banli/storage/checkpoint.hpp>

#include <doctest/doctest.h>

#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

// The first two key pairs of RFC 8032, 7.1, in PEM.
constexpr const char* private_key =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr const char* public_key = "-----BEGIN PUBLIC KEY-----\n"
                                   "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                                   "-----END PUBLIC KEY-----\n";
constexpr const char* other_public_key =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
    "-----END PUBLIC KEY-----\n";

/// A checkpoint of so many made-up cases.
checkpoint of_cases(std::size_t n, chain_digest with = chain_digest::sha256) {
  checkpoint c{"2026-11-22", with, {}, {n, digest_of(with, "refusals")}};
  for (std::size_t i = 0; i < n; ++i)
    c.cases.push_back({case_id{fmt::format("c{:04}", i)}, static_cast<std::uint32_t>(i + 1),
                       digest_of(with, std::to_string(i))});
  return c;
}

/// RFC 6962, 2.1, word for word, over bytes.
std::string by_the_book(const std::vector<std::string>& leaves, chain_digest with) {
  const auto bytes = [&](std::string_view what) {
    const std::string hex = digest_of(with, what);
    std::string out;
    for (std::size_t i = 0; i < hex.size(); i += 2)
      out += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return out;
  };
  if (leaves.empty()) return bytes("");
  if (leaves.size() == 1) return bytes(std::string(1, '\0') + leaves.front());
  std::size_t k = 1;
  while (2 * k < leaves.size()) k *= 2;
  const auto middle = leaves.begin() + static_cast<std::ptrdiff_t>(k);
  return bytes("\1" + by_the_book({leaves.begin(), middle}, with) +
               by_the_book({middle, leaves.end()}, with));
}

std::string faults(const case_store& store, const checkpoint& c) {
  std::string out;
  for (const chain_fault& f : compare(store, c).value())
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", f.id.text(), f.number);
  return out;
}

} // namespace

TEST_CASE("the root is that of RFC 6962 for any number of cases") {
  for (const chain_digest with : {chain_digest::sha256, chain_digest::sm3})
    for (std::size_t n = 0; n <= 40; ++n) {
      CAPTURE(n);
      const checkpoint c = of_cases(n, with);
      std::vector<std::string> leaves;
      for (const checkpoint_case& one : c.cases)
        leaves.push_back(fmt::format("{} {} {}", one.version, one.chain, one.id.text()));
      std::string hex;
      for (const char b : by_the_book(leaves, with))
        hex += fmt::format("{:02x}", static_cast<unsigned char>(b));
      CHECK(merkle_root(c) == hex);
    }
}

TEST_CASE("one case is proved against the root, and another than it was is not") {
  for (const std::size_t n : {1U, 2U, 3U, 7U, 8U, 21U}) {
    const checkpoint c = of_cases(n);
    for (checkpoint_case one : c.cases) {
      const auto proof = prove(c, one.id).value();
      CHECK(proof.size() <= 5);
      CHECK(root_from(one, proof, c.digest) == merkle_root(c));
      ++one.version;
      CHECK(root_from(one, proof, c.digest) != merkle_root(c));
    }
  }
  CHECK(refused(prove(of_cases(3), case_id{"none"})) == errc::unknown_reference);
}

TEST_CASE("what was signed is read again, and the signature is that of RFC 8032") {
  for (const std::size_t n : {0U, 1U, 5U}) {
    const checkpoint c = of_cases(n);
    const std::string file = sign(c, private_key).value();
    CHECK(read_checkpoint(file, public_key).value() == c);
    CHECK(refused(read_checkpoint(file, other_public_key)) == errc::bad_signature);
    CHECK(sign(c, private_key).value() == file); // Ed25519 draws no lots
  }
  CHECK(sign(of_cases(1), private_key)
            ->starts_with("banli checkpoint 1\ntaken 2026-11-22\n"
                          "digest sha256\ncases 1\nroot "));
}

TEST_CASE("any character of a checkpoint that is changed is found") {
  const std::string good = sign(of_cases(4), private_key).value();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == '7' ? '8' : '7';
    CAPTURE(i);
    const auto read = read_checkpoint(bad, public_key);
    REQUIRE_FALSE(read.has_value());
    REQUIRE((read.error().code == errc::bad_signature || read.error().code == errc::syntax_error));
  }
  for (std::size_t cut = 0; cut < good.size(); ++cut)
    REQUIRE_FALSE(read_checkpoint(good.substr(0, cut), public_key).has_value());
  std::string twice = good;
  twice += good.substr(good.rfind("4 "));
  CHECK(refused(read_checkpoint(twice, public_key)) == errc::syntax_error);
  CHECK(refused(read_checkpoint(good, public_key, {.bytes = 100})) == errc::limit_exceeded);
}

TEST_CASE("a key that is none, or of another kind, is refused") {
  const checkpoint c = of_cases(1);
  CHECK(refused(sign(c, "")) == errc::bad_key);
  CHECK(refused(sign(c, public_key)) == errc::bad_key);
  const std::string file = sign(c, private_key).value();
  CHECK(refused(read_checkpoint(file, private_key)) == errc::bad_key);
  CHECK(refused(read_checkpoint(file, "-----BEGIN PUBLIC KEY-----\n")) == errc::bad_key);
}

TEST_CASE("a store that only grew agrees with its checkpoint") {
  for (const chain_digest with : {chain_digest::sha256, chain_digest::sm3}) {
    const auto s = memory_store({}, with);
    REQUIRE(append(*s, "a", 1, 3));
    REQUIRE(append(*s, "b", 1, 1));
    const checkpoint c = take_checkpoint(*s, "today").value();
    CHECK(c.cases.size() == 2);
    CHECK(c.digest == with);
    REQUIRE(append(*s, "a", 4, 9));
    REQUIRE(append(*s, "c", 1, 1));
    CHECK(faults(*s, c).empty());
    const auto other =
        memory_store({}, with == chain_digest::sm3 ? chain_digest::sha256 : chain_digest::sm3);
    CHECK(refused(compare(*other, c)) == errc::bad_value);
  }
}

TEST_CASE("a case cut off, a case dropped and an old copy all pass verify(), and none compare()") {
  const folder in;
  std::string old_copy;
  {
    const auto s = open(in / "s.db");
    for (const char* id : {"a", "b", "c"}) REQUIRE(append(*s, id, 1, 4));
  }
  old_copy = read_bytes(in / "s.db");
  checkpoint c;
  {
    const auto s = open(in / "s.db");
    for (const char* id : {"a", "b", "c"}) REQUIRE(append(*s, id, 5, 9));
    c = take_checkpoint(*s, "today").value();
  }
  const std::string good = read_bytes(in / "s.db");
  const auto after = [&](const std::string& bytes, const std::string& sql) {
    write_bytes(in / "t.db", bytes);
    raw_database{in / "t.db"}.run(sql);
    const auto s = open(in / "t.db");
    CHECK(s->verify()->empty()); // whoever did it mended the rest
    return faults(*s, c);
  };
  CHECK(after(good, "") == "");
  CHECK(after(good, "DELETE FROM events WHERE case_id = 'b' AND number > 6; UPDATE cases SET "
                    "version = 6, chain = (SELECT hash FROM events WHERE case_id = 'b' AND number "
                    "= 6) WHERE id = 'b'") == "b 7");
  CHECK(after(good, "DELETE FROM events WHERE case_id = 'b'; DELETE FROM cases WHERE id = 'b'") ==
        "b 1");
  CHECK(after(old_copy, "") == "a 5, b 5, c 5");
  // An old copy that grew again in another way.
  write_bytes(in / "t.db", old_copy);
  const auto s = open(in / "t.db");
  auto other = some_events("a", 5, 12);
  other.front().with.opinion = "不同意";
  REQUIRE(append(*s, asking("a", other)));
  REQUIRE(append(*s, "b", 5, 12));
  REQUIRE(append(*s, "c", 5, 9));
  CHECK(s->verify()->empty());
  CHECK(faults(*s, c) == "a 9");
}

TEST_CASE("refused commands that are taken away or exchanged pass verify(), and not compare()") {
  const auto refused_by = [](const char* actor) {
    return audit_entry{.at = instant{*parse_day("2026-11-22")},
                       .actor = person_id{actor},
                       .what = "decide",
                       .code = "not-authorised"};
  };
  for (const chain_digest with : {chain_digest::sha256, chain_digest::sm3}) {
    const folder in;
    checkpoint c;
    {
      const auto s = open_sqlite_store(in / "s.db", {}, with).value();
      for (const char* actor : {"P1", "P2", "P3"})
        REQUIRE(s->record(std::array{refused_by(actor)}).has_value());
      c = take_checkpoint(*s, "today").value();
      CHECK(c.refusals == checkpoint_refusals{3, s->audit_log(2, 1)->front().hash});
      CHECK(read_checkpoint(sign(c, private_key).value(), public_key).value() == c);
      REQUIRE(s->record(std::array{refused_by("P4")}).has_value());
      CHECK(faults(*s, c) == ""); // it only grew
    }
    raw_database{in / "s.db"}.run("DELETE FROM audit WHERE number > 1");
    const auto s = open_sqlite_store(in / "s.db").value();
    CHECK(s->verify()->empty());
    CHECK(faults(*s, c) == " 2");
    CHECK(compare(*s, c)->front().what.zh == "检查点记录有 3 条被拒绝的命令,现只有 1 条");
    for (const char* actor : {"P1", "P3"})
      REQUIRE(s->record(std::array{refused_by(actor)}).has_value());
    CHECK(s->verify()->empty());
    CHECK(faults(*s, c) == " 3");
  }
  const auto none = memory_store(); // nobody was refused anything
  CHECK(take_checkpoint(*none, "today")->refusals == checkpoint_refusals{});
  CHECK(faults(*none, take_checkpoint(*none, "today").value()) == "");
}

TEST_CASE("what is written on a checkpoint is one line") {
  const auto s = memory_store();
  CHECK(refused(take_checkpoint(*s, "")) == errc::bad_value);
  CHECK(refused(take_checkpoint(*s, "a\nb")) == errc::bad_value);
  CHECK(refused(take_checkpoint(*s, std::string(201, 'x'))) == errc::bad_value);
  CHECK(take_checkpoint(*s, "2026年11月").has_value());
}
