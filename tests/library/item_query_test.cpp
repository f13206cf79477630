// Searches, to-do lists, lists and counts.
#include <array>

#include <doctest/doctest.h>

#include <banli/library/item_query.hpp>

#include "office.hpp"

namespace {

using namespace office;

/// Entry 1 published, 2 with 编办, 3 a draft of another name, 4 voided.
item_library four() {
  item_library lib;
  publish(lib, food_licence(), 0);
  const auto b = lib.create(food_licence(), {}, writer(), at(1)).value();
  (void)lib.act(b, item_command::submit, reviewer(), at(1)).value();
  service_item other = food_licence();
  other.name = "药品经营许可";
  other.materials.clear();
  (void)lib.create(other, "权力清单 3", writer(), at(2)).value();
  const auto d = publish(lib, food_licence(), 3);
  (void)lib.act(d, item_command::make_void, establishment(), at(4), {.reason = "因法律依据废止"})
      .value();
  return lib;
}

std::vector<int> numbers(const std::vector<item_hit>& hits) {
  std::vector<int> out;
  for (const item_hit& h : hits) out.push_back(static_cast<int>(h.entry));
  return out;
}

TEST_CASE("a search finds by each field, counts all and cuts at the limit") {
  const item_library lib = four();
  const auto found = [&](const item_query& q) { return numbers(search(lib, q).value().hits); };
  CHECK(found({}) == std::vector<int>{1, 2, 3, 4});
  CHECK(found({.code = "62052400SJ-XK-0001"}) == std::vector<int>{1});
  CHECK(found({.code = "62052400SJ"}) == std::vector<int>{1, 4});
  CHECK(found({.name_part = "药品"}) == std::vector<int>{3});
  CHECK(found({.type = "CF"}).empty());
  CHECK(found({.department = department_id{"民政局"}}).empty());
  CHECK(found({.state = item_state::voided}) == std::vector<int>{4});
  CHECK(found({.law = "食品安全法", .limit = 2}) == std::vector<int>{1, 2});
  CHECK(found({.skip = 1, .limit = 2}) == std::vector<int>{2, 3});
  CHECK(search(lib, {.limit = 1})->found == 4);
  CHECK(found({.as_of = to_day(std::chrono::year{2025} / 1 / 2)}) == std::vector<int>{1});
  CHECK(search(lib, {.limit = max_search_limit + 1}).error().code == errc::limit_exceeded);
}

TEST_CASE("lists stand in the order of groups and places") {
  item_library lib = four();
  (void)lib.move(entry_number{3}, {"A>甲", 2}, service(), at(9));
  (void)lib.move(entry_number{1}, {"A>甲", 1}, service(), at(9));
  (void)lib.move(entry_number{2}, {"AB", 1}, service(), at(9));
  CHECK(numbers(search(lib, {}).value().hits) == std::vector<int>{4, 1, 3, 2});
  CHECK(numbers(search(lib, {.group = "A"}).value().hits) == std::vector<int>{1, 3});
}

TEST_CASE("each role sees what waits for it") {
  item_library lib = four();
  const auto waits = [&](const item_actor& a) {
    std::vector<item_hit> hits;
    for (const to_do_line& l : to_do(lib, a)) hits.push_back(l.item);
    return numbers(hits);
  };
  CHECK(waits(writer()) == std::vector<int>{3});
  CHECK(waits(establishment()) == std::vector<int>{2});
  CHECK(waits(service()).empty());
  CHECK(waits(administrator()).empty());
  CHECK(to_do(lib, establishment())[0].commands ==
        std::vector<item_command>{item_command::review, item_command::send_back});
  CHECK(numbers(to_review(lib)) == std::vector<int>{2});
  CHECK(numbers(published(lib)) == std::vector<int>{1});
  (void)lib.act(entry_number{1}, item_command::propose_void, writer(), at(9), {.reason = "已取消"});
  CHECK(waits(establishment()) == std::vector<int>{1, 2});
  REQUIRE(proposed_voids(lib).size() == 1);
  CHECK(proposed_voids(lib)[0].reason == "已取消");
  REQUIRE(voided_items(lib).size() == 1);
  CHECK(voided_items(lib)[0].reason == "因法律依据废止");
  CHECK(numbers(items_of(lib, item_disposition::cancelled)) == std::vector<int>{4});
  CHECK(numbers(items_of(lib, item_disposition::added)) == std::vector<int>{1});
}

TEST_CASE("a proposal to void is of a version, and a code is given once") {
  item_library lib;
  const auto n = publish(lib, food_licence(), 0);
  (void)lib.act(n, item_command::propose_void, writer(), at(1), {.reason = "拟取消"}).value();
  CHECK(proposed_voids(lib).size() == 1);
  (void)lib.act(n, item_command::change, writer(), at(2)).value();
  (void)lib.act(n, item_command::submit, reviewer(), at(2)).value();
  (void)lib.act(n, item_command::review, establishment(), at(2)).value();
  const auto waits = to_do(lib, service());
  REQUIRE(waits.size() == 1);
  CHECK(waits[0].commands ==
        std::vector<item_command>{item_command::publish, item_command::send_back});
  (void)lib.act(n, item_command::publish, service(), at(2), {.effective = day_of(at(30))}).value();
  CHECK(proposed_voids(lib).empty()); // the new version was not proposed
}

TEST_CASE("what became void may be recognised anew, what is there is not missing") {
  item_library lib;
  const listed_power power{"权力清单", "3", "药品经营许可", "XK", market, {}};
  const auto n = recognise(lib, power, writer(), at(0)).value();
  CHECK(recognise(lib, power, writer(), at(0)).error().code == errc::duplicate_id);
  (void)lib.act(n, item_command::make_void, establishment(), at(1), {.reason = "误认"}).value();
  CHECK(missing_from(lib, {power}).size() == 1);
  CHECK(recognise(lib, power, writer(), at(2)).has_value());
  const auto food = publish(lib, food_licence(), 3);
  (void)lib.act(food, item_command::change, writer(), at(4)).value();
  (void)lib.act(food, item_command::make_void, establishment(), at(4), {.reason = "撤回"}).value();
  CHECK(missing_from(lib, {{"权力清单", "9", "食品经营许可", "XK", market, {}}}).empty());
}

TEST_CASE("a change that was given up hides nothing: the item is published still") {
  item_library lib;
  const auto n = publish(lib, food_licence(), 0);
  (void)lib.act(n, item_command::change, writer(), at(1)).value();
  CHECK(search(lib, {.state = item_state::published})->found == 0); // the change is seen
  (void)lib.act(n, item_command::make_void, establishment(), at(2), {.reason = "撤回"}).value();
  CHECK(search(lib, {.state = item_state::published}).value().hits ==
        std::vector<item_hit>{{n, 1}});
  CHECK(search(lib, {.state = item_state::voided})->found == 0);
  const item_counts c = count_items(lib, by_type).at("XK");
  CHECK(c.states[5] == 1);
  CHECK(c.states[7] == 0);
  CHECK(voided_items(lib).empty());
}

TEST_CASE("approvals are listed as kept, added, adjusted, delegated and cancelled (A47)") {
  item_library lib;
  const auto change = [&](entry_number n, item_disposition what, int hour) {
    (void)lib.act(n, item_command::change, writer(), at(hour), {.disposition = what}).value();
    (void)lib.act(n, item_command::submit, reviewer(), at(hour)).value();
    (void)lib.act(n, item_command::review, establishment(), at(hour)).value();
    const day next = day_of(at(hour)) + days{1};
    (void)lib.act(n, item_command::publish, service(), at(hour), {.effective = next}).value();
  };
  using enum item_disposition;
  const auto all = std::to_array({kept, added, adjusted, delegated, cancelled});
  for (std::size_t k = 0; k < all.size(); ++k) {
    const entry_number n = publish(lib, food_licence(), static_cast<int>(k));
    CHECK(items_of(lib, added).size() == 1 + (k > 1 ? 1U : 0U)); // until something else is decided
    if (all[k] == cancelled)
      (void)lib.act(n, item_command::make_void, establishment(), at(10), {.reason = "取消"})
          .value();
    else if (all[k] != added)
      change(n, all[k], static_cast<int>(k) + 1);
  }
  for (std::size_t k = 0; k < all.size(); ++k) {
    CAPTURE(label(all[k]));
    const std::vector<int> only{static_cast<int>(k) + 1};
    CHECK(numbers(items_of(lib, all[k])) == only);
    CHECK(numbers(search(lib, {.disposition = all[k]}).value().hits).size() == 1);
    CHECK(parse_item_disposition(label(all[k])).value() == all[k]);
  }
  CHECK(label(delegated) == "下放");
}

TEST_CASE("a hall, a town and a village are asked what they offer (C27)") {
  item_library lib;
  service_item i = food_licence();
  i.delegations = {{"洛门镇", "便民窗口", delegation_role::receives},
                   {"裴庄村", "", delegation_role::acts}};
  publish(lib, food_licence(), 0);
  const auto n = publish(lib, i, 1);
  (void)lib.create(i, {}, writer(), at(2)).value(); // a draft is not offered
  const day first = day_of(at(1));
  const auto town = offered_at(lib, "洛门镇", first);
  REQUIRE(town.size() == 1);
  CHECK(town[0] == offered_line{{n, 1}, "便民窗口", delegation_role::receives});
  CHECK(offered_at(lib, "裴庄村", first).at(0).role == delegation_role::acts);
  const auto hall = offered_at(lib, "县政务大厅", first);
  REQUIRE(hall.size() == 2);
  CHECK(hall[0].window == "3 号窗口");
  CHECK_FALSE(hall[0].role.has_value());
  CHECK(offered_at(lib, "洛门", first).empty());
  CHECK(offered_at(lib, "洛门镇", first - days{1}).empty());
}

TEST_CASE("items are recognised from a list once, and what is missing is listed with its reason") {
  item_library lib = four();
  const listed_power here{"权力清单", "3", "药品经营许可", "XK", market, {}};
  const listed_power gone{"权力清单", "5", "特种设备登记", "QR", market, "补录"};
  CHECK(missing_from(lib, {here, gone}) == std::vector<listed_power>{gone});
  CHECK(recognise(lib, here, writer(), at(9)).error().code == errc::duplicate_id);
  const auto n = recognise(lib, gone, writer(), at(9));
  REQUIRE(n.has_value());
  CHECK(lib.find(*n)->origin == "权力清单 5");
  CHECK(missing_from(lib, {here, gone}).empty());
}

TEST_CASE("items are counted per unit and area") {
  const item_library lib = four();
  const auto units = count_items(lib, by_department);
  REQUIRE(units.size() == 1);
  const item_counts& c = units.at(market.text());
  CHECK(c.entries == 4);
  CHECK(c.states[0] == 1);
  CHECK(c.states[5] == 1);
  CHECK(c.states[7] == 1);
  CHECK(c.recognised == 1);
  CHECK(c.coded == 2);
  CHECK(c.in_library == 1);
  CHECK(c.guides == 3);
  CHECK(count_items(lib, by_area).at("62052400").entries == 2);
  CHECK(count_items(lib, by_type).at("XK").entries == 4);
}

} // namespace
