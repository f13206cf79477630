#include <banli/engine/deemed_overdue.hpp>

#include <algorithm>
#include <array>

namespace banli {

namespace {

constexpr auto deemed_names = std::to_array<std::string_view>(
    {"refused_without_reason", "no_reply", "late_extension", "not_delivered"});
constexpr auto deemed_labels = std::to_array<std::string_view>(
    {"无正当理由不予受理", "不按规定答复", "逾期申请延期", "未在期限内送达"});

/// An obligation that time alone breaks: since when it is broken, if it is, or will be.
struct obligation {
  deemed_reason why{};
  instant due{};                 ///< the first instant that is too late
  std::optional<instant> done{}; ///< when it was met
};

/// Those of a case that have a due date, kept or not.
result<std::vector<obligation>> obligations(const case_definition& d, const case_state& s,
                                            const workday_calendar& calendar) {
  std::vector<obligation> out;
  const auto replies = reply_clocks(d, s, calendar);
  if (!replies) return replies.error();
  for (std::size_t i = 0; i < replies->size(); ++i)
    if (const auto due = (*replies)[i].result.due_at)
      out.push_back({deemed_reason::no_reply, *due, s.replies[i].answered});
  const bool waits = s.phase == case_phase::decided || s.phase == case_phase::delivered;
  if (!s.decided || !waits) return out;
  const auto k = clocks(d, s, calendar);
  if (!k) return k.error();
  if (const deadline& promised = k->promised.result; in_time(promised, *s.decided))
    if (promised.due_at) out.push_back({deemed_reason::not_delivered, *promised.due_at, s.ended});
  return out;
}

} // namespace

std::string_view to_string(deemed_reason r) { return deemed_names[static_cast<std::size_t>(r)]; }
std::string_view label(deemed_reason r) { return deemed_labels[static_cast<std::size_t>(r)]; }

std::optional<bool> own_fault(const case_state& state) {
  if (state.fault.empty()) return std::nullopt;
  return state.fault == "own";
}

result<std::vector<deemed_overdue>> deemed_overdue_at(const case_definition& definition,
                                                      const case_state& state,
                                                      const workday_calendar& calendar,
                                                      instant now) {
  std::vector<deemed_overdue> out;
  if (state.phase == case_phase::refused &&
      (state.decision_reason.empty() || own_fault(state) == true))
    out.push_back({deemed_reason::refused_without_reason, state.accepted});
  for (const extension_request& r : state.requests)
    if (r.late) out.push_back({deemed_reason::late_extension, r.asked});
  const auto owed = obligations(definition, state, calendar);
  if (!owed) return owed.error();
  for (const obligation& o : *owed)
    if (o.done.value_or(now) >= o.due) out.push_back({o.why, o.due});
  std::ranges::stable_sort(out, {}, &deemed_overdue::why);
  return out;
}

std::optional<instant> deemed_overdue_from(const case_definition& definition,
                                           const case_state& state,
                                           const workday_calendar& calendar, instant now) {
  const auto owed = obligations(definition, state, calendar);
  std::optional<instant> next;
  if (!owed) return next;
  for (const obligation& o : *owed)
    if (!o.done && o.due > now) next = next ? std::min(*next, o.due) : o.due;
  return next;
}

} // namespace banli
