// BPMN documents the tests share, and a short way to write one down.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include <banli/flowchart/soundness.hpp>
#include <banli/interchange/bpmn.hpp>

namespace models {

using namespace banli;

/// A whole document around the inside of one process.
inline std::string document(std::string_view inside) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions_1" targetNamespace="t">
<bpmn:process id="p" name="审批">
)" + std::string{inside} +
         "\n</bpmn:process>\n</bpmn:definitions>\n";
}

inline std::string start(std::string_view id) {
  return fmt::format("<bpmn:startEvent id='{}'/>", id);
}
inline std::string end(std::string_view id) { return fmt::format("<bpmn:endEvent id='{}'/>", id); }
inline std::string task(std::string_view id) {
  return fmt::format("<bpmn:userTask id='{0}' name='{0}'/>", id);
}
inline std::string gateway(std::string_view kind, std::string_view id) {
  return fmt::format("<bpmn:{}Gateway id='{}'/>", kind, id);
}

/// "a b c" draws arrows from a to b and from b to c.
inline std::string flows(std::initializer_list<std::string_view> chains) {
  std::string out;
  std::size_t number = 0;
  for (std::string_view chain : chains) {
    std::string_view from;
    while (!chain.empty()) {
      const std::size_t blank = chain.find(' ');
      const std::string_view to = chain.substr(0, blank);
      chain.remove_prefix(blank == std::string_view::npos ? chain.size() : blank + 1);
      if (!from.empty())
        out += fmt::format("<bpmn:sequenceFlow id='{0}_{1}_{2}' sourceRef='{0}' targetRef='{1}'/>",
                           from, to, ++number);
      from = to;
    }
  }
  return out;
}

/// The arrows of a chart as "a>b c>d", in its order.
inline std::string arrows_of(const flowchart& chart) {
  std::string out;
  for (const arrow& a : chart.arrows)
    out += (out.empty() ? "" : " ") + a.from.text() + ">" + a.to.text();
  return out;
}

/// The kinds of a chart's nodes, "id:kind" each.
inline std::string nodes_of(const flowchart& chart) {
  std::string out;
  for (const node& n : chart.nodes)
    out += fmt::format("{}{}:{}", out.empty() ? "" : " ", n.id.text(), to_string(n.kind));
  return out;
}

/// What was found, "line:column code" each.
inline std::string found_in(const bpmn_document& d) {
  std::string out;
  for (const error& e : d.found)
    out += fmt::format("{}{}:{} {}", out.empty() ? "" : ", ", e.where.line, e.where.column,
                       to_string(e.code));
  return out;
}

inline bpmn_document read(std::string_view bytes) { return parse_bpmn("x.bpmn", bytes); }

/// Whether the flow of a chart is sound, whoever does its steps.
inline bool is_sound(flowchart chart) {
  for (node& n : chart.nodes)
    if (n.kind == node_kind::step) {
      n.post = post_id{"p"};
      n.duty = "d";
      n.limit = time_limit{};
    }
  const auto net = compile(chart);
  return net && check_soundness(*net).sound();
}

} // namespace models
