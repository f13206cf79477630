// What does it cost to import a BPMN file of 1 MB?
//
// Floor: pugixml, reading the same bytes into its tree and nothing more. Ours: parse_bpmn(), which
// reads them through pugixml, too, resolves namespaces, finds every construct's place, names what
// is not run, and makes a chart. Once a model of another tool, once a chart of our own. The number
// of nodes is compared before anything is timed; the ways take turns, and the best of all rounds
// counts. Measured is the time of the processor, so that other programs on it matter little.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include <time.h>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <banli/interchange/bpmn.hpp>

namespace {

using namespace banli;

constexpr std::size_t wanted = 1'000'000;
constexpr int rounds = 40;

/// A chain of steps with a decision after every fifth, and a diagram.
flowchart chart_of(int steps) {
  flowchart out{flowchart_id{"large"}, "大流程", {}, {}};
  const auto add = [&](node n) {
    if (!out.nodes.empty()) out.arrows.push_back({out.nodes.back().id, n.id});
    out.nodes.push_back(std::move(n));
  };
  add({node_id{"开始"}, node_kind::start});
  for (int i = 0; i < steps; ++i) {
    node n{node_id{fmt::format("环节_{}", i)}};
    n.label = fmt::format("第{}环节:材料审查与现场核查", i);
    n.post = post_id{"承办人"};
    n.duty = "审查申请材料是否齐全、是否符合法定形式";
    n.limit = time_limit{5, limit_unit::workday};
    add(std::move(n));
    if (i % 5 != 4) continue;
    add({node_id{fmt::format("条件_{}", i)}, node_kind::decision, "通过?"});
    out.arrows.push_back({out.nodes.back().id, node_id{fmt::format("环节_{}", i)}, "不通过"});
  }
  add({node_id{"结束"}, node_kind::end});
  return out;
}

std::string own_model() {
  for (int steps = 500;; steps += 100) {
    const flowchart chart = chart_of(steps);
    bpmn_picture p;
    for (std::size_t n = 0; n < chart.nodes.size(); ++n)
      p.nodes.push_back({100, 100.0 * static_cast<double>(n), 100, 80});
    for (std::size_t a = 0; a < chart.arrows.size(); ++a)
      p.arrows.push_back({{{150, 180}, {150, 190}, {150, 200}}});
    std::string text = *to_bpmn(chart, p);
    if (text.size() >= wanted) return text;
  }
}

/// The same with our extensions taken out, as another tool would have drawn it.
std::string foreign_model(const std::string& own) {
  pugi::xml_document x;
  if (!x.load_string(own.c_str())) std::exit(1);
  pugi::xml_node process = x.child("definitions").child("process");
  process.remove_child("extensionElements");
  for (pugi::xml_node n : process.children()) n.remove_child("extensionElements");
  struct : pugi::xml_writer {
    void write(const void* data, std::size_t size) override {
      out.append(static_cast<const char*>(data), size);
    }
    std::string out;
  } w;
  x.save(w, "      ");
  return w.out;
}

template <class F>
double milliseconds(const F& run) {
  const auto now = [] {
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
  };
  const double begin = now();
  run();
  return now() - begin;
}

void compare(const char* what, const std::string& bytes) {
  pugi::xml_document x;
  x.load_buffer(bytes.data(), bytes.size());
  std::size_t nodes = 0;
  for (const pugi::xml_node n : x.child("definitions").child("process").children())
    nodes += n.child("incoming") || n.child("outgoing");
  const bpmn_document d = parse_bpmn("large.bpmn", bytes);
  if (d.chart.nodes.size() != nodes || !d.exact || nodes < 500) {
    std::fprintf(stderr, "%s: %zu nodes, pugixml sees %zu\n", what, d.chart.nodes.size(), nodes);
    std::exit(1);
  }
  double floor = std::numeric_limits<double>::max();
  double ours = floor;
  for (int i = 0; i < rounds; ++i) {
    floor = std::min(floor, milliseconds([&] {
                       pugi::xml_document tree;
                       tree.load_buffer(bytes.data(), bytes.size());
                     }));
    ours = std::min(ours, milliseconds([&] { parse_bpmn("large.bpmn", bytes); }));
  }
  fmt::print(
      "{}: {} bytes, {} nodes, {} arrows: pugixml {:.2f} ms, parse_bpmn {:.2f} ms, x {:.1f}\n",
      what, bytes.size(), nodes, d.chart.arrows.size(), floor, ours, ours / floor);
}

} // namespace

int main() {
  const std::string own = own_model();
  compare("our own chart", own);
  compare("another tool's model", foreign_model(own));
}
