#include <banli/portal/column_search.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

const configuration& searched_county() {
  static const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  return c;
}

std::vector<std::string> found_by(const column_search& s, std::string_view question) {
  std::vector<std::string> out;
  const auto found = s.find(question);
  REQUIRE(found.has_value());
  for (const search_hit& h : found->hits) out.push_back(h.item.text());
  return out;
}

} // namespace

TEST_CASE("whoever asks for a name finds its item first, and so does who asks for a code") {
  const service_column column{searched_county().items, searched_county().people};
  const column_search s{column};
  REQUIRE(column.items().size() >= 7);
  for (const service_item& i : column.items()) {
    CAPTURE(i.name);
    CHECK(found_by(s, i.name).front() == i.code.text());
    CHECK(found_by(s, i.code.text()).front() == i.code.text());
  }
}

TEST_CASE("questions are asked in the words of people") {
  const service_column column{searched_county().items, searched_county().people};
  const column_search s{column};
  CHECK(found_by(s, "社会团体登记要什么材料").front() == "62052400MZ-XK-0001");
  const auto food = s.find("食品").value();
  REQUIRE_FALSE(food.hits.empty());
  CHECK(food.hits[0].name.find("食品") != std::string::npos);
  CHECK(food.hits[0].part == "事项名称");
  CHECK(food.hits[0].excerpt.find("食品") != std::string::npos);
  const auto charter = s.find("章程草案").value();
  REQUIRE_FALSE(charter.hits.empty());
  CHECK(charter.hits[0].part == "申请材料");
  // 社团 stands nowhere: it is short for 社会团体.
  for (const char* words : {"社团", "社团登记", "开办社团"}) {
    CAPTURE(words);
    const auto found = s.find(words).value();
    REQUIRE_FALSE(found.hits.empty());
    CHECK(found.hits[0].item == item_id{"62052400MZ-XK-0001"});
    CHECK(found.hits[0].part == "事项名称");
    CHECK(found.hits[0].excerpt.find("社会团体") != std::string::npos);
  }
  CHECK(found_by(s, "团社").empty()); // in that order only
  CHECK(found_by(s, "无关之词龘龘").empty());
  CHECK(found_by(s, "!?,。「」").empty());
  CHECK(found_by(s, "").empty());
}

TEST_CASE(
    "scores fall, ties keep the order of the column, and a quarter of the question must be there") {
  std::vector<service_item> items;
  for (const char* name : {"甲乙丙丁", "甲乙戊己", "甲乙戊己", "庚辛"}) {
    items.push_back(sample::item());
    items.back().name = name;
    items.back().bases.clear();
    items.back().code = item_id{fmt::format("C{}", items.size())};
  }
  const service_column column{items, nullptr};
  const column_search s{column};
  CHECK(found_by(s, "甲乙丙丁") == std::vector<std::string>{"C1", "C2", "C3"});
  CHECK(found_by(s, "甲乙壬癸子") == std::vector<std::string>{"C1", "C2", "C3"}); // one of four
  CHECK(found_by(s, "甲乙壬癸子丑").empty()); // one of five is too few
  CHECK(found_by(s, "乙戊") == std::vector<std::string>{"C2", "C3"});
  CHECK(found_by(s, "甲") == std::vector<std::string>{"C1", "C2", "C3"}); // a single character
  const auto found = s.find("甲乙", 2).value();
  CHECK(found.found == 3);
  REQUIRE(found.hits.size() == 2);
  CHECK(found.hits[0].score >= found.hits[1].score);
  CHECK(found_by(s, "C4") == std::vector<std::string>{"C4"});
  CHECK(found_by(s, "\uFF23\uFF14") == std::vector<std::string>{"C4"}); // full-width, small
}

TEST_CASE("a question has limits") {
  const service_column column{small_office().items, nullptr};
  const column_search s{column, {.question_characters = 5, .hits = 3}};
  CHECK(refused(s.find("一二三四五六")) == errc::limit_exceeded);
  CHECK(refused(s.find("一", 4)) == errc::limit_exceeded);
  CHECK(refused(s.find("\xFF", 1)) == errc::bad_utf8);
  CHECK(s.find("一二三四五", 3).has_value());
}
