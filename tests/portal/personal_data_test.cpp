// Ten thousand personal values are planted, and none may be found in anything that is printed for a
// reader who has not the right.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unordered_set>

#include <doctest/doctest.h>

#include <banli/drawing/dossier.hpp>
#include <banli/drawing/masked_event.hpp>
#include <banli/engine/decide.hpp>
#include <banli/interchange/process_log.hpp>
#include <banli/portal/case_query.hpp>
#include <banli/portal/online_application.hpp>
#include <banli/portal/public_lists.hpp>
#include <banli/portal/repositories.hpp>
#include <banli/run/report.hpp>
#include <banli/storage/sealing_store.hpp>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

constexpr int planted_people = 2'000; // five values each

/// Every text that the persons of all cases must not be found in.
class leak_finder {
 public:
  leak_finder() {
    for (int n = 1; n <= planted_people; ++n)
      for (const std::string& v : personal_values(n)) values_.insert(v);
  }

  std::size_t size() const { return values_.size(); }

  /// The first planted value in a text. Names are two characters of three bytes each, numbers runs
  /// of digits: so each text is walked once.
  std::string first_in(std::string_view text) const {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const auto first = static_cast<unsigned char>(text[at]);
      const std::size_t size = first == 0xE3 || first == 0xE4 ? 6 // a name
                               : first == '1'                 ? 11
                               : first == '6'                 ? 18
                                                              : 0;
      if (size == 0 || at + size > text.size()) continue;
      const auto found = values_.find(std::string{text.substr(at, size)});
      if (found != values_.end()) return *found;
    }
    return {};
  }

 private:
  std::unordered_set<std::string> values_;
};

const leak_finder& leaks() {
  static const leak_finder finder;
  return finder;
}

/// A store with a case of every person, some of them still open.
case_store& planted_store() {
  static const std::unique_ptr<case_store> store = [] {
    auto s = memory_store();
    for (int n = 1; n <= planted_people; ++n)
      keep(*s, case_of(n, fmt::format("C{:05}", n), n % 3 == 0 ? far::accepted : far::delivered));
    return s;
  }();
  return *store;
}

run_result whole_run(const case_log& log = {}) {
  return replay(small_office(), log, planted_store(), {.until = *parse_instant("2026-06-30T18:00")})
      .value();
}

} // namespace

