#include <banli/engine/migrate_case.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

/// 受理 -> 核查 -> 决定: 审查 and its decision are one step.
flowchart shorter() {
  flowchart c;
  c.id = flowchart_id{"登记"};
  c.name = "登记(优化)";
  c.nodes = {plain("开始", node_kind::start), step("受理", "受理岗", 1), step("核查", "审查岗", 5),
             step("决定", "决定岗", 2), plain("结束", node_kind::end)};
  c.arrows = {to("开始", "受理"), to("受理", "核查"), to("核查", "决定"), to("决定", "结束")};
  return c;
}

struct moved {
  std::shared_ptr<const case_definition> before = define();
  std::shared_ptr<const case_definition> after = define(item(), shorter());
  running_case c{before};

  moved() {
    c.accept();
    c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  }

  command asks(std::vector<std::pair<std::string, std::string>> moves) const {
    command m{request_id{"m"}, c.state.id,      at("2024-09-04T09:00"), person_id{"P1"},
              action::migrate, why("流程优化"), {"log.csv", 9, 1}};
    m.with.definition = after->hash;
    m.with.moves = std::move(moves);
    return m;
  }

  result<std::vector<event>> decided(const command& m) const {
    return decide_migration(*before, *after, c.state, m, c.calendar);
  }
  std::optional<errc> refused(const command& m) const {
    const auto r = decided(m);
    if (r) return std::nullopt;
    CHECK(r.error().where == m.where);
    return r.error().code;
  }

  definition_source both() const {
    return [this](std::string_view hash) {
      return hash == before->hash ? before : hash == after->hash ? after : nullptr;
    };
  }
};

} // namespace

TEST_CASE("a case goes on by the new chart, with both hashes in its event") {
  moved m;
  auto events = m.decided(m.asks({{"审查", "核查"}}));
  REQUIRE(events.has_value());
  REQUIRE(events->size() == 1);
  const event& e = events->front();
  CHECK(e.what == event_kind::migrated);
  CHECK(e.number == m.c.state.version + 1);
  CHECK(e.with.definition == m.after->hash);
  CHECK(e.with.definition_before == m.before->hash);
  CHECK(*parse_event(to_json(e)) == e);
  auto history = m.c.history;
  history.push_back(e);
  auto now = fold_case(m.both(), m.before->hash, m.c.state.id, history);
  REQUIRE(now.has_value());
  CHECK(now->definition == m.after);
  CHECK(m.after->net.to_text(now->state.at) == "核查");
  CHECK(now->state.version == e.number);
  REQUIRE(now->state.steps.size() == 2); // 受理 is kept, 审查 is gone, 核查 waits
  CHECK(m.after->net.at(now->state.steps[0].step).id == node_id{"受理"});
  CHECK(now->state.steps[0].end == step_end::completed);
  CHECK(now->state.steps[1].since == e.at);
  CHECK(now->state.acts.size() == 1);
  // It can be finished by the new chart.
  running_case rest{m.after};
  rest.state = now->state;
  rest.did("2024-09-05T10:00", "P2", action::complete, of_step("核查"));
  rest.did("2024-09-06T10:00", "P3", action::complete, of_step("决定"));
  CHECK(m.after->net.finish(rest.state.at).has_value());
}

