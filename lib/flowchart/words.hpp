// Nodes and moves in words, for messages.
#pragma once

#include <span>

#include <banli/base/result.hpp>
#include <banli/flowchart/flow_net.hpp>
#include <banli/flowchart/soundness.hpp>

namespace banli::detail {

/// "'初审', '终审'" and “初审”“终审”; "nowhere" where there are none.
text words(const flow_net& net, std::span<const node_index> nodes);

/// "初审 is done" or "通过? goes '不通过'".
text words(const flow_net& net, const flow_move& move);

/// Moves in order, the middle of a long list left out.
text words(const flow_net& net, std::span<const flow_move> moves);

} // namespace banli::detail
