// scheme_places.hpp — where the parts of a scoring scheme stand in the document they were read
// from.
#pragma once

#include <banli/assessment/scoring_scheme.hpp>

#include "document/yaml_reader.hpp"

namespace banli::detail {

/// Puts places into a scheme; `stand` says where a text begins that does not stand in the file as
/// it is.
template <class Stand>
void put_places(scoring_scheme& s, yaml_node root, Stand stand) {
  const auto put = [&](rule_expression& e, yaml_node n) {
    if (!n) return;
    const int block = n.block_column();
    e.where = n.straight() || block > 0 ? n.where() : stand(n);
    e.continuation_column = block > 0 ? block : 1;
  };
  s.where = root.where();
  const auto each = [&](const char* key, auto& list, auto expressions) {
    yaml_node n = root.find(key).first();
    for (auto& x : list) {
      x.where = n.where();
      expressions(x, n);
      n = n.next();
    }
  };
  each("indicators", s.indicators, [&](score_indicator& x, yaml_node n) {
    put(x.value, n.find("value"));
    put(x.factor, n.find("factor"));
  });
  each("adjustments", s.adjustments, [&](score_adjustment& x, yaml_node n) {
    put(x.value, n.find("value"));
    put(x.when, n.find("when"));
  });
  each("vetoes", s.vetoes, [&](score_veto& x, yaml_node n) { put(x.when, n.find("when")); });
  each("consequences", s.consequences, [](score_consequence&, yaml_node) {});
}

} // namespace banli::detail
