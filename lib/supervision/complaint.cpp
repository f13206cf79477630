// Complaints: what an act needs, what it leads to, what becomes of the state.
#include <banli/supervision/complaint.hpp>

#include <algorithm>
#include <array>
#include <charconv>

#include <banli/time/text.hpp>

#include "supervision/act_judge.hpp"
#include "supervision/supervision_words.hpp"

namespace banli {

namespace {

using complaint_clock = supervision_clock;
using complaint_does = complaint_act;
using detail::clock_changes;
using detail::supervision_word;
using detail::value_in;

constexpr std::array<supervision_word, 2> manner_words{{{"oral", "口头"}, {"written", "书面"}}};
constexpr std::array<supervision_word, 3> priority_words{
    {{"ordinary", "一般"}, {"urgent", "急件"}, {"emergency", "突发"}}};

constexpr std::array<complaint_clock, 3> delayable{complaint_clock::self, complaint_clock::transfer,
                                                   complaint_clock::answer};

bool handled_by_itself(const complaint& s) { return s.handler.empty(); }

supervision_facts ways_of(const complaint& s) {
  supervision_facts f;
  if (handled_by_itself(s)) f = f.with(supervision_fact::self_handled);
  if (s.supervised) f = f.with(supervision_fact::under_supervision);
  return f;
}

/// The clocks that an act turns.
clock_changes changes_by(const complaint& s, complaint_does a) {
  using enum supervision_clock;
  switch (a) {
  case complaint_does::enter: return {{}, {accept}};
  case complaint_does::decline:
  case complaint_does::conclude: return {{}, {archive}, clock_changes::rest::end};
  case complaint_does::answer_at_once: return {{accept}, {}};
  case complaint_does::take: return {{accept}, {self}};
  case complaint_does::transfer:
  case complaint_does::supervise: return {{accept}, {supervision_clock::transfer}};
  case complaint_does::report:
    return {{self, supervision_clock::transfer, reexamine}, {supervision_clock::answer}};
  case complaint_does::return_report:
    return {{supervision_clock::answer},
            {handled_by_itself(s) ? self : supervision_clock::transfer}};
  case complaint_does::answer: return {{supervision_clock::answer}, {}};
  case complaint_does::object: return {{}, {reexamine}};
  case complaint_does::archive: return {{archive}, {}};
  default: return {};
  }
}

template <std::size_t N>
std::vector<named_word> list_of(const std::array<supervision_word, N>& words) {
  std::vector<named_word> out;
  for (const supervision_word& w : words)
    out.push_back({std::string{w.name}, std::string{w.label}});
  return out;
}

detail::choice_list words_of_complaints(const supervision_office& o, std::string_view field) {
  static const std::vector<named_word> manners = list_of(manner_words);
  static const std::vector<named_word> priorities = list_of(priority_words);
  static const std::vector<named_word> measures = [] {
    std::vector<named_word> out;
    for (const sanction m :
         {sanction::none, sanction::criticism, sanction::circular, sanction::transfer})
      out.push_back({std::string{to_string(m)}, std::string{label(m)}});
    return out;
  }();
  if (field == "channel") return {o.channels, {"channel", "投诉渠道"}};
  if (field == "kind") return {o.complaint_kinds, {"kind of complaint", "投诉类型"}};
  if (field == "priority") return {priorities, {"priority", "缓急程度"}};
  if (field == "fault_kind") return {o.fault_kinds, {"kind of fault", "过错类型"}};
  if (field == "sanction") return {measures, {"measure", "处理措施"}};
  return {manners, {"manner", "方式"}};
}

bool is_written(std::string_view manner) { return manner == "written" || manner == "书面"; }

/// Judges one act of a complaint.
class complaint_judge {
 public:
  complaint_judge(const supervision_office& o, const complaint& s, const command& c,
                  const workday_calendar& calendar)
      : o_(o), s_(s), c_(c), calendar_(calendar) {}

  result<std::vector<event>> run() {
    if (auto why = detail::out_of_turn(c_, s_.id, s_.version, s_.last)) return *std::move(why);
    const auto a = parse_complaint_act(c_.with.step.text());
    if (!a) return a.error();
    const auto rights = rights_of(o_, c_.actor);
    if (!rights) return rights.error();
    const auto missed = detail::missed_of(s_.clocks, calendar_, c_.at);
    if (!missed) return missed.error();
    const auto to = next(s_.phase, *a, rights->roles, facts(*rights, !missed->empty()));
    if (!to) return to.error();
    problems found;
    act_fields fields = detail::fitted(
        complaint_fields(), form_of(*a), c_,
        [this](std::string_view field) { return words_of_complaints(o_, field); }, found);
    if (!found.empty()) return std::move(found.front());
    if (auto r = settle(*a, fields); !r) return r.error();
    return std::vector<event>{detail::act_event(c_, s_.version, to_string(*a), std::move(fields))};
  }

