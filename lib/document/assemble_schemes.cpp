// The scoring schemes of a configuration.
#include <set>

#include "document/assembly.hpp"
#include "document/scheme_places.hpp"

namespace banli::detail {

void assembly::schemes(configuration& c) {
  std::set<std::string> ids;
  for (located<scoring_scheme>& d : set_.schemes) {
    if (!d.value.id.empty() && !ids.insert(d.value.id).second)
      found_.add(at(make_error(errc::duplicate_id, "there are two scoring schemes '{}'",
                               "考核办法编号“{}”重复", d.value.id),
                    d.node.where()));
    if (!d.sound) continue;
    put_places(d.value, d.node, [&](yaml_node n) { return places_.stand_in(n); });
    problems wrong = compile_scheme(d.value).problems;
    places_.settle(wrong);
    const bool good = wrong.empty();
    found_.add(std::move(wrong));
    if (!good) continue;
    // Compiled once more with places that mean something to whoever reads the scheme later.
    put_places(d.value, d.node, [](yaml_node n) { return n.where(); });
    c.schemes.push_back(*compile_scheme(d.value).scheme);
  }
}

} // namespace banli::detail
