// A county that supervises: three offices one above the other, a unit each, and calendars of tests.
#pragma once

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/supervision/complaint.hpp>
#include <banli/supervision/supervision_order.hpp>
#include <banli/time/text.hpp>

namespace supervising {

using namespace banli;

inline supervision_office county() {
  supervision_office o = county_supervision();
  o.name = "武山县";
  o.offices = {{department_id{"县监察局"}, "武山县监察局", department_id{"市监察局"}},
               {department_id{"市监察局"}, "天水市监察局", department_id{"省监察厅"}},
               {department_id{"省监察厅"}, "甘肃省监察厅"},
               {department_id{"县民政局"}, "武山县民政局"},
               {department_id{"县林业局"}, "武山县林业局"},
               {department_id{"政务中心"}, "武山县政务服务中心"}};
  const auto person = [](const char* id, const char* office, supervision_role r) {
    return supervision_person{person_id{id}, id, department_id{office}, {r}};
  };
  using enum supervision_role;
  o.staff = {person("JC01", "县监察局", monitor),
             person("JC02", "县监察局", reviewer),
             person("JC03", "县监察局", issuer),
             person("SJ01", "市监察局", monitor),
             person("MZ01", "县民政局", unit),
             person("LY01", "县林业局", unit),
             person("ZW01", "政务中心", complaint_clerk),
             person("ZW02", "政务中心", complaint_head),
             person("ZW03", "政务中心", name_keeper)};
  o.staff[0].roles.push_back(reviewer); // who may do both may still not judge himself
  return o;
}

inline instant at_time(std::string_view s) { return *parse_instant(s); }

/// An order or a complaint on which acts are done; what is refused leaves it as it was.
template <class State>
struct walk {
  supervision_office office = county();
  workday_calendar calendar = cn();
  State state;
  std::vector<event> history;

  result<std::vector<event>> ask(std::string_view act, std::string_view who, std::string_view when,
                                 act_fields with = {}) const {
    return decide(office, state,
                  act_command(state.id, act, at_time(when), person_id{who}, std::move(with)),
                  calendar);
  }
  /// Does an act that must be good.
  void act(std::string_view act, std::string_view who, std::string_view when,
           act_fields with = {}) {
    const auto events = ask(act, who, when, std::move(with));
    INFO(act << " by " << who);
    if (!events) FAIL(to_string(events.error(), language::en));
    for (const event& e : *events) {
      state = apply(std::move(state), e);
      history.push_back(e);
    }
  }
  /// The code with which an act is refused.
  errc refused(std::string_view act, std::string_view who, std::string_view when,
               act_fields with = {}) const {
    const auto events = ask(act, who, when, std::move(with));
    INFO(act << " by " << who);
    REQUIRE(!events.has_value());
    CHECK(!events.error().message.zh.empty());
    return events.error().code;
  }
  day due(supervision_clock kind) const {
    for (const running_clock& k : state.clocks)
      if (k.kind == kind) return *due_of(k, calendar)->due;
    FAIL("no clock " << to_string(kind));
    return {};
  }
};

/// An order of 2026-02-11 (Wednesday; the holiday runs from the 15th through the 23rd), up to the
/// phase in which the unit has it.
inline walk<supervision_order> an_order() {
  walk<supervision_order> w;
  w.state.id = case_id{"督-2026-001"};
  w.act("initiate", "JC01", "2026-02-11T09:00",
        {{"unit", "县民政局"},
         {"item_name", "低保审批"},
         {"item", "620524MZ001"},
         {"matter", "办件超时"},
         {"demand", "说明原因并整改"}});
  return w;
}

inline walk<supervision_order> an_issued_order() {
  walk<supervision_order> w = an_order();
  w.act("approve", "JC02", "2026-02-11T10:00");
  w.act("issue", "JC03", "2026-02-11T11:00");
  return w;
}

inline act_fields an_entry() {
  return {{"channel", "phone"},      {"kind", "delay"},      {"manner", "oral"},
          {"units", "县民政局"},     {"matter", "推诿拖延"}, {"complainant", "王小明"},
          {"contact", "13900000000"}};
}

inline walk<complaint> a_complaint(act_fields with = an_entry()) {
  walk<complaint> w;
  w.state.id = case_id{"诉-2026-001"};
  w.act("enter", "ZW01", "2026-03-02T09:00", std::move(with));
  return w;
}

} // namespace supervising
