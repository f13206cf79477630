#include <banli/engine/mandate.hpp>

#include "sample.hpp"

using namespace sample;

namespace {

mandate gives(const char* from, const char* to, const char* since = "2024-09-01T00:00",
              const char* until = "2024-09-10T00:00") {
  mandate m;
  m.from = person_id{from};
  m.to = person_id{to};
  m.since = at(since);
  m.until = at(until);
  m.registered_by = person_id{"P1"};
  return m;
}

organisation office_with(std::vector<mandate> mandates, int depth = 1) {
  organisation o = *people();
  o.mandates = std::move(mandates);
  o.mandate_depth = depth;
  return o;
}

/// Codes and places of what is wrong.
std::string mandate_faults(const organisation& o) {
  std::string out;
  for (const error& e : check(o, [](std::string_view p) { return place{std::string{p}, 0, 0}; }))
    out += fmt::format("{} {};", to_string(e.code), e.where.file);
  return out;
}

std::string whom(const organisation& o, const char* who, std::string_view when) {
  std::string out;
  for (const principal& p : principals(o, person_id{who}, {item().code, at(when)}))
    out += p.who.text() + " ";
  return out;
}

} // namespace

TEST_CASE("a delegation says until when and by whom, and of people who are there") {
  CHECK(mandate_faults(office_with({gives("P1", "P2")})).empty());
  mandate m = gives("P1", "P2");
  m.until.reset();
  CHECK(mandate_faults(office_with({m})) == "missing-field /mandates/0;");
  m = gives("P1", "P2");
  m.registered_by = person_id{};
  CHECK(mandate_faults(office_with({m})) == "missing-field /mandates/0;");
  m.kind = mandate_kind::substitute;
  m.until.reset();
  m.since.reset();
  CHECK(mandate_faults(office_with({m})).empty());
  CHECK(mandate_faults(office_with({gives("P1", "P1")})) == "bad-value /mandates/0/to;");
  CHECK(mandate_faults(office_with({gives("P1", "P2", "2024-09-10T00:00", "2024-09-10T00:00")})) ==
        "bad-value /mandates/0/until;");
  m = gives("P1", "P22");
  m.posts = {post_id{"受里岗"}};
  m.registered_by = person_id{"P0"};
  CHECK(mandate_faults(office_with({m})) ==
        "unknown-reference /mandates/0/to;unknown-reference /mandates/0/posts/0;"
        "unknown-reference /mandates/0/registered_by;");
  CHECK(mandate_faults(office_with({}, 0)) == "bad-value /mandate_depth;");
  CHECK(mandate_faults(office_with({}, 9)) == "bad-value /mandate_depth;");
}

TEST_CASE("a power is not handed on beyond the depth, and never in a ring") {
  const std::vector<mandate> chain{gives("P1", "P2"), gives("P2", "P3")};
  CHECK(mandate_faults(office_with(chain)) == "limit-exceeded /mandates/1;");
  CHECK(mandate_faults(office_with(chain, 2)).empty());
  CHECK(whom(office_with(chain), "P3", "2024-09-03T10:00") == "P2 ");
  CHECK(whom(office_with(chain, 2), "P3", "2024-09-03T10:00") == "P2 P1 ");
  const std::vector<mandate> ring{gives("P1", "P2"), gives("P2", "P1")};
  CHECK(mandate_faults(office_with(ring, 3)) == "bad-value /mandates/0;bad-value /mandates/1;");
  CHECK(whom(office_with(ring, 8), "P1", "2024-09-03T10:00") == "P2 ");
  CHECK(mandate_faults(office_with({gives("P1", "P2"), gives("P2", "P3"), gives("P3", "P1")}, 3)) ==
        "bad-value /mandates/0;bad-value /mandates/1;bad-value /mandates/2;");
}

TEST_CASE("two that never meet are no chain") {
  CHECK(mandate_faults(office_with({gives("P1", "P2", "2024-09-01T00:00", "2024-09-05T00:00"),
                                    gives("P2", "P3", "2024-09-05T00:00", "2024-09-09T00:00")}))
            .empty());
  mandate first = gives("P1", "P2");
  mandate second = gives("P2", "P3");
  first.posts = {post_id{"受理岗"}};
  second.posts = {post_id{"审查岗"}};
  CHECK(mandate_faults(office_with({first, second})).empty());
  second.posts.push_back(post_id{"受理岗"});
  CHECK(mandate_faults(office_with({first, second})) == "limit-exceeded /mandates/1;");
  second.items = {item_id{"another"}};
  first.items = {item().code};
  CHECK(mandate_faults(office_with({first, second})).empty());
}

TEST_CASE("what is lent narrows along a chain") {
  mandate first = gives("P1", "P2");
  first.posts = {post_id{"受理岗"}, post_id{"审查岗"}};
  mandate second = gives("P2", "P3");
  second.posts = {post_id{"审查岗"}};
  const auto all = principals(office_with({first, second}, 2), person_id{"P3"},
                              {item().code, at("2024-09-03T10:00")});
  REQUIRE(all.size() == 2);
  CHECK(all[1] == principal{person_id{"P1"}, mandate_kind::delegation, {post_id{"审查岗"}}});
  CHECK(to_string(mandate_kind::substitute) == "substitute");
  CHECK(label(mandate_kind::delegation) == "授权代理");
}

TEST_CASE("grants name what is there, and commands about whole cases only") {
  organisation o = *people();
  o.grants = {{.commands = {action::complete}, .posts = {post_id{"受理岗"}}},
              {.commands = {action::accept}},
              {.commands = {action::decide},
               .posts = {post_id{"决定冈"}},
               .departments = {department_id{"消妨"}}}};
  CHECK(mandate_faults(o) == "bad-value /grants/0/commands/0;bad-value /grants/1;"
                             "unknown-reference /grants/2/posts/0;"
                             "unknown-reference /grants/2/departments/0;");
}
