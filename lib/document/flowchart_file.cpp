#include <banli/document/flowchart_file.hpp>

#include "document/single_files.hpp"
#include "document/text_places.hpp"
#include "document/yaml_writer.hpp"

namespace banli {

using namespace detail;

namespace {

/// Everything that check() and the proof say of the chart.
problems judge(flowchart_file& f, const locator& where, const flowchart_file_limits& limits) {
  problems wrong = check(f.chart, where, limits.chart);
  if (!wrong.empty()) return wrong;
  auto net = compile(f.chart);
  if (!net) return {std::move(net.error())};
  f.net = *std::move(net);
  f.proof = check_soundness(*f.net, limits.proof);
  return to_problems(f.proof, *f.net, where);
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
