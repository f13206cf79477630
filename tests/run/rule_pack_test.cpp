#include <banli/run/rule_pack.hpp>

#include <array>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include <banli/interchange/csv.hpp>
#include <banli/supervision/cross_case.hpp>
#include <banli/supervision/monitor.hpp>
#include <banli/supervision/record_watch.hpp>
#include <banli/supervision/supervise.hpp>

#include "../engine/sample.hpp"

using namespace sample;

namespace {

/// The columns of a CSV file by name, row by row.
std::vector<std::map<std::string, std::string>> rows_of_csv(const std::string& path) {
  std::ifstream in(path);
  std::vector<std::map<std::string, std::string>> out;
  if (!in) return out;
  std::ostringstream all;
  all << in.rdbuf();
  problems found;
  const csv_table table = read_csv(all.str(), path, found);
  REQUIRE(found.empty());
  for (const csv_row& r : table.rows) {
    auto& row = out.emplace_back();
    for (std::size_t c = 0; c < table.header.size(); ++c)
      row[table.header[c].text] = r.fields[c].text;
  }
  return out;
}

rule_set pack(std::string_view name) {
  const auto f = load_rule_pack(name);
  REQUIRE(f.has_value());
  for (const error& e : f->found) FAIL(to_string(e, language::en));
  return *f->rules;
}

} // namespace

TEST_CASE("every rule of a pack fires in one of its tests and stays silent in another") {
  for (const std::string_view name : rule_pack_names()) {
    const rule_set rules = pack(name);
    CHECK(run_rule_tests(rules).empty());
    for (const compiled_rule& r : rules.rules()) {
      CAPTURE(r.id().text());
      if (r.id() == rule_id{"A005"}) continue; // it asks a calendar: see below
      std::set<verdict_kind> seen;
      for (const rule_test& t : r.definition().tests) seen.insert(t.expected);
      CHECK(seen.contains(verdict_kind::fires));
      CHECK(seen.contains(verdict_kind::silent));
    }
  }
}

TEST_CASE("every rule of a pack has a legal basis, a message in both languages and its thresholds "
          "as parameters") {
  std::size_t with_parameters = 0;
  for (const std::string_view name : rule_pack_names()) {
    const rule_set rules = pack(name);
    for (const compiled_rule& r : rules.rules()) {
      CAPTURE(r.id().text());
      const rule& d = r.definition();
      CHECK_FALSE(d.basis.empty());
      CHECK_FALSE(d.message.en.empty());
      CHECK_FALSE(d.message.zh.empty());
      for (const rule_parameter& p : d.parameters) CHECK_FALSE(p.meaning.zh.empty());
      with_parameters += d.parameters.empty() ? 0 : 1;
    }
  }
  CHECK(with_parameters > 40);
}

TEST_CASE("a registration long after the offence is found with the calendar of the case") {
  service_item i = item();
  i.type = "CF";
  i.code = item_id{"62052400MZ-CF-0001"};
  i.facts.push_back({"incident_on", "案发日期", fact_type::text});
  const auto d = define(i, chart(), authority::recorded);
  const rule_set rules = pack("supervision");
  const auto fires = [&](const char* incident) {
    running_case c{d};
    details w;
    w.facts = {{"incident_on", incident}};
    c.accept("2024-09-19T09:00", w);
    const auto s = supervise(*d, c.state.id, c.history, rules, c.calendar, c.state.last);
    REQUIRE(s.has_value());
    return std::any_of(s->hits.begin(), s->hits.end(),
                       [](const hit& h) { return h.rule == rule_id{"A005"}; });
  };
  CHECK(fires("2024-09-03")); // the eleventh working day after, 中秋 counted out
  CHECK_FALSE(fires("2024-09-04"));
}

TEST_CASE("second notices, untold and owed ones are found (F15, H06)") {
  service_item i = item();
  i.refusals_reported = true;
  const rule_set rules = pack("supervision");
  const auto hits = [&](const running_case& c, const char* when) {
    std::set<std::string> out;
    const auto found =
        supervise(*c.definition, c.state.id, c.history, rules, c.calendar, at(when)).value();
    for (const hit& h : found.hits)
      if (h.end == hit_end::open) out.insert(h.rule.text());
    return out;
  };
  running_case c{define(i)};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  details hearing = why("听证");
  hearing.kind = "hearing";
  c.did("2024-09-03T12:00", "P1", action::suspend, hearing);
  CHECK(hits(c, "2024-09-03T13:00").contains("H-TOLD"));
  details told;
  told.kind = "excluded_time";
  told.limit = time_limit{10, limit_unit::workday};
  c.did("2024-09-03T14:00", "P1", action::notify, told);
  CHECK_FALSE(hits(c, "2024-09-03T15:00").contains("H-TOLD"));
  c.did("2024-09-04T09:00", "P1", action::resume);
  for (const int times : {1, 2}) {
    const std::string hour = "2024-09-04T09:" + std::to_string(10 * times);
    c.did(hour, "P1", action::request_supplement, why("缺章程"));
    c.did(hour, "P1", action::supplement);
    CHECK(hits(c, hour.c_str()).contains("OLD-MULTIBZ") == (times == 2));
  }
  details no = why("不符合条件");
  no.result = case_result::refused;
  c.did("2024-09-04T10:00", "P3", action::decide, no);
  CHECK(hits(c, "2024-09-04T11:00").contains("H-OWED"));
  told = {};
  told.kind = "refusal";
  c.did("2024-09-05T09:00", "P1", action::notify, told);
  CHECK_FALSE(hits(c, "2024-09-05T10:00").contains("H-OWED"));
}

