// The short way through YAML gives the very tree that yaml-cpp gives, or leaves the text to it.
#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/document/item_file.hpp>

#include "document/yaml_reader.hpp"
#include "random_item.hpp"
#include "texts.hpp"

using namespace texts;
using namespace banli::detail;

namespace {

void tell(yaml_node n, int depth, std::string& out) {
  const auto where = [](const place& p) {
    return std::to_string(p.line) + ":" + std::to_string(p.column);
  };
  out += std::string(static_cast<std::size_t>(depth), ' ') +
         std::to_string(static_cast<int>(n.kind())) + " key '" + std::string{n.key()} + "' " +
         where(n.key_where()) + " text '" + std::string{n.text()} + "' " + where(n.where()) +
         (n.plain() ? " plain " : " ") + std::to_string(n.size()) + " block " +
         std::to_string(n.block_column()) + "\n";
  for (yaml_node c = n.first(); c; c = c.next()) tell(c, depth + 1, out);
}

/// Everything a reader can be asked about a text: its tree with places, and its problems.
std::string told(const std::string& text, yaml_way way) {
  const yaml_document d = read_yaml("x.yaml", text, {}, way);
  std::string out;
  for (const error& e : d.problems) out += to_string(e, language::en) + "\n";
  if (d.problems.empty() && d.tree->root()) tell(d.tree->root(), 0, out);
  return out;
}

bool simple(const std::string& text) {
  yaml_tree tree{source_text{"x.yaml", text}};
  return read_simple_yaml(tree, {});
}

bool same(const std::string& text) {
  return told(text, yaml_way::short_if_simple) == told(text, yaml_way::yaml_cpp);
}

} // namespace

TEST_CASE("every document of the examples and of the bad samples gives one tree") {
  int all = 0;
  int taken = 0;
  for (const char* folder : {"/examples", "/tests/document/bad"})
    for (const auto& e :
         std::filesystem::recursive_directory_iterator(BANLI_SOURCE_DIR + std::string{folder})) {
      if (e.path().extension() != ".yaml") continue;
      CAPTURE(e.path().string());
      const std::string text = content(e.path());
      CHECK(told(text, yaml_way::short_if_simple) == told(text, yaml_way::yaml_cpp));
      ++all;
      taken += simple(text) ? 1 : 0;
    }
  MESSAGE(taken << " of " << all << " documents go the short way");
  CHECK(taken * 2 > all);
}

TEST_CASE("the items of the county go the short way") {
  int taken = 0;
  for (const auto& e :
       std::filesystem::directory_iterator(BANLI_SOURCE_DIR "/examples/county/items")) {
    CAPTURE(e.path().string());
    const auto item = parse_item("x.yaml", content(e.path()));
    REQUIRE(item.has_value());
    CHECK(simple(*save(*item)));
    ++taken;
  }
  CHECK(taken == 9);
}

TEST_CASE("whatever is saved gives one tree") {
  CHECK(rc::check("short == yaml-cpp", [] {
    const std::string text = *save(random::item());
    RC_ASSERT(told(text, yaml_way::short_if_simple) == told(text, yaml_way::yaml_cpp));
  }));
}

