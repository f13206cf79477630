#include <banli/engine/refusal_slip.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

running_case refused_case() {
  running_case c{define()};
  details d = why("申请事项依法不属于本机关职权范围");
  d.item = c.definition->item.code;
  d.applicant = "某某协会";
  d.received = on("2024-08-30");
  c.did("2024-09-02T09:00", "P1", action::refuse, d);
  return c;
}

std::string faults(const refusal_slip& s) {
  std::string out;
  for (const error& e : check(s, [](std::string_view p) { return place{std::string{p}, 0, 0}; }))
    out += std::string{to_string(e.code)} + " " + e.where.file + ";";
  return out;
}

} // namespace

TEST_CASE("a refusal to accept gives a written slip (G13)") {
  const running_case c = refused_case();
  const refusal_slip s =
      make_refusal_slip(*c.definition, c.state.id, c.history, "民不受〔2024〕1号").value();
  CHECK(faults(s).empty());
  CHECK(s.item == item_id{"62052400MZ-XK-0001"});
  CHECK(s.refused == on("2024-09-02"));
  CHECK(to_text(s) ==
        "不予受理通知书\n民不受〔2024〕1号\n某某协会：\n"
        "你（单位）于2024年8月30日提出的“社会团体成立登记”申请（事项编码62052400MZ-XK-0001，"
        "办件编号C1），本机关决定不予受理。\n"
        "理由：申请事项依法不属于本机关职权范围\n"
        "依据：《社会团体登记管理条例》第十二条\n"
        "如不服本决定，可以自知道本决定之日起60日内依法申请行政复议，或者自知道本决定之日起六个月内"
        "依法向人民法院提起行政诉讼。\n"
        "咨询电话：1\n监督电话：2\n民政局（印章）\n2024年9月2日\n");
}

TEST_CASE("the slip of an application knows its applicant, its receipt and its number") {
  running_case c{define()};
  details d;
  d.item = c.definition->item.code;
  d.applicant = "某某协会";
  c.did("2024-08-30T09:00", "x", action::apply, d);
  details no = why("不属于本机关职权范围");
  no.document = "民不受〔2024〕2号";
  c.did("2024-09-02T09:00", "P1", action::refuse, no);
  c.did("2024-09-03T09:00", "P1", action::deliver);
  const refusal_slip s = make_refusal_slip(*c.definition, c.state.id, c.history, "").value();
  CHECK(s.number == "民不受〔2024〕2号");
  CHECK(s.applicant == "某某协会");
  CHECK(s.received == on("2024-08-30"));
  CHECK(s.refused == on("2024-09-02"));
  CHECK(faults(s).empty());
}

TEST_CASE("only what was refused has a slip") {
  running_case c{define()};
  c.accept();
  const auto none = make_refusal_slip(*c.definition, c.state.id, c.history, "1");
  REQUIRE(!none);
  CHECK(none.error().code == errc::bad_value);
  CHECK(!make_refusal_slip(*c.definition, c.state.id, {}, "1"));
}

TEST_CASE("a slip lacks nothing the law asks for") {
  CHECK(faults({}) == "missing-field /number;missing-field /office;missing-field /item_name;"
                      "missing-field /applicant;missing-field /reason;");
  const running_case c = refused_case();
  refusal_slip s = make_refusal_slip(*c.definition, c.state.id, c.history, "1").value();
  s.received = s.refused + days{1};
  CHECK(faults(s) == "time-backwards /received;");
}
