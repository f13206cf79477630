#include <banli/engine/form_values.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

/// 受理 writes title and phone, 审查 writes opinion and reads title, 决定 reads everything.
flowchart with_forms() {
  flowchart c = chart();
  c.forms = {{form_id{"审批表"},
              "审批表",
              {{.id = "name",
                .label = "申请人",
                .required = true,
                .given = true,
                .personal = personal_kind::name},
               {.id = "title", .label = "标题", .required = true, .most = 6},
               {.id = "phone", .label = "电话", .personal = personal_kind::phone},
               {.id = "opinion", .label = "意见"}}}};
  const auto at_step = [&](const char* id) -> node& {
    for (node& n : c.nodes)
      if (n.id.text() == id) return n;
    return c.nodes.front();
  };
  at_step("受理").forms = {{form_id{"审批表"}, {"title", "phone"}, {"name"}}};
  at_step("审查").forms = {{form_id{"审批表"}, {"opinion"}, {"title"}}};
  at_step("决定").forms = {{form_id{"审批表"}, {}, {"*"}}};
  return c;
}

details filled(const char* step, std::vector<std::pair<std::string, std::string>> facts,
               const char* outcome = "") {
  details d = of_step(step, outcome);
  d.facts = std::move(facts);
  return d;
}

running_case begun(authority rights = authority::checked) {
  running_case c{define(item(), with_forms(), rights)};
  details d;
  d.facts = {{"name", "王小明"}};
  c.accept("2024-09-02T09:00", d);
  return c;
}

std::string view(const running_case& c, const char* who, std::string_view when) {
  std::string out;
  for (const form_value& v :
       form_view(*c.definition, c.state, c.calendar, {person_id{who}, at(when)}))
    out += fmt::format("{} {} {};", v.label, to_string(v.right), v.shown.value_or("-"));
  return out;
}

} // namespace

TEST_CASE("a step writes what it may write, and nothing else") {
  running_case c = begun();
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete,
              filled("受理", {{"title", "甲"}, {"opinion", "同意"}})) == errc::not_authorised);
  CHECK(c.refused.message.zh == "环节“受理”不能填写表单“审批表”的字段“意见”");
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete,
              filled("受理", {{"title", "甲"}, {"name", "李四"}})) == errc::not_authorised);
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete,
              filled("受理", {{"title", "一二三四五六七"}})) == errc::bad_value);
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete, filled("受理", {{"titel", "甲"}})) ==
        errc::unknown_field);
  c.did("2024-09-03T10:00", "P1", action::complete,
        filled("受理", {{"title", "甲"}, {"phone", "13812345678"}, {"area", "80"}}));
  CHECK(c.state.facts["title"] == "甲");
  details d = why("需要补充");
  d.facts = {{"opinion", "同意"}};
  CHECK(c.ask("2024-09-03T11:00", "P2", action::request_supplement, d) == errc::not_authorised);
  CHECK(c.refused.message.en ==
        "'request_supplement' may not write the field '意见' of form '审批表'");
}

TEST_CASE("a step is not done while a required field it writes is empty") {
  running_case c = begun();
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete, of_step("受理")) == errc::missing_field);
  CHECK(c.refused.message.zh == "“受理”必须填写表单“审批表”的字段“标题”");
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete, filled("受理", {{"title", ""}})) ==
        errc::missing_field);
  c.did("2024-09-03T10:00", "P1", action::complete, filled("受理", {{"title", "甲"}}));
  c.did("2024-09-04T10:00", "P2", action::complete, of_step("审查", "不通过"));
  // It was filled in before; it may not be emptied.
  CHECK(c.ask("2024-09-05T10:00", "P1", action::complete, filled("受理", {{"title", ""}})) ==
        errc::missing_field);
  c.did("2024-09-05T10:00", "P1", action::complete, of_step("受理"));
}

TEST_CASE("what is given comes with the application, and must") {
  running_case c{define(item(), with_forms())};
  details d;
  d.item = item().code;
  CHECK(c.ask("2024-09-02T09:00", "P1", action::accept, d) == errc::missing_field);
  d.facts = {{"name", "王小明"}, {"title", "甲"}};
  CHECK(c.ask("2024-09-02T09:00", "P1", action::accept, d) == errc::not_authorised);
}

TEST_CASE("where rights are only recorded, values are bound by their types only") {
  running_case c = begun(authority::recorded);
  c.did("2024-09-03T10:00", "X", action::complete, filled("受理", {{"opinion", "同意"}}));
  CHECK(c.ask("2024-09-04T10:00", "X", action::complete,
              filled("审查", {{"title", "一二三四五六七"}}, "通过")) == errc::bad_value);
}

TEST_CASE("a reader sees what the steps of theirs show, personal data masked") {
  running_case c = begun();
  CHECK(view(c, "P1", "2024-09-03T10:00") ==
        "申请人 read 王**;标题 write -;电话 write -;意见 hidden -;");
  c.did("2024-09-03T10:00", "P1", action::complete,
        filled("受理", {{"title", "甲"}, {"phone", "13812345678"}}));
  CHECK(view(c, "P1", "2024-09-03T10:00") ==
        "申请人 read 王**;标题 write 甲;电话 write 13812345678;意见 hidden -;");
  CHECK(view(c, "P2", "2024-09-03T10:00") ==
        "申请人 hidden -;标题 read 甲;电话 hidden -;意见 write -;");
  CHECK(view(c, "P3", "2024-09-03T10:00") ==
        "申请人 read 王**;标题 read 甲;电话 read 138****5678;意见 read -;");
  CHECK(view(c, "P4", "2024-09-03T10:00") ==
        "申请人 hidden -;标题 hidden -;电话 hidden -;意见 hidden -;");
}

TEST_CASE("what a field holds of a person is part of the definition, and only where it says so") {
  flowchart plainly = with_forms();
  for (form_field& f : plainly.forms[0].fields) f.personal = personal_kind::none;
  CHECK(define(item(), plainly)->hash != define(item(), with_forms())->hash);
}
