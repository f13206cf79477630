// `banli verify`, `checkpoint`, `backup` and `case`: sessions as a user sees them, over a store
// made from the example.
#include <regex>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "sessions.hpp"

using namespace command;

namespace {

constexpr const char* key = "-----BEGIN PRIVATE KEY-----\n"
                            "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                            "-----END PRIVATE KEY-----\n";
constexpr const char* public_key = "-----BEGIN PUBLIC KEY-----\n"
                                   "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
                                   "-----END PUBLIC KEY-----\n";

/// The log of the example up to one case, which is enough.
std::string some_cases() {
  const std::string all = content(county + "/cases.csv");
  std::string out;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at) + 1;
    const std::string line = all.substr(at, end - at);
    if (at == 0 || line.find(",LY-2024-00001") != std::string::npos) out += line;
    at = end;
  }
  return out;
}

/// A store of those cases.
std::string county_store(const scratch& folder) {
  const std::string store = folder.at("county.db");
  REQUIRE(
      run_banli({"run", county, "--log", folder.write("log.csv", some_cases()), "--store", store})
          .code == 0);
  return store;
}

/// Hashes change with every version of the example.
std::string without_hashes(std::string printed) {
  return std::regex_replace(printed, std::regex{"[0-9a-f]{64}"}, "<hash>");
}

void edit(const std::string& store, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(store.c_str(), &db) == SQLITE_OK);
  CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

} // namespace

TEST_CASE("sessions with a store read as they are written down") {
  const scratch folder;
  const std::string store = county_store(folder);
  // An event that was changed, and a case that was cut off and mended.
  fs::copy_file(store, folder.at("edited.db"));
  edit(folder.at("edited.db"), "UPDATE events SET json = replace(json, '材料', '资料') WHERE "
                               "case_id = 'LY-2024-000013' AND number = 3");
  fs::copy_file(store, folder.at("cut.db"));
  edit(folder.at("cut.db"),
       "DELETE FROM events WHERE case_id = 'LY-2024-000013' AND number > 9; UPDATE cases SET "
       "version = 9, chain = (SELECT hash FROM events WHERE case_id = 'LY-2024-000013' AND number "
       "= 9) WHERE id = 'LY-2024-000013'; DELETE FROM events WHERE case_id = 'LY-2024-000012'; "
       "DELETE FROM cases WHERE id = 'LY-2024-000012'");
  session_words words{BANLI_SOURCE_DIR "/", {}};
  for (const char* name :
       {"county.db", "edited.db", "cut.db", "copy.db", "checkpoint.txt", "none.db", "log.csv"})
    words.files.emplace_back(name, folder.at(name));
  words.files.emplace_back("checkpoint.key", folder.write("checkpoint.key", key));
  words.files.emplace_back("checkpoint.pub", folder.write("checkpoint.pub", public_key));
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/store_sessions.txt", words, without_hashes) >=
        15);
  CHECK_FALSE(fs::exists(folder.at("none.db"))); // reading makes no store
}

TEST_CASE("events are printed with personal data masked unless they are asked for") {
  const scratch folder;
  const std::string store = county_store(folder);
  const auto applicant = [&](std::vector<std::string> asked) {
    asked.insert(asked.begin(), {"case", "history", store, "LY-2024-000013"});
    const said s = run_banli(asked);
    CHECK(s.code == 0);
    const auto first = boost::json::parse(s.out.substr(0, s.out.find('\n')));
    return std::string{first.at("with").at("applicant").as_string()};
  };
  const std::string masked = applicant({"--json"}), whole = applicant({"--json", "--personal"});
  CHECK(masked.find('*') != std::string::npos);
  CHECK(whole.find('*') == std::string::npos);
  CHECK(masked.substr(0, 3) == whole.substr(0, 3)); // the first character is left
  CHECK(run_banli({"case", "history", store, "LY-2024-000013", "--personal"}).code == 2);
}

TEST_CASE("cases for tools of process mining") {
  const scratch folder;
  const std::string store = county_store(folder);
  const auto count = [](const std::string& text, const std::string& what) {
    int n = 0;
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; ++at) ++n;
    return n;
  };
  const said xes = run_banli({"export", store, "--xes"});
  CHECK(xes.code == 0);
  CHECK(count(xes.out, "<trace>") == 10);
  CHECK(count(xes.out, "<event>") == 109);
  CHECK(xes.out.find("key=\"opinion\"") == std::string::npos);
  CHECK(run_banli({"export", store, "--xes", "--everything"}).out.find("key=\"opinion\"") !=
        std::string::npos);
  CHECK(run_banli({"export", store, "--ocel", "-o", folder.at("c.json"), "--offset", "Z"}).code ==
        0);
  const auto ocel = boost::json::parse(content(folder.at("c.json")));
  CHECK(ocel.at("events").as_array().size() == 109);
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"export"},
                                                {"export", store},
                                                {"export", "--xes"},
                                                {"export", store, "--xes", "--ocel"},
                                                {"export", store, "--xes", "--offset", "8"}})
    CHECK(run_banli(wrong).code == 2);
  CHECK(run_banli({"export", folder.at("none.db"), "--xes"}).code == 1);
  CHECK(run_banli({"export", "items", county, "--form", "guide"}).code == 0); // as before
}

