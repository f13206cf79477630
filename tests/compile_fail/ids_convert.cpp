// The code of an item does not pass for the name of a step.
#include <banli/base/id.hpp>

bool known(const banli::node_id& step);

bool asked(const banli::item_id& item, const banli::node_id& step) {
#ifdef MUST_NOT_COMPILE
  return known(item) && !step.empty();
#else
  return known(step) && !item.empty();
#endif
}
