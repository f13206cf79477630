// flowchart.hpp — a power-operation flowchart (权力运行流程图) as an office draws it.
//
// The notation is that of the implementation guide: an ellipse starts and ends, a box is one step,
// a diamond is one condition, an arrow is the flow. Parallel handling adds two bars: a fork opens
// branches, a join waits for all of them. Each step fixes four things (定岗 定人 定责 定时间): the
// post, the duty, the time limit; the person follows from the post when the case runs.
//
//   start -> 采集 -> 初审 -> <通过?> --通过--> 终审 -> ... -> end
//             ^                |
//             +-----不通过-----+
//
// A decision comes in two kinds, told apart by its arrows:
//   by condition   every arrow but one carries a condition over the case (form.area > 500), tried
//   in
//                  order; the one without is the default ("otherwise") and must be there;
//   by choice      no arrow carries a condition; the handler chooses, by the label of the arrow
//                  (outcome "不通过") or by going on with a step that only one arrow leads to.
// A decision with several arrows in and one out asks nothing: it is a merge.
//
// An inclusive decision opens one branch or several: by condition all arrows whose condition holds,
// and the default only if none does; by choice those the handler names, at least one. An inclusive
// join waits for exactly the branches that can still come (flow_net.hpp says when that is).
//
// This is drawn data: it may be wrong, and it changes freely. check() judges it, compile() turns a
// good one into a flow_net that runs. Return, supplement, suspend, extend and withdraw are things
// that happen to a case, not boxes of the chart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/deadline/time_limit.hpp>
#include <banli/flowchart/assignee_rule.hpp>
#include <banli/flowchart/electronic_form.hpp>
#include <banli/flowchart/separation.hpp>
#include <banli/item/risk_point.hpp>

namespace banli {

enum class node_kind : std::uint8_t {
  start,
  step,
  decision,
  fork,
  join,
  end,
  inclusive_decision,
  inclusive_join,
};

/// A box, diamond, ellipse or bar. The members after `label` belong to steps only.
struct node {
  node_id id;
  node_kind kind = node_kind::step;
  std::string label{};                  ///< what the drawing shows; the id where empty
  post_id post{};                       ///< 岗位
  department_id department{};           ///< 部门: the lane; empty means the item's department
  std::string duty{};                   ///< 岗位职责
  std::optional<time_limit> limit{};    ///< 环节时限
  std::string excluded{};               ///< kind of excluded procedure (hearing): not counted
  std::vector<std::string> documents{}; ///< 文书 this step produces
  std::vector<risk_point> risks{};
  std::vector<person_id> persons{}; ///< 定人: who may do it; empty: who holds the post
  std::vector<std::string> supervision_points{}; ///< 监察点: what supervision looks at here
  assignee_rule assignees{};                     ///< who may do it besides, and on what condition
  std::vector<form_use> forms{};                 ///< 电子表单: what it writes and reads

  const std::string& shown() const { return label.empty() ? id.text() : label; }
  friend bool operator==(const node&, const node&) = default;
};

/// One arrow of the flow.
struct arrow {
  node_id from;
  node_id to;
  std::string label{};          ///< 通过, 不通过
  std::string condition{};      ///< CEL over the case; from decisions of both kinds only
  std::optional<int> at_most{}; ///< how often a case may go along it; on arrows that go back

  friend bool operator==(const arrow&, const arrow&) = default;
};

struct flowchart {
  flowchart_id id;
  std::string name;
  std::vector<node> nodes;
  std::vector<arrow> arrows; ///< the order of a decision's arrows is the order of its conditions
  std::vector<form> forms{}; ///< the electronic forms that travel with a case
  std::vector<separation> separations{}; ///< 职责分离: duties nobody holds together

  friend bool operator==(const flowchart&, const flowchart&) = default;
};

struct flowchart_limits {
  std::size_t nodes = 2'000;
  std::size_t arrows = 5'000;
  std::size_t branches = 12; ///< of an inclusive decision: n of them open in 2^n - 1 ways
  std::size_t forms = 200;
  std::size_t fields = 2'000; ///< of all forms together
  std::size_t separations = 200;
};

/// The stable names used in documents: "start", "step", ...
std::string_view to_string(node_kind kind);

/// Whether it is a decision, exclusive or inclusive.
constexpr bool is_decision(node_kind kind) {
  return kind == node_kind::decision || kind == node_kind::inclusive_decision;
}

/// Whether it is a join: one that waits for every arrow, or an inclusive one.
constexpr bool is_join(node_kind kind) {
  return kind == node_kind::join || kind == node_kind::inclusive_join;
}

/// The node with an id, or nullptr.
const node* find(const flowchart& chart, const node_id& id);

/// Every local fault of a drawing, each with its place (paths "/nodes/3/post", "/arrows/0/to").
///
/// Codes: limit_exceeded, duplicate_id, missing_field (an id), no_start, no_end, dangling_arrow,
/// missing_default, unreachable_node, missing_post, missing_duty, missing_limit (excluded
/// procedures need none), and bad_arrow for every shape that cannot run: a second start, an arrow
/// into a start or out of an end, a node that leads nowhere, two arrows out of anything but a
/// decision or a fork, a fork or an inclusive decision with one branch, a join of either kind with
/// one arrow in, a decision with one arrow in and one out, a condition elsewhere than at a
/// decision, a bound below 1 or elsewhere than on an arrow of a decision that is not its default,
/// one label twice, a ring of forks, joins and merges that no step breaks. Of forms: missing_field,
/// duplicate_id, unknown_reference (a form or field that is not there, with did-you-mean),
/// bad_value (choices, format or length of a type that has none; a form elsewhere than at a step),
/// unwritten_field, read_too_early ("/forms/0/fields/2", "/nodes/3/forms/0/reads/1").
/// Of separations: missing_field, duplicate_id, unknown_reference, bad_value ("/separations/0").
problems check(const flowchart& chart, const locator& where = nowhere,
               const flowchart_limits& limits = {});

} // namespace banli
