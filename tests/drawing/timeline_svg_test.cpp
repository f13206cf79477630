#include <banli/drawing/timeline_svg.hpp>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/time/text.hpp>

#include "page_reader.hpp"

using namespace banli;

namespace {

day on(const char* s) { return *parse_day(s); }

/// Twenty working days from the Friday before the National Day week, with a hearing in between.
timeline with_hearing() {
  const std::vector<exclusion> out{{on("2024-10-14"), on("2024-10-16"), "hearing"}};
  const auto e = explain(cn(), {20, limit_unit::workday}, on("2024-09-27"), out);
  return {e->runs(), on("2024-09-27"), e->answer.due, on("2024-11-05"), std::nullopt};
}

/// The cells of a picture: "2024-10-08 周二:…" by their tooltips.
std::vector<std::string> cells(const pugi::xml_document& svg) {
  std::vector<std::string> out;
  for (const auto& t : svg.select_nodes("/svg/g/title")) out.emplace_back(t.node().child_value());
  return out;
}

std::size_t holding(const std::vector<std::string>& lines, const std::string& words) {
  return static_cast<std::size_t>(
      std::count_if(lines.begin(), lines.end(),
                    [&](const std::string& s) { return s.find(words) != std::string::npos; }));
}

} // namespace

TEST_CASE("every day from the start to the last mark has one cell, in order") {
  pages::document svg{timeline_svg(with_hearing())};
  REQUIRE(svg.good());
  const auto found = cells(svg.xml);
  REQUIRE(found.size() == 40); // 2024-09-27 .. 2024-11-05
  for (std::size_t i = 0; i < found.size(); ++i)
    CHECK(found[i].starts_with(to_text(on("2024-09-27") + days{static_cast<int>(i)})));
}

TEST_CASE("the picture counts as explain() counts") {
  const timeline t = with_hearing();
  pages::document svg{timeline_svg(t)};
  const auto found = cells(svg.xml);
  CHECK(holding(found, "：计入 ") == 20);
  CHECK(holding(found, "不计入期限") == 3);
  CHECK(holding(found, "届满") == 1);
  for (const std::string& s : found) {
    if (s.find("届满") != std::string::npos) CHECK(s.starts_with(to_text(*t.due)));
    if (s.find("起算") != std::string::npos) CHECK(s.starts_with("2024-09-27"));
  }
  CHECK(holding(found, "2024-09-29 周日：计入 1") == 1); // a Sunday opened by the State Council
}

TEST_CASE("days after the due date are late until the case is closed, or until today") {
  timeline t = with_hearing();
  const auto late = [&] {
    pages::document svg{timeline_svg(t)};
    return holding(cells(svg.xml), "逾期");
  };
  CHECK(late() == static_cast<std::size_t>((on("2024-11-05") - *t.due).count()));
  t.ended.reset();
  CHECK(late() == 0); // nobody says what today is
  t.today = *t.due + days{9};
  CHECK(late() == 9);
}

TEST_CASE("days left when a case is closed early stay counted but unused") {
  timeline t = with_hearing();
  t.ended = on("2024-10-11");
  pages::document svg{timeline_svg(t)};
  const auto found = cells(svg.xml);
  CHECK(holding(found, "结束后未用") > 5);
  CHECK(holding(found, "：计入 ") + holding(found, "结束后未用") == 20);
}

TEST_CASE("a stop nobody has ended is drawn to today, not to the end of time") {
  const std::vector<exclusion> out{{on("2024-10-14"), std::nullopt, "hearing"}};
  const auto e = explain(cn(), {20, limit_unit::workday}, on("2024-09-27"), out);
  REQUIRE(e.has_value());
  const timeline t{e->runs(), on("2024-09-27"), e->answer.due, std::nullopt, on("2024-10-18")};
  pages::document svg{timeline_svg(t)};
  const auto found = cells(svg.xml);
  REQUIRE(found.size() == 22); // 2024-09-27 .. 2024-10-18
  CHECK(holding(found, "中止") == 5);
}

TEST_CASE("a long stand-still is folded and says how many weeks it folds") {
  timeline t = with_hearing();
  t.ended.reset();
  t.today = *t.due + days{700};
  const std::string svg = timeline_svg(t);
  CHECK(svg.find("周均为“逾期”") != std::string::npos);
  pages::document read{svg};
  CHECK(cells(read.xml).size() < 90);
}

TEST_CASE("more days than allowed are cut off and counted") {
  const std::string svg = timeline_svg(with_hearing(), {.in = language::zh, .days = 10});
  pages::document read{svg};
  CHECK(cells(read.xml).size() == 10);
  CHECK(svg.find("以下 30 天从略") != std::string::npos);
}

TEST_CASE("everything a colour says, a letter says too") {
  const std::string svg = timeline_svg(with_hearing());
  for (const std::string letter : {">休<", ">假<", ">除<", ">逾<", ">起算<", ">届满<", ">结束<"})
    CHECK_MESSAGE(svg.find(letter) != std::string::npos, letter);
}

TEST_CASE("a timeline in English has no Chinese of ours in it") {
  timeline t = with_hearing();
  for (day_run& r : t.runs) {
    r.reason = {"rest day", "休息日"};
    r.source.clear();
  }
  CHECK(pages::chinese(timeline_svg(t, {.in = language::en})) == 0);
}

TEST_CASE("the same timeline gives the same bytes, and an empty one a picture of its start") {
  CHECK(timeline_svg(with_hearing()) == timeline_svg(with_hearing()));
  pages::document svg{timeline_svg({.runs = {}, .start = on("2024-09-27")})};
  REQUIRE(svg.good());
  CHECK(cells(svg.xml).size() == 1);
}

TEST_CASE("reasons are escaped") {
  timeline t = with_hearing();
  for (day_run& r : t.runs) r.reason = {"<script>\"'&", "<script>\"'&"};
  const std::string svg = timeline_svg(t);
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(pages::document{svg}.good());
}

TEST_CASE("an explanation alone is a picture") {
  const auto e = explain(cn(), {20, limit_unit::workday}, on("2024-09-27"));
  REQUIRE(e.has_value());
  const timeline t = timeline_of(*e);
  CHECK(t.start == on("2024-09-27"));
  CHECK(t.due == e->answer.due);
  CHECK(timeline_svg(*e) == timeline_svg(t));
  CHECK(timeline_svg(*e, {.in = language::en}).find("Mon") != std::string::npos);
}

TEST_CASE("before an event the ordinals grow towards the past") {
  counting_rules rules;
  rules.runs = direction::before;
  const auto e = explain(cn(), {7, limit_unit::workday}, on("2025-10-13"), {}, {}, rules);
  REQUIRE(e.has_value());
  pages::document svg{timeline_svg(*e)};
  const auto found = cells(svg.xml);
  for (const char* cell : {"2025-10-11 周六：计入 1", "2025-10-10 周五：计入 2",
                           "2025-10-09 周四：计入 3", "2025-09-26 周五：计入 7"})
    CHECK_MESSAGE(holding(found, cell) == 1, cell);
}
