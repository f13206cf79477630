#include <banli/flowchart/migration.hpp>

#include <algorithm>
#include <optional>

#include "flowchart/state_space.hpp"

namespace banli {
namespace {

using detail::flow_tables;

/// The markings of a chart that a case can have and finish from.
class legal_markings {
 public:
  explicit legal_markings(const flow_net& net)
      : t_(detail::tables_of(net)), space_(detail::explore(t_, detail::most_markings)) {
    std::vector<bool> goals(space_.states.size());
    for (std::size_t s = 0; s < goals.size(); ++s) goals[s] = net.finished(space_.states[s]);
    good_ = detail::way_back(space_).can_reach(std::move(goals));
  }

  bool complete() const { return space_.complete; }

  /// The marking once its joins have opened, if it is legal.
  std::optional<marking> settled(marking m) const {
    if (t_.settle(m)) return std::nullopt;
    const auto state = space_.number_of(m);
    if (!state || !good_[*state]) return std::nullopt;
    return m;
  }

 private:
  const flow_tables& t_;
  detail::state_space space_;
  std::vector<bool> good_;
};

std::string name_of(const flow_net& net, std::size_t place) {
  marking one;
  one.put(place);
  return net.to_text(one);
}

error put_twice(const std::string& name) {
  return make_error(errc::unsafe_place, "two tokens would rest at '{}'", "“{}”会有两处同时在办",
                    name);
}

/// The names of the places where the tokens go, the one at `open` left out.
result<marking> carried(const flow_net& before, const marking& at, const flow_net& after,
                        std::span<const token_move> moves, const std::string& open = {}) {
  std::vector<std::string> held;
  for (const std::size_t p : at.places()) held.push_back(name_of(before, p));
  for (const token_move& m : moves)
    if (std::find(held.begin(), held.end(), m.from) == held.end())
      return make_error(errc::unknown_step, "no token rests at '{}'; there are some at {}",
                        "“{}”没有在办;在办的是 {}", m.from, fmt::join(held, ", "));
  marking out;
  for (const std::string& name : held) {
    if (name == open) continue;
    const auto move = std::find_if(moves.begin(), moves.end(),
                                   [&](const token_move& m) { return m.from == name; });
    const auto to = after.parse_marking(move == moves.end() ? name : move->to);
    if (!to) return to.error();
    for (const std::size_t p : to->places()) {
      if (out.has(p)) return put_twice(name_of(after, p));
      out.put(p);
    }
  }
  return out;
}

} // namespace

result<marking> migrate(const flow_net& before, const marking& at, const flow_net& after,
                        std::span<const token_move> moves) {
  const auto out = carried(before, at, after, moves);
  if (!out) return out.error();
  const legal_markings legal(after);
  if (const auto m = legal.settled(*out)) return *m;
  if (!legal.complete())
    return make_error(
        errc::not_decided,
        "flowchart '{}' has more than {} markings: whether a case can go on from '{}' "
        "is not known",
        "流程图“{0}”超过 {1} 个状态,不能判定办件能否由“{2}”继续", after.chart().name,
        detail::most_markings, after.to_text(*out));
  return make_error(
      errc::cannot_finish, "no case of flowchart '{}' stands at '{}' and can finish from there",
      "按流程图“{}”,没有办件会处于“{}”并由此办结", after.chart().name, after.to_text(*out));
}

std::vector<std::string> migration_targets(const flow_net& before, const marking& at,
                                           const std::string& from, const flow_net& after,
                                           std::span<const token_move> moves) {
  std::vector<std::string> out;
  const auto others = carried(before, at, after, moves, from);
  if (!others) return out;
  const legal_markings legal(after);
  for (std::size_t p = 0; p < detail::tables_of(after).places.size(); ++p) {
    if (others->has(p)) continue;
    marking m = *others;
    m.put(p);
    if (legal.settled(std::move(m))) out.push_back(name_of(after, p));
  }
  return out;
}

} // namespace banli