 private:
  supervision_facts facts(const supervision_rights& rights, bool is_late) const {
    supervision_facts f = ways_of(s_);
    using enum supervision_fact;
    const auto when = [&](bool holds, supervision_fact fact) {
      if (holds) f = f.with(fact);
    };
    const bool must_report =
        !s_.passed_down_by.empty() || s_.priority == complaint_priority::emergency;
    when(!rights.office.empty() && (rights.office == s_.handler || rights.office == s_.lead),
         own_unit);
    when(!c_.with.reason.empty(), reasoned);
    when(c_.actor != s_.reporter, another_person);
    when(is_late, overdue);
    when(!needs_lead(s_) || !s_.lead.empty(), lead_settled);
    when(s_.made == complaint_form::oral || is_written(field_of(c_.with, "answer_manner")),
         fitting_answer);
    when((!is_late && s_.late.empty()) || !s_.delays.empty(), delay_explained);
    when(!s_.anonymous() || !s_.contact.empty(), can_be_answered);
    when(!must_report || s_.reported_up, reported_up);
    return f;
  }

  result<void> settle(complaint_does a, act_fields& fields) const {
    if (auto r = offices(fields); !r) return r;
    switch (a) {
    case complaint_does::enter:
      if (auto r = entry(fields); !r) return r;
      break;
    case complaint_does::supervise:
      if (auto r = supervision(fields); !r) return r;
      break;
    case complaint_does::report:
      if (s_.phase != complaint_phase::handling && value_in(fields, "document").empty())
        return make_error(errc::missing_field,
                          "document is missing: the result is reported in writing",
                          "缺少书面材料:核查结果应书面报告");
      break;
    case complaint_does::find_fault:
      if (auto r = whose_fault(fields); !r) return r;
      break;
    case complaint_does::explain_delay:
      if (auto r = delay(fields); !r) return r;
      break;
    default: break;
    }
    const clock_changes changes = changes_by(s_, a);
    detail::fill_limits(fields, o_, changes.starts);
    const auto late = changes.others == clock_changes::rest::end
                          ? detail::missed_of(s_.clocks, calendar_, c_.at)
                          : detail::missed_of(s_.clocks, changes.stops, calendar_, c_.at);
    if (!late) return late.error();
    if (!late->empty()) detail::slot(fields, "late") = detail::joined(*late);
    return {};
  }

  result<void> offices(const act_fields& fields) const {
    for (const std::string_view name : {"handler", "lead", "unit"})
      if (auto r = detail::known_office(o_, fields, name); !r) return r;
    for (const std::string& unit : detail::names_in(value_in(fields, "units")))
      if (auto r = detail::known_office(o_, {{"units", unit}}, "units"); !r) return r;
    return {};
  }

  result<void> entry(act_fields& fields) const {
    std::string& received = detail::slot(fields, "received");
    if (received.empty()) received = to_text(c_.at);
    if (*parse_instant(received) > c_.at)
      return make_error(errc::bad_value, "it was received at {}, after it was registered",
                        "收到时间 {} 晚于登记时间", received);
    if (value_in(fields, "kind") == "passed_down" && value_in(fields, "passed_down_by").empty())
      return make_error(errc::missing_field, "passed_down_by is missing: who passed it down?",
                        "上级交办的,缺少交办机关");
    if (value_in(fields, "repeats") == c_.id.text())
      return make_error(errc::bad_value, "a complaint cannot repeat itself", "前次投诉不能是本件");
    // 突发事件的投诉: at once.
    if (std::string& limit = detail::slot(fields, "accept_limit");
        limit.empty() && value_in(fields, "priority") == "emergency")
      limit = to_text(time_limit{});
    return {};
  }

  result<void> supervision(const act_fields& fields) const {
    if (value_in(fields, "handler").empty() && s_.handler.empty())
      return make_error(errc::missing_field, "handler is missing: who is supervised?",
                        "缺少承办单位");
    return {};
  }

  result<void> whose_fault(act_fields& fields) const {
    std::string& unit = detail::slot(fields, "unit");
    if (!unit.empty()) {
      if (std::ranges::count(s_.units, department_id{unit}) > 0) return {};
      return make_error(errc::bad_value, "'{}' is not complained of", "“{}”不是投诉对象", unit);
    }
    if (s_.units.size() > 1)
      return make_error(errc::missing_field, "unit is missing: several are complained of",
                        "投诉对象不止一个,缺少过错单位");
    unit = s_.units.front().text();
    return {};
  }

  result<void> delay(const act_fields& fields) const {
    const auto more = parse_time_limit(value_in(fields, "more"));
    if (!more) return {}; // a reason alone is enough
    std::vector<running_clock> clocks = s_.clocks;
    return detail::lengthen(clocks, delayable, {*more, day_of(c_.at), c_.actor.text()}, calendar_);
  }

  const supervision_office& o_;
  const complaint& s_;
  const command& c_;
  const workday_calendar& calendar_;
};

/// Records one act in the state.
class complaint_recorder {
 public:
  complaint_recorder(complaint& s, const event& e) : s_(s), e_(e) {}

