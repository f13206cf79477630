#include <banli/portal/publication_archive.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

const std::string brief = "/gzjb/2025-01";

archived_page page_at(const std::string& address) {
  return {address, "工作简报第1期", "SY-2025-0001", "综合科"};
}

publication_archive three_acts() {
  publication_archive a;
  REQUIRE(a.publish(page_at(brief), "第一版", *parse_instant("2025-01-20T09:00")).has_value());
  REQUIRE(a.publish(page_at(brief), "第二版", *parse_instant("2025-02-20T09:00")).has_value());
  REQUIRE(a.withdraw(brief, "内容更正", *parse_instant("2025-03-01T09:00")).has_value());
  return a;
}

} // namespace

TEST_CASE("the archive says which words stood where and when") {
  const publication_archive a = three_acts();
  const auto held = [&](const char* t, const char* words) {
    return a.holds(brief, *parse_instant(t), words);
  };
  CHECK_FALSE(held("2025-01-20T08:59", "第一版"));
  CHECK(held("2025-01-20T09:00", "第一版"));
  CHECK(held("2025-02-20T08:59", "第一版"));
  CHECK_FALSE(held("2025-02-20T09:00", "第一版"));
  CHECK(held("2025-02-28T09:00", "第二版"));
  CHECK_FALSE(held("2025-02-28T09:00", "第二版。"));
  CHECK_FALSE(held("2025-03-01T09:00", "第二版"));
  CHECK(a.as_of("/elsewhere", *parse_instant("2025-02-28")) == nullptr);
  CHECK(a.history(brief).size() == 3);
  CHECK(a.history(brief)[2].reason == "内容更正");
  CHECK(label(archive_act::withdrawn) == "撤下");
  CHECK(to_string(archive_act::published) == "published");
}

TEST_CASE("an archive is read back whole or not at all") {
  const std::string text = three_acts().save();
  const auto back = publication_archive::read(text);
  REQUIRE(back.has_value());
  CHECK(back->records() == three_acts().records());
  CHECK(back->verify() == 0);
  for (std::size_t i = 0; i < text.size(); i += 7) {
    std::string changed = text;
    changed[i] = changed[i] == '1' ? '2' : '1';
    CAPTURE(i);
    CHECK(refused(publication_archive::read(changed)) == errc::bundle_damaged);
  }
  const std::size_t second = text.find('\n') + 1;
  CHECK(refused(publication_archive::read(text.substr(second))) == errc::bundle_damaged);
  CHECK(refused(publication_archive::read(text.substr(0, text.size() - 1))) ==
        errc::bundle_damaged);
  CHECK(publication_archive::read("")->records().empty());
  CHECK(refused(publication_archive::read(text, {.records = 2})) == errc::limit_exceeded);
}

TEST_CASE("what cannot be archived") {
  publication_archive a = three_acts();
  const instant later = *parse_instant("2025-04-01");
  CHECK(refused(a.publish({"", "t", "", "u"}, "x", later)) == errc::missing_field);
  CHECK(refused(a.publish({"/a", "t", "", ""}, "x", later)) == errc::missing_field);
  CHECK(refused(a.publish(page_at("/a"), "x", *parse_instant("2025-02-01"))) ==
        errc::time_backwards);
  CHECK(refused(a.withdraw(brief, "再次", later)) == errc::unknown_reference);
  REQUIRE(a.publish(page_at(brief), "第二版", later).has_value()); // the same words again: an act
  CHECK(refused(a.withdraw(brief, "", later)) == errc::missing_reason);
  CHECK(refused(a.publish(page_at("\xFF"), "x", later)) == errc::bad_utf8);
  CHECK(refused(publication_archive{{.records = 0}}.publish(page_at("/a"), "x", later)) ==
        errc::limit_exceeded);
  CHECK(a.records().size() == 4);
  CHECK(a.verify() == 0);
}
