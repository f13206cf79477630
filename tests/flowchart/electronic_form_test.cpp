#include <banli/flowchart/electronic_form.hpp>

#include <doctest/doctest.h>

#include "charts.hpp"

using namespace banli;
using charts::chart;
using charts::found;

namespace {

form_field named(const char* id) { return {.id = id}; }

flowchart with_form(flowchart c, std::vector<form_field> fields) {
  c.forms = {{form_id{"F"}, "表", std::move(fields)}};
  return c;
}

/// Adds the use of form F at a step.
void use(flowchart& c, const char* step, std::vector<std::string> writes,
         std::vector<std::string> reads = {}) {
  for (node& n : c.nodes)
    if (n.id.text() == step) n.forms.push_back({form_id{"F"}, std::move(writes), std::move(reads)});
}

/// start -> a -> b -> c, with fields x and y, which a and b write.
flowchart line() {
  flowchart c = with_form(chart("(s -> a -> b -> c -> [e").chart, {named("x"), named("y")});
  use(c, "a", {"x"});
  use(c, "b", {"y"}, {"x"});
  use(c, "c", {}, {"x", "y"});
  return c;
}

std::string rights(const flowchart& c, const char* step) {
  std::string out;
  const auto all = form_rights(c, node_id{step}).value();
  for (const field_access& a : all)
    out += fmt::format("{}.{} {};", a.form.text(), a.field, to_string(a.right));
  return out;
}

std::string refused(const form_field& f, std::string_view written) {
  const auto why = refuse_value(f, written);
  return why ? std::string{to_string(why->code)} : "";
}

} // namespace

TEST_CASE("each step writes, reads or does not see each field (D13, G04)") {
  flowchart c = line();
  CHECK(found(c).empty());
  CHECK(rights(c, "a") == "F.x write;F.y hidden;");
  CHECK(rights(c, "b") == "F.x read;F.y write;");
  CHECK(rights(c, "c") == "F.x read;F.y read;");
  CHECK(rights(c, "(s") == "F.x hidden;F.y hidden;");
  c.nodes[3].forms = {{form_id{"F"}, {"x"}, {std::string{all_fields}}}};
  CHECK(rights(c, "c") == "F.x write;F.y read;");
  c.nodes[3].forms = {{form_id{"F"}, {std::string{all_fields}}, {}}};
  CHECK(rights(c, "c") == "F.x write;F.y write;");
  const auto none = form_rights(c, node_id{"bb"});
  REQUIRE(!none);
  CHECK(none.error().code == errc::unknown_step);
  CHECK(none.error().message.en.find("did you mean 'b'") != std::string::npos);
}

TEST_CASE("each fault of a form is found at its place") {
  const auto with = [](auto change) {
    flowchart c = line();
    change(c);
    return found(c);
  };
  CHECK(with([](auto& c) { c.forms[0].id = {}; }) ==
        "missing-field@/forms/0/id unknown-reference@/nodes/1/forms/0/form "
        "unknown-reference@/nodes/2/forms/0/form unknown-reference@/nodes/3/forms/0/form");
  CHECK(with([](auto& c) { c.forms.push_back(c.forms[0]); }) == "duplicate-id@/forms/1/id");
  CHECK(with([](auto& c) {
          c.forms.push_back({form_id{"G"}, "空", {}});
        }) == "missing-field@/forms/1/fields");
  CHECK(with([](auto& c) { c.forms[0].fields[1].id = "x"; }) ==
        "duplicate-id@/forms/0/fields/1/id unknown-reference@/nodes/2/forms/0/writes/0 "
        "unknown-reference@/nodes/3/forms/0/reads/1");
  CHECK(with([](auto& c) { c.nodes[1].forms[0].form = form_id{"Fo"}; }) ==
        "unknown-reference@/nodes/1/forms/0/form unwritten-field@/forms/0/fields/0");
  CHECK(with([](auto& c) { c.nodes[2].forms[0].reads[0] = "xx"; }) ==
        "unknown-reference@/nodes/2/forms/0/reads/0");
  CHECK(with([](auto& c) { c.nodes[2].forms[0].reads[0] = "y"; }) ==
        "duplicate-id@/nodes/2/forms/0/reads/0");
  CHECK(with([](auto& c) { c.nodes[2].forms.push_back(c.nodes[2].forms[0]); }) ==
        "duplicate-id@/nodes/2/forms/1/form");
  CHECK(with([](auto& c) { c.nodes[0].forms = c.nodes[3].forms; }) == "bad-value@/nodes/0/forms");
}

TEST_CASE("each fault of a field is found at its place (D12)") {
  const auto with = [](const form_field& f) {
    flowchart c = with_form(chart("(s -> a -> [e").chart, {f});
    use(c, "a", {std::string{all_fields}});
    return found(c);
  };
  CHECK(with(named("x")).empty());
  CHECK(with(named("")) == "missing-field@/forms/0/fields/0/id");
  CHECK(with(named("*")) == "bad-value@/forms/0/fields/0/id");
  CHECK(with({.id = "x", .type = field_type::choice}) == "missing-field@/forms/0/fields/0/choices");
  CHECK(with({.id = "x", .choices = {"甲"}}) == "bad-value@/forms/0/fields/0/choices");
  CHECK(with({.id = "x", .type = field_type::choices, .choices = {"甲", "", "a|b", "甲"}}) ==
        "bad-value@/forms/0/fields/0/choices/1 bad-value@/forms/0/fields/0/choices/2 "
        "duplicate-id@/forms/0/fields/0/choices/3");
  CHECK(with({.id = "x", .type = field_type::date, .format = "[0-9]"}) ==
        "bad-value@/forms/0/fields/0/format");
  CHECK(with({.id = "x", .format = "[0-9"}) == "bad-value@/forms/0/fields/0/format");
  CHECK(with({.id = "x", .type = field_type::integer, .most = 3}) ==
        "bad-value@/forms/0/fields/0/most");
  CHECK(with({.id = "x", .least = 5, .most = 3}) == "bad-value@/forms/0/fields/0/most");
  CHECK(with({.id = "x", .least = -1}) == "bad-value@/forms/0/fields/0/least");
}

