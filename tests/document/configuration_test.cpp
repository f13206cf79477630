#include <banli/document/configuration.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <sys/stat.h>

#include <doctest/doctest.h>

#include <banli/time/text.hpp>

#include "texts.hpp"

namespace fs = std::filesystem;
using namespace texts;

namespace {

/// A folder that goes away with the test.
struct scratch {
  fs::path path = fs::temp_directory_path() / ("banli-document-" + std::to_string(::getpid()));
  scratch() { fs::create_directories(path); }
  ~scratch() { fs::remove_all(path); }
  void write(const std::string& name, std::string_view content) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream{path / name, std::ios::binary} << content;
  }
};

errc only_code(const configuration& c) {
  REQUIRE(c.found.size() == 1);
  return c.found[0].code;
}

} // namespace

TEST_CASE("the county's configuration is read whole and without a problem") {
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  CHECK(said(c.found) == "");
  CHECK(c.name == "武山县政务服务中心（示例）");
  CHECK(c.items.size() >= 6);
  CHECK(c.definitions.size() == c.items.size());
  CHECK(c.flowcharts.size() >= 6);
  REQUIRE(c.rules);
  CHECK(c.rules->rules().size() == 8);
  CHECK(c.disclosure.duties.size() >= 6);
  CHECK_FALSE(c.calendar.source().overlays.empty());
  CHECK(std::is_sorted(c.files.begin(), c.files.end()));
  const auto definition = find(c, c.items[0].code);
  REQUIRE(definition);
  CHECK(definition->item == c.items[0]);
  CHECK_FALSE(find(c, item_id{"none"}));
}

TEST_CASE("the configuration of the permit log is read without a problem") {
  const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/permit-receipt");
  CHECK(said(c.found) == "");
  REQUIRE(c.log);
  CHECK(c.log->item == c.items.at(0).code);
  CHECK_FALSE(c.log->case_column.empty());
}

TEST_CASE("the order of the files does not matter") {
  std::vector<std::pair<std::string, std::string>> files{
      {"b.yaml", "kind: office\nname: 甲\n"},
      {"a.yaml", "kind: organisation\nname: 乙\ndepartments: []\n"}};
  const configuration one = parse_configuration(files);
  std::reverse(files.begin(), files.end());
  const configuration two = parse_configuration(files);
  CHECK(one.name == "甲");
  CHECK(two.name == one.name);
  CHECK(two.files == one.files);
}

TEST_CASE("without an office the configuration has the name of the organisation") {
  CHECK(parse_configuration({{"a.yaml", "kind: organisation\nname: 乙\ndepartments: []\n"}}).name ==
        "乙");
}

TEST_CASE(
    "without a calendar document the official calendar counts; documents put overlays on it") {
  const day d = *parse_day("2025-07-09");
  CHECK(parse_configuration({}).calendar.is_workday(d));
  const auto closing = [](std::string_view name, std::string_view opens) {
    return fmt::format("kind: calendar\nbase: cn\noverlays:\n  - name: {}\n    days:\n"
                       "      - {{date: 2025-07-09, opens: {}}}\n",
                       name, opens);
  };
  const configuration one = parse_configuration({{"1.yaml", closing("防汛", "closed")}});
  CHECK(said(one.found) == "");
  CHECK_FALSE(one.calendar.is_workday(d));
  const configuration two = parse_configuration(
      {{"1.yaml", closing("防汛", "closed")}, {"2.yaml", closing("复工", "上班")}});
  CHECK(said(two.found) == "");
  CHECK(two.calendar.is_workday(d));
  CHECK(two.calendar.source().overlays.size() == 2);
}

TEST_CASE("rules keep the place of their text") {
  const configuration c = parse_configuration({{"r.yaml", "kind: rules\n"
                                                          "rules:\n"
                                                          "  - id: A\n"
                                                          "    name: 甲\n"
                                                          "    dimension: 时效\n"
                                                          "    level: 预警\n"
                                                          "    condition: |\n"
                                                          "      case.open\n"
                                                          "        && true\n"}});
  REQUIRE(said(c.found) == "");
  REQUIRE(c.rules);
  const rule& r = c.rules->rules()[0].definition();
  CHECK(r.name == text{"甲", "甲"});
  CHECK(r.dimension == dimension::timeliness);
  CHECK(r.where == place{"r.yaml", 3, 5});
  CHECK(r.condition_where == place{"r.yaml", 8, 7});
  CHECK(r.condition_continuation_column == 7);
}

TEST_CASE("a file that cannot be read does not make what refers into it look wrong") {
  const std::string item = "kind: item\ncode: 62052400MZ-XK-0001\ntype: XK\nname: 甲\n"
                           "bases: [{rank: law, title: 法, article: 一}]\nbody: 局\npromised: 5日\n"
                           "department: MZ\nsection: 股\nphone: 1\nflow: f\nsupervision_phone: 2\n";
  CHECK(parse_configuration({{"i.yaml", item}}).found.size() == 2); // no organisation, no flowchart
  const configuration c =
      parse_configuration({{"f.yaml", "kind: flowchart\nid: [f\n"}, {"i.yaml", item}});
  CHECK(only_code(c) == errc::bad_yaml);
  CHECK(c.definitions.empty());
}

