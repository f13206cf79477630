// Items on their way into the library, in it, and out of it.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/library/item_library.hpp>

#include "office.hpp"

namespace {

using namespace office;

day d(int month, int of_month) { return to_day(std::chrono::year{2025} / month / of_month); }

TEST_CASE("an item passes every hand, gets its code last, and is in force from its day on") {
  item_library lib{confirmation_chain{confirming_level::city}};
  counter codes;
  const entry_number n = lib.create(food_licence(), "权力清单 17", writer(), at(0)).value();
  CHECK(*lib.act(n, item_command::submit, reviewer(), at(1)) == item_state::department_reviewed);
  CHECK(*lib.act(n, item_command::review, establishment(), at(2)) == item_state::office_reviewed);
  CHECK(lib.assign_code(n, service(), at(3), std::ref(codes)).error().code ==
        errc::condition_not_met); // the city has not confirmed
  CHECK(codes.last == 0);
  CHECK(*lib.act(n, item_command::confirm_city, city(), at(4)) == item_state::city_confirmed);
  CHECK(lib.act(n, item_command::publish, service(), at(5)).error().code == errc::missing_code);
  CHECK(lib.assign_code(n, service(), at(5), std::ref(codes))->text() == "62052400SJ-XK-0001");
  CHECK(*lib.act(n, item_command::publish, service(), at(6), {.effective = d(7, 1)}) ==
        item_state::published);
  CHECK(lib.as_of(n, d(6, 30)) == nullptr);
  REQUIRE(lib.as_of(n, d(7, 1)) != nullptr);
  CHECK(lib.as_of(item_id{"62052400SJ-XK-0001"}, d(7, 1))->item.name == "食品经营许可");
  const auto told = lib.history(n);
  REQUIRE(told.size() == 6);
  CHECK(told[0].kind == record_kind::created);
  CHECK(told[3].command == item_command::confirm_city);
  CHECK(told[3].who == person_id{"市办"});
  CHECK(told[3].when == at(4));
  CHECK(check(lib.data()).empty());
}

TEST_CASE("a change leaves the old version in force until the new one is") {
  item_library lib;
  counter codes;
  const entry_number n = publish(lib, food_licence(), codes, 0);
  CHECK(*lib.act(n, item_command::change, writer(), at(10)) == item_state::published);
  CHECK(lib.act(n, item_command::change, writer(), at(10)).error().code ==
        errc::condition_not_met); // one change at a time
  service_item better = lib.open_version(n)->item;
  better.promised = {10, limit_unit::workday};
  CHECK(lib.edit(n, better, writer(), at(11)).has_value());
  CHECK(lib.history(n).back().reason == "promised");
  CHECK(lib.as_of(n, d(1, 2))->item.promised.count == 15);
  (void)lib.act(n, item_command::submit, reviewer(), at(12)).value();
  (void)lib.act(n, item_command::review, establishment(), at(12)).value();
  CHECK(lib.act(n, item_command::publish, service(), at(13), {.effective = d(1, 1)}).error().code ==
        errc::bad_value); // not after its predecessor
  (void)lib.act(n, item_command::publish, service(), at(13), {.effective = d(3, 1)}).value();
  const item_entry& e = *lib.find(n);
  REQUIRE(e.versions.size() == 2);
  CHECK(e.versions[0].state == item_state::archived);
  CHECK(e.versions[1].state == item_state::published);
  CHECK(e.versions[1].disposition == item_disposition::adjusted);
  CHECK(lib.as_of(n, d(2, 28))->number == 1);
  CHECK(lib.as_of(n, d(3, 1))->number == 2);
  CHECK(lib.find(item_id{"62052400SJ-XK-0001"}) == &e); // the code stays
  CHECK(check(lib.data()).empty());
}

TEST_CASE("void needs a reason, ends the days in force, and keeps everything") {
  item_library lib;
  counter codes;
  const entry_number n = publish(lib, food_licence(), codes, 0);
  CHECK(lib.act(n, item_command::make_void, establishment(), at(5)).error().code ==
        errc::missing_reason);
  CHECK(lib.act(n, item_command::make_void, writer(), at(5), {.reason = "因法律依据废止"})
            .error()
            .code == errc::not_permitted);
  CHECK(*lib.act(n, item_command::make_void, establishment(), at(5),
                 {.reason = "因法律依据废止", .effective = d(2, 1)}) == item_state::voided);
  CHECK(lib.as_of(n, d(1, 31)) != nullptr);
  CHECK(lib.as_of(n, d(2, 1)) == nullptr);
  CHECK(lib.act(n, item_command::change, writer(), at(6)).error().code == errc::no_transition);
  CHECK(lib.history(n).back().reason == "因法律依据废止");
}

TEST_CASE("what is incomplete is not submitted, and it says what is missing") {
  item_library lib;
  service_item bare = food_licence();
  bare.bases.clear();
  const entry_number n = lib.create(bare, {}, writer(), at(0)).value();
  const auto refused = lib.act(n, item_command::submit, reviewer(), at(1));
  CHECK(refused.error().code == errc::incomplete_item);
  CHECK(refused.error().message.en.find("basis") != std::string::npos);
  CHECK(lib.edit(n, food_licence(), writer(), at(2)).has_value());
  CHECK(lib.act(n, item_command::submit, reviewer(), at(3)).has_value());
}

TEST_CASE("a department writes only its own items") {
  item_library lib;
  const item_actor stranger = actor("外人", actor_role::entry_account, department_id{"民政局"});
  CHECK(lib.create(food_licence(), {}, stranger, at(0)).error().code == errc::not_permitted);
  CHECK(lib.create(food_licence(), {}, administrator(), at(0)).error().code == errc::not_permitted);
  const entry_number n = lib.create(food_licence(), {}, writer(), at(0)).value();
  CHECK(lib.edit(n, food_licence(), stranger, at(1)).error().code == errc::not_permitted);
  service_item elsewhere = food_licence();
  elsewhere.department = department_id{"民政局"};
  CHECK(lib.edit(n, elsewhere, writer(), at(1)).error().code == errc::not_permitted);
  CHECK(lib.move(n, {"食品", 1}, stranger, at(1)).error().code == errc::not_permitted);
  CHECK(lib.move(n, {"市场监管>食品", 1}, writer(), at(1)).has_value());
  CHECK(lib.find(n)->place.group == "市场监管>食品");
  CHECK(lib.remark(n, "律师审查:同意", {person_id{"某人"}, {}, {}}, at(2)).error().code ==
        errc::not_permitted);
  CHECK(lib.remark(n, "", service(), at(2)).error().code == errc::missing_reason);
  CHECK(lib.remark(n, "律师审查:同意", service(), at(2)).has_value());
  CHECK(lib.history(n).back().kind == record_kind::opinion);
}

TEST_CASE("codes come from the allocator only, once, and never twice") {
  item_library lib;
  counter codes;
  service_item coded = food_licence();
  coded.code = item_id{"62052400SJ-XK-0009"};
  CHECK(lib.create(coded, {}, writer(), at(0)).error().code == errc::condition_not_met);
  const entry_number a = publish(lib, food_licence(), codes, 0);
  const entry_number b = lib.create(food_licence(), {}, writer(), at(1)).value();
  CHECK(lib.edit(b, coded, writer(), at(1)).error().code == errc::condition_not_met);
  (void)lib.act(b, item_command::submit, reviewer(), at(1)).value();
  (void)lib.act(b, item_command::review, establishment(), at(1)).value();
  const auto same = [&](const service_item&) -> result<item_id> {
    return lib.find(a)->versions[0].item.code;
  };
  CHECK(lib.assign_code(b, service(), at(2), same).error().code == errc::duplicate_id);
  const auto none = [](const service_item&) -> result<item_id> { return item_id{}; };
  CHECK(lib.assign_code(b, service(), at(2), none).error().code == errc::bad_item_code);
  CHECK(lib.assign_code(b, service(), at(2), std::ref(codes)).has_value());
  CHECK(lib.assign_code(b, service(), at(2), std::ref(codes)).error().code ==
        errc::condition_not_met);
}

TEST_CASE("time does not run backwards, and limits hold") {
  item_library lib{{}, {.entries = 1, .versions = 1, .records = 3, .text_bytes = 4}};
  CHECK(lib.create(food_licence(), "12345", writer(), at(5)).error().code == errc::limit_exceeded);
  const entry_number n = lib.create(food_licence(), {}, writer(), at(5)).value();
  CHECK(lib.create(food_licence(), {}, writer(), at(5)).error().code == errc::limit_exceeded);
  CHECK(lib.edit(n, food_licence(), writer(), at(4)).error().code == errc::time_backwards);
  CHECK(lib.edit(n, food_licence(), writer(), at(6)).has_value());
  CHECK(lib.edit(n, food_licence(), writer(), at(6)).has_value());
  CHECK(lib.edit(n, food_licence(), writer(), at(6)).error().code == errc::limit_exceeded);
  CHECK(lib.act(entry_number{9}, item_command::submit, reviewer(), at(6)).error().code ==
        errc::limit_exceeded);
  item_library other;
  CHECK(other.act(entry_number{9}, item_command::submit, reviewer(), at(6)).error().code ==
        errc::unknown_item);
  CHECK(other.act(entry_number{9}, item_command::replace, service(), at(6)).error().code ==
        errc::unknown_command);
}

TEST_CASE("a batch is judged one by one") {
  item_library lib;
  service_item bare = food_licence();
  bare.phone.clear();
  const std::vector<entry_number> all{lib.create(food_licence(), {}, writer(), at(0)).value(),
                                      lib.create(bare, {}, writer(), at(0)).value(),
                                      lib.create(food_licence(), {}, writer(), at(0)).value(),
                                      entry_number{77}};
  const batch_answer b = lib.act_all(all, item_command::submit, reviewer(), at(1));
  CHECK(b.done == std::vector<entry_number>{all[0], all[2]});
  REQUIRE(b.refused.size() == 2);
  CHECK(b.refused[0].second.code == errc::incomplete_item);
  CHECK(b.refused[1].second.code == errc::unknown_item);
}

TEST_CASE("damaged data of a library is found") {
  item_library lib;
  counter codes;
  const entry_number n = publish(lib, food_licence(), codes, 0);
  publish(lib, food_licence(), codes, 1);
  CHECK(check(lib.data()).empty());
  const auto wrong = [&](auto&& damage) {
    item_library_data data = lib.data();
    damage(data);
    const problems found = check(data);
    CHECK(!item_library::restore(data).has_value());
    return found.empty() ? errc{} : found.front().code;
  };
  using data_t = item_library_data;
  CHECK(wrong([](data_t& x) { x.entries[0].versions[0].state = item_state::voided; }) ==
        errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records.erase(x.records.begin()); }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { std::swap(x.records.front(), x.records.back()); }) ==
        errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.entries[1].number = entry_number{1}; }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.entries[1].versions.clear(); }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.entries[0].versions[0].effective.reset(); }) ==
        errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records[2].to = item_state::published; }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records.back().entry = entry_number{9}; }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records.back().when = at(-99); }) == errc::time_backwards);
  CHECK(wrong([](data_t& x) {
          x.entries[1].versions[0].item.code = x.entries[0].versions[0].item.code;
        }) == errc::duplicate_id);
  (void)n;
}

