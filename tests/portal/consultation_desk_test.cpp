#include <banli/portal/consultation_desk.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

consultation question_about(const char* title, const char* words) {
  consultation c;
  c.number = "ZX-1";
  c.title = title;
  c.words = words;
  c.asked = *parse_instant("2024-09-29T10:00"); // a working Sunday; the holidays follow
  return c;
}

} // namespace

TEST_CASE("a question goes to the department that is competent for what it is about") {
  const service_column column{small_office().items, small_office().people};
  const column_search search{column};
  const consultation_rules rules{.reception = department_id{"总台"}};
  const auto go = [&](const consultation& c) { return route(c, column, search, rules); };

  CHECK(go(question_about("社会团体登记", "怎么办?")).value() ==
        routing{department_id{"民政局"}, routed_by::words, item_id{"62052400MZ-XK-0001"}});
  CHECK(go(question_about("您好", "消防验收要备案吗")).value().to == department_id{"消防"});
  CHECK(go(question_about("您好", "天气真好")).value() ==
        routing{department_id{"总台"}, routed_by::reception, {}});

  consultation addressed = question_about("社会团体登记", "怎么办?");
  addressed.unit = department_id{"消防"};
  CHECK(go(addressed).value() == routing{department_id{"消防"}, routed_by::unit, {}});
  addressed.item =
      item_id{"62052400MZ-XK-0001"}; // an item's department is competent, whoever is asked
  CHECK(go(addressed).value().to == department_id{"民政局"});
  consultation mistyped = question_about("社会团体登记", "怎么办?");
  mistyped.unit = department_id{"民证局"};
  const auto lost = go(mistyped);
  CHECK(refused(lost) == errc::unknown_reference);
  CHECK(lost.error().message.zh.find("民政局") != std::string::npos);
  addressed.item = item_id{"nothing"};
  CHECK(refused(go(addressed)) == errc::unknown_item);
  CHECK(refused(route(question_about("您好", "天气真好"), column, search, {})) ==
        errc::unknown_reference);
  CHECK(label(routed_by::words) == "咨询内容");
  CHECK(to_string(routed_by::reception) == "reception");
}

TEST_CASE("a reply has five working days, over holidays") {
  const workday_calendar calendar = cn();
  consultation c = question_about("x", "x");
  const auto at = [&](const char* now) {
    return reply_clock_of(c, calendar, {}, *parse_instant(now)).value();
  };
  CHECK(at("2024-09-30T08:00").due == *parse_day("2024-10-11"));
  CHECK(at("2024-10-11T23:59:59").standing == reply_standing::open);
  CHECK(at("2024-10-12T00:00").standing == reply_standing::overdue);
  c.answer = "要";
  c.answered = *parse_instant("2024-10-11T17:00");
  CHECK(at("2025-01-01T00:00").standing == reply_standing::in_time);
  c.answered = *parse_instant("2024-10-12T00:00");
  CHECK(at("2025-01-01T00:00").standing == reply_standing::late);
  CHECK(label(reply_standing::late) == "逾期答复");
  CHECK(to_string(reply_standing::in_time) == "in_time");
  CHECK(reply_clock_of(c, calendar, {.reply = {1, limit_unit::workday}}, c.asked)->due ==
        *parse_day("2024-09-30"));
}
