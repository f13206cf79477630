#include <banli/storage/chain_digest.hpp>

#include <doctest/doctest.h>

#include <banli/engine/case_definition.hpp>

using namespace banli;

TEST_CASE("digests are those of the standards") {
  // FIPS 180-4 and GB/T 32905-2016, A.1 and A.2
  CHECK(digest_of(chain_digest::sha256, "abc") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of(chain_digest::sm3, "abc") ==
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  std::string twice;
  for (int i = 0; i < 16; ++i) twice += "abcd";
  CHECK(digest_of(chain_digest::sm3, twice) ==
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  CHECK(digest_of(chain_digest::sha256, twice) == sha256(twice));
}

TEST_CASE("a digest is found by its name") {
  for (const chain_digest d : {chain_digest::sha256, chain_digest::sm3})
    CHECK(parse_chain_digest(to_string(d)).value() == d);
  const auto unknown = parse_chain_digest("sha256x");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == errc::unknown_value);
  CHECK(unknown.error().message.en.find("did you mean 'sha256'") != std::string::npos);
}