/// Does random acts; most are refused, what is done must leave good data.
item_library random_library() {
  const auto chain = *rc::gen::inRange(0, 4);
  confirmation_chain c;
  if ((chain & 1) != 0) c = c.with(confirming_level::city);
  if ((chain & 2) != 0) c = c.with(confirming_level::province);
  item_library lib{c};
  counter codes;
  const std::vector<item_actor> people{writer(),   reviewer(), establishment(), city(),
                                       province(), service(),  administrator()};
  const int acts = *rc::gen::inRange(0, 80);
  for (int i = 0; i < acts; ++i) {
    const auto& who = people[*rc::gen::inRange<std::size_t>(0, people.size())];
    const entry_number n = static_cast<entry_number>(*rc::gen::inRange(1, 5));
    const instant when = at(i * 7);
    switch (*rc::gen::inRange(0, 6)) {
    case 0: (void)lib.create(food_licence(), "清单", who, when); break;
    case 1: (void)lib.assign_code(n, service(), when, std::ref(codes)); break;
    case 2: {
      const item_version* v = lib.open_version(n);
      if (v == nullptr) break;
      service_item changed = v->item;
      changed.conditions.push_back(std::to_string(i));
      (void)lib.edit(n, changed, writer(), when);
      break;
    }
    default: {
      // Rather a command that is allowed than one that is not.
      const auto may = lib.allowed(n, who);
      const auto command =
          may.empty()
              ? static_cast<item_command>(*rc::gen::inRange<std::size_t>(0, item_command_count))
              : may[*rc::gen::inRange<std::size_t>(0, may.size())].command;
      (void)lib.act(n, command, who, when, {.reason = "理由"});
    }
    }
  }
  return lib;
}

TEST_CASE("whatever is done, the data stays good and at most one version is in force") {
  CHECK(rc::check([] {
    const item_library lib = random_library();
    const problems found = check(lib.data());
    if (!found.empty()) RC_FAIL(to_string(found.front(), language::en));
    for (const item_entry& e : lib.entries())
      for (int i = 0; i < 60; ++i) {
        const day x = to_day(std::chrono::year{2025} / 1 / 1) + days{i};
        int in_force = 0;
        for (const item_version& v : e.versions) in_force += v.in_force(x) ? 1 : 0;
        RC_ASSERT(in_force <= 1);
      }
    const auto again = item_library::restore(lib.data());
    RC_ASSERT(again.has_value());
    RC_ASSERT(*again == lib);
  }));
}

} // namespace
