// Two lists of hits, compared.
#include <banli/supervision/rule_trial.hpp>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace banli {

namespace {

auto key_of(const hit& h) { return std::tie(h.raised, h.id, h.rule, h.step); }

void put_in_order(std::vector<hit>& hits) {
  std::stable_sort(hits.begin(), hits.end(),
                   [](const hit& a, const hit& b) { return key_of(a) < key_of(b); });
}

} // namespace

void hit_difference::add(hit_difference other) {
  const auto join = [](auto& into, auto& from, auto before) {
    const auto middle = static_cast<std::ptrdiff_t>(into.size());
    into.insert(into.end(), std::make_move_iterator(from.begin()),
                std::make_move_iterator(from.end()));
    std::inplace_merge(into.begin(), into.begin() + middle, into.end(), before);
  };
  const auto earlier = [](const hit& a, const hit& b) { return key_of(a) < key_of(b); };
  join(only_before, other.only_before, earlier);
  join(only_after, other.only_after, earlier);
  join(changed, other.changed,
       [&](const auto& a, const auto& b) { return earlier(a.first, b.first); });
  same += other.same;
}

hit_difference compare_hits(std::vector<hit> before, std::vector<hit> after) {
  put_in_order(before);
  put_in_order(after);
  hit_difference out;
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() || b != after.end()) {
    if (b == after.end() || (a != before.end() && key_of(*a) < key_of(*b))) {
      out.only_before.push_back(std::move(*a++));
    } else if (a == before.end() || key_of(*b) < key_of(*a)) {
      out.only_after.push_back(std::move(*b++));
    } else {
      if (*a == *b)
        ++out.same;
      else
        out.changed.emplace_back(std::move(*a), std::move(*b));
      ++a;
      ++b;
    }
  }
  return out;
}

} // namespace banli
