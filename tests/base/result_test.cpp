#include <banli/base/result.hpp>

#include <set>

#include <doctest/doctest.h>

using namespace banli;

TEST_CASE("every code has a name of its own") {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < detail::errc_names.size(); ++i) {
    const auto name = to_string(static_cast<errc>(i));
    CHECK(!name.empty());
    CHECK(name.find('_') == std::string_view::npos);
    names.insert(name);
  }
  CHECK(names.size() == detail::errc_names.size());
  // The first and one from each end, so that a name that slipped by one is seen.
  CHECK(to_string(errc::file_not_found) == "file-not-found");
  CHECK(to_string(errc::bad_date) == "bad-date");
  CHECK(to_string(errc::definition_changed) == "definition-changed");
}

TEST_CASE("an error speaks two languages, with the words in their own order") {
  const error e =
      make_error(errc::unknown_step, "no step '{}' in '{}'", "“{1}”没有环节“{0}”", "初省", "登记");
  CHECK(e.message.in(language::en) == "no step '初省' in '登记'");
  CHECK(e.message.in(language::zh) == "“登记”没有环节“初省”");
}

TEST_CASE("a message names as much of the place as is known") {
  const error e{errc::bad_date, {"late", "晚"}, {}};
  CHECK(to_string(e, language::en) == "error[bad-date]: late");
  CHECK(to_string(at(e, {"a.yaml", 0, 0}), language::en) == "a.yaml: error[bad-date]: late");
  CHECK(to_string(at(e, {"a.yaml", 3, 0}), language::en) == "a.yaml:3: error[bad-date]: late");
  CHECK(to_string(at(e, {"a.yaml", 3, 7}), language::zh) == "a.yaml:3:7: error[bad-date]: 晚");
}

TEST_CASE("value() throws the error for those who prefer exceptions") {
  const result<int> r = error{errc::bad_date, {"late", "晚"}, {}};
  CHECK(!r);
  try {
    static_cast<void>(r.value());
    FAIL("did not throw");
  } catch (const failure& f) {
    CHECK(f.why().code == errc::bad_date);
    CHECK(std::string_view{f.what()} == "error[bad-date]: late");
  }
}
