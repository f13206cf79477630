#include "drawing/lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace banli::detail {
namespace {

constexpr double lane_padding = 26;
constexpr double box_gap = 30;

/// The lane of a department, made where it is new.
std::size_t lane_named(lane_plan& plan, const department_id& d) {
  const auto known = std::find(plan.departments.begin(), plan.departments.end(), d);
  if (known != plan.departments.end())
    return static_cast<std::size_t>(known - plan.departments.begin());
  plan.departments.push_back(d);
  return plan.departments.size() - 1;
}

constexpr std::size_t unknown = no_end;

/// Gives nodes without a lane that of a neighbour, until nothing changes.
template <class May>
void spread(lane_plan& plan, const std::vector<std::size_t>& givers,
            const std::vector<std::size_t>& takers, May may) {
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t a = 0; a < givers.size(); ++a) {
      const std::size_t giver = givers[a];
      const std::size_t taker = takers[a];
      if (giver == no_end || taker == no_end || plan.lane_of[giver] == unknown ||
          plan.lane_of[taker] != unknown || !may(taker))
        continue;
      plan.lane_of[taker] = plan.lane_of[giver];
      changed = true;
    }
  }
}

bool apart(const drawn_box& a, const drawn_box& b) {
  constexpr double air = 1;
  return std::abs(a.centre.x - b.centre.x) >= (a.width + b.width) / 2 + air ||
         std::abs(a.centre.y - b.centre.y) >= (a.height + b.height) / 2 + air;
}

/// The point of a curve at a share of its pieces, 0 to 1.
drawn_point point_at(const std::vector<drawn_point>& curve, double share) {
  const std::size_t pieces = (curve.size() - 1) / 3;
  const double where = share * static_cast<double>(pieces);
  const std::size_t piece = std::min(static_cast<std::size_t>(where), pieces - 1);
  const double t = where - static_cast<double>(piece);
  const double s = 1 - t;
  const std::array<double, 4> part{s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
  drawn_point out;
  for (std::size_t i = 0; i < 4; ++i) {
    out.x += part[i] * curve[piece * 3 + i].x;
    out.y += part[i] * curve[piece * 3 + i].y;
  }
  return out;
}

bool is_free(const drawn_box& label, const flowchart_layout& layout, std::size_t placed) {
  for (const drawn_node& n : layout.nodes)
    if (!apart(label, n.box)) return false;
  for (std::size_t a = 0; a < placed; ++a)
    if (!layout.arrows[a].label.empty() && !layout.arrows[a].curve.empty() &&
        !apart(label, layout.arrows[a].label_box))
      return false;
  return label.centre.x - label.width / 2 >= 0 &&
         label.centre.x + label.width / 2 <= layout.width &&
         label.centre.y - label.height / 2 >= lane_header;
}

} // namespace

lane_plan plan_lanes(const flowchart& chart, const arrow_ends_of& ends) {
  lane_plan out;
  out.lane_of.assign(chart.nodes.size(), unknown);
  for (std::size_t n = 0; n < chart.nodes.size(); ++n)
    if (chart.nodes[n].kind == node_kind::step)
      out.lane_of[n] = lane_named(out, chart.nodes[n].department);
  // Lanes spread along the arrows, but for joins, and then against them: to joins and to what
  // stands before the first step.
  spread(out, ends.from, ends.to, [&](std::size_t n) { return !is_join(chart.nodes[n].kind); });
  spread(out, ends.to, ends.from, [](std::size_t) { return true; });
  for (std::size_t& lane : out.lane_of)
    if (lane == unknown) lane = lane_named(out, {});
  return out;
}

lane_columns set_in_lanes(const lane_plan& plan, const std::vector<layout_node>& nodes,
                          const laid_out& laid, const std::vector<double>& least) {
  std::map<std::pair<std::size_t, long>, std::vector<std::size_t>> rows; // by lane and height
  for (std::size_t n = 0; n < nodes.size(); ++n)
    rows[{plan.lane_of[n], std::lround(laid.centres[n].y)}].push_back(n);
  const auto width_of = [&](const std::vector<std::size_t>& row) {
    double width = box_gap * static_cast<double>(row.size() - 1);
    for (const std::size_t n : row) width += nodes[n].width;
    return width;
  };
  std::vector<double> widths = least;
  for (const auto& [where, row] : rows)
    widths[where.first] = std::max(widths[where.first], width_of(row) + 2 * lane_padding);

  lane_columns out;
  out.height = laid.height + lane_header;
  for (const double width : widths) {
    out.lanes.push_back({{out.width + width / 2, out.height / 2}, width, out.height});
    out.width += width;
  }
  out.centres.resize(nodes.size());
  for (auto& [where, row] : rows) {
    std::sort(row.begin(), row.end(),
              [&](std::size_t a, std::size_t b) { return laid.centres[a].x < laid.centres[b].x; });
    double x = out.lanes[where.first].centre.x - width_of(row) / 2;
    for (const std::size_t n : row) {
      out.centres[n] = {x + nodes[n].width / 2, laid.centres[n].y + lane_header};
      x += nodes[n].width + box_gap;
    }
  }
  return out;
}

void place_labels(flowchart_layout& layout) {
  for (std::size_t a = 0; a < layout.arrows.size(); ++a) {
    drawn_arrow& d = layout.arrows[a];
    if (d.label.empty() || d.curve.size() < 4) continue;
    drawn_box box = d.label_box;
    const double beside = box.width / 2 + 5;
    box.centre = point_at(d.curve, 0.5);
    d.label_box = box; // where nothing is free, on the middle of its own line
    const auto try_at = [&](double share, double offset) {
      box.centre = point_at(d.curve, share);
      box.centre.x += offset;
      if (!is_free(box, layout, a)) return false;
      d.label_box = box;
      return true;
    };
    bool found = false;
    for (const double share : {0.3, 0.4, 0.5, 0.2, 0.6, 0.7, 0.1, 0.8, 0.9})
      for (const double offset : {beside, -beside, 0.0}) found = found || try_at(share, offset);
  }
}

} // namespace banli::detail
