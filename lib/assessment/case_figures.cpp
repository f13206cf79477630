#include <banli/assessment/case_figures.hpp>

#include <algorithm>

namespace banli {

namespace {

/// Stretches of days, [from, until), put in order and joined where they meet.
std::vector<std::pair<day, day>> united(std::span<const exclusion> excluded, day last) {
  std::vector<std::pair<day, day>> all;
  for (const exclusion& x : excluded) {
    const day until = std::min(x.to.value_or(last), last) + days{1};
    if (x.from < until) all.emplace_back(x.from, until);
  }
  std::ranges::sort(all);
  std::vector<std::pair<day, day>> out;
  for (const auto& stretch : all) {
    if (!out.empty() && stretch.first <= out.back().second)
      out.back().second = std::max(out.back().second, stretch.second);
    else
      out.push_back(stretch);
  }
  return out;
}

class case_measurer {
 public:
  case_measurer(const case_definition& definition, const case_state& state,
                const workday_calendar& calendar)
      : d_(definition), s_(state), calendar_(calendar) {}

  result<case_figures> run() {
    identify();
    if (!out_.accepted) return std::move(out_);
    const auto k = clocks(d_, s_, calendar_);
    if (!k) return k.error();
    out_.due = k->promised.result.due;
    out_.late_from = k->promised.result.due_at;
    if (k->statutory) out_.statutory = {k->statutory->result.due, k->statutory->result.due_at};
    if (s_.ended) {
      const auto judged = judge(d_, s_, calendar_, *s_.ended);
      if (!judged) return judged.error();
      out_.judged = *judged;
      if (auto wrong = times(s_.accepted, *s_.ended, out_)) return *wrong;
    }
    for (std::size_t turn = 0; turn < s_.steps.size(); ++turn) {
      step_figures f = step(s_.steps[turn]);
      for (const step_clock& c : k->steps)
        if (c.turn == turn) f.late_from = c.limit.result.due_at;
      if (f.ended)
        if (auto wrong = times(f.since, *f.ended, f)) return *wrong;
      out_.steps.push_back(std::move(f));
    }
    return std::move(out_);
  }

 private:
  void identify() {
    const service_item& item = d_.item;
    out_.id = s_.id;
    out_.item = item.code;
    out_.item_name = item.name;
    out_.item_type = item.type;
    out_.department = item.department;
    if (!item.windows.empty()) out_.window = item.windows.front().window;
    out_.phase = s_.phase;
    out_.ended = s_.ended;
    if (s_.phase != case_phase::refused && s_.accepted != instant{}) out_.accepted = s_.accepted;
    // What was refused was never accepted; it came when it was refused.
    out_.received = out_.accepted.value_or(s_.ended.value_or(s_.last));
  }

  template <class Figures>
  std::optional<error> times(instant from, instant to, Figures& into) const {
    const auto gross = gross_time(calendar_, *d_.hours, from, std::max(from, to));
    if (!gross) return gross.error();
    const auto net = net_time(calendar_, *d_.hours, s_.excluded, from, std::max(from, to));
    if (!net) return net.error();
    into.gross = *gross;
    into.net = *net;
    return std::nullopt;
  }

  step_figures step(const step_record& r) const {
    const node& n = d_.net.at(r.step);
    step_figures f;
    f.step = n.id;
    f.name = n.shown();
    f.post = n.post;
    f.department = out_.department;
    if (const post* p = d_.people ? find(*d_.people, n.post) : nullptr)
      f.department = p->department;
    f.person = r.end == step_end::waiting ? r.assigned : r.actor;
    f.since = r.since;
    f.ended = r.ended;
    f.end = r.end;
    return f;
  }

  const case_definition& d_;
  const case_state& s_;
  const workday_calendar& calendar_;
  case_figures out_;
};

} // namespace

result<time_taken> gross_time(const workday_calendar& calendar, const working_hours& hours,
                              instant from, instant to) {
  const auto workdays = calendar.workdays_between(day_of(from), day_of(to));
  if (!workdays) return workdays.error();
  const auto office = work_time_between(calendar, hours, from, to);
  if (!office) return office.error();
  return time_taken{*workdays, office->count()};
}

result<time_taken> net_time(const workday_calendar& calendar, const working_hours& hours,
                            std::span<const exclusion> excluded, instant from, instant to) {
  auto out = gross_time(calendar, hours, from, to);
  if (!out) return out.error();
  for (const auto& [begins, ends] : united(excluded, day_of(to))) {
    // The day of acceptance is never counted, so it cannot be taken out of working days either.
    const day after = std::max(begins - days{1}, day_of(from));
    const day last = std::min(ends - days{1}, day_of(to));
    if (after < last) {
      const auto n = calendar.workdays_between(after, last);
      if (!n) return n.error();
      out->workdays -= *n;
    }
    const instant opens = std::max(instant{begins}, from);
    const instant closes = std::min(instant{ends}, to);
    if (opens < closes) {
      const auto n = work_time_between(calendar, hours, opens, closes);
      if (!n) return n.error();
      out->minutes -= n->count();
    }
  }
  return out;
}

result<case_figures> measure(const case_definition& definition, const case_state& state,
                             const workday_calendar& calendar) {
  return case_measurer{definition, state, calendar}.run();
}

void count_hits(case_figures& into, std::span<const hit> hits) {
  into.open_hits = {};
  for (const hit& h : hits)
    if (h.end == hit_end::open && h.stage == rule_stage::formal)
      ++into.open_hits[static_cast<std::size_t>(h.level)];
}

} // namespace banli
