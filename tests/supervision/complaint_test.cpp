// Complaints: ways of handling, what must not be forgotten, secrecy, and that history is the state.
#include <banli/supervision/complaint.hpp>

#include <algorithm>

#include <rapidcheck.h>

#include "supervising_county.hpp"

using namespace supervising;

namespace {

using complaint_walk = walk<complaint>;

act_fields entry_with(std::string_view name, std::string_view value) {
  act_fields with = an_entry();
  std::erase_if(with, [&](const auto& f) { return f.first == name; });
  with.emplace_back(name, value);
  return with;
}

/// A complaint that a department has reported on.
complaint_walk a_reported_complaint(act_fields with = an_entry()) {
  complaint_walk w = a_complaint(std::move(with));
  w.act("accept", "ZW01", "2026-03-02T10:00");
  w.act("transfer", "ZW01", "2026-03-02T11:00", {{"handler", "县民政局"}});
  w.act("report", "MZ01", "2026-03-04T09:00", {{"findings", "属实"}, {"document", "核查报告"}});
  return w;
}

} // namespace

TEST_CASE("there are the eleven kinds and the four channels, and offices add their own") {
  const supervision_office o = county_supervision();
  CHECK(o.complaint_kinds.size() == 11);
  for (const char* id : {"visit", "letter", "phone", "online", "mayor_mailbox"})
    CHECK(*parse_word(o.channels, id, {"channel", "渠道"}) == id);
  complaint_walk w;
  w.state.id = case_id{"诉-2026-003"};
  CHECK(w.refused("enter", "ZW01", "2026-03-02T09:00", entry_with("channel", "微信")) ==
        errc::unknown_value);
  w.office.channels.push_back({"wechat", "微信"});
  w.act("enter", "ZW01", "2026-03-02T09:00", entry_with("channel", "微信"));
  CHECK(w.state.channel == "wechat");
  for (const named_word& kind : o.complaint_kinds) {
    act_fields with = entry_with("kind", kind.label);
    if (kind.id == "passed_down") with.emplace_back("passed_down_by", "市政务办");
    CHECK(a_complaint(with).state.kind == kind.id);
  }
}

TEST_CASE("a complaint is registered with everything, and is transferred, answered and filed") {
  complaint_walk w = a_reported_complaint();
  CHECK(to_text(w.due(supervision_clock::answer)) == "2026-03-06");
  w.act("answer", "ZW01", "2026-03-05T09:00", {{"answer", "已更正"}, {"answer_manner", "口头"}});
  w.act("conclude", "ZW01", "2026-03-06T09:00");
  CHECK(to_text(w.due(supervision_clock::archive)) == "2026-03-09");
  w.act("archive", "ZW01", "2026-03-06T10:00", {{"file", "诉-2026-1-3"}});
  CHECK(w.state.phase == complaint_phase::archived);
  CHECK(w.state.clocks.empty());
  CHECK(w.state.late.empty());
  CHECK(w.state.handler == department_id{"县民政局"});
  CHECK(w.state.reporter == person_id{"MZ01"});
  const record_sheet sheet = complaint_sheet(w.office, w.state);
  std::string all;
  for (const auto& [heading, value] : sheet.rows) all += heading + "=" + value + ";";
  for (const char* part : {"投诉渠道=来电;", "投诉对象=县民政局;", "核查结果=属实;",
                           "答复内容=已更正;", "档号=诉-2026-1-3;", "状态=已归档;"})
    CHECK(all.find(part) != std::string::npos);
}

