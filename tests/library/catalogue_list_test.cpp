// The catalogue of the library, and who may change it.
#include <banli/library/catalogue_list.hpp>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <rapidcheck.h>

#include "office.hpp"

namespace {

using namespace office;

catalogue_entry entry(std::string id, std::string name = "食品经营许可") {
  catalogue_entry e;
  e.id = catalogue_id{std::move(id)};
  e.name = std::move(name);
  e.type = "XK";
  return e;
}

std::string told(const catalogue_list& list) {
  std::string out;
  for (const catalogue_record& r : list.data().records)
    out += fmt::format("{} {} {} {};", r.who.text(), label(r.act), r.entry.text(), r.reason);
  return out;
}

std::string order(const catalogue_list& list) {
  std::string out;
  for (const listed_entry* e : list.in_order()) out += e->entry.id.text() + ' ';
  return out;
}

TEST_CASE("entries are added, changed, grouped, ordered and voided, and every act is recorded") {
  catalogue_list list;
  const item_library none;
  REQUIRE(list.add(entry("B"), {"市场监管>食品", 2}, service(), at(0)).has_value());
  REQUIRE(list.add(entry("A"), {"市场监管>食品", 2}, service(), at(1)).has_value());
  REQUIRE(list.add(entry("C"), {"民政", 1}, service(), at(2)).has_value());
  CHECK(order(list) == "B A C "); // of equals, the older first
  REQUIRE(list.move(catalogue_id{"A"}, {"市场监管>食品", 1}, service(), at(3)).has_value());
  CHECK(order(list) == "A B C ");
  REQUIRE(list.change(entry("A", "食品生产许可"), service(), at(4)).has_value());
  CHECK(list.find(catalogue_id{"A"})->entry.name == "食品生产许可");
  CHECK(list.find(catalogue_id{"A"})->place.order == 1);
  REQUIRE(list.make_void(catalogue_id{"C"}, "依据废止", none, service(), at(5)).has_value());
  CHECK(order(list) == "A B ");
  CHECK(list.find(catalogue_id{"C"})->voided);
  CHECK(told(list) == "政务办 新增 B ;政务办 新增 A ;政务办 新增 C ;"
                      "政务办 移动 A 市场监管>食品 #2 -> 市场监管>食品 #1;政务办 修改 A ;"
                      "政务办 作废 C 依据废止;");
  CHECK(check(list.data()).empty());
  const auto again = catalogue_list::restore(list.data());
  REQUIRE(again.has_value());
  CHECK(*again == list);
  CHECK(again->find(catalogue_id{"B"}) != nullptr);
}

TEST_CASE("what may not be done is refused with its reason and changes nothing") {
  catalogue_list list{{.entries = 2, .records = 100, .text_bytes = 40}};
  item_library items;
  REQUIRE(list.add(entry("SC-001"), {}, service(), at(0)).has_value());
  const entry_number published = publish(items, food_licence(), 0);
  const catalogue_list before = list;
  const catalogue_id sc{"SC-001"};
  const auto refused = [](const result<void>& r) {
    REQUIRE_FALSE(r.has_value());
    return r.error().code;
  };
  CHECK(refused(list.add(entry("X"), {}, writer(), at(1))) == errc::not_permitted);
  CHECK(refused(list.change(entry("SC-001"), city(), at(1))) == errc::not_permitted);
  CHECK(refused(list.move(sc, {}, establishment(), at(1))) == errc::not_permitted);
  CHECK(refused(list.add(entry("SC-001"), {}, service(), at(1))) == errc::duplicate_id);
  CHECK(refused(list.add(entry(""), {}, service(), at(1))) == errc::missing_field);
  CHECK(refused(list.add(entry("X"), {}, service(), at(-1))) == errc::time_backwards);
  CHECK(refused(list.move(sc, {std::string(41, 'x'), 0}, service(), at(1))) ==
        errc::limit_exceeded);
  CHECK(refused(list.make_void(sc, "", items, service(), at(1))) == errc::missing_reason);
  const auto near = list.move(catalogue_id{"SC-01"}, {}, service(), at(1));
  CHECK(refused(near) == errc::unknown_reference);
  CHECK(near.error().message.en.find("SC-001") != std::string::npos);
  const auto in_use = list.make_void(sc, "合并", items, service(), at(1));
  CHECK(refused(in_use) == errc::condition_not_met);
  CHECK(in_use.error().message.en ==
        "1 items stand below the entry 'SC-001', the first is entry 1");
  CHECK(items_below(items, sc) == std::vector{published});
  CHECK(list == before);

  REQUIRE(items.act(published, item_command::make_void, establishment(), at(1), {.reason = "重复"})
              .has_value());
  CHECK(items_below(items, sc).empty());
  const entry_number draft = items.create(food_licence(), {}, writer(), at(1)).value();
  CHECK(items_below(items, sc) == std::vector{draft}); // on its way
  REQUIRE(items.act(draft, item_command::make_void, establishment(), at(1), {.reason = "重复"})
              .has_value());
  REQUIRE(list.make_void(sc, "合并", items, service(), at(1)).has_value());
  CHECK(refused(list.change(entry("SC-001"), service(), at(2))) == errc::condition_not_met);
  CHECK(refused(list.add(entry("SC-001"), {}, service(), at(2))) == errc::duplicate_id);
  REQUIRE(list.add(entry("SC-002"), {}, service(), at(2)).has_value());
  CHECK(refused(list.add(entry("SC-003"), {}, service(), at(3))) == errc::limit_exceeded);
}

TEST_CASE("data that was touched is not restored") {
  catalogue_list list;
  REQUIRE(list.add(entry("A"), {}, service(), at(0)).has_value());
  REQUIRE(list.add(entry("B"), {}, service(), at(1)).has_value());
  REQUIRE(list.make_void(catalogue_id{"B"}, "取消", item_library{}, service(), at(2)).has_value());
  struct row {
    const char* what;
    void (*touch)(catalogue_list_data&);
    errc code;
  };
  const row rows[] = {
      {"an id twice", [](auto& d) { d.entries.push_back(d.entries[0]); }, errc::duplicate_id},
      {"no record of adding", [](auto& d) { d.records.erase(d.records.begin()); },
       errc::bundle_damaged},
      {"void without record", [](auto& d) { d.records.pop_back(); }, errc::bundle_damaged},
      {"record without void", [](auto& d) { d.entries[1].voided = false; }, errc::bundle_damaged},
      {"time backwards", [](auto& d) { d.records[1].when = at(-1); }, errc::time_backwards},
      {"a record of nothing", [](auto& d) { d.records[1].entry = catalogue_id{"C"}; },
       errc::unknown_reference},
      {"an entry without name", [](auto& d) { d.entries[0].entry.name.clear(); },
       errc::missing_field},
  };
  for (const row& r : rows) {
    CAPTURE(r.what);
    catalogue_list_data data = list.data();
    r.touch(data);
    const problems wrong = check(data);
    REQUIRE_FALSE(wrong.empty());
    CHECK(wrong.front().code == r.code);
    const auto again = catalogue_list::restore(data);
    REQUIRE_FALSE(again.has_value());
    CHECK(again.error().code == r.code);
  }
}

TEST_CASE("whatever is done to a catalogue, its data is good and restores to the same") {
  CHECK(
      rc::check([](const std::vector<std::tuple<std::uint8_t, std::uint8_t, std::uint8_t>>& acts) {
        catalogue_list list;
        int hour = 0;
        for (const auto& [what, which, where] : acts) {
          const std::string id = fmt::format("E{}", which % 5);
          const item_placement place{fmt::format("g{}", where % 3), where % 4};
          const std::size_t records = list.data().records.size();
          const result<void> done =
              what % 4 == 0   ? list.add(entry(id), place, service(), at(hour))
              : what % 4 == 1 ? list.change(entry(id, "另名"), service(), at(hour))
              : what % 4 == 2
                  ? list.move(catalogue_id{id}, place, service(), at(hour))
                  : list.make_void(catalogue_id{id}, "由", item_library{}, service(), at(hour));
          RC_ASSERT(list.data().records.size() == records + (done ? 1 : 0));
          ++hour;
        }
        RC_ASSERT(check(list.data()).empty());
        RC_ASSERT(catalogue_list::restore(list.data()).value() == list);
        const auto shown = list.in_order();
        for (std::size_t i = 1; i < shown.size(); ++i)
          RC_ASSERT(shown[i - 1]->place.group <= shown[i]->place.group);
      }));
}

} // namespace
