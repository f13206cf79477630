// Orders: rights, limits over holidays, climbing, the form, and that history is the state.
#include <banli/supervision/supervision_order.hpp>

#include <algorithm>

#include <rapidcheck.h>

#include "supervising_county.hpp"

using namespace supervising;

namespace {

using order_walk = walk<supervision_order>;

/// The unit answers, and the answer is accepted.
order_walk an_accepted_order() {
  order_walk w = an_issued_order();
  w.act("签收", "MZ01", "2026-02-11T15:00");
  w.act("handle", "MZ01", "2026-02-12T09:00", {{"handling", "正在核查"}});
  w.act("feed_back", "MZ01", "2026-02-13T09:00", {{"reply", "已办结并道歉"}});
  w.act("accept_reply", "JC01", "2026-02-14T09:00");
  return w;
}

} // namespace

TEST_CASE("an order goes from its initiation to its end, and its record says so") {
  order_walk w = an_accepted_order();
  w.act("close", "JC01", "2026-02-14T10:00",
        {{"outcome", "已整改"},
         {"fault", "是"},
         {"fault_kind", "违反承诺"},
         {"liable", "MZ01"},
         {"sanction", "批评诫勉"}});
  const supervision_order& s = w.state;
  CHECK(s.phase == order_phase::closed);
  CHECK(s.supervisor == department_id{"县监察局"});
  CHECK(s.officer == person_id{"JC01"});
  CHECK(s.reviewer == person_id{"JC02"});
  CHECK(s.signer == person_id{"MZ01"});
  CHECK(s.begun == at_time("2026-02-11T09:00"));
  CHECK(s.ended == at_time("2026-02-14T10:00"));
  CHECK(s.clocks.empty());
  CHECK(s.late.empty());
  CHECK(!s.open());
  const auto f = finding_of(s);
  REQUIRE(f.has_value());
  CHECK(f->kind == "broken_promise");
  CHECK(f->step == sanction::criticism);
  CHECK(f->unit == department_id{"县民政局"});

  const record_sheet sheet = order_sheet(w.office, s);
  const auto value = [&](std::string_view heading) {
    for (const auto& [h, v] : sheet.rows)
      if (h == heading) return v;
    return std::string{"?"};
  };
  CHECK(value("监察部门") == "武山县监察局");
  CHECK(value("被督办单位") == "武山县民政局");
  CHECK(value("事项名称") == "低保审批");
  CHECK(value("事项编码") == "620524MZ001");
  CHECK(value("监察监控人员") == "JC01");
  CHECK(value("督办发起时间") == "2026-02-11 09:00");
  CHECK(value("结束时间") == "2026-02-14 10:00");
  CHECK(value("状态") == "已办结");
  CHECK(value("督办结果") == "已整改");
  CHECK(value("过错类型") == "违反承诺");
  CHECK(to_text(sheet).starts_with("电子督办单\n督办单编号:督-2026-001\n"));
  CHECK(to_text(sheet).find("命中") == std::string::npos); // what is empty is left out
}

TEST_CASE("each step is for its role, of its office or unit, and nobody judges himself") {
  order_walk w = an_order();
  CHECK(w.refused("approve", "MZ01", "2026-02-11T10:00") == errc::not_permitted);
  CHECK(w.refused("approve", "JC01", "2026-02-11T10:00") == errc::condition_not_met);
  CHECK(w.refused("send_back", "JC02", "2026-02-11T10:00") == errc::missing_reason);
  CHECK(w.refused("issue", "JC03", "2026-02-11T10:00") == errc::no_transition);
  CHECK(w.refused("approve", "JC0", "2026-02-11T10:00") == errc::not_authorised);
  w = an_issued_order();
  CHECK(w.refused("sign_for", "LY01", "2026-02-11T12:00") == errc::not_permitted);
  CHECK(w.refused("remind", "SJ01", "2026-02-11T12:00") == errc::not_permitted);
  const order_walk empty;
  const auto other = decide(empty.office, empty.state,
                            act_command(case_id{"督-1"}, "initiate", at_time("2026-02-11"),
                                        person_id{"JC01"}, {{"supervisor", "市监察局"}}),
                            empty.calendar);
  CHECK(other.error().code == errc::not_permitted);
}