TEST_CASE("a move that cannot finish, or leads nowhere, is refused") {
  const moved m;
  CHECK(m.refused(m.asks({})) == errc::unknown_step); // 审查 is not there any more
  CHECK(m.refused(m.asks({{"审查", "审核"}})) == errc::unknown_step);
  CHECK(m.refused(m.asks({{"决定", "核查"}})) == errc::unknown_step);
  command c = m.asks({{"审查", "核查"}});
  c.with.reason.clear();
  CHECK(m.refused(c) == errc::missing_reason);
  c = m.asks({{"审查", "核查"}});
  c.with.definition = m.before->hash;
  CHECK(m.refused(c) == errc::bad_value);
  c = m.asks({{"审查", "核查"}});
  c.at = at("2024-09-01T09:00");
  CHECK(m.refused(c) == errc::time_backwards);
  c = m.asks({{"审查", "核查"}});
  c.actor = person_id{"P99"};
  CHECK(m.refused(c) == errc::not_authorised);
  service_item other = item();
  other.code = item_id{"62052400MZ-XK-0002"};
  const auto foreign = define(other, shorter());
  c = m.asks({{"审查", "核查"}});
  c.with.definition = foreign->hash;
  CHECK(decide_migration(*m.before, *foreign, m.c.state, c, m.c.calendar).error().code ==
        errc::unknown_item);
}

TEST_CASE("a token of a parallel branch cannot go on alone") {
  const auto joint = define(item(), joint_chart());
  running_case c{joint};
  details d;
  c.accept();
  d = of_step("受理");
  d.facts = {{"area", "80"}};
  c.did("2024-09-03T10:00", "P1", action::complete, d);
  REQUIRE(joint->net.to_text(c.state.at) == "审查+复核");
  const auto after = define();
  command m{request_id{"m"}, c.state.id, at("2024-09-04T09:00"), person_id{"P1"}, action::migrate,
            why("流程优化"), {}};
  m.with.definition = after->hash;
  m.with.moves = {{"复核", "决定"}};
  CHECK(decide_migration(*joint, *after, c.state, m, c.calendar).error().code ==
        errc::cannot_finish);
}

TEST_CASE("only a case that is under way is moved, and not by decide()") {
  moved m;
  command c = m.asks({{"审查", "核查"}});
  CHECK(decide(*m.before, m.c.state, c, m.c.calendar).error().code == errc::bad_value);
  CHECK(decide_migration(*m.before, *m.after, {}, c, m.c.calendar).error().code ==
        errc::not_accepted);
  m.c.did("2024-09-03T12:00", "P1", action::withdraw, why("不办了"));
  CHECK(m.refused(c) == errc::case_closed);
}

TEST_CASE("separation holds across a migration") {
  flowchart apart = shorter();
  apart.separations = {{"分离", {node_id{"受理"}, node_id{"核查"}}}};
  for (node& n : apart.nodes)
    if (n.kind == node_kind::step) n.assignees.departments = {department_id{"民政局"}};
  moved m;
  m.after = define(item(), apart);
  auto history = m.c.history;
  history.push_back(m.decided(m.asks({{"审查", "核查"}}))->front());
  running_case rest{m.after};
  rest.state = fold_case(m.both(), m.before->hash, m.c.state.id, history)->state;
  CHECK(rest.ask("2024-09-05T10:00", "P1", action::complete, of_step("核查")) ==
        errc::not_authorised);
  rest.did("2024-09-05T10:00", "P2", action::complete, of_step("核查"));
}

TEST_CASE("a definition that is not at hand is told") {
  const moved m;
  const auto nothing = [](std::string_view) { return std::shared_ptr<const case_definition>{}; };
  CHECK(fold_case(nothing, m.before->hash, m.c.state.id, m.c.history).error().code ==
        errc::definition_changed);
}

TEST_CASE("a turn whose token is moved away is abandoned, though its step is still there") {
  moved m;
  m.c = running_case{m.before};
  m.c.accept();
  auto history = m.c.history;
  history.push_back(m.decided(m.asks({{"受理", "核查"}}))->front());
  const auto now = fold_case(m.both(), m.before->hash, m.c.state.id, history);
  REQUIRE(now.has_value());
  REQUIRE(now->state.steps.size() == 2);
  CHECK(now->state.steps[0].end == step_end::abandoned);
  CHECK(now->state.steps[0].by_event == history.back().number);
  CHECK(now->state.steps[1].end == step_end::waiting);
  CHECK(m.after->net.to_text(now->state.at) == "核查");
}
