#include "watched_rules.hpp"

#include <algorithm>
#include <numeric>

#include <banli/engine/case_facts.hpp>

namespace banli::detail {

void watched_rules::add(const rule_set& rules) {
  const auto first = static_cast<std::uint32_t>(all_.size());
  if (rules.flow() != nullptr) flow_ = *rules.flow();
  if (const problems found = rules.foreign_to(fact_environment()); !found.empty() && !foreign_)
    foreign_ = found.front();
  all_.insert(all_.end(), rules.rules().begin(), rules.rules().end());
  kept_down_.resize(all_.size());
  in_family_.resize(all_.size());
  for (std::uint32_t r = first; r < all_.size(); ++r) {
    const rule& of = all_[r].definition();
    auto& list = of.scope == rule_scope::each_case ? case_rules_ : step_rules_;
    place_.push_back(static_cast<std::uint32_t>(list.size()));
    list.push_back(r);
    for (const rule_id& quieter : of.supersedes)
      for (std::uint32_t q = first; q < all_.size(); ++q) {
        if (all_[q].id() != quieter) continue;
        kept_down_[q].push_back(r);
        in_family_[q] = in_family_[r] = 1;
      }
  }
}

void watched_rules::rank() {
  std::vector<std::uint32_t> order(all_.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return all_[a].definition().level > all_[b].definition().level;
  });
  rank_.resize(all_.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) rank_[order[i]] = i;
}

bool watched_rules::louder(subject a, subject b) const {
  const about x = about_of(a);
  const about y = about_of(b);
  return x.rule != y.rule ? rank_[x.rule] < rank_[y.rule] : x.turn < y.turn;
}

bool watched_rules::supersedes(subject louder, subject quieter) const {
  const about l = about_of(louder);
  const about q = about_of(quieter);
  const auto& by = kept_down_[q.rule];
  if (std::find(by.begin(), by.end(), l.rule) == by.end()) return false;
  return l.turn == about::no_turn || q.turn == about::no_turn || l.turn == q.turn;
}

} // namespace banli::detail
