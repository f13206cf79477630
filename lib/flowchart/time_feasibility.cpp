#include <banli/flowchart/time_feasibility.hpp>

#include <algorithm>

#include <banli/item/service_item.hpp>

#include "flowchart/way_forward.hpp"
#include "flowchart/words.hpp"

namespace banli {
namespace {

using detail::flow_tables;
using detail::none;

double workdays(const node& n) {
  if (n.kind != node_kind::step || !n.excluded.empty() || !n.limit) return 0;
  return detail::nominal_workdays(*n.limit);
}

/// How often a case may come to an arrow: as often as it, or one that every way to it takes, says.
std::optional<int> bound_of(const flow_tables& t, std::uint32_t arrow) {
  std::optional<int> least;
  for (std::size_t steps = 0; steps < t.chart.nodes.size(); ++steps) {
    const std::optional<int>& here = t.chart.arrows[arrow].at_most;
    if (here && (!least || *here < *least)) least = here;
    const auto in = t.in[t.from[arrow]];
    if (in.size() != 1) break;
    arrow = in.front();
  }
  return least;
}

/// 10, 2.5, 0.33: no more digits than say something.
std::string days_text(double n) { return fmt::format("{:.4g}", n); }

} // namespace

time_feasibility check_time(const flow_net& net) {
  const flow_tables& t = detail::tables_of(net);
  const detail::way_forward way = detail::find_way_forward(t);
  const std::size_t nodes = t.chart.nodes.size();
  std::vector<double> longest(nodes); // up to and with the node
  std::vector<std::uint32_t> before(nodes, none);
  std::uint32_t last = none;
  for (const std::uint32_t n : way.order) {
    for (const std::uint32_t a : t.in[n]) {
      if (way.goes_back[a]) continue;
      const std::uint32_t from = t.from[a];
      if (before[n] == none || longest[from] > longest[before[n]]) before[n] = from;
    }
    longest[n] = workdays(t.chart.nodes[n]) + (before[n] == none ? 0 : longest[before[n]]);
    if (t.kind(n) == node_kind::end && (last == none || longest[n] > longest[last])) last = n;
  }

  time_feasibility out;
  for (std::uint32_t a = 0; a < way.goes_back.size(); ++a)
    if (way.goes_back[a]) out.loops.push_back(arrow_index{a});
  if (last == none) return out;
  out.longest = out.with_returns = longest[last];
  for (const arrow_index a : out.loops) {
    const std::uint32_t to = t.to[detail::number(a)];
    const std::optional<int> times = bound_of(t, detail::number(a));
    if (!times) out.unbounded.push_back(a);
    // What lies between its ends: up to where it leaves, without what is before where it comes
    // back.
    const double between =
        longest[t.from[detail::number(a)]] - longest[to] + workdays(t.chart.nodes[to]);
    out.with_returns += times.value_or(0) * between;
  }
  for (std::uint32_t n = last; n != none; n = before[n])
    if (t.kind(n) == node_kind::step) out.critical_path.push_back(node_index{n});
  std::reverse(out.critical_path.begin(), out.critical_path.end());
  return out;
}

problems check_time(const flow_net& net, const time_limit& promised, const locator& where) {
  const time_feasibility found = check_time(net);
  const double promise = detail::nominal_workdays(promised);
  constexpr double rounding = 1e-9; // sums of sixths and sevenths of a day
  if (found.with_returns <= promise + rounding) return {};
  std::uint32_t slowest = 0;
  text path;
  for (const node_index n : found.critical_path) {
    const node& step = net.at(n);
    if (workdays(step) > workdays(net.chart().nodes[slowest])) slowest = detail::number(n);
    const text own = !step.excluded.empty() || !step.limit
                         ? text{"not counted", "不计入"}
                         : text{to_text(*step.limit), to_text(*step.limit, language::zh)};
    path.en += fmt::format("{}{} ({})", path.en.empty() ? "" : ", ", step.shown(), own.en);
    path.zh += fmt::format("{}{}({})", path.zh.empty() ? "" : "、", step.shown(), own.zh);
  }
  const bool at_once = found.longest > promise + rounding;
  error e =
      at_once ? make_error(errc::steps_above_promise,
                           "the longest way takes {0} workdays, above the promised {1}: {2}",
                           "最长路径需 {0} 个工作日,超过承诺期限{3}:{4}", days_text(found.longest),
                           to_text(promised), path.en, to_text(promised, language::zh), path.zh)
              : make_error(errc::steps_above_promise,
                           "the longest way, with every return as often as it may be, takes "
                           "{0} workdays, above the promised {1}: {2}",
                           "计入允许的退回,最长路径需 {0} 个工作日,超过承诺期限{3}:{4}",
                           days_text(found.with_returns), to_text(promised), path.en,
                           to_text(promised, language::zh), path.zh);
  return {at(std::move(e), where(fmt::format("/nodes/{}/limit", slowest)))};
}

} // namespace banli
