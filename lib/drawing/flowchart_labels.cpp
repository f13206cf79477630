#include "drawing/flowchart_labels.hpp"

#include <unordered_map>

namespace banli::detail {

arrow_ends_of arrow_ends(const flowchart& chart) {
  std::unordered_map<std::string, std::size_t> by_id;
  for (std::size_t n = 0; n < chart.nodes.size(); ++n)
    by_id.try_emplace(chart.nodes[n].id.text(), n);
  const auto find_node = [&](const node_id& id) {
    const auto at = by_id.find(id.text());
    return at == by_id.end() ? no_end : at->second;
  };
  arrow_ends_of ends;
  for (const arrow& a : chart.arrows) {
    ends.from.push_back(find_node(a.from));
    ends.to.push_back(find_node(a.to));
  }
  return ends;
}

std::vector<std::string> details(const node& n, const node_naming& naming) {
  std::vector<std::string> lines;
  std::string who;
  if (!n.department.empty())
    who = naming.department ? naming.department(n.department) : n.department.text();
  if (!n.post.empty())
    who += (who.empty() ? "" : " · ") + (naming.post ? naming.post(n.post) : n.post.text());
  if (!who.empty()) lines.push_back(std::move(who));
  const text excluded{"not counted", "不计入期限"};
  if (!n.excluded.empty())
    lines.push_back(excluded.in(naming.in));
  else if (n.limit)
    lines.push_back(to_text(*n.limit, naming.in));
  return lines;
}

std::string tooltip(const node& n, language in) {
  std::string out = n.shown();
  const auto add = [&](const text& title, const std::string& words) {
    if (!words.empty()) out += (in == language::zh ? ";" : "; ") + title.in(in) + words;
  };
  add({"duty: ", "职责:"}, n.duty);
  std::string documents;
  for (const std::string& d : n.documents)
    documents += (documents.empty() ? "" : in == language::zh ? "、" : ", ") + d;
  add({"documents: ", "文书:"}, documents);
  std::string points;
  for (const std::string& p : n.supervision_points)
    points += (points.empty() ? "" : in == language::zh ? "、" : ", ") + p;
  add({"supervision: ", "监察点:"}, points);
  for (const risk_point& r : n.risks) {
    add({"risk point: ", "廉政风险点:"}, r.name);
    add({"measure: ", "防控措施:"}, r.measure);
  }
  return out;
}

std::string arrow_label(const flowchart& chart, const arrow_ends_of& ends, std::size_t arrow,
                        language in) {
  const banli::arrow& a = chart.arrows[arrow];
  std::string bound;
  if (a.at_most)
    bound = in == language::zh ? fmt::format("(至多 {} 次)", *a.at_most)
                               : fmt::format(" (at most {} times)", *a.at_most);
  if (!a.label.empty()) return a.label + bound;
  if (!a.condition.empty()) return a.condition + bound;
  const std::size_t from = ends.from[arrow];
  if (from == no_end || !is_decision(chart.nodes[from].kind)) return {};
  for (std::size_t other = 0; other < chart.arrows.size(); ++other)
    if (ends.from[other] == from && !chart.arrows[other].condition.empty())
      return in == language::zh ? "否则" : "otherwise";
  return {};
}

} // namespace banli::detail