  void record(complaint_does a) {
    const clock_changes changes = changes_by(s_, a);
    const complaint_phase from = s_.phase;
    const supervision_facts ways = ways_of(s_);
    for (const complaint_clock k : detail::clocks_in(words("late"))) s_.late.push_back(k);
    if (a == complaint_does::enter) entry();
    handling();
    result_of(a);
    notes(a);
    s_.phase = detail::landing(complaint_rows(), from, a, ways);
    detail::turn(s_.clocks, changes, e_.with, e_.at);
    if (const auto by = detail::extension_in(e_)) lengthen(*by);
  }

 private:
  std::string_view words(std::string_view field) const { return field_of(e_.with, field); }

  template <class T>
  void take(T& into, std::string_view field) const {
    if (const auto v = words(field); !v.empty()) into = T{v};
  }

  void entry() {
    s_.received = detail::moment_in(e_.with, "received").value_or(e_.at);
    s_.registrar = e_.actor;
    take(s_.channel, "channel");
    take(s_.kind, "kind");
    s_.made = is_written(words("manner")) ? complaint_form::written : complaint_form::oral;
    for (std::size_t i = 0; i < priority_words.size(); ++i)
      if (priority_words[i].name == words("priority"))
        s_.priority = static_cast<complaint_priority>(i);
    take(s_.complainant, "complainant");
    take(s_.contact, "contact");
    s_.confidential = words("confidential") == "yes";
    s_.serious = words("serious") == "yes";
    for (const std::string& unit : detail::names_in(words("units"))) s_.units.emplace_back(unit);
    take(s_.matter, "matter");
    take(s_.item, "item");
    take(s_.of, "case");
    take(s_.repeats, "repeats");
    take(s_.passed_down_by, "passed_down_by");
  }

  void handling() {
    take(s_.handler, "handler");
    take(s_.lead, "lead");
    take(s_.order, "order");
    take(s_.findings, "findings");
    take(s_.document, "document");
    take(s_.file, "file");
  }

  void result_of(complaint_does a) {
    using enum complaint_act;
    if (a == supervise) s_.supervised = true;
    if (a == report) s_.reporter = e_.actor;
    if (a == object) ++s_.objections;
    if (a == report_up) s_.reported_up = e_.at;
    if (a == decline || a == conclude) s_.ended = e_.at;
    if (const auto said = words("answer"); !said.empty()) {
      s_.answer = said;
      s_.answered = e_.at;
      if (!s_.first_answered) s_.first_answered = e_.at;
      s_.answered_how =
          is_written(words("answer_manner")) ? complaint_form::written : complaint_form::oral;
    }
    if (a == find_fault) fault();
  }

  void fault() {
    s_.fault = true;
    take(s_.circular, "circular");
    s_.finding = {.record = s_.id,
                  .found = e_.at,
                  .unit = department_id{words("unit")},
                  .liable = person_id{words("liable")},
                  .kind = std::string{words("fault_kind")},
                  .step = {},
                  .points = 0,
                  .opinion = std::string{words("opinion")}};
    if (const auto step = parse_sanction(words("sanction"))) s_.finding.step = *step;
    const auto points = words("points");
    std::from_chars(points.data(), points.data() + points.size(), s_.finding.points);
  }

  void notes(complaint_does a) {
    const auto note = [&](std::string_view said) {
      return complaint_note{e_.at, e_.actor, std::string{said}};
    };
    if (a == complaint_does::verify) s_.verified.push_back(note(words("verified")));
    if (a == complaint_does::explain_delay) s_.delays.push_back(note(e_.with.reason));
    if (a == complaint_does::disclose) s_.disclosures.push_back(note(e_.with.reason));
  }

  void lengthen(const extension& by) {
    for (running_clock& k : s_.clocks)
      if (std::ranges::count(delayable, k.kind) > 0) {
        k.extended.push_back(by);
        return;
      }
  }

  complaint& s_;
  const event& e_;
};

} // namespace

std::string_view to_string(complaint_form f) {
  return manner_words[static_cast<std::size_t>(f)].name;
}
std::string_view label(complaint_form f) { return manner_words[static_cast<std::size_t>(f)].label; }
std::string_view to_string(complaint_priority p) {
  return priority_words[static_cast<std::size_t>(p)].name;
}
std::string_view label(complaint_priority p) {
  return priority_words[static_cast<std::size_t>(p)].label;
}

result<std::vector<event>> decide(const supervision_office& office, const complaint& s,
                                  const command& c, const workday_calendar& calendar) {
  auto events = complaint_judge{office, s, c, calendar}.run();
  if (!events && events.error().where == place{}) return at(events.error(), c.where);
  return events;
}

complaint apply(complaint s, const event& e) {
  s.version = e.number;
  s.last = e.at;
  if (const auto a = parse_complaint_act(e.with.step.text())) complaint_recorder{s, e}.record(*a);
  return s;
}

complaint replay_complaint(const case_id& id, std::span<const event> history,
                           const std::optional<instant>& until) {
  complaint s;
  s.id = id;
  for (const event& e : history)
    if (!until || e.at <= *until) s = apply(std::move(s), e);
  return s;
}

} // namespace banli
