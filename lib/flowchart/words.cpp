#include "flowchart/words.hpp"

namespace banli::detail {

text words(const flow_net& net, std::span<const node_index> nodes) {
  if (nodes.empty()) return {"no step", "无环节"};
  text out;
  for (const node_index n : nodes) {
    out.en += fmt::format("{}'{}'", out.en.empty() ? "" : ", ", net.at(n).shown());
    out.zh += fmt::format("“{}”", net.at(n).shown());
  }
  return out;
}

text words(const flow_net& net, const flow_move& move) {
  const std::string& name = net.at(move.node).shown();
  if (!move.arrow) return {fmt::format("'{}' is done", name), fmt::format("“{}”办结", name)};
  const std::string& label = net.at(*move.arrow).label;
  const std::string& target = net.at(net.to(*move.arrow)).shown();
  if (label.empty())
    return {fmt::format("'{}' goes to '{}'", name, target),
            fmt::format("“{}”转向“{}”", name, target)};
  return {fmt::format("'{}' goes '{}'", name, label), fmt::format("“{}”选择“{}”", name, label)};
}

text words(const flow_net& net, std::span<const flow_move> moves) {
  constexpr std::size_t shown_at_each_end = 8;
  text out;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const std::size_t left = moves.size() - i;
    if (i == shown_at_each_end && left > shown_at_each_end) {
      const std::size_t skipped = left - shown_at_each_end;
      out.en += fmt::format("; … {} more moves …", skipped);
      out.zh += fmt::format(";……(略 {} 步)……", skipped);
      i += skipped;
    }
    const text move = words(net, moves[i]);
    out.en += (i == 0 ? "" : "; ") + move.en;
    out.zh += (i == 0 ? "" : ";") + move.zh;
  }
  return out;
}

} // namespace banli::detail
