// Cases from the application on: reviews, notices, refusals with a slip, late entries, changes.
#include <banli/engine/case_clocks.hpp>
#include <banli/engine/decide.hpp>

#include "permit.hpp"

using namespace sample;

namespace {

service_item examined_item() {
  service_item i = item();
  i.materials = {{"申请书", "原件", "纸质", ""},
                 {"章程", "原件", "纸质", ""},
                 {"委托书", "原件", "纸质", "委托他人办理的"}};
  material shelter{"勘验报告", "原件", "纸质", ""};
  shelter.when = "form.area > 500.0";
  i.materials.push_back(shelter);
  i.delegations = {{"城关镇", "1号", delegation_role::receives}};
  return i;
}

details applying() {
  details d;
  d.item = item().code;
  d.by = channel::online;
  d.applicant = "虚构公司";
  d.application = application{.number = {},
                              .title = "登记",
                              .summary = "申请成立登记",
                              .agent = {},
                              .contact = "虚构联系人",
                              .phone = "000",
                              .certificate = "身份证",
                              .certificate_number = "000",
                              .window = "城关镇"};
  return d;
}

details reviewed(material_standing of_articles) {
  details d;
  const bool good = of_articles == material_standing::complete;
  d.reviews = {{"申请书", material_standing::complete, ""},
               {"章程", of_articles, good ? "" : "未签字"}};
  return d;
}

} // namespace

TEST_CASE("an application carries its fields and gets a number (F27, F28, E09)") {
  running_case c{define(examined_item())};
  details nobody = applying();
  nobody.applicant.clear();
  CHECK(c.ask("2024-09-02T09:00", "网上用户", action::apply, nobody) == errc::missing_field);
  details elsewhere = applying();
  elsewhere.application->window = "城关乡";
  CHECK(c.ask("2024-09-02T09:00", "网上用户", action::apply, elsewhere) == errc::unknown_reference);
  c.did("2024-09-02T09:00", "网上用户", action::apply, applying()); // nobody of the office
  CHECK(c.state.phase == case_phase::applied);
  CHECK(stage_of(c.state.phase) == service_stage::acceptance);
  CHECK(c.state.application.number == "C1");
  CHECK(c.state.application.window == "城关镇");
  CHECK(c.state.by == channel::online);
  CHECK_FALSE(c.state.was_accepted());
  CHECK(clocks(*c.definition, c.state, c.calendar).error().code == errc::not_accepted);
  CHECK(c.ask("2024-09-02T10:00", "网上用户", action::apply, applying()) == errc::already_accepted);
  CHECK(c.ask("2024-09-02T10:00", "P1", action::complete, of_step("受理")) == errc::not_accepted);
}

TEST_CASE("materials are reviewed one by one before a case is accepted (F04, F10)") {
  running_case c{define(examined_item())};
  c.did("2024-09-02T09:00", "x", action::apply, applying());
  CHECK(c.ask("2024-09-02T10:00", "P1", action::review_materials) == errc::missing_field);
  details d = reviewed(material_standing::lacking);
  d.reviews[1].reason.clear();
  CHECK(c.ask("2024-09-02T10:00", "P1", action::review_materials, d) == errc::missing_reason);
  d.reviews[1].material = "章成";
  CHECK(c.ask("2024-09-02T10:00", "P1", action::review_materials, d) == errc::unknown_reference);
  d.reviews[1] = d.reviews[0];
  CHECK(c.ask("2024-09-02T10:00", "P1", action::review_materials, d) == errc::duplicate_id);
  CHECK(c.ask("2024-09-02T10:00", "P1", action::accept) == errc::condition_not_met);
  c.did("2024-09-02T10:00", "P1", action::review_materials, reviewed(material_standing::defective));
  CHECK(c.ask("2024-09-02T11:00", "P1", action::accept) == errc::condition_not_met);
  CHECK(c.refused.message.zh == "材料“章程”未经审查齐全");
  c.did("2024-09-03T10:00", "P1", action::review_materials, reviewed(material_standing::complete));
  // The authorisation is asked for under a condition in words, the survey under one that is
  // unknown.
  c.did("2024-09-03T11:00", "P1", action::accept);
  CHECK(c.state.item == item().code);
  CHECK(c.state.applicant == "虚构公司");
}

TEST_CASE("a material that the form asks for is examined too") {
  running_case c{define(examined_item())};
  details d = applying();
  d.facts = {{"area", "900"}};
  c.did("2024-09-02T09:00", "x", action::apply, d);
  c.did("2024-09-03T10:00", "P1", action::review_materials, reviewed(material_standing::complete));
  CHECK(c.ask("2024-09-03T11:00", "P1", action::accept) == errc::condition_not_met);
  CHECK(c.refused.message.en.find("勘验报告") != std::string::npos);
}

