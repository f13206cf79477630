// Values by themselves: how a map finds its keys (a property against looking at every entry), and
// how texts begin.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <banli/expression/text_head.hpp>
#include <banli/expression/value.hpp>

using namespace banli;

namespace {

/// Texts that have much in common, of lengths on both sides of what a head holds; bytes of every
/// kind, the smallest and the largest among them.
std::string similar_text() {
  static const std::string common[] = {"",     std::string(1, '\0'), "a",
                                       "办件", "amount_of_the_fee",  std::string(16, '\xFF')};
  std::string s = common[*rc::gen::inRange(0, 6)];
  s.resize(std::min<std::size_t>(s.size(), *rc::gen::inRange<std::size_t>(0, 18)));
  for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
    s += std::string("\0ab\xFF", 4)[*rc::gen::inRange<std::size_t>(0, 4)];
  return s;
}

value any_key() {
  switch (*rc::gen::inRange(0, 8)) {
  case 0: return *rc::gen::inRange(-2, 3);
  case 1: return *rc::gen::inRange(0U, 3U);
  case 2: return *rc::gen::inRange(0, 2) == 0;
  default: return similar_text();
  }
}

/// By looking at every entry.
const value* found_naively(const value& map, const value& key) {
  const auto at =
      std::ranges::find_if(*map.as_map(), [&](const auto& e) { return e.first == key; });
  return at == map.as_map()->end() ? nullptr : &at->second;
}

} // namespace

TEST_CASE("a map finds what looking at every entry finds, whatever its keys and their order") {
  int hits = 0;
  int at_rank = 0;
  CHECK(rc::check([&] {
    value::entries all;
    for (int n = *rc::gen::inRange(0, 12); n > 0; --n) all.emplace_back(any_key(), n);
    std::vector<value> asked{similar_text(), any_key()};
    for (const auto& [key, held] : all) asked.push_back(key);
    const value map = value::map(all);
    for (const value& key : asked) {
      const value* expected = found_naively(map, key);
      RC_ASSERT(map.find(key) == expected);
      hits += expected ? 1 : 0;
      const std::string* text = key.as_string();
      if (!text) continue;
      RC_ASSERT(map.find(std::string_view(*text)) == expected);
      const text_head head = text_head::of(*text);
      if (!head.is_whole()) continue;
      bool there = false;
      for (std::size_t rank = 0; rank < all.size() + 2; ++rank) {
        const value* at = map.find_at(rank, head);
        there = there || (at && at == expected);
        if (at) RC_ASSERT(*at == *expected);
      }
      RC_ASSERT(there == (expected != nullptr));
      at_rank += there ? 1 : 0;
    }
  }));
  CHECK(hits > 100);
  CHECK(at_rank > 100);
}

TEST_CASE("heads of texts stand in the order of the texts, and whole ones are equal as these are") {
  CHECK(rc::check([&] {
    const std::string a = similar_text();
    const std::string b = similar_text();
    const text_head x = text_head::of(a);
    const text_head y = text_head::of(b);
    RC_ASSERT(x.is_whole() == (a.size() <= text_head::reach));
    if (x < y) RC_ASSERT(a < b);
    if (x.is_whole() || y.is_whole()) RC_ASSERT((x == y) == (a == b));
    RC_ASSERT(x < text_head());
  }));
  CHECK_FALSE(text_head().is_whole());
}
