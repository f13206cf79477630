#include "document/yaml_reader.hpp"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace banli;
using namespace banli::detail;

namespace {

yaml_document read(std::string_view bytes, const document_limits& limits = {}) {
  return read_yaml("f.yaml", bytes, limits);
}

std::string at_text(const place& p) { return fmt::format("{}:{}", p.line, p.column); }

/// "code line:column" of the only problem.
std::string fault(std::string_view bytes, const document_limits& limits = {}) {
  const yaml_document d = read(bytes, limits);
  if (d.problems.size() != 1) return fmt::format("{} problems", d.problems.size());
  return fmt::format("{} {}", to_string(d.problems[0].code), at_text(d.problems[0].where));
}

} // namespace

TEST_CASE("a scalar keeps the text that was written") {
  const yaml_document d =
      read("a: 0123\nb: 1e3\nc: 否\nd: '0938'\ne: 2025-10-11\nf: yes\ng: 0x1F\n");
  REQUIRE(d.problems.empty());
  const yaml_node root = d.tree->root();
  CHECK(root.find("a").text() == "0123");
  CHECK(root.find("b").text() == "1e3");
  CHECK(root.find("c").text() == "否");
  CHECK(root.find("d").text() == "0938");
  CHECK(root.find("e").text() == "2025-10-11");
  CHECK(root.find("f").text() == "yes");
  CHECK(root.find("g").text() == "0x1F");
  CHECK(root.find("a").plain());
  CHECK_FALSE(root.find("d").plain());
}

TEST_CASE("maps, lists and empty values are told apart and walked in order") {
  const yaml_document d = read("m: {x: 1, y: [a, b]}\nl:\n  - one\n  - two\nnone:\ntilde: ~\n");
  REQUIRE(d.problems.empty());
  const yaml_node root = d.tree->root();
  CHECK(root.size() == 4);
  CHECK(root.find("m").is(yaml_kind::map));
  CHECK(root.find("m").find("y").element(1).text() == "b");
  CHECK_FALSE(root.find("m").find("y").element(2));
  CHECK(root.find("l").is(yaml_kind::list));
  CHECK(root.find("l").first().next().text() == "two");
  CHECK_FALSE(root.find("l").first().next().next());
  CHECK(root.find("none").is(yaml_kind::null));
  CHECK(root.find("tilde").is(yaml_kind::null));
  CHECK_FALSE(root.find("missing"));
}

TEST_CASE("columns count characters, not bytes") {
  const yaml_document d = read("名称: 武山  # 注\n列: [甲, 乙丙, \"丁\"]\n空:\n下: 1\n");
  REQUIRE(d.problems.empty());
  const yaml_node root = d.tree->root();
  CHECK(at_text(root.find("名称").where()) == "1:5");
  CHECK(at_text(root.find("列").where()) == "2:4");
  CHECK(at_text(root.find("列").element(1).where()) == "2:8");
  CHECK(at_text(root.find("列").element(2).where()) == "2:13"); // after the quote
  CHECK(at_text(root.find("列").key_where()) == "2:1");
  CHECK(at_text(root.find("空").where()) == "3:3"); // after the colon, not on the next line
}

TEST_CASE("the place of a character of a text is where it stands in the file") {
  const yaml_document d = read("plain: ab cd\n"
                               "quoted: \"a\\\"b\\u4e2d c\\\n"
                               "    d\"\n"
                               "single: 'it''s x'\n"
                               "literal: |\n"
                               "   one\n"
                               "     two\n"
                               "folded: >-\n"
                               "  one\n"
                               "  two\n"
                               "\n"
                               "  three\n"
                               "lines: one\n"
                               "   two\n");
  REQUIRE(d.problems.empty());
  const yaml_node root = d.tree->root();
  const auto of = [&](std::string_view key, std::string_view word) {
    const yaml_node n = root.find(key);
    const std::size_t offset = n.text().find(word);
    return offset == std::string_view::npos ? "absent" : at_text(n.where(offset));
  };
  CHECK(of("plain", "cd") == "1:11");
  CHECK(of("quoted", "b") == "2:13");
  CHECK(of("quoted", "中") == "2:14");
  CHECK(of("quoted", "c") == "2:21");
  CHECK(of("quoted", "d") == "3:5");
  CHECK(of("single", "x") == "4:16");
  CHECK(of("literal", "one") == "6:4");
  CHECK(of("literal", "two") == "7:6");
  CHECK(of("folded", "two") == "10:3");
  CHECK(of("folded", "three") == "12:3");
  CHECK(of("lines", "two") == "14:4");
  CHECK(root.find("plain").straight());
  CHECK_FALSE(root.find("quoted").straight());
  CHECK(root.find("literal").block_column() == 4);
  CHECK(root.find("folded").block_column() == 0);
}

