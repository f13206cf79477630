#include "weight.hpp"

namespace banli::detail::cel {

std::uint64_t weight(const value& v) {
  if (const auto* s = v.as_string()) return s->size() / 16;
  if (const auto* b = v.as_bytes()) return b->size() / 16;
  if (const auto* l = v.as_list()) return l->size();
  if (const auto* m = v.as_map()) return m->size();
  return 0;
}

std::uint64_t deep_weight(const value& v) {
  std::uint64_t sum = weight(v);
  if (const auto* l = v.as_list())
    for (const value& e : *l) sum += deep_weight(e);
  if (const auto* m = v.as_map())
    for (const auto& [key, mapped] : *m) sum += deep_weight(mapped);
  return sum;
}

std::size_t size_of_result(const value& v) {
  if (const auto* s = v.as_string()) return s->size();
  if (const auto* b = v.as_bytes()) return b->size();
  return v.as_list() ? v.as_list()->size() : 0;
}

} // namespace banli::detail::cel
