// Supervision orders: what an act needs, what it leads to, what becomes of the state.
#include <banli/supervision/supervision_order.hpp>

#include <algorithm>
#include <array>
#include <tuple>

#include <banli/time/text.hpp>

#include "supervision/act_judge.hpp"
#include "supervision/supervision_words.hpp"

namespace banli {

namespace {

using detail::choice_list;
using detail::clock_changes;
using detail::supervision_word;
using detail::value_in;

constexpr std::array<supervision_word, 4> sanction_words{{{"none", "不予处理"},
                                                          {"criticism", "批评诫勉"},
                                                          {"circular", "通报批评"},
                                                          {"transfer", "调离岗位"}}};

/// The clocks that an act turns, whatever the phase.
clock_changes changes_by(order_act a) {
  switch (a) {
  case order_act::initiate:
    return {{}, {supervision_clock::review, supervision_clock::issue, supervision_clock::close}};
  case order_act::approve:
  case order_act::send_back: return {{supervision_clock::review}, {}};
  case order_act::amend: return {{}, {supervision_clock::review}};
  case order_act::issue:
    return {{supervision_clock::issue}, {supervision_clock::sign_for, supervision_clock::reply}};
  case order_act::sign_for: return {{supervision_clock::sign_for}, {}};
  case order_act::feed_back: return {{supervision_clock::reply}, {supervision_clock::judge}};
  case order_act::accept_reply: return {{supervision_clock::judge}, {}};
  case order_act::return_reply: return {{supervision_clock::judge}, {supervision_clock::reply}};
  case order_act::close:
  case order_act::withdraw: return {{supervision_clock::close}, {}, clock_changes::rest::end};
  case order_act::handle:
  case order_act::escalate:
  case order_act::remind:
  case order_act::extend: break;
  }
  return {};
}

constexpr std::array<supervision_clock, 1> can_be_extended{supervision_clock::reply};

choice_list words_of_orders(const supervision_office& o, std::string_view field) {
  if (field == "fault_kind") return {o.fault_kinds, {"kind of fault", "过错类型"}};
  static const std::vector<named_word> measures = [] {
    std::vector<named_word> out;
    for (const supervision_word& w : sanction_words)
      out.push_back({std::string{w.name}, std::string{w.label}});
    return out;
  }();
  return {measures, {"measure", "处理措施"}};
}

/// Judges one act of an order.
class order_judge {
 public:
  order_judge(const supervision_office& o, const supervision_order& s, const command& c,
              const workday_calendar& calendar)
      : o_(o), s_(s), c_(c), calendar_(calendar) {}

  result<std::vector<event>> run() {
    if (auto why = detail::out_of_turn(c_, s_.id, s_.version, s_.last)) return *std::move(why);
    const auto a = parse_order_act(c_.with.step.text());
    if (!a) return a.error();
    const auto rights = rights_of(o_, c_.actor);
    if (!rights) return rights.error();
    auto missed = detail::missed_of(s_.clocks, calendar_, c_.at);
    if (!missed) return missed.error();
    const auto to = next(s_.phase, *a, rights->roles, facts(*a, *rights, *missed));
    if (!to) return to.error();
    problems found;
    act_fields fields = detail::fitted(
        order_fields(), form_of(*a), c_,
        [this](std::string_view field) { return words_of_orders(o_, field); }, found);
    if (!found.empty()) return std::move(found.front());
    if (auto r = settle(*a, *rights, *missed, fields); !r) return r.error();
    return std::vector<event>{detail::act_event(c_, s_.version, to_string(*a), std::move(fields))};
  }

 private:
  department_id above() const {
    if (const auto given = field_of(c_.with, "supervisor"); !given.empty())
      return department_id{given};
    const supervising_office* here = find(o_, s_.supervisor);
    return here != nullptr ? here->above : department_id{};
  }

