// Comparing versions of an item.
#include <algorithm>
#include <functional>
#include <string>

#include <boost/pfr.hpp>
#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/library/item_difference.hpp>

#include "library/field_tree.hpp"

#include "office.hpp"

namespace {

using namespace office;

// Every field of an item is compared, printed and bundled because it is described; a field that
// joins the struct and is not described is caught here.
TEST_CASE("every field of an item is described") {
  CHECK(detail::tree_of(service_item{}).parts.size() == boost::pfr::tuple_size_v<service_item>);
}

TEST_CASE("a changed field is told with both values") {
  const service_item a = food_licence();
  service_item b = a;
  CHECK(compare(a, b).empty());
  b.promised = {10, limit_unit::workday};
  b.bases[0].article = "第三十六条";
  b.online_link = "https://example.test/";
  const auto changes = compare(a, b);
  REQUIRE(changes.size() == 3);
  CHECK(to_text(changes[0], language::zh) == "行使依据/0/条款:第三十五条 → 第三十六条");
  CHECK(to_text(changes[1], language::zh) == "承诺期限:15个工作日 → 10个工作日");
  CHECK(to_text(changes[1], language::en) == "promised: 15 workdays -> 10 workdays");
  CHECK(changes[2].kind == change_kind::added);
  CHECK(changes[2].path == "online_link");
}

/// Every path of a tree that has a value or is empty.
void each_path(const detail::field_tree& t, const std::string& path,
               const std::function<void(const std::string&)>& visit) {
  if (!path.empty()) visit(path);
  for (std::size_t i = 0; i < t.parts.size(); ++i) {
    const std::string key =
        t.is == detail::field_tree::shape::list ? std::to_string(i) : t.parts[i].key;
    each_path(t.parts[i], path.empty() ? key : path + '/' + key, visit);
  }
}

TEST_CASE("every field of an item and of its parts has the office's word") {
  service_item x;
  x.bases.resize(1);
  x.charges.resize(1);
  x.forms.resize(1);
  x.questions.resize(1);
  x.materials.resize(1);
  x.documents.resize(1);
  x.facts.resize(1);
  x.service.emplace();
  x.certificates.resize(1);
  x.approvals_before.resize(1);
  x.risks.resize(1);
  x.benchmarks.resize(1);
  x.benchmarks[0].bands.resize(1);
  x.benchmarks[0].bands[0].when.resize(1);
  x.benchmarks[0].bands[0].outcomes.resize(1);
  x.intermediaries.resize(1);
  x.windows.resize(1);
  x.delegations.resize(1);
  std::size_t seen = 0;
  each_path(detail::tree_of(x), {}, [&](const std::string& path) {
    ++seen;
    const std::string words = field_label(path);
    CAPTURE(path);
    CAPTURE(words);
    CHECK(std::none_of(words.begin(), words.end(), [](char c) { return c >= 'a' && c <= 'z'; }));
  });
  CHECK(seen > 120);
  CHECK(field_label("materials/2/name") == "申请材料/2/名称");
  CHECK(field_label("name") == "事项名称");
  CHECK(field_label("no_such/key") == "no_such/key");
}

TEST_CASE("rules of counting are told in the office's words") {
  const service_item a = food_licence();
  service_item b = a;
  b.counting.ends = edges::half_open_from;
  b.counting.rolling = roll::none;
  const auto changes = compare(a, b);
  REQUIRE(changes.size() == 2);
  CHECK(to_text(changes[0], language::en) == "counting/edges: closed -> half_open_from");
  CHECK(to_text(changes[1], language::zh) == "期限计算规则/遇休息日:新增 不顺延");
}

TEST_CASE("a material put in front of others is one change") {
  const service_item a = food_licence();
  service_item b = a;
  b.materials.insert(b.materials.begin(), {"身份证", "复印件", "纸质", ""});
  const auto changes = compare(a, b);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].path == "materials/0");
  CHECK(to_text(changes[0], language::zh) == "申请材料/0:新增 身份证、复印件、纸质");
  const auto back = compare(b, a);
  REQUIRE(back.size() == 1);
  CHECK(back[0].kind == change_kind::removed);
  CHECK(to_string(back[0].kind) == "removed");
}

TEST_CASE("optional and nested fields are told, too") {
  const service_item a = food_licence();
  service_item b = a;
  b.statutory.reset();
  b.certificates = {{"食品经营许可证", time_limit{5, limit_unit::year}, ""}};
  b.counting.extensions_allowed = 2;
  const auto changes = compare(a, b);
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].path == "statutory");
  CHECK(changes[0].kind == change_kind::removed);
  CHECK(changes[1].path == "counting/extensions_allowed");
  CHECK(changes[2].path == "certificates/0");
}

TEST_CASE("nothing is told exactly when items are equal, and lists turn into each other") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& from, const std::vector<std::uint8_t>& to) {
    service_item a;
    service_item b;
    for (const auto x : from) a.conditions.push_back(std::to_string(x % 5));
    for (const auto x : to) b.conditions.push_back(std::to_string(x % 5));
    const auto changes = compare(a, b);
    RC_ASSERT(changes.empty() == (a == b));
    // Taking the changes to the old list gives the new one.
    std::vector<std::string> made;
    std::vector<std::string> old = a.conditions;
    std::size_t removed = 0;
    for (const item_change& c : changes) removed += c.kind == change_kind::removed ? 1U : 0U;
    std::size_t added = 0;
    for (const item_change& c : changes) added += c.kind == change_kind::added ? 1U : 0U;
    RC_ASSERT(a.conditions.size() - removed + added == b.conditions.size());
    for (const item_change& c : changes)
      if (c.kind != change_kind::removed)
        RC_ASSERT(b.conditions[std::stoul(c.path.substr(c.path.find('/') + 1))] == c.after.en);
  }));
}

} // namespace