TEST_CASE("what makes small files huge or their meaning doubtful is refused") {
  CHECK(fault("a: &x 1\n") == "bad-yaml 1:4");
  CHECK(fault("a: *x\n") == "bad-yaml 1:4");
  CHECK(fault("a: !!int 1\n") == "bad-yaml 1:4");
  CHECK(fault("a: !mine [1]\n") == "bad-yaml 1:4");
  CHECK(fault("a: 1\n---\nb: 2\n") == "bad-yaml 2:1");
  CHECK(fault("a: 1\nb: 2\na: 3\n") == "duplicate-key 3:1");
  CHECK(fault("m: {a: 1, \"a\": 2}\n") == "duplicate-key 1:11");
  CHECK(fault("? [a]\n: 1\n") == "bad-yaml 1:3");
  CHECK(fault("a: 1\n~: 2\n") == "bad-yaml 2:1");
}

TEST_CASE("a quote that is not closed does not swallow the rest of the file") {
  CHECK(fault("a: \"b\nc: d\n") == "bad-yaml 1:4");
  CHECK(fault("a: 'b\nc: d\n") == "bad-yaml 1:4");
  CHECK(fault("a: 'b''\nc: d\n") == "bad-yaml 1:4");
  CHECK(fault("a: \"b\\\"\nc: d\n") == "bad-yaml 1:4");
  CHECK(fault("\"a: b\n") == "bad-yaml 1:1");
  CHECK(fault("a: 'b'\nc: \"d\"") == "0 problems");
  CHECK(fault("a: 'b'''\nc: \"d\\\\\"") == "0 problems");
}

TEST_CASE("of a key that is there twice the first value stands") {
  const yaml_document d = read("a: 1\na: 2\nb: 3\n");
  CHECK(d.tree->root().find("a").text() == "1");
  CHECK(d.tree->root().find("b").text() == "3");
  CHECK(d.tree->root().size() == 2);
}

TEST_CASE("text that is no UTF-8, and control characters, have a place") {
  CHECK(fault("a: 1\nb: 中\xff\n") == "bad-utf8 2:5");
  CHECK(fault("a: \xed\xa0\x80\n") == "bad-utf8 1:4");     // a surrogate
  CHECK(fault("a: \xc0\xaf\n") == "bad-utf8 1:4");         // an overlong form
  CHECK(fault("a: \xe4\xb8") == "bad-utf8 1:4");           // cut short
  CHECK(fault("a: \xf4\x90\x80\x80\n") == "bad-utf8 1:4"); // beyond U+10FFFF
  CHECK(fault(std::string_view("a: b\0c\n", 7)) == "bad-yaml 1:5");
  CHECK(fault("a: 1\n\x04hidden: 2\n") == "bad-yaml 2:1");
  CHECK(fault("a: \xc2\x85\n") == "bad-yaml 1:4");
}

TEST_CASE("a byte order mark and the line breaks of other systems change nothing") {
  for (const std::string_view s :
       {"a: 1\nb: |\n  x\n  y\nc: d\n",
        "\xEF\xBB\xBF"
        "a: 1\nb: |\n  x\n  y\nc: d\n",
        "a: 1\r\nb: |\r\n  x\r\n  y\r\nc: d\r\n", "a: 1\rb: |\r  x\r  y\rc: d\r"}) {
    const yaml_document d = read(s);
    REQUIRE(d.problems.empty());
    CHECK(d.tree->root().find("b").text() == "x\ny\n");
    CHECK(at_text(d.tree->root().find("c").where()) == "5:4");
  }
}

TEST_CASE("bytes, depth and nodes have limits that are reported with their place") {
  document_limits small;
  small.depth = 3;
  CHECK(fault("a: [[1]]\n", small) == "0 problems");
  CHECK(fault("a: [[[1]]]\n", small) == "limit-exceeded 1:6");
  small = {};
  small.nodes = 4;
  CHECK(fault("a: [1, 2]\n", small) == "0 problems");
  CHECK(fault("a: [1, 2, 3]\n", small) == "limit-exceeded 1:11");
  small = {};
  small.file_bytes = 5;
  CHECK(fault("a: 1\n", small) == "0 problems");
  CHECK(fault("a: 12\n", small) == "limit-exceeded 0:0");
}

TEST_CASE("input made to hurt ends with a problem, not with a crash") {
  const std::size_t many = 200'000;
  CHECK(fault("a: " + std::string(many, '[')) != "0 problems");
  CHECK(fault("a: " + std::string(many, '{')) != "0 problems");
  std::string questions;
  std::string dashes;
  for (std::size_t i = 0; i < many; ++i) questions += "? ", dashes += "- ";
  CHECK(fault(questions) != "0 problems");
  CHECK(fault(dashes) == "limit-exceeded 1:65");
  CHECK(read("a: '" + std::string(5'000'000, 'x') + "'\n").problems.empty());
  CHECK(fault("a: \"" + std::string(many, '\\')) != "0 problems");
  CHECK(fault("a: |9\n x\n") != "2 problems");
}

TEST_CASE("a tab in the indentation is named as such") {
  const yaml_document d = read("a:\n\tb: 1\n");
  REQUIRE(d.problems.size() == 1);
  CHECK(d.problems[0].message.en == "a tab indents this line: use spaces");
  CHECK(d.problems[0].message.zh == "此行用制表符缩进:请改用空格");
}

TEST_CASE("no document is no root") {
  CHECK_FALSE(read("").tree->root());
  CHECK_FALSE(read("# nothing\n").tree->root());
}
