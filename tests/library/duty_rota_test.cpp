#include <banli/library/duty_rota.hpp>

#include <doctest/doctest.h>

#include <banli/time/text.hpp>

using namespace banli;
using namespace std::chrono_literals;

namespace {

const duty_rota rota{"在线访谈", {"民政局", "教育局", "公安局"}, 2025y / 1};

publication interview(const char* date, const char* unit) {
  publication p;
  p.column = rota.column;
  p.date = parse_day(date).value();
  p.unit = unit;
  return p;
}

std::string lines(std::vector<publication> published, const char* today) {
  disclosure_book book;
  book.publications = std::move(published);
  std::string out;
  const auto report = report_rota(rota, book, parse_day(today).value()).value();
  for (const rota_line& l : report)
    out += fmt::format("{} {} {};", l.unit, to_string(l.standing),
                       l.published ? to_text(*l.published) : "-");
  return out;
}

std::string faults(const duty_rota& r) {
  std::string out;
  for (const error& e : check(r, [](std::string_view p) { return place{std::string{p}, 0, 0}; }))
    out += std::string{to_string(e.code)} + " " + e.where.file + ";";
  return out;
}

} // namespace

TEST_CASE("every month another unit is on duty, round and round (M21)") {
  CHECK(unit_on_duty(rota, 2025y / 1) == "民政局");
  CHECK(unit_on_duty(rota, 2025y / 5) == "教育局");
  CHECK(unit_on_duty(rota, 2026y / 1) == "民政局");
  CHECK(unit_on_duty(rota, 2026y / 3) == "公安局");
  CHECK(!unit_on_duty(rota, 2024y / 12));
  CHECK(!unit_on_duty({"x", {}, 2025y / 1}, 2025y / 1));
}

TEST_CASE("a month is met by its own unit within it, open until its end, late after it") {
  CHECK(lines({}, "2024-12-31").empty());
  CHECK(lines({}, "2025-01-31") == "民政局 open -;");
  CHECK(lines({}, "2025-02-01") == "民政局 late -;教育局 open -;");
  CHECK(lines({interview("2025-01-31", "民政局")}, "2025-01-31") == "民政局 met 2025-01-31;");
  CHECK(lines({interview("2025-01-20", "教育局")}, "2025-02-10") == "民政局 late -;教育局 open -;");
  CHECK(lines({interview("2025-02-03", "民政局")}, "2025-02-02") == "民政局 late -;教育局 open -;");
}

TEST_CASE("what comes late meets the earliest month of its unit that nothing has met") {
  CHECK(
      lines({interview("2025-01-20", "民政局"), interview("2025-03-03", "教育局")}, "2025-04-10") ==
      "民政局 met 2025-01-20;教育局 late 2025-03-03;公安局 late -;民政局 open -;");
  // In its own month a unit meets that month first, and the old one with the next.
  CHECK(
      lines({interview("2025-04-20", "民政局"), interview("2025-04-08", "民政局")}, "2025-04-30") ==
      "民政局 late 2025-04-20;教育局 late -;公安局 late -;民政局 met 2025-04-08;");
}

TEST_CASE("only content of the column counts") {
  publication note = interview("2025-01-20", "民政局");
  note.kind = publication_kind::note;
  publication elsewhere = interview("2025-01-20", "民政局");
  elsewhere.column = "在线访谈>预告";
  CHECK(lines({note, elsewhere}, "2025-01-31") == "民政局 open -;");
}

TEST_CASE("a rota that cannot be is refused") {
  CHECK(faults(rota).empty());
  CHECK(faults({"", {}, {}}) == "missing-field /column;missing-field /units;bad-date /from;");
  CHECK(faults({"x", {"a", "b", "a"}, 2025y / 1}) == "duplicate-id /units/2;");
  std::vector<std::string> many;
  for (int i = 0; i < 1'001; ++i) many.push_back(std::to_string(i));
  CHECK(faults({"x", many, 2025y / 1}) == "limit-exceeded /units;");
  const auto none = report_rota({"x", {}, 2025y / 1}, {}, parse_day("2025-01-01").value());
  REQUIRE(!none);
  CHECK(none.error().code == errc::missing_field);
  const auto long_ago = report_rota({"x", {"a"}, 1y / 1}, {}, parse_day("2025-01-01").value());
  REQUIRE(!long_ago);
  CHECK(long_ago.error().code == errc::limit_exceeded);
}
