// table_places.hpp — where the cells of a decision table stand in the document it was read from.
#pragma once

#include <banli/rules/decision_table.hpp>

#include "document/yaml_reader.hpp"

namespace banli::detail {

/// Puts places into a table; `stand` says where a text begins that does not stand in the file as it
/// is.
template <class Stand>
void put_places(decision_table& t, yaml_node root, Stand stand) {
  const auto put = [&](table_cell& c, yaml_node n) {
    if (n) c.where = n.straight() ? n.where() : stand(n);
  };
  t.where = root.where();
  const yaml_node inputs = root.find("inputs");
  for (std::size_t i = 0; i < t.inputs.size(); ++i) {
    t.inputs[i].where = inputs.element(i).find("name").where();
    put(t.inputs[i].expression, inputs.element(i).find("expression"));
    put(t.inputs[i].values, inputs.element(i).find("values"));
  }
  const yaml_node outputs = root.find("outputs");
  for (std::size_t i = 0; i < t.outputs.size(); ++i) {
    t.outputs[i].where = outputs.element(i).find("name").where();
    put(t.outputs[i].values, outputs.element(i).find("values"));
    put(t.outputs[i].default_value, outputs.element(i).find("default"));
  }
  yaml_node rule = root.find("rules").first();
  for (table_rule& r : t.rules) {
    r.where = rule.where();
    yaml_node n = rule.find("when").first();
    for (table_cell& c : r.when) {
      put(c, n);
      n = n.next();
    }
    n = rule.find("then").first();
    for (table_cell& c : r.then) {
      put(c, n);
      n = n.next();
    }
    rule = rule.next();
  }
}

} // namespace banli::detail
