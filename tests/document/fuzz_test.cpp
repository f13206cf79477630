// Random damage to the example files: reading ends, with problems in the files and with what their
// limits allow, whatever the bytes are.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/calendar/workday_calendar.hpp>
#include <banli/document/calendar_file.hpp>
#include <banli/document/configuration.hpp>

#include "texts.hpp"

namespace fs = std::filesystem;
using namespace texts;

namespace {

named_texts examples() {
  named_texts out;
  for (const auto& e : fs::recursive_directory_iterator(BANLI_SOURCE_DIR "/examples")) {
    if (e.path().extension() != ".yaml") continue;
    std::ifstream in{e.path(), std::ios::binary};
    out.emplace_back(fs::relative(e.path(), BANLI_SOURCE_DIR).generic_string(),
                     std::string{std::istreambuf_iterator<char>{in}, {}});
  }
  std::sort(out.begin(), out.end());
  return out;
}

// What hurts readers of YAML: its indicators, broken UTF-8, line breaks, and pieces that nest or
// repeat.
const std::vector<std::string> pieces{":",
                                      ": ",
                                      "- ",
                                      "? ",
                                      "[",
                                      "]",
                                      "{",
                                      "}",
                                      "\"",
                                      "'",
                                      "|",
                                      ">",
                                      "|2",
                                      ">-",
                                      "&a ",
                                      "*a",
                                      "!t ",
                                      "#",
                                      "---\n",
                                      "...\n",
                                      "%YAML 1.2\n",
                                      "\t",
                                      "\n",
                                      "\r",
                                      "\r\n",
                                      " ",
                                      "    ",
                                      "\\",
                                      "\\x",
                                      ",",
                                      "~",
                                      "@",
                                      "`",
                                      "<<: ",
                                      "\xff",
                                      "\xe4\xb8",
                                      "\xEF\xBB\xBF",
                                      std::string(1, '\0'),
                                      "\x04",
                                      "\x7f",
                                      "[[[[[[[[",
                                      "{a: {a: {a: ",
                                      "- - - - - ",
                                      "? ? ? ? ",
                                      "9999999999999999999",
                                      "0123",
                                      "2025-02-30",
                                      "武"};

/// One or a few cuts, copies and insertions.
std::string damaged(std::string s) {
  const int times = *rc::gen::inRange(1, 6);
  for (int i = 0; i < times; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, s.size() + 1);
    const auto size =
        *rc::gen::inRange<std::size_t>(0, std::min<std::size_t>(40, s.size() - at) + 1);
    switch (*rc::gen::inRange(0, 4)) {
    case 0: s.erase(at, size); break;
    case 1: s.insert(*rc::gen::inRange<std::size_t>(0, s.size() + 1), s.substr(at, size)); break;
    case 2: s.insert(at, *rc::gen::elementOf(pieces)); break;
    default:
      if (at < s.size()) s[at] = *rc::gen::arbitrary<char>();
    }
  }
  return s;
}

void check_places(const configuration& c, const named_texts& read) {
  for (const error& e : c.found) {
    const auto it = std::find_if(read.begin(), read.end(),
                                 [&](const auto& f) { return f.first == e.where.file; });
    RC_ASSERT(it != read.end() || e.code == errc::limit_exceeded);
    if (it == read.end()) continue;
    const auto lines = std::count(it->second.begin(), it->second.end(), '\n') +
                       std::count(it->second.begin(), it->second.end(), '\r') + 1;
    RC_ASSERT(e.where.line >= 0 && e.where.line <= lines);
  }
}

} // namespace

TEST_CASE("a damaged document never ends in more than problems with places") {
  const named_texts all = examples();
  REQUIRE_FALSE(all.empty());
  CHECK(rc::check("one file alone", [&] {
    auto [name, text] = *rc::gen::elementOf(all);
    const named_texts read{{name, damaged(text)}};
    check_places(parse_configuration(read), read);
  }));
}

TEST_CASE("a configuration with one damaged file is read whole") {
  named_texts county;
  for (const auto& f : examples())
    if (f.first.starts_with("examples/county")) county.push_back(f);
  CHECK(rc::check("within its configuration", [&] {
    named_texts read = county;
    auto& target = read[*rc::gen::inRange<std::size_t>(0, read.size())].second;
    target = damaged(target);
    const configuration c = parse_configuration(read);
    RC_ASSERT(c.files.size() == read.size());
    check_places(c, read);
  }));
}

TEST_CASE("bytes that never were a document are refused") {
  CHECK(rc::check("any bytes", [](const std::string& bytes) {
    const named_texts read{{"f.yaml", bytes}};
    const configuration c = parse_configuration(read);
    RC_ASSERT_FALSE(c.good());
    check_places(c, read);
  }));
}

TEST_CASE("damaged days end in problems, or in a calendar that can be built") {
  const named_texts all{
      {"t.csv", "date,opens,name,source,published\n2026-12-31,closed,元旦,甲,2026-11-05\n"
                "2027-02-05..2027-02-11,休息,春节,甲,2026-11-05\n"
                "2027-02-11,1,春节,乙,2027-01-20\n"},
      {"a_days.csv", "date,is_workday,name\n2006-12-30,1,元旦\n2007-01-01,0,元旦\n"},
      {"c.yaml", "kind: calendar\nbase: none\nyears: {first: 2020, last: 2030}\n"
                 "weekend: [周日]\nfixed_holidays:\n  - {date: 12-25, name: a}\n"
                 "notices:\n  - source: b\n    published: 2024-11-12\n    days:\n"
                 "      - {date: 2025-04-18..2025-04-21, opens: closed}\n"}};
  CHECK(rc::check("one calendar", [&] {
    auto [name, text] = *rc::gen::elementOf(all);
    const calendar_file f = parse_calendar({{name, damaged(text)}});
    RC_ASSERT(!f.good() || workday_calendar::build(f.source).has_value());
  }));
}
