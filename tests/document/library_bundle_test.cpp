// Bundles: what was exported comes back, and nothing else does.
#include <set>
#include <sstream>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/document/library_bundle.hpp>
#include <banli/engine/case_definition.hpp>

#include "random_office.hpp"

namespace {

using namespace office;

office_library full() {
  office_library o;
  o.items = item_library{confirmation_chain{}};
  service_item i = food_licence();
  i.counting.extensions_allowed = 2;
  i.certificates = {{"食品经营许可证", time_limit{5, limit_unit::year}, {}}};
  i.facts = {{"area", "面积", fact_type::decimal}};
  i.on_platform = false;
  i.statutory = time_limit{0, limit_unit::on_the_spot};
  i.promised = time_limit{0, limit_unit::on_the_spot};
  i.kind = case_kind::immediate;
  const auto n = publish(o.items, i, 0);
  (void)o.items.act(n, item_command::change, writer(), at(30)).value();
  (void)o.items.move(n, {"市场监管>食品", 3}, writer(), at(31));
  (void)o.items.remark(n, "“引号”\n换行\t与 \\", service(), at(32));
  (void)o.laws.add({law_id{"spaqf"},
                    legal_rank::law,
                    "中华人民共和国食品安全法",
                    {{"第三十五条", "…"}},
                    to_day(std::chrono::year{2015} / 10 / 1),
                    {},
                    {},
                    {}});
  catalogue_entry entry;
  entry.id = catalogue_id{"SC-001"};
  entry.name = "食品经营许可";
  (void)o.catalogue.add(entry, {"市场监管", 1}, service(), at(0));
  entry.id = catalogue_id{"SC-002"};
  (void)o.catalogue.add(entry, {}, service(), at(1));
  (void)o.catalogue.make_void(entry.id, "合并", item_library{}, service(), at(2));
  o.systems = {{business_system_id{"spjd"}, "系统", market, "https://example.test/", {}}};
  o.attachments = {{attachment_id{"a"}, "申请表.docx", "application/msword", 1'234'567'890'123,
                    std::string(64, 'a'), n, at(1), person_id{"录入员"}}};
  o.records.orders = {{"督-1",
                       "县监察局",
                       market,
                       "食品经营许可",
                       {},
                       case_id{"c"},
                       person_id{"员"},
                       "超期",
                       "",
                       at(1),
                       at(2),
                       "已办",
                       at(3),
                       order_state::closed,
                       "责令改正"}};
  o.records.consultations = {{"ZX-1", market, "题", "文", "甲", at(1), "答", at(2), {}}};
  o.records.results = {{case_id{"c"}, {}, "食品经营许可", at(4), "准予许可"}};
  o.disclosure.since = to_day(std::chrono::year{2025} / 1 / 1);
  o.disclosure.duties = {{"A>B", "内容", "综合科", parse_duty("every:P1M;event:prompt").value()}};
  o.disclosure.publications = {{"A>B", to_day(std::chrono::year{2025} / 2 / 1),
                                publication_kind::note, "题", "N-1", "综合科", "news", "",
                                item_id{"62052400SJ-XK-0001"}}};
  o.disclosure.events = {
      {"A>B", duty_trigger::on_change, to_day(std::chrono::year{2025} / 2 / 3), {}}};
  return o;
}

errc first_code(const std::string& bundle) {
  const auto r = restore_library(bundle);
  return r.good() ? errc{} : r.found.front().code;
}

TEST_CASE("what was exported comes back, and its bundle is the same bytes") {
  const office_library o = full();
  const std::string kept = export_library(o).value();
  const auto r = restore_library(kept);
  for (const error& e : r.found) MESSAGE(to_string(e, language::en));
  REQUIRE(r.good());
  CHECK(r.library == o);
  CHECK(export_library(r.library).value() == kept);
  CHECK(restore_library(export_library({}).value()).library == office_library{});
}

TEST_CASE("a cut, touched, foreign or newer bundle is refused") {
  const std::string kept = export_library(full()).value();
  CHECK(first_code("") == errc::bundle_damaged);
  CHECK(first_code("{}\n") == errc::bundle_damaged);
  CHECK(first_code(kept.substr(0, kept.size() / 2)) == errc::bundle_damaged);
  CHECK(first_code(kept + "x\n") == errc::bundle_damaged);
  std::string touched = kept;
  touched.replace(touched.find("工作日") == std::string::npos ? touched.find("许可科") : 0, 9,
                  "执法科");
  CHECK(first_code(touched) == errc::bundle_damaged);
  CHECK(first_code("{\"bundle\":\"banli library\",\"version\":2}\n") == errc::bundle_newer);
  CHECK(restore_library(kept, {.bytes = 10}).found.front().code == errc::limit_exceeded);
  office_library bad;
  bad.systems = {{business_system_id{"\xC0\x80"}, {}, {}, {}, {}}};
  CHECK(export_library(bad).error().code == errc::bad_utf8);
}

TEST_CASE("every problem of a damaged bundle is reported with its line") {
  const auto r = restore_library("{\"bundle\":\"banli library\",\"version\":1}\n"
                                 "{\"part\":\"lav\"}\n"
                                 "{\"part\":\"law\",\"id\":\"a\",\"rank\":\"lax\",\"title\":3,"
                                 "\"effective\":\"2015-02-30\",\"colour\":1}\n"
                                 "nonsense\n");
  std::vector<std::string> found;
  for (const error& e : r.found)
    found.push_back(fmt::format("{} {}", e.where.line, to_string(e.code)));
  CHECK(found == std::vector<std::string>{"2 unknown-value", "3 unknown-value", "3 wrong-type",
                                          "3 bad-date", "3 unknown-field", "4 bundle-damaged",
                                          "4 bundle-damaged"});
  CHECK(r.library == office_library{});
}

TEST_CASE("whatever an office holds comes back, and its bundle is the same bytes") {
  CHECK(rc::check([] {
    const office_library o = random::an_office();
    const std::string kept = export_library(o).value();
    const restored_library r = restore_library(kept);
    if (!r.good()) RC_FAIL(to_string(r.found.front(), language::en));
    RC_ASSERT(r.library == o);
    RC_ASSERT(export_library(r.library).value() == kept);
  }));
}

/// Damages one line of a bundle, in one of several ways.
std::string damaged(std::string line, int how) {
  switch (how) {
  case 0: return line.substr(0, line.size() - 1);                    // no JSON
  case 1: return line.insert(1, "\"colour\":1,");                    // unknown field
  case 2: return line.replace(line.find("\"part\":\"") + 8, 0, "x"); // unknown part
  default: return "[" + line + "]";                                  // no object
  }
}

TEST_CASE("each line that is damaged is named, and nothing is restored") {
  CHECK(rc::check([] {
    std::vector<std::string> lines;
    std::istringstream kept{export_library(full()).value()};
    for (std::string line; std::getline(kept, line);) lines.push_back(line);
    std::set<int> touched;
    const int times = *rc::gen::inRange(1, 5);
    for (int i = 0; i < times; ++i) {
      const auto at = *rc::gen::inRange<std::size_t>(1, lines.size() - 1);
      if (touched.insert(static_cast<int>(at) + 1).second)
        lines[at] = damaged(lines[at], *rc::gen::inRange(0, 4));
    }
    std::string bundle;
    for (const std::string& line : lines) bundle += line + '\n';
    const restored_library r = restore_library(bundle);
    std::set<int> named;
    for (const error& e : r.found) named.insert(e.where.line);
    touched.insert(static_cast<int>(lines.size())); // the checksum
    RC_ASSERT(named == touched);
    RC_ASSERT(r.library == office_library{});
  }));
}

TEST_CASE("a bundle whose lines are whole but do not fit together is refused") {
  const std::string kept = export_library(full()).value();
  const auto without = [&](std::string_view words) {
    std::string out;
    std::istringstream in{kept};
    std::size_t lines = 0;
    for (std::string line; std::getline(in, line);) {
      if (line.find(words) != std::string::npos) continue;
      if (line.starts_with("{\"end\""))
        line = fmt::format(R"({{"end":"banli library","lines":{},"sha256":"{}"}})", lines,
                           sha256(out));
      out += line + '\n';
      ++lines;
    }
    return out;
  };
  CHECK(restore_library(without("nothing has these words")).good());
  CHECK(first_code(without(R"("command":"publish")")) == errc::bundle_damaged);
  CHECK(first_code(without(R"("part":"entry",)")) == errc::unknown_reference);
  CHECK(first_code(without(R"("act":"voided")")) == errc::bundle_damaged);
  CHECK(first_code(without(R"("part":"item")")) == errc::bundle_damaged);
  CHECK(first_code(without(R"("kind":"created")")) == errc::bundle_damaged);
}

TEST_CASE("every byte that is changed or cut is noticed") {
  const std::string kept = export_library(full()).value();
  CHECK(rc::check([&] {
    std::string bad = kept;
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, kept.size());
    const char c = *rc::gen::arbitrary<char>();
    RC_PRE(c != kept[at]);
    bad[at] = c;
    RC_ASSERT(!restore_library(bad).good());
    const std::size_t cut = *rc::gen::inRange<std::size_t>(0, kept.size() - 1);
    RC_ASSERT(!restore_library(kept.substr(0, cut)).good());
  }));
}

} // namespace
