// The registers: from acts to events of a store, and back to lists and counts.
#include <banli/run/supervision_register.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/interchange/item_tables.hpp>
#include <banli/time/text.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

/// What distinguishes the two registers.
template <class State>
struct record_kind {
  std::string_view prefix; ///< of the ids in a store
  std::string_view item;
  std::string_view form;
  std::string_view letter; ///< of the numbers
  State (*replay)(const case_id&, std::span<const event>, const std::optional<instant>&);
  instant State::*begun;
};

template <class State>
constexpr record_kind<State> kind_of_record{};
template <>
constexpr record_kind<supervision_order> kind_of_record<supervision_order>{
    "order/", order_item, "order/1", "督", &replay_order, &supervision_order::begun};
template <>
constexpr record_kind<complaint> kind_of_record<complaint>{
    "complaint/", complaint_item, "complaint/1", "诉", &replay_complaint, &complaint::received};

template <class State>
case_id kept_as(const case_id& number) {
  return case_id{std::string{kind_of_record<State>.prefix} + number.text()};
}

/// Calls f(number, record as it is stored) for the records of a kind whose numbers begin so.
template <class State, class F>
result<void> each_record(const case_store& store, std::string_view head, F f) {
  constexpr std::string_view prefix = kind_of_record<State>.prefix;
  return store.each_below(fmt::format("{}{}", prefix, head), [&](const stored_case& c) {
    if (c.item.text() == kind_of_record<State>.item)
      f(case_id{c.id.text().substr(prefix.size())}, c);
  });
}

/// The numbers of the records of a kind, in their order.
template <class State>
result<std::vector<case_id>> numbers_in(const case_store& store, std::string_view head = {}) {
  std::vector<case_id> out;
  auto listed = each_record<State>(
      store, head, [&](case_id number, const stored_case&) { out.push_back(std::move(number)); });
  if (!listed) return listed.error();
  return out;
}

template <class State>
result<std::vector<State>> records_in(const case_store& store, const std::optional<instant>& until,
                                      const record_filter& wanted) {
  std::vector<case_id> numbers;
  auto listed = each_record<State>(store, {}, [&](case_id number, const stored_case& c) {
    if (!wanted || wanted(c)) numbers.push_back(std::move(number));
  });
  if (!listed) return listed.error();
  std::vector<State> out;
  for (const case_id& number : numbers) {
    const auto events = store.load(kept_as<State>(number));
    if (!events) return events.error();
    State s = kind_of_record<State>.replay(number, *events, until);
    if (s.version > 0) out.push_back(std::move(s));
  }
  return out;
}

struct counted_by {
  std::string key;
  std::string label;
};

std::string month_of(instant t) { return to_text(day_of(t)).substr(0, 7); }

result<std::vector<counted_by>> keys_of(const supervision_order& s, register_key by,
                                        const supervision_office& office) {
  switch (by) {
  case register_key::phase:
    return std::vector<counted_by>{{std::string{to_string(s.phase)}, std::string{label(s.phase)}}};
  case register_key::unit: return std::vector<counted_by>{{s.unit.text(), s.unit.text()}};
  case register_key::month: return std::vector<counted_by>{{month_of(s.begun), month_of(s.begun)}};
  case register_key::kind:
    return std::vector<counted_by>{
        {s.fault_kind, std::string{label_of(office.fault_kinds, s.fault_kind)}}};
  case register_key::channel: break;
  }
  return make_error(errc::bad_value, "orders have no channel", "督办单没有渠道");
}

result<std::vector<counted_by>> keys_of(const complaint& s, register_key by,
                                        const supervision_office& office) {
  std::vector<counted_by> out;
  switch (by) {
  case register_key::phase:
    out.push_back({std::string{to_string(s.phase)}, std::string{label(s.phase)}});
    break;
  case register_key::unit:
    for (const department_id& unit : s.units) out.push_back({unit.text(), unit.text()});
    break;
  case register_key::month: out.push_back({month_of(s.received), month_of(s.received)}); break;
  case register_key::kind:
    out.push_back({s.kind, std::string{label_of(office.complaint_kinds, s.kind)}});
    break;
  case register_key::channel:
    out.push_back({s.channel, std::string{label_of(office.channels, s.channel)}});
    break;
  }
  return out;
}

bool was_at_fault(const supervision_order& s) { return s.fault == fault_verdict::found; }
bool was_at_fault(const complaint& s) { return s.fault; }

/// Adds what the register knows of a complaint that is entered: the last that it repeats.
result<void> note_repeated(const complaint_register& all, const complaint& s, command& c) {
  if (s.version > 0 || c.with.step.text() != to_string(complaint_act::enter) ||
      !field_of(c.with, "repeats").empty())
    return {};
  const auto events = decide(all.office(), s, c, all.calendar());
  if (!events) return events.error();
  complaint entered = s;
  for (const event& e : *events) entered = apply(std::move(entered), e);
  const auto others = all.list();
  if (!others) return others.error();
  const auto before = repeated_by(entered, *others, all.office().repeated_within);
  if (!before.empty()) c.with.facts.emplace_back("repeats", before.back().text());
  return {};
}
result<void> note_repeated(const order_register&, const supervision_order&, const command&) {
  return {};
}

