#include <banli/portal/online_application.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

handed_file file_for(const char* material, const char* id) {
  return {material,
          {attachment_id{id},
           std::string{id} + ".pdf",
           "application/pdf",
           10,
           std::string(64, 'a'),
           {},
           {},
           {}}};
}

online_application good_application() {
  online_application a;
  a.item = item_id{"62052400MZ-XK-0001"};
  a.applicant = "张三丰";
  a.said.certificate = "resident_id";
  a.said.certificate_number = "11010519491231002X"; // the example of GB 11643
  a.said.phone = "13800001234";
  a.files = {file_for("登记申请书", "f1"), file_for("章程草案", "f2")};
  a.facts = {{"area", "12.5"}, {"urgent", "true"}};
  return a;
}

std::vector<errc> wrong_with(const online_application& a,
                             const service_item& item = small_office().items.front()) {
  std::vector<errc> out;
  for (const error& e : check(a, item)) {
    out.push_back(e.code);
    for (const char* personal : {"张三丰", "11010519491231002", "13800001234"}) {
      CHECK(e.message.en.find(personal) == std::string::npos);
      CHECK(e.message.zh.find(personal) == std::string::npos);
    }
  }
  return out;
}

} // namespace

TEST_CASE("a good application gets a number of its day, and the engine takes it") {
  application_intake intake{"62052400", std::vector<std::string>{"SQ62052400-20241009-0007"}};
  const service_item& item = small_office().items.front();
  const instant t = *parse_instant("2024-10-09T20:15");
  const online_application a = good_application();
  CHECK(wrong_with(a).empty());
  CHECK(intake.take(a, item, t).value() == "SQ62052400-20241009-0008");
  const std::string number = intake.take(a, item, t).value();
  CHECK(number == "SQ62052400-20241009-0009");
  CHECK(intake.take(a, item, t + days{1}).value() == "SQ62052400-20241010-0001");
  const command c = to_command(a, number, case_id{"C1"}, t);
  CHECK(c.request == request_id{number});
  case_state fresh;
  fresh.id = c.id;
  const auto events = decide(*small_office().definitions.front(), fresh, c, cn());
  REQUIRE(events.has_value());
  const case_state s = replay(*small_office().definitions.front(), c.id, *events);
  CHECK(s.phase == case_phase::applied);
  CHECK(s.application.number == number);
  CHECK(s.by == channel::online);
  CHECK(s.facts.at("area") == "12.5");
}

TEST_CASE("what is wrong with an application is said at once, and never whose it is") {
  online_application a = good_application();
  a.said.certificate_number = "110105194912310021"; // its last digit is X
  a.said.phone = "";
  a.files = {file_for("登记申请", "f1"), file_for("章程草案", "f1")};
  a.facts = {{"areas", "1"}, {"area", "张三丰"}};
  CHECK(wrong_with(a) == std::vector{errc::missing_field, errc::bad_value, errc::unknown_field,
                                     errc::bad_value, errc::unknown_reference, errc::duplicate_id,
                                     errc::missing_field});
  application_intake intake{"62052400"};
  CHECK(refused(intake.take(a, small_office().items.front(), {})) == errc::missing_field);
  service_item paper = small_office().items.front();
  paper.on_platform = false;
  CHECK(wrong_with(good_application(), paper) == std::vector{errc::condition_not_met});
  a = good_application();
  a.files[0].file.sha256 = "x";
  CHECK(wrong_with(a) == std::vector{errc::bad_value});
  CHECK(check(good_application(), small_office().items.front(), nowhere, {.files = 1})[0].code ==
        errc::limit_exceeded);
  a = good_application();
  a.applicant = "\xFF";
  CHECK(wrong_with(a) == std::vector{errc::bad_utf8});
}

TEST_CASE("a material is demanded when its condition says so, and not when nobody knows") {
  service_item item = small_office().items.front();
  item.materials = {{"场地证明", "", "", ""}, {"人防资料", "", "", "有人防工程的"}};
  item.materials[0].when = "form.area > 100.0";
  online_application a = good_application();
  a.files.clear();
  CHECK(wrong_with(a, item).empty());
  a.facts[0].second = "100.5";
  CHECK(wrong_with(a, item) == std::vector{errc::missing_field});
  a.facts.clear();
  CHECK(wrong_with(a, item).empty());
}

TEST_CASE("certificates have check characters") {
  CHECK(plausible_certificate("resident_id", "11010519491231002X"));
  CHECK(plausible_certificate("居民身份证", "11010519491231002x"));
  CHECK_FALSE(plausible_certificate("resident_id", "110105194912310029"));
  CHECK_FALSE(plausible_certificate("resident_id", "1101051949123100"));
  CHECK(plausible_certificate("credit_code", "12441500196720244T"));
  CHECK_FALSE(plausible_certificate("credit_code", "12441500196720244X"));
  CHECK(plausible_certificate("passport", "E1"));
  CHECK_FALSE(plausible_certificate("passport", ""));
}
