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
// A post is described (岗位说明) by its name, duty, powers and limit.
//
// Source: the guide's 定岗 定人 定责 定时间 (附录1), requirements D06, D11, D27, Q05.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/engine/event.hpp>
#include <banli/engine/mandate.hpp>

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
  std::string duty{};                ///< 岗位职责
  std::vector<std::string> powers{}; ///< 权限: 受理权, 审核权 …
  std::optional<time_limit> limit{}; ///< 时限: no step of the post may take longer

  friend bool operator==(const post&, const post&) = default;
};

struct person {
  person_id id;
  std::string name;
  std::vector<post_id> posts;

  friend bool operator==(const person&, const person&) = default;
};

/// Who may give commands that are about a case and not about one of its steps: accept, suspend,
/// decide … One of the posts, departments or powers is enough.
struct command_grant {
  std::vector<action> commands{};
  std::vector<post_id> posts{};
  std::vector<department_id> departments{};
  std::vector<std::string> powers{}; ///< of posts: 受理权

  friend bool operator==(const command_grant&, const command_grant&) = default;
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
  /// What no grant names is refused; where there is no grant at all, everybody in the organisation
  /// may give these commands.
  std::vector<command_grant> grants{};
  std::vector<mandate> mandates{}; ///< who acts for whom
  int mandate_depth = 1;           ///< how often a power may be handed on, from 1

  friend bool operator==(const organisation&, const organisation&) = default;
};

/// The entry with an id, or nullptr.
const department* find(const organisation& o, const department_id& id);
const post* find(const organisation& o, const post_id& id);
const person* find(const organisation& o, const person_id& id);

/// The powers a department grants its post at a window (授权到位), by their names in documents.
inline constexpr std::array<std::string_view, 4> window_powers{"受理权", "审核权", "协调处置权",
                                                               "办理结果送达权"};

/// Those of them that a post has not been granted.
std::vector<std::string_view> missing_window_powers(const post& p);

/// Whether a person holds a post, or any post of a department.
bool holds(const organisation& o, const person_id& who, const department_id& what);
bool holds(const organisation& o, const person_id& who, const post_id& what);

/// Codes: duplicate_id (a power twice, too), missing_field, unknown_reference (a post without its
/// department, a person with a post, a grant for a post or department that does not exist), with
/// did-you-mean; bad_value (a grant to nobody, or of a command on steps); those of
/// check_mandates().
problems check(const organisation& o, const locator& where = nowhere);

} // namespace banli
