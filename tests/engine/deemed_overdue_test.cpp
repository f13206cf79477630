#include <banli/engine/deemed_overdue.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

details applied_for() {
  details d;
  d.item = item().code;
  d.applicant = "虚构公司";
  return d;
}

std::vector<deemed_overdue> deemed(const running_case& c, const char* now) {
  return *deemed_overdue_at(*c.definition, c.state, c.calendar, at(now));
}

details fault(const char* whose) {
  details d = why("经查");
  d.kind = whose;
  return d;
}

} // namespace

TEST_CASE("an applicant who is not answered in five working days (F17)") {
  running_case c{define()};
  c.did("2024-09-02T09:00", "x", action::apply, applied_for()); // to be answered by 2024-09-09
  CHECK(deemed(c, "2024-09-09T23:59:59").empty());
  CHECK(deemed_overdue_from(*c.definition, c.state, c.calendar, at("2024-09-03")) ==
        at("2024-09-10"));
  CHECK(deemed(c, "2024-09-10") ==
        std::vector<deemed_overdue>{{deemed_reason::no_reply, at("2024-09-10")}});
  SUBCASE("an answer in time is one for ever") {
    c.did("2024-09-09T17:00", "P1", action::accept);
    CHECK(deemed(c, "2024-12-01").empty());
    CHECK_FALSE(deemed_overdue_from(*c.definition, c.state, c.calendar, at("2024-09-10")));
  }
  SUBCASE("an answer too late stays one") {
    c.did("2024-09-10", "P1", action::request_supplement, why("缺章程"));
    CHECK(deemed(c, "2024-12-01").size() == 1);
  }
  SUBCASE("what completes the application must be answered too") {
    c.did("2024-09-03", "P1", action::request_supplement, why("缺章程"));
    CHECK(deemed(c, "2024-09-20").empty());
    c.did("2024-09-20", "P1", action::supplement);
    CHECK(deemed(c, "2024-09-20").empty());
    CHECK(deemed(c, "2024-10-08").size() == 1);
  }
}

TEST_CASE("who refuses with a slip has answered when the slip is delivered (F14, F17, H12)") {
  running_case c{define()};
  c.did("2024-09-02T09:00", "x", action::apply, applied_for()); // to be answered by 2024-09-09
  details no = why("不属于本机关职权");
  no.kind = "not_ours";
  no.document = "武民不受〔2024〕3号";
  c.did("2024-09-04", "P1", action::refuse, no);
  CHECK(deemed(c, "2024-09-09").empty());
  CHECK(deemed_overdue_from(*c.definition, c.state, c.calendar, at("2024-09-05")) ==
        at("2024-09-10"));
  const std::vector<deemed_overdue> unanswered{{deemed_reason::no_reply, at("2024-09-10")}};
  SUBCASE("in time") {
    c.did("2024-09-09T17:00", "P1", action::deliver);
    CHECK(deemed(c, "2024-12-01").empty());
  }
  SUBCASE("too late, or never") {
    CHECK(deemed(c, "2024-09-10") == unanswered);
    c.did("2024-09-11", "P1", action::deliver);
    CHECK(deemed(c, "2024-12-01") == unanswered);
  }
}

TEST_CASE("an extension asked for after the limit (H15)") {
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // due 2024-09-30
  details d = why("情况复杂");
  d.limit = time_limit{10, limit_unit::workday};
  d.authority = "局长";
  c.did("2024-10-08", "P1", action::request_extension, d);
  CHECK(deemed(c, "2024-10-08") ==
        std::vector<deemed_overdue>{{deemed_reason::late_extension, at("2024-10-08")}});
}

TEST_CASE("decided in time and not delivered in it (H15)") {
  running_case c{define()};
  c.accept("2024-09-02T09:00"); // due 2024-09-30
  details d;
  d.result = case_result::granted;
  c.did("2024-09-27", "P3", action::decide, d);
  CHECK(deemed(c, "2024-09-30").empty());
  CHECK(deemed(c, "2024-10-01") ==
        std::vector<deemed_overdue>{{deemed_reason::not_delivered, at("2024-10-01")}});
  running_case late{define()};
  late.accept("2024-09-02T09:00");
  late.did("2024-10-08", "P3", action::decide, d);
  CHECK(deemed(late, "2024-10-20").empty()); // decided too late is plainly overdue
}

TEST_CASE("a refusal without proper reason, found by people (F16, H14)") {
  running_case c{define()};
  details no = why("不予受理");
  no.item = item().code;
  c.did("2024-09-02T09:00", "P1", action::refuse, no);
  CHECK(deemed(c, "2024-09-03").empty());
  CHECK_FALSE(own_fault(c.state).has_value());
  c.did("2024-09-10", "P3", action::attribute_fault, fault("applicant"));
  CHECK(own_fault(c.state) == false);
  CHECK(deemed(c, "2024-09-11").empty());
  c.did("2024-09-12", "P3", action::attribute_fault, fault("own"));
  CHECK(
      deemed(c, "2024-09-13") ==
      std::vector<deemed_overdue>{{deemed_reason::refused_without_reason, at("2024-09-02T09:00")}});
  CHECK(c.ask("2024-09-13", "P3", action::attribute_fault, fault("天气")) == errc::unknown_value);
}
