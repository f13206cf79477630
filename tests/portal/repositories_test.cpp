#include <banli/portal/repositories.hpp>

#include <doctest/doctest.h>

#include <banli/engine/migrate_case.hpp>
#include <banli/portal/case_query.hpp>
#include <banli/portal/public_lists.hpp>
#include <banli/run/office_figures.hpp>
#include <banli/run/supervision_file.hpp>

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
  CHECK(all.orders()->size() == 1);
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

namespace {

/// The office of the tests after a reform: one chart less, 核查 in the place of 审查.
configuration reformed_office() {
  configuration now = small_office();
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "登记(优化)";
  c.nodes = {sample::plain("开始", node_kind::start), sample::step("受理", "受理岗", 1),
             sample::step("核查", "审查岗", 5), sample::step("决定", "决定岗", 2),
             sample::plain("结束", node_kind::end)};
  c.arrows = {sample::to("开始", "受理"), sample::to("受理", "核查"), sample::to("核查", "决定"),
              sample::to("决定", "结束")};
  c.nodes[2].risks = {{"人情核查", "权力运行", "降低核查标准", "双人核查"}};
  now.flowcharts = {c};
  now.definitions = {sample::define(now.items[0], c), sample::define(now.items[1], c)};
  return now;
}

/// A case that began by the old chart, was moved while it waited at 审查, and was decided by the
/// new.
void keep_moved(case_store& store, const configuration& now) {
  sample::running_case c = case_of(1, "C1", far::accepted);
  keep(store, c);
  c.did("2024-09-03T10:00", "P1", action::complete, sample::of_step("受理"));
  command m{request_id{"m"},
            c.state.id,
            *parse_instant("2024-09-04T09:00"),
            person_id{"P1"},
            action::migrate,
            sample::why("流程优化"),
            {}};
  m.with.definition = now.definitions[0]->hash;
  m.with.moves = {{"审查", "核查"}};
  const auto moved = decide_migration(*c.definition, *now.definitions[0], c.state, m, c.calendar);
  REQUIRE(moved.has_value());
  c.state = apply_migration(*c.definition, *now.definitions[0], c.state, moved->front());
  c.history.push_back(moved->front());
  const auto first = c.definition;
  c.definition = now.definitions[0];
  c.did("2024-09-05T10:00", "P2", action::complete, sample::of_step("核查"));
  const std::size_t kept = store.load(c.state.id)->size();
  const append_request rest{.id = c.state.id,
                            .item = first->item.code,
                            .definition = first->hash,
                            .expected = static_cast<std::uint32_t>(kept),
                            .events = std::span{c.history}.subspan(kept)};
  REQUIRE(append(store, rest).has_value());
}

} // namespace

TEST_CASE("a case that was moved is followed by every view, where its first version is kept") {
  configuration now = reformed_office();
  const auto store = memory_store();
  keep_moved(*store, now);
  const service_column column{now.items, now.people};
  const case_id id{"C1"};
  const auto lists = [&] {
    return overdue_cases(now, *store, *parse_instant("2025-01-01")).value();
  };
  CHECK(refused(repositories{now, *store, no_records()}.processes()) == errc::definition_changed);
  CHECK(refused(ask(now, *store, id)) == errc::definition_changed);
  CHECK(refused(overdue_cases(now, *store, *parse_instant("2025-01-01"))) ==
        errc::definition_changed);
  keep_former(now, small_office());
  CHECK(now.former.size() == 2);
  keep_former(now, now); // what is known is kept once
  CHECK(now.former.size() == 2);
  std::vector<std::string> steps;
  const repositories views{now, *store, no_records()};
  const auto turns = views.processes().value();
  for (const process_record& r : turns) steps.push_back(r.step + r.state);
  CHECK(turns[1].risk_type == "权力运行"); // K06: 风险点类别、风险点描述、风险内控的手段
  CHECK(turns[1].risk == "降低核查标准");
  CHECK(turns[1].risk_measure == "双人核查");
  CHECK(turns[0].risk.empty());
  CHECK(steps == std::vector<std::string>{"受理已办", "核查已办", "决定待办"});
  CHECK(ask(now, *store, id)->status == label(case_phase::running));
  CHECK(ask(now, *store, id, *parse_instant("2024-09-03T12:00"))->department == "民政局");
  REQUIRE(lists().size() == 1);
  CHECK(lists()[0].steps == std::vector<std::string>{"决定"});
  CHECK(publicised_results(now, *store, column, now.items[0].code)->empty());
  const auto figures = measure_office(now, *store, *parse_instant("2025-01-01"));
  REQUIRE(figures.has_value());
  REQUIRE(figures->cases.size() == 1);
  CHECK(figures->cases[0].steps.back().name == "决定");
}