TEST_CASE("what is wrong with an act is said, with what was meant") {
  const order_walk w = an_order();
  const auto why = [&](std::string_view act, act_fields with, std::string_view who = "JC02") {
    const auto r = w.ask(act, who, "2026-02-11T10:00", std::move(with));
    REQUIRE(!r.has_value());
    return r.error();
  };
  CHECK(why("aprove", {}).message.en.find("did you mean 'approve'?") != std::string::npos);
  CHECK(why("approve", {{"outcome", "x"}}).code == errc::unknown_field);
  order_walk fresh;
  fresh.state.id = case_id{"督-2026-009"};
  const act_fields good{{"unit", "县民政局"}, {"matter", "x"}, {"demand", "y"}};
  const auto initiate = [&](std::string_view name, std::string_view value) {
    act_fields with = good;
    std::erase_if(with, [&](const auto& f) { return f.first == name; });
    with.emplace_back(name, value);
    const auto r = fresh.ask("initiate", "JC01", "2026-02-11T10:00", with);
    return r ? errc::bad_yaml : r.error().code; // bad_yaml: nothing was wrong
  };
  CHECK(initiate("matter", "z") == errc::bad_yaml);
  CHECK(initiate("matter", "") == errc::missing_field);
  CHECK(initiate("mater", "z") == errc::unknown_field);
  CHECK(initiate("unit", "县民政居") == errc::unknown_reference);
  CHECK(initiate("raised", "昨天") == errc::bad_date);
  CHECK(initiate("raised", "2026-02-12T10:00") == errc::bad_value);
  CHECK(initiate("close_limit", "soon") == errc::bad_limit);
  CHECK(initiate("rule", "two\nlines") == errc::bad_value);
  CHECK(initiate("matter", std::string(10'001, 'x')) == errc::limit_exceeded);
  CHECK(initiate("matter", "\xff") == errc::bad_utf8);
  act_fields twice = good;
  twice.emplace_back("matter", "z");
  CHECK(fresh.refused("initiate", "JC01", "2026-02-11T10:00", twice) == errc::duplicate_key);
  CHECK(w.refused("approve", "JC02", "2026-02-10T10:00") == errc::time_backwards);
  command c = act_command(w.state.id, "approve", at_time("2026-02-11T10:00"), person_id{"JC02"});
  c.what = action::deliver;
  c.where = {"acts.csv", 7, 2};
  const auto wrong = decide(w.office, w.state, c, w.calendar);
  CHECK(wrong.error().code == errc::unknown_command);
  CHECK(wrong.error().where.line == 7);
}

TEST_CASE("a fault has a kind, and no fault has none") {
  const order_walk w = an_accepted_order();
  const auto close = [&](act_fields with) {
    with.emplace_back("outcome", "已核实");
    return w.refused("close", "JC01", "2026-02-14T10:00", std::move(with));
  };
  CHECK(close({}) == errc::missing_field);
  CHECK(close({{"fault", "yes"}}) == errc::missing_field);
  CHECK(close({{"fault", "no"}, {"fault_kind", "delay"}}) == errc::unknown_value);
  CHECK(close({{"fault", "no"}, {"fault_kind", "slowness"}}) == errc::bad_value);
  CHECK(close({{"fault", "maybe"}}) == errc::bad_value);
  order_walk clean = w;
  clean.act("close", "JC01", "2026-02-14T10:00", {{"outcome", "属实理由充分"}, {"fault", "no"}});
  CHECK(!finding_of(clean.state));
  CHECK(clean.state.fault == fault_verdict::none);
}

TEST_CASE("limits are working days: the spring festival is passed over, with its reasons") {
  const order_walk w = an_issued_order();
  // 2026-02-14 is a make-up Saturday; the office is shut from the 15th through the 23rd.
  CHECK(to_text(w.due(supervision_clock::sign_for)) == "2026-02-12");
  CHECK(to_text(w.due(supervision_clock::reply)) == "2026-02-25");
  const auto dues = dues_of(w.state.clocks, w.calendar);
  REQUIRE(dues.has_value());
  CHECK(dues->front().kind == supervision_clock::sign_for);
  CHECK(!dues->front().missed(at_time("2026-02-12T23:59:59")));
  CHECK(dues->front().missed(at_time("2026-02-13")));
  std::string why;
  for (const running_clock& k : w.state.clocks)
    if (k.kind == supervision_clock::reply) why = to_text(*explain(k, w.calendar), language::zh);
  CHECK(why.find("春节") != std::string::npos);
  CHECK(why.find("2026-02-25") != std::string::npos);
}

TEST_CASE("limits in force are in the events: a changed office does not reach back") {
  order_walk w = an_issued_order();
  w.office.limits[static_cast<std::size_t>(supervision_clock::reply)] = {1, limit_unit::workday};
  CHECK(to_text(w.due(supervision_clock::reply)) == "2026-02-25");
  CHECK(field_of(w.history.back().with, "reply_limit") == "5 workdays");
  w = an_order();
  w.act("approve", "JC02", "2026-02-11T10:00");
  w.act("issue", "JC03", "2026-02-11T11:00", {{"reply_limit", "3个工作日"}});
  CHECK(to_text(w.due(supervision_clock::reply)) == "2026-02-14");
}

TEST_CASE("an extension is asked for before the limit runs out, and lengthens it") {
  order_walk w = an_issued_order();
  CHECK(w.refused("extend", "JC02", "2026-02-25T09:00", {{"more", "3 workdays"}}) ==
        errc::missing_reason);
  CHECK(w.refused("extend", "JC02", "2026-02-26T09:00",
                  {{"more", "3 workdays"}, {"reason", "须现场核查"}}) == errc::extension_refused);
  w.act("extend", "JC02", "2026-02-25T09:00", {{"more", "3 workdays"}, {"reason", "须现场核查"}});
  CHECK(to_text(w.due(supervision_clock::reply)) == "2026-02-28");
  CHECK(w.state.clocks == replay_order(w.state.id, w.history).clocks);
}

TEST_CASE("a reply that is returned starts the limit anew") {
  order_walk w = an_issued_order();
  w.act("sign_for", "MZ01", "2026-02-11T15:00");
  w.act("handle", "MZ01", "2026-02-12T09:00", {{"handling", "核查"}});
  w.act("feed_back", "MZ01", "2026-02-12T10:00", {{"reply", "情况不明"}});
  CHECK(w.refused("return_reply", "JC01", "2026-02-12T11:00") == errc::missing_reason);
  w.act("return_reply", "JC01", "2026-03-02T11:00", {{"reason", "未说明原因"}});
  CHECK(w.state.phase == order_phase::in_hand);
  CHECK(w.state.returns == 1);
  CHECK(to_text(w.due(supervision_clock::reply)) == "2026-03-09");
  CHECK(w.state.late == std::vector{supervision_clock::judge}); // two working days were missed
}

TEST_CASE("a missed limit climbs to the office above, level by level, and begins anew") {
  order_walk w = an_issued_order();
  w.act("sign_for", "MZ01", "2026-02-11T15:00");
  const person_id monitor{"SJ01"};
  const auto in_time =
      after_limit(w.office, w.state, w.calendar, at_time("2026-02-25T23:00"), monitor);
  CHECK(!*in_time);
  CHECK(w.refused("escalate", "SJ01", "2026-02-25T09:00") == errc::condition_not_met);
  const auto c = after_limit(w.office, w.state, w.calendar, at_time("2026-02-26"), monitor);
  REQUIRE(c->has_value());
  const auto events = decide(w.office, w.state, **c, w.calendar);
  REQUIRE(events.has_value());
  w.state = apply(std::move(w.state), events->front());
  CHECK(w.state.level == 2);
  CHECK(w.state.supervisor == department_id{"市监察局"});
  REQUIRE(w.state.escalations.size() == 1);
  CHECK(w.state.escalations[0].missed == std::vector{supervision_clock::reply});
  CHECK(w.state.escalations[0].from == department_id{"县监察局"});
  CHECK(to_text(w.due(supervision_clock::reply)) == "2026-03-04"); // five more
  CHECK(w.refused("escalate", "SJ01", "2026-03-04T09:00") == errc::condition_not_met);
  // The next misses it again; above the province there is nobody.
  w.act("escalate", "SJ01", "2026-03-05T09:00", {{"reply_limit", "2 workdays"}});
  CHECK(w.state.supervisor == department_id{"省监察厅"});
  CHECK(w.state.level == 3);
  CHECK(!*after_limit(w.office, w.state, w.calendar, at_time("2026-03-20"), monitor));
}

TEST_CASE("an order about a hit counts from the hit, and answers it once it is issued") {
  hit h;
  h.rule = rule_id{"A004"};
  h.id = case_id{"LY-17"};
  h.level = level::alarm;
  h.raised = at_time("2026-03-02T00:00");
  h.message = {"late", "办件超时"};
  act_fields with = fields_of(h);
  with.insert(with.end(), {{"unit", "县林业局"}, {"demand", "说明原因"}});
  order_walk w;
  w.state.id = case_id{"督-2026-002"};
  w.act("initiate", "JC01", "2026-03-04T09:00", with);
  CHECK(w.state.matter == "办件超时");
  CHECK(to_text(w.due(supervision_clock::issue)) == "2026-03-09");  // 5 working days from the hit
  CHECK(to_text(w.due(supervision_clock::close)) == "2026-03-30");  // 20
  CHECK(to_text(w.due(supervision_clock::review)) == "2026-03-05"); // from the order
  CHECK(!answers(w.state, h));
  w.act("approve", "JC02", "2026-03-10T09:00");
  CHECK(w.state.late == std::vector{supervision_clock::review});
  w.act("issue", "JC03", "2026-03-10T10:00");
  CHECK(w.state.late.back() == supervision_clock::issue);
  CHECK(answers(w.state, h));
  h.raised += days{1};
  CHECK(!answers(w.state, h));
}

namespace {

/// An alarm of the 9th of February 2026, a Monday.
hit an_alarm(const char* id = "C1", const char* step = "") {
  hit h;
  h.rule = rule_id{"A004"};
  h.id = case_id{id};
  h.step = node_id{step};
  h.level = level::alarm;
  h.raised = at_time("2026-02-09T00:00");
  h.message = {"overdue", "办件超时"};
  return h;
}

/// An order begun for a hit, and issued if an instant is given.
supervision_order an_answer(const hit& h, const char* number, const char* issued = "") {
  supervision_order s;
  s.id = case_id{number};
  s.phase = *issued != '\0' ? order_phase::issued : order_phase::initiated;
  s.supervisor = department_id{"县监察局"};
  s.unit = department_id{"县民政局"};
  s.of = h.id;
  s.rule = h.rule;
  s.step = h.step;
  s.raised = h.raised;
  if (*issued != '\0') s.issued = at_time(issued);
  return s;
}

} // namespace

TEST_CASE("an order ends the hit it was issued for, and no other (督办即摘牌)") {
  struct answer_row {
    const char* what;
    const char* issued;
    const char* ended; // of the hit, before; empty: it is open
    hit_end expected;
  };
  const std::vector<answer_row> table{
      {"issued while it is open", "2026-02-11T11:00", "", hit_end::answered},
      {"issued before it ended", "2026-02-11T11:00", "2026-02-12", hit_end::answered},
      {"issued at the instant at which it ended", "2026-02-12", "2026-02-12", hit_end::cleared},
      {"issued after it ended", "2026-02-13", "2026-02-12", hit_end::cleared},
      {"begun and not issued", "", "", hit_end::open}};
  for (const answer_row& row : table) {
    CAPTURE(row.what);
    hit h = an_alarm();
    if (*row.ended != '\0') {
      h.end = hit_end::cleared;
      h.ended = at_time(row.ended);
    }
    std::vector<hit> hits{h};
    answer_hits(hits, std::vector{an_answer(h, "督-1", row.issued)});
    CHECK(hits[0].end == row.expected);
    CHECK((hits[0].order == "督-1") == (row.expected == hit_end::answered));
    if (row.expected == hit_end::answered) CHECK(hits[0].ended == at_time(row.issued));
  }
  // Another case, step, rule or instant is another hit.
  std::vector<hit> others{an_alarm("C2"), an_alarm("C1", "审查"), an_alarm(), an_alarm()};
  others[2].rule = rule_id{"A003"};
  others[3].raised += std::chrono::hours{1};
  answer_hits(others, std::vector{an_answer(an_alarm(), "督-1", "2026-02-11")});
  for (const hit& h : others) CHECK(h.end == hit_end::open);
  // Of two orders the first counts, whatever their order in the list.
  std::vector<hit> twice{an_alarm()};
  answer_hits(twice, std::vector{an_answer(an_alarm(), "督-2", "2026-02-12"),
                                 an_answer(an_alarm(), "督-1", "2026-02-11")});
  CHECK(twice[0].order == "督-1");
  CHECK(orders_by_case(std::vector{an_answer(an_alarm(), "督-1"), supervision_order{}}).size() ==
        1);
}

TEST_CASE("an alarm wants an order within five working days (B001 未及时发起督办)") {
  const workday_calendar calendar = cn();
  const supervision_office office = county();
  // Five working days after the 9th: the 10th to the 14th, which is worked for the holiday.
  const auto missing = [&](std::vector<hit> hits, std::vector<supervision_order> orders,
                           const char* at) {
    return unanswered_alarms(office, hits, orders, calendar, at_time(at)).value();
  };
  CHECK(missing({an_alarm()}, {}, "2026-02-14T23:59:59").empty());
  const auto late = missing({an_alarm()}, {}, "2026-02-15");
  REQUIRE(late.size() == 1);
  CHECK(late[0].due == at_time("2026-02-15"));
  CHECK(late[0].order.empty());
  const auto begun = missing({an_alarm()}, {an_answer(an_alarm(), "督-1")}, "2026-02-15");
  REQUIRE(begun.size() == 1);
  CHECK(begun[0].order == case_id{"督-1"});
  CHECK(begun[0].above == department_id{"市监察局"});
  CHECK(missing({an_alarm()}, {an_answer(an_alarm(), "督-1", "2026-02-20")}, "2026-02-20").empty());
  CHECK(missing({an_alarm()}, {an_answer(an_alarm(), "督-1", "2026-02-21")}, "2026-02-20").size() ==
        1);
  // What has ended, a warning, and what a rule on trial found want none.
  std::vector<hit> quiet{an_alarm(), an_alarm(), an_alarm()};
  quiet[0].ended = at_time("2026-02-20");
  quiet[0].end = hit_end::cleared;
  quiet[1].level = level::warning;
  quiet[2].stage = rule_stage::trial;
  CHECK(missing(quiet, {}, "2026-02-20").empty());
  CHECK(missing(quiet, {}, "2026-02-19").size() == 1); // the first was open then
  std::vector<hit> order{an_alarm("C2"), an_alarm("C1")};
  order[0].raised -= days{3};
  CHECK(missing(order, {}, "2026-03-01")[0].found.id == case_id{"C2"});
}

TEST_CASE("the third broken promise and every later one leads to transfer from the post") {
  CHECK(sanction_step(0) == sanction::none);
  CHECK(sanction_step(1) == sanction::criticism);
  CHECK(sanction_step(2) == sanction::circular);
  CHECK(sanction_step(3) == sanction::transfer);
  CHECK(sanction_step(9) == sanction::transfer);
  CHECK(*parse_sanction("通报批评") == sanction::circular);
  CHECK(label(sanction::transfer) == "调离岗位");
}

TEST_CASE("whatever is asked, an order stays in its table and is the fold of its history") {
  rc::check("random acts", [] {
    order_walk w;
    w.state.id = case_id{"督-2026-007"};
    instant at = at_time("2026-01-05T09:00");
    std::vector<supervision_order> stages;
    for (int i = 0; i < 40; ++i) {
      const auto a = static_cast<order_act>(*rc::gen::inRange<std::size_t>(0, order_act_count));
      const auto& who = w.office.staff[*rc::gen::inRange<std::size_t>(0, w.office.staff.size())];
      at += std::chrono::hours{*rc::gen::inRange(0, 60)};
      act_fields with;
      for (const std::string_view name : form_of(a).required)
        with.emplace_back(name, name == "unit"    ? "县民政局"
                                : name == "fault" ? "no"
                                : name == "more"  ? "2 workdays"
                                                  : "文字");
      if (*rc::gen::inRange(0, 2) == 0) with.emplace_back("reason", "理由");
      const auto events = decide(
          w.office, w.state, act_command(w.state.id, to_string(a), at, who.id, with), w.calendar);
      if (!events) continue;
      const order_phase before = w.state.phase;
      for (const event& e : *events) {
        RC_ASSERT(parse_event(to_json(e)).value() == e); // as it is kept
        w.history.push_back(e);
        w.state = apply(std::move(w.state), e);
      }
      stages.push_back(w.state);
      RC_ASSERT(std::ranges::any_of(order_rows(), [&](const order_row& r) {
        return r.from == before && r.act == a && r.to == w.state.phase;
      }));
      RC_ASSERT(w.state.open() ==
                (w.state.phase != order_phase::closed && w.state.phase != order_phase::withdrawn));
      RC_ASSERT(w.state.open() || w.state.clocks.empty());
      RC_ASSERT(w.state.level == static_cast<int>(w.state.escalations.size()) + 1);
    }
    for (std::size_t n = 0; n < stages.size(); ++n)
      RC_ASSERT(replay_order(w.state.id, std::span{w.history}.first(n + 1)) == stages[n]);
    if (!stages.empty()) RC_ASSERT(replay_order(w.state.id, w.history, w.state.last) == w.state);
  });
}
