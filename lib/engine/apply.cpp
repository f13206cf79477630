// The fold: what each event does to the state of its case. Nothing is judged here, because what
// happened has happened; a move the net does not know leaves the marking as it was.
#include <banli/engine/decide.hpp>

#include <algorithm>

#include "fold_record.hpp"
#include <banli/engine/case_policy.hpp>

namespace banli {

namespace {

class folder {
 public:
  folder(const case_definition& d, case_state& s, const event& e) : d_(d), s_(s), e_(e) {}

  void run() {
    dispatch();
    for (const auto& [name, value] : e_.with.facts) s_.facts[name] = value;
    if (e_.what == event_kind::completed || e_.what == event_kind::sent_back ||
        e_.what == event_kind::decided)
      s_.acts.push_back({e_.what, e_.with.step, e_.actor, e_.with.on_behalf});
    if (e_.with.recorded) {
      ++s_.late_entries;
      s_.recorded = std::max(s_.recorded.value_or(*e_.with.recorded), *e_.with.recorded);
    }
    s_.version = e_.number;
    s_.last = e_.at;
  }

 private:
  void dispatch() {
    switch (e_.what) {
    case event_kind::accepted: return accepted();
    case event_kind::refused: return refused();
    case event_kind::completed: return completed();
    case event_kind::arrow_taken: return arrow_taken();
    case event_kind::supplement_requested: return supplement_requested();
    case event_kind::supplemented: return supplemented();
    case event_kind::suspended: return suspended();
    case event_kind::resumed: return resumed();
    case event_kind::sent_back: return sent_back();
    case event_kind::handed_over: return handed_over();
    case event_kind::withdrawn: return end(case_phase::withdrawn);
    case event_kind::concluded: return end(case_phase::concluded);
    case event_kind::delivered: return delivered();
    case event_kind::claimed: return claimed();
    case event_kind::migrated: return; // takes both charts: migrate_case.hpp
    default: return detail::fold_record(s_, e_);
    }
  }

  void accepted() {
    detail::fold_applicant(s_, e_);
    replied();
    s_.phase = case_phase::running;
    s_.acceptance = e_.number;
    s_.accepted = e_.at;
    s_.start = e_.with.received ? instant{*e_.with.received} : e_.at;
    s_.at = d_.net.start();
    open_turns();
  }

  void refused() {
    detail::fold_applicant(s_, e_);
    s_.accepted = s_.start = e_.at;
    s_.refusal_kind = e_.with.kind;
    s_.decision_document = e_.with.document;
    s_.decision_reason = e_.with.reason;
    if (e_.with.document.empty()) return end(case_phase::refused);
    s_.phase =
        case_phase::refused; // closed, and the applicant answered, when the slip is delivered
  }

  void delivered() {
    end(s_.phase == case_phase::refused ? case_phase::refused : case_phase::delivered);
  }

  void end(case_phase how) {
    if (how == case_phase::concluded) s_.decision_reason = e_.with.reason;
    s_.phase = how;
    s_.ended = e_.at;
    replied();
    for (step_record& r : s_.steps)
      if (r.end == step_end::waiting) close(r, step_end::abandoned);
    for (exclusion& x : s_.excluded)
      if (!x.to) x.to = day_of(e_.at);
    for (procedure_record& p : s_.procedures)
      if (!p.ended) p.ended = e_.at;
  }

  void completed() {
    const auto step = d_.net.index(e_.with.step);
    if (!step) return;
    if (step_record* r = turn_of(*step)) {
      close(*r, step_end::completed);
      r->outcome = e_.with.outcome;
      r->opinion = e_.with.opinion;
      r->attachments = e_.with.attachments;
    }
    if (auto m = d_.net.complete(s_.at, *step)) s_.at = *m;
    close_exclusion(d_.net.at(*step).excluded);
    open_turns();
  }

  void arrow_taken() {
    std::vector<arrow_index> taken;
    for (const std::uint32_t n : arrows_of(e_.with)) {
      if (n >= d_.net.chart().arrows.size()) return;
      taken.push_back(arrow_index{n});
    }
    for (const arrow_index a : taken)
      if (d_.net.at(a).at_most) ++s_.taken[static_cast<std::uint32_t>(a)];
    if (auto m = d_.net.take(s_.at, taken)) s_.at = *m;
    open_turns();
  }

  void supplement_requested() {
    ++s_.supplements;
    if (!s_.told_missing) s_.told_missing = e_.at;
    if (!s_.was_accepted()) {
      replied();
      s_.phase = case_phase::incomplete;
      return;
    }
    s_.phase = case_phase::supplementing;
    if (restarts_when_supplemented(d_.item)) open_exclusion("supplement", stop_type::suspend);
  }

  void supplemented() {
    if (!s_.was_accepted()) return completed_before();
    s_.phase = case_phase::running;
    if (!restarts_when_supplemented(d_.item)) return;
    s_.start = e_.at;
    s_.excluded.clear();
    for (step_record& r : s_.steps)
      if (r.end == step_end::waiting) r.since = e_.at;
  }