TEST_CASE("every row of the provincial rule book became a rule, or it is said why not") {
  const auto book = rows_of_csv(BANLI_SHARED_DIR "/data/domain/supervision_rules.csv");
  const auto where = rows_of_csv(BANLI_SOURCE_DIR "/share/rules/rule_book.csv");
  REQUIRE_FALSE(where.empty());
  std::map<std::string, std::map<std::string, std::string>> by_code;
  for (const auto& row : where) {
    CAPTURE(row.at("code"));
    CHECK(by_code.emplace(row.at("code"), row).second);
    if (row.at("rule").empty()) {
      CHECK_FALSE(row.at("why_not").empty());
      CHECK_FALSE(row.at("why_not_zh").empty());
    } else {
      CHECK(row.at("why_not").empty());
      CHECK(pack(row.at("pack")).find(rule_id{row.at("rule")}) != nullptr);
    }
  }
  if (book.empty()) {
    MESSAGE("skipped: the rule book is not there");
    return;
  }
  CHECK(book.size() == 65);
  for (const auto& row : book) {
    CAPTURE(row.at("code"));
    CHECK(by_code.contains(row.at("code")));
  }
}

TEST_CASE("a pack is asked for by name") {
  CHECK(rule_pack_text("supervision")->starts_with("kind: rules"));
  const auto none = rule_pack_text("supervison");
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == errc::unknown_reference);
  CHECK(to_string(none.error(), language::en).find("supervision") != std::string::npos);
}

TEST_CASE("counters and constraints are written beside the rules, and read as flow.*") {
  const auto f = parse_rules("r.yaml", R"(kind: rules
counters:
  - {name: decisions, activities: [decided], of: actors, window_days: 30}
constraints:
  - {name: one_hand, template: four_eyes, a: [受理], b: [审查]}
rules:
  - id: R
    name: 同一人受理并审查
    dimension: integrity
    level: alarm
    condition: flow.one_hand && flow.decisions == 0
)");
  for (const error& e : f.found) FAIL(to_string(e, language::en));
  REQUIRE(f.rules.has_value());
  running_case c{define(item(), chart(), authority::recorded)};
  c.accept("2024-09-02T09:00");
  c.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  const auto hits = [&] {
    return supervise(*c.definition, c.state.id, c.history, *f.rules, c.calendar, c.state.last)
        ->hits.size();
  };
  CHECK(hits() == 0);
  c.did("2024-09-04T10:00", "P1", action::complete, of_step("审查", "通过"));
  CHECK(hits() == 1);
}

TEST_CASE("what is wrong with counters and constraints is said where it stands") {
  const auto code_of = [](const std::string& part) {
    const auto f = parse_rules("r.yaml", "kind: rules\n" + part + R"(
rules:
  - {id: R, name: R, dimension: flow, level: alarm, condition: "true"}
)");
    return f.found.empty() ? std::string{} : std::string{to_string(f.found.front().code)};
  };
  CHECK(code_of("counters:\n  - {name: x, activities: []}") == "missing-field");
  CHECK(code_of("counters:\n  - {name: x, activities: [a], window_days: 0}") == "bad-value");
  CHECK(code_of("counters:\n  - {name: x, activities: [a], where: 'a.nobody == 1'}") ==
        "unknown-field");
  CHECK(code_of("constraints:\n  - {name: x, template: response, a: [a]}") == "missing-field");
  CHECK(code_of("constraints:\n  - {name: x, template: nothing, a: [a]}") == "unknown-value");
  CHECK(code_of("counters:\n  - {name: x, activities: [a]}\nconstraints:\n"
                "  - {name: x, template: absence, a: [a]}") == "duplicate-id");
}

TEST_CASE("rules of one subject are refused by whoever looks at another, never kept in silence") {
  constexpr std::array all{rule_subject::cases, rule_subject::units, rule_subject::records};
  const std::map<std::string_view, rule_subject> about{{"supervision", rule_subject::cases},
                                                       {"unit-month", rule_subject::units},
                                                       {"orders", rule_subject::records},
                                                       {"disclosure", rule_subject::records}};
  REQUIRE(about.size() == rule_pack_names().size());
  const running_case c{define()};
  for (const auto& [name, subject] : about) {
    CAPTURE(name);
    const rule_set rules = pack(name);
    for (const rule_subject asked : all) {
      const auto named = load_named_rules(name, asked);
      CHECK(named.has_value() == (asked == subject));
      if (!named) CHECK(named.error().code == errc::bad_value);
      CHECK(rules.foreign_to(words_of(asked)).empty() == (asked == subject));
    }
    const bool of_cases = subject == rule_subject::cases;
    monitor m{rules, c.calendar};
    const auto told = m.advance(at("2024-09-02T09:00"));
    CHECK(told.has_value() == of_cases);
    if (!told) CHECK(told.error().code == errc::unknown_field);
    CHECK(supervise(*c.definition, c.state.id, c.history, rules, c.calendar, at("2024-09-02T09:00"))
              .has_value() == of_cases);
    using namespace std::chrono;
    CHECK(watch_together({}, rules, {2024y / 1, 2024y / 2}).has_value() ==
          (subject == rule_subject::units));
    CHECK(watch_records({}, rules, c.calendar, at("2024-09-02T09:00")).has_value() ==
          (subject == rule_subject::records));
  }
  CHECK(load_named_rules("orderz", rule_subject::records)->found.front().code ==
        errc::file_not_found);
}