TEST_CASE("what is missing, unreadable or no document is said") {
  const scratch s;
  CHECK(only_code(load_configuration((s.path / "none").string())) == errc::file_not_found);
  CHECK(only_code(load_configuration(s.path.string())) == errc::file_not_found);
  CHECK(only_code(load_configuration("/dev/null")) == errc::file_unreadable);
  CHECK(only_code(load_configuration(std::string("a\0b", 3))) == errc::file_not_found);
  s.write("not-read.csv", "kind: nonsense");
  s.write(".hidden/a.yaml", "kind: nonsense");
  CHECK(only_code(load_configuration(s.path.string())) == errc::file_not_found);
}

TEST_CASE("one file alone may be read") {
  const scratch s;
  s.write("o.yaml", "kind: office\nname: 甲\n");
  const configuration c = load_configuration((s.path / "o.yaml").string());
  CHECK(said(c.found) == "");
  CHECK(c.name == "甲");
  CHECK(c.files.size() == 1);
}

TEST_CASE("links to files are followed, loops of folders and pipes are survived") {
  const scratch s;
  s.write("real/o.yaml", "kind: office\nname: 甲\n");
  fs::create_directory(s.path / "configuration");
  fs::create_symlink(s.path / "real/o.yaml", s.path / "configuration/o.yaml");
  fs::create_directory_symlink(s.path / "configuration", s.path / "configuration/again");
  fs::create_symlink(s.path / "configuration/self.yaml", s.path / "configuration/self.yaml");
  fs::create_symlink(s.path / "gone", s.path / "configuration/gone.yaml");
  REQUIRE(::mkfifo((s.path / "configuration/pipe.yaml").c_str(), 0600) == 0);
  fs::create_directory(s.path / "configuration/folder.yaml");
  const configuration c = load_configuration((s.path / "configuration").string());
  CHECK(said(c.found) == "");
  CHECK(c.name == "甲");
  CHECK(c.files.size() == 1);
}

TEST_CASE("files, bytes and problems have limits") {
  const scratch s;
  for (const char* name : {"a.yaml", "b.yaml", "c.yaml"})
    s.write(name, "kind: duties\nduties: []\n");
  document_limits few;
  few.files = 2;
  CHECK(only_code(load_configuration(s.path.string(), few)) == errc::limit_exceeded);
  few = {};
  few.file_bytes = 10;
  CHECK(load_configuration(s.path.string(), few).found.size() == 3);
  few = {};
  few.total_bytes = 60;
  CHECK(only_code(load_configuration(s.path.string(), few)) == errc::limit_exceeded);
  few = {};
  few.problems = 2;
  const configuration c =
      parse_configuration({{"a", "kind: office\nname: 甲\na: 1\nb: 2\nc: 3\nd: 4\n"}}, few);
  REQUIRE(c.found.size() == 3);
  CHECK(c.found[2].code == errc::limit_exceeded);
  few = {};
  few.files = 1;
  CHECK(only_code(parse_configuration({{"a", "kind: duties\nduties: []\n"}, {"b", ""}}, few)) ==
        errc::limit_exceeded);
}

TEST_CASE("a supervision point that no rule asks for is a problem (D18)") {
  const auto problems_with = [](const std::string& point, const std::string& rules) {
    const configuration c = parse_configuration(
        {{"chart.yaml",
          "kind: flowchart\nid: watched\nname: 有监察点\nnodes:\n"
          "  - {id: 开始, node: start}\n"
          "  - {id: 受理, post: 受理岗, duty: 核对, limit: 1个工作日, supervision_points: [" +
              point +
              "]}\n  - {id: 办结, node: end}\n"
              "arrows:\n  - {from: 开始, to: 受理}\n  - {from: 受理, to: 办结}\n"},
         {"rules.yaml", rules}});
    REQUIRE(c.rules.has_value());
    return std::count_if(c.found.begin(), c.found.end(), [](const error& e) {
      return e.message.en.find("supervision point") != std::string::npos;
    });
  };
  const std::string head = "kind: rules\nrules:\n"
                           "  - {id: C-1, name: 一, dimension: content, level: warning, scope: "
                           "each-step,\n     condition: \"";
  const std::string reads = head + "step.supervision_points.contains('收费')\"}\n";
  const std::string never_reads = head + "step.overdue_days > 0 && step.name != '收费'\"}\n";
  struct {
    const char* point;
    const std::string& rules;
    int wrong;
  } table[] = {{"C-1", reads, 0},
               {"content", reads, 0},
               {"内容", reads, 0},
               {"收费", reads, 0},
               {"收费, 内容, C-1", reads, 0},
               {"时效", reads, 1},
               {"C-2", reads, 1},
               {"收", reads, 1},
               {"时效, C-2", reads, 2},
               {"收费", never_reads, 1},
               {"C-1", never_reads, 0}};
  for (const auto& row : table) {
    CAPTURE(row.point);
    CHECK(problems_with(row.point, row.rules) == row.wrong);
  }
}