TEST_CASE("what can be settled at once is answered at once; what the office handles has one day") {
  complaint_walk at_once = a_complaint(entry_with("complainant", ""));
  at_once.act("accept", "ZW01", "2026-03-02T09:05");
  at_once.act("answer_at_once", "ZW01", "2026-03-02T09:30",
              {{"answer", "当场更正"}, {"answer_manner", "oral"}});
  CHECK(at_once.state.phase == complaint_phase::answered);
  CHECK(at_once.state.clocks.empty());
  complaint_walk self = a_complaint();
  CHECK(to_text(self.due(supervision_clock::accept)) == "2026-03-03");
  self.act("accept", "ZW01", "2026-03-02T09:05");
  self.act("take", "ZW01", "2026-03-02T09:10");
  CHECK(to_text(self.due(supervision_clock::self)) == "2026-03-03");
  self.act("verify", "ZW01", "2026-03-02T10:00", {{"verified", "已向窗口了解"}});
  self.act("report", "ZW01", "2026-03-02T11:00", {{"findings", "不属实"}});
  self.act("return_report", "ZW02", "2026-03-02T12:00", {{"reason", "再查"}});
  CHECK(self.state.phase == complaint_phase::handling);
  CHECK(self.state.verified.size() == 1);
}

TEST_CASE("a department reports in writing, and a returned report goes back to it") {
  complaint_walk w = a_complaint();
  w.act("accept", "ZW01", "2026-03-02T10:00");
  w.act("transfer", "ZW02", "2026-03-02T11:00", {{"handler", "县民政局"}});
  CHECK(to_text(w.due(supervision_clock::transfer)) == "2026-03-09");
  CHECK(w.refused("report", "LY01", "2026-03-03T09:00", {{"findings", "x"}}) ==
        errc::not_permitted);
  CHECK(w.refused("report", "MZ01", "2026-03-03T09:00", {{"findings", "x"}}) ==
        errc::missing_field);
  complaint_walk supervised = w;
  w.act("report", "MZ01", "2026-03-03T09:00", {{"findings", "x"}, {"document", "报告"}});
  w.act("return_report", "ZW02", "2026-03-03T10:00", {{"reason", "未说明原因"}});
  CHECK(w.state.phase == complaint_phase::transferred);
  // 事实清楚的,督办并限期解决: with a limit of its own.
  CHECK(supervised.refused("supervise", "ZW02", "2026-03-03T09:00") == errc::missing_field);
  supervised.act("supervise", "ZW02", "2026-03-03T09:00",
                 {{"transfer_limit", "2 workdays"}, {"order", "督-2026-004"}});
  CHECK(to_text(supervised.due(supervision_clock::transfer)) == "2026-03-05");
  supervised.act("report", "MZ01", "2026-03-04T09:00", {{"findings", "x"}, {"document", "报告"}});
  supervised.act("return_report", "ZW02", "2026-03-04T10:00", {{"reason", "再查"}});
  CHECK(supervised.state.phase == complaint_phase::supervised);
  CHECK(supervised.state.order == case_id{"督-2026-004"});
}

TEST_CASE("a written complaint is answered in writing, an oral one may be") {
  const act_fields oral{{"answer", "已更正"}, {"answer_manner", "oral"}};
  const act_fields written{{"answer", "已更正"}, {"answer_manner", "书面"}};
  complaint_walk w = a_reported_complaint(entry_with("manner", "written"));
  CHECK(w.refused("answer", "ZW01", "2026-03-05T09:00", oral) == errc::condition_not_met);
  w.act("answer", "ZW01", "2026-03-05T09:00", written);
  CHECK(w.state.answered_how == complaint_form::written);
  a_reported_complaint().act("answer", "ZW01", "2026-03-05T09:00", oral);
  a_reported_complaint().act("answer", "ZW01", "2026-03-05T09:00", written);
}