  supervision_facts facts(order_act a, const supervision_rights& rights,
                          std::span<const supervision_clock> missed) const {
    supervision_facts f;
    using enum supervision_fact;
    const auto when = [&](bool holds, supervision_fact fact) {
      if (holds) f = f.with(fact);
    };
    const department_id climbs_to = above();
    const department_id supervisor = a != order_act::initiate ? s_.supervisor
                                     : climbs_to.empty()      ? rights.office
                                                              : climbs_to;
    when(rights.office == s_.unit, own_unit);
    when(rights.office == supervisor || (a == order_act::escalate && rights.office == climbs_to),
         own_office);
    when(!c_.with.reason.empty(), reasoned);
    when(c_.actor != s_.officer, another_person);
    when(!missed.empty(), overdue);
    when(!climbs_to.empty() && climbs_to != s_.supervisor, office_above);
    return f;
  }

  /// What an act needs besides its fields, and what is written for it.
  result<void> settle(order_act a, const supervision_rights& rights,
                      std::span<const supervision_clock> missed, act_fields& fields) const {
    for (const std::string_view office : {"supervisor", "unit"})
      if (auto r = detail::known_office(o_, fields, office); !r) return r;
    clock_changes changes = changes_by(a);
    if (a == order_act::initiate) {
      std::string& supervisor = detail::slot(fields, "supervisor");
      if (supervisor.empty()) supervisor = rights.office.text();
      if (const auto raised = value_in(fields, "raised");
          !raised.empty() && *parse_instant(raised) > c_.at)
        return make_error(errc::bad_value, "the order answers a hit of {}, after it",
                          "督办单所针对的命中({})晚于发起时间", raised);
    }
    if (a == order_act::escalate) {
      detail::slot(fields, "supervisor") = above().text();
      detail::slot(fields, "missed") = detail::joined(missed);
      for (const running_clock& k : s_.clocks)
        if (std::ranges::count(missed, k.kind) > 0)
          if (std::string& limit = detail::slot(fields, detail::limit_field(k.kind)); limit.empty())
            limit = to_text(k.limit);
    }
    if (a == order_act::extend)
      if (auto r = check_extension(fields); !r) return r;
    if (a == order_act::close)
      if (auto r = check_fault(fields); !r) return r;
    detail::fill_limits(fields, o_, changes.starts);
    return note_late(changes, fields);
  }

  /// Limits that this act keeps too late.
  result<void> note_late(const clock_changes& changes, act_fields& fields) const {
    const auto late = detail::missed_of(s_.clocks, changes.stops, calendar_, c_.at);
    if (!late) return late.error();
    if (!late->empty()) detail::slot(fields, "late") = detail::joined(*late);
    return {};
  }

  result<void> check_extension(const act_fields& fields) const {
    std::vector<running_clock> clocks = s_.clocks;
    const auto more = parse_time_limit(value_in(fields, "more"));
    return detail::lengthen(clocks, can_be_extended, {*more, day_of(c_.at), c_.actor.text()},
                            calendar_);
  }

  result<void> check_fault(const act_fields& fields) const {
    const bool found = value_in(fields, "fault") == "yes";
    if (found && value_in(fields, "fault_kind").empty())
      return make_error(errc::missing_field, "fault_kind is missing: a fault was found",
                        "认定有过错的,缺少过错类型");
    for (const std::string_view name : {"fault_kind", "liable", "sanction"})
      if (!found && !value_in(fields, name).empty())
        return make_error(errc::bad_value, "{} is given where no fault was found",
                          "认定无过错的,不应填写 {}", name);
    return {};
  }

  const supervision_office& o_;
  const supervision_order& s_;
  const command& c_;
  const workday_calendar& calendar_;
};

/// Whether an order was begun because of a hit.
bool begun_for(const supervision_order& s, const hit& h) {
  return s.rule == h.rule && s.of == h.id && s.step == h.step && s.raised == h.raised;
}

/// Records one act in the state.
class order_recorder {
 public:
  order_recorder(supervision_order& s, const event& e) : s_(s), e_(e) {}

