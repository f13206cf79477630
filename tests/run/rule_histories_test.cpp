// Every rule that banli carries, over cases that were run through the engine: tests/cases/rule_pack
// has an office, its log of commands, and for each rule a case in which it fires (and when) beside
// one that comes near and in which it must not. Rules of an older book that louder ones outdo are
// tried with the thresholds that an office sets to use them (column `set`).
#include <banli/run/rule_pack.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include <banli/engine/case_facts.hpp>
#include <banli/interchange/case_log.hpp>
#include <banli/interchange/csv.hpp>
#include <banli/rules/rule_parameters.hpp>
#include <banli/run/replay.hpp>
#include <banli/run/store_watch.hpp>

using namespace banli;

namespace {

const std::string pack_cases = BANLI_SOURCE_DIR "/tests/cases/rule_pack/";

const configuration& trial_county() {
  static const configuration c = load_configuration(pack_cases);
  for (const error& e : c.found) FAIL(to_string(e, language::en));
  return c;
}

/// The cases of a log, every command of which the engine grants.
std::unique_ptr<case_store> store_of_log(const char* file) {
  const auto text = read_log_file(pack_cases + file);
  REQUIRE(text.has_value());
  const case_log_result log = parse_case_log(*text, file);
  REQUIRE(log.found.empty());
  auto store = memory_store();
  const auto run = replay(trial_county(), log.log, *store, {.until = last_instant(log.log)});
  REQUIRE(run.has_value());
  for (const refusal& r : run->refusals) FAIL(to_string(r.why, language::en));
  return store;
}

std::vector<std::map<std::string, std::string>> expectations(const char* file) {
  const auto text = read_log_file(pack_cases + file);
  REQUIRE(text.has_value());
  problems found;
  const csv_table table = read_csv(*text, file, found);
  REQUIRE(found.empty());
  std::vector<std::map<std::string, std::string>> out;
  for (const csv_row& row : table.rows) {
    auto& named = out.emplace_back();
    for (std::size_t c = 0; c < table.header.size(); ++c)
      named[table.header[c].text] = row.fields[c].text;
  }
  return out;
}

rule_set pack_with(std::string_view name, const environment& words, const std::string& settings) {
  const auto f = load_rule_pack(name);
  REQUIRE(f.has_value());
  for (const error& e : f->found) FAIL(to_string(e, language::en));
  if (settings.empty()) return *f->rules;
  const std::vector<std::string> said{settings};
  compiled_rules set = with_parameters(*f->rules, words, said);
  for (const error& e : set.problems) FAIL(to_string(e, language::en));
  return *std::move(set.rules);
}

void every_rule_is_among(const std::set<std::string>& seen, std::string_view pack) {
  const auto carried = load_rule_pack(pack);
  for (const compiled_rule& r : carried->rules->rules()) {
    CAPTURE(r.id().text());
    CHECK(seen.contains(r.id().text()));
  }
  CHECK(seen.size() == carried->rules->rules().size());
}

} // namespace

TEST_CASE("every rule over a case fires in a case of the engine and stays silent in another (I04, "
          "I07, E08, H06, I20)") {
  const auto store = store_of_log("cases.csv");
  const instant until = *parse_instant("2024-07-01");
  std::map<std::string, std::vector<hit>> watched; // by settings
  std::set<std::string> seen;
  for (const auto& row : expectations("expected.csv")) {
    CAPTURE(row.at("rule"));
    CAPTURE(row.at("why"));
    seen.insert(row.at("rule"));
    auto [at, added] = watched.try_emplace(row.at("set"));
    if (added) {
      store_watch w(trial_county(), pack_with("supervision", fact_environment(), row.at("set")),
                    trial_county().calendar);
      REQUIRE(w.catch_up(*store, until).has_value());
      CHECK(w.left_out().empty());
      at->second = w.hits();
    }
    const auto of = [&](const std::string& id) {
      std::vector<hit> out;
      for (const hit& h : at->second)
        if (h.rule.text() == row.at("rule") && h.id.text() == id) out.push_back(h);
      return out;
    };
    CHECK(of(row.at("silent")).empty());
    const auto fired = of(row.at("fires"));
    const auto there = std::any_of(fired.begin(), fired.end(), [&](const hit& h) {
      return to_text(h.raised) == row.at("raised") && h.step.text() == row.at("step");
    });
    CHECK(there);
    for (const hit& h : fired) {
      CHECK(h.message.zh.find('?') == std::string::npos); // what it shows is there
      CHECK_FALSE(h.facts.empty());
    }
  }
  every_rule_is_among(seen, "supervision");
  for (const hit& h : watched.at("")) {
    CHECK(h.id.text() != "N1");  // where nothing is wrong
    CHECK(h.id.text() != "U-1"); // late, but of an item that is not supervised
  }
}

TEST_CASE(
    "every rule over many cases fires and stays silent over cases of the engine (I23 to I25)") {
  const auto store = store_of_log("months.csv");
  const instant until = *parse_instant("2024-12-31");
  store_watch w(trial_county(), pack_with("supervision", fact_environment(), ""),
                trial_county().calendar);
  REQUIRE(w.catch_up(*store, until).has_value());
  const auto hits = w.hits();
  const auto cases = watched_cases(trial_county(), *store, until, hits);
  REQUIRE(cases.has_value());
  cross_case_span span{std::chrono::year{2024} / 3, std::chrono::year{2024} / 7};
  for (const service_item& i : trial_county().items)
    if (i.supervised) ++span.items_owned[i.department];
  std::set<std::string> seen;
  for (const auto& row : expectations("months_expected.csv")) {
    CAPTURE(row.at("rule"));
    CAPTURE(row.at("why"));
    seen.insert(row.at("rule"));
    const auto found = watch_together(
        *cases, pack_with("unit-month", cross_case_environment(), row.at("set")), span);
    REQUIRE(found.has_value());
    std::set<std::string> raised;
    bool silent = true;
    for (const cross_case_hit& h : *found) {
      if (h.rule.text() != row.at("rule")) continue;
      const std::string who = h.applicant.empty() ? h.unit.text() + h.person.text()
                                                  : h.person.text() + "+" + h.applicant;
      raised.insert(who + "@" + to_text(h.raised));
      silent = silent && !(who + "@" + to_text(h.raised)).starts_with(row.at("silent"));
    }
    CHECK(raised.contains(row.at("fires") + "@" + row.at("raised")));
    CHECK(silent);
  }
  every_rule_is_among(seen, "unit-month");
}

TEST_CASE("where several thresholds are passed in one month, the loudest rule alone is heard") {
  const auto store = store_of_log("months.csv");
  const instant until = *parse_instant("2024-12-31");
  const auto cases = watched_cases(trial_county(), *store, until, {});
  REQUIRE(cases.has_value());
  const auto found = watch_together(*cases, pack_with("unit-month", cross_case_environment(), ""),
                                    {std::chrono::year{2024} / 5, std::chrono::year{2024} / 6});
  REQUIRE(found.has_value());
  std::map<std::string, int> times;
  for (const cross_case_hit& h : *found) ++times[h.rule.text()];
  CHECK(times["C010"] == 1);
  CHECK(times["C009"] == 0);
  CHECK(times["C014"] == 1);
  CHECK(times["C013"] == 0);
}
