// A random case: numbers become commands, most of which the engine grants.
#pragma once

#include <array>

#include "sample.hpp"

namespace sample {

/// Interprets numbers as commands, one after the other, with time passing between them. Refused
/// ones leave no trace; what remains is a legal history.
inline running_case random_case(const std::shared_ptr<const case_definition>& d,
                                const std::vector<std::uint32_t>& numbers) {
  running_case c{d};
  instant now = at("2024-09-02T09:00") + days{numbers.empty() ? 0 : numbers.front() % 300};
  details opening;
  opening.item = d->item.code;
  c.did(to_text(now), "P1", action::accept, opening);
  for (const std::uint32_t n : numbers) {
    now += std::chrono::hours{(n >> 8U) % 60U} + minutes{n % 7U};
    details w = why("理由");
    w.opinion = (n & 1024U) != 0 ? "同意" : "";
    w.facts = {{"area", (n & 512U) != 0 ? "900" : "9"}};
    const auto open = d->net.enabled(c.state.at);
    if (!open.empty()) w.step = d->net.at(open[n % open.size()]).id;
    const char* who = (n & 2048U) != 0 ? "P3" : "P2";
    switch (n % 16U) {
    case 0:
      w.kind = "hearing";
      c.ask(to_text(now), who, action::suspend, w);
      break;
    case 1:
      w.kind = "suspension";
      c.ask(to_text(now), who, action::suspend, w);
      break;
    case 2:
    case 3:
    case 4: c.ask(to_text(now), who, action::resume, w); break;
    case 5: c.ask(to_text(now), who, action::request_supplement, w); break;
    case 6:
    case 7: c.ask(to_text(now), who, action::supplement, w); break;
    case 8:
      w.to_step = node_id{"受理"};
      c.ask(to_text(now), who, action::send_back, w);
      break;
    case 9:
      w.limit = time_limit{5, limit_unit::workday};
      w.authority = "局长";
      c.ask(to_text(now), who, action::extend, w);
      break;
    case 10:
      w.result = case_result::granted;
      c.ask(to_text(now), who, action::decide, w);
      break;
    case 11: c.ask(to_text(now), who, action::deliver, w); break;
    case 12:
      w.to_person = person_id{"P4"};
      c.ask(to_text(now), who, action::hand_over, w);
      break;
    default: c.ask(to_text(now), who, action::complete, w); break;
    }
  }
  return c;
}

} // namespace sample