  void record(order_act a) {
    clock_changes changes = changes_by(a);
    for (const supervision_clock k : detail::clocks_in(words("late"))) s_.late.push_back(k);
    fields(a);
    step(a, changes);
    // Where a hit is answered, the time to issue and to close an order counts from the hit.
    const instant since = a == order_act::initiate && s_.raised ? *s_.raised : e_.at;
    if (a == order_act::initiate) {
      detail::turn(s_.clocks, {{}, {supervision_clock::issue, supervision_clock::close}}, e_.with,
                   since);
      changes = {{}, {supervision_clock::review}};
    }
    detail::turn(s_.clocks, changes, e_.with, e_.at);
    if (const auto by = detail::extension_in(e_))
      for (running_clock& k : s_.clocks)
        if (k.kind == can_be_extended.front()) k.extended.push_back(*by);
  }

 private:
  std::string_view words(std::string_view field) const { return field_of(e_.with, field); }

  void take(std::string& into, std::string_view field) const {
    if (const auto v = words(field); !v.empty()) into = v;
  }
  template <class Tag>
  void take(strong_id<Tag>& into, std::string_view field) const {
    if (const auto v = words(field); !v.empty()) into = strong_id<Tag>{v};
  }

  /// The fields that several acts may write.
  void fields(order_act a) {
    if (a == order_act::escalate) climb();
    take(s_.supervisor, "supervisor");
    take(s_.unit, "unit");
    take(s_.item_name, "item_name");
    take(s_.item, "item");
    take(s_.of, "case");
    take(s_.rule, "rule");
    take(s_.step, "step");
    take(s_.complaint, "complaint");
    take(s_.matter, "matter");
    take(s_.demand, "demand");
    take(s_.handling, "handling");
    take(s_.reply, "reply");
    take(s_.document, "document");
    take(s_.outcome, "outcome");
    take(s_.fault_kind, "fault_kind");
    take(s_.liable, "liable");
    if (const auto raised = detail::moment_in(e_.with, "raised")) s_.raised = raised;
    if (const auto fault = words("fault"); !fault.empty())
      s_.fault = fault == "yes" ? fault_verdict::found : fault_verdict::none;
    if (const auto measure = parse_sanction(words("sanction"))) s_.measure = *measure;
  }

  void climb() {
    const std::vector<supervision_clock> missed = detail::clocks_in(words("missed"));
    s_.escalations.push_back({e_.at, missed, s_.supervisor, department_id{words("supervisor")}});
    ++s_.level;
    detail::turn(s_.clocks, {{}, missed}, e_.with, e_.at);
  }

  void step(order_act a, const clock_changes& changes) {
    if (changes.others == clock_changes::rest::end) s_.ended = e_.at;
    s_.phase = detail::landing(order_rows(), s_.phase, a, {});
    switch (a) {
    case order_act::initiate:
      s_.begun = e_.at;
      s_.officer = e_.actor;
      return;
    case order_act::approve: s_.reviewer = e_.actor; return;
    case order_act::issue: s_.issued = e_.at; return;
    case order_act::sign_for:
      s_.signed_for = e_.at;
      s_.signer = e_.actor;
      return;
    case order_act::feed_back: s_.fed_back = e_.at; return;
    case order_act::return_reply: ++s_.returns; return;
    case order_act::remind: ++s_.reminders; return;
    default: return;
    }
  }

