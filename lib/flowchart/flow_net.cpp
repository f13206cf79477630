#include <algorithm>

#include "flowchart/flow_tables.hpp"
#include "flowchart/words.hpp"

namespace banli {

using detail::none;
using detail::number;

const flowchart& flow_net::chart() const { return t_->chart; }

std::optional<node_index> flow_net::index(const node_id& id) const {
  const auto found = t_->by_id.find(id.text());
  if (found == t_->by_id.end()) return std::nullopt;
  return node_index{found->second};
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

std::vector<node_index> flow_net::resting(const marking& m) const {
  std::vector<node_index> out;
  for (const std::size_t p : m.places())
    if (p < t_->places.size() && t_->places[p].arrow == none)
      out.push_back(node_index{t_->places[p].node});
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
  std::vector<node_index> open = resting(m);
  std::erase_if(open, [&](node_index n) { return !t_->by_condition[number(n)]; });
  return open;
}

std::vector<node_index> flow_net::open_choices(const marking& m) const {
  std::vector<node_index> open = resting(m);
  std::erase_if(open, [&](node_index n) { return !t_->by_choice[number(n)]; });
  return open;
}

namespace {

error not_enabled(const flow_net& net, const marking& m, std::string_view name) {
  const auto open = net.resting(m);
  return make_error(errc::step_not_enabled, "'{0}' cannot be done now; the case stands at {1}",
                    "“{0}”目前不可办理;办件处于{2}", name, detail::words(net, open).en,
                    detail::words(net, open).zh);
}

result<marking> moved(const detail::flow_tables& t, const marking& m, std::uint32_t arrow) {
  marking after = m;
  const detail::place_index p = t.move(after, arrow);
  if (p == none) return after;
  return make_error(errc::unsafe_place, "'{}' would be started twice at once",
                    "“{}”会被同时启动两次", t.chart.nodes[t.places[p].node].shown());
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
  if (t_->kind(from) != node_kind::decision || !rests(m, node_index{from}))
    return not_enabled(*this, m, t_->chart.nodes[from].shown());
  return moved(*t_, m, number(a));
}

result<arrow_index> flow_net::choice(const marking& m, std::string_view label) const {
  std::vector<arrow_index> found;
  std::string labels;
  for (const node_index decision : open_choices(m))
    for (const arrow_index a : out(decision)) {
      if (at(a).label.empty()) continue;
      if (at(a).label == label) found.push_back(a);
      labels += (labels.empty() ? "" : ", ") + at(a).label;
    }
  if (found.size() == 1) return found.front();
  if (found.size() > 1)
    return make_error(errc::bad_outcome, "outcome '{}' is open at two decisions: name the decision",
                      "有两处条件可选择“{}”:请指明条件", label);
  if (labels.empty())
    return make_error(errc::bad_outcome, "outcome '{}': no choice is open",
                      "结果“{}”无效:目前没有可作的选择", label);
  return make_error(errc::bad_outcome, "outcome '{}' is not open; open are: {}",
                    "没有结果“{}”;可选:{}", label, labels);
}

bool flow_net::finished(const marking& m) const {
  if (m.tokens() != 1) return false;
  const std::size_t p = m.places().front();
  return p < t_->places.size() && t_->kind(t_->places[p].node) == node_kind::end;
}

} // namespace banli
