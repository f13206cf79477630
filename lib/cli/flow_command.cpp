// `banli flow check|draw|convert|compare`: one flowchart proved, drawn, and held against another.
#include <filesystem>
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "files.hpp"
#include <banli/document/flowchart_file.hpp>
#include <banli/drawing/flowchart_bpmn.hpp>
#include <banli/drawing/flowchart_mermaid.hpp>
#include <banli/drawing/flowchart_svg.hpp>
#include <banli/flowchart/flow_difference.hpp>
#include <banli/flowchart/time_feasibility.hpp>

namespace banli {

namespace {

namespace json = boost::json;

json::array names_of(const std::vector<node_id>& ids) {
  json::array out;
  for (const node_id& id : ids) out.emplace_back(id.text());
  return out;
}

/// A way as the steps done and the arrows taken: ["受理", {"at": "通过?", "to": "初审"}].
json::array to_json(const std::vector<flow_move>& way, const flow_net& net) {
  json::array out;
  for (const flow_move& m : way) {
    const std::string& node = net.at(m.node).id.text();
    if (m.arrows.empty()) out.emplace_back(node);
    for (const arrow_index taken : m.arrows) { // several: the branches opened in this move
      const arrow& a = net.at(taken);
      out.emplace_back(json::object{{"at", node}, {"label", a.label}, {"to", a.to.text()}});
    }
  }
  return out;
}

json::object to_json(const flow_fault& f, const flow_net& net) {
  return {{"code", to_string(f.code)},
          {"node", net.at(f.node).id.text()},
          {"witness", to_json(f.witness, net)},
          {"marking", net.to_text(f.stuck)}};
}

/// Whether faults of some kinds were not found; null where nothing is known.
template <class... Code>
json::value free_of(const soundness& s, Code... codes) {
  if (!s.decided) return nullptr;
  return std::none_of(s.faults.begin(), s.faults.end(),
                      [&](const flow_fault& f) { return ((f.code == codes) || ...); });
}

json::object report(const flowchart_file& f) {
  json::array faults;
  json::value witness = nullptr;
  for (const flow_fault& x : f.proof.faults) {
    faults.push_back(to_json(x, *f.proved));
    if (witness.is_null() && x.code != errc::dead_step) witness = to_json(x.witness, *f.proved);
  }
  json::array problems_told;
  for (const error& e : f.found) problems_told.push_back(to_json(e));
  json::array processes;
  if (f.bpmn)
    for (const bpmn_process& p : f.bpmn->processes) processes.emplace_back(p.id);
  return {{"id", f.chart.id.text()},
          {"name", f.chart.name},
          {"sound", f.sound() ? json::value(*f.sound()) : json::value()},
          {"safe", free_of(f.proof, errc::unsafe_place)},
          {"can_complete", free_of(f.proof, errc::cannot_finish, errc::vicious_circle)},
          {"proper_completion", free_of(f.proof, errc::improper_finish)},
          {"dead_steps", names_of(f.dead_steps())},
          {"witness", std::move(witness)},
          {"states", f.proof.states},
          {"reductions", f.proof.reductions},
          {"longest_workdays",
           f.net && f.good() ? json::value(check_time(*f.net).longest) : json::value()},
          {"faults", std::move(faults)},
          {"problems", std::move(problems_told)},
          {"processes", std::move(processes)}};
}

void say_good(const flowchart_file& f, language in, const console& to) {
  const time_feasibility time = check_time(*f.net);
  std::string path;
  for (const node_index n : time.critical_path)
    path += (path.empty() ? "" : " -> ") + f.net->at(n).shown();
  to.out << fmt::format(
      fmt::runtime(in == language::zh
                       ? "{}:正确(搜索 {} 个状态);最长 {:.4g} 个工作日:{}\n"
                       : "{}: sound ({} markings searched); longest {:.4g} workdays: {}\n"),
      f.chart.name, f.proof.states, time.longest, path);
}

/// What the proof says of a chart that cannot run for other reasons.
void say_proof(const flowchart_file& f, language in, const console& to) {
  const bool zh = in == language::zh;
  if (f.proved && f.sound() == true)
    to.out << fmt::format(fmt::runtime(zh ? "{}:流向正确(搜索 {} 个状态)\n"
                                          : "{}: its flow is sound ({} markings searched)\n"),
                          f.chart.name, f.proof.states);
  else if (f.proved && f.proof.decided && !f.sound())
    to.out << fmt::format(
        fmt::runtime(zh ? "{}:流程中有流程图不执行的内容,无法判定流向是否正确\n"
                        : "{}: not decided: the process does what a flowchart does not run\n"),
        f.chart.name);
}

flowchart_file load(const flow_arguments& a, const std::string& path) {
  flowchart_file_limits limits;
  limits.proof.states = a.states;
  limits.bpmn.process = a.process;
  return load_flowchart(path, limits);
}

int check_flow(const flow_arguments& a, const console& to) {
  const flowchart_file f = load(a, a.path);
  if (a.json) {
    to.out << json::serialize(report(f)) << '\n';
  } else if (f.good()) {
    say_good(f, a.in, to);
  } else {
    print(f.found, a.in, to);
    say_proof(f, a.in, to);
  }
  return f.good() ? exit_done : exit_for(f.found.front());
}

/// Whether the file could be read as a chart, right or wrong, so that there is something to draw.
bool can_be_drawn(const flowchart_file& f) { return !f.chart.nodes.empty(); }

result<std::string> picture(const flowchart_file& f, const flow_arguments& a) {
  flowchart_marks marks;
  if (a.faults && f.proved)
    for (const flow_fault& x : f.proof.faults) {
      if (marks.faults.empty()) marks = marks_of(*f.proved, x); // the way to the first fault
      marks.faults.push_back(x.node);
    }
  if (a.format == "mermaid") return flowchart_mermaid(f.chart, marks, {a.in, {}, {}});
  flowchart_layout_options how;
  how.in = a.in;
  if (a.lanes) how.lanes = flowchart_lanes::departments;
  // What came as BPMN holds more than its chart.
  if (a.format == "bpmn") return f.bpmn ? f.bpmn->source : flowchart_bpmn(f.chart, how);
  auto layout = lay_out(f.chart, how);
  if (!layout) return std::move(layout.error());
  return flowchart_svg(*layout, marks);
}

int draw_flow(const flow_arguments& a, const console& to) {
  const flowchart_file f = load(a, a.path);
  if (!can_be_drawn(f)) {
    print(f.found, a.in, to);
    return f.good() ? exit_wrong_input : exit_for(f.found.front());
  }
  const auto drawn = picture(f, a);
  if (!drawn) {
    print({at(drawn.error(), {a.path, 0, 0})}, a.in, to);
    return exit_wrong_input;
  }
  return put(a.out, *drawn, a.in, to);
}

/// A chart written into the file of BPMN it once came from.
result<std::string> written_into(const flowchart& chart, const flow_arguments& a,
                                 const console& to) {
  const flowchart_file origin = load(a, a.into);
  if (origin.bpmn) return flowchart_bpmn(chart, *origin.bpmn);
  print(origin.found, a.in, to);
  return make_error(errc::wrong_type, "'{}' is no file of BPMN to write into",
                    "“{}”不是可写入的 BPMN 文件", a.into);
}

/// Draws or saves as the name of the new file says. What only BPMN can say is told, because it is
/// not in any other form.
int convert_flow(flow_arguments a, const console& to) {
  const std::string form = std::filesystem::path{a.other}.extension().string();
  const bool yaml = form == ".yaml" || form == ".yml";
  a.out = a.other;
  a.format = form == ".svg"                      ? "svg"
             : form == ".mmd"                    ? "mermaid"
             : form == ".bpmn" || form == ".xml" ? "bpmn"
                                                 : "";
  const auto expected = [&](const char* zh, const char* en) {
    to.err << (a.in == language::zh ? zh : en) << a.other << '\n';
    return exit_usage;
  };
  if (!yaml && a.format.empty())
    return expected("应为 .yaml、.bpmn、.svg 或 .mmd 文件:",
                    "expected a file .yaml, .bpmn, .svg or .mmd: ");
  if (!a.into.empty() && a.format != "bpmn")
    return expected("--into 只能写出 .bpmn 文件:", "--into writes a file .bpmn: ");
  const flowchart_file f = load(a, a.path);
  if (!can_be_drawn(f)) {
    print(f.found, a.in, to);
    return f.good() ? exit_wrong_input : exit_for(f.found.front());
  }
  const auto written = yaml             ? save(f.chart)
                       : a.into.empty() ? picture(f, a)
                                        : written_into(f.chart, a, to);
  if (!written) {
    print({at(written.error(), {a.path, 0, 0})}, a.in, to);
    return exit_wrong_input;
  }
  if (f.bpmn && a.format != "bpmn" && !f.bpmn->found.empty()) print(f.bpmn->found, a.in, to);
  return put(a.out, *written, a.in, to);
}

std::string percent(double share) { return fmt::format("{:.4g}%", share * 100); }

void say_difference(const flow_difference& d, language in, const console& to) {
  const bool zh = in == language::zh;
  const auto line = [&](const char* chinese, const char* english, const auto&... what) {
    to.out << fmt::format(fmt::runtime(zh ? chinese : english), what...) << '\n';
  };
  line("环节:{} -> {},压缩率 {}", "steps: {} -> {}, saved {}", d.steps_before, d.steps_after,
       percent(d.step_compression()));
  line(d.promised ? "承诺期限:{:.4g} -> {:.4g} 个工作日,压缩率 {}"
                  : "最长路径:{:.4g} -> {:.4g} 个工作日,压缩率 {}",
       d.promised ? "promised: {:.4g} -> {:.4g} workdays, saved {}"
                  : "longest way: {:.4g} -> {:.4g} workdays, saved {}",
       d.days_before, d.days_after, percent(d.day_compression()));
  for (const node_id& id : d.removed) line("取消环节:{}", "removed: {}", id.text());
  for (const node_id& id : d.added) line("新增环节:{}", "added: {}", id.text());
  for (const step_change& c : d.changed)
    line("变更环节:{}({})", "changed: {} ({})", c.step.text(), fmt::join(c.fields, ", "));
  if (d.rerouted) line("流向有变更", "the flow between them was changed");
}

json::object to_json(const flow_difference& d) {
  json::array changed;
  for (const step_change& c : d.changed) {
    json::array fields;
    for (const std::string& f : c.fields) fields.emplace_back(f);
    changed.push_back(json::object{{"step", c.step.text()}, {"fields", std::move(fields)}});
  }
  return {{"steps", {{"before", d.steps_before}, {"after", d.steps_after}}},
          {"days", {{"before", d.days_before}, {"after", d.days_after}}},
          {"days_are", d.promised ? "promised" : "longest_way"},
          {"step_compression", d.step_compression()},
          {"day_compression", d.day_compression()},
          {"added", names_of(d.added)},
          {"removed", names_of(d.removed)},
          {"changed", std::move(changed)},
          {"rerouted", d.rerouted}};
}

/// A version to compare: a chart whose flow has no local faults, and the promise given for it.
result<flow_version> version_of(const std::string& path, const std::string& promised) {
  flowchart_file f = load_flowchart(path);
  if (!f.proved) return std::move(f.found.front());
  flow_version out{*std::move(f.proved), std::nullopt};
  if (promised.empty()) return out;
  auto limit = parse_time_limit(promised);
  if (!limit) return std::move(limit.error());
  out.promised = *limit;
  return out;
}

int compare_flows(const flow_arguments& a, const console& to) {
  const auto before = version_of(a.path, a.promised_before);
  const auto after = version_of(a.other, a.promised_after);
  for (const auto* v : {&before, &after})
    if (!*v) {
      print({v->error()}, a.in, to);
      return exit_for(v->error());
    }
  const flow_difference d = compare(*before, *after);
  if (a.json)
    to.out << json::serialize(to_json(d)) << '\n';
  else
    say_difference(d, a.in, to);
  return exit_done;
}

} // namespace

int flow_command(const flow_arguments& a, const console& to) {
  switch (a.what) {
  case flow_arguments::action::draw: return draw_flow(a, to);
  case flow_arguments::action::convert: return convert_flow(a, to);
  case flow_arguments::action::compare: return compare_flows(a, to);
  case flow_arguments::action::check: break;
  }
  return check_flow(a, to);
}

} // namespace banli