TEST_CASE("the values are there to be found") {
  CHECK(leaks().size() == 10'000);
  std::string all;
  for (const event& e : planted_store().load(case_id{"C00007"}).value()) all += to_json(e);
  for (const std::string& v : personal_values(7)) CHECK(all.find(v) != std::string::npos);
  CHECK(leaks().first_in("x" + planted_certificate(1'999) + "y") == planted_certificate(1'999));
  CHECK(leaks().first_in("…" + planted_name(4'999)) == planted_name(4'999));
}

TEST_CASE("no list, table or document of the portal has one of them") {
  const service_records none;
  const repositories all{small_office(), planted_store(), none};
  for (const repository r : {repository::processes, repository::results}) {
    const repository_table t = all.table(r).value();
    CHECK(t.rows.size() > 1'000);
    CHECK(leaks().first_in(to_csv(t)) == "");
    CHECK(leaks().first_in(to_json(t)) == "");
    CHECK(leaks().first_in(to_csv(all.table(r, personal_right::granted).value())) != "");
  }
  const service_column column{small_office().items, small_office().people};
  const auto results = publicised_results(small_office(), planted_store(), column,
                                          small_office().items.front().code);
  CHECK(results->size() > 1'000);
  CHECK(leaks().first_in(to_markdown(results_table(*results))) == "");
  const auto late =
      overdue_cases(small_office(), planted_store(), *parse_instant("2026-06-30T18:00"));
  CHECK(late->size() > 500);
  CHECK(leaks().first_in(to_csv(overdue_table(*late))) == "");
  for (int n = 1; n <= planted_people; n += 97) {
    const auto answer = ask(small_office(), planted_store(), case_id{fmt::format("C{:05}", n)});
    for (const auto& [name, value] : fields_of(*answer)) CHECK(leaks().first_in(value) == "");
  }
}

TEST_CASE("no dossier, report or terminal text has one of them") {
  const folder f;
  case_log log; // every case has a refusal, so that every case has a page
  for (int n = 1; n <= planted_people; ++n) {
    command c;
    c.id = case_id{fmt::format("C{:05}", n)};
    c.request = request_id{fmt::format("again-{}", n)};
    c.at = *parse_instant("2025-01-01T09:00");
    c.actor = person_id{"P1"};
    c.what = action::apply;
    c.with = application_of(n).with;
    c.with.item = small_office().items.front().code;
    log.commands.push_back(std::move(c));
  }
  const run_result run = whole_run(log);
  CHECK(run.refusals.size() == planted_people);
  for (const refusal& r : run.refusals) {
    REQUIRE(leaks().first_in(r.why.message.en) == "");
    REQUIRE(leaks().first_in(r.why.message.zh) == "");
  }
  const auto written = write_report(f / "report", small_office(), run, planted_store(),
                                    {.until = *parse_instant("2026-06-30T18:00"), .dossiers = 300});
  REQUIRE(written.has_value());
  CHECK(written->dossiers >= 200);
  std::size_t pages = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator{f / "report"}) {
    if (!file.is_regular_file()) continue;
    std::ifstream in{file.path(), std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    CAPTURE(file.path().string());
    REQUIRE(leaks().first_in(text) == "");
    ++pages;
  }
  CHECK(pages > 200);
  for (int n = 1; n <= planted_people; n += 53) {
    const case_view v =
        view_case(small_office(), planted_store(), case_id{fmt::format("C{:05}", n)}).value();
    for (const language in : {language::zh, language::en})
      for (const std::string& text :
           {history_text(v.history, in), state_text(v, in), limits_text(v, in), state_json(v)})
        REQUIRE(leaks().first_in(text) == "");
  }
}

TEST_CASE("no log for other tools has one of them, unless everything is asked for") {
  for (const process_form form : {process_form::xes, process_form::ocel})
    for (const told_details told : {told_details::process, told_details::everything}) {
      process_log log{form, {.details = told}};
      for (int n = 1; n <= planted_people; n += 7) {
        const case_id id{fmt::format("C{:05}", n)};
        const auto events = planted_store().load(id).value();
        log.add({id, small_office().items.front().code, events});
      }
      const std::string text = std::move(log).take();
      CHECK((leaks().first_in(text) == "") == (told == told_details::process));
    }
}

TEST_CASE("no error message about an application has one of them") {
  for (int n = 1; n <= planted_people; n += 11) {
    online_application a;
    const std::vector<std::string> v = personal_values(n);
    a.applicant = v[0];
    a.said = *application_of(n).with.application;
    a.facts = {{"area", v[1]}, {"urgent", v[0]}};
    a.files = {{"登记申请书", {.id = attachment_id{"f"}, .name = "f.pdf"}}};
    const problems found = check(a, small_office().items.front());
    CHECK_FALSE(found.empty());
    for (const error& e : found) {
      REQUIRE(leaks().first_in(to_string(e, language::zh)) == "");
      REQUIRE(leaks().first_in(to_string(e, language::en)) == "");
    }
  }
}

TEST_CASE("no event that is printed has one of them, whole or in part") {
  for (int n = 1; n <= planted_people; n += 13) {
    std::vector<event> events = planted_store().load(case_id{fmt::format("C{:05}", n)}).value();
    const std::vector<std::string> v = personal_values(n);
    for (std::size_t i = 0; i < v.size(); ++i)
      events.back().with.facts.emplace_back(fmt::format("f{}", i), v[i]);
    events.back().with.opinion = v[0] + "同意";
    std::string told;
    for (const event& e : masked_events(events)) told += to_json(e);
    for (std::size_t i = 0; i < events.size(); ++i) // the first events say the names
      for (const event& e : masked_events({&events[i], 1})) told += to_json(e);
    REQUIRE(leaks().first_in(told) == "");
    CHECK(told.find("applied") != std::string::npos);
  }
}

TEST_CASE("no refusal of the engine repeats what was written into a form") {
  const case_definition& d = *small_office().definitions[0];
  for (int n = 1; n <= planted_people; n += 17) {
    case_state s;
    for (const std::string& value : personal_values(n))
      for (const char* field : {"area", "urgent", "nothing"}) {
        command c;
        c.id = case_id{"C"};
        c.at = *parse_instant("2026-01-05T09:00");
        c.actor = person_id{"P1"};
        c.what = action::accept;
        c.with.item = d.item.code;
        c.with.facts = {{field, value}};
        const auto done = decide(d, s, c, small_office().calendar);
        if (done) continue; // a number may be one
        REQUIRE(leaks().first_in(to_string(done.error(), language::zh)) == "");
        REQUIRE(leaks().first_in(to_string(done.error(), language::en)) == "");
      }
  }
}

TEST_CASE("what is sealed is in no file, and forgetting one leaves the others") {
  const folder f;
  {
    const auto file = open(f / "sealed.db");
    const auto ring = open_key_ring(f / "sealed.keys", some_master()).value();
    const auto store = sealing_store(*file, *ring);
    for (int n = 1; n <= 50; ++n) {
      const auto events = std::vector{application_of(n)};
      REQUIRE(append(*store, asking(fmt::format("C{:05}", n), events)).has_value());
    }
    CHECK(forget(*ring, identity_of_person(25), *parse_day("2026-11-22")).value());
    CHECK(file->verify()->empty());
    CHECK(store->load(case_id{"C00025"})->front().with.applicant == erased_value);
    CHECK(store->load(case_id{"C00026"})->front() == application_of(26));
  }
  for (const auto& entry : std::filesystem::directory_iterator{f / "."}) {
    std::ifstream in{entry.path(), std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    CAPTURE(entry.path().string());
    CHECK(leaks().first_in(bytes) == "");
  }
}
