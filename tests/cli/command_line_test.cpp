#include <banli/cli/command_line.hpp>

#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "command.hpp"

namespace {

using namespace command;

const std::string header = "id,case,at,actor,action,item,step,reason,result\n";
const std::string accept = "1,C1,2024-01-02T09:00,MZ01,accept,62052400MZ-BM-0001,,,\n";

said run(const scratch& dir, const std::string& log) {
  return run_banli({"run", county, "--log", dir.write("log.csv", log), "--store", dir.at("s.db"),
                    "--lang", "en"});
}

struct bad_log {
  const char* what;
  std::string rows;
  std::vector<std::string> expected; ///< in the message, the place included
};

/// The commands that a page of help lists, and what it says of each of its lines.
struct help_page {
  std::vector<std::string> commands;
  std::vector<std::string> words;
};

help_page help_of(std::vector<std::string> path, const char* lang, const std::string& heading) {
  path.insert(path.end(), {"--help", "--lang", lang});
  const said s = run_banli(path);
  REQUIRE(s.code == 0);
  help_page out;
  std::istringstream lines{s.out};
  bool of_commands = false;
  for (std::string line; std::getline(lines, line);) {
    if (line == heading + ":") of_commands = true;
    if (!line.starts_with("  ")) continue;
    if (of_commands && line[2] != ' ')
      out.commands.push_back(line.substr(2, line.find(' ', 2) - 2));
    if (const std::size_t at = line.rfind("  "); at > 1) out.words.push_back(line.substr(at + 2));
  }
  return out;
}

/// Every page of help under a path says something else in Chinese than in English on every line.
int pages_in_both_languages(const std::vector<std::string>& path) {
  const help_page en = help_of(path, "en", "Subcommands");
  const help_page zh = help_of(path, "zh", "命令");
  CHECK(en.commands == zh.commands);
  CHECK(en.words.size() == zh.words.size());
  for (const std::string& words : zh.words)
    CHECK_MESSAGE(std::find(en.words.begin(), en.words.end(), words) == en.words.end(), words);
  int pages = 1;
  for (const std::string& c : en.commands) {
    std::vector<std::string> deeper = path;
    deeper.push_back(c);
    pages += pages_in_both_languages(deeper);
  }
  return pages;
}

} // namespace

TEST_CASE("a log that is wrong in its form is refused whole, and the store stays as it was") {
  const bad_log cases[] = {
      {"a duplicate line", accept + accept, {"log.csv:3:1: error[duplicate-line]"}},
      {"a cut file", accept + "2,C1,\"2024-01", {"log.csv:3:", "error[truncated-file]"}},
      {"a row too short", accept + "2,C1\n", {"log.csv:3:", "error[wrong-column-count]"}},
      {"no instant",
       "1,C1,2024-02-30,MZ01,accept,62052400MZ-BM-0001,,,\n",
       {"log.csv:2:6: error[bad-date]"}},
      {"an unknown action",
       "1,C1,2024-01-02,MZ01,acept,62052400MZ-BM-0001,,,\n",
       {"log.csv:2:22: error[unknown-command]", "did you mean 'accept'"}},
  };
  for (const bad_log& bad : cases) {
    INFO(bad.what);
    const scratch dir;
    REQUIRE(run(dir, header + accept).code == 0);
    const said s = run(dir, header + bad.rows);
    INFO(s.err);
    CHECK(s.code == 1);
    CHECK(says(s.err, bad.expected));
    CHECK(run(dir, header + accept).out.find("known to the store 1") != std::string::npos);
  }
}

TEST_CASE("every problem of a log is told at once") {
  const scratch dir;
  const said s = run(dir, header + "1,C1,2024-02-30,MZ01,acept,x,,,\n,C1,noon,,accept,,,,\n");
  CHECK(says(s.err, {"log.csv:2:6:", "log.csv:2:22:", "log.csv:3:"}));
}

