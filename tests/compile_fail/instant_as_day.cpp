// An instant is not silently cut down to its day: day_of() says so.
#include <banli/time/civil.hpp>

banli::day received(banli::instant when) {
#ifdef MUST_NOT_COMPILE
  return when;
#else
  return banli::day_of(when);
#endif
}
