#include <array>

#include <banli/supervision/monitor.hpp>

#include "wake.hpp"

namespace banli {

std::string_view to_string(hit_turn t) {
  static constexpr std::array<std::string_view, 5> names{"raised", "cleared", "superseded",
                                                         "answered", "lapsed"};
  return names[static_cast<std::size_t>(t)];
}

void hit_log::add(const hit_change& c, const monitor& of) {
  const key k{c.since, std::string{of.id_of(c.case_number)}, c.rule, c.turn};
  if (c.what == hit_turn::raised && c.grounds) {
    all_.emplace(k, detail::hit_of(*c.grounds, case_id{k.id}, c.at));
    return;
  }
  const auto it = all_.find(k);
  if (it == all_.end()) return;
  hit& h = it->second;
  h.ended = c.at;
  switch (c.what) {
  case hit_turn::raised: break;
  case hit_turn::cleared: h.end = hit_end::cleared; break;
  case hit_turn::superseded: h.end = hit_end::superseded; break;
  case hit_turn::answered: h.end = hit_end::answered; break;
  case hit_turn::lapsed: h.end = hit_end::lapsed; break;
  }
  if (c.by) h.superseded_by = of.rules().rules()[*c.by].id();
  if (c.order) h.order = *c.order;
}

void hit_log::add(std::span<const hit_change> all, const monitor& of) {
  for (const hit_change& c : all) add(c, of);
}

std::vector<hit> hit_log::hits() const {
  std::vector<hit> out;
  out.reserve(all_.size());
  for (const auto& [k, h] : all_) out.push_back(h);
  return out;
}

} // namespace banli
