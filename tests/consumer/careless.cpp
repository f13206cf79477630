// A user's own code, which his compiler may think of as he likes.
#include <banli/time/text.hpp>

int shadowed = 0;

int careless(long days) {
  int unused = 0;
  int shadowed = days;
  return shadowed;
}
