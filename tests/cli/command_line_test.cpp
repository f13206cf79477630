#include <banli/cli/command_line.hpp>

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
