#include <banli/engine/case_clocks.hpp>

namespace banli {

namespace {

result<running_limit> start_clock(running_limit l, const workday_calendar& calendar) {
  auto due = due_date(calendar, *l.hours, l.limit, l.start, l.excluded, l.extended, l.rules);
  if (!due) return due.error();
  l.result = *due;
  return l;
}

/// Makes the clocks that hang on records of the state.
class clock_maker {
 public:
  clock_maker(const case_definition& d, const case_state& s, const workday_calendar& calendar,
              case_clocks& out)
      : d_(d), s_(s), calendar_(calendar), out_(out) {}

  std::optional<error> steps() {
    for (std::size_t turn = 0; turn < s_.steps.size(); ++turn)
      if (limit_of(turn))
        if (auto wrong = add(out_.steps, turn, *limit_of(turn), s_.steps[turn].since)) return wrong;
    return std::nullopt;
  }

  std::optional<error> hand_overs() {
    for (std::size_t i = 0; i < s_.handed.size(); ++i)
      if (const auto limit = limit_of(s_.handed[i].turn))
        if (auto wrong = add(out_.hand_overs, i, *limit, s_.handed[i].at)) return wrong;
    return std::nullopt;
  }

  std::optional<error> reports() {
    for (std::size_t i = 0; i < s_.reports.size(); ++i)
      if (s_.reports[i].limit)
        if (auto wrong = add(out_.reports, i, *s_.reports[i].limit, s_.reports[i].since))
          return wrong;
    return std::nullopt;
  }

  std::optional<error> changes() {
    const renewal_rules rules = d_.item.renewal.value_or(renewal_rules{});
    for (std::size_t i = 0; i < s_.changes.size(); ++i)
      if (s_.changes[i].kind == "renewal")
        if (auto wrong = add(out_.changes, i, rules.answer_in, s_.changes[i].asked)) return wrong;
    return std::nullopt;
  }

 private:
  std::optional<time_limit> limit_of(std::size_t turn) const {
    const node& n = d_.net.at(s_.steps[turn].step);
    return n.excluded.empty() ? n.limit : std::nullopt;
  }

  template <class Clock>
  std::optional<error> add(std::vector<Clock>& into, std::size_t position, const time_limit& limit,
                           instant since) {
    auto l =
        start_clock({limit, since, s_.excluded, {}, d_.item.counting, {}, d_.hours}, calendar_);
    if (!l) return l.error();
    into.push_back({position, *std::move(l)});
    return std::nullopt;
  }

  const case_definition& d_;
  const case_state& s_;
  const workday_calendar& calendar_;
  case_clocks& out_;
};

} // namespace

std::optional<instant> renewed_by_silence(const service_item& item, const case_state& state) {
  if (item.type != "XK" || !item.renewal.value_or(renewal_rules{}).silence_grants) return {};
  if (state.changes.empty() || !state.valid_until) return {};
  const change_request& last = state.changes.back();
  if (last.kind != "renewal" || last.late || last.answered) return {};
  return end_of(*state.valid_until);
}

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
  clock_maker make{definition, state, calendar, out};
  for (auto add : {&clock_maker::steps, &clock_maker::hand_overs, &clock_maker::reports,
                   &clock_maker::changes})
    if (auto wrong = (make.*add)()) return *wrong;
  return out;
}

result<std::vector<running_limit>> reply_clocks(const case_definition& definition,
                                                const case_state& state,
                                                const workday_calendar& calendar) {
  std::vector<running_limit> out;
  for (const reply_record& r : state.replies) {
    auto limit = start_clock({reply_limit, r.since, {}, {}, {}, {}, definition.hours}, calendar);
    if (!limit) return limit.error();
    out.push_back(*std::move(limit));
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
