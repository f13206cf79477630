#include <banli/document/item_file.hpp>

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "random_item.hpp"
#include "texts.hpp"

using namespace texts;

namespace {

const std::string good = R"(kind: item
code: 62052400MZ-XK-0001
type: XK
name: 社会团体成立登记
bases:
  - {rank: 行政法规, title: 《社会团体登记管理条例》, article: 第九条}
body: 武山县民政局
promised: 20个工作日
department: MZ
section: 社会组织管理股
phone: 0938-0000001
flow: civil-association
supervision_phone: 0938-0000000
)";

const std::string entries = R"(kind: catalogue
entries:
  - id: MZ-001
    name: 社会团体登记
    type: XK
    statutory: 60日
    bases:
      - {rank: 行政法规, title: 《社会团体登记管理条例》, article: 第九条}
)";

std::string with(std::string text, std::string_view what, std::string_view by) {
  return text.replace(text.find(what), what.size(), by);
}

} // namespace

TEST_CASE("what is saved is what was there, for any item") {
  CHECK(rc::check("load(save(x)) == x", [] {
    const service_item x = random::item();
    const auto text = save(x);
    RC_ASSERT(text.has_value());
    const auto back = parse_item("x.yaml", *text);
    if (!back) RC_LOG() << to_string(back.error(), language::en) << "\n" << *text;
    RC_ASSERT(back.has_value());
    if (!(*back == x)) RC_LOG() << *text;
    RC_ASSERT(*back == x);
    RC_ASSERT(*save(*back) == *text);
  }));
}

TEST_CASE("what is saved is what was there, for any entries") {
  CHECK(rc::check("load(save(x)) == x", [] {
    const std::vector<catalogue_entry> x = random::list(random::entry);
    const auto text = save(std::span<const catalogue_entry>{x});
    RC_ASSERT(text.has_value());
    RC_ASSERT(parse_items({{"c.yaml", *text}}).entries == x);
  }));
}

TEST_CASE("the items of the example are saved in one spelling, and come back") {
  int seen = 0;
  for (const auto& f :
       std::filesystem::directory_iterator(BANLI_SOURCE_DIR "/examples/county/items")) {
    CAPTURE(f.path().string());
    const auto item = parse_item("x.yaml", content(f.path()));
    REQUIRE(item.has_value());
    const auto text = save(*item);
    REQUIRE(text.has_value());
    const auto again = parse_item("x.yaml", *text);
    REQUIRE(again.has_value());
    CHECK(*again == *item);
    CHECK(*save(*again) == *text);
    ++seen;
  }
  CHECK(seen == 9);
}

TEST_CASE("an item is saved as a person would write it") {
  service_item i = *parse_item("x.yaml", good);
  i.conditions = {"有章程", "no", "第一行\n第二行"};
  i.documents = {"受理通知书", item_document{"决定书", node_id{"审批"}}};
  i.on_platform = false;
  i.phone = "12345";
  CHECK(*save(i) == R"(kind: item
code: 62052400MZ-XK-0001
type: XK
name: 社会团体成立登记
bases:
  - rank: administrative_rule
    title: 《社会团体登记管理条例》
    article: 第九条
body: 武山县民政局
conditions:
  - 有章程
  - "no"
  - |-
    第一行
    第二行
promised: 20 workdays
department: MZ
section: 社会组织管理股
phone: "12345"
flow: civil-association
supervision_phone: "0938-0000000"
documents:
  - 受理通知书
  - name: 决定书
    step: 审批
on_platform: false
)");
}

TEST_CASE("a text that is no UTF-8 cannot be saved") {
  service_item i;
  i.name = "\xC0\x80";
  const auto text = save(i);
  REQUIRE(text.has_error());
  CHECK(text.error().code == errc::bad_utf8);
}

TEST_CASE("items take over what their entry says, wherever it stands") {
  const std::string brief = with(with(good, "type: XK\n", "catalogue: MZ-001\n"),
                                 "bases:\n  - {rank: 行政法规, title: "
                                 "《社会团体登记管理条例》, article: 第九条}\n",
                                 "");
  for (const char* file : {"a.yaml", "z.yaml"}) { // before the item, and after it
    std::vector<std::pair<std::string, std::string>> files{{file, entries}, {"m.yaml", brief}};
    if (file[0] == 'z') std::swap(files[0], files[1]);
    const item_load l = parse_items(files);
    CHECK(said(l.found).empty());
    REQUIRE(l.items.size() == 1);
    CHECK(l.items[0].type == "XK");
    CHECK(l.items[0].bases.size() == 1);
    CHECK(l.items[0].statutory == time_limit{60, limit_unit::day});
  }
  const item_load slow =
      parse_items({{"a.yaml", entries}, {"m.yaml", with(brief, "20个工作日", "61日")}});
  CHECK(said(slow.found) == "m.yaml:6:11: error[promise-above-statute]: promised limit 61 days "
                            "is longer than the statutory limit 60 days\n");
}

