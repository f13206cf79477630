// The acts of the item library.
#include <banli/library/item_library.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <banli/library/item_difference.hpp>
#include <banli/time/text.hpp>

#include "library/admit_act.hpp"
#include "library/item_places.hpp"

namespace banli {

namespace {

error no_entry(entry_number n) {
  return make_error(errc::unknown_item, "the library has no entry {}", "事项库没有第 {} 号事项",
                    static_cast<std::uint32_t>(n));
}

error code_in_use(const item_id& code, entry_number n) {
  return make_error(errc::duplicate_code, "the code {} belongs to entry {}",
                    "编码 {} 已属于第 {} 号事项", code.text(), static_cast<std::uint32_t>(n));
}

/// The latest version of an entry that is on its way.
template <class Entry>
auto open_of(Entry& e) -> decltype(&e.versions.front()) {
  auto& last = e.versions.back();
  return last.open() ? &last : nullptr;
}

template <class Entry>
auto published_of(Entry& e) -> decltype(&e.versions.front()) {
  for (auto v = e.versions.rbegin(); v != e.versions.rend(); ++v)
    if (v->state == item_state::published) return &*v;
  return nullptr;
}

/// Of what the record of an edit tells: which fields changed.
std::string edited_fields(const service_item& before, const service_item& after) {
  std::string out;
  std::string_view last;
  const auto changes = compare(before, after);
  for (const item_change& c : changes) {
    const std::string_view field = std::string_view{c.path}.substr(0, c.path.find('/'));
    if (field == last) continue;
    out += (out.empty() ? "" : ", ") + std::string{field};
    last = field;
  }
  return out;
}

} // namespace

problems submission_problems(const service_item& item, const submission_rules& rules,
                             const locator& where) {
  problems out = check(item, detail::place_is_path);
  std::erase_if(out, [](const error& e) {
    return e.where.file == "/code" && (e.code == errc::missing_field);
  });
  std::set<std::string, std::less<>> told; // faults and gaps are told once
  for (const error& e : out) told.insert(e.where.file);
  for (std::size_t i = 0; i < element_list_count; ++i) {
    const auto list = static_cast<element_list>(i);
    if (!rules.marks.has(list)) continue;
    for (const missing_element& m : completeness(item, list).missing) {
      const bool fault = told.contains(m.field);
      if (m.field == "/code" || fault || !told.insert(fmt::format("{} {}", m.field, m.en)).second)
        continue;
      out.push_back(at(make_error(errc::incomplete_item, "section {} lacks: {}",
                                  "“{2}”部分未填写:{3}", to_string(list), m.en, label(list), m.zh),
                       {.file = std::string{m.field}, .line = 0, .column = 0}));
    }
  }
  for (error& e : out) e.where = where(e.where.file);
  return out;
}

item_library::item_library(confirmation_chain chain, submission_rules submission,
                           const item_library_limits& limits)
    : limits_(limits) {
  data_.chain = chain;
  data_.submission = submission;
}

result<item_library> item_library::restore(item_library_data data,
                                           const item_library_limits& limits) {
  if (const problems wrong = check(data); !wrong.empty()) return wrong.front();
  if (data.entries.size() > limits.entries || data.records.size() > limits.records)
    return make_error(errc::limit_exceeded, "more than {} entries or {} records",
                      "事项超过 {} 项或记录超过 {} 条", limits.entries, limits.records);
  item_library out{data.chain, data.submission, limits};
  out.data_ = std::move(data);
  out.records_of_.resize(out.data_.entries.size());
  for (std::size_t i = 0; i < out.data_.records.size(); ++i)
    out.records_of_[to_index(out.data_.records[i].entry)].push_back(static_cast<std::uint32_t>(i));
  for (const item_entry& e : out.data_.entries)
    for (const item_version& v : e.versions)
      if (!v.item.code.empty()) out.codes_.emplace(v.item.code, e.number);
  return out;
}

result<void> item_library::admit(instant when, std::string_view words) const {
  return detail::admit_act(data_, limits_, when, words);
}

void item_library::keep(item_record r) {
  records_of_[to_index(r.entry)].push_back(static_cast<std::uint32_t>(data_.records.size()));
  data_.records.push_back(std::move(r));
}

result<entry_number> item_library::create(service_item item, std::string origin,
                                          const item_actor& actor, instant when) {
  if (auto ok = admit(when, origin); !ok) return ok.error();
  if (!item.code.empty())
    return make_error(errc::condition_not_met,
                      "a new item has no code yet: codes are given after the last confirmation",
                      "新建事项尚无编码:编码在审核确认后统一赋予");
  if (data_.entries.size() >= limits_.entries)
    return make_error(errc::limit_exceeded, "more than {} entries", "事项超过 {} 项",
                      limits_.entries);
  item_version first;
  first.item = std::move(item);
  item_entry entry;
  const auto may =
      next(item_state::draft, item_command::edit, {actor.roles}, facts_of(entry, first, actor));
  if (!may) return may.error();
  entry.number = static_cast<entry_number>(data_.entries.size() + 1);
  entry.origin = std::move(origin);
  entry.versions.push_back(std::move(first));
  const entry_number n = entry.number;
  data_.entries.push_back(std::move(entry));
  records_of_.emplace_back();
  keep({.entry = n, .when = when, .who = actor.who, .kind = record_kind::created});
  return n;
}

result<entry_number> item_library::adopt(service_item item, std::string origin,
                                         const item_actor& actor, instant when, day effective) {
  if (auto ok = admit(when, origin); !ok) return ok.error();
  if (!actor.roles.has(actor_role::service_office))
    return make_error(errc::not_permitted, "items in force are taken over by the service office",
                      "已生效事项由政务办转入");
  if (item.code.empty())
    return make_error(errc::missing_code, "an item in force has its code", "已生效事项应有编码");
  if (const problems wrong = check(item); !wrong.empty()) return wrong.front();
  if (const auto taken = codes_.find(item.code); taken != codes_.end())
    return code_in_use(item.code, taken->second);
  if (effective > day_of(when))
    return make_error(errc::bad_value, "{} is to come: the item is not yet in force",
                      "{} 尚未到来:事项还未生效", to_text(effective));
  if (data_.entries.size() >= limits_.entries)
    return make_error(errc::limit_exceeded, "more than {} entries", "事项超过 {} 项",
                      limits_.entries);
  const auto n = static_cast<entry_number>(data_.entries.size() + 1);
  codes_.emplace(item.code, n);
  item_version first;
  first.state = item_state::published;
  first.item = std::move(item);
  first.disposition = item_disposition::kept;
  first.effective = effective;
  data_.entries.push_back({n, {}, std::move(origin), {std::move(first)}});
  records_of_.emplace_back();
  keep({.entry = n,
        .when = when,
        .who = actor.who,
        .kind = record_kind::adopted,
        .to = item_state::published});
  return n;
}

result<void> item_library::edit(entry_number n, service_item item, const item_actor& actor,
                                instant when) {
  if (auto ok = admit(when, {}); !ok) return ok;
  const auto at = target_of(n, item_command::edit);
  if (!at) return at.error();
  item_version& v = at->entry->versions[at->version];
  const auto may = next(v.state, item_command::edit, {actor.roles}, facts_of(*at->entry, v, actor));
  if (!may) return may.error();
  if (item.department != actor.department)
    return make_error(errc::not_permitted, "the item would pass to another department",
                      "修改后事项将属于其他部门");
  if (item.code != v.item.code)
    return make_error(errc::condition_not_met, "the code of an item is given, not edited",
                      "事项编码只能赋予,不能修改");
  std::string fields = edited_fields(v.item, item);
  v.item = std::move(item);
  keep({n, v.number, when, actor.who, record_kind::acted, item_command::edit, v.state, v.state,
        std::move(fields)});
  return {};
}

result<item_library::target> item_library::target_of(entry_number n, item_command command) {
  if (find(n) == nullptr) return no_entry(n);
  item_entry& e = data_.entries[to_index(n)];
  const item_version* open = open_of(e);
  const item_version* published = published_of(e);
  const bool of_published = command == item_command::change || command == item_command::replace ||
                            command == item_command::propose_void ||
                            (command == item_command::make_void && open == nullptr);
  const item_version* v = of_published ? published : open;
  if (v == nullptr) v = &e.versions.back(); // which then knows no such command
  return target{&e, static_cast<std::size_t>(v - e.versions.data())};
}

item_facts item_library::facts_of(const item_entry& e, const item_version& v,
                                  const item_actor& actor) const {
  item_facts f;
  if (!actor.department.empty() && v.item.department == actor.department)
    f = f.with(item_fact::own_department);
  if (!v.item.code.empty()) f = f.with(item_fact::coded);
  if (data_.chain.has(confirming_level::city)) f = f.with(item_fact::city_confirms);
  if (data_.chain.has(confirming_level::province)) f = f.with(item_fact::province_confirms);
  if (!e.versions.empty() && open_of(e) != nullptr) f = f.with(item_fact::under_change);
  return f;
}

result<item_state> item_library::act(entry_number n, item_command command, const item_actor& actor,
                                     instant when, const act_details& details) {
  if (auto ok = admit(when, details.reason); !ok) return ok.error();
  if (command == item_command::edit || command == item_command::assign_code ||
      command == item_command::replace)
    return make_error(errc::unknown_command, "{} is not asked for by act()", "“{1}”不能直接提出",
                      to_string(command), label(command));
  const auto at = target_of(n, command);
  if (!at) return at.error();
  return take(*at, command, actor, when, details);
}

result<item_state> item_library::take(const target& at, item_command command,
                                      const item_actor& actor, instant when,
                                      const act_details& details) {
  item_version& v = at.entry->versions[at.version];
  item_facts facts = facts_of(*at.entry, v, actor);
  problems lacking;
  if (!details.reason.empty()) facts = facts.with(item_fact::reasoned);
  if (command == item_command::submit) lacking = submission_problems(v.item, data_.submission);
  if (lacking.empty()) facts = facts.with(item_fact::complete);
  auto to = next(v.state, command, {actor.roles}, facts);
  if (!to) {
    error e = std::move(to).error();
    if (e.code == errc::incomplete_item) {
      e.message.en += fmt::format(": {}", lacking.front().message.en);
      e.message.zh += fmt::format(":{}", lacking.front().message.zh);
    }
    return e;
  }
  const day effective = details.effective.value_or(day_of(when));
  if (command == item_command::publish)
    if (auto ok = may_publish(at, effective); !ok) return ok.error();
  if (effective < day_of(when))
    return make_error(errc::bad_value, "{} lies before the day of the act", "{} 早于操作之日",
                      to_text(effective));
  if (command == item_command::change && at.entry->versions.size() >= limits_.versions)
    return make_error(errc::limit_exceeded, "more than {} versions of one item",
                      "一个事项的版本超过 {} 个", limits_.versions);
  keep({at.entry->number, v.number, when, actor.who, record_kind::acted, command, v.state, *to,
        details.reason});
  if (command == item_command::publish) {
    publish(at, actor, when, effective);
  } else {
    v.state = *to;
    if (command == item_command::make_void && v.effective) v.ended = effective;
    if (command == item_command::change) open_change(at, details);
  }
  return *to;
}

result<void> item_library::may_publish(const target& at, day effective) const {
  const item_version& v = at.entry->versions[at.version];
  const item_version* before = published_of(*at.entry);
  if (before != nullptr && before->effective && effective <= *before->effective && v.open())
    return make_error(errc::bad_value, "{} is not after {}, from when its predecessor is in force",
                      "{} 不晚于上一版本的生效日 {}", to_text(effective),
                      to_text(*before->effective));
  return {};
}

void item_library::publish(const target& at, const item_actor& actor, instant when, day effective) {
  item_version* before = published_of(*at.entry);
  item_version& v = at.entry->versions[at.version];
  if (before != nullptr) {
    keep({at.entry->number,
          before->number,
          when,
          actor.who,
          record_kind::acted,
          item_command::replace,
          before->state,
          item_state::archived,
          {}});
    before->state = item_state::archived;
    before->ended = effective;
  }
  v.state = item_state::published;
  v.effective = effective;
}

void item_library::open_change(const target& at, const act_details& details) {
  item_version copy = at.entry->versions[at.version];
  copy.number = static_cast<int>(at.entry->versions.size()) + 1;
  copy.state = item_state::draft;
  copy.disposition = details.disposition.value_or(item_disposition::adjusted);
  copy.effective.reset();
  copy.ended.reset();
  at.entry->versions.push_back(std::move(copy));
}

result<item_id> item_library::assign_code(entry_number n, const item_actor& actor, instant when,
                                          const code_source& source) {
  if (auto ok = admit(when, {}); !ok) return ok.error();
  const auto at = target_of(n, item_command::assign_code);
  if (!at) return at.error();
  item_version& v = at->entry->versions[at->version];
  const auto may =
      next(v.state, item_command::assign_code, {actor.roles}, facts_of(*at->entry, v, actor));
  if (!may) return may.error();
  if (!v.item.code.empty())
    return make_error(errc::condition_not_met, "the item has the code {}", "事项已有编码 {}",
                      v.item.code.text());
  auto code = source(v.item);
  if (!code) return code.error();
  if (code->empty() || code->text().size() > 64)
    return make_error(errc::bad_item_code, "'{}' is no code of an item", "“{}”不是事项编码",
                      code->text());
  if (const auto taken = codes_.find(*code); taken != codes_.end())
    return code_in_use(*code, taken->second);
  v.item.code = *code;
  codes_.emplace(*code, n);
  keep({n, v.number, when, actor.who, record_kind::acted, item_command::assign_code, v.state,
        v.state, code->text()});
  return *code;
}

std::vector<batch_verdict> item_library::act_all(std::span<const entry_number> entries,
                                                 item_command command, const item_actor& actor,
                                                 instant when, const act_details& details) {
  std::vector<batch_verdict> out;
  for (const entry_number n : entries) {
    batch_verdict& v = out.emplace_back();
    v.entry = n;
    auto done = act(n, command, actor, when, details);
    if (done) {
      v.state = *done;
      continue;
    }
    v.found.push_back(std::move(done).error());
    if (v.found.front().code != errc::incomplete_item) continue;
    for (error& e :
         submission_problems(open_version(n)->item, data_.submission, detail::place_is_path))
      v.found.push_back(std::move(e));
  }
  return out;
}

result<void> item_library::move(entry_number n, item_placement place, const item_actor& actor,
                                instant when) {
  if (auto ok = admit(when, place.group); !ok) return ok;
  if (find(n) == nullptr) return no_entry(n);
  item_entry& e = data_.entries[to_index(n)];
  const bool own =
      !actor.department.empty() && e.versions.back().item.department == actor.department;
  if (!actor.roles.has(actor_role::service_office) &&
      !(own && actor.roles.has(actor_role::entry_account)))
    return make_error(errc::not_permitted,
                      "items are moved by the entry account of their department or the service "
                      "office",
                      "移动、分组、排序由本部门录入账号或政务办进行");
  keep({.entry = n,
        .version = e.versions.back().number,
        .when = when,
        .who = actor.who,
        .kind = record_kind::moved,
        .from = e.versions.back().state,
        .to = e.versions.back().state,
        .reason = fmt::format("{} #{} -> {} #{}", e.place.group, e.place.order, place.group,
                              place.order)});
  e.place = std::move(place);
  return {};
}

result<void> item_library::remark(entry_number n, std::string opinion, const item_actor& actor,
                                  instant when) {
  if (auto ok = admit(when, opinion); !ok) return ok;
  if (find(n) == nullptr) return no_entry(n);
  if (actor.roles.empty())
    return make_error(errc::not_permitted, "only who has a role may give an opinion",
                      "有角色的人员才能提出审阅意见");
  if (opinion.empty())
    return make_error(errc::missing_reason, "the opinion is empty", "审阅意见为空");
  const item_version& v = data_.entries[to_index(n)].versions.back();
  keep({.entry = n,
        .version = v.number,
        .when = when,
        .who = actor.who,
        .kind = record_kind::opinion,
        .from = v.state,
        .to = v.state,
        .reason = std::move(opinion)});
  return {};
}

const item_entry* item_library::find(entry_number n) const {
  const std::size_t i = to_index(n);
  return i < data_.entries.size() ? &data_.entries[i] : nullptr;
}

const item_entry* item_library::find(const item_id& code) const {
  const auto it = codes_.find(code);
  return it == codes_.end() ? nullptr : find(it->second);
}

const item_version* item_library::as_of(entry_number n, day d) const {
  const item_entry* e = find(n);
  if (e == nullptr) return nullptr;
  for (const item_version& v : e->versions)
    if (v.in_force(d)) return &v;
  return nullptr;
}

const item_version* item_library::as_of(const item_id& code, day d) const {
  const item_entry* e = find(code);
  return e == nullptr ? nullptr : as_of(e->number, d);
}

const item_version* item_library::open_version(entry_number n) const {
  const item_entry* e = find(n);
  return e == nullptr ? nullptr : open_of(*e);
}

const item_version* item_library::published_version(entry_number n) const {
  const item_entry* e = find(n);
  return e == nullptr ? nullptr : published_of(*e);
}

std::vector<life_cycle_row> item_library::allowed(entry_number n, const item_actor& actor) const {
  const item_entry* e = find(n);
  if (e == nullptr) return {};
  std::vector<life_cycle_row> out;
  const auto add = [&](const item_version* v) {
    if (v == nullptr) return;
    item_facts f = facts_of(*e, *v, actor).with(item_fact::reasoned).with(item_fact::coded);
    if (submission_problems(v->item, data_.submission).empty()) f = f.with(item_fact::complete);
    // While a change is on its way, it is the change that would be voided.
    const bool hidden = v->state == item_state::published && open_of(*e) != nullptr;
    for (life_cycle_row& row : banli::allowed(v->state, {actor.roles}, f))
      if (!hidden || row.command != item_command::make_void) out.push_back(std::move(row));
  };
  const item_version* open = open_of(*e);
  add(open);
  add(published_of(*e));
  return out;
}

std::vector<item_record> item_library::history(entry_number n) const {
  std::vector<item_record> out;
  if (find(n) == nullptr) return out;
  for (const std::uint32_t i : records_of_[to_index(n)]) out.push_back(data_.records[i]);
  return out;
}

} // namespace banli
