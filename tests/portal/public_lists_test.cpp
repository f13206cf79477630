#include <banli/portal/public_lists.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

TEST_CASE("results of licences are for everybody, the latest first, without names") {
  const auto store = memory_store();
  keep(*store, case_of(1, "C1", far::delivered, "03"));
  keep(*store, case_of(2, "C2", far::delivered, "05"));
  keep(*store, case_of(3, "C3", far::decided));
  const service_column column{small_office().items, small_office().people};
  const item_id item{"62052400MZ-XK-0001"};
  const auto all = publicised_results(small_office(), *store, column, item);
  REQUIRE(all.has_value());
  REQUIRE(all->size() == 2);
  CHECK((*all)[0].number == case_id{"C2"});
  CHECK((*all)[0].outcome == "准予");
  CHECK((*all)[1].ended == *parse_instant("2024-09-03T16:00"));
  const std::string page = to_markdown(results_table(*all));
  CHECK(page.find(planted_name(1)) == std::string::npos);
  CHECK(page.find("共2件") != std::string::npos);
  CHECK(to_csv(results_table(*all)).starts_with("办件编号,办件名称,办理结果,办结时间\r\n"));
  CHECK(refused(publicised_results(small_office(), *store, column,
                                   item_id{"62052400XF-QR-0002"})) == errc::not_permitted);
  CHECK(refused(publicised_results(small_office(), *store, column, item_id{"x"})) ==
        errc::unknown_item);
}

TEST_CASE("overdue is who has passed his promised limit, open or ended since a day") {
  const auto store = memory_store();
  keep(*store, case_of(1, "C1", far::accepted)); // 20 working days from 2024-09-02
  keep(*store, case_of(2, "C2", far::accepted, "06"));
  keep(*store, case_of(3, "C3")); // ended in time
  keep(*store, case_of(4, "C4", far::applied));
  const auto at = [&](const char* now, std::optional<day> since = {}) {
    return overdue_cases(small_office(), *store, *parse_instant(now), since).value();
  };
  CHECK(at("2024-09-30T23:59:59").empty());
  const auto late = at("2024-10-12T00:00");
  REQUIRE(late.size() == 2);
  CHECK(late[0].number == case_id{"C1"}); // the latest first
  CHECK(late[0].due == *parse_day("2024-09-30"));
  CHECK(late[0].days_late == 12);
  CHECK(late[0].steps == std::vector<std::string>{"受理"});
  CHECK(late[1].due == *parse_day("2024-10-11"));
  CHECK(late[1].days_late == 1);
  CHECK(to_csv(overdue_table(late)).find("C1,社会团体成立登记,民政局,受理,2024-09-30,12,\r\n") !=
        std::string::npos);
  // One that ended late is shown from a day on, if that is asked for.
  sample::running_case slow = case_of(6, "C6", far::accepted);
  slow.did("2024-10-21T09:00", "P1", action::complete, sample::of_step("受理"));
  slow.did("2024-10-21T10:00", "P2", action::complete, sample::of_step("审查", "通过"));
  slow.did("2024-10-21T11:00", "P3", action::complete, sample::of_step("决定"));
  details granted;
  granted.result = case_result::granted;
  slow.did("2024-10-21T12:00", "P3", action::decide, granted);
  slow.did("2024-10-21T13:00", "P1", action::deliver);
  keep(*store, slow);
  CHECK(at("2024-11-01T00:00").size() == 2);
  const auto with_ended = at("2024-11-01T00:00", *parse_day("2024-10-21"));
  REQUIRE(with_ended.size() == 3);
  CHECK(with_ended[2].number == case_id{"C6"});
  CHECK(with_ended[2].days_late == 21);
  CHECK(with_ended[2].steps.empty());
  CHECK(at("2024-11-01T00:00", *parse_day("2024-10-22")).size() == 2);
  sample::running_case c = case_of(5, "C5", far::accepted);
  c.did("2024-10-20T09:00", "P1", action::withdraw, sample::why("不办了"));
  keep(*store, c);
  CHECK(at("2024-11-01T00:00").size() == 2);
}

TEST_CASE("a complainant is masked, and not there at all where he asked for secrecy") {
  complaint_record c;
  c.complainant = "张三丰";
  c.matter = "张三丰反映窗口拖延,电话13800001234";
  c.reply = "已向张三丰答复";
  const complaint_record open = shown(c);
  CHECK(open.complainant == "张**");
  CHECK(open.matter == "张**反映窗口拖延,电话138****1234");
  CHECK(open.reply == "已向张**答复");
  c.confidential = true;
  CHECK(shown(c).complainant == "");
  CHECK(shown(c).reply == "已向张**答复");
  CHECK(shown(c, personal_right::granted) == c);
}