TEST_CASE("a delay is explained before the answer; explained in time it lengthens the limit") {
  complaint_walk w = a_complaint();
  w.act("accept", "ZW01", "2026-03-02T10:00");
  w.act("transfer", "ZW01", "2026-03-02T11:00", {{"handler", "县民政局"}});
  complaint_walk in_time = w;
  in_time.act("explain_delay", "MZ01", "2026-03-09T09:00",
              {{"reason", "须现场核查"}, {"more", "2 workdays"}});
  CHECK(to_text(in_time.due(supervision_clock::transfer)) == "2026-03-11");
  CHECK(w.refused("explain_delay", "MZ01", "2026-03-10T09:00",
                  {{"reason", "忘记"}, {"more", "2 workdays"}}) == errc::extension_refused);
  w.act("report", "MZ01", "2026-03-10T09:00", {{"findings", "属实"}, {"document", "报告"}});
  CHECK(w.state.late == std::vector{supervision_clock::transfer});
  const act_fields answer{{"answer", "已更正"}, {"answer_manner", "oral"}};
  CHECK(w.refused("answer", "ZW01", "2026-03-10T10:00", answer) == errc::condition_not_met);
  w.act("explain_delay", "ZW01", "2026-03-10T10:00", {{"reason", "承办人出差"}});
  w.act("answer", "ZW01", "2026-03-10T11:00", answer);
  CHECK(w.state.delays.size() == 1);
}

TEST_CASE("who disagrees is heard again, by somebody else than who reported") {
  complaint_walk w = a_complaint();
  w.office.staff[7].roles = {supervision_role::complaint_clerk, supervision_role::complaint_head};
  w.office.staff.push_back(
      {person_id{"ZW09"}, "", department_id{"政务中心"}, {supervision_role::complaint_head}});
  w.act("accept", "ZW02", "2026-03-02T10:00");
  w.act("take", "ZW02", "2026-03-02T11:00");
  w.act("report", "ZW02", "2026-03-02T12:00", {{"findings", "不属实"}});
  w.act("answer", "ZW01", "2026-03-02T13:00", {{"answer", "x"}, {"answer_manner", "oral"}});
  CHECK(w.refused("object", "ZW01", "2026-03-03T09:00") == errc::missing_reason);
  w.act("object", "ZW01", "2026-03-03T09:00", {{"reason", "处理不公"}});
  CHECK(to_text(w.due(supervision_clock::reexamine)) == "2026-03-10");
  const act_fields again{{"findings", "部分属实"}, {"document", "复查意见"}};
  CHECK(w.refused("report", "ZW02", "2026-03-04T09:00", again) == errc::condition_not_met);
  w.act("report", "ZW09", "2026-03-04T09:00", again);
  CHECK(w.state.phase == complaint_phase::reported);
  CHECK(w.state.findings == "部分属实");
  CHECK(w.state.objections == 1);
}

TEST_CASE("a fault leads to an opinion, a circular and a deduction that scoring can count") {
  complaint_walk w = a_reported_complaint();
  CHECK(!finding_of(w.state));
  CHECK(w.refused("find_fault", "ZW01", "2026-03-05T09:00") == errc::not_permitted);
  CHECK(w.refused("find_fault", "ZW02", "2026-03-05T09:00",
                  {{"fault_kind", "慢作为"}, {"opinion", "批评"}, {"points", "-2"}}) ==
        errc::bad_value);
  CHECK(w.refused("find_fault", "ZW02", "2026-03-05T09:00",
                  {{"fault_kind", "慢作为"}, {"opinion", "批评"}, {"unit", "县林业局"}}) ==
        errc::bad_value);
  w.act("find_fault", "ZW02", "2026-03-05T09:00",
        {{"fault_kind", "慢作为"}, {"opinion", "批评"}, {"points", "1.5"}, {"liable", "MZ01"}});
  const auto f = finding_of(w.state);
  REQUIRE(f.has_value());
  CHECK(f->points == 1.5);
  CHECK(f->unit == department_id{"县民政局"});
  CHECK(f->kind == "slowness");
  CHECK(f->found == at_time("2026-03-05T09:00"));
  REQUIRE(advice_on(w.state).size() == 1);
  CHECK(advice_on(w.state)[0].zh == "查实的投诉,应予通报");
}