template <class State>
result<std::vector<fault_finding>> findings_of(const supervision_register<State>& all,
                                               const register_period& during) {
  const auto states = all.list();
  if (!states) return states.error();
  std::vector<fault_finding> out;
  for (const State& s : *states)
    if (auto f = finding_of(s))
      if (const day d = day_of(f->found); during.from <= d && d < during.until)
        out.push_back(*std::move(f));
  std::ranges::stable_sort(out, {}, &fault_finding::found);
  return out;
}

} // namespace

result<register_key> parse_register_key(std::string_view name) {
  constexpr std::array<std::string_view, 5> names{"phase", "unit", "month", "kind", "channel"};
  for (std::size_t i = 0; i < names.size(); ++i)
    if (name == names[i]) return static_cast<register_key>(i);
  return with_hint(
      make_error(errc::unknown_value, "nothing is counted by '{}'", "不能按“{}”统计", name),
      suggestion(name, names));
}

template <class State>
result<case_id> supervision_register<State>::next_number(day d) const {
  const std::string head =
      fmt::format("{}-{}-", kind_of_record<State>.letter, static_cast<int>(to_ymd(d).year()));
  const auto numbers = numbers_in<State>(*store_, head);
  if (!numbers) return numbers.error();
  std::uint64_t last = 0;
  for (const case_id& id : *numbers) {
    const std::string& text = id.text();
    std::uint64_t n = 0;
    const auto [rest, fault] =
        std::from_chars(text.data() + head.size(), text.data() + text.size(), n);
    if (fault == std::errc{} && rest == text.data() + text.size()) last = std::max(last, n);
  }
  return case_id{fmt::format("{}{:03}", head, last + 1)};
}

template <class State>
result<State> supervision_register<State>::act(command c) {
  if (!c.request.empty()) {
    const auto done = store_->find_request(c.request);
    if (!done) return done.error();
    if (*done) {
      const std::string& kept = (*done)->id.text();
      constexpr std::string_view prefix = kind_of_record<State>.prefix;
      if (kept.starts_with(prefix)) return show(case_id{kept.substr(prefix.size())});
      return make_error(errc::duplicate_id, "request '{}' was done for '{}'", "请求“{}”已用于“{}”",
                        c.request.text(), kept);
    }
  }
  if (c.id.empty()) {
    auto number = next_number(day_of(c.at));
    if (!number) return number.error();
    c.id = *std::move(number);
  }
  const case_id kept = kept_as<State>(c.id);
  const auto before = store_->load(kept);
  if (!before) return before.error();
  State s = kind_of_record<State>.replay(c.id, *before, {});
  if (auto r = note_repeated(*this, s, c); !r) return r.error();
  if (c.request.empty()) c.request = request_id{fmt::format("{}#{}", kept.text(), s.version + 1)};
  const auto events = decide(office_, s, c, calendar_);
  if (!events) return events.error();
  const append_request asked{.id = kept,
                             .item = item_id{kind_of_record<State>.item},
                             .definition = std::string{kind_of_record<State>.form},
                             .expected = s.version,
                             .events = *events};
  if (auto r = store_->append({&asked, 1}); !r) return r.error();
  for (const event& e : *events) s = apply(std::move(s), e);
  return s;
}

template <class State>
result<std::vector<event>> supervision_register<State>::history(const case_id& number) const {
  auto events = store_->load(kept_as<State>(number));
  if (!events || !events->empty()) return events;
  const auto numbers = numbers_in<State>(*store_);
  if (!numbers) return numbers.error();
  std::vector<std::string_view> names;
  for (const case_id& id : *numbers) names.emplace_back(id.text());
  return with_hint(make_error(errc::unknown_reference, "there is no '{}' in the register",
                              "登记簿中没有“{}”", number.text()),
                   suggestion(number.text(), names));
}

template <class State>
result<State> supervision_register<State>::show(const case_id& number,
                                                const std::optional<instant>& until) const {
  const auto events = history(number);
  if (!events) return events.error();
  State s = kind_of_record<State>.replay(number, *events, until);
  if (s.version == 0)
    return make_error(errc::unknown_reference, "'{}' did not exist at {}", "{1} 时还没有“{0}”",
                      number.text(), to_text(*until));
  return s;
}

template <class State>
result<std::vector<State>>
supervision_register<State>::list(const std::optional<instant>& until) const {
  return records_in<State>(*store_, until, {});
}

