// deemed_overdue.hpp — the four situations in which a case counts as overdue although it is in
// time.
//
//   refused_without_reason   an application was refused without proper reason
//   no_reply                 nobody answered the applicant within the time for it
//   late_extension           an extension was asked for after the limit had run out
//   not_delivered            decided in time, but not delivered within the limit
//
//   auto found = deemed_overdue_at(definition, state, calendar, now);
//   (*found)[0].why;       // no_reply
//   (*found)[0].since;     // the first instant at which it was so
//
// Whether a reason is proper is for people to say: a refusal counts when the office's own fault was
// attributed to it (attribute_fault, own). Whether the fault is the office's own is asked of every
// overdue case: overtime is what the unit itself is to blame for.
//
// The hard case is the answered application: it was answered too late or in time for ever, and time
// no longer moves it; one that waits becomes overdue by time alone.
//
// Source: 限时办结制度 (requirements H14, H15).
#pragma once

#include <optional>
#include <vector>

#include <banli/engine/case_clocks.hpp>

namespace banli {

enum class deemed_reason : std::uint8_t {
  refused_without_reason,
  no_reply,
  late_extension,
  not_delivered,
};

std::string_view to_string(deemed_reason r);
std::string_view label(deemed_reason r);

struct deemed_overdue {
  deemed_reason why{};
  instant since{};

  friend bool operator==(const deemed_overdue&, const deemed_overdue&) = default;
};

/// The situations a case is in at an instant, in the order above. Errors: those of due_date().
result<std::vector<deemed_overdue>> deemed_overdue_at(const case_definition& definition,
                                                      const case_state& state,
                                                      const workday_calendar& calendar,
                                                      instant now);

/// Whose fault it is that a case is overdue: true where the unit's own, false where somebody
/// else's, nothing where nobody has said.
std::optional<bool> own_fault(const case_state& state);

/// The first instant after `now` at which time alone would add a situation; nothing if it cannot.
std::optional<instant> deemed_overdue_from(const case_definition& definition,
                                           const case_state& state,
                                           const workday_calendar& calendar, instant now);

} // namespace banli
