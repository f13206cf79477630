#include <banli/engine/case_clocks.hpp>

namespace banli {

namespace {

result<running_limit> start_clock(running_limit l, const workday_calendar& calendar) {
  auto due = due_date(calendar, *l.hours, l.limit, l.start, l.excluded, l.extended, l.rules);
  if (!due) return due.error();
  l.result = *due;
  return l;
}

} // namespace

result<case_clocks> clocks(const case_definition& definition, const case_state& state,
                           const workday_calendar& calendar) {
  if (!state.was_accepted())
    return make_error(errc::not_accepted, "case {} has not been accepted: no clock runs",
                      "办件 {} 未受理,不计时限", state.id.text());
  const auto whole = [&](const time_limit& limit) {
    return start_clock({limit,
                        state.start,
                        state.excluded,
                        state.extended,
                        definition.item.counting,
                        {},
                        definition.hours},
                       calendar);
  };
  case_clocks out;
  auto promised = whole(definition.item.promised);
  if (!promised) return promised.error();
  out.promised = *std::move(promised);
  if (definition.item.statutory) {
    auto statutory = whole(*definition.item.statutory);
    if (!statutory) return statutory.error();
    out.statutory = *std::move(statutory);
  }
  for (std::size_t turn = 0; turn < state.steps.size(); ++turn) {
    const step_record& r = state.steps[turn];
    const node& n = definition.net.at(r.step);
    if (!n.limit || !n.excluded.empty()) continue;
    auto limit = start_clock(
        {*n.limit, r.since, state.excluded, {}, definition.item.counting, {}, definition.hours},
        calendar);
    if (!limit) return limit.error();
    out.steps.push_back({turn, *std::move(limit)});
  }
  return out;
}

result<usage> used(const running_limit& l, const workday_calendar& calendar, instant now) {
  return usage_at(now, calendar, *l.hours, l.limit, l.start, l.excluded, l.extended, l.rules);
}

result<timeliness> judge(const case_definition& definition, const case_state& state,
                         const workday_calendar& calendar, instant now) {
  const auto k = clocks(definition, state, calendar);
  if (!k) return k.error();
  const deadline& promised = k->promised.result;
  if (!state.ended) return in_time(promised, now) ? timeliness::open : timeliness::open_overdue;
  if (!in_time(promised, *state.ended)) return timeliness::overdue;
  const auto u = used(k->promised, calendar, *state.ended);
  if (!u) return u.error();
  return u->remaining > 0 ? timeliness::early : timeliness::on_time;
}

} // namespace banli