  /// What was missing came before the case was accepted.
  void completed_before() {
    s_.phase = case_phase::applied;
    s_.completed = e_.at;
    s_.replies.push_back({e_.at, std::nullopt});
  }

  void replied() {
    if (!s_.replies.empty() && !s_.replies.back().answered) s_.replies.back().answered = e_.at;
  }

  void suspended() {
    ++s_.suspensions;
    s_.phase = case_phase::suspended;
    open_exclusion(e_.with.kind,
                   e_.with.kind == suspension_kind ? stop_type::suspend : stop_type::exclude);
    procedure_record& p = begin_procedure(e_.with.kind);
    p.takes = e_.with.limit;
    if (e_.with.limit) p.told = e_.at;
  }

  void resumed() {
    s_.phase = case_phase::running;
    end_procedure({});
    for (auto x = s_.excluded.rbegin(); x != s_.excluded.rend(); ++x)
      if (!x->to) {
        x->to = day_of(e_.at);
        return;
      }
  }

  void sent_back() {
    ++s_.returns;
    ++s_.returns_of[e_.with.step.text()];
    const auto from = d_.net.index(e_.with.step);
    const auto to = d_.net.index(e_.with.to_step);
    if (!from || !to) return;
    if (step_record* r = turn_of(*from)) close(*r, step_end::sent_back);
    close_exclusion(d_.net.at(*from).excluded);
    if (auto m = d_.net.send_back(s_.at, *from, *to)) s_.at = *m;
    open_turns();
  }

  void handed_over() {
    ++s_.hand_overs;
    const auto step = d_.net.index(e_.with.step);
    step_record* r = step ? turn_of(*step) : nullptr;
    if (r == nullptr) return;
    r->since = e_.at;
    r->assigned = e_.with.to_person;
    r->claimed.reset();
    s_.handed.push_back(
        {static_cast<std::size_t>(r - s_.steps.data()), e_.at, e_.actor, e_.with.to_person});
  }

  void claimed() {
    const auto step = d_.net.index(e_.with.step);
    step_record* r = step ? turn_of(*step) : nullptr;
    if (r == nullptr) return;
    r->assigned = e_.actor;
    r->claimed = e_.at;
  }

  step_record* turn_of(node_index step) {
    for (step_record& r : s_.steps)
      if (r.step == step && r.end == step_end::waiting) return &r;
    return nullptr;
  }

  void close(step_record& r, step_end how) {
    r.end = how;
    r.ended = e_.at;
    r.actor = e_.actor;
    r.by_event = e_.number;
  }

  /// Begins a turn for every step at which a token rests and nobody is at work yet.
  void open_turns() {
    for (const node_index n : d_.net.resting(s_.at)) {
      if (d_.net.at(n).kind != node_kind::step || turn_of(n) != nullptr) continue;
      s_.steps.push_back({.step = n, .since = e_.at});
      const std::string& kind = d_.net.at(n).excluded;
      if (kind.empty()) continue;
      open_exclusion(kind, stop_type::exclude);
      begin_procedure(kind);
    }
  }

  procedure_record& begin_procedure(const std::string& kind) {
    return s_.procedures.emplace_back(procedure_record{.kind = kind, .since = e_.at});
  }

  /// Ends the last that is open, of a kind if one is named.
  void end_procedure(std::string_view kind) {
    for (auto p = s_.procedures.rbegin(); p != s_.procedures.rend(); ++p)
      if (!p->ended && (kind.empty() || p->kind == kind)) {
        p->ended = e_.at;
        return;
      }
  }

  void open_exclusion(const std::string& kind, stop_type how) {
    s_.excluded.push_back({.from = day_of(e_.at), .to = std::nullopt, .kind = kind, .type = how});
  }

  void close_exclusion(const std::string& kind) {
    if (kind.empty()) return;
    end_procedure(kind);
    for (auto x = s_.excluded.rbegin(); x != s_.excluded.rend(); ++x)
      if (!x->to && x->kind == kind) {
        x->to = day_of(e_.at);
        return;
      }
  }

  const case_definition& d_;
  case_state& s_;
  const event& e_;
};

} // namespace

case_state apply(const case_definition& definition, case_state state, const event& e) {
  apply_to(definition, state, e);
  return state;
}

void apply_to(const case_definition& definition, case_state& state, const event& e) {
  folder{definition, state, e}.run();
}

case_state replay(const case_definition& definition, const case_id& id,
                  std::span<const event> history) {
  case_state s;
  s.id = id;
  for (const event& e : history) apply_to(definition, s, e);
  return s;
}

case_state replay_at(const case_definition& definition, const case_id& id,
                     std::span<const event> history, const as_of& when) {
  return replay(definition, id, known_history(history, when));
}

} // namespace banli
