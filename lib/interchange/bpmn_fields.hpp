// bpmn_fields.hpp — what BPMN has no word for, as elements of our namespace: written and read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <banli/flowchart/flowchart.hpp>

#include "interchange/bpmn_graph.hpp"
#include "interchange/xml_writer.hpp"

namespace banli::detail {

/// The post, limit and other single values of a node, as attributes of the element just opened.
void write_bpmn_values(xml_writer& x, const node& n);
/// Its documents, persons, risks, forms and other lists, as elements within.
void write_bpmn_lists(xml_writer& x, const node& n);

/// The forms and separations of a chart, as elements.
void write_bpmn_forms(xml_writer& x, const flowchart& chart);

/// Why XML cannot hold a chart: a text that is no UTF-8 or has a character XML does not allow, a
/// limit that is none.
std::optional<error> refuse_bpmn(const flowchart& chart);

/// Our element within the extensionElements of another; none where there is none.
std::uint32_t own_part(const bpmn_tree& tree, std::uint32_t e, std::string_view name);

/// Reads the elements that the above write; what cannot be read is told.
class own_fields {
 public:
  explicit own_fields(bpmn_reading& r) : r_(r), t_(r.tree) {}

  /// Kind, values and lists of a node.
  void read_node(std::uint32_t mark, node& n) const;

  void read_forms(std::uint32_t mark, flowchart& chart) const;

  /// A whole number, where there is one.
  std::optional<int> number(std::uint32_t e, const char* attribute) const;

 private:
  bool own(std::uint32_t e, std::string_view name) const {
    return t_[e].space == xml_space::own && t_[e].name == name;
  }
  bool is_true(std::uint32_t e, const char* attribute) const {
    return t_.attribute(e, attribute) == "true";
  }
  risk_point read_risk(std::uint32_t e) const;
  void read_assignee(std::uint32_t e, assignee_rule& into) const;
  form_use read_use(std::uint32_t e) const;
  form read_form(std::uint32_t e) const;
  form_field read_field(std::uint32_t e) const;
  separation read_separation(std::uint32_t e) const;
  void bad(std::uint32_t e, std::string_view attribute, std::string_view value) const;

  bpmn_reading& r_;
  const bpmn_tree& t_;
};

} // namespace banli::detail
