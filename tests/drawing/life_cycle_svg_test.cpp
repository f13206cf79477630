// The picture of the life cycle of items.
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <pugixml.hpp>

#include <banli/drawing/life_cycle_svg.hpp>

namespace {

using namespace banli;

pugi::xml_document parsed(const std::string& svg) {
  pugi::xml_document page;
  REQUIRE(page.load_string(svg.c_str()));
  return page;
}

std::set<std::string> texts(const pugi::xml_document& page) {
  std::set<std::string> out;
  for (const auto& t : page.select_nodes("//text")) out.insert(t.node().text().get());
  return out;
}

TEST_CASE("every state is a box, and every row of the table can be read in the picture") {
  for (const language in : {language::zh, language::en}) {
    const auto page = parsed(life_cycle_svg(in).value());
    const auto said = texts(page);
    CHECK(page.select_nodes("//g[@data-node]").size() == all_item_states.size());
    for (const life_cycle_row& row : life_cycle_rows()) {
      const std::string command{in == language::zh ? label(row.command) : to_string(row.command)};
      CAPTURE(command);
      CHECK(std::any_of(said.begin(), said.end(), [&](const std::string& t) {
        return t == command || t.starts_with(command + " · ");
      }));
    }
    CHECK(said.contains(in == language::zh ? "提交 · 部门审核" : "submit · department_reviewer"));
    CHECK(said.contains(in == language::zh ? "编办已审核" : "office_reviewed"));
  }
}

TEST_CASE("arrows lead where the table leads, inside the picture, and no label lies on another") {
  const flowchart_layout l = lay_out_life_cycle(language::zh).value();
  std::set<std::pair<std::size_t, std::size_t>> drawn;
  std::set<std::pair<std::size_t, std::size_t>> wanted;
  for (const drawn_arrow& a : l.arrows) {
    CHECK(drawn.emplace(a.from, a.to).second);
    REQUIRE(a.curve.size() >= 4);
    CHECK(a.label_box.centre.x > 0);
    CHECK(a.label_box.centre.x + a.label_box.width / 2 < l.width + 20);
  }
  const auto at = [](item_state s) {
    return static_cast<std::size_t>(std::find(all_item_states.begin(), all_item_states.end(), s) -
                                    all_item_states.begin());
  };
  for (const life_cycle_row& row : life_cycle_rows())
    if (row.from != row.to) wanted.emplace(at(row.from), at(row.to));
  CHECK(drawn == wanted);
  for (std::size_t i = 0; i < l.arrows.size(); ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const drawn_box& a = l.arrows[i].label_box;
      const drawn_box& b = l.arrows[k].label_box;
      const bool apart = std::abs(a.centre.x - b.centre.x) * 2 >= a.width + b.width - 12 ||
                         std::abs(a.centre.y - b.centre.y) * 2 >= a.height + b.height - 12;
      CAPTURE(i);
      CAPTURE(k);
      CHECK(apart);
    }
}

TEST_CASE("where an item stands is marked, and nothing else") {
  const auto marked = [](std::optional<item_state> s) {
    std::string out;
    const auto page = parsed(life_cycle_svg(language::en, s).value());
    for (const auto& n : page.select_nodes("//g[@data-node]"))
      if (std::string{n.node().attribute("class").value()}.find("resting") != std::string::npos)
        out += n.node().attribute("data-node").value();
    return out;
  };
  CHECK(marked({}).empty());
  CHECK(marked(item_state::office_reviewed) == "office_reviewed");
  CHECK(marked(item_state::voided) == "void");
}

} // namespace