TEST_CASE("a command that may not happen is one message with its place; other cases go on") {
  const std::string other = "9,C9,2024-01-02T09:30,MZ01,accept,62052400MZ-BM-0001,,,\n";
  const bad_log cases[] = {
      {"before acceptance",
       "1,C1,2024-01-02T09:00,MZ01,complete,,核验,,\n",
       {":2:", "not-accepted", "C1"}},
      {"out of order",
       accept + "2,C1,2024-01-02T09:05,MZ01,complete,,发证,,\n",
       {":3:", "step-not-enabled", "核验"}},
      {"unknown item",
       "1,C1,2024-01-02T09:00,MZ01,accept,62052400MZ-BM-0002,,,\n",
       {":2:", "unknown-item", "did you mean '62052400MZ-BM-0001'"}},
      {"unknown step",
       accept + "2,C1,2024-01-02T09:05,MZ01,complete,,核检,,\n",
       {":3:", "unknown-step", "did you mean '核验'"}},
      {"wrong post",
       accept + "2,C1,2024-01-02T09:05,WS01,complete,,核验,,\n",
       {":3:", "not-authorised"}},
      {"time goes backwards",
       accept + "2,C1,2024-01-01T09:05,MZ01,complete,,核验,,\n",
       {":3:", "time-backwards"}},
      {"after the end",
       accept + "2,C1,2024-01-02T09:05,MZ01,withdraw,,,不办了,\n"
                "3,C1,2024-01-02T09:06,MZ01,complete,,核验,,\n"
                "4,C1,2024-01-02T09:07,MZ01,complete,,发证,,\n",
       {":4:", "case-closed", "1 later commands"}},
  };
  for (const bad_log& bad : cases) {
    INFO(bad.what);
    const scratch dir;
    const said s = run(dir, header + bad.rows + other);
    INFO(s.err);
    CHECK(s.code == 1);
    CHECK(says(s.err, bad.expected));
    CHECK(says(s.out, {"refused 1"}));
    const said again = run(dir, header + other);
    CHECK(says(again.out, {"known to the store 1"})); // the other case was kept
  }
}

TEST_CASE("a second run continues where the first stopped") {
  const scratch dir;
  CHECK(says(run(dir, header + accept).out, {"events appended 1"}));
  const std::string more = accept + "2,C1,2024-01-02T09:05,MZ01,complete,,核验,,\n";
  CHECK(
      says(run(dir, header + more).out, {"commands 2 (known to the store 1), events appended 1"}));
  CHECK(says(run(dir, header + more).out, {"known to the store 2), events appended 0"}));
}

