#include <banli/flowchart/flow_difference.hpp>

#include <algorithm>
#include <tuple>

#include <banli/flowchart/time_feasibility.hpp>
#include <banli/item/service_item.hpp>

namespace banli {
namespace {

std::vector<const node*> steps_of(const flowchart& chart) {
  std::vector<const node*> out;
  for (const node& n : chart.nodes)
    if (n.kind == node_kind::step) out.push_back(&n);
  return out;
}

const node* step_of(const flowchart& chart, const node_id& id) {
  const node* const n = find(chart, id);
  return n != nullptr && n->kind == node_kind::step ? n : nullptr;
}

std::vector<std::string> fields_between(const node& a, const node& b) {
  std::vector<std::string> out;
  const auto differ = [&](bool yes, const char* field) {
    if (yes) out.emplace_back(field);
  };
  differ(a.shown() != b.shown(), "label");
  differ(a.post != b.post, "post");
  differ(a.department != b.department, "department");
  differ(a.duty != b.duty, "duty");
  differ(a.limit != b.limit, "limit");
  differ(a.excluded != b.excluded, "excluded");
  differ(a.documents != b.documents, "documents");
  differ(a.risks != b.risks, "risks");
  differ(a.persons != b.persons, "persons");
  differ(a.supervision_points != b.supervision_points, "supervision_points");
  differ(a.assignees != b.assignees, "assignees");
  differ(a.forms != b.forms, "forms");
  return out;
}

using drawn = std::tuple<node_id, node_id, std::string, std::string, std::optional<int>>;

/// The arrows between nodes that both charts have, sorted.
std::vector<drawn> shared_arrows(const flowchart& chart, const flowchart& other) {
  std::vector<drawn> out;
  for (const arrow& a : chart.arrows)
    if (find(other, a.from) != nullptr && find(other, a.to) != nullptr)
      out.emplace_back(a.from, a.to, a.label, a.condition, a.at_most);
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace

flow_difference compare(const flow_version& before, const flow_version& after) {
  const flowchart& was = before.net.chart();
  const flowchart& is = after.net.chart();
  flow_difference out;
  const auto old_steps = steps_of(was);
  const auto new_steps = steps_of(is);
  out.steps_before = old_steps.size();
  out.steps_after = new_steps.size();
  for (const node* n : old_steps) {
    const node* const now = step_of(is, n->id);
    if (now == nullptr) {
      out.removed.push_back(n->id);
    } else if (auto fields = fields_between(*n, *now); !fields.empty()) {
      out.changed.push_back({n->id, std::move(fields)});
    }
  }
  for (const node* n : new_steps)
    if (step_of(was, n->id) == nullptr) out.added.push_back(n->id);
  out.rerouted = shared_arrows(was, is) != shared_arrows(is, was);
  out.promised = before.promised && after.promised;
  const auto limit_days = [&](const flow_version& v) {
    return out.promised ? detail::nominal_workdays(*v.promised) : check_time(v.net).longest;
  };
  out.days_before = limit_days(before);
  out.days_after = limit_days(after);
  return out;
}

} // namespace banli
