// The entries of the catalogue and the acts on them.
#include <banli/library/catalogue_list.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

#include "library/admit_act.hpp"

namespace banli {

namespace {

error unknown_entry(const catalogue_id& id, const std::vector<listed_entry>& all) {
  std::vector<std::string> known;
  for (const listed_entry& e : all) known.push_back(e.entry.id.text());
  return with_hint(make_error(errc::unknown_reference, "the catalogue has no entry '{}'",
                              "目录库没有“{}”", id.text()),
                   suggestion(id.text(), known));
}

error id_twice(const catalogue_id& id) {
  return make_error(errc::duplicate_id, "the entry '{}' is there twice", "目录“{}”重复", id.text());
}

} // namespace

std::string_view to_string(catalogue_act a) {
  constexpr std::array<std::string_view, 4> names{"added", "changed", "moved", "voided"};
  return names[static_cast<std::size_t>(a)];
}

std::string_view label(catalogue_act a) {
  constexpr std::array<std::string_view, 4> names{"新增", "修改", "移动", "作废"};
  return names[static_cast<std::size_t>(a)];
}

problems check(const catalogue_list_data& data, const locator& where) {
  problems out;
  const auto add = [&](error e, const std::string& path) {
    e.where = where(path);
    out.push_back(std::move(e));
  };
  std::set<std::string_view> ids;
  std::set<std::string_view> voided;
  for (std::size_t i = 0; i < data.entries.size(); ++i) {
    const listed_entry& e = data.entries[i];
    const std::string path = fmt::format("/entries/{}", i);
    for (error& wrong :
         check(e.entry, [&](std::string_view part) { return where(path + std::string{part}); }))
      out.push_back(std::move(wrong));
    if (!ids.insert(e.entry.id.text()).second) add(id_twice(e.entry.id), path + "/id");
    if (e.voided) voided.insert(e.entry.id.text());
  }
  std::set<std::string_view> added;
  for (std::size_t i = 0; i < data.records.size(); ++i) {
    const catalogue_record& r = data.records[i];
    const std::string path = fmt::format("/records/{}", i);
    if (i > 0 && r.when < data.records[i - 1].when)
      add(make_error(errc::time_backwards, "{} lies before the last act, {}",
                     "{} 早于上一次操作的时间 {}", to_text(r.when),
                     to_text(data.records[i - 1].when)),
          path + "/when");
    if (!ids.contains(r.entry.text())) add(unknown_entry(r.entry, data.entries), path + "/entry");
    if (r.act == catalogue_act::added) added.insert(r.entry.text());
    if (r.act == catalogue_act::voided) {
      if (voided.erase(r.entry.text()) == 0)
        add(make_error(errc::bundle_damaged, "'{}' was voided by record {} and is not",
                       "记录 {1} 已作废目录“{0}”,但目录未作废", r.entry.text(), i),
            path);
    }
  }
  for (const listed_entry& e : data.entries)
    if (!added.contains(e.entry.id.text()))
      add(make_error(errc::bundle_damaged, "no record says who added the entry '{}'",
                     "没有新增目录“{}”的记录", e.entry.id.text()),
          "/records");
  for (const std::string_view id : voided)
    add(make_error(errc::bundle_damaged, "no record says why the entry '{}' is void",
                   "没有作废目录“{}”的记录", id),
        "/records");
  return out;
}

result<catalogue_list> catalogue_list::restore(catalogue_list_data data,
                                               const catalogue_list_limits& limits) {
  if (data.entries.size() > limits.entries || data.records.size() > limits.records)
    return make_error(errc::limit_exceeded, "more than {} entries or {} records",
                      "目录超过 {} 条或记录超过 {} 条", limits.entries, limits.records);
  if (const problems wrong = check(data); !wrong.empty()) return wrong.front();
  catalogue_list out{limits};
  for (std::size_t i = 0; i < data.entries.size(); ++i)
    out.numbers_.emplace(data.entries[i].entry.id, i);
  out.data_ = std::move(data);
  return out;
}

result<void> catalogue_list::admit(const item_actor& actor, instant when,
                                   std::string_view words) const {
  if (!actor.roles.has(actor_role::service_office))
    return make_error(errc::not_permitted, "the catalogue is kept by the service office",
                      "目录由政务办维护");
  return detail::admit_act(data_, limits_, when, words);
}

result<listed_entry*> catalogue_list::living(const catalogue_id& id) {
  const listed_entry* found = find(id);
  if (found == nullptr) return unknown_entry(id, data_.entries);
  if (found->voided)
    return make_error(errc::condition_not_met, "the entry '{}' is void", "目录“{}”已作废",
                      id.text());
  return &data_.entries[numbers_.at(id)];
}

result<void> catalogue_list::add(catalogue_entry entry, item_placement place,
                                 const item_actor& actor, instant when) {
  if (auto ok = admit(actor, when, place.group); !ok) return ok;
  if (const problems wrong = check(entry); !wrong.empty()) return wrong.front();
  if (find(entry.id) != nullptr) return id_twice(entry.id);
  if (data_.entries.size() >= limits_.entries)
    return make_error(errc::limit_exceeded, "more than {} entries", "目录超过 {} 条",
                      limits_.entries);
  data_.records.push_back({entry.id, when, actor.who, catalogue_act::added, {}});
  numbers_.emplace(entry.id, data_.entries.size());
  data_.entries.push_back({std::move(entry), std::move(place)});
  return {};
}

result<void> catalogue_list::change(catalogue_entry entry, const item_actor& actor, instant when) {
  if (auto ok = admit(actor, when, {}); !ok) return ok;
  auto at = living(entry.id);
  if (!at) return at.error();
  if (const problems wrong = check(entry); !wrong.empty()) return wrong.front();
  data_.records.push_back({entry.id, when, actor.who, catalogue_act::changed, {}});
  (*at)->entry = std::move(entry);
  return {};
}

result<void> catalogue_list::move(const catalogue_id& id, item_placement place,
                                  const item_actor& actor, instant when) {
  if (auto ok = admit(actor, when, place.group); !ok) return ok;
  auto at = living(id);
  if (!at) return at.error();
  const item_placement& old = (*at)->place;
  data_.records.push_back(
      {id, when, actor.who, catalogue_act::moved,
       fmt::format("{} #{} -> {} #{}", old.group, old.order, place.group, place.order)});
  (*at)->place = std::move(place);
  return {};
}

result<void> catalogue_list::make_void(const catalogue_id& id, std::string reason,
                                       const item_library& items, const item_actor& actor,
                                       instant when) {
  if (auto ok = admit(actor, when, reason); !ok) return ok;
  auto at = living(id);
  if (!at) return at.error();
  if (reason.empty())
    return make_error(errc::missing_reason, "a void needs its reason", "作废应说明理由");
  if (const auto below = items_below(items, id); !below.empty())
    return make_error(errc::condition_not_met,
                      "{} items stand below the entry '{}', the first is entry {}",
                      "{} 个事项属于目录“{}”,其中有第 {} 号事项", below.size(), id.text(),
                      static_cast<std::uint32_t>(below.front()));
  data_.records.push_back({id, when, actor.who, catalogue_act::voided, std::move(reason)});
  (*at)->voided = true;
  return {};
}

const listed_entry* catalogue_list::find(const catalogue_id& id) const {
  const auto it = numbers_.find(id);
  return it == numbers_.end() ? nullptr : &data_.entries[it->second];
}

std::vector<const listed_entry*> catalogue_list::in_order() const {
  std::vector<const listed_entry*> out;
  for (const listed_entry& e : data_.entries)
    if (!e.voided) out.push_back(&e);
  std::stable_sort(out.begin(), out.end(), [](const listed_entry* a, const listed_entry* b) {
    return std::tie(a->place.group, a->place.order) < std::tie(b->place.group, b->place.order);
  });
  return out;
}

std::vector<entry_number> items_below(const item_library& items, const catalogue_id& id) {
  std::vector<entry_number> out;
  for (const item_entry& e : items.entries()) {
    const auto below = [&](const item_version* v) {
      return v != nullptr && v->item.catalogue == id;
    };
    if (below(items.open_version(e.number)) || below(items.published_version(e.number)))
      out.push_back(e.number);
  }
  return out;
}

} // namespace banli
