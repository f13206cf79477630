// How the columns of a website stand.
#include <fstream>

#include <doctest/doctest.h>

#include <banli/calendar/cn.hpp>
#include <banli/library/disclosure.hpp>
#include <banli/library/office_library.hpp>

#include "office.hpp"

namespace {

using namespace office;
using std::chrono::year;

disclosure_book book_of(const char* when) {
  disclosure_book b;
  b.since = d(1, 1);
  b.duties = {{"政务公开>工作简报", "工作简报", "综合科", parse_duty(when).value()}};
  return b;
}

publication on(day date, publication_kind kind = publication_kind::content) {
  return {"政务公开>工作简报", date, kind, "题", to_text(date), "综合科", {}, {}, {}};
}

disclosure_line line(const disclosure_book& b, day today) {
  return report(b, cn(), today).value().lines.at(0);
}

TEST_CASE("a column is missing, late, due soon or in time") {
  disclosure_book b = book_of("every:P1M");
  CHECK(line(b, d(1, 20)).standing == column_standing::in_time);
  CHECK(line(b, d(1, 28)).standing == column_standing::in_time);  // eight days before
  CHECK(line(b, d(1, 29)).standing == column_standing::due_soon); // seven
  CHECK(line(b, d(2, 3)).standing == column_standing::due_soon);  // due on 02-05, after the holiday
  CHECK(line(b, d(2, 5)).standing == column_standing::due_soon);  // the day itself is in time
  CHECK(line(b, d(2, 6)).standing == column_standing::missing);
  CHECK(line(b, d(4, 1)).standing == column_standing::missing);
  b.publications = {on(d(1, 20))};
  const disclosure_line l = line(b, d(4, 1));
  CHECK(l.standing == column_standing::late);
  CHECK(l.next_due == d(2, 20));
  CHECK(l.late == d(4, 1) - d(2, 20));
  CHECK(l.last_published == d(1, 20));
  CHECK(l.longest_gap == d(4, 1) - d(1, 20));
  CHECK(line(book_of("quality:guide8"), d(4, 1)).standing == column_standing::unbound);
  CHECK(label(column_standing::missing) == "空白栏目");
  CHECK(to_string(column_standing::due_soon) == "due_soon");
}

TEST_CASE("an event is met by content, not by a note that nothing happened") {
  disclosure_book b = book_of("event:+P7D");
  b.events = {{"政务公开>工作简报", duty_trigger::event, d(3, 1), {}}};
  b.publications = {on(d(3, 4), publication_kind::note)};
  CHECK(line(b, d(4, 1)).standing == column_standing::late);
  b.publications.push_back(on(d(3, 6)));
  CHECK(line(b, d(4, 1)).standing == column_standing::in_time);
}

TEST_CASE("a quiet year obliges to a note, or to review and republish") {
  for (const char* when : {"event:immediate;if_none:publish_notice",
                           "event:immediate;if_unchanged:review_republish"}) {
    disclosure_book b = book_of(when);
    const day after = to_day(year{2026} / 1 / 10);
    CHECK(line(b, after).standing == column_standing::missing);
    CHECK(line(b, after).next_due == d(12, 31));
    b.publications = {on(d(6, 1), publication_kind::note)};
    CHECK(line(b, after).standing == column_standing::in_time);
    b.publications.clear();
    b.events = {{"政务公开>工作简报", duty_trigger::event, d(3, 3), {}}};
    const auto owed = line(b, after).obligations;
    REQUIRE(owed.size() == 2); // of the event, and of the year under way: last year was not quiet
    CHECK(owed[1].from == to_day(year{2026} / 1 / 1));
  }
}

TEST_CASE("a scope is met by what was published for it or for all") {
  disclosure_book b = book_of("news:every:P14D");
  b.publications = {on(d(1, 10)), on(d(1, 20)), on(d(2, 1))};
  b.publications[1].scope = "guide";
  CHECK(line(b, d(2, 2)).obligations[0].met == d(1, 10));
  CHECK(line(b, d(2, 2)).obligations[1].met == d(2, 1));
}

TEST_CASE("units and months are counted") {
  disclosure_book b = book_of("every:P1M");
  b.publications = {on(d(1, 20)), on(d(2, 25)), on(d(2, 26), publication_kind::review)};
  CHECK(report(b, cn(), d(2, 19)).value().months.at({"综合科", year{2025} / 2}).due == 1);
  CHECK(report(b, cn(), d(2, 20)).value().months.at({"综合科", year{2025} / 2}).due == 2);
  const auto months = report(b, cn(), d(3, 1)).value().months;
  const disclosure_counts& feb = months.at({"综合科", year{2025} / 2});
  CHECK(feb.content == 1);
  CHECK(feb.reviews == 1);
  CHECK(feb.due == 2);  // on 02-05, after the holiday, met on 01-20; and on 02-20
  CHECK(feb.late == 1); // the second, met on 02-25
  CHECK(months.at({"综合科", year{2025} / 1}).content == 1);
  CHECK(units_of({{}, {}, "区发改委牵头、相关部门", {}}) ==
        std::vector<std::string>{"区发改委", "相关部门"});
}

TEST_CASE("columns make a tree with duties attached") {
  disclosure_book b = book_of("every:P1M");
  b.duties.push_back({"政务公开>公告", {}, {}, {}});
  b.duties.push_back({"政务公开", {}, {}, {}});
  b.duties.push_back({"政务公开>工作简报", {}, {}, {}});
  const disclosure_column root = column_tree(b.duties);
  REQUIRE(root.columns.size() == 1);
  CHECK(root.columns[0].duties == std::vector<std::size_t>{2});
  REQUIRE(root.columns[0].columns.size() == 2);
  CHECK(root.columns[0].columns[0].name == "工作简报");
  CHECK(root.columns[0].columns[0].duties == std::vector<std::size_t>{0, 3});
}

TEST_CASE("records are judged") {
  disclosure_book b = book_of("every:P1M");
  b.publications = {on(d(1, 1)), on(d(1, 1))};
  b.publications[1].column = "政务公开>工作简板";
  b.publications[1].kind = publication_kind::repost;
  b.publications[1].title.clear();
  const problems found = check(b);
  REQUIRE(found.size() == 4);
  CHECK(found[0].code == errc::unknown_reference);
  CHECK(found[0].message.en.ends_with("did you mean '政务公开>工作简报'?"));
  CHECK(found[1].code == errc::missing_field);
  CHECK(found[2].code == errc::missing_field);
  CHECK(found[3].code == errc::duplicate_id);
}

TEST_CASE("guides are checked for eight elements, and items for being disclosed") {
  item_library lib{{}, {small_set<element_list>{}}};
  service_item i = food_licence();
  i.materials.clear();
  publish(lib, i, 0);
  disclosure_book b = book_of("event:immediate;quality:guide8");
  CHECK(undisclosed_items(b, lib, d(2, 1)).size() == 1);
  b.publications = {on(d(1, 5))};
  b.publications[0].item = item_id{"62052400SJ-XK-0001"};
  CHECK(undisclosed_items(b, lib, d(2, 1)).empty());
  const auto lacking = incomplete_guides(b, lib, d(2, 1));
  REQUIRE(lacking.size() == 1);
  REQUIRE(lacking[0].missing.size() == 1);
  CHECK(lacking[0].missing[0].zh == "办理材料");
  b.publications[0].date = d(2, 2); // a guide of tomorrow is not judged today
  CHECK(incomplete_guides(b, lib, d(2, 1)).empty());
}

TEST_CASE("what a column asks of guides is asked: elements, clear hours, forms (G09, H26, M19)") {
  item_library lib{{}, {small_set<element_list>{}}};
  service_item i = food_licence();
  i.windows[0].hours = "上班时间";
  publish(lib, i, 0);
  const auto lacking = [&](const char* when) {
    disclosure_book b = book_of(when);
    b.publications = {on(d(1, 5))};
    b.publications[0].item = item_id{"62052400SJ-XK-0001"};
    std::string out;
    for (const incomplete_guide& g : incomplete_guides(b, lib, d(2, 1)))
      for (const missing_element& m : g.missing) out += std::string{m.zh} + ' ';
    return out;
  };
  CHECK(lacking("quality:guide8").empty());
  CHECK(lacking("quality:working_hours_stated") == "工作时间起止 ");
  CHECK(lacking("quality:forms_attached") == "可下载的申请表 ");
  CHECK(lacking("quality:forms_downloadable") == "可下载的申请表 ");
  CHECK(lacking("quality:guide;quality:forms_attached;quality:working_hours_stated") ==
        "工作时间起止 可下载的申请表 ");
  CHECK(lacking("quality:readable").empty()); // for people to judge
  CHECK(lacking("event:immediate").empty());
}

TEST_CASE("a policy carries its validity, and is listed when it has run out (M26)") {
  disclosure_book b = book_of("event:immediate");
  b.publications = {on(d(1, 5)), on(d(1, 6))};
  b.publications[0].title = "补贴办法";
  b.publications[0].valid_until = d(6, 30);
  CHECK(check(b).empty());
  CHECK(lapsed_publications(b, d(6, 30)).empty()); // its last day
  CHECK(lapsed_publications(b, d(7, 1)) == std::vector<std::size_t>{0});
  b.publications[1].title = "补贴办法"; // said again, but before it ran out
  CHECK(lapsed_publications(b, d(7, 1)) == std::vector<std::size_t>{0});
  b.publications.push_back(on(d(7, 2)));
  b.publications.back().title = "补贴办法";
  CHECK(lapsed_publications(b, d(7, 1)).size() == 1);
  CHECK(lapsed_publications(b, d(7, 2)).empty());
  b.publications[1].valid_until = d(1, 5);
  const problems found = check(b, [](std::string_view path) {
    return place{std::string{path}, 0, 0};
  });
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == errc::bad_value);
  CHECK(found[0].where.file == "/publications/1/valid_until");
}

