// migration.hpp — where a case stands when its flowchart is replaced by a new version.
//
// A case keeps the flowchart it was accepted under. Where an office has open cases go on by the new
// version, every token must find its place there. One that rests where the new chart has a node (or
// an arrow into a join) of the same name stays; for any other the office says where it goes:
//
//   before   受理 -> 初审 -> 复审 -> 决定          a case stands at 复审
//   after    受理 -> 审查 -> 决定
//   migrate(before, at, after).error();                        // unknown-step: 复审 is gone
//   migration_targets(before, at, "复审", after);              // 受理, 审查, 决定, 办结
//   migrate(before, at, after, std::array{token_move{"复审", "审查"}});      // 审查
//
// What comes out is a marking that a case of the new chart can really have, and from which it can
// finish; anything else is refused with the reason. The hard case is a parallel branch: a case at
// 消防审查 alone cannot go on in a chart where 环保审查 stands beside it, because the join behind
// both would wait for ever. Joins whose last branch the new version took away open at once.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/flowchart/flow_net.hpp>

namespace banli {

/// Where a token goes. Places are named as flow_net::to_text() does.
struct token_move {
  std::string from; ///< of the old chart
  std::string to;   ///< of the new chart
};

/// The marking in the new chart. Errors: unknown_step for a place that the marking or the new chart
/// does not have, unsafe_place for two tokens in one place, cannot_finish for a marking no case of
/// the new chart can have or finish from, not_decided where it has more than 100,000 markings.
result<marking> migrate(const flow_net& before, const marking& at, const flow_net& after,
                        std::span<const token_move> moves = {});

/// The places of the new chart to which the token at `from` can go while the others do as `moves`
/// says, in the order of the chart. Empty where migrate() would refuse every place.
std::vector<std::string> migration_targets(const flow_net& before, const marking& at,
                                           const std::string& from, const flow_net& after,
                                           std::span<const token_move> moves = {});

} // namespace banli
