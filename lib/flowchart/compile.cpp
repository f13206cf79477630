#include <algorithm>
#include <bit>

#include "flowchart/chart_graph.hpp"
#include "flowchart/flow_tables.hpp"

namespace banli {
namespace {

using detail::flow_tables;
using detail::none;
using detail::place_index;

/// Fills the tables of a drawing that check() has found good.
class table_builder {
 public:
  table_builder(const flowchart& chart, detail::chart_links links)
      : t_(std::make_shared<flow_tables>()), links_(std::move(links)), passed_(chart.nodes.size()) {
    t_->chart = chart;
    t_->by_id = std::move(links_.by_id);
    t_->branches.resize(chart.nodes.size());
  }

  std::shared_ptr<const flow_tables> build() {
    nodes_and_arrows();
    places();
    landings();
    for (std::uint32_t n = 0; n < t_->chart.nodes.size(); ++n) {
      if (t_->kind(n) == node_kind::inclusive_decision) branches(n);
      if (t_->kind(n) == node_kind::inclusive_join) inclusive_join(n);
    }
    const std::uint32_t first = detail::number(t_->out(t_->start).front());
    t_->start_mishap = t_->pass(t_->at_start, {&first, 1});
    return t_;
  }

 private:
  void nodes_and_arrows() {
    const std::size_t nodes = t_->chart.nodes.size();
    const std::size_t arrows = t_->chart.arrows.size();
    for (std::size_t n = 0; n < nodes; ++n) {
      if (t_->kind(n) == node_kind::start) t_->start = n;
    }
    std::vector<std::vector<std::uint32_t>> in(nodes);
    std::vector<std::vector<std::uint32_t>> out(nodes);
    for (std::size_t a = 0; a < arrows; ++a) {
      t_->from.push_back(static_cast<std::uint32_t>(links_.from[a]));
      t_->to.push_back(static_cast<std::uint32_t>(links_.to[a]));
      out[links_.from[a]].push_back(static_cast<std::uint32_t>(a));
      in[links_.to[a]].push_back(static_cast<std::uint32_t>(a));
    }
    t_->out_first.push_back(0);
    for (std::size_t n = 0; n < nodes; ++n) {
      for (const std::uint32_t a : out[n]) t_->out_items.push_back(arrow_index{a});
      t_->out_first.push_back(static_cast<std::uint32_t>(t_->out_items.size()));
      t_->in.items.insert(t_->in.items.end(), in[n].begin(), in[n].end());
      t_->in.close_list();
      const bool decision = is_decision(t_->kind(n));
      const bool conditional =
          decision && std::any_of(out[n].begin(), out[n].end(), [&](std::uint32_t a) {
            return !t_->chart.arrows[a].condition.empty();
          });
      t_->by_condition.push_back(conditional);
      t_->by_choice.push_back(decision && !conditional);
    }
  }

  void places() {
    t_->place_of_node.assign(t_->chart.nodes.size(), none);
    t_->place_of_arrow.assign(t_->chart.arrows.size(), none);
    const auto add = [&](std::size_t n, std::uint32_t a) {
      t_->places.push_back({static_cast<std::uint32_t>(n), a});
      return static_cast<place_index>(t_->places.size() - 1);
    };
    for (std::size_t n = 0; n < t_->chart.nodes.size(); ++n) {
      if (detail::is_resting(t_->chart, links_, n)) t_->place_of_node[n] = add(n, none);
      if (!is_join(t_->kind(n))) continue;
      for (const std::uint32_t a : t_->in[n]) t_->place_of_arrow[a] = add(n, a);
    }
  }

  void landings() {
    for (std::uint32_t a = 0; a < t_->chart.arrows.size(); ++a) {
      t_->clash.push_back(land(a));
      t_->landing.close_list();
    }
  }

