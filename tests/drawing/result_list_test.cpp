// Lists of results for screens (M37).
#include <banli/drawing/result_list.hpp>

#include <map>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/time/text.hpp>

using namespace banli;

namespace {

const day may_1 = to_day(std::chrono::year{2025} / 5 / 1);

result_record finished(int n, int hour) {
  result_record r;
  r.of = case_id{"c" + std::to_string(n)};
  r.name = "个体工商户登记" + std::to_string(n);
  r.ended = instant{may_1} + std::chrono::hours{hour};
  r.outcome = "准予";
  return r;
}

} // namespace

TEST_CASE("results of a period are a page and a table, without numbers of cases (M37)") {
  std::vector<result_record> all{finished(1, 9), finished(2, 34), finished(3, 24 * 31)};
  all[1].name = "=cmd|A1";
  const result_list l = list_results(all, {may_1, may_1 + days{31}, "武山县民政局"});
  CHECK(to_csv(l) == "办件名称,办结时间,办理结果\r\n"
                     "'=cmd|A1,2025-05-02 10:00,准予\r\n"
                     "个体工商户登记1,2025-05-01 09:00,准予\r\n");
  CHECK(to_markdown(l) == "# 武山县民政局办理结果公示(2025-05-01 至 2025-05-31)\n\n共2件\n\n"
                          "| 办件名称 | 办结时间 | 办理结果 |\n| --- | --- | --- |\n"
                          "| =cmd\\|A1 | 2025-05-02 10:00 | 准予 |\n"
                          "| 个体工商户登记1 | 2025-05-01 09:00 | 准予 |\n");
}

TEST_CASE("lists of one period after the other show every case once") {
  CHECK(rc::check([] {
    std::vector<result_record> all;
    const int length = *rc::gen::inRange(1, 60);
    for (int n = *rc::gen::inRange(0, 30); n > 0; --n)
      all.push_back(finished(n, *rc::gen::inRange(0, length * 24)));
    const int every = *rc::gen::inRange(1, 20);
    const auto lists = list_results(all, {may_1, may_1 + days{length}, ""}, every);
    RC_ASSERT(lists.has_value());
    RC_ASSERT(lists->size() == static_cast<std::size_t>((length + every - 1) / every));
    std::map<std::string, int> shown;
    for (const result_list& l : *lists)
      for (const result_record& r : l.results) {
        RC_ASSERT(day_of(r.ended) >= l.period.from);
        RC_ASSERT(day_of(r.ended) < l.period.until);
        ++shown[std::string(r.of.text())];
      }
    RC_ASSERT(shown.size() == all.size());
    for (const auto& [id, times] : shown) RC_ASSERT(times == 1);
  }));
}

TEST_CASE("an interval that is none, and too many lists, are refused") {
  CHECK(list_results({}, {may_1, may_1 + days{3}, ""}, 0).error().code == errc::bad_value);
  CHECK(list_results({}, {may_1, may_1 + days{10'001}, ""}, 1).error().code ==
        errc::limit_exceeded);
  CHECK(list_results({}, {may_1, may_1, ""}, 1)->empty());
}