TEST_CASE("every fault of a set is found at once, with file, line and column") {
  const std::string second = with(with(good, "flow: civil-association",
                                       "flow: civil-association\napprovals_before:\n  - item: "
                                       "62052400MZ-XK-0009"),
                                  "promised: 20个工作日", "promised: 20个工作日\nstatutory: 5日");
  const std::string third = with(with(good, "-0001", "-0003"), "section: 社会组织管理股\n",
                                 "sektion: 股\ndelegated_from_above: 是\n");
  const item_load l = parse_items(
      {{"a.yaml", good}, {"b.yaml", second}, {"c.yaml", third}, {"d.yaml", "kind: itm\n"}});
  CHECK(l.items.size() == 3);
  CHECK(said(l.found) ==
        "b.yaml:2:7: error[duplicate-code]: '62052400MZ-XK-0001' is also at a.yaml:2\n"
        "b.yaml:8:11: error[promise-above-statute]: promised limit 20 workdays is longer than the "
        "statutory limit 5 days\n"
        "c.yaml:1:1: error[missing-field]: item '社会团体成立登记' has no section\n"
        "c.yaml:1:1: error[missing-superior]: item '社会团体成立登记' is delegated from above: "
        "name the superior body\n"
        "c.yaml:10:1: error[unknown-field]: unknown field 'sektion'; did you mean 'section'?\n"
        "d.yaml:1:7: error[unknown-value]: 'itm' is no kind of document: expected office, "
        "organisation, calendar, overlay, hours, item, catalogue, laws, systems, flowchart, rules, "
        "commit_rules, decision_table, scoring_scheme, duties, publications, "
        "log_mapping; did you mean 'item'?\n");
}

TEST_CASE("an approval that is not there is found where it stands") {
  const item_load l = parse_items({{"b.yaml", good + "approvals_before:\n  - item: "
                                                     "62052400MZ-XK-0002\n"}});
  CHECK(said(l.found) == "b.yaml:15:11: error[unknown-reference]: there is no item "
                         "'62052400MZ-XK-0002'; did you mean '62052400MZ-XK-0001'?\n");
}

TEST_CASE("an approval item without entry is a fault where there is a catalogue") {
  CHECK(said(parse_items({{"a.yaml", good}}).found).empty());
  const item_load l = parse_items({{"a.yaml", entries}, {"b.yaml", good}});
  REQUIRE(l.found.size() == 1);
  CHECK(l.found[0].code == errc::missing_catalogue);
  const item_load wrong =
      parse_items({{"a.yaml", entries}, {"b.yaml", good + "catalogue: MZ-01\n"}});
  CHECK(said(wrong.found) == "b.yaml:14:12: error[unknown-reference]: there is no catalogue "
                             "entry 'MZ-01'; did you mean 'MZ-001'?\n");
}

TEST_CASE("entries have ids of their own") {
  const item_load l =
      parse_items({{"a.yaml", entries + "  - {id: MZ-001, name: 另一个}\n  - {id: MZ-002}\n"}});
  CHECK(said(l.found) == "a.yaml:9:10: error[duplicate-id]: the entry 'MZ-001' is there twice\n"
                         "a.yaml:10:5: error[missing-field]: catalogue entry 'MZ-002' has no "
                         "name\n");
}

TEST_CASE("limits hold for libraries, too") {
  document_limits small = item_file_limits();
  small.files = 1;
  const item_load l =
      parse_items({{"a.yaml", good}, {"b.yaml", with(good, "-0001", "-0002")}}, small);
  CHECK(l.items.size() == 1);
  REQUIRE(l.found.size() == 1);
  CHECK(l.found[0].code == errc::limit_exceeded);
  CHECK(load_items("no/such/folder").found[0].code == errc::file_not_found);
}

TEST_CASE("the county's items are good by themselves") {
  const item_load l = load_items(BANLI_SOURCE_DIR "/examples/county");
  CHECK(said(l.found).empty());
  CHECK(l.items.size() == 9);
}

TEST_CASE("a configuration saves its items as files that say the same") {
  configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  const auto files = save_items(c);
  REQUIRE(files.has_value());
  const item_load l = parse_items(*files);
  CHECK(said(l.found).empty());
  CHECK(l.entries == c.catalogue);
  CHECK(l.items.size() == c.items.size());
  for (const service_item& i : l.items)
    CHECK(std::find(c.items.begin(), c.items.end(), i) != c.items.end());
  c.items.push_back(c.items[0]);
  CHECK(save_items(c).error().code == errc::duplicate_code);
  c.items.back().code = item_id{"../x"};
  CHECK(save_items(c).error().code == errc::bad_item_code);
}

TEST_CASE("the condition of a material is judged when a library is loaded, where it stands") {
  const std::string facts = "facts:\n  - {name: shelter, label: 人防, type: boolean}\n";
  const auto load = [&](std::string_view when) {
    return parse_items({{"i.yaml", good + "materials:\n  - {name: 甲}\n  - name: 乙\n    when: " +
                                       std::string{when} + "\n" + facts}});
  };
  CHECK(said(load("form.shelter && 表单.人防").found) == "");
  CHECK(said(load("form.sheltre").found) ==
        "i.yaml:17:16: error[unknown-field]: 'form' has no field 'sheltre'; did you mean "
        "'shelter'?\n");
  CHECK(said(load("\"!form.shelter || 1\"").found).find("i.yaml:17:") == 0);
}
