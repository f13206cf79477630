#include <banli/portal/open_office.hpp>

#include <chrono>
#include <fstream>

#include <doctest/doctest.h>

#include <banli/run/replay.hpp>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

const std::string deployed = BANLI_SOURCE_DIR "/examples/county";

} // namespace

TEST_CASE("an office is deployed in one call, within seconds") {
  const folder f;
  const auto begun = std::chrono::steady_clock::now();
  const auto o = open_office(
      deployed, {.store = f / "county.db", .keys = f / "county.keys", .master = some_master()});
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  REQUIRE(o.has_value());
  MESSAGE("from the documents to an office at work: " << seconds << " s");
  CHECK(seconds < 30); // a second or less; thirty for a slow machine and a debug build
  office& at_work = **o;
  // Workflow, forms, contents, search and an empty store: nothing else is to be set up.
  CHECK(at_work.config.definitions.size() == at_work.config.items.size());
  CHECK(at_work.column.open(item_id{"62052400MZ-XK-0001"}).has_value());
  CHECK_FALSE(at_work.search.find("社会团体")->hits.empty());
  CHECK_FALSE(at_work.config.disclosure.duties.empty());
  CHECK(at_work.cases().event_count().value() == 0);
  CHECK_FALSE(at_work.ask({"LY-2024-000013", "x"}).value().has_value());
}

TEST_CASE("it is extended by a document, and goes on with the cases it has") {
  const folder f;
  namespace fs = std::filesystem;
  fs::copy(deployed, f / "county", fs::copy_options::recursive);
  REQUIRE(open_office(f / "county", {.store = f / "county.db"}).has_value());
  std::ifstream in{deployed + "/items/civil-association.yaml"};
  std::string item{std::istreambuf_iterator<char>{in}, {}};
  item.replace(item.find("MZ-XK-0001"), 10, "MZ-XK-0009");
  item.replace(item.find("社会团体成立登记"), std::string{"社会团体成立登记"}.size(),
               "基金会成立登记");
  std::ofstream{f / "county/items/foundation.yaml"} << item;
  const auto again = open_office(f / "county", {.store = f / "county.db"});
  if (!again) MESSAGE(to_string(again.error(), language::en));
  REQUIRE(again.has_value());
  CHECK((*again)->search.find("基金会成立登记")->hits[0].item == item_id{"62052400MZ-XK-0009"});
}

TEST_CASE("who has both keys is answered, over sealed cases, until he is forgotten") {
  auto ring = memory_key_ring(some_master());
  office o{small_office(), memory_store(), std::move(ring), {}};
  keep(o.cases(), case_of(1, "C1"));
  CHECK(o.ask({"C1", planted_certificate(1)}).value()->status == "已办结(准予)");
  keep(o.cases(), case_of(2, "C2"));
  CHECK_FALSE(o.ask({"C2", planted_certificate(2)}).value().has_value());
  o.refresh();
  CHECK(o.ask({"C2", planted_certificate(2)}).value().has_value());
  CHECK(forget(*o.keys(), identity_of_person(1), *parse_day("2026-11-22")).value());
  o.refresh();
  CHECK_FALSE(o.ask({"C1", planted_certificate(1)}).value().has_value());
  CHECK(o.kept().verify()->empty());
}

TEST_CASE("what cannot be opened says why") {
  const folder f;
  CHECK(refused(open_office(f / "none")) == errc::file_not_found);
  CHECK(refused(open_office(deployed, {.keys = f / "k"})) == errc::missing_field);
  CHECK(refused(open_office(deployed, {.store = f / "no/such/folder.db"})) == errc::file_not_found);
}
