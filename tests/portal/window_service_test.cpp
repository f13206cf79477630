// What a window does for one person about one matter, stage by stage (F13).
#include <banli/portal/window_service.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// "受理 09-02T08:00..09-02T09:00; 办理 09-02T09:00..".
std::string stages_of(const sample::running_case& c, const consultation* asked = nullptr) {
  const auto store = memory_store();
  keep(*store, c);
  const case_view v = view_case(small_office(), *store, c.state.id).value();
  std::string out;
  for (const stage_span& s : window_stages(v, asked)) {
    const auto when = [](instant t) { return to_text(t).substr(5, 11); };
    out += fmt::format("{} {}..{}; ", label(s.stage), when(s.begun), s.ended ? when(*s.ended) : "");
  }
  return out;
}

sample::running_case fresh(const char* id) {
  sample::running_case c{small_office().definitions.front()};
  c.state.id = case_id{id};
  return c;
}

details saying(const char* reason, const char* document = "") {
  details d;
  d.item = small_office().items.front().code;
  d.reason = reason;
  d.document = document;
  return d;
}

} // namespace

TEST_CASE("a window accepts, handles and feeds back, as far as the case has come (F13)") {
  CHECK(stages_of(case_of(1, "C1", far::applied)) == "受理 09-02T08:00..; ");
  CHECK(stages_of(case_of(1, "C2", far::accepted)) ==
        "受理 09-02T08:00..09-02T09:00; 办理 09-02T09:00..; ");
  CHECK(stages_of(case_of(1, "C3", far::decided)) ==
        "受理 09-02T08:00..09-02T09:00; 办理 09-02T09:00..09-02T15:00; 反馈 09-02T15:00..; ");
  CHECK(stages_of(case_of(1, "C4", far::delivered)) ==
        "受理 09-02T08:00..09-02T09:00; 办理 09-02T09:00..09-02T15:00; "
        "反馈 09-02T15:00..09-02T16:00; ");
}

TEST_CASE("a refusal is fed back by its slip, and what is withdrawn ends where it stands (F13)") {
  sample::running_case refused = case_of(1, "C1", far::applied);
  details no = saying("不属于本机关职权范围", "武民不受〔2024〕3号");
  no.kind = "not_ours";
  refused.did("2024-09-04T09:00", "P1", action::refuse, no);
  CHECK(stages_of(refused) == "受理 09-02T08:00..09-04T09:00; 反馈 09-04T09:00..; ");
  refused.did("2024-09-06T16:00", "P1", action::deliver);
  CHECK(stages_of(refused) == "受理 09-02T08:00..09-04T09:00; 反馈 09-04T09:00..09-06T16:00; ");

  sample::running_case direct = fresh("C2"); // accepted at the counter, without an application
  direct.did("2024-09-02T10:00", "P1", action::accept, saying(""));
  CHECK(stages_of(direct) == "受理 09-02T10:00..09-02T10:00; 办理 09-02T10:00..; ");
  direct.did("2024-09-03T10:00", "P1", action::withdraw, saying("不办了"));
  CHECK(stages_of(direct) == "受理 09-02T10:00..09-02T10:00; 办理 09-02T10:00..09-03T10:00; ");
}

TEST_CASE("a consultation stands before its case and ends with its answer alone (F13)") {
  consultation asked;
  asked.asked = *parse_instant("2024-08-30T10:00");
  CHECK(stages_of(case_of(1, "C1", far::applied), &asked) ==
        "咨询 08-30T10:00..; 受理 09-02T08:00..; ");
  asked.answered = *parse_instant("2024-09-03T11:00");
  CHECK(stages_of(case_of(1, "C2", far::applied), &asked) ==
        "咨询 08-30T10:00..09-03T11:00; 受理 09-02T08:00..; ");
}
