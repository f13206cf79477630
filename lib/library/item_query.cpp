// Questions to the item library.
#include <banli/library/item_query.hpp>

#include <algorithm>
#include <set>
#include <unordered_set>

#include <fmt/format.h>

#include <banli/item/completeness.hpp>

namespace banli {

namespace {

/// The latest version, unless it is a change that was given up: then the one it was to replace.
const item_version& current(const item_entry& e) {
  const item_version& last = e.versions.back();
  if (last.state != item_state::voided || last.effective) return last;
  for (const item_version& v : e.versions)
    if (v.state == item_state::published) return v;
  return last;
}

/// The version a search sees: the one in force on a day, or the current one.
const item_version* seen(const item_entry& e, std::optional<day> as_of) {
  if (!as_of) return &current(e);
  for (const item_version& v : e.versions)
    if (v.in_force(*as_of)) return &v;
  return nullptr;
}

bool under(std::string_view group, std::string_view wanted) {
  return group.starts_with(wanted) &&
         (group.size() == wanted.size() || group[wanted.size()] == '>');
}

bool rests_on(const service_item& item, std::string_view law) {
  return std::any_of(item.bases.begin(), item.bases.end(), [law](const legal_basis& b) {
    return b.title.find(law) != std::string::npos;
  });
}

/// What was decided on an item: one that was in the library and is void is cancelled.
item_disposition decided(const item_version& v) {
  return v.state == item_state::voided && v.effective ? item_disposition::cancelled : v.disposition;
}

bool matches(const item_entry& e, const item_version& v, const item_query& q) {
  const service_item& i = v.item;
  return i.code.text().starts_with(q.code) && i.name.find(q.name_part) != std::string::npos &&
         (q.type.empty() || i.type == q.type) &&
         (q.department.empty() || i.department == q.department) &&
         (!q.state || v.state == *q.state) && (q.law.empty() || rests_on(i, q.law)) &&
         (q.group.empty() || under(e.place.group, q.group)) &&
         (!q.disposition || decided(v) == *q.disposition);
}

/// The entries in the order of the lists.
std::vector<const item_entry*> in_order(const item_library& lib) {
  std::vector<const item_entry*> out;
  out.reserve(lib.entries().size());
  for (const item_entry& e : lib.entries()) out.push_back(&e);
  std::stable_sort(out.begin(), out.end(), [](const item_entry* a, const item_entry* b) {
    return std::tie(a->place.group, a->place.order) < std::tie(b->place.group, b->place.order);
  });
  return out;
}

/// The latest version of each entry that a predicate takes.
template <class Keep>
std::vector<item_hit> latest(const item_library& lib, Keep&& keep) {
  std::vector<item_hit> out;
  for (const item_entry* e : in_order(lib))
    for (auto v = e->versions.rbegin(); v != e->versions.rend(); ++v)
      if (keep(*v)) {
        out.push_back({e->number, v->number});
        break;
      }
  return out;
}

/// The last record of an entry that is a command.
std::optional<item_record> last_of(const item_library& lib, entry_number n, item_command command) {
  const std::vector<item_record> all = lib.history(n);
  for (auto r = all.rbegin(); r != all.rend(); ++r)
    if (r->kind == record_kind::acted && r->command == command) return *r;
  return std::nullopt;
}

bool proposed_void(const item_library& lib, const item_entry& e) {
  const item_version* v = lib.published_version(e.number);
  if (v == nullptr) return false;
  const auto r = last_of(lib, e.number, item_command::propose_void);
  return r && r->version == v->number;
}

} // namespace

result<search_answer> search(const item_library& lib, const item_query& query) {
  if (query.limit > max_search_limit)
    return make_error(errc::limit_exceeded, "at most {} hits can be asked for",
                      "一次最多查询 {} 项", max_search_limit);
  search_answer out;
  for (const item_entry* e : in_order(lib)) {
    const item_version* v = seen(*e, query.as_of);
    if (v == nullptr || !matches(*e, *v, query)) continue;
    if (out.found >= query.skip && out.hits.size() < query.limit)
      out.hits.push_back({e->number, v->number});
    ++out.found;
  }
  return out;
}

std::vector<to_do_line> to_do(const item_library& lib, const item_actor& actor) {
  std::vector<to_do_line> out;
  for (const item_entry* e : in_order(lib)) {
    const item_version* open = lib.open_version(e->number);
    const bool asked = open == nullptr && actor.roles.has(actor_role::establishment_office) &&
                       proposed_void(lib, *e);
    if (open == nullptr && !asked) continue;
    to_do_line line{{e->number, e->versions.back().number}, {}};
    for (const life_cycle_row& row : lib.allowed(e->number, actor))
      if (asked ? row.command == item_command::make_void
                : row.from < item_state::published && row.command != item_command::make_void)
        line.commands.push_back(row.command);
    // Giving a code again is no work that waits.
    if (open != nullptr && !open->item.code.empty())
      std::erase(line.commands, item_command::assign_code);
    if (!line.commands.empty()) out.push_back(std::move(line));
  }
  return out;
}

std::vector<item_hit> to_review(const item_library& lib) {
  return latest(lib, [](const item_version& v) {
    return v.state > item_state::draft && v.state < item_state::published;
  });
}

std::vector<item_hit> published(const item_library& lib) {
  return latest(lib, [](const item_version& v) { return v.state == item_state::published; });
}

std::vector<reasoned_line> voided_items(const item_library& lib) {
  std::vector<reasoned_line> out;
  for (const item_entry* e : in_order(lib)) {
    if (e->versions.back().state != item_state::voided) continue;
    if (lib.published_version(e->number) != nullptr) continue; // only a change was given up
    const auto r = last_of(lib, e->number, item_command::make_void);
    if (r) out.push_back({{e->number, r->version}, r->reason, r->when});
  }
  return out;
}

std::vector<reasoned_line> proposed_voids(const item_library& lib) {
  std::vector<reasoned_line> out;
  for (const item_entry* e : in_order(lib)) {
    if (!proposed_void(lib, *e)) continue;
    const auto r = last_of(lib, e->number, item_command::propose_void);
    out.push_back({{e->number, r->version}, r->reason, r->when});
  }
  return out;
}

std::vector<item_hit> items_of(const item_library& lib, item_disposition d) {
  return latest(lib, [d](const item_version& v) {
    const bool was_in_library =
        v.state == item_state::published || (v.state == item_state::voided && v.effective);
    return was_in_library && decided(v) == d;
  });
}

std::vector<offered_line> offered_at(const item_library& lib, std::string_view place, day d) {
  std::vector<offered_line> out;
  for (const item_entry* e : in_order(lib)) {
    const item_version* v = seen(*e, d);
    if (v == nullptr) continue;
    const item_hit item{e->number, v->number};
    for (const service_window& w : v->item.windows)
      if (w.hall == place) out.push_back({item, w.window, {}});
    for (const delegation& x : v->item.delegations)
      if (x.unit == place) out.push_back({item, x.window, x.role});
  }
  return out;
}

std::string origin_text(const listed_power& p) {
  return p.number.empty() ? p.list : p.list + ' ' + p.number;
}

result<entry_number> recognise(item_library& lib, const listed_power& power,
                               const item_actor& actor, instant when) {
  const std::string origin = origin_text(power);
  for (const item_entry& e : lib.entries())
    if (!origin.empty() && e.origin == origin && e.versions.back().state != item_state::voided)
      return make_error(errc::duplicate_id, "{} has been recognised as entry {}",
                        "{} 已认定为第 {} 号事项", origin, static_cast<std::uint32_t>(e.number));
  service_item item;
  item.name = power.name;
  item.type = power.type;
  item.department = power.department;
  return lib.create(std::move(item), origin, actor, when);
}

std::vector<listed_power> missing_from(const item_library& lib,
                                       const std::vector<listed_power>& list) {
  std::unordered_set<std::string> origins;
  std::set<std::pair<std::string, department_id>> names;
  for (const item_entry& e : lib.entries()) {
    const item_version& v = e.versions.back();
    if (v.state == item_state::voided && lib.published_version(e.number) == nullptr) continue;
    if (!e.origin.empty()) origins.insert(e.origin);
    names.emplace(v.item.name, v.item.department);
  }
  std::vector<listed_power> out;
  for (const listed_power& p : list)
    if (!origins.contains(origin_text(p)) && !names.contains({p.name, p.department}))
      out.push_back(p);
  return out;
}

std::string by_department(const item_version& v) { return v.item.department.text(); }
std::string by_type(const item_version& v) { return v.item.type; }
std::string by_area(const item_version& v) { return v.item.code.text().substr(0, 8); }

std::map<std::string, item_counts> count_items(const item_library& lib, const item_key& key) {
  std::map<std::string, item_counts> out;
  for (const item_entry& e : lib.entries()) {
    const item_version& v = current(e);
    item_counts& c = out[key(v)];
    ++c.entries;
    ++c.states[static_cast<std::size_t>(v.state) / 10 - 1];
    c.recognised += e.origin.empty() ? 0U : 1U;
    c.coded += v.item.code.empty() ? 0U : 1U;
    c.in_library += lib.published_version(e.number) == nullptr ? 0U : 1U;
    c.guides += completeness(v.item, element_list::guide_eight).complete ? 1U : 0U;
  }
  return out;
}

} // namespace banli
