// The decision tables of a configuration: compiled with the facts of a case as their host.
#include <set>

#include <banli/engine/case_facts.hpp>

#include "document/assembly.hpp"
#include "document/table_places.hpp"

namespace banli::detail {

void assembly::tables(configuration& c) {
  if (set_.tables.empty()) return;
  const environment env = fact_environment();
  std::set<table_id> ids;
  for (located<decision_table>& d : set_.tables) {
    if (!d.value.id.empty() && !ids.insert(d.value.id).second)
      found_.add(at(make_error(errc::duplicate_id, "there are two decision tables '{}'",
                               "决策表编号“{}”重复", d.value.id.text()),
                    d.node.where()));
    if (!d.sound) continue;
    put_places(d.value, d.node, [&](yaml_node n) { return places_.stand_in(n); });
    problems wrong = compile_table(d.value, env).problems;
    places_.settle(wrong);
    const bool good = wrong.empty();
    found_.add(std::move(wrong));
    if (!good) continue;
    // Compiled once more with places that mean something to whoever reads the table later.
    put_places(d.value, d.node, [](yaml_node n) { return n.where(); });
    c.tables.push_back(*compile_table(d.value, env).table);
  }
}

} // namespace banli::detail