TEST_CASE("what another system pushes is taken case by case, each row once") {
  const scratch folder;
  const std::string flow = BANLI_SOURCE_DIR "/examples/permit-receipt";
  const std::string head =
      "case,seq,activity_code,timestamp,resource,case_startdate,case_deadline\n";
  const std::string good = "a,1,T01,2011-10-11T13:45,R1,2011-10-11,\n"
                           "b,1,T01,2011-10-11T14:00,R1,2011-10-11,\n";
  const auto push = [&](const std::string& rows) {
    return run_banli({"import", flow, "--log", folder.write("l.csv", head + rows), "--store",
                      folder.at("s.db"), "--problems", folder.at("p.csv"), "--lang", "en"});
  };
  const said first = push(good + "c,1,T01,noon,R1,,\nb,2,T99,2011-10-12T09:00,R1,,\n");
  CHECK(first.code == 1);
  CHECK(says(first.out, {"events appended 4, problems 2"}));
  CHECK(says(first.err, {"l.csv:4:9: error[bad-date]", "l.csv:5: error[unknown-step]"}));
  CHECK(says(content(folder.at("p.csv")), {"file,line,column,code,message,message_zh\n",
                                           ",4,9,bad-date,", ",5,0,unknown-step,"}));
  const said again = push(good);
  CHECK(again.code == 0);
  CHECK(says(again.out, {"events appended 0, problems 0"}));
  const said more = push(good + "a,2,T02,2011-10-12T08:26,R2,,\n");
  CHECK(says(more.out, {"(known to the store 4), events appended 1, problems 0"}));
  // The same as XES, with the columns named here.
  const std::string xes =
      "<log><trace><string key=\"concept:name\" value=\"x\"/><event><string key=\"concept:name\" "
      "value=\"T01\"/><date key=\"time:timestamp\" value=\"2011-10-11T13:45:00+02:00\"/></event>"
      "</trace></log>";
  const said pushed = run_banli({"import", flow, "--log", folder.write("l.xes", xes), "--store",
                                 folder.at("x.db"), "--lang", "en"});
  CHECK(pushed.err == "");
  CHECK(says(pushed.out, {"events appended 2, problems 0"}));
  CHECK(run_banli({"import", county, "--log", folder.at("l.csv"), "--store", folder.at("y.db")})
            .code == 2); // no mapping
}

TEST_CASE("a store is made with SM3 if that is wanted, and keeps it") {
  const scratch folder;
  const auto run = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all{"run",     county,
                                 "--log",   folder.write("log.csv", some_cases()),
                                 "--store", folder.at("s.db")};
    all.insert(all.end(), more.begin(), more.end());
    return run_banli(all).code;
  };
  CHECK(run({"--digest", "md5"}) == 2);
  CHECK(run({"--digest", "sm3"}) == 0);
  CHECK(run({}) == 0);
  CHECK(run_banli({"verify", folder.at("s.db")}).code == 0);
  const said made =
      run_banli({"checkpoint", folder.at("s.db"), "--key", folder.write("k.pem", key)});
  CHECK(says(made.out, {"digest sm3\ncases 10\n"}));
}

TEST_CASE("verify and case as data") {
  const scratch folder;
  const std::string store = county_store(folder);
  const auto good = boost::json::parse(run_banli({"verify", store, "--json"}).out);
  CHECK(good.at("cases") == 10);
  CHECK(good.at("faults").as_array().empty());
  const auto as_it_stood = [&](const char* at) {
    return boost::json::parse(run_banli({"case", "restore", store, "LY-2024-000013",
                                         "--configuration", county, "--at", at, "--json"})
                                  .out);
  };
  const auto then = as_it_stood("2024-05-14T16:16:41");
  CHECK(then.at("phase") == "running");
  CHECK(then.at("version") == 8);
  CHECK(then.at("waiting").at(0).at("step") == "上报");
  CHECK(then.at("promised").at("due") == "2024-07-08");
  CHECK(then.at("timeliness") == "open");
  CHECK(as_it_stood("2024-05-14T16:16:40").at("version") == 7);
  CHECK(as_it_stood("2024-01-01").at("phase") == "none");
  CHECK(as_it_stood("2030-01-01").at("ended") == "2024-05-23T09:11:22");
  edit(store, "UPDATE events SET hash = printf('%064d', 7) WHERE case_id = 'LY-2024-000013' AND "
              "number = 3");
  const said broken = run_banli({"verify", store, "--json"});
  CHECK(broken.code == 1);
  const auto fault = boost::json::parse(broken.out).at("faults").at(0);
  CHECK(fault.at("case") == "LY-2024-000013");
  CHECK(fault.at("event") == 3);
  // What does not hold is not signed, and not copied over good copies.
  CHECK(run_banli(
            {"checkpoint", store, "--key", folder.write("k.pem", key), "-o", folder.at("c.txt")})
            .code == 1);
  CHECK_FALSE(fs::exists(folder.at("c.txt")));
  CHECK(run_banli({"backup", store, "-o", folder.at("b.db")}).code == 3);
  CHECK_FALSE(fs::exists(folder.at("b.db")));
}