TEST_CASE("what was passed down and what is an emergency is reported up before it is filed") {
  act_fields with = entry_with("kind", "passed_down");
  complaint_walk none;
  none.state.id = case_id{"诉-1"};
  CHECK(none.refused("enter", "ZW01", "2026-03-02T09:00", with) == errc::missing_field);
  with.emplace_back("passed_down_by", "市政务办");
  complaint_walk w = a_reported_complaint(with);
  w.act("answer", "ZW01", "2026-03-05T09:00", {{"answer", "x"}, {"answer_manner", "oral"}});
  w.act("conclude", "ZW01", "2026-03-05T10:00");
  CHECK(w.refused("archive", "ZW01", "2026-03-05T11:00", {{"file", "1"}}) ==
        errc::condition_not_met);
  w.act("report_up", "ZW01", "2026-03-05T11:00", {{"recipient", "市政务办"}});
  w.act("archive", "ZW01", "2026-03-05T12:00", {{"file", "1"}});

  const complaint_walk urgent = a_complaint(entry_with("priority", "突发"));
  CHECK(to_text(urgent.due(supervision_clock::accept)) == "2026-03-02"); // the same day
  CHECK(advice_on(urgent.state)[0].zh == "突发事件,应即时处理并上报");
}

TEST_CASE("several units or a repeated complaint need somebody who coordinates") {
  complaint_walk w = a_complaint(entry_with("units", "县民政局+县林业局"));
  CHECK(needs_lead(w.state));
  w.act("accept", "ZW01", "2026-03-02T10:00");
  CHECK(w.refused("transfer", "ZW01", "2026-03-02T11:00", {{"handler", "县民政局"}}) ==
        errc::condition_not_met);
  w.act("coordinate", "ZW02", "2026-03-02T11:00", {{"lead", "县林业局"}});
  w.act("transfer", "ZW01", "2026-03-02T12:00", {{"handler", "县民政局"}});
  w.act("verify", "LY01", "2026-03-02T13:00", {{"verified", "牵头单位已了解"}}); // the lead may
  CHECK(w.refused("find_fault", "ZW02", "2026-03-03T09:00",
                  {{"fault_kind", "delay"}, {"opinion", "x"}}) == errc::no_transition);
  CHECK(a_complaint(entry_with("repeats", "诉-2025-009")).state.repeats == case_id{"诉-2025-009"});
  CHECK(needs_lead(a_complaint(entry_with("repeats", "诉-2025-009")).state));
}

TEST_CASE("the same person about the same unit, or anybody about the same case, is a repetition") {
  const auto one = [](const char* id, const char* received, act_fields more = {}) {
    complaint_walk w;
    w.state.id = case_id{id};
    act_fields with = an_entry();
    for (auto& [name, value] : more) {
      std::erase_if(with, [&, &n = name](const auto& f) { return f.first == n; });
      with.emplace_back(name, value);
    }
    with.emplace_back("received", received);
    w.act("enter", "ZW01", "2026-03-02T09:00", with);
    return w.state;
  };
  const complaint now = one("诉-5", "2026-03-02", {{"case", "LY-1"}});
  const std::vector<complaint> others{
      one("诉-1", "2025-03-01"),                                              // 366 days before
      one("诉-2", "2025-03-02"),                                              // 365
      one("诉-3", "2026-01-01", {{"units", "县林业局"}}),                     // another unit
      one("诉-4", "2026-01-01", {{"complainant", "李四"}, {"contact", "1"}}), // another person
      one("诉-6", "2026-01-01", {{"complainant", "李四"}, {"contact", "1"}, {"case", "LY-1"}}),
      now};
  CHECK(repeated_by(now, others, 365) == std::vector{case_id{"诉-2"}, case_id{"诉-6"}});
  CHECK(repeated_by(now, others, 366).size() == 3);
  const complaint nobody = one("诉-7", "2026-03-02", {{"complainant", ""}, {"contact", ""}});
  CHECK(repeated_by(nobody, others, 365).empty());
}