TEST_CASE("a field that no step writes is a fault, unless it is given") {
  flowchart c = with_form(chart("(s -> a -> b -> [e").chart, {named("x"), named("y")});
  use(c, "a", {"x"});
  use(c, "b", {}, {"y"});
  CHECK(found(c) == "unwritten-field@/forms/0/fields/1");
  c.forms[0].fields[1].required = true;
  CHECK(check(c)[0].message.en == "field 'y' of form 'F' is required, and no step may write it");
  c.forms[0].fields[1].given = true;
  CHECK(found(c).empty());
}

TEST_CASE("a field is read too early where no step that writes it can have been done") {
  flowchart c = line();
  std::swap(c.nodes[1].forms, c.nodes[3].forms); // c writes x, a reads both
  CHECK(found(c) == "read-too-early@/nodes/1/forms/0/reads/0 "
                    "read-too-early@/nodes/1/forms/0/reads/1 "
                    "read-too-early@/nodes/2/forms/0/reads/0");

  // Round a loop, what comes later comes before.
  flowchart again = line();
  std::swap(again.nodes[1].forms, again.nodes[3].forms);
  again.nodes.push_back(charts::writer::make("?d"));
  again.arrows.back().to = node_id{"?d"};
  again.arrows.push_back({node_id{"?d"}, node_id{"[e"}, "好"});
  again.arrows.push_back({node_id{"?d"}, node_id{"a"}, "改"});
  CHECK(found(again).empty());

  // Who reads all fields reads what is there.
  flowchart all = line();
  std::swap(all.nodes[1].forms, all.nodes[3].forms);
  all.nodes[1].forms[0].reads = {std::string{all_fields}};
  CHECK(found(all) == "read-too-early@/nodes/2/forms/0/reads/0");
}

TEST_CASE("a branch beside may have written in time, the other way of a choice not") {
  const auto found_with = [](const char* one, const char* other) {
    flowchart c = with_form(chart(one).chain(other).chart, {named("x")});
    use(c, "a", {"x"});
    use(c, "b", {}, {"x"});
    return found(c);
  };
  CHECK(found_with("(s -> /f -> a -> \\j -> [e", "/f -> b -> \\j").empty());
  CHECK(found_with("(s -> *f -> a -> &j -> [e", "*f -> b -> &j").empty());
  CHECK(found_with("(s -> ?d -> a -> [e", "?d -> b -> [e") ==
        "read-too-early@/nodes/4/forms/0/reads/0");
  CHECK(found_with("(s -> /f -> c -> b -> a -> \\j -> [e", "/f -> d -> \\j") ==
        "read-too-early@/nodes/3/forms/0/reads/0");
}

TEST_CASE("forms and fields are bounded") {
  flowchart_limits limits;
  limits.forms = 0;
  CHECK(found(line(), limits) == "limit-exceeded@/forms");
  limits = {};
  limits.fields = 1;
  CHECK(found(line(), limits) == "limit-exceeded@/forms");
  limits.fields = 2;
  CHECK(found(line(), limits).empty());
}

TEST_CASE("a value must fit its field (D12, G12)") {
  const form_field title{.id = "title", .label = "标题", .required = true, .least = 2, .most = 4};
  CHECK(refused(title, "三个字").empty());
  CHECK(refused(title, "") == "missing-field");
  CHECK(refused(title, "一") == "bad-value");
  CHECK(refused(title, "一二三四五") == "bad-value");
  CHECK(refused(title, "\xff") == "bad-value");
  CHECK(refused(named("x"), "").empty());
  const form_field number{.id = "no", .format = "[0-9]{4}-[0-9]+"};
  CHECK(refused(number, "2026-12").empty());
  CHECK(refused(number, "2026-12a") == "bad-value");
  form_field typed{.id = "t"};
  const auto judged = [&](field_type t, std::string_view s) {
    typed.type = t;
    return refused(typed, s);
  };
  CHECK(judged(field_type::integer, "-12").empty());
  CHECK(judged(field_type::integer, "1.5") == "bad-value");
  CHECK(judged(field_type::decimal, "1.5").empty());
  CHECK(judged(field_type::decimal, "inf") == "bad-value");
  CHECK(judged(field_type::boolean, "true").empty());
  CHECK(judged(field_type::boolean, "yes") == "bad-value");
  CHECK(judged(field_type::date, "2026-02-28").empty());
  CHECK(judged(field_type::date, "2026-02-30") == "bad-value");
  CHECK(judged(field_type::attachment, "f1").empty());
  form_field source{
      .id = "source", .type = field_type::choices, .choices = {"原创", "转载", "图片"}, .most = 2};
  CHECK(refused(source, "原创|图片").empty());
  CHECK(refused(source, "原创|图片|转载") == "bad-value");
  CHECK(refused(source, "原创|原创") == "bad-value");
  CHECK(refused(source, "原创|") == "unknown-value");
  source.type = field_type::choice;
  CHECK(refused(source, "转载").empty());
  CHECK(refused(source, "原创|转载") == "unknown-value");
  const auto why = refuse_value(source, "转截");
  REQUIRE(why);
  CHECK(why->message.zh == "“转截”不是字段“source”的选项;是否想写“转载”?");
}
