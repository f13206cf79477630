// `banli deadline`: the worked examples through the command line, and sessions as a user sees them.
#include <banli/cli/command_line.hpp>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sessions.hpp"

namespace {

using namespace command;
namespace json = boost::json;

said deadline(const std::string& options) {
  std::vector<std::string> all = words_of("deadline --lang en " + options);
  return run_banli(all);
}

json::object answer(const std::string& options) {
  const said s = deadline(options + " --json");
  INFO(options);
  INFO(s.err);
  REQUIRE(s.code == 0);
  return json::parse(s.out).as_object();
}

std::string text_of(const json::object& o, const char* key) {
  const json::value* v = o.if_contains(key);
  if (!v) return "absent";
  return v->is_string() ? std::string{v->as_string()} : json::serialize(*v); // null, numbers, lists
}

/// The options that ask what a worked example asks.
std::string options_of(const json::object& o, const scratch& dir) {
  const std::string unit = text_of(o, "unit");
  const bool hours = unit == "wm" || unit == "cm";
  const std::int64_t n = o.at("n").as_int64() / (hours ? 60 : 1);
  const char* word = unit == "wd"   ? "workdays"
                     : unit == "cd" ? "days"
                     : unit == "mo" ? "months"
                     : unit == "wm" ? "workhours"
                                    : "hours";
  std::string out =
      fmt::format("--calendar cn --start {} --limit \"{} {}\"", text_of(o, "start"), n, word);
  if (const json::value* susp = o.if_contains("susp"))
    for (const json::value& pair : susp->as_array())
      out += fmt::format(" --exclude susp:{}..{}", pair.at(0).as_string().c_str(),
                         pair.at(1).as_string().c_str());
  if (o.contains("dir")) out += " --before";
  if (o.contains("roll")) out += " --roll " + text_of(o, "roll");
  if (unit == "wm")
    out += " --hours " +
           dir.write("h.yaml", "kind: hours\nweek:\n  every_day: 09:00-12:00,13:30-17:30\n");
  if (const json::value* over = o.if_contains("over")) {
    std::string table = "date,opens,name\n";
    for (const auto& [date, open] : over->as_object())
      table += fmt::format("{},{},over\n", std::string{date}, open.as_int64());
    out += " --overlay " + dir.write("over.csv", table);
  }
  return out;
}

} // namespace

TEST_CASE("the worked examples come out of the command line") {
  std::ifstream file{BANLI_SOURCE_DIR "/tests/cases/deadline_examples.jsonl"};
  REQUIRE(file.is_open());
  int count = 0;
  for (std::string line; std::getline(file, line); ++count) {
    const json::object example = json::parse(line).as_object();
    CAPTURE(text_of(example, "id"));
    const scratch dir;
    const json::object o = answer(options_of(example, dir));
    const std::string due = text_of(example, "due");
    if (due.size() > 10)
      CHECK(text_of(o, "due_at") == due + ":00");
    else
      CHECK(text_of(o, "due") == due);
    CHECK(o.at("remaining").as_int64() == 0);
    CHECK(o.at("used") == o.at("total"));
    CHECK_FALSE(o.at("provisional").as_bool());
    CHECK(text_of(o, "calendar")
              .starts_with(example.contains("over") ? "cn@2025-11-04+over#" : "cn@2025-11-04#"));
    // The days end where the limit does.
    std::int64_t last = 0;
    for (const json::value& run : o.at("days").as_array())
      if (!run.at("last").is_null()) last = std::max(last, run.at("last").as_int64());
    CHECK(last == o.at("total").as_int64());
  }
  CHECK(count == 34);
}

TEST_CASE("sessions at the command line read as they are written down") {
  const auto settle = [](std::string printed) {
    for (std::size_t at = 0; (at = printed.find("#", at)) != std::string::npos;)
      printed.replace(++at, 8, "stamp"); // a fingerprint of 15,000 answers; cn_test guards it
    return printed;
  };
  CHECK(run_sessions(BANLI_SOURCE_DIR "/tests/cli/deadline_sessions.txt",
                     {BANLI_SOURCE_DIR "/", {}}, settle) >= 15);
}

