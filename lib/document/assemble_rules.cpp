// The supervision and pre-commit rules of a configuration: compiled, and tried with the tests they
// carry.
#include <algorithm>
#include <set>
#include <string>

#include <banli/base/nearest.hpp>

#include <banli/engine/case_course.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/commit_rules.hpp>

#include "document/assembly.hpp"
#include "document/rules_judge.hpp"

namespace banli::detail {

namespace {

/// What the rules of a configuration ask of a step's supervision points (监察点, requirement D18):
/// a point is the id of a rule, or a dimension some rule is of, or a word that a rule which reads
/// step.supervision_points asks for.
class asked_points {
 public:
  explicit asked_points(const rule_set& rules) {
    for (const compiled_rule& r : rules.rules()) {
      const rule& d = r.definition();
      known_.insert(d.id.text());
      known_.insert(std::string{to_string(d.dimension)});
      for (const language in : {language::en, language::zh})
        known_.insert(std::string{to_string(d.dimension, in)});
      if (std::ranges::binary_search(r.reads(), "step.supervision_points")) literals_of(d);
    }
  }

  bool contains(const std::string& point) const { return known_.contains(point); }
  text nearest(const std::string& point) const { return suggestion(point, known_); }

 private:
  void literals_of(const rule& r) {
    literals_of(r.condition);
    for (const rule_parameter& p : r.parameters)
      if (const std::string* s = p.value.as_string()) known_.insert(*s);
    literals_of(r.variables, r.match);
  }
  void literals_of(const std::vector<rule_variable>& variables,
                   const std::vector<rule_match>& matches) {
    for (const rule_variable& v : variables) literals_of(v.expression.source);
    for (const rule_match& m : matches) {
      literals_of(m.condition.source);
      if (m.rule) literals_of(m.rule->variables, m.rule->match);
    }
  }
  void literals_of(std::string_view source) {
    for (std::size_t at = source.find_first_of("'\""); at != std::string_view::npos;) {
      const std::size_t end = source.find(source[at], at + 1);
      if (end == std::string_view::npos) return;
      known_.emplace(source.substr(at + 1, end - at - 1));
      at = source.find_first_of("'\"", end + 1);
    }
  }

  std::set<std::string> known_;
};

} // namespace

/// A counter of a step that no chart has would stay at nothing for ever. While a chart could not be
/// read, or there is none, any name may be that of a step.
flow_words assembly::course_of_charts(const configuration& c) const {
  const bool known = set_.complete && !set_.flowcharts.empty() &&
                     std::ranges::all_of(set_.flowcharts, &located<flowchart>::sound);
  return known ? course_words(c.flowcharts) : course_words();
}

void assembly::rules(configuration& c) {
  const flow_words course = course_of_charts(c);
  if (!set_.rules.empty())
    c.rules =
        judge_rules(set_.rules, fact_environment(), course, places_, found_, rule_testing::run);
  if (c.rules) points(*c.rules);
  if (set_.commit_rules.empty()) return;
  std::vector<located<rules_document>> documents;
  for (const located<commit_rules_document>& d : set_.commit_rules)
    documents.push_back(
        {{.counters = {}, .constraints = {}, .rules = d.value.rules}, d.node, d.sound});
  c.commit_rules =
      judge_rules(documents, commit_environment(), course, places_, found_, rule_testing::run);
}

/// A point that no rule asks for is one at which nobody watches.
void assembly::points(const rule_set& rules) {
  const asked_points asked(rules);
  for (const located<flowchart>& f : set_.flowcharts) {
    const yaml_node nodes = f.node.find("nodes");
    for (std::size_t i = 0; f.sound && i < f.value.nodes.size(); ++i) {
      const node& n = f.value.nodes[i];
      const yaml_node listed = nodes.element(i).find("supervision_points");
      for (std::size_t k = 0; k < n.supervision_points.size(); ++k) {
        const std::string& point = n.supervision_points[k];
        if (asked.contains(point)) continue;
        found_.add(at(with_hint(make_error(errc::unknown_reference,
                                           "no rule asks for the supervision point '{1}' of step "
                                           "'{0}': expected a rule, a dimension of rules, or a "
                                           "word that a rule on step.supervision_points names",
                                           "环节“{0}”的监察点“{1}”没有规则监察:应为规则编号、规则"
                                           "的维度,或读取 环节.监察点 的规则所写的词",
                                           n.id.text(), point),
                                asked.nearest(point)),
                      where(listed.element(k), f.node)));
      }
    }
  }
}

} // namespace banli::detail
