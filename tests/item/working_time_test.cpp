#include <banli/item/working_time.hpp>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("hours say from when until when, or they do not (H26)") {
  for (const char* clear : {"9:00-17:00", "周一至周五 9:00-12:00 14:30-18:00", "上午8:30—11:30",
                            "8\uFF1A30至11\uFF1A30", "8时30分至11时30分", "上午9点到下午5点",
                            "全天24小时", "工作日 8:30-12:00、14:30-18:00"}) {
    CAPTURE(clear);
    CHECK(states_working_time(clear));
  }
  for (const char* vague : {"", "上班时间", "工作日", "周一至周五", "自9:00起", "8小时",
                            "3个工作日", "每日三时至五时", ":-:", "24"}) {
    CAPTURE(vague);
    CHECK_FALSE(states_working_time(vague));
  }
}
