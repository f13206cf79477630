#include "flowchart/flow_tables.hpp"

#include <algorithm>

namespace banli::detail {
namespace {

/// Which arrows into a join hold a token.
std::vector<bool> arrived(const inclusive_join& join, const marking& m) {
  std::vector<bool> out;
  for (const place_index p : join.arrows) out.push_back(m.has(p));
  return out;
}

} // namespace

std::vector<std::uint32_t> flow_tables::arrows_of(std::uint32_t n, std::uint32_t set) const {
  std::vector<std::uint32_t> arrows;
  for (const arrow_index a : out(n)) {
    if ((set & 1U) != 0) arrows.push_back(number(a));
    set >>= 1U;
  }
  return arrows;
}

mishap flow_tables::walk(marking& m, marking& received, std::vector<std::uint32_t>& walking) const {
  std::vector<std::uint32_t> joins;
  for (std::size_t i = 0; i < walking.size(); ++i) {
    const std::uint32_t a = walking[i];
    if (clash[a] != none) return {clash[a]};
    joins.clear();
    for (const place_index p : landing[a]) {
      if (m.has(p) || received.has(p)) return {p};
      m.put(p);
      received.put(p);
      if (places[p].arrow != none && kind(places[p].node) == node_kind::join)
        joins.push_back(places[p].node);
    }
    for (const std::uint32_t join : joins) {
      bool full = true;
      for (const std::uint32_t into : in[join]) full = full && m.has(place_of_arrow[into]);
      if (!full) continue;
      for (const std::uint32_t into : in[join]) m.remove(place_of_arrow[into]);
      walking.push_back(number(out(join).front()));
    }
  }
  return {};
}

bool flow_tables::opens(const inclusive_join& join, const marking& m) const {
  bool any = false;
  for (const place_index p : join.arrows) any = any || m.has(p);
  if (!any) return false;
  for (std::size_t w = 0; w < m.words(); ++w) {
    std::uint64_t to_empty = 0;
    std::uint64_t to_full = 0;
    for (std::size_t i = 0; i < join.arrows.size(); ++i)
      (m.has(join.arrows[i]) ? to_full : to_empty) |= join.before[i].word(w);
    if ((m.word(w) & to_empty & ~to_full) != 0) return false;
  }
  return true;
}

mishap flow_tables::open(marking& m, marking& received, const inclusive_join& join) const {
  for (const place_index p : join.arrows)
    if (m.has(p)) m.remove(p);
  std::vector<std::uint32_t> walking{number(out(join.node).front())};
  return walk(m, received, walking);
}

mishap flow_tables::open_all(marking& m, marking& received) const {
  for (;;) {
    std::vector<const inclusive_join*> ready;
    for (const inclusive_join& join : inclusive_joins)
      if (opens(join, m)) ready.push_back(&join);
    if (ready.empty()) return {};
    // Whichever opens first, the others must still open, and take what they would have taken.
    for (const inclusive_join* first : ready) {
      if (ready.size() == 1) break;
      marking after = m;
      marking got = received;
      if (const mishap bad = open(after, got, *first)) return bad;
      for (const inclusive_join* other : ready)
        if (other != first &&
            (!opens(*other, after) || arrived(*other, after) != arrived(*other, m)))
          return {other->arrows.front(), errc::join_race};
    }
    if (const mishap bad = open(m, received, *ready.front())) return bad;
  }
}

mishap flow_tables::pass(marking& m, std::span<const std::uint32_t> arrows) const {
  marking received; // whatever a place gets in this move, even if a join takes it at once
  std::vector<std::uint32_t> walking(arrows.begin(), arrows.end());
  if (const mishap bad = walk(m, received, walking)) return bad;
  return inclusive_joins.empty() ? mishap{} : open_all(m, received);
}

mishap flow_tables::settle(marking& m) const {
  marking received;
  for (std::uint32_t n = 0; n < chart.nodes.size(); ++n) {
    const auto holds = [&](std::uint32_t a) { return m.has(place_of_arrow[a]); };
    if (kind(n) != node_kind::join || !std::all_of(in[n].begin(), in[n].end(), holds)) continue;
    for (const std::uint32_t a : in[n]) m.remove(place_of_arrow[a]);
    std::vector<std::uint32_t> walking{number(out(n).front())};
    if (const mishap bad = walk(m, received, walking)) return bad; // later joins open on the way
  }
  return open_all(m, received);
}

mishap flow_tables::rest_at(marking& m, place_index p) {
  if (m.has(p)) return {p};
  m.put(p);
  return {};
}

mishap flow_tables::move(marking& m, std::uint32_t arrow) const {
  // Nearly every move ends in one place, and nearly every join lets its token on to one: lists and
  // a memory of what was filled on the way are for the others.
  const auto to_places = landing[arrow];
  if (to_places.size() != 1 || clash[arrow] != none || !inclusive_joins.empty())
    return move(m, {&arrow, 1});
  const place_index p = to_places[0];
  const place_index left = place_of_node[from[arrow]];
  if (places[p].arrow == none) {
    m.remove(left);
    return rest_at(m, p);
  }
  const auto into = in[places[p].node];
  const auto waits = [&](std::uint32_t a) {
    return place_of_arrow[a] != p && !m.has(place_of_arrow[a]);
  };
  if (std::any_of(into.begin(), into.end(), waits)) {
    m.remove(left);
    return rest_at(m, p);
  }
  const std::uint32_t onward = number(out(places[p].node).front());
  if (m.has(p) || landing[onward].size() != 1 || clash[onward] != none ||
      places[landing[onward][0]].arrow != none)
    return move(m, {&arrow, 1});
  m.remove(left);
  for (const std::uint32_t a : into) m.remove(place_of_arrow[a]);
  return rest_at(m, landing[onward][0]);
}

mishap flow_tables::move(marking& m, std::span<const std::uint32_t> arrows) const {
  m.remove(place_of_node[from[arrows.front()]]);
  return pass(m, arrows);
}

} // namespace banli::detail
