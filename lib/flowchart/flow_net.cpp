#include <algorithm>
#include <bit>

#include "flowchart/flow_tables.hpp"
#include "flowchart/words.hpp"

namespace banli {

using detail::none;
using detail::number;

const flowchart& flow_net::chart() const { return t_->chart; }

std::optional<node_index> flow_net::index(const node_id& id) const {
  const auto found = t_->by_id.find(id.text());
  if (found == t_->by_id.end()) return std::nullopt;
  return node_index{static_cast<std::uint32_t>(found->second)};
}

const node& flow_net::at(node_index n) const { return t_->chart.nodes.at(number(n)); }
const arrow& flow_net::at(arrow_index a) const { return t_->chart.arrows.at(number(a)); }
node_index flow_net::from(arrow_index a) const { return node_index{t_->from.at(number(a))}; }
node_index flow_net::to(arrow_index a) const { return node_index{t_->to.at(number(a))}; }
marking flow_net::start() const { return t_->at_start; }

bool flow_net::rests(const marking& m, node_index n) const {
  if (number(n) >= t_->place_of_node.size()) return false;
  const detail::place_index p = t_->place_of_node[number(n)];
  return p != none && m.has(p);
}

namespace {

/// Calls f(node) for every node at which a token rests, in the order of the chart. Asked for every
/// command of every case, so it makes no list of its own.
template <class F>
void each_resting(const detail::flow_tables& t, const marking& m, F&& f) {
  for (std::size_t i = 0; i < m.words(); ++i)
    for (std::uint64_t left = m.word(i); left != 0; left &= left - 1) {
      const std::size_t p = 64 * i + static_cast<std::size_t>(std::countr_zero(left));
      if (p < t.places.size() && t.places[p].arrow == none) f(node_index{t.places[p].node});
    }
}

/// Those of them for which a table says yes.
std::vector<node_index> resting_where(const detail::flow_tables& t, const marking& m,
                                      const std::vector<bool>& yes) {
  std::vector<node_index> out;
  each_resting(t, m, [&](node_index n) {
    if (yes[number(n)]) out.push_back(n);
  });
  return out;
}

} // namespace

std::vector<node_index> flow_net::resting(const marking& m) const {
  std::vector<node_index> out;
  each_resting(*t_, m, [&](node_index n) { out.push_back(n); });
  return out;
}

std::vector<arrow_index> flow_net::waiting(const marking& m) const {
  std::vector<arrow_index> out;
  for (const std::size_t p : m.places())
    if (p < t_->places.size() && t_->places[p].arrow != none)
      out.push_back(arrow_index{t_->places[p].arrow});
  std::sort(out.begin(), out.end());
  return out;
}

std::span<const arrow_index> flow_net::out(node_index n) const {
  if (number(n) >= t_->chart.nodes.size()) return {};
  return t_->out(number(n));
}

bool flow_net::by_choice(node_index decision) const {
  return number(decision) < t_->by_choice.size() && t_->by_choice[number(decision)];
}

std::vector<node_index> flow_net::open_conditions(const marking& m) const {
  return resting_where(*t_, m, t_->by_condition);
}

std::vector<node_index> flow_net::open_choices(const marking& m) const {
  return resting_where(*t_, m, t_->by_choice);
}

namespace {

error not_enabled(const flow_net& net, const marking& m, std::string_view name) {
  const auto open = net.resting(m);
  return make_error(errc::step_not_enabled, "'{0}' cannot be done now; the case stands at {1}",
                    "“{0}”目前不可办理;办件处于{2}", name, detail::words(net, open).en,
                    detail::words(net, open).zh);
}

error to_error(const detail::flow_tables& t, const detail::mishap& bad) {
  const std::string& name = t.chart.nodes[t.places[bad.place].node].shown();
  if (bad.code == errc::join_race)
    return make_error(errc::join_race, "what '{}' waits for would depend on which join opens first",
                      "“{}”等待什么取决于哪个汇合先打开", name);
  return make_error(errc::unsafe_place, "'{}' would be started twice at once",
                    "“{}”会被同时启动两次", name);
}

/// `arrows` is one arrow or a span of them.
template <class Arrows>
result<marking> moved(const detail::flow_tables& t, const marking& m, const Arrows& arrows) {
  marking after = m;
  if (const detail::mishap bad = t.move(after, arrows)) return to_error(t, bad);
  return after;
}

} // namespace

result<marking> flow_net::complete(const marking& m, node_index step) const {
  if (number(step) >= t_->chart.nodes.size()) return not_enabled(*this, m, "?");
  if (t_->kind(number(step)) != node_kind::step || !rests(m, step))
    return not_enabled(*this, m, at(step).shown());
  return moved(*t_, m, number(t_->out(number(step)).front()));
}

result<marking> flow_net::take(const marking& m, arrow_index a) const {
  if (number(a) >= t_->chart.arrows.size()) return not_enabled(*this, m, "?");
  const std::uint32_t from = t_->from[number(a)];
  if (!is_decision(t_->kind(from)) || !rests(m, node_index{from}))
    return not_enabled(*this, m, t_->chart.nodes[from].shown());
  return moved(*t_, m, number(a));
}

result<marking> flow_net::take(const marking& m, std::span<const arrow_index> branches) const {
  const auto refused = [&](std::string_view name) {
    return make_error(errc::bad_outcome, "'{}' cannot open these branches together",
                      "“{}”不能同时选择这些分支", name);
  };
  if (branches.empty()) return refused("?");
  if (branches.size() == 1) return take(m, branches.front());
  if (number(branches.front()) >= t_->chart.arrows.size()) return not_enabled(*this, m, "?");
  const std::uint32_t from = t_->from[number(branches.front())];
  const std::string& name = t_->chart.nodes[from].shown();
  if (t_->kind(from) == node_kind::inclusive_decision && !rests(m, node_index{from}))
    return not_enabled(*this, m, name);
  std::uint32_t set = 0;
  const auto out = t_->out(from);
  for (const arrow_index a : branches) {
    const auto at = std::find(out.begin(), out.end(), a) - out.begin();
    if (static_cast<std::size_t>(at) == out.size() || at >= 32 || (set >> at & 1U) != 0)
      return refused(name);
    set |= 1U << at;
  }
  const std::vector<std::uint32_t>& sets = t_->branches[from];
  if (std::find(sets.begin(), sets.end(), set) == sets.end()) return refused(name);
  return moved(*t_, m, t_->arrows_of(from, set));
}

std::vector<arrow_index> flow_net::named(node_index decision, std::string_view outcome) const {
  const auto labelled = [&](std::string_view label) -> std::optional<arrow_index> {
    if (!label.empty())
      for (const arrow_index a : out(decision))
        if (at(a).label == label) return a;
    return std::nullopt;
  };
  if (const auto whole = labelled(outcome)) return {*whole};
  std::vector<arrow_index> found;
  if (number(decision) >= t_->chart.nodes.size() ||
      t_->kind(number(decision)) != node_kind::inclusive_decision)
    return found;
  for (std::size_t begin = 0; begin <= outcome.size();) {
    const std::size_t end = std::min(outcome.find('+', begin), outcome.size());
    const auto a = labelled(outcome.substr(begin, end - begin));
    if (!a || std::find(found.begin(), found.end(), *a) != found.end()) return {};
    found.push_back(*a);
    begin = end + 1;
  }
  return found;
}

result<std::vector<arrow_index>> flow_net::choices(const marking& m,
                                                   std::string_view outcome) const {
  std::vector<arrow_index> found;
  std::size_t decisions = 0;
  std::string labels;
  for (const node_index decision : open_choices(m)) {
    for (const arrow_index a : out(decision))
      if (!at(a).label.empty()) labels += (labels.empty() ? "" : ", ") + at(a).label;
    std::vector<arrow_index> here = named(decision, outcome);
    if (here.empty()) continue;
    found = std::move(here);
    ++decisions;
  }
  if (decisions == 1) return found;
  if (decisions > 1)
    return make_error(errc::bad_outcome, "outcome '{}' is open at two decisions: name the decision",
                      "有两处条件可选择“{}”:请指明条件", outcome);
  if (labels.empty())
    return make_error(errc::bad_outcome, "outcome '{}': no choice is open",
                      "结果“{}”无效:目前没有可作的选择", outcome);
  return make_error(errc::bad_outcome, "outcome '{}' is not open; open are: {}",
                    "没有结果“{}”;可选:{}", outcome, labels);
}

result<arrow_index> flow_net::choice(const marking& m, std::string_view label) const {
  auto found = choices(m, label);
  if (!found) return std::move(found.error());
  if (found->size() == 1) return found->front();
  return make_error(errc::bad_outcome, "outcome '{}' names several branches",
                    "结果“{}”指明了多个分支", label);
}

bool flow_net::finished(const marking& m) const {
  if (m.tokens() != 1) return false;
  bool at_end = false;
  each_resting(*t_, m, [&](node_index n) { at_end = t_->kind(number(n)) == node_kind::end; });
  return at_end;
}

} // namespace banli