TEST_CASE("traps give one tree, or one fault") {
  const char* traps[] = {"a: b\n",
                         "a: b",
                         "a:b\n",
                         "a: b: c\n",
                         "a: b:\n",
                         "a: b #c\n",
                         "a: b#c\n",
                         "a: #c\n  b: 1\n",
                         "a:\n- b\n- c\nd: e\n",
                         "a:\n  - b\n - c\n",
                         "a:\n  - b\n  c: d\n",
                         "a:\n    b: 1\n  c: 2\n",
                         "a:\n  - b: 1\n    c: 2\n  - b: 3\n",
                         "a:\n  -   b: 1\n      c: 2\n",
                         "a:\n  - b: 1\n   c: 2\n",
                         "a: b\n  c\nd: e\n",
                         "a: \"b\"\n",
                         "a: \"b\" c\n",
                         "a: \"b\n  c\"\n",
                         "a: 'it''s'\n",
                         "a: \"\\n\"\n",
                         "a: ''\n",
                         "a: \"\"\n",
                         "a: |\n  b\n  c\n",
                         "a: |-\n  b\n\n  c\n\n\nd: e\n",
                         "a: |\n  b",
                         "a: |+\n  b\n",
                         "a: |\n    b\n  c\n",
                         "a: |\n\n  b\n",
                         "a: |2\n  b\n",
                         "a: |\n b\n",
                         "a: |-\nb: c\n",
                         "a: |\n  b \n",
                         "a: |-\n  b\n   c\n",
                         "a: |-\n  # b\n",
                         "a: |-\n  b\n# c\nd: e\n",
                         "a: >\n  b\n",
                         "a: [b, c]\n",
                         "a: [b,c]\n",
                         "a: []\n",
                         "a: {}\n",
                         "a: [ ]\n",
                         "a: [b, ]\n",
                         "a: {b: c, d: [e, {f: g}]}\n",
                         "a: {b: c, b: d}\n",
                         "a: {b:c}\n",
                         "a: {b: c:d}\n",
                         "a: {b: }\n",
                         "a: [b\n  , c]\n",
                         "a: [b] c\n",
                         "a: {b: 'c', d: \"e\"}\n",
                         "a: [b #c]\n",
                         "a: [b]#c\n",
                         "a: [b] #c\n",
                         "a: [-1, - 1]\n",
                         "a: -1\n",
                         "a: - 1\n",
                         "a: --1\n",
                         "a: null\n",
                         "a: ~\n",
                         "a:\n",
                         "a: \nb: c\n",
                         "null: a\n",
                         "~: a\n",
                         "a: b\na: c\n",
                         "- a\n- b\n",
                         "a\n",
                         "---\na: b\n",
                         "a: b\n---\nc: d\n",
                         "a: b\n...\n",
                         "%YAML 1.2\n---\na: b\n",
                         "# c\n\na: b # d\n\n# e\n",
                         " a: b\n",
                         "a: b\n c: d\n",
                         "  \na: b\n",
                         "a:\tb\n",
                         "a: b\t\n",
                         "\ta: b\n",
                         "a: b\n\t\n",
                         "a: &x b\n",
                         "a: *x\n",
                         "a: !x b\n",
                         "? a\n: b\n",
                         "a: ?b\n",
                         "a: :b\n",
                         "a: ,b\n",
                         "a: @b\n",
                         "a: `b\n",
                         "a: %b\n",
                         "a: ]b\n",
                         "a: a]b,c{d\n",
                         "a: b  \n",
                         "a:  b\n",
                         "a b: c\n",
                         "a-b: c\n",
                         "-a: b\n",
                         "\"a\": b\n",
                         "'a': b\n",
                         "a : b\n",
                         "1: 2\n",
                         "true: false\n",
                         "a: |-\n  b\n  ---\n  c\n",
                         "a: \"b'c\"\n",
                         "a: 'b\"c\\'\n",
                         "a: b'c\"d\n",
                         "a: {b'c: d}\n",
                         "事项: 名称\n列表:\n  - 甲：乙\n  - 丙 #丁\n",
                         "a:\n  - - b\n",
                         "a:\n  -\n    b: c\n",
                         "a:\n  - b\n\n  - c\n\nd: e\n",
                         "a:\n# x\n  - b\n  # y\n  - c\n",
                         "a: <<\n",
                         "<<: a\n",
                         "a: =\n",
                         "=: a\n",
                         "a: b\n- c\n",
                         "a:\n  b: c\n  - d\n",
                         "a: 'b'c\n",
                         "a: 'b' #c\n",
                         "a: 'b'#c\n",
                         "a: {b: c}}\n",
                         "a: [[b], [c, d]]\n",
                         "a: [b: c]\n",
                         "a: {b, c}\n",
                         "a: |- #x\n  b\n",
                         "a: |-\n  b\n c: d\n",
                         "a:\n  b: |-\n    c\n  d: e\n",
                         "a:\n  - |-\n    b\n    c\n  - d\n",
                         "a:\n  - |\n   b\n  - c\n",
                         "a:\n- |-\n b\n- c\n",
                         "a: \"b: c\"\nd: 'e #f'\n",
                         "a: b\r\nc: d\r\n",
                         "a: \xEF\xBB\xBF\n",
                         "a: x\xC2\x85y\n",
                         "a: x\xE2\x80\xA8y\n",
                         "",
                         "\n",
                         "#\n"};
  int taken = 0;
  for (const char* t : traps) {
    CAPTURE(t);
    CHECK(told(t, yaml_way::short_if_simple) == told(t, yaml_way::yaml_cpp));
    taken += simple(t) ? 1 : 0;
  }
  CHECK(taken > 30);
}

TEST_CASE("texts made of the signs of YAML give one tree, or one fault") {
  CHECK(rc::check("short == yaml-cpp", [] {
    static const std::vector<std::string> pieces{
        "a: ",   "b: ",     "c:",        "\n",  "\n  ", "\n    ", "- ",   "\n- ", "\n  - ", "x",
        "甲",    " ",       "#",         " #",  "\"",   "'",      "|",    "|-",   "[",      "]",
        "{",     "}",       ", ",        ",",   ":",    "~",      "null", "\\",   "-",      "\na: ",
        "\nb: ", "\n  c: ", "\n  - a: ", "y z", "0123", "---",    "!"};
    std::string text = "k: v\n";
    for (int n = *rc::gen::inRange(1, 14); n > 0; --n) text += *rc::gen::elementOf(pieces);
    if (!same(text)) RC_LOG() << text;
    RC_ASSERT(same(text));
  }));
}

TEST_CASE("limits are those of the other way") {
  document_limits few;
  few.nodes = 3;
  CHECK(read_yaml("x.yaml", "a: [b, c]\n", few).problems.size() == 1);
  CHECK(read_yaml("x.yaml", "a: [b]\n", few).problems.empty());
  document_limits flat;
  flat.depth = 2;
  CHECK(read_yaml("x.yaml", "a: [[b]]\n", flat).problems.size() == 1);
  CHECK(read_yaml("x.yaml", "a: [b]\n", flat).problems.empty());
  CHECK(read_yaml("x.yaml", "a:\n  b:\n    c: d\n", flat).problems.size() == 1);
}