TEST_CASE("a file that cannot be used says why, by message and by exit code") {
  const scratch dir;
  const std::string log = dir.write("log.csv", header + accept);
  const auto with_store = [&](const std::string& store) {
    return run_banli({"run", county, "--log", log, "--store", store, "--lang", "en"});
  };
  SUBCASE("no configuration") {
    const said s =
        run_banli({"run", dir.at("none"), "--log", log, "--store", dir.at("s.db"), "--lang", "en"});
    CHECK(s.code == 1);
    CHECK(says(s.err, {"error[file-not-found]"}));
    CHECK(!fs::exists(dir.at("s.db")));
  }
  SUBCASE("no log") {
    const said s =
        run_banli({"run", county, "--log", dir.at("none.csv"), "--store", dir.at("s.db")});
    CHECK(s.code == 1);
    CHECK(says(s.err, {"none.csv", "error[file-not-found]"}));
    CHECK(!fs::exists(dir.at("s.db")));
  }
  SUBCASE("a store of a newer version") {
    REQUIRE(with_store(dir.at("s.db")).code == 0);
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(dir.at("s.db").c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "PRAGMA user_version = 99", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
    const said s = with_store(dir.at("s.db"));
    CHECK(s.code == 3);
    CHECK(says(s.err, {"error[store-newer]"}));
  }
  SUBCASE("a store that is none") {
    const said s = with_store(dir.write("s.db", std::string(5000, 'x')));
    CHECK(s.code == 3);
    CHECK(says(s.err, {"error[store-corrupt]"}));
  }
  SUBCASE("a report where a file stands") {
    const said s = run_banli({"run", county, "--log", log, "--store", dir.at("s.db"), "--report",
                              dir.write("report", "a file")});
    CHECK(s.code == 3);
  }
}

TEST_CASE("check reports every problem of a configuration, as text and as data") {
  const scratch dir;
  dir.write("office.yaml", "kind: office\nname: 某县\n");
  dir.write("organisation.yaml",
            "kind: organisation\nname: 某县\ndepartments:\n  - {id: A, nmae: 甲}\n");
  const said s = run_banli({"check", dir.at(""), "--lang", "en"});
  CHECK(s.code == 1);
  CHECK(says(s.err, {"organisation.yaml:4:13: error[unknown-field]", "did you mean 'name'"}));
  const said data = run_banli({"check", dir.at(""), "--json"});
  CHECK(data.code == 1);
  const auto all = boost::json::parse(data.out).at("problems").as_array();
  REQUIRE(!all.empty());
  CHECK(all[0].at("code").as_string() == "missing-field");
  CHECK(all[1].at("code").as_string() == "unknown-field");
  CHECK(all[1].at("line").as_int64() == 4);
  CHECK(all[1].at("column").as_int64() == 13);
}

TEST_CASE("the examples are good") {
  for (const char* name : {"county", "permit-receipt"}) {
    const said s =
        run_banli({"check", std::string{BANLI_SOURCE_DIR "/examples/"} + name, "--lang", "en"});
    CHECK(s.err == "");
    CHECK(s.code == 0);
  }
}

TEST_CASE("a wrong command line is told apart from wrong input") {
  CHECK(run_banli({}).code == 2);
  CHECK(run_banli({"fly"}).code == 2);
  CHECK(run_banli({"run", county}).code == 2);
  CHECK(run_banli({"run", county, "--log", "x", "--store", "y", "--lang", "fr"}).code == 2);
  CHECK(run_banli({"--version"}).code == 0);
  CHECK(run_banli({"run", "--help"}).code == 0);
}

TEST_CASE("what is wrong with a command line is said at once, with what was meant") {
  struct line {
    std::vector<std::string> arguments;
    std::string err;
  };
  const line lines[] = {
      {{"wach", "--lang", "en"},
       "banli: error[unknown-command]: there is no command 'wach'; did you mean 'watch'?\n"
       "see banli --help\n"},
      {{"watch", "x", "--stor", "y", "--lang", "en"},
       "banli watch: error[unknown-field]: there is no option --stor; did you mean '--store'?\n"
       "banli watch: error[missing-field]: --store is missing: SQLite store\n"
       "banli watch: error[missing-field]: --at is missing: watch up to this instant\n"
       "see banli watch --help\n"},
      {{"flow", "chek", "x.yaml"},
       "banli flow: error[unknown-command]: 没有命令“chek”;是否想写“check”?\n"
       "用法见 banli flow --help\n"},
      {{"verify"},
       "banli verify: error[missing-field]: 缺少 store:办件库(SQLite)\n"
       "用法见 banli verify --help\n"},
      {{"--lang", "en", "verify", "a.db", "b.db"},
       "banli verify: error[unknown-value]: nothing takes 'b.db'\nsee banli verify --help\n"},
      {{"verify", "a.db", "--checkpoint", "c", "--lang", "en"},
       "banli verify: error[missing-field]: --checkpoint requires --public\n"
       "see banli verify --help\n"},
      {{"deadline", "--lang", "fr"},
       "banli deadline: error[bad-value]: 值不合要求:--lang: fr not in {zh,en}\n"
       "用法见 banli deadline --help\n"},
  };
  for (const line& l : lines) {
    const said s = run_banli(l.arguments);
    CHECK(s.code == 2);
    CHECK(s.out == "");
    CHECK(s.err == l.err);
  }
}

TEST_CASE("every page of help is there in Chinese and in English") {
  CHECK(pages_in_both_languages({}) > 60);
}

TEST_CASE("the municipal permit log: 1,272 complete, 161 unfinished, 1 deviates, 1,080 deadlines") {
  const std::string log = BANLI_SHARED_DIR "/data/logs/receipt.csv.gz";
  if (!fs::exists(log)) {
    MESSAGE("skipped: the log is not here");
    return;
  }
  const scratch dir;
  const std::vector<std::string> command{"run",     BANLI_SOURCE_DIR "/examples/permit-receipt",
                                         "--log",   log,
                                         "--store", dir.at("s.db"),
                                         "--lang",  "en"};
  const said s = run_banli(command);
  CHECK(s.code == 0);
  CHECK(says(s.out, {"cases complete 1272, legal but unfinished 161, deviating 1",
                     "recorded deadline reproduced in 1080 of 1434"}));
  CHECK(says(s.err, {"case-7917", "step-not-enabled", "T05"}));
  CHECK(says(run_banli(command).out,
             {"events appended 0", "cases complete 1272, legal but unfinished 161, deviating 1"}));
}