template <class State>
result<std::vector<register_entry<State>>> supervision_register<State>::open(instant at) const {
  auto states = list(at);
  if (!states) return states.error();
  std::vector<register_entry<State>> out;
  for (State& s : *states) {
    if (!s.open() && s.clocks.empty()) continue;
    auto dues = dues_of(s.clocks, calendar_);
    if (!dues) return dues.error();
    out.push_back({std::move(s), *std::move(dues)});
  }
  const auto next_of = [](const register_entry<State>& e) {
    return e.dues.empty() ? end_of(last_day)
                          : e.dues.front().ends.due_at.value_or(end_of(last_day));
  };
  std::ranges::stable_sort(out, [&](const auto& a, const auto& b) {
    if (next_of(a) != next_of(b)) return next_of(a) < next_of(b);
    if constexpr (std::is_same_v<State, complaint>) return comes_before(a.state, b.state);
    return false;
  });
  return out;
}

template <class State>
result<std::vector<register_entry<State>>> supervision_register<State>::overdue(instant at) const {
  auto all = open(at);
  if (!all) return all.error();
  std::erase_if(*all, [&](const register_entry<State>& e) { return e.missed(at).empty(); });
  return all;
}

template <class State>
result<std::vector<register_count>>
supervision_register<State>::totals(register_key by, const register_period& during,
                                    instant at) const {
  const auto states = list(at);
  if (!states) return states.error();
  std::map<std::string, register_count> counts;
  for (const State& s : *states) {
    const day begun = day_of(s.*kind_of_record<State>.begun);
    if (begun < during.from || begun >= during.until) continue;
    const auto keys = keys_of(s, by, office_);
    if (!keys) return keys.error();
    const auto dues = dues_of(s.clocks, calendar_);
    if (!dues) return dues.error();
    const bool missed =
        std::ranges::any_of(*dues, [&](const supervision_due& d) { return d.missed(at); });
    for (const counted_by& k : *keys) {
      register_count& n = counts.try_emplace(k.key, register_count{k.key, k.label}).first->second;
      n.total += 1;
      n.open += s.open() ? 1 : 0;
      n.overdue += missed ? 1 : 0;
      n.late += s.late.empty() ? 0 : 1;
      n.faults += was_at_fault(s) ? 1 : 0;
    }
  }
  std::vector<register_count> out;
  for (auto& [key, n] : counts) out.push_back(std::move(n));
  return out;
}

template class supervision_register<supervision_order>;
template class supervision_register<complaint>;

result<std::vector<supervision_order>> climb(order_register& orders, instant at,
                                             const person_id& who) {
  const auto late = orders.overdue(at);
  if (!late) return late.error();
  std::vector<supervision_order> out;
  for (const auto& entry : *late) {
    auto c = after_limit(orders.office(), entry.state, orders.calendar(), at, who);
    if (!c) return c.error();
    if (!*c) continue;
    auto s = orders.act(std::move(**c));
    if (!s && s.error().code == errc::not_permitted) continue;
    if (!s) return s.error();
    out.push_back(*std::move(s));
  }
  return out;
}

result<complaint> disclose(complaint_register& complaints, const case_id& number, instant at,
                           const person_id& who, const std::string& reason) {
  auto s = complaints.show(number);
  if (!s) return s.error();
  const auto rights = rights_of(complaints.office(), who);
  if (!rights) return rights.error();
  if (!may_see_names(*s, *rights))
    return make_error(errc::not_permitted, "'{}' may not see who complained",
                      "“{}”无权查阅投诉人实名信息", who.text());
  if (!s->confidential) return s;
  return complaints.act(
      act_command(number, to_string(complaint_act::disclose), at, who, {{"reason", reason}}));
}

result<std::vector<fault_finding>> findings(const order_register& orders,
                                            const register_period& during) {
  return findings_of(orders, during);
}
result<std::vector<fault_finding>> findings(const complaint_register& complaints,
                                            const register_period& during) {
  return findings_of(complaints, during);
}

result<std::vector<supervision_order>> orders_in(const case_store& store,
                                                 const std::optional<instant>& until,
                                                 const record_filter& wanted) {
  return records_in<supervision_order>(store, until, wanted);
}
result<std::vector<complaint>> complaints_in(const case_store& store,
                                             const std::optional<instant>& until) {
  return records_in<complaint>(store, until, {});
}

data_table to_table(std::span<const register_count> counts) {
  detail::column_table t{"register", {"Register", "登记簿统计"}};
  t.words({"key", "Key", "代码"});
  t.words({"label", "Label", "类别"});
  t.whole({"total", "Total", "件数"});
  t.whole({"open", "Open", "在办"});
  t.whole({"overdue", "Overdue", "超期"});
  t.whole({"late", "Kept late", "逾期办理"});
  t.whole({"faults", "Faults", "有过错"});
  for (const register_count& n : counts) {
    t.put(n.key);
    t.put(n.label);
    for (const std::size_t cell : {n.total, n.open, n.overdue, n.late, n.faults}) t.put(cell);
  }
  return std::move(t).take();
}

std::string to_csv(std::span<const record_sheet> sheets) {
  item_table table;
  for (const record_sheet& s : sheets) {
    std::vector<std::string> row;
    for (const auto& [heading, value] : s.rows) {
      if (&s == &sheets.front()) table.columns.push_back(heading);
      row.push_back(value);
    }
    table.rows.push_back(std::move(row));
  }
  return to_csv(table);
}

} // namespace banli
