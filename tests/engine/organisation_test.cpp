#include <banli/engine/organisation.hpp>

#include "sample.hpp"

using namespace sample;

TEST_CASE("a good organisation has no problems and answers who holds what") {
  const auto o = people();
  CHECK(check(*o).empty());
  CHECK(holds(*o, person_id{"P1"}, post_id{"受理岗"}));
  CHECK(!holds(*o, person_id{"P1"}, post_id{"审查岗"}));
  CHECK(!holds(*o, person_id{"P9"}, post_id{"受理岗"}));
  CHECK(find(*o, post_id{"审查岗"})->department == department_id{"民政局"});
  CHECK(find(*o, department_id{"x"}) == nullptr);
}

TEST_CASE("all faults of an organisation are found, each in its place") {
  organisation o = *people();
  o.departments.push_back(o.departments.front());
  o.posts[0].department = department_id{"民攻局"};
  o.persons[0].posts[0] = post_id{"无此岗位"};
  o.persons[1].id = person_id{};
  std::vector<std::string> paths;
  const problems found = check(o, [&](std::string_view path) {
    paths.emplace_back(path);
    return place{"o.yaml", 1, 1};
  });
  std::vector<errc> codes;
  for (const error& e : found) codes.push_back(e.code);
  CHECK(codes == std::vector{errc::duplicate_id, errc::missing_field, errc::unknown_reference,
                             errc::unknown_reference});
  CHECK(found[2].message.en.find("did you mean '民政局'") != std::string::npos);
}

TEST_CASE("a post is described by its duty, powers and limit (D11, D27)") {
  post p{post_id{"窗口"}, "窗口岗", department_id{"民政局"}, "收件"};
  CHECK(missing_window_powers(p).size() == 4);
  p.powers = {"受理权", "协调处置权", "签批权"};
  CHECK(missing_window_powers(p) == std::vector<std::string_view>{"审核权", "办理结果送达权"});
  organisation o = *people();
  o.posts.push_back(p);
  CHECK(check(o).empty());
  o.posts.back().powers.push_back("受理权");
  const problems found = check(o, [](std::string_view path) {
    return place{std::string{path}, 0, 0};
  });
  REQUIRE(found.size() == 1);
  CHECK(found[0].code == errc::duplicate_id);
  CHECK(found[0].where.file == "/posts/3/powers/3");
}

TEST_CASE("a person belongs to the departments of the posts held") {
  const auto o = people();
  CHECK(holds(*o, person_id{"P1"}, department_id{"民政局"}));
  CHECK(!holds(*o, person_id{"P1"}, department_id{"消防"}));
  CHECK(!holds(*o, person_id{"P4"}, department_id{"民政局"}));
  CHECK(!holds(*o, person_id{"P9"}, department_id{"民政局"}));
}
