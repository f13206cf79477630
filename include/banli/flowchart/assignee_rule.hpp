// assignee_rule.hpp — who may do a step, beyond whoever holds its post (定人).
//
// A step belongs to a post, and whoever holds the post may do it. A step may say more:
//
//   persons               only these do it (node::persons)
//   posts, departments    whoever holds one of these posts, or any post of these departments, may
//                         do it, too: AB 岗, a joint counter
//   condition             CEL over the case and actor.*; it must be true of whoever does it, named
//                         or not
//
//   n.assignees.departments = {department_id{"政务服务中心"}};
//   n.assignees.condition = "!('受理' in actor.steps)";   // 回避: not who did the step 受理
//
// The engine asks (assignees.hpp); a chart alone only carries the rule.
#pragma once

#include <string>
#include <vector>

#include <banli/base/id.hpp>

namespace banli {

struct assignee_rule {
  std::vector<post_id> posts{};
  std::vector<department_id> departments{};
  std::string condition{};

  bool empty() const { return posts.empty() && departments.empty() && condition.empty(); }
  friend bool operator==(const assignee_rule&, const assignee_rule&) = default;
};

} // namespace banli
