#include <array>

#include <banli/supervision/monitor.hpp>

#include "said_once.hpp"
#include "wake.hpp"

namespace banli {

std::string_view to_string(hit_turn t) {
  static constexpr std::array<std::string_view, 5> names{"raised", "cleared", "superseded",
                                                         "answered", "lapsed"};
  return names[static_cast<std::size_t>(t)];
}

void hit_log::add(std::span<const hit_change> all, const monitor& of) {
  detail::said_once said;
  for (const hit_change& c : all) {
    const key k{c.since, std::string{of.id_of(c.case_number)}, c.rule, c.turn};
    if (c.found_in != nullptr) {
      const detail::about what{c.rule, c.turn.value_or(detail::about::no_turn)};
      const auto& g = said.of(c.found_in.get(), what, c.at, [&] { return *of.grounds(c); });
      all_.emplace(k, detail::hit_of(g, case_id{k.id}, c.at));
      continue;
    }
    const auto it = all_.find(k);
    if (it == all_.end()) continue;
    hit& h = it->second;
    h.ended = c.at;
    h.end = detail::end_of(c.what);
    if (c.what == hit_turn::superseded) h.superseded_by = of.rules().rules()[*c.by].id();
    if (c.what == hit_turn::answered) h.order = of.order(*c.by);
  }
}

std::vector<hit> hit_log::hits() const {
  std::vector<hit> out;
  out.reserve(all_.size());
  for (const auto& [k, h] : all_) out.push_back(h);
  return out;
}

} // namespace banli
