// Folders of YAML, the library of an office, and back.
#include <algorithm>

#include <doctest/doctest.h>

#include <banli/document/item_file.hpp>
#include <banli/document/library_files.hpp>

#include "random_office.hpp"
#include "texts.hpp"

namespace {

using namespace texts;

const day since = to_day(std::chrono::year{2024} / 1 / 1);
const instant now{to_day(std::chrono::year{2025} / 1 / 1)};
const item_actor service{person_id{"政务办"}, role_set{actor_role::service_office}, {}};

configuration county() {
  configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  for (const error& e : c.found) MESSAGE(to_string(e, language::en));
  return c;
}

TEST_CASE("a configuration is taken over: items in force, laws, systems and disclosure") {
  const configuration c = county();
  REQUIRE(c.laws.laws().size() == 11);
  REQUIRE(c.systems.size() == 2);
  REQUIRE(c.disclosure.publications.size() == 7);
  CHECK(c.disclosure.since == to_day(std::chrono::year{2025} / 1 / 1));
  const taken_library t = take_over(c, service, now, since);
  REQUIRE(t.good());
  CHECK(t.library.items.entries().size() == c.items.size());
  const item_version* v = t.library.items.as_of(item_id{"62052400SC-XK-0001"}, since);
  REQUIRE(v != nullptr);
  CHECK(v->item.name == "食品经营许可");
  CHECK(v->item.description == "食品销售、餐饮服务和单位食堂的经营许可"); // of its entry
  CHECK(t.library.items.as_of(item_id{"62052400SC-XK-0001"}, since - days{1}) == nullptr);
  CHECK(check_references(t.library, day_of(now)).empty());
  CHECK(t.library.catalogue.in_order().size() == c.catalogue.size());
}

TEST_CASE("what cannot be taken over is named by its code") {
  configuration c = county();
  c.items.push_back(c.items.front());
  c.items[1].bases.clear();
  const taken_library t = take_over(c, service, now, since);
  REQUIRE(t.found.size() == 2);
  CHECK(t.found[0].code == errc::missing_basis);
  CHECK(t.found[0].where.file == c.items[1].code.text());
  CHECK(t.found[1].code == errc::duplicate_code);
  CHECK(t.library.items.entries().size() == c.items.size() - 2);
}

TEST_CASE("what is saved is read again, and saved as the same bytes") {
  const office_library office = take_over(county(), service, now, since).library;
  const auto files = save_library(office, day_of(now)).value();
  CHECK(files.size() == office.items.entries().size() + 5);
  const item_load items = parse_items(files);
  CHECK(said(items.found).empty());
  REQUIRE(items.items.size() == office.items.entries().size());
  CHECK(items.laws == office.laws);
  CHECK(items.systems == office.systems);
  auto others = files;
  std::erase_if(others, [](const auto& f) { return f.first.starts_with("items/"); });
  const configuration again = parse_configuration(others);
  CHECK(again.disclosure == office.disclosure);
  office_library next = office;
  next.laws = again.laws;
  next.systems = again.systems;
  next.disclosure = again.disclosure;
  CHECK(save_library(next, day_of(now)).value() == files);
}

TEST_CASE("laws, systems, duties and publications of any office are read as they were written") {
  CHECK(rc::check([] {
    office_library o = random::an_office();
    const auto files = save_library(o, day_of(now));
    if (!files) RC_DISCARD("a code that is no file name");
    auto others = *files;
    std::erase_if(others, [](const auto& f) { return f.first.starts_with("items/"); });
    const configuration c = parse_configuration(others);
    for (const error& e : c.found) // what is odd in them is judged, but all of it was read
      RC_ASSERT(e.code != errc::bad_yaml && e.code != errc::wrong_type);
    RC_ASSERT(c.systems == o.systems);
    RC_ASSERT(c.disclosure == o.disclosure);
    RC_ASSERT(c.laws == o.laws);
  }));
}

TEST_CASE("a document without its list is a fault, and no more") {
  for (const char* kind : {"laws", "systems", "catalogue", "duties"}) {
    const configuration c = parse_configuration({{"a.yaml", fmt::format("kind: {}\n", kind)}});
    CAPTURE(kind);
    REQUIRE(c.found.size() == 1);
    CHECK(c.found[0].code == errc::missing_field);
  }
  CHECK(parse_configuration({{"a.yaml", "kind: publications\n"}}).good()); // all may be left out
}

TEST_CASE("only what is in force on the day is saved") {
  const office_library office = take_over(county(), service, now, since).library;
  const auto before = save_library(office, since - days{1}).value();
  CHECK(std::none_of(before.begin(), before.end(),
                     [](const auto& f) { return f.first.starts_with("items/"); }));
  office_library odd;
  service_item i = county().items.front();
  i.code = item_id{"../x"};
  CHECK(odd.items.adopt(i, {}, service, now, since).error().code == errc::bad_item_code);
}

} // namespace