TEST_CASE("the limits count from the receipt, or from the day that completed the application") {
  const auto accepted_from = [](const char* told, const char* completed) {
    running_case c{define()};
    c.did("2024-09-02T09:00", "x", action::apply, applying());
    if (told != nullptr) c.did(told, "P1", action::request_supplement, why("缺章程"));
    if (completed != nullptr) {
      CHECK(c.state.phase == case_phase::incomplete);
      CHECK(c.ask(completed, "P1", action::accept) == errc::case_suspended);
      c.did(completed, "P1", action::supplement);
    }
    c.did("2024-09-20T15:00", "P1", action::accept);
    return to_text(day_of(c.state.start));
  };
  CHECK(accepted_from(nullptr, nullptr) == "2024-09-02");
  CHECK(accepted_from("2024-09-05", "2024-09-12") == "2024-09-12");
  // Told on the sixth working day: silence had accepted it from the receipt (行政许可法 32).
  CHECK(accepted_from("2024-09-10", "2024-09-12") == "2024-09-02");
  CHECK(accepted_from("2024-09-05", "2024-09-20T08:00") == "2024-09-20");
}

TEST_CASE("a refusal with a slip is closed on the day the slip is delivered (F14, H12)") {
  service_item i = item();
  i.refusals_reported = true;
  running_case c{define(i)};
  c.did("2024-09-02T09:00", "x", action::apply, applying());
  details no = why("不属于本机关职权范围");
  no.kind = "not_mine";
  CHECK(c.ask("2024-09-04T09:00", "P1", action::refuse, no) == errc::unknown_value);
  no.kind = "not_ours";
  no.document = "武民不受〔2024〕3号";
  c.did("2024-09-04T09:00", "P1", action::refuse, no);
  CHECK(c.state.phase == case_phase::refused);
  CHECK_FALSE(c.state.ended);
  CHECK(c.state.refusal_kind == "not_ours");
  CHECK(c.ask("2024-09-04T10:00", "P1", action::withdraw, why("撤")) == errc::case_suspended);
  c.did("2024-09-06T16:00", "P1", action::deliver);
  CHECK(c.state.phase == case_phase::refused);
  CHECK(c.state.ended == at("2024-09-06T16:00"));
  CHECK(c.ask("2024-09-07", "P1", action::deliver) == errc::case_closed);
  // 否定报备: the supervisor must be told, and is.
  REQUIRE(c.state.notices.size() == 1);
  CHECK(c.state.notices[0].recipient == "supervisor");
  CHECK_FALSE(c.state.notices[0].told);
  details told;
  told.kind = "refusal";
  c.did("2024-09-08", "P1", action::notify, told);
  CHECK(c.state.notices.size() == 1);
  CHECK(c.state.notices[0].told == at("2024-09-08"));
}

TEST_CASE("a refusal without a slip closes the case at once, as it always did") {
  running_case c{define()};
  details no = why("材料不实");
  no.item = item().code;
  c.did("2024-09-02T09:00", "P1", action::refuse, no);
  CHECK(c.state.ended == at("2024-09-02T09:00"));
}

TEST_CASE("a claimed step is done by who claimed it, until it is handed over") {
  service_item i = item();
  running_case c{define(i)};
  c.accept();
  CHECK(c.ask("2024-09-03", "P2", action::claim, of_step("受理")) == errc::not_authorised);
  CHECK(c.ask("2024-09-03", "P2", action::claim, of_step("审查")) == errc::step_not_enabled);
  c.did("2024-09-03", "P1", action::claim, of_step("受理"));
  CHECK(waiting(c.state, c.state.steps[0].step)->claimed == at("2024-09-03"));
  details over = of_step("受理");
  over.reason = "请假";
  over.to_person = person_id{"P4"};
  c.did("2024-09-04", "P1", action::hand_over, over);
  c.did("2024-09-04T10:00", "P4", action::claim, of_step("受理"));
  CHECK(c.ask("2024-09-05", "P1", action::complete, of_step("受理")) == errc::not_authorised);
  details done = of_step("受理");
  done.attachments = {"意见.pdf"};
  c.did("2024-09-05", "P4", action::complete, done);
  CHECK(c.state.steps[0].attachments == done.attachments);
  REQUIRE(c.state.handed.size() == 1);
  CHECK(c.state.handed[0].to == person_id{"P4"});
}