TEST_CASE("the supervision business is what the register has, and what was taken over") {
  const supervision_file f =
      load_supervision(BANLI_SOURCE_DIR "/examples/supervision/supervision.yaml");
  REQUIRE(f.good());
  const auto store = memory_store();
  order_register orders{*store, f.office, cn()};
  const auto act = [&](const char* number, const char* what, const char* at, const char* who,
                       act_fields with = {}) {
    const auto s = orders.act(
        act_command(case_id{number}, what, *parse_instant(at), person_id{who}, std::move(with)));
    if (!s) FAIL(to_string(s.error(), language::en));
  };
  const act_fields about{{"unit", "县民政局"},
                         {"item_name", "低保审批"},
                         {"case", "C1"},
                         {"matter", "办件超时"},
                         {"demand", "整改"}};
  for (const char* number : {"督-2026-001", "督-2026-002", "督-2026-003"})
    act(number, "initiate", "2026-02-11T09:00", "JC01", about);
  for (const char* number : {"督-2026-001", "督-2026-002"}) {
    act(number, "approve", "2026-02-11T10:00", "JC02");
    act(number, "issue", "2026-02-11T11:00", "JC02");
    act(number, "sign_for", "2026-02-11T15:00", "MZ01");
  }
  act("督-2026-001", "handle", "2026-02-12T09:00", "MZ01", {{"handling", "核查"}});
  act("督-2026-001", "feed_back", "2026-02-12T10:00", "MZ01", {{"reply", "已整改"}});
  act("督-2026-001", "accept_reply", "2026-02-12T11:00", "JC01");
  act("督-2026-001", "close", "2026-02-12T12:00", "JC01", {{"outcome", "已整改"}, {"fault", "no"}});
  act("督-2026-003", "withdraw", "2026-02-12T09:00", "JC01", {{"reason", "误发"}});
  service_records taken_over;
  taken_over.orders.resize(2);
  taken_over.orders[0].number = "督-2025-009";
  taken_over.orders[1].number = "督-2026-002"; // which the store knows better
  const repositories all{small_office(), *store, taken_over};
  const auto found = all.orders();
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 3);
  CHECK((*found)[0].number == "督-2025-009");
  const order_record& closed = (*found)[1];
  CHECK(closed.state == order_state::closed);
  CHECK(closed.supervisor == "县监察局");
  CHECK(closed.unit == department_id{"县民政局"});
  CHECK(closed.of == case_id{"C1"});
  CHECK(closed.officer == person_id{"JC01"});
  CHECK(closed.begun == *parse_instant("2026-02-11T09:00"));
  CHECK(closed.ended == *parse_instant("2026-02-12T12:00"));
  CHECK(closed.outcome == "已整改");
  CHECK_FALSE(closed.reply_by);
  CHECK((*found)[2].state == order_state::signed_for);
  CHECK((*found)[2].reply_by == *parse_instant("2026-02-25T23:59:59"));
  // What goes out of the store can be taken over elsewhere.
  const repositories own{small_office(), *store, no_records()};
  const repository_table t = own.table(repository::supervision_business).value();
  problems wrong;
  const repository_table back =
      read_repository_csv(repository::supervision_business, to_csv(t), "x", wrong);
  CHECK(back == t);
  CHECK(order_records(back, wrong) == *own.orders());
  CHECK(wrong.empty());
  CHECK(check(back).empty());
}
