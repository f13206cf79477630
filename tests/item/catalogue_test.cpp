#include <banli/item/catalogue.hpp>

#include <fstream>
#include <iterator>

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace banli;

namespace {

using enum catalogue_part;

/// The baseline as the CSV it was made from.
std::string as_csv(const catalogue& c) {
  std::string out = "class,sector,number,name\r\n";
  for (const catalogue_line& l : c.lines)
    out += fmt::format("{},{},{},{}\r\n", label(l.key.part), l.sector, l.key.number, l.name);
  return out;
}

std::uint64_t fnv1a(std::string_view s) {
  std::uint64_t h = 0xcbf29ce484222325U;
  for (const char c : s) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return h;
}

locator paths() {
  return [](std::string_view p) { return place{std::string{p}, 0, 0}; };
}

std::vector<std::string> said(const problems& found) {
  std::vector<std::string> out;
  for (const error& e : found) out.push_back(e.where.file + ' ' + std::string{to_string(e.code)});
  return out;
}

catalogue_line line(catalogue_key key, std::string name) {
  catalogue_line l;
  l.key = key;
  l.name = std::move(name);
  return l;
}

service_item item(std::string code, std::string base, std::string name, std::string type) {
  service_item out;
  out.code = item_id{std::move(code)};
  out.base_code = std::move(base);
  out.name = std::move(name);
  out.type = std::move(type);
  out.bases = {{legal_rank::law, "《食品安全法》", "第三十五条", "国家对食品生产经营实行许可制度"}};
  return out;
}

} // namespace

TEST_CASE("the baseline has 385 lines: 65, 295 in 30 sectors, 25 (A02)") {
  const catalogue& base = catalogue::baseline();
  CHECK(count(base) == catalogue_counts{65, 295, 25, 30, 0});
  CHECK(count(base).total() == 385);
  CHECK(check(base).empty());
  CHECK(base.lines[65].key == catalogue_key{power, 1});
  CHECK(fnv1a(as_csv(base)) == 0xca1010fbc71a4956U);
}

TEST_CASE("the baseline is the shared table row for row") {
  std::ifstream file{BANLI_SHARED_DIR "/data/domain/catalogue.csv", std::ios::binary};
  if (!file) {
    MESSAGE("skipped: no shared catalogue");
    return;
  }
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  CHECK((as_csv(catalogue::baseline()) == text));
}

TEST_CASE("the baseline covers itself, each line by its number; an empty one misses all (A03)") {
  const catalogue& base = catalogue::baseline();
  const coverage all = cover(base);
  CHECK(all.complete());
  CHECK(all.extra.empty());
  REQUIRE(all.matches.size() == 385);
  for (std::size_t i = 0; i < 385; ++i)
    CHECK(all.matches[i] == coverage_match{i, i, covered_by::number});
  CHECK(cover({}).missing.size() == 385);
}

TEST_CASE("a renumbered catalogue is covered by names, those that stand twice each once") {
  catalogue mine = catalogue::baseline();
  std::reverse(mine.lines.begin(), mine.lines.end());
  for (catalogue_line& l : mine.lines) l.key.number = 0;
  const coverage all = cover(mine);
  CHECK(all.complete());
  CHECK(all.extra.empty());
  std::vector<bool> seen(385);
  for (const coverage_match& m : all.matches) {
    CHECK_FALSE(seen[m.baseline]);
    seen[m.baseline] = true;
    CHECK(m.how == covered_by::name);
    CHECK(mine.lines[m.line].sector == catalogue::baseline().lines[m.baseline].sector);
  }
}

