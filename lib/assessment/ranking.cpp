#include <banli/assessment/ranking.hpp>

#include <algorithm>

namespace banli {

namespace {

/// The value of an indicator of a score, or nullptr.
const decimal* value_of(const score_node& n, const std::string& id) {
  if (n.id == id) return &n.value;
  for (const score_node& p : n.parts)
    if (const decimal* d = value_of(p, id)) return d;
  return nullptr;
}

/// What decides: no veto, the total, the tie breakers.
class merit_order {
 public:
  explicit merit_order(const scoring_scheme& s) : s_(s) {}

  std::strong_ordering compare(const score& a, const score& b) const {
    if (a.vetoes.empty() != b.vetoes.empty())
      return a.vetoes.empty() ? std::strong_ordering::less : std::strong_ordering::greater;
    if (const auto c = b.total <=> a.total; c != 0) return c;
    for (const std::string& id : s_.tie_breakers) {
      const decimal* mine = value_of(a.root, id);
      const decimal* other = value_of(b.root, id);
      if (mine != nullptr && other != nullptr)
        if (const auto c = *other <=> *mine; c != 0) return c;
    }
    return std::strong_ordering::equal;
  }

 private:
  const scoring_scheme& s_;
};

const ranked* place_in(const ranking& r, const std::string& subject) {
  const auto it = std::ranges::find(r.places, subject, &ranked::subject);
  return it == r.places.end() ? nullptr : &*it;
}

bool meets(const score_consequence& c, const ranked& r) {
  if (c.first > 0) return r.before < static_cast<std::size_t>(c.first) && r.behind > 0;
  return r.behind < static_cast<std::size_t>(c.last) && r.before > 0;
}

} // namespace

ranking rank(const compiled_scheme& scheme, std::span<const score> scores) {
  const merit_order order{scheme.definition()};
  std::vector<const score*> sorted;
  for (const score& s : scores) sorted.push_back(&s);
  std::ranges::sort(sorted, [&](const score* a, const score* b) {
    const auto c = order.compare(*a, *b);
    return c != 0 ? c < 0 : a->subject < b->subject;
  });
  ranking out;
  if (!sorted.empty()) {
    out.from = sorted.front()->from;
    out.until = sorted.front()->until;
  }
  std::size_t steps = 0;
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t after = first + 1;
    while (after < sorted.size() && order.compare(*sorted[first], *sorted[after]) == 0) ++after;
    ++steps;
    for (std::size_t i = first; i < after; ++i)
      out.places.push_back(
          {sorted[i]->subject, scheme.definition().ties == tie_rule::shared ? first + 1 : steps,
           sorted[i]->total, !sorted[i]->vetoes.empty(), first, sorted.size() - after});
    first = after;
  }
  return out;
}

std::vector<consequence_met> consequences(const compiled_scheme& scheme,
                                          std::span<const ranking> rankings) {
  std::vector<consequence_met> out;
  if (rankings.empty()) return out;
  for (const score_consequence& c : scheme.definition().consequences) {
    const auto running = static_cast<std::size_t>(c.running);
    if (rankings.size() < running) continue;
    const auto last = rankings.last(running);
    bool gap = false;
    for (std::size_t i = 1; i < last.size(); ++i) gap = gap || last[i].from != last[i - 1].until;
    if (gap) continue;
    for (const ranked& now : rankings.back().places) {
      consequence_met met{c.id, c.name, now.subject, {}};
      for (const ranking& r : last)
        if (const ranked* p = place_in(r, now.subject); p != nullptr && meets(c, *p))
          met.ranks.push_back(p->rank);
      if (met.ranks.size() == running) out.push_back(std::move(met));
    }
  }
  return out;
}

} // namespace banli
