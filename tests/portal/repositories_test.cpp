#include <banli/portal/repositories.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

const service_records& no_records() {
  static const service_records none;
  return none;
}

} // namespace

TEST_CASE("the process view is the fold: one record a turn, told from the events alone") {
  const auto store = memory_store();
  for (int n = 1; n <= 4; ++n)
    keep(*store, case_of(n, "C" + std::to_string(n), static_cast<far>(n - 1)));
  const repositories all{small_office(), *store, no_records()};
  const auto turns = all.processes();
  REQUIRE(turns.has_value());
  // From the events: whoever completes a step ends a turn, and the next begins at that instant.
  std::size_t completed = 0;
  for (int n = 1; n <= 4; ++n) {
    const case_id id{"C" + std::to_string(n)};
    for (const event& e : store->load(id).value()) {
      if (e.what != event_kind::completed) continue;
      ++completed;
      const auto r = std::ranges::find_if(*turns, [&](const process_record& t) {
        return t.of == id && t.step == e.with.step.text();
      });
      REQUIRE(r != turns->end());
      CHECK(r->handled == e.at);
      CHECK(r->staff == e.actor);
      CHECK(r->opinion == e.with.opinion);
      CHECK(r->state == "已办");
      CHECK(r->applicant.name == planted_name(n));
      CHECK(r->applicant.number == planted_certificate(n));
      CHECK(r->agent.name == planted_name(n + 3'000));
      CHECK(r->agent.number == planted_certificate(n + 500'000));
    }
  }
  CHECK(completed == 6); // of the decided and the delivered case
  const auto waiting = std::ranges::count(*turns, "待办", &process_record::state);
  CHECK(static_cast<std::size_t>(waiting) + completed == turns->size());
  CHECK(waiting == 1); // the accepted one, at 受理

  const process_record first = all.processes(case_id{"C4"})->front();
  CHECK(first.department == "民政局");
  CHECK(first.step == "受理");
  CHECK(first.section == "社会组织科");
  CHECK(first.staff_name == "甲");
  CHECK(first.channel == "网上");
  CHECK(first.form == "登记申请表");
  CHECK(first.limit == "2个工作日");
  CHECK(first.applied == *parse_instant("2024-09-02T08:00"));
  CHECK(first.name == planted_name(4) + "的申请");
  CHECK(refused(all.processes(case_id{"none"})) == errc::unknown_reference);
}

TEST_CASE("the result view has every case that has ended, and no other") {
  const auto store = memory_store();
  for (int n = 1; n <= 4; ++n)
    keep(*store, case_of(n, "C" + std::to_string(n), static_cast<far>(n - 1)));
  const repositories all{small_office(), *store, no_records()};
  const auto ended = all.results().value();
  REQUIRE(ended.size() == 1);
  CHECK(ended[0].of == case_id{"C4"});
  CHECK(ended[0].state == "准予");
  CHECK(ended[0].attachments == "准予登记决定书");
  CHECK(ended[0].ended == *parse_instant("2024-09-02T16:00"));
  const std::string csv = to_csv(*all.table(repository::results));
  CHECK(csv.find(planted_name(4)) == std::string::npos);
  CHECK(to_csv(*all.table(repository::results, personal_right::granted)).find(planted_name(4)) !=
        std::string::npos);
}

TEST_CASE("items, rules and orders are views as well") {
  const configuration county = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  REQUIRE(county.good());
  const auto store = memory_store();
  service_records records;
  records.orders.emplace_back().number = "督-1";
  const repositories all{county, *store, records};
  const auto items = all.items();
  REQUIRE(items.size() == county.items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    CHECK(items[i].item == county.items[i].code);
    CHECK(items[i].supervision_phone == county.items[i].supervision_phone);
    CHECK_FALSE(items[i].bases.empty());
    CHECK_FALSE(items[i].promised.empty());
  }
  CHECK(all.rules().size() == county.rules->rules().size());
  CHECK(all.rules().front().rule == county.rules->rules().front().id());
  CHECK(all.orders().size() == 1);
  for (const repository r : {repository::items, repository::supervision_rules}) {
    const repository_table t = all.table(r).value();
    problems found;
    const repository_table back = read_repository_csv(r, to_csv(t), "x", found);
    CHECK(found.empty());
    CHECK(back == t);
  }
  CHECK(all.table(repository::supervision_business)->rows.size() == 1);
}

TEST_CASE("a case that runs by another definition is an error, not a gap") {
  const auto store = memory_store();
  sample::running_case c = case_of(1, "C1");
  append_request r{.id = c.state.id,
                   .item = c.definition->item.code,
                   .definition = some_definition,
                   .expected = 0,
                   .events = c.history};
  REQUIRE(append(*store, r).has_value());
  const repositories all{small_office(), *store, no_records()};
  CHECK(refused(all.processes()) == errc::definition_changed);
  CHECK(refused(all.results()) == errc::definition_changed);
  CHECK(refused(all.table(repository::processes)) == errc::definition_changed);
}