TEST_CASE("the applicant is told how long an excluded procedure takes (H06)") {
  running_case c{define()};
  c.accept();
  details d = why("听证");
  d.kind = "hearing";
  c.did("2024-09-03", "P1", action::suspend, d);
  CHECK_FALSE(c.state.procedures.back().told);
  details told;
  told.kind = "excluded_time";
  CHECK(c.ask("2024-09-04", "P1", action::notify, told) == errc::missing_field);
  told.limit = time_limit{10, limit_unit::workday};
  c.did("2024-09-04", "P1", action::notify, told);
  CHECK(c.state.procedures.back().told == at("2024-09-04"));
  c.did("2024-09-05", "P1", action::resume);
  CHECK(c.state.procedures.back().ended == at("2024-09-05"));
  d.limit = told.limit; // told when it begins
  c.did("2024-09-06", "P1", action::suspend, d);
  CHECK(c.state.procedures.back().told == at("2024-09-06"));
  told.recipient = "邻居";
  CHECK(c.ask("2024-09-06", "P1", action::notify, told) == errc::unknown_value);
  running_case without{define()};
  without.accept();
  told.recipient.clear();
  CHECK(without.ask("2024-09-04", "P1", action::notify, told) == errc::not_suspended);
}

TEST_CASE("an extension is asked for, and granted as of the day of the request (F20)") {
  details d = why("情况复杂");
  d.limit = time_limit{10, limit_unit::workday};
  d.authority = "纪检部门";
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // due 2024-09-30
  CHECK(c.ask("2024-09-27", "P1", action::deny_extension, why("无")) == errc::extension_refused);
  c.did("2024-09-27", "P1", action::request_extension, d);
  CHECK(c.ask("2024-09-28", "P1", action::request_extension, d) == errc::extension_refused);
  c.did("2024-10-08", "P3", action::extend, d); // granted after the limit, asked for within it
  CHECK(c.state.requests[0].granted);
  CHECK(c.state.extended[0].asked == on("2024-09-27"));
  CHECK(clocks(*c.definition, c.state, c.calendar)->promised.result.due == on("2024-10-18"));

  running_case late{define()};
  late.accept("2024-09-02T09:00");
  late.did("2024-10-08", "P1", action::request_extension, d);
  CHECK(late.state.requests[0].late);
  CHECK(late.ask("2024-10-09", "P3", action::extend, d) == errc::extension_refused);
  late.did("2024-10-09", "P3", action::deny_extension, why("逾期申请"));
  CHECK(late.state.requests[0].answered == at("2024-10-09"));
  CHECK_FALSE(late.state.requests[0].granted);
}

TEST_CASE(
    "an item names who alone consents to an extension, and then the applicant is told (F20)") {
  service_item i = item();
  i.extension_authority = "纪检组";
  auto office = std::make_shared<organisation>(*people());
  office->departments.push_back({department_id{"JJ"}, "纪检组"});
  office->posts.push_back({post_id{"纪检岗"}, "纪检岗", department_id{"JJ"}});
  office->persons.push_back({person_id{"P5"}, "戊", {post_id{"纪检岗"}}});
  const linked_definition l = link(i, chart(), office);
  REQUIRE(l.definition != nullptr);
  details d = why("情况复杂");
  d.limit = time_limit{10, limit_unit::workday};
  running_case c{l.definition};
  c.accept("2024-09-02T09:00");
  d.authority = "局长";
  CHECK(c.ask("2024-09-20", "P1", action::request_extension, d) == errc::extension_refused);
  CHECK(c.ask("2024-09-20", "P5", action::extend, d) == errc::extension_refused);
  d.authority.clear(); // that of the item
  c.did("2024-09-20", "P1", action::request_extension, d);
  CHECK(c.state.requests[0].authority == "纪检组");
  CHECK(c.ask("2024-09-23", "P3", action::extend, d) == errc::not_authorised);
  CHECK(c.refused.message.zh == "P3 不属于批准延期的“纪检组”");
  CHECK(c.ask("2024-09-23", "P3", action::deny_extension, why("无必要")) == errc::not_authorised);
  c.did("2024-09-23", "P5", action::extend, d);
  CHECK(c.state.extended[0].authority == "纪检组");
  REQUIRE(c.state.notices.size() == 1);
  CHECK(c.state.notices[0].kind == "extension");
  CHECK(c.state.notices[0].recipient == "applicant");
  details told;
  told.kind = "extension";
  c.did("2024-09-24", "P1", action::notify, told);
  CHECK(c.state.notices[0].told == at("2024-09-24"));

  i.extension_authority = "县纪委监委"; // nobody of the office: what they said is recorded
  running_case outside{define(i)};
  outside.accept("2024-09-02T09:00");
  outside.did("2024-09-20", "P3", action::extend, d);
  CHECK(outside.state.extended[0].authority == "县纪委监委");
}