TEST_CASE("missing and extra lines are told, with what was probably meant") {
  catalogue mine = catalogue::baseline();
  mine.lines[66].name += "了"; // near, same number: covered, the name is told
  mine.lines[67].name = "依法由县级政府办理的外商投资项目(工业类) 核准"; // half-width, a space
  mine.lines[70].key.number = 0;
  const std::string lost = mine.lines[70].name;
  mine.lines[70].name += "吧"; // near, no number: missing, with a hint
  mine.lines[80] = line({power, 16}, "与之毫无关系的地方职权");
  const coverage c = cover(mine);
  CHECK(c.missing == std::vector<std::size_t>{70, 80});
  CHECK(c.extra == std::vector<extra_line>{{70, 70}, {80, std::nullopt}});
  CHECK(c.matches[66].how == covered_by::near);
  CHECK(c.matches[67].how == covered_by::number);
  const problems found = problems_of(c, mine, paths());
  CHECK(said(found) == std::vector<std::string>{"/lines missing-entry", "/lines missing-entry",
                                                "/lines/70/name extra-entry",
                                                "/lines/80/name extra-entry",
                                                "/lines/66/name not-the-same"});
  CHECK(found[2].message.zh.find("是否想写“" + lost + "”?") != std::string::npos);
  CHECK(found[3].message.zh == "“与之毫无关系的地方职权”不在基准目录中");
}

TEST_CASE("an explicit link covers whatever the name; a number under another name does not") {
  catalogue mine;
  mine.lines = {line({power, 0}, "本地叫法"), line({power, 2}, "完全不同的名称在此")};
  mine.lines[0].covers = catalogue_key{power, 7};
  const coverage c = cover(mine);
  REQUIRE(c.matches.size() == 1);
  CHECK(c.matches[0] == coverage_match{0, 71, covered_by::link});
  CHECK(c.extra.size() == 1);
  CHECK(c.missing.size() == 384);
}

TEST_CASE(
    "a line covers none of another part, and a service near to one that is missing is extra") {
  catalogue mine = catalogue::baseline();
  mine.lines[66].covers = catalogue_key{disclosure, 3}; // a power stands for no disclosure
  mine.lines[66].name = "与之毫无关系的地方职权";
  CHECK(cover(mine).missing == std::vector<std::size_t>{66});
  CHECK(cover(mine).extra == std::vector<extra_line>{{66, std::nullopt}});
  mine = catalogue::baseline();
  mine.lines[384].key.number = 0;
  mine.lines[384].name += "站"; // 民间纠纷调解受理站
  const coverage c = cover(mine);
  CHECK(c.missing == std::vector<std::size_t>{384});
  CHECK(c.extensions.empty());
  CHECK(c.extra == std::vector<extra_line>{{384, 384}});
}

TEST_CASE("services may be extended locally, disclosure items refined into sub-items (A10, A11)") {
  catalogue mine = catalogue::baseline();
  mine.lines.push_back(line({convenience, 26}, "代缴水费电费"));
  mine.lines[2] = line({disclosure, 0}, "月度统计信息");
  mine.lines[2].refines = catalogue_key{disclosure, 3};
  mine.lines.push_back(mine.lines[2]);
  mine.lines.back().name = "年度统计公报";
  const coverage c = cover(mine);
  CHECK(c.complete());
  CHECK(c.extra.empty());
  CHECK(c.extensions == std::vector<std::size_t>{385});
  CHECK(c.matches[2] == coverage_match{2, 2, covered_by::refinement});
  CHECK(c.matches.back() == coverage_match{386, 2, covered_by::refinement});
  CHECK(problems_of(c, mine).empty());
}

TEST_CASE("dropping any lines makes exactly those missing") {
  CHECK(rc::check("missing = dropped", [] {
    const auto dropped =
        *rc::gen::unique<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 385));
    catalogue mine;
    std::vector<std::size_t> gone;
    for (std::size_t i = 0; i < 385; ++i)
      if (std::ranges::find(dropped, i) == dropped.end())
        mine.lines.push_back(catalogue::baseline().lines[i]);
      else
        gone.push_back(i);
    RC_ASSERT(cover(mine).missing == gone);
  }));
}

