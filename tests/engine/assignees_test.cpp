#include <banli/engine/assignees.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

flowchart chart_with(const assignee_rule& rule, const char* step = "审查") {
  flowchart c = chart();
  for (node& n : c.nodes)
    if (n.id.text() == step) n.assignees = rule;
  return c;
}

/// Who may do 审查 after 受理 was done by P1, one letter each.
std::string who(const flowchart& c) {
  running_case r{define(item(), c)};
  r.accept();
  r.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  const assignment what{*r.definition->net.index(node_id{"审查"}), at("2024-09-05T10:00")};
  std::string out;
  for (const person_id& p : assignees(*r.definition, r.state, r.calendar, what))
    out += p.text() + " ";
  return out;
}

std::string codes(const linked_definition& l) {
  std::string out;
  for (const error& e : l.found) out += std::string{to_string(e.code)} + " " + e.where.file + ";";
  return out;
}

linked_definition linked(const flowchart& c, std::shared_ptr<const organisation> o = people()) {
  const locator where = [](std::string_view p) { return place{std::string{p}, 0, 0}; };
  return link(item(), c, std::move(o), {nowhere, where});
}

} // namespace

TEST_CASE("a step is for whoever holds its post, and for the posts and departments it names") {
  CHECK(who(chart()) == "P2 ");
  CHECK(who(chart_with({.posts = {post_id{"决定岗"}}})) == "P2 P3 ");
  CHECK(who(chart_with({.departments = {department_id{"民政局"}}})) == "P1 P2 P3 ");
  CHECK(who(chart_with({.departments = {department_id{"消防"}}})) == "P2 ");
}

TEST_CASE("persons named are the only ones") {
  flowchart c = chart_with({.departments = {department_id{"民政局"}}});
  c.nodes[2].persons = {person_id{"P4"}};
  CHECK(who(c) == "P4 ");
}

TEST_CASE("a condition binds everybody, and what cannot be judged is not fulfilled") {
  const std::vector<department_id> all{department_id{"民政局"}};
  CHECK(who(chart_with({.departments = all, .condition = "!('受理' in actor.steps)"})) == "P2 P3 ");
  CHECK(who(chart_with({.departments = all, .condition = "actor.id != \"P2\""})) == "P1 P3 ");
  CHECK(who(chart_with({.departments = all, .condition = "'审查岗' in actor.posts"})) == "P2 ");
  CHECK(who(chart_with({.departments = all, .condition = "'消防' in actor.departments"})).empty());
  CHECK(who(chart_with({.departments = all, .condition = "'受理' in 经办人.办过的环节"})) == "P1 ");
  CHECK(who(chart_with({.departments = all, .condition = "form.area > 5.0"})).empty());
}

TEST_CASE("the engine asks the rule of who completes a step, also after a hand-over") {
  running_case c{define(
      item(), chart_with({.posts = {post_id{"受理岗"}}, .condition = "!('受理' in actor.steps)"}))};
  c.accept();
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  CHECK(c.ask("2024-09-05T10:00", "P1", action::complete, of_step("审查")) == errc::not_authorised);
  CHECK(c.refused.message.en == "step '审查' is not for P1: !('受理' in actor.steps)");
  CHECK(c.ask("2024-09-05T10:00", "P4", action::complete, of_step("审查")) == errc::not_authorised);
  details over = why("休假");
  over.step = node_id{"审查"};
  over.to_person = person_id{"P4"};
  c.did("2024-09-05T11:00", "P2", action::hand_over, over);
  c.did("2024-09-05T12:00", "P4", action::complete, of_step("审查", "通过"));
}

TEST_CASE("a rule is linked: posts, departments and conditions must be there and right") {
  CHECK(codes(linked(chart_with({.posts = {post_id{"审查冈"}},
                                 .departments = {department_id{"消坊"}},
                                 .condition = "actor.idd == \"\""}))) ==
        "unknown-reference /nodes/2/assignees/posts/0;"
        "unknown-reference /nodes/2/assignees/departments/0;"
        "unknown-field /nodes/2/assignees/condition;");
  CHECK(codes(linked(chart_with({.condition = "actor.id"}))) ==
        "type-mismatch /nodes/2/assignees/condition;");
}

TEST_CASE("no step is given more time than its post is described with (D11)") {
  organisation o = *people();
  o.posts[1].limit = time_limit{8, limit_unit::workday};
  CHECK(codes(linked(chart(), std::make_shared<const organisation>(o))).empty());
  o.posts[1].limit = time_limit{7, limit_unit::workday};
  CHECK(codes(linked(chart(), std::make_shared<const organisation>(o))) ==
        "bad-value /nodes/2/limit;");
}

TEST_CASE("a definition with other forms or assignees is another one, without them the same") {
  const std::string was = define()->hash;
  CHECK(define(item(), chart_with({.posts = {post_id{"决定岗"}}}))->hash != was);
  flowchart formed = chart();
  formed.forms = {{form_id{"F"}, "表", {{.id = "x"}}}};
  formed.nodes[1].forms = {{form_id{"F"}, {"x"}, {}}};
  const std::string with_form = define(item(), formed)->hash;
  CHECK(with_form != was);
  formed.nodes[1].forms[0].reads = {"*"};
  CHECK(define(item(), formed)->hash != with_form);
  CHECK(define(item(), chart_with({}))->hash == was);
}
