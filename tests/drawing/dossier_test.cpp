#include <banli/drawing/dossier.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "example_case.hpp"
#include "page_reader.hpp"

using namespace banli;

namespace {

std::string golden(const std::string& name) {
  std::ifstream in{std::string{BANLI_SOURCE_DIR} + "/tests/drawing/golden/" + name,
                   std::ios::binary};
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

/// A case in whose every text field the same thing is written.
example::whole_case filled_with(const std::string& words) {
  example::whole_case c;
  c.id = case_id{words};
  for (event& e : c.events) {
    if (!e.with.reason.empty()) e.with.reason = words;
    if (!e.with.opinion.empty()) e.with.opinion = words;
    if (!e.with.document.empty()) e.with.document = words;
    if (!e.with.applicant.empty()) e.with.applicant = words;
    if (!e.with.authority.empty()) e.with.authority = words;
    if (!e.with.kind.empty()) e.with.kind = words;
    e.actor = person_id{words};
    e.with.facts = {{words, words}};
  }
  for (hit& h : c.found) {
    h.rule = rule_id{words};
    h.message = {words, words};
    h.step = node_id{words};
    h.facts = {{words, words, words}};
    h.superseded_by = rule_id{words};
  }
  return c;
}

std::size_t elements(const pugi::xml_node& n) {
  std::size_t count = 0;
  for (const auto& c : n.children())
    count += (c.type() == pugi::node_element ? 1U : 0U) + elements(c);
  return count;
}

} // namespace

TEST_CASE("the dossier of a case says what a reader asks, word for word") {
  example::whole_case c;
  for (const auto& [in, file] :
       {std::pair{language::zh, "dossier_zh.txt"}, {language::en, "dossier_en.txt"}}) {
    const auto page = c.page({.in = in, .back_link = "../index.html"});
    REQUIRE(page.has_value());
    const std::string text = pages::text_of(*page);
    CHECK_MESSAGE(text == golden(file), file);
  }
}

TEST_CASE("a dossier is well-formed XML, closed in itself, in its language") {
  example::whole_case c;
  const auto page = c.page();
  REQUIRE(page.has_value());
  const pages::document d{*page};
  REQUIRE(d.good());
  CHECK(std::string{d.xml.child("html").attribute("lang").value()} == "zh-CN");
  CHECK(d.xml.select_nodes("//script | //iframe | //object | //img").empty());
  CHECK(d.xml.select_nodes("//@src").empty());
  for (const auto& a : d.xml.select_nodes("//@href")) {
    const std::string to = a.attribute().value(); // a person may follow a link; the page does not
    CHECK_MESSAGE((to == "data:," || to.starts_with("https://www.gov.cn/")), to);
  }
  CHECK(page->find("url(") == std::string::npos);
  CHECK(page->find("@import") == std::string::npos);
}

TEST_CASE("names are masked wherever they stand") {
  example::whole_case c;
  c.events[0].with.facts.emplace_back("id_card", "62052419900101123X");
  c.events[2].with.opinion = "钱大伟与王某某通话,电话13912345678";
  const std::string page = *c.page();
  for (const std::string secret :
       {"王某某", "赵小明", "钱大伟", "孙一平", "62052419900101123X", "13912345678"})
    CHECK_MESSAGE(page.find(secret) == std::string::npos, secret);
  CHECK(page.find("王**") != std::string::npos);
  CHECK(page.find("钱** (MZ02)") != std::string::npos);
}

TEST_CASE("a mask leaves the first character and hides how much there is only of very long texts") {
  CHECK(masked("王某某") == "王**");
  CHECK(masked("王") == "王*");
  CHECK(masked("") == "");
  CHECK(masked("Ann") == "A**");
  CHECK(masked("𠮷野家") == "𠮷**");
  CHECK(masked(std::string(500, '7')) == "7" + std::string(20, '*'));
}

TEST_CASE("escaping keeps text and takes its teeth") {
  CHECK(html_escape("a<b>&\"'") == "a&lt;b&gt;&amp;&quot;&#39;");
  CHECK(html_escape("王某某 𠮷 é\t\n") == "王某某 𠮷 é\t\n");
  const std::string r = "\xEF\xBF\xBD";
  CHECK(html_escape(std::string_view{"a\0b", 3}) == "a" + r + "b");
  CHECK(html_escape("\x1B[2J") == r + "[2J");
  CHECK(html_escape("\xE2\x80\xAEgnp.exe") == r + "gnp.exe"); // right-to-left override
  CHECK(html_escape("\xC0\xAF") == r + r);                    // an over-long '/'
  CHECK(html_escape("\xED\xA0\x80") == r + r + r);            // half of a surrogate pair
  CHECK(html_escape("\xE7\x8E") == r + r);                    // cut in the middle
}

TEST_CASE("hostile words in every field change no element of the page") {
  const auto harmless = filled_with("aaaa").page();
  REQUIRE(harmless.has_value());
  const std::size_t expected = elements(pages::document{*harmless}.xml);
  for (const std::string words :
       {"<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'\" onmouseover='x",
        "</style></title>", "<!--", "]]>", "&lt;b&gt;&#60;", "\x01\x02\x1B[31m",
        "\xE2\x80\xAE\xE2\x81\xA7txt", "\xFF\xFE\xC0", "javascript:alert(1)", "{{7*7}}${x}"}) {
    const auto page = filled_with(words).page();
    REQUIRE(page.has_value());
    const pages::document d{*page};
    CHECK_MESSAGE(d.good(), words);
    CHECK_MESSAGE(elements(d.xml) == expected, words);
    CHECK(page->find("<script") == std::string::npos);
    CHECK(page->find("<img") == std::string::npos);
    CHECK(page->find('\x1B') == std::string::npos);
    CHECK(page->find("\xE2\x80\xAE") == std::string::npos);
  }
}

TEST_CASE("any bytes at all give a well-formed page with the same elements") {
  const std::size_t expected = elements(pages::document{*filled_with("aaaa").page()}.xml);
  CHECK(rc::check("arbitrary bytes in every field", [&] {
    auto words = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
    words += *rc::gen::element<std::string>("<", "&", "\"", "'>", "\xE2\x80", "x");
    const auto page = filled_with(words).page();
    RC_ASSERT(page.has_value());
    const pages::document d{*page};
    RC_ASSERT(d.good());
    RC_ASSERT(elements(d.xml) == expected);
  }));
}

TEST_CASE("the limits say how the case stands at that time") {
  example::whole_case c;
  const auto text_at = [&](std::size_t events, const char* now) {
    example::whole_case one;
    one.events.resize(events);
    one.found.clear();
    one.as_of = example::at(now);
    return pages::text_of(*one.page());
  };
  const auto says = [](const std::string& text, const std::string& words) {
    CHECK_MESSAGE(text.find(words) != std::string::npos, words);
  };
  says(text_at(2, "2024-09-09T09:00"), "剩余 14个工作日");
  says(text_at(8, "2024-09-25T10:00"), "暂停，剩余 6个工作日");
  says(text_at(8, "2024-09-25T10:00"), "2024-09-23 起");
  says(text_at(10, "2025-01-20T10:00"), "已超期");
  says(text_at(10, "2025-01-20T10:00"), "没有监察命中");
  says(pages::text_of(*c.page()), "超期办结");
}

TEST_CASE("a case that was never accepted has a dossier without limits") {
  example::whole_case c;
  c.events = {example::make(
      1, event_kind::refused, "2024-09-02T09:10", "MZ01",
      {.item = example::item().code, .reason = "不属于本机关职权", .applicant = "王某某"})};
  c.found.clear();
  const auto page = c.page();
  REQUIRE(page.has_value());
  CHECK(pages::document{*page}.good());
  const std::string text = pages::text_of(*page);
  CHECK(text.find("期限未起算") != std::string::npos);
  CHECK(text.find("不属于本机关职权") != std::string::npos);
}

TEST_CASE("more events and hits than allowed are left out, and the page says so") {
  example::whole_case c;
  const std::string text = pages::text_of(*c.page({.events = 3, .hits = 1}));
  CHECK(text.find("11 条未列出") != std::string::npos);
  CHECK(text.find("2 条未列出") != std::string::npos);
}

TEST_CASE("the English page has no Chinese but names") {
  example::whole_case c;
  const std::string page = *c.page({.in = language::en});
  CHECK(std::string{pages::document{page}.xml.child("html").attribute("lang").value()} == "en");
  for (const std::string word : {"办理", "期限", "监察", "环节", "提醒", "预警", "报警", "截至"})
    CHECK_MESSAGE(pages::text_of(page).find(word) == std::string::npos, word);
}