TEST_CASE("once silence was consent nobody refuses (F22)") {
  service_item i = item();
  i.overtime = overtime_rule::consent;
  running_case c{define(i)};
  c.accept("2024-09-02T09:00"); // due 2024-09-30
  details no = why("不符合条件");
  no.result = case_result::refused;
  CHECK(c.ask("2024-10-08", "P3", action::decide, no) == errc::condition_not_met);
  c.did("2024-10-08", "P3", action::deem_consent);
  running_case in_time{define(i)};
  in_time.accept("2024-09-02T09:00");
  in_time.did("2024-09-30T23:59:59", "P3", action::decide, no);
  running_case silent{define()}; // an item that says nothing of it
  silent.accept("2024-09-02T09:00");
  silent.did("2024-10-08", "P3", action::decide, no);
}

TEST_CASE("silence is consent where the item says so, once the limit has run out (F22)") {
  service_item i = item();
  running_case flagged{define(i)};
  flagged.accept("2024-09-02T09:00");
  CHECK(flagged.ask("2024-10-08", "P3", action::deem_consent) == errc::condition_not_met);
  i.overtime = overtime_rule::consent;
  running_case c{define(i)};
  c.accept("2024-09-02T09:00"); // due 2024-09-30
  CHECK(c.ask("2024-09-30T23:59:59", "P3", action::deem_consent) == errc::condition_not_met);
  c.did("2024-10-01T00:00", "P3", action::deem_consent);
  CHECK(c.state.phase == case_phase::decided);
  CHECK(c.state.result == case_result::granted);
  CHECK(c.state.consent_deemed);
}

TEST_CASE("the applicant must be told that a case is closed, where the item says so (F24)") {
  service_item i = item();
  i.completion_told = true;
  running_case c{define(i, chart(), authority::recorded)};
  c.accept();
  for (const char* s : {"受理", "审查", "决定"})
    c.did("2024-09-03", "x", action::complete, of_step(s, s == std::string{"审查"} ? "通过" : ""));
  c.did("2024-09-04", "x", action::deliver);
  REQUIRE(c.history.back().what == event_kind::notice_due);
  CHECK(c.state.ended == at("2024-09-04"));
  details told;
  told.kind = "completion";
  c.did("2024-09-05", "x", action::notify, told);
  CHECK(c.state.notices.back().told == at("2024-09-05"));
}

TEST_CASE("what was done on paper is recorded late, with its reason (E04)") {
  running_case c{define()};
  c.accept("2024-09-02T09:00");
  details d = of_step("受理");
  d.recorded = at("2024-09-02T10:00");
  d.late_reason = "系统停机";
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete, d) == errc::time_backwards);
  d.recorded = at("2024-09-09T10:00");
  d.late_reason.clear();
  CHECK(c.ask("2024-09-03T10:00", "P1", action::complete, d) == errc::missing_reason);
  d.late_reason = "系统停机";
  c.did("2024-09-03T10:00", "P1", action::complete, d);
  CHECK(c.state.steps[0].ended == at("2024-09-03T10:00")); // limits count by when it happened
  CHECK(c.state.late_entries == 1);
  CHECK(c.state.recorded == at("2024-09-09T10:00"));
}

TEST_CASE("a case may be concluded without a decision, and handled with priority (E08)") {
  running_case c{define()};
  c.accept();
  details urgent;
  urgent.kind = "urgent";
  CHECK(c.ask("2024-09-03", "P1", action::prioritise, urgent) == errc::missing_reason);
  urgent.reason = "抢险";
  c.did("2024-09-03", "P1", action::prioritise, urgent);
  CHECK(c.state.urgent);
  details usual;
  usual.kind = "ordinary";
  c.did("2024-09-03", "P1", action::prioritise, usual);
  CHECK_FALSE(c.state.urgent);
  CHECK(c.ask("2024-09-04", "P1", action::conclude) == errc::missing_reason);
  c.did("2024-09-04", "P1", action::conclude, why("申请人死亡"));
  CHECK(c.state.phase == case_phase::concluded);
  CHECK(c.state.ended == at("2024-09-04"));
  CHECK(c.state.steps[0].end == step_end::abandoned);
}

TEST_CASE("an approved matter is adjusted on a written request (F30)") {
  running_case c = permit("2025-12-31");
  details d = why("变更场所");
  d.kind = "adjustment";
  CHECK(c.ask("2024-10-08", "x", action::request_change, d) == errc::missing_field);
  d.document = "调整申请书";
  c.did("2024-10-08", "x", action::request_change, d);
  c.did("2024-10-09", "P3", action::answer_change, answer(case_result::granted));
  CHECK(c.state.changes[0].result == case_result::granted);
  CHECK(c.state.valid_until == on("2025-12-31"));
  CHECK(c.state.phase == case_phase::delivered);
}