TEST_CASE("real names come first, emergencies before all, and anonymous ones are handled, too") {
  const auto one = [](const char* id, act_fields with) {
    complaint s = a_complaint(std::move(with)).state;
    s.id = case_id{id};
    return s;
  };
  std::vector<complaint> all{one("3", entry_with("complainant", "")), one("2", an_entry()),
                             one("1", entry_with("priority", "emergency")),
                             one("0", entry_with("priority", "urgent"))};
  std::ranges::sort(all, comes_before);
  CHECK(all[0].id == case_id{"1"});
  CHECK(all[1].id == case_id{"0"});
  CHECK(all[2].id == case_id{"2"});
  act_fields nameless = entry_with("complainant", "");
  std::erase_if(nameless, [](const auto& f) { return f.first == "contact"; });
  complaint_walk w = a_reported_complaint(nameless);
  CHECK(w.refused("answer", "ZW01", "2026-03-05T09:00",
                  {{"answer", "x"}, {"answer_manner", "oral"}}) == errc::condition_not_met);
  w.act("conclude", "ZW01", "2026-03-05T09:00"); // there is nobody to answer
  CHECK(a_reported_complaint().refused("conclude", "ZW01", "2026-03-05T09:00") ==
        errc::condition_not_met);
}

TEST_CASE("who complained is seen by few, and his name is hidden where it was written, too") {
  complaint_walk w = a_reported_complaint(entry_with("confidential", "是"));
  w.act("answer", "ZW01", "2026-03-05T09:00",
        {{"answer", "已向王小明(13900000000)说明"}, {"answer_manner", "oral"}});
  const auto may = [&](const char* who) {
    return may_see_names(w.state, *rights_of(w.office, person_id{who}));
  };
  CHECK(may("ZW03"));
  CHECK(!may("ZW01"));
  CHECK(!may("MZ01"));
  const auto told = [&](const complaint& s) { return to_text(complaint_sheet(w.office, s)); };
  CHECK(told(w.state).find("王小明") != std::string::npos);
  CHECK(told(masked(w.state)).find("王小明") == std::string::npos);
  CHECK(told(masked(w.state)).find("13900000000") == std::string::npos);
  CHECK(masked(w.state).complainant == "(保密)");
  for (const event& e : masked(w.state, w.history)) {
    CHECK(to_json(e).find("王小明") == std::string::npos);
    CHECK(to_json(e).find("1390") == std::string::npos);
  }
  CHECK(w.refused("disclose", "ZW03", "2026-03-05T10:00") == errc::missing_reason);
  CHECK(w.refused("disclose", "ZW02", "2026-03-05T10:00", {{"reason", "好奇"}}) ==
        errc::not_permitted);
  w.act("disclose", "ZW03", "2026-03-05T10:00", {{"reason", "回访"}});
  CHECK(w.state.phase == complaint_phase::answered);
  REQUIRE(w.state.disclosures.size() == 1);
  CHECK(w.state.disclosures[0].who == person_id{"ZW03"});
  const complaint open = a_complaint().state;
  CHECK(may_see_names(open, *rights_of(w.office, person_id{"ZW01"})));
  CHECK(masked(open).complainant == "(实名)");
  CHECK(masked(a_complaint(entry_with("complainant", "")).state).complainant.empty());
}

TEST_CASE("a serious matter should be in writing; that is advice and no condition") {
  act_fields with = an_entry();
  with.emplace_back("serious", "yes");
  complaint_walk w = a_complaint(with);
  REQUIRE(advice_on(w.state).size() == 1);
  CHECK(advice_on(w.state)[0].zh == "涉及重大事项,建议投诉人采用书面形式");
  w.act("accept", "ZW01", "2026-03-02T10:00");
}

