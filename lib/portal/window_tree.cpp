#include <banli/portal/window_tree.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <banli/base/nearest.hpp>

#include "portal_words.hpp"

namespace banli {

namespace {

constexpr auto level_words = std::to_array<detail::portal_word>(
    {{"city", "市"}, {"county", "县"}, {"town", "乡镇(街道)"}, {"village", "社区(村)"}});

constexpr auto place_words = std::to_array<detail::portal_word>(
    {{"main_hall", "主厅"}, {"sub_hall", "分厅"}, {"station", "服务站"}});

class place_check {
 public:
  place_check(std::span<const service_place> places, const locator& where)
      : places_(places), where_(where) {
    for (std::size_t i = 0; i < places.size(); ++i) by_id_.emplace(places[i].id, i);
  }

  problems run() {
    std::set<std::string_view> ids;
    std::set<std::string_view> names;
    for (at_ = 0; at_ < places_.size(); ++at_) {
      const service_place& p = places_[at_];
      if (p.id.empty())
        add("id", make_error(errc::missing_field, "a place has no id", "地点缺少编号"));
      if (p.name.empty())
        add("name",
            make_error(errc::missing_field, "place '{}' has no name", "地点“{}”缺少名称", p.id));
      if (!p.id.empty() && !ids.insert(p.id).second)
        add("id", make_error(errc::duplicate_id, "two places '{}'", "地点“{}”重复", p.id));
      if (!p.name.empty() && !names.insert(p.name).second)
        add("name", make_error(errc::duplicate_id, "two places are named '{}'", "地点名称“{}”重复",
                               p.name));
      if (!p.parent.empty()) judge_parent(p);
      if (p.parent.empty() && p.kind == place_kind::sub_hall)
        add("kind", make_error(errc::bad_value, "sub-hall '{}' belongs to no hall",
                               "分厅“{}”没有主厅", p.name));
    }
    return std::move(found_);
  }

 private:
  void judge_parent(const service_place& p) {
    const auto parent = by_id_.find(p.parent);
    if (parent == by_id_.end()) {
      std::vector<std::string_view> known;
      for (const service_place& other : places_) known.emplace_back(other.id);
      add("parent", with_hint(make_error(errc::unknown_reference, "there is no place '{}'",
                                         "没有地点“{}”", p.parent),
                              suggestion(p.parent, known)));
      return;
    }
    const service_place& above = places_[parent->second];
    const bool beside = p.kind == place_kind::sub_hall;
    if (beside ? above.level != p.level || above.kind != place_kind::main_hall
               : above.level >= p.level)
      add("level",
          make_error(errc::bad_value, "'{0}' ({2}) cannot stand below '{1}' ({3})",
                     "“{0}”({4})不能隶属“{1}”({5})", p.name, above.name, to_string(p.level),
                     to_string(above.level), label(p.level), label(above.level)));
    // Levels rise on the way up, but from a sub-hall to its hall: who walks longer walks in a ring.
    std::size_t steps = 0;
    for (const service_place* q = &p; !q->parent.empty() && steps <= places_.size(); ++steps) {
      const auto next = by_id_.find(q->parent);
      if (next == by_id_.end()) return;
      q = &places_[next->second];
    }
    if (steps > places_.size())
      add("parent",
          make_error(errc::bad_value, "'{}' stands below itself", "“{}”隶属于自身", p.name));
  }

  void add(std::string_view field, error e) {
    e.where = where_(fmt::format("/{}/{}", at_, field));
    found_.push_back(std::move(e));
  }

  std::span<const service_place> places_;
  const locator& where_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::size_t at_ = 0;
  problems found_;
};

} // namespace

std::string_view to_string(place_level l) { return level_words[static_cast<std::size_t>(l)].name; }
std::string_view label(place_level l) { return level_words[static_cast<std::size_t>(l)].label; }
result<place_level> parse_place_level(std::string_view name) {
  return detail::parse_word<place_level>(level_words, name, "level", "层级");
}
std::string_view to_string(place_kind k) { return place_words[static_cast<std::size_t>(k)].name; }
std::string_view label(place_kind k) { return place_words[static_cast<std::size_t>(k)].label; }
result<place_kind> parse_place_kind(std::string_view name) {
  return detail::parse_word<place_kind>(place_words, name, "kind of place", "场所");
}

problems check(std::span<const service_place> places, const locator& where,
               const place_limits& limits) {
  if (places.size() > limits.places)
    return {
        make_error(errc::limit_exceeded, "more than {} places", "地点超过 {} 个", limits.places)};
  return place_check{places, where}.run();
}

result<window_tree> window_tree::build(std::vector<service_place> places,
                                       const place_limits& limits) {
  if (problems found = check(places, nowhere, limits); !found.empty()) return found.front();
  window_tree out;
  out.places_ = std::move(places);
  for (std::size_t i = 0; i < out.places_.size(); ++i) out.by_id_.emplace(out.places_[i].id, i);
  return out;
}

const service_place* window_tree::find(std::string_view id) const {
  const auto found = by_id_.find(std::string{id});
  return found == by_id_.end() ? nullptr : &places_[found->second];
}

std::vector<std::string> window_tree::below(std::string_view id) const {
  std::vector<std::string> out;
  for (const service_place& p : places_)
    if (p.parent == id) out.push_back(p.id);
  return out;
}

std::vector<std::string> window_tree::chain(std::string_view id) const {
  std::vector<std::string> out;
  for (const service_place* p = find(id); p != nullptr; p = find(p->parent)) out.push_back(p->id);
  std::ranges::reverse(out);
  return out;
}

std::size_t window_tree::count(std::string_view id, place_level level) const {
  return static_cast<std::size_t>(std::ranges::count_if(places_, [&](const service_place& p) {
    if (p.level != level) return false;
    const std::vector<std::string> above = chain(p.id);
    return std::ranges::find(above, id) != above.end();
  }));
}

std::vector<served_item> window_tree::served(std::string_view id,
                                             std::span<const service_item> items) const {
  std::vector<served_item> out;
  const service_place* p = find(id);
  if (p == nullptr) return out;
  for (const service_item& i : items) {
    for (const service_window& w : i.windows)
      if (w.hall == p->name) out.push_back({i.code, p->id, w.window, std::nullopt});
    for (const delegation& d : i.delegations)
      if (d.unit == p->name) out.push_back({i.code, p->id, d.window, d.role});
  }
  return out;
}

std::vector<served_item> window_tree::served_below(std::string_view id,
                                                   std::span<const service_item> items) const {
  std::vector<served_item> out;
  for (const service_place& p : places_) {
    const std::vector<std::string> above = chain(p.id);
    if (std::ranges::find(above, id) == above.end()) continue;
    std::ranges::move(served(p.id, items), std::back_inserter(out));
  }
  return out;
}

} // namespace banli
