// Laws, and the bases that rest on them.
#include <doctest/doctest.h>

#include <banli/library/law_library.hpp>

#include "office.hpp"

namespace {

using namespace office;
using std::chrono::year;

law food_law(const char* id, day from, std::optional<day> until = {}) {
  return {law_id{id},
          legal_rank::law,
          "中华人民共和国食品安全法",
          {{"第三十五条", "国家对食品生产经营实行许可制度"}},
          from,
          until,
          "主席令第21号",
          until ? "修订" : ""};
}

const day old_from = to_day(year{2009} / 6 / 1);
const day new_from = to_day(year{2015} / 10 / 1);

errc code_of(const service_item& i, const law_library& laws, day d) {
  const problems found = check_bases(i, laws, d);
  return found.size() == 1 ? found[0].code : errc{};
}

TEST_CASE("a title means the edition that holds on the day") {
  law_library laws;
  CHECK(laws.add(food_law("2009", old_from, new_from)).has_value());
  CHECK(laws.add(food_law("2015", new_from)).has_value());
  CHECK(laws.find("中华人民共和国食品安全法", to_day(year{2012} / 1 / 1))->id == law_id{"2009"});
  CHECK(laws.find("中华人民共和国食品安全法", new_from)->id == law_id{"2015"});
  CHECK(laws.find("中华人民共和国食品安全法", to_day(year{2000} / 1 / 1))->id == law_id{"2015"});
  CHECK(check_bases(food_licence(), laws, to_day(year{2020} / 1 / 1)).empty());
}

TEST_CASE("bases that do not hold are found, each with its code") {
  law_library laws;
  CHECK(laws.add(food_law("2015", new_from)).has_value());
  const day today = to_day(year{2020} / 1 / 1);
  service_item i = food_licence();
  i.bases[0].title = "《中华人民共和国食品安全法》";
  CHECK(check_bases(i, laws, today).empty());
  i.bases[0].article = "第三十五条第二款";
  CHECK(check_bases(i, laws, today).empty());
  i.bases[0].article = "第三十六条";
  CHECK(code_of(i, laws, today) == errc::unknown_reference);
  i.bases[0].article = "第三十五条之一"; // an article of its own
  CHECK(code_of(i, laws, today) == errc::unknown_reference);
  i = food_licence();
  i.bases[0].title = "中华人民共和国食品安会法";
  CHECK(check_bases(i, laws, today)[0].message.zh.find("是否想写") != std::string::npos);
  i = food_licence();
  i.bases[0].law = law_id{"nowhere"};
  CHECK(code_of(i, laws, today) == errc::unknown_reference);
  i = food_licence();
  i.bases[0].rank = legal_rank::local_regulation;
  CHECK(code_of(i, laws, today) == errc::bad_value);
  CHECK(code_of(food_licence(), laws, old_from) == errc::bad_value);
  CHECK(laws.repeal(law_id{"2015"}, to_day(year{2019} / 1 / 1), "").error().code ==
        errc::missing_reason);
  CHECK(laws.repeal(law_id{"2015"}, to_day(year{2019} / 1 / 1), "废止").has_value());
  CHECK(code_of(food_licence(), laws, today) == errc::repealed_law);
}

TEST_CASE("names of laws are judged without a day: any edition will do") {
  law_library laws;
  CHECK(laws.add(food_law("2009", old_from, new_from)).has_value());
  CHECK(check_basis_names(food_licence(), laws).empty()); // repealed, but there
  law younger = food_law("2015", new_from);
  younger.articles = {{"第三十六条", {}}};
  CHECK(laws.add(younger).has_value());
  service_item i = food_licence();
  CHECK(check_basis_names(i, laws).empty());
  i.bases[0].article = "第三十六条第一款";
  CHECK(check_basis_names(i, laws).empty());
  i.bases[0].article = "第三十七条";
  CHECK(check_basis_names(i, laws).at(0).code == errc::unknown_reference);
  i = food_licence();
  i.bases[0].rank = legal_rank::local_regulation;
  CHECK(check_basis_names(i, laws).at(0).code == errc::bad_value);
  i.bases[0].law = law_id{"2105"};
  const problems found = check_basis_names(i, laws, [](std::string_view path) {
    return place{std::string{path}, 0, 0};
  });
  REQUIRE(found.size() == 1);
  CHECK(found[0].message.en == "the law library has no '2105'; did you mean '2015'?");
  CHECK(found[0].where.file == "/bases/0");
}

TEST_CASE("a law is entered once") {
  law_library laws;
  CHECK(laws.add(food_law("2015", new_from)).has_value());
  CHECK(laws.add(food_law("2015", new_from)).error().code == errc::duplicate_id);
  CHECK(laws.add(food_law("x", old_from)).error().code == errc::duplicate_id); // days overlap
  CHECK(laws.add(food_law("x", old_from, old_from)).error().code == errc::bad_value);
  CHECK(laws.add({}).error().code == errc::missing_field);
  CHECK(laws.amend(food_law("y", old_from)).error().code == errc::unknown_reference);
  law_library one{{.laws = 0}};
  CHECK(one.add(food_law("2015", new_from)).error().code == errc::limit_exceeded);
}

} // namespace
