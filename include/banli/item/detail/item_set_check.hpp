// The checks of item_set.hpp; include that one.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <banli/base/nearest.hpp>
#include <banli/item/catalogue_entry.hpp>
#include <banli/item/item_set.hpp>

namespace banli::detail {

/// The names of one kind, to be asked often.
class known_names {
 public:
  template <class Id>
  explicit known_names(const std::optional<std::vector<Id>>& ids) : known_(ids.has_value()) {
    if (!ids) return;
    for (const Id& id : *ids) add(id.text());
  }
  explicit known_names(std::span<const service_item> items) : known_(true) {
    for (const service_item& i : items) add(i.code.text());
  }

  bool known() const { return known_; }
  bool dangles(std::string_view name) const {
    return known_ && !name.empty() && !names_.contains(name);
  }
  text meant(std::string_view name) const { return suggestion(name, compared_); }

 private:
  void add(std::string_view name) {
    constexpr std::size_t most_compared = 500; // names that did-you-mean looks at
    if (names_.insert(name).second && compared_.size() < most_compared) compared_.push_back(name);
  }

  bool known_;
  std::unordered_set<std::string_view> names_;
  std::vector<std::string_view> compared_;
};

/// Collects the faults between items.
class item_set_checker {
 public:
  item_set_checker(std::span<const service_item> items, const item_references& known,
                   const item_locator& where, std::size_t most)
      : items_(items), where_(where), most_(most), flows_(known.flows), systems_(known.systems),
        laws_(known.laws), entries_(known.entries), codes_(items) {}

  problems run() {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      code(i);
      references(i);
      entry(i);
    }
    if (cut_)
      found_.push_back(make_error(errc::limit_exceeded,
                                  "there are more than {} problems: mend these and check again",
                                  "问题超过 {} 个:请改正以上问题后再检查", most_));
    return std::move(found_);
  }

 private:
  void add(std::size_t item, error e, std::string_view path) {
    if (found_.size() >= most_) {
      cut_ = true;
      return;
    }
    e.where = where_(item, path);
    found_.push_back(std::move(e));
  }

  void code(std::size_t i) {
    const std::string_view code = items_[i].code.text();
    if (code.empty()) return;
    const auto [first, fresh] = seen_.emplace(code, i);
    if (fresh) return;
    const place before = where_(first->second, "/code");
    const std::string there = before.file.empty() ? fmt::format("#{}", first->second + 1)
                                                  : fmt::format("{}:{}", before.file, before.line);
    add(i, make_error(errc::duplicate_code, "'{}' is also at {}", "“{}”与 {} 处重复", code, there),
        "/code");
  }

  void refer(std::size_t i, const known_names& names, std::string_view name, text what,
             std::string_view path) {
    if (!names.dangles(name)) return;
    add(i,
        with_hint({errc::unknown_reference,
                   {fmt::format("there is no {} '{}'", what.en, name),
                    fmt::format("没有{}“{}”", what.zh, name)},
                   {}},
                  names.meant(name)),
        path);
  }

  void references(std::size_t i) {
    const service_item& item = items_[i];
    refer(i, flows_, item.flow.text(), {"flowchart", "流程图"}, "/flow");
    refer(i, systems_, item.business_system.text(), {"business system", "业务系统"},
          "/business_system");
    refer(i, entries_, item.catalogue.text(), {"catalogue entry", "目录"}, "/catalogue");
    if (laws_.known())
      for (std::size_t k = 0; k < item.bases.size(); ++k)
        refer(i, laws_, item.bases[k].law.text(), {"law", "法律法规"},
              fmt::format("/bases/{}/law", k));
    approvals(i, item.approvals_before, "approvals_before");
    approvals(i, item.approvals_after, "approvals_after");
  }

  void approvals(std::size_t i, const std::vector<related_approval>& all, std::string_view field) {
    for (std::size_t k = 0; k < all.size(); ++k)
      refer(i, codes_, all[k].item.text(), {"item", "事项"}, fmt::format("/{}/{}/item", field, k));
  }

  void entry(std::size_t i) {
    const service_item& item = items_[i];
    if (!entries_.known() || !item.catalogue.empty() || !needs_entry(item.type)) return;
    add(i,
        make_error(errc::missing_catalogue,
                   "approval item '{}' belongs to no catalogue entry: name one in 'catalogue'",
                   "审批事项“{}”没有所属目录:应填写 catalogue", item.name),
        "/catalogue");
  }

  std::span<const service_item> items_;
  const item_locator& where_;
  std::size_t most_;
  known_names flows_, systems_, laws_, entries_, codes_;
  std::unordered_map<std::string_view, std::size_t> seen_;
  bool cut_ = false;
  problems found_;
};

} // namespace banli::detail

namespace banli {

inline problems check(std::span<const service_item> items, const item_references& known,
                      const item_locator& where, std::size_t most) {
  return detail::item_set_checker(items, known, where, most).run();
}

} // namespace banli