TEST_CASE("a reprint cites its source (M27)") {
  disclosure_book b = book_of("event:immediate;repost:cite_source");
  b.publications = {on(d(1, 5), publication_kind::repost)};
  REQUIRE(check(b).size() == 1);
  CHECK(check(b)[0].code == errc::missing_field);
  CHECK(check(b)[0].message.zh.find("出处") != std::string::npos);
  b.publications[0].source = "省药监局网站";
  CHECK(check(b).empty());
  b.events = {{"政务公开>工作简报", duty_trigger::event, d(1, 5), {}}};
  CHECK(line(b, d(2, 1)).standing == column_standing::in_time); // and meets the event
}

TEST_CASE("who leads a column stands first, those who help follow (M25)") {
  const auto units = [](const char* unit) {
    std::string out;
    for (const std::string& u : units_of({{}, {}, unit, {}})) out += u + ';';
    return out;
  };
  CHECK(units("由法制办和编办牵头，各相关单位配合发布信息") == "法制办;编办;各相关单位;");
  CHECK(units("区发改委牵头、相关部门及时发布") == "区发改委;相关部门;");
  CHECK(units("监督科、各窗口单位承办人") == "监督科;各窗口单位承办人;");
  CHECK(units("和平区和共和县牵头") == "和平区;共和县;");
  CHECK(units("") == ";");
}

