// organisation.hpp — who is there to do the work: departments, posts, persons.
//
// A flowchart binds each step to a post; a person holds posts; a post belongs to a department. That
// is all the engine needs to answer "may this person do this step?".
//
//   organisation o;
//   o.departments = {{department_id{"民政局"}, "武山县民政局"}};
//   o.posts       = {{post_id{"初审岗"}, "初审岗", department_id{"民政局"}, "审查材料"}};
//   o.persons     = {{person_id{"MZ01"}, "甲", {post_id{"初审岗"}}}};
//   holds(o, person_id{"MZ01"}, post_id{"初审岗"});   // true
//
// Source: the guide's 定岗 定人 定责 定时间 (附录1), requirements D06, D11, Q05.
#pragma once

#include <string>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>

namespace banli {

struct department {
  department_id id;
  std::string name;

  friend bool operator==(const department&, const department&) = default;
};

struct post {
  post_id id;
  std::string name;
  department_id department;
  std::string duty{}; ///< 岗位职责

  friend bool operator==(const post&, const post&) = default;
};

struct person {
  person_id id;
  std::string name;
  std::vector<post_id> posts;

  friend bool operator==(const person&, const person&) = default;
};

/// Whether the engine checks that who acts holds the post of the step.
enum class authority : std::uint8_t {
  checked,  ///< default deny: an actor without the post is refused (not_authorised)
  recorded, ///< the actor is written down and not judged: for logs of other systems
};

struct organisation {
  std::string name; ///< 武山县
  std::vector<department> departments;
  std::vector<post> posts;
  std::vector<person> persons;
  authority rights = authority::checked;

  friend bool operator==(const organisation&, const organisation&) = default;
};

/// The entry with an id, or nullptr.
const department* find(const organisation& o, const department_id& id);
const post* find(const organisation& o, const post_id& id);
const person* find(const organisation& o, const person_id& id);

/// Whether a person holds a post.
bool holds(const organisation& o, const person_id& who, const post_id& what);

/// Codes: duplicate_id, missing_field, unknown_reference (a post without its department, a person
/// with a post that does not exist), with did-you-mean.
problems check(const organisation& o, const locator& where = nowhere);

} // namespace banli
