// `banli watch` and `banli backtest` over a store made from the example.
#include <algorithm>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "sessions.hpp"

using namespace command;

namespace {

const std::string office = BANLI_SOURCE_DIR "/examples/county";

/// The store of a few cases of the example.
std::string store_of_few(const scratch& folder) {
  const std::string all = content(office + "/cases.csv");
  std::string some;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = all.find('\n', at) + 1;
    const std::string line = all.substr(at, end - at);
    if (at == 0 || line.find(",LY-2024-0000") != std::string::npos) some += line;
    at = end;
  }
  const std::string store = folder.at("watched.db");
  REQUIRE(
      run_banli({"run", office, "--log", folder.write("log.csv", some), "--store", store}).code ==
      0);
  return store;
}

std::ptrdiff_t lines_of(const std::string& s) { return std::count(s.begin(), s.end(), '\n'); }

} // namespace

TEST_CASE("a store is watched up to an instant: hits, what comes, and when to look again") {
  const scratch folder;
  const std::string store = store_of_few(folder);
  const std::vector<std::string> watch{"watch", office,       "--store", store,
                                       "--at",  "2024-12-31", "--lapse", "20"};
  const auto en = [&](std::vector<std::string> more) {
    std::vector<std::string> all = watch;
    all.insert(all.end(), more.begin(), more.end());
    return run_banli(all);
  };
  const auto said = en({"--lang", "en", "--rules", "supervision"});
  CHECK(said.code == 0);
  CHECK(says(said.out, {"until 2024-12-31", " hits, "}));
  CHECK(run_banli(watch).out.find("截至 2024-12-31") != std::string::npos);
  const auto json = en({"--json", "--rules", "supervision"});
  CHECK(lines_of(json.out) > 0);
  for (std::size_t at = 0; at < json.out.size();) {
    const std::size_t end = json.out.find('\n', at);
    CHECK(boost::json::parse(json.out.substr(at, end - at)).as_object().contains("rule"));
    at = end + 1;
  }
  CHECK(en({"--json", "--rules", "supervision"}).out == json.out);
}

TEST_CASE("other rules are tried over the history of a store") {
  const scratch folder;
  const std::string store = store_of_few(folder);
  const std::vector<std::string> same{"backtest",   office,    "--store", store,    "--at",
                                      "2024-12-31", "--rules", office,    "--lang", "en"};
  const auto nothing = run_banli(same);
  CHECK(nothing.code == 0);
  CHECK(says(nothing.out, {" 0 rules asked again: 0 fewer, 0 more, 0 changed, 0 the same"}));
  const std::string every = folder.write("every.yaml", R"(kind: rules
rules:
  - {id: EVERY, name: 每件, dimension: flow, level: reminder, condition: case.open}
)");
  const auto other = run_banli({"backtest", office, "--store", store, "--at", "2024-12-31",
                                "--rules", every, "--lang", "en"});
  CHECK(other.code == 0);
  CHECK(says(other.out, {"? EVERY added", "? T-1 removed", "+ ", "EVERY", " 0 the same"}));
}

TEST_CASE("a threshold, or days, are tried without writing rules anew") {
  const scratch folder;
  const std::string store = store_of_few(folder);
  const std::vector<std::string> tried{"backtest", office, "--store", store, "--at", "2024-12-31"};
  const auto with = [&](std::vector<std::string> more) {
    std::vector<std::string> all = tried;
    all.insert(all.end(), more.begin(), more.end());
    return run_banli(all);
  };
  const auto set = with({"--set", "T-1.share=0.1", "--lang", "en"});
  CHECK(set.code == 0);
  CHECK(says(set.out, {"? T-1 changed", "1 rules asked again"}));
  CHECK(with({"--set", "T-1.shar=0.1"}).code == 1);
  const std::string days = folder.write("flood.yaml", R"(kind: overlay
name: flood
days:
  - {date: 2024-03-04..2024-03-29, opens: closed, name: 防汛}
)");
  const auto closed = with({"--overlay", days, "--json"});
  CHECK(closed.code == 0);
  CHECK(says(closed.out, {R"({"asked":"T-1","why":"calendar"})", R"("side":)"}));
  CHECK(with({"--overlay", folder.at("none.yaml")}).code == 1);
}

TEST_CASE("the office one level up is told of alarms nobody ordered about") {
  const scratch folder;
  const std::string store = store_of_few(folder);
  const std::vector<std::string> watch{"watch", office,       "--store", store,
                                       "--at",  "2024-12-31", "--rules", "supervision",
                                       "--of",  "orders",     "--json"};
  CHECK(says(run_banli(watch).out, {R"({"rule":"B001","level":"alarm","id":"LY-2024-)"}));
}

TEST_CASE("units and columns are watched by the packs for them, or by the rules one names") {
  const scratch folder;
  const std::string store = store_of_few(folder);
  const auto of = [&](const char* what, std::vector<std::string> more) {
    std::vector<std::string> all{"watch",      office, "--store", store,    "--at",
                                 "2025-06-30", "--of", what,      "--lang", "en"};
    all.insert(all.end(), more.begin(), more.end());
    return run_banli(all);
  };
  const std::string month = folder.write("month.yaml", R"(kind: rules
rules:
  - {id: M, name: 收件, dimension: flow, level: reminder, condition: unit.accepted > 0,
     message: {zh: "收件 {unit.accepted}", en: "{unit.accepted} accepted"}}
)");
  CHECK(says(of("units", {"--by", month}).out,
             {"2024-02-01 00:00 reminder M LY", " accepted\n", "until 2025-06-30 00:00: "}));
  CHECK(says(of("units", {"--by", month, "--json"}).out,
             {R"({"rule":"M","level":"reminder","unit":"LY","raised":"2024-02-01T00:00:00",)"}));
  CHECK(of("units", {}).code == 0);
  CHECK(says(of("columns", {"--json"}).out, {R"("level":)"}));
  // Rules that look at something else would never fire: they are refused.
  for (const char* pack : {"orders", "unit-month", "disclosure"}) {
    const auto refused = run_banli(
        {"watch", office, "--store", store, "--at", "2025-06-30", "--rules", pack, "--lang", "en"});
    CHECK(refused.code == 1);
    CHECK(says(refused.err, {"error[bad-value]: the rules of the pack", ", not at cases"}));
  }
  CHECK(of("units", {"--by", "supervision"}).code == 1);
  CHECK(of("months", {}).code == 2);
}

TEST_CASE("what is wrong with watching is said, and ends with its code") {
  const scratch folder;
  const std::string store = store_of_few(folder);
  CHECK(run_banli({"watch", office, "--store", store, "--at", "soon"}).code == 2);
  CHECK(run_banli({"watch", office, "--store", store, "--at", "2024-12-31", "--until", "x"}).code ==
        2);
  CHECK(run_banli({"watch", office, "--store", folder.at("none.db"), "--at", "2024-12-31"}).code ==
        1);
  CHECK(run_banli({"watch", office, "--store", store, "--at", "2024-12-31", "--rules",
                   folder.write("bad.yaml", "kind: rules\nrules:\n  - {id: X}\n")})
            .code == 1);
  CHECK(run_banli({"backtest", office, "--store", store, "--at", "2024-12-31"}).code == 2);
}