TEST_CASE("items of the national catalogue that no column holds are listed (M32)") {
  disclosure_book b = book_of("event:prompt");
  CHECK(unmapped_items(b).size() == 65);
  b.duties[0].baseline = {1, 3};
  b.duties.push_back(b.duties[0]);
  b.duties[1].column = "政务公开>机构职能";
  b.duties[1].baseline = {3, 65};
  const auto left = unmapped_items(b);
  CHECK(left.size() == 62);
  CHECK(left.front() == 2);
  CHECK(left.back() == 64);
  CHECK(check(b).empty());
  b.duties[1].baseline = {0, 65, 66};
  std::string found;
  for (const error& e : check(b, [](std::string_view path) {
         return place{std::string{path}, 0, 0};
       }))
    found += std::string{to_string(e.code)} + ' ' + e.where.file + ';';
  CHECK(found == "unknown-reference /duties/1/baseline/0;unknown-reference /duties/1/baseline/2;");
}

TEST_CASE("a change of an item obliges the column that shows it to say so at once (M39)") {
  item_library lib;
  const auto n = publish(lib, food_licence(), 0); // in force from 2025-01-01
  disclosure_book b = book_of("on_change:immediate");
  b.publications = {on(d(1, 5))};
  b.publications[0].item = item_id{"62052400SJ-XK-0001"};
  CHECK(item_changes(b, lib, d(12, 31)).empty());
  b.publications[0].date = d(1, 1); // published on the day on which it came into force
  CHECK(item_changes(b, lib, d(12, 31)).empty());
  (void)lib.act(n, item_command::change, writer(), at(24 * 40)).value();
  (void)lib.act(n, item_command::submit, reviewer(), at(24 * 40)).value();
  (void)lib.act(n, item_command::review, establishment(), at(24 * 40)).value();
  (void)lib.act(n, item_command::publish, service(), at(24 * 40), {.effective = d(3, 3)}).value();
  CHECK(item_changes(b, lib, d(3, 2)).empty());
  const auto changes = item_changes(b, lib, d(3, 3));
  REQUIRE(changes.size() == 1); // the end of one version and the start of the next are one change
  CHECK(changes[0] == disclosure_event{"政务公开>工作简报", duty_trigger::on_change, d(3, 3), {}});
  b.events = changes;
  CHECK(line(b, d(3, 20)).standing == column_standing::late);
  b.publications.push_back(on(d(3, 3)));
  CHECK(line(b, d(3, 20)).standing == column_standing::in_time);
  CHECK(item_changes(b, lib, d(3, 20)).size() == 1);
}