TEST_CASE("a catalogue is checked whole") {
  catalogue mine;
  mine.lines = {line({power, 1}, ""), line({power, 1}, "甲"), line({power, -1}, "乙"),
                line({power, 0}, "丙"), line({disclosure, 1}, "丁")};
  mine.lines[3].covers = catalogue_key{power, 296};
  mine.lines[4].refines = catalogue_key{power, 3};
  CHECK(said(check(mine, paths())) ==
        std::vector<std::string>{"/lines/0/name missing-field", "/lines/1/number duplicate-id",
                                 "/lines/2/number bad-value", "/lines/3/covers unknown-reference",
                                 "/lines/4/refines bad-value"});
  CHECK(said(check(mine, paths(), 4)) == std::vector<std::string>{"/lines limit-exceeded"});
}

TEST_CASE("keys are read and written") {
  for (const char* text : {"power 12", "行政职权事项12", "行政职权第12项", "行政职权事项第12项"})
    CHECK(parse_catalogue_key(text).value() == catalogue_key{power, 12});
  CHECK(to_text(catalogue_key{convenience, 3}) == "convenience 3");
  CHECK(to_text(catalogue_key{convenience, 3}, language::zh) == "便民服务事项第3项");
  CHECK(parse_catalogue_key("powr 12").error().message.en.find("'power'") != std::string::npos);
  for (const char* text : {"power", "power 0", "power 1x", "power 99999999999"})
    CHECK(parse_catalogue_key(text).error().code == errc::bad_value);
}

TEST_CASE("three sames: every difference among items that share a base code (A34, A35)") {
  std::vector<service_item> items{item("62000000SC-XK-0001", "000131", "食品经营许可", "XK"),
                                  item("62050000SC-XK-0001", "000131", "食品经营许可", "XK"),
                                  item("62052400SC-QT-0001", "000131", "食品经营备案", "QT"),
                                  item("62052400SC-XK-0002", "000132", "食品经营许可", "XK"),
                                  item("62052400MZ-XK-0001", "", "社会团体登记", "XK")};
  items[1].bases[0].words = "摘要";
  CHECK(three_sames(std::span{items}.first(2)).empty());
  items[2].bases[0].article = "第三十六条";
  CHECK(three_sames(items) ==
        std::vector<same_difference>{
            {same_field::name, 0, 2, "食品经营许可", "食品经营备案"},
            {same_field::type, 0, 2, "XK", "QT"},
            {same_field::bases, 0, 2, "《食品安全法》第三十五条", "《食品安全法》第三十六条"},
            {same_field::base_code, 0, 3, "000131", "000132"}});
  const problems found = problems_of(three_sames(items), items, paths());
  CHECK(said(found) == std::vector<std::string>{"/2/name not-the-same", "/2/type not-the-same",
                                                "/2/bases not-the-same",
                                                "/3/base_code not-the-same"});
  CHECK(found[0].message.zh == "62052400SC-QT-0001的事项名称为“食品经营备案”,而62000000SC-XK-0001为"
                               "“食品经营许可”(同为 000131)");
}

TEST_CASE("items that have no name yet are no two of one name") {
  const std::vector<service_item> items{item("62000000SC-XK-0001", "000131", "", "XK"),
                                        item("62050000SC-XK-0001", "000132", "", "XK")};
  CHECK(three_sames(items).empty());
}

TEST_CASE("items, bodies and towns are counted, and make up a catalogue (A50)") {
  std::vector<service_item> items{item("62052401SC-XK-0001", "", "甲", "XK"),
                                  item("62052402SC-BM-0001", "", "乙", "BM"),
                                  item("62052402SC-CF-0001", "", "丙", "CF")};
  items[0].body = "城关镇人民政府";
  items[1].body = items[2].body = "洛门镇人民政府";
  items[1].section = "便民服务中心";
  items[2].on_platform = false;
  CHECK(count(std::span<const service_item>{items}) == platform_counts{2, 1, 2, 1, 2});
  const catalogue mine = catalogue_of(items);
  CHECK(count(mine) == catalogue_counts{0, 2, 1, 0, 2});
}
