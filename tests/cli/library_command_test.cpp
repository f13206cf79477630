// `banli library`: sessions as a user sees them, and what is written to files.
#include <banli/cli/command_line.hpp>

#include <algorithm>
#include <iterator>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sessions.hpp"

namespace {

using namespace command;
namespace json = boost::json;

said library(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "library");
  return run_banli(arguments);
}

/// The county's items in a bundle.
std::string bundle_in(const scratch& folder) {
  const std::string path = folder.at("county.jsonl");
  REQUIRE(library({"export", county, "--since", "2024-01-01", "--on", "2025-01-01", "--by",
                   "政务办", "-o", path})
              .code == 0);
  return path;
}

TEST_CASE("sessions with the library read as they are written down") {
  const scratch folder;
  const std::string bundle = bundle_in(folder);
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/library_sessions.txt",
                     {BANLI_SOURCE_DIR "/", {{"county.jsonl", bundle}}}) >= 18);
}

TEST_CASE("a bundle is written, restored as documents, and is the same bundle again") {
  const scratch folder;
  const std::string bundle = bundle_in(folder);
  CHECK(library({"check", bundle, "--on", "2025-01-01"}).code == 0);
  const std::string out = folder.at("restored");
  const said restored = library({"restore", bundle, "--on", "2025-01-01", "-o", out});
  CHECK(restored.code == 0);
  CHECK(restored.out == "写入 14 个文件\n");
  CHECK(says(content(out + "/items/62052400SC-XK-0001.yaml"), {"kind: item", "食品经营许可"}));
  CHECK(library({"restore", bundle, "--on", "2025-01-01", "-o", out}).code == 1); // not empty
  // With the documents that a bundle does not hold, they are a configuration again.
  for (const char* name : {"organisation.yaml", "office.yaml", "calendar.yaml"})
    std::filesystem::copy(county + "/" + name, out + "/" + name);
  std::filesystem::copy(county + "/flowcharts", out + "/flowcharts");
  const std::string again = folder.at("again.jsonl");
  const said exported = library({"export", out, "--since", "2024-01-01", "--on", "2025-01-01",
                                 "--by", "政务办", "-o", again});
  CHECK(exported.err == "");
  const std::string twice = folder.at("twice");
  CHECK(library({"restore", again, "--on", "2025-01-01", "-o", twice}).code == 0);
  std::size_t same = 0;
  for (const auto& e : std::filesystem::recursive_directory_iterator(twice)) {
    if (!e.is_regular_file()) continue;
    const std::string name = std::filesystem::relative(e.path(), twice).string();
    CAPTURE(name);
    CHECK(content(e.path().string()) == content(out + "/" + name));
    ++same;
  }
  CHECK(same == 14);
}

TEST_CASE("every fault of a damaged bundle is told with its line, and nothing is written") {
  const scratch folder;
  std::string bundle = content(bundle_in(folder));
  bundle.replace(bundle.find("\"part\":\"law\""), 12, "\"part\":\"lav\"");
  bundle.replace(bundle.find("食品经营许可"), 6, "药品");
  const std::string path = folder.write("bad.jsonl", bundle);
  const said told = library({"check", path, "--on", "2025-01-01", "--lang", "en"});
  CHECK(told.code == 1);
  CHECK(says(told.err, {"bad.jsonl:3: error[unknown-value]: a bundle has no part 'lav'",
                        "error[bundle-damaged]: the checksum is another", "2 problems"}));
  const said data = library({"check", path, "--on", "2025-01-01", "--json"});
  CHECK(json::parse(data.out).at("problems").as_array().size() == 2);
  CHECK(library({"restore", path, "--on", "2025-01-01", "-o", folder.at("out")}).code == 1);
  CHECK_FALSE(std::filesystem::exists(folder.at("out")));
  CHECK(library({"list", path}).code == 1);
}

TEST_CASE("comparison as data, and the picture of the life cycle in a file") {
  const scratch folder;
  const std::string before = county + "/items/food-licence.yaml";
  std::string text = content(before);
  const std::string name = "name: 食品经营许可\n";
  REQUIRE(text.find(name) != std::string::npos);
  text.replace(text.find(name), name.size(), "name: 食品经营许可核发\n");
  const std::string after = folder.write("after.yaml", text);
  const json::value data = json::parse(library({"compare", before, after, "--json"}).out);
  REQUIRE(data.at("changes").as_array().size() == 1);
  CHECK(data.at("changes").at(0).at("path").as_string() == "name");
  CHECK(data.at("changes").at(0).at("after").at("zh").as_string() == "食品经营许可核发");
  CHECK(says(library({"compare", before, after}).out,
             {"事项名称:食品经营许可 → 食品经营许可核发\n", "共 1 处不同\n"}));
  CHECK(library({"compare", before, folder.at("none.yaml")}).code == 1);
  CHECK(library({"compare", before, county + "/office.yaml"}).code == 1);
  const std::string picture = folder.at("cycle.svg");
  CHECK(library({"life-cycle", "--format", "svg", "-o", picture}).code == 0);
  CHECK(says(content(picture), {"<svg", "编办已审核", "</svg>"}));
  CHECK(library({"life-cycle", "--format", "svg", "-o", folder.at("no/where")}).code == 3);
}

TEST_CASE("disclosure as data") {
  const said told = library({"disclosure", county, "--on", "2025-06-03", "--json"});
  CHECK(told.code == 0);
  const json::value data = json::parse(told.out);
  CHECK(data.at("columns").as_array().size() == 6);
  const auto& columns = data.at("columns").as_array();
  CHECK(std::count_if(columns.begin(), columns.end(), [](const json::value& c) {
          return c.at("standing") == "late" || c.at("standing") == "missing";
        }) == 1);
  CHECK(data.at("guides").as_array().size() == 2);
  CHECK(data.at("undisclosed").as_array().size() == 7);
  REQUIRE(data.at("lapsed").as_array().size() == 1);
  CHECK(data.at("lapsed").as_array()[0].at("valid_until") == "2025-05-31");
}

TEST_CASE("what the library's commands cannot understand ends with the code of usage") {
  const scratch folder;
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{},
        {"lst"},
        {"list"},
        {"list", county, "--state", "publishd"},
        {"allowed", "--role", "编办"},
        {"allowed", "--state", "暂存"},
        {"allowed", "--state", "暂存", "--role", "编辑"},
        {"life-cycle", "--format", "pdf"},
        {"compare", "a.yaml"},
        {"disclosure", county},
        {"disclosure", county, "--on", "x"},
        {"disclosure", BANLI_SOURCE_DIR "/examples/disclosure", "--on", "2025-01-01"},
        {"export", county, "--since", "2024-13-01"},
        {"restore", "x.jsonl", "--on", "2024-01-01"}})
    CHECK(library(arguments).code == 2);
  CHECK(library({"list", folder.at("none.jsonl")}).code == 1);
}

} // namespace
