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
  if (move.arrows.empty())
    return {fmt::format("'{}' is done", name), fmt::format("“{}”办结", name)};
  text out{fmt::format("'{}' goes ", name), fmt::format("“{}”", name)};
  for (std::size_t i = 0; i < move.arrows.size(); ++i) {
    const std::string& label = net.at(move.arrows[i]).label;
    const std::string& target = net.at(net.to(move.arrows[i])).shown();
    out.en += fmt::format("{}{}'{}'", i == 0 ? "" : " and ", label.empty() ? "to " : "",
                          label.empty() ? target : label);
    out.zh += fmt::format("{}{}“{}”", i == 0 ? "" : ",", label.empty() ? "转向" : "选择",
                          label.empty() ? target : label);
  }
  return out;
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
