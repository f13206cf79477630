// `banli query`, `forget` and `public`: sessions over a store whose personal data are sealed.
#include <doctest/doctest.h>

#include "sessions.hpp"

using namespace command;

namespace {

const std::string portal_county = BANLI_SOURCE_DIR "/examples/county";

constexpr const char* one_application =
    "id,case,at,actor,action,item,step,opinion,applicant,channel,title,phone,certificate,"
    "certificate_number,reviews\n"
    "A1,MZ-2026-000001,2026-03-02T08:30:00,MZ01,apply,62052400MZ-XK-0001,,,张三丰,online,"
    "张三丰的申请,13800001234,resident_id,11010519491231002X,\n"
    "A2,MZ-2026-000001,2026-03-02T09:00:00,MZ01,review_materials,,,,,,,,,,登记申请书=complete;"
    "业务主管单位的批准文件=complete;验资报告、场所使用权证明=complete;"
    "发起人和拟任负责人的基本情况、身份证明=complete;章程草案=complete\n"
    "A3,MZ-2026-000001,2026-03-02T09:30:00,MZ01,accept,62052400MZ-XK-0001,,,,,,,,,\n"
    "A4,MZ-2026-000001,2026-03-03T09:30:00,MZ01,complete,,受理,材料齐全,,,,,,,\n";

/// A store and its ring, made by `banli run`.
struct sealed_county {
  scratch folder;
  std::string store = folder.at("county.db");
  std::string keys = folder.at("county.keys");
  std::string log = folder.write("log.csv", one_application);
  std::string master = folder.write("county.master", std::string(64, '5') + "\n");

  sealed_county() {
    const said made = run_banli(
        {"run", portal_county, "--log", log, "--store", store, "--keys", keys, "--master", master});
    CAPTURE(made.err);
    REQUIRE(made.code == 0);
  }
};

} // namespace

TEST_CASE("sessions with the portal read as they are written down") {
  const sealed_county c;
  const session_words words{BANLI_SOURCE_DIR "/",
                            {{"county.db", c.store},
                             {"county.keys", c.keys},
                             {"county.master", c.master},
                             {"log.csv", c.log}}};
  const auto in_lines = [](std::string said) { // a CSV ends its lines as RFC 4180 wants
    std::erase(said, '\r');
    return said;
  };
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/portal_sessions.txt", words, in_lines) == 26);
}

TEST_CASE("what is sealed by banli run is in no file") {
  const sealed_county c;
  for (const auto& entry : fs::directory_iterator{fs::path{c.store}.parent_path()}) {
    if (entry.path() == c.log) continue;
    const std::string bytes = content(entry.path().string());
    CAPTURE(entry.path().string());
    for (const char* personal : {"张三丰", "11010519491231002X", "13800001234"})
      CHECK(bytes.find(personal) == std::string::npos);
  }
}

TEST_CASE("one case of a sealed store is read with its ring, and without it nobody is named") {
  const sealed_county c;
  const auto printed = [&](std::vector<std::string> asked, bool with_ring) {
    if (with_ring) asked.insert(asked.end(), {"--keys", c.keys, "--master", c.master});
    const said s = run_banli(asked);
    CAPTURE(s.err);
    CHECK(s.code == 0);
    return s.out;
  };
  const std::string id = "MZ-2026-000001";
  const std::vector<std::string> events{"case", "history", c.store, id, "--json", "--personal"};
  CHECK(printed(events, true).find("张三丰") != std::string::npos);
  CHECK(printed(events, false).find("张三丰") == std::string::npos);
  const std::vector<std::string> masked{"case", "history", c.store, id, "--json"};
  CHECK(says(printed(masked, true), {"张**"}));
  CHECK(printed(masked, true).find("张三丰") == std::string::npos);
  const std::vector<std::string> told{"case", "history", c.store, id};
  CHECK(says(printed(told, true), {"applicant=张**;", "title=张**的申请;"}));
  CHECK(printed(told, false).find("张") == std::string::npos);
  const std::vector<std::string> shown{"case",       "show", c.store, id, "--configuration",
                                       portal_county};
  CHECK(printed(shown, true) == printed(shown, false)); // it names nobody
  const said alone =
      run_banli({"case", "show", c.store, id, "--configuration", portal_county, "--keys", c.keys});
  CHECK(alone.code == 2); // --keys needs --master
  const said wrong =
      run_banli({"case", "history", c.store, id, "--keys", c.keys, "--master", c.log});
  CHECK(wrong.code != 0);
}

TEST_CASE("the column of an office on the command line") {
  const said tree = run_banli({"public", "tree", portal_county, "--by", "department,type"});
  CHECK(tree.code == 0);
  CHECK(says(tree.out, {"武山县民政局 2\n", "  行政许可 1\n"}));
  CHECK(run_banli({"public", "tree", portal_county, "--by", "colour"}).code == 2);
  const said item = run_banli({"public", "show", portal_county, "62052400MZ-XK-0001"});
  CHECK(says(item.out, {"# 办事指南\n事项编码: 62052400MZ-XK-0001\n", "承诺期限: 20个工作日\n",
                        "# 网上咨询\n", "# 表格下载\n表一  ", "# 网上申请\n", "# 结果反馈\n"}));
  CHECK(run_banli({"public", "show", portal_county, "x"}).code == 1);
  const said found = run_banli({"public", "search", portal_county, "社会团体登记要什么材料"});
  CHECK(found.out.starts_with("62052400MZ-XK-0001  社会团体成立登记\n"));
  CHECK(run_banli({"public", "search", portal_county, "龘龘"}).code == 1);
  CHECK(run_banli({"public"}).code == 2);
}

TEST_CASE("repositories are printed masked, unless asked for as they are") {
  const sealed_county c;
  const auto printed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all{"public", "repository", portal_county, "processes", "--store",
                                 c.store,  "--keys",     c.keys,        "--master",  c.master};
    all.insert(all.end(), more.begin(), more.end());
    return run_banli(all);
  };
  const said masked = printed({});
  CHECK(masked.out.starts_with("办理部门,岗位(环节)名称,事项编码,"));
  CHECK(masked.out.find("张三丰") == std::string::npos);
  CHECK(says(masked.out, {"张**", "110105********002X"}));
  CHECK(says(printed({"--personal", "--json"}).out, {R"("applicant":"张三丰")"}));
  CHECK(printed({"--json"}).out.starts_with(R"({"repository":"processes","records":[{)"));
  CHECK(run_banli({"public", "repository", portal_county, "nothing", "--store", c.store}).code ==
        2);
  CHECK(run_banli({"public", "overdue", portal_county, "--store", c.store, "--at", "soon"}).code ==
        2);
  CHECK(run_banli({"forget", "--keys", c.keys, "--master", c.master, "--certificate", "1", "--on",
                   "soon"})
            .code == 2);
}
