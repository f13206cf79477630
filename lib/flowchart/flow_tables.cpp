#include "flowchart/flow_tables.hpp"

namespace banli::detail {

place_index flow_tables::pass(marking& m, std::uint32_t arrow) const {
  marking received; // whatever a place gets in this move, even if a join takes it at once
  std::vector<std::uint32_t> walking{arrow};
  std::vector<std::uint32_t> joins;
  for (std::size_t i = 0; i < walking.size(); ++i) {
    const std::uint32_t a = walking[i];
    if (clash[a] != none) return clash[a];
    joins.clear();
    for (const place_index p : landing[a]) {
      if (m.has(p) || received.has(p)) return p;
      m.put(p);
      received.put(p);
      if (places[p].arrow != none) joins.push_back(places[p].node);
    }
    for (const std::uint32_t join : joins) {
      bool full = true;
      for (const std::uint32_t into : in[join]) full = full && m.has(place_of_arrow[into]);
      if (!full) continue;
      for (const std::uint32_t into : in[join]) m.remove(place_of_arrow[into]);
      walking.push_back(number(out(join).front()));
    }
  }
  return none;
}

place_index flow_tables::move(marking& m, std::uint32_t arrow) const {
  m.remove(place_of_node[from[arrow]]);
  // Nearly every move ends in one place that is no join's.
  const auto to_places = landing[arrow];
  if (to_places.size() == 1 && places[to_places[0]].arrow == none && clash[arrow] == none) {
    if (m.has(to_places[0])) return to_places[0];
    m.put(to_places[0]);
    return none;
  }
  return pass(m, arrow);
}

} // namespace banli::detail
