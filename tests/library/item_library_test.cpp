// Items on their way into the library, in it, and out of it.
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/library/item_library.hpp>
#include <banli/library/item_query.hpp>

#include "random_library.hpp"

namespace {

using namespace office;

TEST_CASE("an item passes every hand, gets its code last, and is in force from its day on") {
  item_library lib{confirmation_chain{confirming_level::city}};
  const entry_number n = lib.create(food_licence(), "权力清单 17", writer(), at(0)).value();
  CHECK(*lib.act(n, item_command::submit, reviewer(), at(1)) == item_state::department_reviewed);
  CHECK(*lib.act(n, item_command::review, establishment(), at(2)) == item_state::office_reviewed);
  CHECK(lib.assign_code(n, service(), at(3), codes()).error().code ==
        errc::condition_not_met); // the city has not confirmed
  CHECK(*lib.act(n, item_command::confirm_city, city(), at(4)) == item_state::city_confirmed);
  CHECK(lib.act(n, item_command::publish, service(), at(5)).error().code == errc::missing_code);
  CHECK(lib.assign_code(n, service(), at(5), codes())->text() == "62052400SJ-XK-0001");
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
  const entry_number n = publish(lib, food_licence(), 0);
  CHECK(*lib.act(n, item_command::change, writer(), at(10)) == item_state::published);
  CHECK(lib.act(n, item_command::change, writer(), at(10)).error().code ==
        errc::condition_not_met); // one change at a time
  const auto may = lib.allowed(n, establishment());
  REQUIRE(may.size() == 1); // to void the change; the published version not while there is one
  CHECK(may[0].from == item_state::draft);
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
  const entry_number n = publish(lib, food_licence(), 0);
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

TEST_CASE("a power whose basis fell away is cancelled, and cannot come back without one (A05)") {
  item_library lib;
  const entry_number n = publish(lib, food_licence(), 0);
  (void)lib.act(n, item_command::change, writer(), at(1)).value();
  service_item bare = lib.open_version(n)->item;
  bare.bases.clear();
  REQUIRE(lib.edit(n, bare, writer(), at(2)).has_value());
  CHECK(lib.act(n, item_command::submit, reviewer(), at(3)).error().code == errc::incomplete_item);
  CHECK(items_of(lib, item_disposition::cancelled).empty());
  (void)lib.act(n, item_command::make_void, establishment(), at(4), {.reason = "撤回变更"}).value();
  (void)lib.act(n, item_command::make_void, establishment(), at(5), {.reason = "依据废止"}).value();
  const auto gone = items_of(lib, item_disposition::cancelled);
  REQUIRE(gone.size() == 1);
  CHECK(gone[0].entry == n);
  CHECK(voided_items(lib).at(0).reason == "依据废止");
}

TEST_CASE("the legal office says its opinion before 编办 reviews, and both are on record (C05)") {
  item_library lib;
  const entry_number n = lib.create(food_licence(), {}, writer(), at(0)).value();
  (void)lib.act(n, item_command::submit, reviewer(), at(1)).value();
  const item_actor legal = actor("法制办", actor_role::establishment_office);
  REQUIRE(lib.remark(n, "依据现行有效", legal, at(2)).has_value());
  CHECK(lib.open_version(n)->state == item_state::department_reviewed); // an opinion moves nothing
  CHECK(*lib.act(n, item_command::review, establishment(), at(3)) == item_state::office_reviewed);
  const auto told = lib.history(n);
  REQUIRE(told.size() == 4);
  CHECK(told[2].kind == record_kind::opinion);
  CHECK(told[2].who == person_id{"法制办"});
  CHECK(told[2].reason == "依据现行有效");
  CHECK(told[3].command == item_command::review);
}

TEST_CASE("what was never in force has no days, and nobody acts in the past") {
  item_library lib;
  const entry_number n = lib.create(food_licence(), {}, writer(), at(0)).value();
  (void)lib.act(n, item_command::make_void, establishment(), at(1), {.reason = "重复"}).value();
  CHECK_FALSE(lib.find(n)->versions[0].ended);
  const entry_number m = lib.create(food_licence(), {}, writer(), at(1)).value();
  (void)lib.act(m, item_command::submit, reviewer(), at(1)).value();
  (void)lib.act(m, item_command::review, establishment(), at(1)).value();
  (void)lib.assign_code(m, service(), at(48), codes()).value();
  CHECK(lib.act(m, item_command::publish, service(), at(48), {.effective = d(1, 2)}).error().code ==
        errc::bad_value);
  CHECK(lib.act(m, item_command::publish, service(), at(48), {.effective = d(1, 3)}).has_value());
}

TEST_CASE("who belongs to no department writes nothing, though the item has none either") {
  item_library lib;
  service_item nowhere_yet = food_licence();
  nowhere_yet.department = {};
  CHECK(lib.create(nowhere_yet, {}, actor("临时", actor_role::entry_account), at(0)).error().code ==
        errc::not_permitted);
}

TEST_CASE("a code that is there must be a good one when a change is submitted") {
  service_item odd = food_licence();
  odd.code = item_id{"62052400SJ-XK-000A"};
  const problems found = submission_problems(odd);
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == errc::bad_item_code);
}

TEST_CASE("an item has no more versions than the limit allows") {
  item_library lib{{}, {}, {.versions = 2}};
  const entry_number n = publish(lib, food_licence(), 0);
  (void)lib.act(n, item_command::change, writer(), at(1)).value();
  (void)lib.act(n, item_command::make_void, establishment(), at(2), {.reason = "撤回"}).value();
  CHECK(lib.act(n, item_command::change, writer(), at(3)).error().code == errc::limit_exceeded);
}

TEST_CASE("a change is given up on any day, before its item is in force, too") {
  item_library lib;
  const entry_number n = lib.create(food_licence(), {}, writer(), at(0)).value();
  (void)lib.act(n, item_command::submit, reviewer(), at(0)).value();
  (void)lib.act(n, item_command::review, establishment(), at(0)).value();
  (void)lib.assign_code(n, service(), at(0), codes()).value();
  (void)lib.act(n, item_command::publish, service(), at(0), {.effective = d(7, 1)}).value();
  (void)lib.act(n, item_command::change, writer(), at(1)).value();
  CHECK(lib.act(n, item_command::make_void, establishment(), at(2), {.reason = "撤回变更"})
            .has_value());
  CHECK(lib.as_of(n, d(7, 1)) != nullptr);
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
  service_item coded = food_licence();
  coded.code = item_id{"62052400SJ-XK-0009"};
  CHECK(lib.create(coded, {}, writer(), at(0)).error().code == errc::condition_not_met);
  const entry_number a = publish(lib, food_licence(), 0);
  const entry_number b = lib.create(food_licence(), {}, writer(), at(1)).value();
  CHECK(lib.edit(b, coded, writer(), at(1)).error().code == errc::condition_not_met);
  (void)lib.act(b, item_command::submit, reviewer(), at(1)).value();
  (void)lib.act(b, item_command::review, establishment(), at(1)).value();
  const auto same = [&](const service_item&) -> result<item_id> {
    return lib.find(a)->versions[0].item.code;
  };
  CHECK(lib.assign_code(b, service(), at(2), same).error().code == errc::duplicate_code);
  const auto none = [](const service_item&) -> result<item_id> { return item_id{}; };
  CHECK(lib.assign_code(b, service(), at(2), none).error().code == errc::bad_item_code);
  CHECK(lib.assign_code(b, service(), at(2), codes()).has_value());
  CHECK(lib.assign_code(b, service(), at(2), codes()).error().code == errc::condition_not_met);
}

TEST_CASE("time does not run backwards, and limits hold") {
  item_library lib{{}, {}, {.entries = 1, .versions = 1, .records = 3, .text_bytes = 4}};
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
  const auto verdicts = lib.act_all(all, item_command::submit, reviewer(), at(1));
  REQUIRE(verdicts.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) CHECK(verdicts[i].entry == all[i]);
  CHECK(verdicts[0].state == item_state::department_reviewed);
  CHECK(verdicts[0].found.empty());
  CHECK_FALSE(verdicts[1].good());
  REQUIRE(verdicts[1].found.size() == 2);
  CHECK(verdicts[1].found[0].code == errc::incomplete_item);
  CHECK(verdicts[1].found[1].code == errc::missing_field);
  CHECK(verdicts[1].found[1].where.file == "/phone");
  CHECK(verdicts[2].good());
  REQUIRE(verdicts[3].found.size() == 1);
  CHECK(verdicts[3].found[0].code == errc::unknown_item);
  CHECK(lib.find(all[1])->versions[0].state == item_state::draft);
}

TEST_CASE("sections without their marks hold a draft back, those the office has chosen") {
  service_item thin = food_licence();
  thin.description.clear();   // 基本信息
  thin.documents.clear();     // 扩展信息
  thin.hall = {};             // 窗口服务情况
  thin.materials[0].way = ""; // 申请材料, a part of the guide
  const auto lacking = [&](submission_rules rules) {
    std::string out;
    for (const error& e : submission_problems(thin, rules, [](std::string_view path) {
           return place{std::string{path}, 0, 0};
         }))
      out += fmt::format("{} {} {};", to_string(e.code), e.where.file, e.message.zh);
    return out;
  };
  CHECK(lacking({}) == "incomplete-item /description “基本信息”部分未填写:事项内容;"
                       "incomplete-item /documents “扩展信息”部分未填写:文书;"
                       "incomplete-item /hall “窗口服务情况”部分未填写:是否进驻大厅;");
  CHECK(lacking({small_set<element_list>{element_list::window}}) ==
        "incomplete-item /hall “窗口服务情况”部分未填写:是否进驻大厅;");
  CHECK(lacking({small_set<element_list>{element_list::guide_materials}}) ==
        "incomplete-item /materials “申请材料”部分未填写:材料的报送方式;"
        "incomplete-item /forms “申请材料”部分未填写:可下载的申请表;");
  CHECK(lacking({small_set<element_list>{}}).empty());
  CHECK(submission_problems(food_licence()).empty());

  item_library strict;
  const entry_number n = strict.create(thin, {}, writer(), at(0)).value();
  const auto refused = strict.act(n, item_command::submit, reviewer(), at(1));
  CHECK(refused.error().code == errc::incomplete_item);
  CHECK(refused.error().message.zh.find("事项内容") != std::string::npos);
  CHECK(strict.allowed(n, reviewer()).empty());
  item_library lenient{{}, {small_set<element_list>{}}};
  const entry_number m = lenient.create(thin, {}, writer(), at(0)).value();
  CHECK(lenient.allowed(m, reviewer()).size() == 1);
  CHECK(lenient.act(m, item_command::submit, reviewer(), at(1)).has_value());
}

TEST_CASE("codes count per body and type, above every number ever given, void ones included") {
  item_library lib;
  const entry_number a = publish(lib, food_licence(), 0);
  const entry_number b = publish(lib, food_licence(), 1);
  (void)lib.act(b, item_command::make_void, establishment(), at(2), {.reason = "废止"}).value();
  service_item penalty = food_licence();
  penalty.type = "CF";
  penalty.catalogue = {};
  const entry_number c = publish(lib, penalty, 3);
  const entry_number d = publish(lib, food_licence(), 4);
  const auto code = [&](entry_number n) { return lib.find(n)->versions[0].item.code.text(); };
  CHECK(code(a) == "62052400SJ-XK-0001");
  CHECK(code(b) == "62052400SJ-XK-0002");
  CHECK(code(c) == "62052400SJ-CF-0001");
  CHECK(code(d) == "62052400SJ-XK-0003");
  const entry_number e = lib.create(food_licence(), {}, writer(), at(5)).value();
  CHECK(lib.assign_code(e, service(), at(5), codes()).error().code == errc::no_transition);
  (void)lib.act(e, item_command::submit, reviewer(), at(5)).value();
  (void)lib.act(e, item_command::review, establishment(), at(5)).value();
  CHECK(lib.assign_code(e, reviewer(), at(5), codes()).error().code == errc::not_permitted);
  CHECK(lib.assign_code(e, service(), at(5), {&code_scheme::county(), "6205"}).error().code ==
        errc::bad_item_code);
  CHECK(lib.assign_code(e, service(), at(5), {nullptr, "62052400SJ"}).error().code ==
        errc::missing_field);
  CHECK(lib.assign_code(e, service(), at(5), codes())->text() == "62052400SJ-XK-0004");
}

TEST_CASE("codes are given to many at once, with a verdict on each") {
  item_library lib;
  std::vector<entry_number> all;
  for (int i = 0; i < 4; ++i) {
    all.push_back(lib.create(food_licence(), {}, writer(), at(0)).value());
    if (i == 1) continue;
    (void)lib.act(all.back(), item_command::submit, reviewer(), at(0)).value();
    (void)lib.act(all.back(), item_command::review, establishment(), at(0)).value();
  }
  const auto verdicts = lib.assign_codes(
      all, service(), at(1), [](const service_item&) -> result<code_series> { return codes(); });
  std::string said;
  for (const batch_verdict& v : verdicts)
    said += v.good() ? v.code.text() + ' ' : fmt::format("{} ", to_string(v.found[0].code));
  CHECK(said == "62052400SJ-XK-0001 no-transition 62052400SJ-XK-0002 62052400SJ-XK-0003 ");
  CHECK(verdicts[0].state == item_state::office_reviewed);
}

TEST_CASE("an item in force elsewhere is taken over as it is") {
  item_library lib;
  service_item old = food_licence();
  old.description.clear(); // marks are asked for on submission only
  CHECK(lib.adopt(old, {}, service(), at(0), d(1, 1)).error().code == errc::missing_code);
  old.code = item_id{"62052400SJ-XK-0041"};
  CHECK(lib.adopt(old, {}, writer(), at(0), d(1, 1)).error().code == errc::not_permitted);
  CHECK(lib.adopt(old, {}, service(), at(0), d(2, 1)).error().code == errc::bad_value);
  service_item faulty = old;
  faulty.bases.clear();
  CHECK(lib.adopt(faulty, {}, service(), at(0), d(1, 1)).error().code == errc::missing_basis);
  item_library today;
  CHECK(today.adopt(old, {}, service(), at(0), d(1, 1)).has_value()); // from the day itself
  const day long_ago = to_day(std::chrono::year{2019} / 5 / 1);
  const entry_number n = lib.adopt(old, "旧系统 9", service(), at(0), long_ago).value();
  CHECK(lib.as_of(n, long_ago - days{1}) == nullptr);
  CHECK(lib.as_of(n, long_ago)->state == item_state::published);
  CHECK(lib.history(n)[0].kind == record_kind::adopted);
  CHECK(lib.adopt(old, {}, service(), at(0), d(1, 1)).error().code == errc::duplicate_code);
  CHECK(check(lib.data()).empty());
  CHECK(item_library::restore(lib.data()).value() == lib);
  const entry_number fresh = publish(lib, food_licence(), 5);
  CHECK(lib.find(fresh)->versions[0].item.code.text() == "62052400SJ-XK-0042");
  CHECK(lib.act(n, item_command::change, writer(), at(6)).has_value()); // and lives on
}

TEST_CASE("damaged data of a library is found") {
  item_library lib;
  const entry_number n = publish(lib, food_licence(), 0);
  publish(lib, food_licence(), 1);
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
  CHECK(wrong([](data_t& x) { x.records.push_back(x.records.front()); }) != errc{});
  CHECK(wrong([](data_t& x) {
          item_record again = x.records.front();
          again.when = x.records.back().when;
          x.records.push_back(again);
        }) == errc::bundle_damaged); // created twice
  CHECK(wrong([](data_t& x) {
          item_version open = x.entries[0].versions[0];
          open.state = item_state::draft;
          open.effective.reset();
          x.entries[0].versions.insert(x.entries[0].versions.begin(), open);
          x.entries[0].versions[1].number = 2;
          for (item_record& r : x.records)
            if (r.entry == entry_number{1} && r.kind == record_kind::acted) r.version = 2;
        }) == errc::bundle_damaged); // on its way, and not the last
  CHECK(wrong([](data_t& x) { x.entries[0].versions[0].effective.reset(); }) ==
        errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records[2].to = item_state::published; }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records.back().entry = entry_number{9}; }) == errc::bundle_damaged);
  CHECK(wrong([](data_t& x) { x.records.back().when = at(-99); }) == errc::time_backwards);
  CHECK(wrong([](data_t& x) {
          x.entries[1].versions[0].item.code = x.entries[0].versions[0].item.code;
        }) == errc::duplicate_code);
  (void)n;
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