  /// Adds the places an arrow leads to; the place that would get two tokens, or none.
  place_index land(std::uint32_t arrow) {
    const std::size_t first = t_->landing.items.size();
    std::vector<std::uint32_t>& walking = walking_;
    walking.assign(1, arrow);
    for (const std::size_t n : visited_) passed_[n] = false;
    visited_.clear();
    place_index twice = none;
    std::size_t again = detail::no_node;
    // The walk ends: rings of forks and merges are refused, and a second visit is not followed.
    while (!walking.empty()) {
      const std::uint32_t a = walking.back();
      walking.pop_back();
      const std::size_t n = t_->to[a];
      const place_index p =
          t_->place_of_arrow[a] != none ? t_->place_of_arrow[a] : t_->place_of_node[n];
      if (p != none) {
        const auto begin = t_->landing.items.begin() + static_cast<std::ptrdiff_t>(first);
        if (std::find(begin, t_->landing.items.end(), p) == t_->landing.items.end())
          t_->landing.items.push_back(p);
        else
          twice = p;
      } else if (passed_[n]) {
        again = n;
      } else {
        passed_[n] = true;
        visited_.push_back(n);
        const auto out = t_->out(n);
        for (std::size_t i = out.size(); i-- > 0;) walking.push_back(detail::number(out[i]));
      }
    }
    // Two tokens through one fork or merge fill whatever lies behind it twice.
    if (again != detail::no_node && twice == none) twice = first_place_behind(again);
    return twice;
  }

  /// The sets of branches an inclusive decision may open, the smallest first.
  void branches(std::uint32_t n) {
    const auto out = t_->out(n);
    std::uint32_t otherwise = 0; // the default by condition: it comes alone
    for (std::size_t i = 0; i < out.size(); ++i)
      if (t_->by_condition[n] && t_->chart.arrows[detail::number(out[i])].condition.empty())
        otherwise |= 1U << i;
    std::vector<std::uint32_t>& sets = t_->branches[n];
    for (std::uint32_t set = 1; set < (1U << out.size()); ++set)
      if ((set & otherwise) == 0 || set == otherwise) sets.push_back(set);
    std::stable_sort(sets.begin(), sets.end(), [](std::uint32_t a, std::uint32_t b) {
      return std::popcount(a) < std::popcount(b);
    });
  }

  void inclusive_join(std::uint32_t n) {
    detail::inclusive_join join{n, {}, {}};
    for (const std::uint32_t a : t_->in[n]) {
      join.arrows.push_back(t_->place_of_arrow[a]);
      join.before.push_back(places_before(a, n));
    }
    t_->inclusive_joins.push_back(std::move(join));
  }

  /// The places from which a token can come to an arrow into a join without passing the join.
  marking places_before(std::uint32_t arrow, std::uint32_t join) const {
    marking found;
    std::vector<bool> seen(t_->chart.nodes.size());
    std::vector<std::uint32_t> walking{t_->from[arrow]};
    while (!walking.empty()) {
      const std::uint32_t n = walking.back();
      walking.pop_back();
      if (n == join || seen[n]) continue;
      seen[n] = true;
      if (t_->place_of_node[n] != none) found.put(t_->place_of_node[n]);
      for (const std::uint32_t a : t_->in[n]) {
        if (t_->place_of_arrow[a] != none) found.put(t_->place_of_arrow[a]);
        walking.push_back(t_->from[a]);
      }
    }
    return found;
  }

  place_index first_place_behind(std::size_t n) const {
    for (;;) {
      const std::uint32_t a = detail::number(t_->out(n).front());
      n = t_->to[a];
      if (t_->place_of_arrow[a] != none) return t_->place_of_arrow[a];
      if (t_->place_of_node[n] != none) return t_->place_of_node[n];
    }
  }

  std::shared_ptr<flow_tables> t_;
  detail::chart_links links_;
  std::vector<bool> passed_; ///< by node, within one landing
  std::vector<std::size_t> visited_;
  std::vector<std::uint32_t> walking_;
};

} // namespace

std::shared_ptr<const flow_tables> detail::build_tables(const flowchart& chart) {
  return table_builder(chart, link_arrows(chart)).build();
}

result<flow_net> compile(const flowchart& chart) {
  detail::chart_links links;
  problems found = detail::check(chart, links);
  if (!found.empty()) return std::move(found.front());
  return flow_net(table_builder(chart, std::move(links)).build());
}

namespace detail {
const flow_tables& tables_of(const flow_net& net) { return *net.t_; }
} // namespace detail

} // namespace banli
