#include <banli/portal/repositories.hpp>

#include <algorithm>
#include <map>

#include <banli/engine/decide.hpp>
#include <banli/expression/value.hpp>
#include <banli/portal/service_column.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/time/text.hpp>

#include "folded_case.hpp"

namespace banli {

namespace {

std::string lines_of(const std::vector<std::string>& all) {
  return fmt::format("{}", fmt::join(all, "\n"));
}

/// The values of one member of each risk, a line each.
std::string risks_of(const std::vector<risk_point>& risks, std::string risk_point::*member) {
  std::vector<std::string> out;
  for (const risk_point& r : risks) out.push_back(r.*member);
  return lines_of(out);
}

std::string_view turn_state(step_end e) {
  return turn_states[static_cast<std::size_t>(e)]; // in the order of step_end
}
static_assert(static_cast<int>(step_end::abandoned) == 3);

person_shown agent_of(const application& a) {
  if (!a.agent.empty()) return {a.agent, a.agent_certificate, a.agent_certificate_number};
  return {a.contact, {}, {}};
}

std::string materials_of(const case_state& s) {
  std::vector<std::string> out;
  for (const auto& [name, r] : s.reviewed)
    out.push_back(r.standing == material_standing::complete
                      ? name
                      : fmt::format("{}({})", name, label(r.standing)));
  return lines_of(out);
}

/// The five states of the source; what happens between them counts as the one before.
order_state state_of(const supervision_order& s) {
  switch (s.phase) {
  case order_phase::none:
  case order_phase::initiated:
  case order_phase::returned:
  case order_phase::approved:
  case order_phase::issued: return order_state::initiated;
  case order_phase::signed_for: return order_state::signed_for;
  case order_phase::in_hand: return order_state::handled;
  case order_phase::fed_back:
  case order_phase::accepted: return order_state::fed_back;
  case order_phase::closed:
  case order_phase::withdrawn: break;
  }
  return order_state::closed;
}

/// What every turn of a case has in common.
process_record common_part(const case_definition& d, const case_state& s) {
  const service_item& i = d.item;
  process_record r;
  r.item = i.code;
  r.section = i.section;
  r.of = s.id;
  r.name = detail::case_name(d, s);
  r.summary = s.application.summary;
  r.applicant = {s.applicant, s.application.certificate, s.application.certificate_number};
  r.agent = agent_of(s.application);
  if (s.by) r.channel = label(*s.by);
  if (!i.forms.empty()) r.form = i.forms.front().name;
  r.materials = materials_of(s);
  if (s.applied)
    r.applied = s.applied;
  else if (s.was_accepted())
    r.applied = s.accepted;
  return r;
}

} // namespace

std::vector<process_record> process_records_of(const case_definition& d, const case_state& s) {
  std::vector<process_record> out;
  const process_record common = common_part(d, s);
  for (std::size_t turn = 0; turn < s.steps.size(); ++turn) {
    const step_record& step = s.steps[turn];
    const node& n = d.net.at(step.step);
    process_record r = common;
    r.department = detail::department_of(d, n.department);
    r.step = n.shown();
    r.staff = step.actor.empty() ? step.assigned : step.actor;
    if (const person* p = d.people ? find(*d.people, r.staff) : nullptr) r.staff_name = p->name;
    r.state = turn_state(step.end);
    if (n.limit) r.limit = to_text(*n.limit, language::zh);
    r.risk_type = risks_of(n.risks, &risk_point::type);
    r.risk = risks_of(n.risks, &risk_point::description);
    r.risk_measure = risks_of(n.risks, &risk_point::measure);
    r.opinion = step.opinion;
    r.attachments = lines_of(step.attachments);
    r.begun = step.since;
    r.handled = step.ended;
    r.turn = static_cast<int>(turn) + 1;
    out.push_back(std::move(r));
  }
  return out;
}

std::optional<outcome_record> outcome_record_of(const case_definition& d, const case_state& s) {
  if (!s.ended) return std::nullopt;
  outcome_record r;
  r.department = detail::department_of(d, {});
  r.item = d.item.code;
  r.of = s.id;
  r.state = detail::outcome_state(s);
  r.opinion = s.decision_reason;
  r.attachments = s.decision_document;
  r.ended = s.ended;
  r.people = {s.applicant, s.application.agent, s.application.contact};
  return r;
}

result<order_record> order_record_of(const supervision_order& s, const workday_calendar& calendar) {
  order_record r;
  r.number = s.id.text();
  r.supervisor = s.supervisor.text();
  r.unit = s.unit;
  r.item_name = s.item_name;
  r.item = s.item;
  r.of = s.of;
  r.officer = s.officer;
  r.matter = s.matter;
  r.demand = s.demand;
  r.begun = s.begun;
  for (const running_clock& k : s.clocks) {
    if (k.kind != supervision_clock::reply) continue;
    const auto due = due_of(k, calendar);
    if (!due) return due.error();
    if (due->due_at) r.reply_by = *due->due_at - std::chrono::seconds{1}; // the last of its day
  }
  r.reply = s.reply;
  r.ended = s.ended;
  r.state = state_of(s);
  r.outcome = s.outcome;
  return r;
}

result<void> each_folded_case(
    const configuration& config, const case_store& store,
    const std::function<result<void>(const case_definition&, const case_state&)>& visit) {
  result<void> out;
  auto walked = store.each([&](const stored_case& c) {
    if (!out || is_supervision_record(c.item)) return;
    const auto events = store.load(c.id);
    if (!events) return void(out = events.error());
    const auto folded = fold_stored(config, c, *events);
    out = folded ? visit(*folded->definition, folded->state) : result<void>{folded.error()};
  });
  return walked ? out : walked;
}

std::vector<item_information> repositories::items() const {
  const service_column column{config_.items, config_.people};
  std::vector<item_information> out;
  for (const service_item& i : config_.items) {
    const auto g = column.open(i.code).value().guide.values;
    item_information r;
    r.item = i.code;
    r.name = i.name;
    r.department = g[2];
    r.bases = g[3];
    r.conditions = g[4];
    r.charges = g[5];
    r.statutory = g[6];
    r.promised = g[7];
    r.address = i.address;
    r.phone = i.phone;
    r.flow = i.flow.text();
    for (const service_form& f : i.forms)
      r.forms += (r.forms.empty() ? "" : "\n") + f.number + " " + f.name;
    for (const question& q : i.questions)
      r.questions += (r.questions.empty() ? "" : "\n") + q.asked + " " + q.answered;
    r.supervision_phone = i.supervision_phone;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<rule_record> repositories::rules() const {
  std::vector<rule_record> out;
  if (!config_.rules) return out;
  for (const compiled_rule& c : config_.rules->rules()) {
    const rule& r = c.definition();
    rule_record to;
    to.rule = r.id;
    to.type = to_string(r.dimension, language::zh);
    to.level = to_string(r.level, language::zh);
    to.description = r.name.zh;
    for (const rule_parameter& p : r.parameters)
      to.parameters +=
          fmt::format("{}{} = {}", to.parameters.empty() ? "" : "\n", p.name, to_text(p.value));
    out.push_back(std::move(to));
  }
  return out;
}

result<std::vector<order_record>> repositories::orders() const {
  std::map<std::string, order_record> by_number;
  for (const order_record& r : records_.orders) by_number.insert_or_assign(r.number, r);
  const auto kept = orders_in(store_);
  if (!kept) return kept.error();
  for (const supervision_order& s : *kept) {
    if (s.phase == order_phase::withdrawn) continue; // before it was issued: nothing was ordered
    auto r = order_record_of(s, config_.calendar);
    if (!r) return r.error();
    by_number.insert_or_assign(s.id.text(), *std::move(r));
  }
  std::vector<order_record> out;
  for (auto& [number, r] : by_number) out.push_back(std::move(r));
  return out;
}

result<std::vector<process_record>> repositories::processes() const {
  std::vector<process_record> out;
  auto r = each_folded_case(config_, store_,
                            [&](const case_definition& d, const case_state& s) -> result<void> {
                              std::ranges::move(process_records_of(d, s), std::back_inserter(out));
                              return {};
                            });
  if (!r) return r.error();
  return out;
}

result<std::vector<process_record>> repositories::processes(const case_id& id) const {
  const auto v = view_case(config_, store_, id);
  if (!v) return v.error();
  return process_records_of(*v->definition, v->state);
}

result<std::vector<outcome_record>> repositories::results() const {
  std::vector<outcome_record> out;
  auto r = each_folded_case(config_, store_,
                            [&](const case_definition& d, const case_state& s) -> result<void> {
                              if (auto o = outcome_record_of(d, s)) out.push_back(std::move(*o));
                              return {};
                            });
  if (!r) return r.error();
  return out;
}

result<repository_table> repositories::table(repository r, personal_right right) const {
  switch (r) {
  case repository::items: return to_table(std::span<const item_information>{items()});
  case repository::supervision_rules: return to_table(std::span<const rule_record>{rules()});
  case repository::supervision_business: {
    const auto all = orders();
    if (!all) return all.error();
    return to_table(std::span<const order_record>{*all}, right);
  }
  case repository::processes: {
    const auto all = processes();
    if (!all) return all.error();
    return to_table(std::span<const process_record>{*all}, right);
  }
  case repository::results: break;
  }
  const auto all = results();
  if (!all) return all.error();
  return to_table(std::span<const outcome_record>{*all}, right);
}

} // namespace banli
