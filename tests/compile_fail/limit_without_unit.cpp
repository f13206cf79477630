// A time limit is a count and a unit; a bare number is none.
#include <banli/deadline/time_limit.hpp>

bool promised(banli::time_limit limit);

bool asked() {
#ifdef MUST_NOT_COMPILE
  return promised(20);
#else
  return promised({20, banli::limit_unit::workday});
#endif
}