TEST_CASE("JSON of an open suspension: no due date, and what remains of the limit") {
  const json::object o =
      answer("--start 2026-10-12 --limit \"20 workdays\" --suspend 2026-10-21..");
  CHECK(o.at("due").is_null());
  CHECK(o.at("due_at").is_null());
  CHECK(o.at("nominal").is_null());
  CHECK(o.at("total").as_int64() == 20);
  CHECK(o.at("used").as_int64() == 6);
  CHECK(o.at("remaining").as_int64() == 14);
  const json::value& last = o.at("days").as_array().back();
  CHECK(last.at("class").as_string() == "suspended");
  CHECK(last.at("to").is_null());
  CHECK(last.at("from").as_string() == "2026-10-21");
}

TEST_CASE("JSON says how the limit stands at an instant") {
  const std::string limit = "--start 2024-09-02 --limit \"20 workdays\" --exclude "
                            "expert_review:2024-09-10..2024-09-20 --at ";
  const json::object early = answer(limit + "2024-09-25T15:00");
  CHECK(early.at("used").as_int64() == 8);
  CHECK(early.at("remaining").as_int64() == 12);
  CHECK(text_of(early, "at") == "2024-09-25T15:00:00");
  CHECK(early.at("late").as_int64() == 0);
  CHECK(early.at("early").as_int64() == 21);
  CHECK(early.at("in_time").as_bool());
  const json::object late = answer(limit + "2024-10-20");
  CHECK(text_of(late, "due") == "2024-10-16");
  CHECK(late.at("late").as_int64() == 4);
  CHECK(late.at("early").as_int64() == 0);
  CHECK_FALSE(late.at("in_time").as_bool());
  CHECK_FALSE(answer("--start 2024-09-02 --limit \"20 workdays\"").contains("at"));
}

TEST_CASE("every day has its run, with class, ordinals, reason and source") {
  const json::object o = answer("--start 2024-09-12 --limit \"3 workdays\"");
  const json::array& days = o.at("days").as_array();
  REQUIRE(days.size() == 5);
  CHECK(text_of(o, "start") == "2024-09-12");
  CHECK(text_of(o, "limit") == "3 workdays");
  CHECK(text_of(o, "unit") == "workday");
  CHECK(days[0].at("class").as_string() == "before_start");
  CHECK(days[0].at("first").is_null());
  CHECK(days[1].at("first").as_int64() == 1);
  CHECK(days[1].at("source").is_null());
  CHECK(days[2].at("class").as_string() == "counted");
  CHECK(days[2].at("reason").at("zh").as_string() == "调休上班日(中秋节)");
  CHECK(days[2].at("source").as_string().starts_with("https://www.gov.cn/"));
  CHECK(days[3].at("from").as_string() == "2024-09-15");
  CHECK(days[3].at("to").as_string() == "2024-09-17");
}

TEST_CASE("the unit of hour limits is the minute, and their start an instant") {
  const json::object o = answer("--start 2025-09-30T16:40 --limit \"24 hours\"");
  CHECK(text_of(o, "unit") == "minute");
  CHECK(text_of(o, "start") == "2025-09-30T16:40:00");
  CHECK(text_of(o, "due_at") == "2025-10-01T16:40:00");
  CHECK(o.at("total").as_int64() == 1440);
  CHECK(text_of(answer("--start 2025-09-30T16:40 --limit \"2 workhours\""), "unit") ==
        "workminute");
}

TEST_CASE("a picture is written where it is asked for") {
  const scratch dir;
  const std::string limit = "--start 2024-09-02 --limit \"20 workdays\" ";
  CHECK(deadline(limit + "--svg " + dir.at("d.svg")).code == 0);
  CHECK(content(dir.at("d.svg")).starts_with("<svg "));
  const said s = deadline(limit + "--svg " + dir.at("none/d.svg"));
  CHECK(s.code == 3);
  CHECK(says(s.err, {"none/d.svg: error[file-unreadable]"}));
}

TEST_CASE("a file that cannot be read is no wrong command line") {
  const scratch dir;
  const std::string limit = "--start 2024-09-02 --limit \"20 workdays\" ";
  const said s = deadline(limit + "--overlay /none.csv --hours " +
                          dir.write("h.yaml", "kind: hours\nweek:\n  friday: 9-12\n"));
  CHECK(s.code == 1);
  CHECK(says(s.err, {"/none.csv: error[file-not-found]", "h.yaml:3:11: error[bad-hours]"}));
  CHECK(deadline("--bogus").code == 2);
}
