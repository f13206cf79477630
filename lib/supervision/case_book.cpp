#include "case_book.hpp"

#include <functional>

#include "profile_book.hpp"

namespace banli::detail {

std::string_view case_book::id_of(std::uint32_t number) const {
  const std::uint64_t from = cases_[number].id;
  const std::uint64_t end = number + 1 < cases_.size() ? cases_[number + 1].id : ids_.size();
  return std::string_view{ids_}.substr(from, end - from);
}

/// Where an id stands in the table, or would.
std::size_t case_book::slot_of(std::string_view id) const {
  std::size_t at = std::hash<std::string_view>{}(id) & (table_.size() - 1);
  while (table_[at] != none && id_of(table_[at]) != id) at = (at + 1) & (table_.size() - 1);
  return at;
}

std::optional<std::uint32_t> case_book::find(std::string_view id) const {
  if (table_.empty()) return std::nullopt;
  const std::uint32_t n = table_[slot_of(id)];
  return n == none ? std::nullopt : std::optional{n};
}

std::optional<std::uint32_t> case_book::number_for(std::string_view id, std::uint32_t limit) {
  if (const auto known = find(id)) return known;
  if (cases_.size() >= limit) return std::nullopt;
  if (table_.size() * 3 <= (cases_.size() + 1) * 4) grow();
  const auto number = static_cast<std::uint32_t>(cases_.size());
  table_[slot_of(id)] = number;
  cases_.push_back({ids_.size()});
  ids_ += id;
  return number;
}

void case_book::grow() {
  table_.assign(std::max<std::size_t>(64, table_.size() * 2), none);
  for (std::uint32_t n = 0; n < cases_.size(); ++n) table_[slot_of(id_of(n))] = n;
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
    pool_.emplace_back();
  } else {
    free_ = pool_[at].next;
  }
  pool_[at] = {h, cases_[number].hits};
  cases_[number].hits = at;
  ++count_;
}

bool case_book::mute(std::uint32_t number, const about& of, instant raised) {
  bool did = false;
  change_each(number, [&](case_hit& h) {
    if (!h.open || h.of != of || h.raised != raised) return;
    h.open = false;
    did = true;
  });
  return did;
}

std::size_t case_book::bytes() const {
  return cases_.capacity() * sizeof(entry) + ids_.capacity() +
         table_.capacity() * sizeof(std::uint32_t) + pool_.capacity() * sizeof(link);
}

} // namespace banli::detail