TEST_CASE("a major matter is open before, during and after its decision (M40)") {
  disclosure_book b =
      book_of("draft:event:immediate;progress:every:P1M;outcome:publish(决定):+P5WD");
  b.events = {{"政务公开>工作简报", duty_trigger::event, d(1, 6), "draft"},
              {"政务公开>工作简报", duty_trigger::publish, d(3, 10), "outcome"}};
  const auto owed = [&](day today) {
    std::string out;
    for (const obligation& o : line(b, today).obligations)
      if (!o.met && o.due < today) out += std::to_string(o.clause) + ' ' + to_text(o.due) + ';';
    return out;
  };
  const auto publish_for = [&](day date, const char* scope) {
    publication p = on(date);
    p.scope = scope;
    b.publications.push_back(p);
  };
  CHECK(owed(d(1, 20)).starts_with("0 "));
  publish_for(d(1, 6), "draft");
  CHECK(owed(d(1, 20)).empty());
  CHECK(owed(d(2, 10)).starts_with("1 2025-02-"));
  publish_for(d(1, 31), "progress");
  publish_for(d(2, 28), "progress");
  CHECK(owed(d(3, 17)).empty());
  CHECK(owed(d(3, 20)) == "2 2025-03-17;");
  publish_for(d(3, 17), "outcome");
  CHECK(owed(d(3, 20)).empty());
}

TEST_CASE("the catalogue judges items only where there is one") {
  office_library office;
  service_item i = food_licence();
  publish(office.items, i, 0);
  i.catalogue = catalogue_id{"SC-002"};
  publish(office.items, i, 1);
  const auto found = [&] {
    std::string out;
    for (const error& e : check_references(office, d(2, 1)))
      if (e.where.file.ends_with("/catalogue"))
        out += std::string{to_string(e.code)} + ' ' + e.where.file + ';';
    return out;
  };
  CHECK(found().empty());
  catalogue_entry entry;
  entry.id = catalogue_id{"SC-001"};
  entry.name = "食品经营许可";
  REQUIRE(office.catalogue.add(entry, {}, service(), at(0)).has_value());
  CHECK(found() == "unknown-reference items/2/catalogue;");
  entry.id = catalogue_id{"SC-002"};
  REQUIRE(office.catalogue.add(entry, {}, service(), at(0)).has_value());
  CHECK(found().empty());
  REQUIRE(
      office.catalogue.make_void(entry.id, "合并", item_library{}, service(), at(1)).has_value());
  CHECK(found() == "unknown-reference items/2/catalogue;");
}

TEST_CASE("references of drafts are checked, of what was given up they are not") {
  office_library office;
  service_item i = food_licence();
  i.bases.clear();
  i.business_system = business_system_id{"spjq"};
  const auto n = office.items.create(i, {}, writer(), at(0)).value();
  const auto found = [&] {
    std::string out;
    for (const error& e : check_references(office, d(2, 1))) out += e.where.file + ';';
    return out;
  };
  CHECK(found() == "items/1/business_system;");
  (void)office.items.act(n, item_command::make_void, establishment(), at(1), {.reason = "误建"})
      .value();
  CHECK(found().empty());
}

TEST_CASE("references between the parts of an office are checked") {
  office_library office;
  service_item i = food_licence();
  i.business_system = business_system_id{"spjq"};
  i.approvals_before = {{item_id{"62052400SJ-XK-0077"}, {}, {}}};
  publish(office.items, i, 0);
  office.systems = {{business_system_id{"spjd"}, "食品经营许可系统", market, {}, {}}};
  office.attachments = {
      {attachment_id{"a"},
       "申请表.docx",
       "application/msword",
       10,
       std::string(64, 'a'),
       entry_number{1},
       at(0),
       {}},
      {attachment_id{"b"}, "../x", "word", 2'000'000'000, "A", entry_number{9}, at(0), {}}};
  office.disclosure = book_of("event:immediate");
  office.disclosure.publications = {on(d(1, 5)), on(d(1, 6))};
  office.disclosure.publications[0].item = item_id{"62052400SJ-XK-0001"};
  office.disclosure.publications[1].item = item_id{"62052400SJ-XK-0010"};
  std::vector<std::string> found;
  for (const error& e : check_references(office, d(2, 1)))
    found.push_back(std::string{to_string(e.code)} + ' ' + e.where.file);
  CHECK(found == std::vector<std::string>{
                     "unknown-reference items/1/bases/0",
                     "unknown-reference items/1/business_system",
                     "unknown-reference items/1/approvals_before/0", "bad-value attachments/b/name",
                     "bad-value attachments/b/media_type", "bad-value attachments/b/sha256",
                     "limit-exceeded attachments/b/bytes", "unknown-reference attachments/b/entry",
                     "unknown-reference disclosure/publications/1/item"});
}

} // namespace
