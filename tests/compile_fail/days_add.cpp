// Two days do not add up to anything; a day and a number of days do.
#include <banli/time/civil.hpp>

banli::day later(banli::day from, banli::day other, banli::days n) {
#ifdef MUST_NOT_COMPILE
  return from + other;
#else
  return other < from ? from + n : other;
#endif
}
