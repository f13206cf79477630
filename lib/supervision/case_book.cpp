#include "case_book.hpp"

#include "profile_book.hpp"

namespace banli::detail {

std::optional<std::uint32_t> case_book::find(std::string_view id) const {
  const auto known = numbers_.find(id);
  return known == numbers_.end() ? std::nullopt : std::optional{*known};
}

std::optional<std::uint32_t> case_book::number_for(std::string_view id, std::uint32_t limit) {
  if (const auto known = find(id)) return known;
  if (cases_.size() >= limit) return std::nullopt;
  const auto number = static_cast<std::uint32_t>(cases_.size());
  cases_.push_back({ids_.keep(id)});
  numbers_.insert(number);
  return number;
}

void case_book::move(std::uint32_t number, std::uint32_t to, profile_book& profiles) {
  entry& e = cases_[number];
  if (e.profile == to) return;
  if (e.profile != no_profile) {
    profile& from = profiles[e.profile];
    (e.before == none ? from.first_member : cases_[e.before].after) = e.after;
    if (e.after != none) cases_[e.after].before = e.before;
    if (from.first_member == none) profiles.drop(e.profile);
  }
  profile& p = profiles[to];
  e.profile = to;
  e.before = none;
  e.after = p.first_member;
  if (e.after != none) cases_[e.after].before = number;
  p.first_member = number;
}

void case_book::members(const profile& p, std::vector<std::uint32_t>& out) const {
  for (std::uint32_t c = p.first_member; c != none; c = cases_[c].after) out.push_back(c);
}

void case_book::add(std::uint32_t number, const case_hit& h) {
  std::uint32_t at = free_;
  if (at == none) {
    at = static_cast<std::uint32_t>(pool_.size());
    pool_.push_back({});
  } else {
    free_ = pool_[at].next;
  }
  pool_[at] = h;
  pool_[at].next = cases_[number].hits;
  cases_[number].hits = at;
  ++count_;
}

bool case_book::mute(std::uint32_t number, subject of, instant raised) {
  bool did = false;
  change_each(number, [&](case_hit& h) {
    if (h.open == 0 || h.of != of || h.raised != raised) return;
    h.open = 0;
    did = true;
  });
  return did;
}

std::size_t case_book::bytes() const {
  // A slot of the table is a number and a byte, and every fifteenth has one more.
  return cases_.bytes() + ids_.bytes() + pool_.bytes() +
         numbers_.bucket_count() * (sizeof(std::uint32_t) + 1) + numbers_.bucket_count() / 15;
}

} // namespace banli::detail
