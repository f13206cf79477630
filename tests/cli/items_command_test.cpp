// `banli catalogue` and `banli export items`.
#include <algorithm>

#include <doctest/doctest.h>

#include "sessions.hpp"

using command::content;
using command::county;
using command::run_banli;
using command::says;

TEST_CASE("the baseline is printed, as text and as JSON (A02)") {
  const auto text = run_banli({"catalogue", "--baseline"});
  CHECK(text.code == 0);
  CHECK(std::count(text.out.begin(), text.out.end(), '\n') == 385);
  CHECK(says(text.out, {"便民服务事项第25项  便民服务  民间纠纷调解受理"}));
  const auto json = run_banli({"catalogue", "--baseline", "--json"});
  CHECK(says(json.out, {R"({"part":"convenience","number":25,)"}));
}

TEST_CASE("what a local catalogue misses is told, from CSV and from a configuration (A03)") {
  const command::scratch folder;
  const std::string mine = folder.write("mine.csv", "class,name\npower,粮食收购资格许可\n");
  const auto told = run_banli({"catalogue", mine, "--coverage", "--lang", "en"});
  CHECK(told.code == 1);
  CHECK(
      says(told.out, {"error[missing-entry]: missing: disclosure 1",
                      "1 lines: 1 cover the baseline, 384 missing, 0 extra, 0 local extensions"}));
  const auto json = run_banli({"catalogue", mine, "--coverage", "--json"});
  CHECK(says(json.out, {R"({"covered":1,)"}));
  CHECK(run_banli({"catalogue", county, "--coverage"}).code == 1);
  CHECK(run_banli({"catalogue", folder.at("none.csv"), "--coverage"}).code == 1);
  const std::string bad = folder.write("bad.csv", "class,nam\npower,a\n");
  CHECK(says(run_banli({"catalogue", bad, "--coverage"}).err, {"missing-column", "unknown-field"}));
}

TEST_CASE("tables of items are printed and written (A29, A46)") {
  const auto page = run_banli({"export", "items", county, "--form", "表一"});
  CHECK(page.code == 0);
  CHECK(says(page.out, {"政务服务事项内容目录", "| 1 | 社会团体成立登记 | 行政许可 |"}));
  const command::scratch folder;
  const std::string out = folder.at("a1.csv");
  CHECK(run_banli({"export", "items", county, "--form", "a1", "--format", "csv", "-o", out}).code ==
        0);
  CHECK(content(out).starts_with("\xEF\xBB\xBF事项编码,事项分类,"));
  CHECK(
      run_banli({"export", "items", county, "--form", "guide", "-o", folder.at("no/where")}).code ==
      3);
  CHECK(run_banli({"export", "items", folder.at("none"), "--form", "guide"}).code == 1);
}

TEST_CASE("what these commands cannot understand ends with the code of usage") {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"catalogue"},
        {"catalogue", county},
        {"catalogue", "--coverage"},
        {"catalogue", county, "--baseline"},
        {"export"},
        {"export", "items", county},
        {"export", "items", county, "--form", "表九"},
        {"export", "items", county, "--form", "a1", "--format", "pdf"}})
    CHECK(run_banli(arguments).code == 2);
}
