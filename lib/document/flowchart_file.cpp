#include <banli/document/flowchart_file.hpp>

#include "document/flowchart_judge.hpp"
#include "document/single_files.hpp"
#include "document/text_places.hpp"
#include "document/yaml_writer.hpp"

namespace banli {

using namespace detail;

namespace {

bool is_bpmn(std::string_view name, std::string_view content) {
  if (name.ends_with(".bpmn") || name.ends_with(".xml")) return true;
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF")) content.remove_prefix(2);
  // YAML begins with no such sign; a zero before it is the half of one in UTF-16.
  const std::size_t first = content.find_first_not_of(std::string_view{" \t\r\n\0", 5});
  return first != std::string_view::npos && content[first] == '<';
}

flowchart_file read_bpmn(const std::string& name, std::string_view content,
                         const flowchart_file_limits& limits) {
  findings found{limits.bpmn.limits.problems};
  flowchart_file out;
  out.bpmn = parse_bpmn(name, content, limits.bpmn);
  out.chart = out.bpmn->chart;
  const bool any = !out.chart.nodes.empty() || !out.chart.id.empty();
  const locator where = [&](std::string_view path) { return out.bpmn->where(path); };
  if (any) found.add(judge(out, where, limits));
  found.add(out.bpmn->found);
  out.found = found.take();
  return out;
}

} // namespace

flowchart_file judge_flowchart(flowchart chart, const flowchart_file_limits& limits) {
  flowchart_file out;
  out.chart = std::move(chart);
  out.found = judge(out, nowhere, limits);
  return out;
}

flowchart_file parse_flowchart(const std::string& name, std::string_view content,
                               const flowchart_file_limits& limits) {
  if (is_bpmn(name, content)) return read_bpmn(name, content, limits);
  findings found{limits.document.problems};
  document_set set{limits.document, found};
  set.add(name, content);
  check_kind(set, set.flowcharts.size(), name, "flowchart", found);
  flowchart_file out;
  if (!set.flowcharts.empty()) {
    const located<flowchart>& read = set.flowcharts.front();
    out.chart = read.value;
    text_places places;
    // What a value that could not be read leads to is not told a second time.
    problems wrong = read.sound ? judge(out, places.below(read.node, "node"), limits) : problems{};
    places.settle(wrong);
    found.add(std::move(wrong));
  }
  out.found = found.take();
  return out;
}

flowchart_file load_flowchart(const std::string& path, const flowchart_file_limits& limits) {
  findings found{limits.document.problems};
  if (const auto text = read_one(path, limits.document, found))
    return parse_flowchart(path, *text, limits);
  flowchart_file out;
  out.found = found.take();
  return out;
}

result<std::string> save(const flowchart& chart) {
  yaml_writer w;
  w.document("flowchart", chart);
  return w.take();
}

} // namespace banli