  supervision_order& s_;
  const event& e_;
};

} // namespace

std::string_view to_string(sanction s) { return sanction_words[static_cast<std::size_t>(s)].name; }
std::string_view label(sanction s) { return sanction_words[static_cast<std::size_t>(s)].label; }
result<sanction> parse_sanction(std::string_view name) {
  return detail::parse_supervision_word<sanction>(name, sanction_words, "sanction", "处理措施");
}

result<std::vector<event>> decide(const supervision_office& office, const supervision_order& s,
                                  const command& c, const workday_calendar& calendar) {
  auto events = order_judge{office, s, c, calendar}.run();
  if (!events && events.error().where == place{}) return at(events.error(), c.where);
  return events;
}

supervision_order apply(supervision_order s, const event& e) {
  s.version = e.number;
  s.last = e.at;
  if (const auto a = parse_order_act(e.with.step.text())) order_recorder{s, e}.record(*a);
  return s;
}

supervision_order replay_order(const case_id& id, std::span<const event> history,
                               const std::optional<instant>& until) {
  supervision_order s;
  s.id = id;
  for (const event& e : history)
    if (!until || e.at <= *until) s = apply(std::move(s), e);
  return s;
}

result<std::optional<command>> after_limit(const supervision_office& office,
                                           const supervision_order& s,
                                           const workday_calendar& calendar, instant at,
                                           const person_id& who) {
  if (!s.open()) return std::optional<command>{};
  const auto missed = detail::missed_of(s.clocks, calendar, at);
  if (!missed) return missed.error();
  const supervising_office* here = find(office, s.supervisor);
  if (missed->empty() || here == nullptr || here->above.empty()) return std::optional<command>{};
  return std::optional{act_command(s.id, to_string(order_act::escalate), at, who,
                                   {{"supervisor", here->above.text()}})};
}

bool answers(const supervision_order& s, const hit& h) { return s.issued && begun_for(s, h); }

void answer_hits(std::span<hit> hits, std::span<const supervision_order> orders) {
  for (hit& h : hits)
    for (const supervision_order& s : orders) {
      if (!answers(s, h) || *s.issued < h.raised) continue;
      if (h.ended && *h.ended <= *s.issued) continue; // by another order, too
      h.end = hit_end::answered;
      h.ended = s.issued;
      h.superseded_by = {};
      h.order = s.id.text();
    }
}

std::map<case_id, std::vector<supervision_order>>
orders_by_case(std::span<const supervision_order> orders) {
  std::map<case_id, std::vector<supervision_order>> out;
  for (const supervision_order& s : orders)
    if (!s.of.empty()) out[s.of].push_back(s);
  return out;
}

result<std::vector<unanswered_alarm>> unanswered_alarms(const supervision_office& office,
                                                        std::span<const hit> hits,
                                                        std::span<const supervision_order> orders,
                                                        const workday_calendar& calendar,
                                                        instant at) {
  std::vector<unanswered_alarm> out;
  const auto of = orders_by_case(orders);
  for (const hit& h : hits) {
    if (h.level != level::alarm || h.stage != rule_stage::formal) continue;
    if (h.ended && *h.ended <= at) continue;
    const auto due =
        due_of({supervision_clock::issue, h.raised, limit_of(office, supervision_clock::issue), {}},
               calendar);
    if (!due) return due.error();
    if (!due->due_at || *due->due_at > at) continue;
    unanswered_alarm found{h, *due->due_at, {}, {}};
    bool issued = false;
    if (const auto mine = of.find(h.id); mine != of.end())
      for (const supervision_order& s : mine->second) {
        issued = issued || (answers(s, h) && *s.issued <= at);
        if (!s.open() || s.issued || !begun_for(s, h)) continue;
        found.order = s.id;
        if (const supervising_office* here = find(office, s.supervisor)) found.above = here->above;
      }
    if (!issued) out.push_back(std::move(found));
  }
  std::ranges::stable_sort(out, {}, [](const unanswered_alarm& a) {
    return std::tie(a.found.raised, a.found.id, a.found.rule);
  });
  return out;
}

act_fields fields_of(const hit& h) {
  act_fields out{{"case", h.id.text()}, {"rule", h.rule.text()}};
  if (!h.step.empty()) out.emplace_back("step", h.step.text());
  out.emplace_back("raised", to_text(h.raised));
  out.emplace_back("matter", h.message.zh.empty() ? h.rule.text() : h.message.zh);
  return out;
}

std::optional<fault_finding> finding_of(const supervision_order& s) {
  if (!s.ended || s.fault != fault_verdict::found) return std::nullopt;
  return fault_finding{s.id, *s.ended, s.unit, s.liable, s.fault_kind, s.measure, 0, s.outcome};
}

} // namespace banli