TEST_CASE("what is wrong with an entry is said") {
  complaint_walk w;
  w.state.id = case_id{"诉-2026-008"};
  const auto entry = [&](std::string_view name, std::string_view value) {
    return w.refused("enter", "ZW01", "2026-03-02T09:00", entry_with(name, value));
  };
  CHECK(entry("units", "县民政居") == errc::unknown_reference);
  CHECK(entry("units", "县民政局++县林业局") == errc::bad_value);
  CHECK(entry("units", "") == errc::missing_field);
  CHECK(entry("kind", "rudeness") == errc::unknown_value);
  CHECK(entry("received", "2026-03-03") == errc::bad_value);
  CHECK(entry("received", "3月2日") == errc::bad_date);
  CHECK(entry("repeats", "诉-2026-008") == errc::bad_value);
  CHECK(entry("handler", "县民政局") == errc::unknown_field);
  CHECK(w.refused("enter", "MZ01", "2026-03-02T09:00", an_entry()) == errc::not_permitted);
  CHECK(w.refused("accept", "ZW01", "2026-03-02T09:00") == errc::no_transition);
  complaint_walk declined = a_complaint();
  CHECK(declined.refused("decline", "ZW01", "2026-03-02T10:00") == errc::missing_reason);
  declined.act("decline", "ZW01", "2026-03-02T10:00", {{"reason", "不属受理范围"}});
  CHECK(!declined.state.open());
  declined.act("archive", "ZW01", "2026-03-02T11:00", {{"file", "2"}});
}

TEST_CASE("whatever is asked, a complaint stays in its table and is the fold of its history") {
  rc::check("random acts", [] {
    complaint_walk w;
    w.state.id = case_id{"诉-2026-007"};
    instant at = at_time("2026-01-05T09:00");
    std::vector<complaint> stages;
    for (int i = 0; i < 40; ++i) {
      // The acts that lead on are asked more often, or few walks would come far.
      const auto n = *rc::gen::inRange<std::size_t>(0, 2 * complaint_act_count);
      const auto a =
          n < complaint_act_count
              ? static_cast<complaint_act>(n)
              : complaint_rows()[*rc::gen::inRange<std::size_t>(0, complaint_rows().size())].act;
      const auto& who = w.office.staff[*rc::gen::inRange<std::size_t>(0, w.office.staff.size())];
      at += std::chrono::hours{*rc::gen::inRange(0, 60)};
      act_fields with = a == complaint_act::enter ? an_entry() : act_fields{};
      if (a != complaint_act::enter)
        for (const std::string_view name : form_of(a).required)
          with.emplace_back(name, name == "handler" || name == "lead" ? "县民政局"
                                  : name == "answer_manner"           ? "written"
                                  : name == "fault_kind"              ? "other"
                                  : name == "transfer_limit"          ? "3 workdays"
                                                                      : "文字");
      if (a == complaint_act::report) with.emplace_back("document", "报告");
      if (*rc::gen::inRange(0, 3) > 0) with.emplace_back("reason", "理由");
      const auto events = decide(
          w.office, w.state, act_command(w.state.id, to_string(a), at, who.id, with), w.calendar);
      if (!events) continue;
      const complaint_phase before = w.state.phase;
      for (const event& e : *events) {
        RC_ASSERT(parse_event(to_json(e)).value() == e);
        w.history.push_back(e);
        w.state = apply(std::move(w.state), e);
      }
      stages.push_back(w.state);
      RC_ASSERT(std::ranges::any_of(complaint_rows(), [&](const complaint_row& r) {
        return r.from == before && r.act == a && r.to == w.state.phase;
      }));
      RC_ASSERT(to_text(complaint_sheet(w.office, masked(w.state))).find("王小明") ==
                std::string::npos);
    }
    for (std::size_t n = 0; n < stages.size(); ++n)
      RC_ASSERT(replay_complaint(w.state.id, std::span{w.history}.first(n + 1)) == stages[n]);
  });
}
