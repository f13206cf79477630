// Moving a running case to another definition, and folding histories in which that happened.
#include <banli/engine/migrate_case.hpp>

#include <algorithm>

#include <banli/engine/authority.hpp>
#include <banli/engine/case_life_cycle.hpp>
#include <banli/flowchart/migration.hpp>

namespace banli {

namespace {

std::vector<token_move> token_moves(const details& d) {
  std::vector<token_move> out;
  for (const auto& [from, to] : d.moves) out.push_back({from, to});
  return out;
}

std::optional<error> refuse_migration(const case_definition& before, const case_definition& after,
                                      const case_state& s, const command& c) {
  if (s.phase == case_phase::none)
    return make_error(errc::not_accepted, "case {} has not been accepted: '{}' must wait for it",
                      "办件 {} 尚未受理,不能执行“{}”", c.id.text(), to_string(c.what));
  if (!s.open() || !allows(s.phase, c.what) || s.at.places().empty())
    return make_error(errc::case_closed, "case {} is {}: '{}' cannot follow",
                      "办件 {0} 处于“{3}”,不能执行“{2}”", c.id.text(), to_string(s.phase),
                      to_string(c.what), label(s.phase));
  if (c.at < s.last)
    return make_error(
        errc::time_backwards, "case {}: {} lies before its last event at {}: time goes backwards",
        "办件 {}:{} 早于上一事件的时间 {},时间倒流", c.id.text(), to_text(c.at), to_text(s.last));
  if (c.with.reason.empty())
    return make_error(errc::missing_reason, "'{}' needs a reason", "“{}”必须说明理由",
                      to_string(c.what));
  if (after.item.code != before.item.code)
    return make_error(errc::unknown_item, "the case is of item {}, the definition of '{}'",
                      "办件属于事项 {},定义属于“{}”", before.item.code.text(),
                      after.item.code.text());
  if (c.with.definition != after.hash || after.hash == before.hash)
    return make_error(errc::bad_value, "'migrate' does not name a new version of the definition",
                      "“migrate”未指明新版本的定义");
  return std::nullopt;
}

/// The arrow of another chart that leads the same way with the same label.
std::optional<std::uint32_t> same_arrow(const arrow& a, const flowchart& in) {
  for (std::size_t i = 0; i < in.arrows.size(); ++i)
    if (in.arrows[i].from == a.from && in.arrows[i].to == a.to && in.arrows[i].label == a.label)
      return static_cast<std::uint32_t>(i);
  return std::nullopt;
}

/// A step of another chart with the same id.
std::optional<node_index> same_step(const case_definition& before, node_index step,
                                    const case_definition& after) {
  const auto found = after.net.index(before.net.at(step).id);
  return found && after.net.at(*found).kind == node_kind::step ? found : std::nullopt;
}

class migration_fold {
 public:
  migration_fold(const case_definition& before, const case_definition& after, case_state& s,
                 const event& e)
      : before_(before), after_(after), s_(s), e_(e) {}

  void run() {
    if (auto m = migrate(before_.net, s_.at, after_.net, token_moves(e_.with)))
      s_.at = *m;
    else
      s_.at = {};
    steps();
    arrows();
    s_.version = e_.number;
    s_.last = e_.at;
  }

 private:
  /// Turns of steps that are still there keep their place; whatever names them by position follows.
  void steps() {
    std::vector<step_record> kept;
    const auto position = turns_after(before_, after_, s_);
    const auto resting = after_.net.resting(s_.at);
    for (std::size_t i = 0; i < s_.steps.size(); ++i) {
      if (!position[i]) continue;
      step_record r = s_.steps[i];
      r.step = *same_step(before_, r.step, after_);
      if (r.end == step_end::waiting &&
          std::find(resting.begin(), resting.end(), r.step) == resting.end()) {
        r.end = step_end::abandoned;
        r.ended = e_.at;
        r.actor = e_.actor;
        r.by_event = e_.number;
      }
      kept.push_back(std::move(r));
    }
    s_.steps = std::move(kept);
    std::erase_if(s_.handed, [&](hand_over_record& h) {
      if (!position[h.turn]) return true;
      h.turn = *position[h.turn];
      return false;
    });
    for (const node_index n : resting)
      if (after_.net.at(n).kind == node_kind::step && waiting(s_, n) == nullptr)
        s_.steps.push_back({.step = n, .since = e_.at});
  }

  void arrows() {
    std::map<std::uint32_t, std::uint32_t> kept;
    for (const auto& [number, times] : s_.taken)
      if (const auto same = same_arrow(before_.net.at(arrow_index{number}), after_.net.chart()))
        kept[*same] += times;
    s_.taken = std::move(kept);
  }

  const case_definition& before_;
  const case_definition& after_;
  case_state& s_;
  const event& e_;
};

} // namespace

result<std::vector<event>> decide_migration(const case_definition& before,
                                            const case_definition& after, const case_state& state,
                                            const command& c, const workday_calendar& calendar) {
  if (auto why = refuse_migration(before, after, state, c)) return at(*std::move(why), c.where);
  const permission p = may(before, state, calendar, {c.what, {}, c.at}, c.actor, c.with.on_behalf);
  if (auto why = refusal_of(p)) return at(*std::move(why), c.where);
  const auto moved = migrate(before.net, state.at, after.net, token_moves(c.with));
  if (!moved) return at(moved.error(), c.where);
  event e{.number = state.version + 1,
          .what = event_kind::migrated,
          .at = c.at,
          .actor = c.actor,
          .request = c.request,
          .with = {}};
  e.with.reason = c.with.reason;
  e.with.on_behalf = p.on_behalf;
  e.with.definition = after.hash;
  e.with.definition_before = before.hash;
  e.with.moves = c.with.moves;
  return std::vector{std::move(e)};
}

case_state apply_migration(const case_definition& before, const case_definition& after,
                           case_state state, const event& e) {
  migration_fold{before, after, state, e}.run();
  return state;
}

std::vector<std::optional<std::size_t>>
turns_after(const case_definition& before, const case_definition& after, const case_state& state) {
  std::vector<std::optional<std::size_t>> out;
  std::size_t kept = 0;
  for (const step_record& r : state.steps)
    out.push_back(same_step(before, r.step, after) ? std::optional{kept++} : std::nullopt);
  return out;
}

namespace {

result<std::shared_ptr<const case_definition>> known(const definition_source& definitions,
                                                     std::string_view hash, const case_id& id) {
  if (auto d = definitions(hash)) return d;
  return make_error(errc::definition_changed,
                    "case {} runs by a definition that is not at hand: {}",
                    "办件 {} 所用版本的定义不在手头:{}", id.text(), hash.substr(0, 12));
}

} // namespace

result<void> fold_event(const definition_source& definitions, folded_case& of, const event& e) {
  if (e.what != event_kind::migrated) {
    apply_to(*of.definition, of.state, e);
    return {};
  }
  auto next = known(definitions, e.with.definition, of.state.id);
  if (!next) return next.error();
  of.state = apply_migration(*of.definition, **next, std::move(of.state), e);
  of.definition = *std::move(next);
  return {};
}

result<folded_case> fold_case(const definition_source& definitions, std::string_view first,
                              const case_id& id, std::span<const event> history) {
  auto began = known(definitions, first, id);
  if (!began) return began.error();
  folded_case out{*std::move(began), {}};
  out.state.id = id;
  for (const event& e : history)
    if (auto r = fold_event(definitions, out, e); !r) return r.error();
  return out;
}

} // namespace banli
