// Words of entries and records, and the check of a library's data.
#include <banli/library/item_entry.hpp>

#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>
#include <banli/library/item_library.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

constexpr std::array<std::string_view, 5> disposition_names{"kept", "added", "adjusted",
                                                            "delegated", "cancelled"};
constexpr std::array<std::string_view, 5> disposition_labels{"保留", "新增", "调整", "下放",
                                                             "取消"};

/// Judges the data of a library.
class data_checker {
 public:
  data_checker(const item_library_data& data, const locator& where) : data_(data), where_(where) {}

  problems run() {
    for (std::size_t i = 0; i < data_.entries.size(); ++i) entry(i);
    for (std::size_t i = 0; i < data_.records.size(); ++i) record(i);
    for (std::size_t i = 0; i < data_.entries.size(); ++i) reached(i);
    return std::move(found_);
  }

 private:
  void add(error e, const std::string& path) {
    e.where = where_(path);
    found_.push_back(std::move(e));
  }

  static std::string path_of(std::size_t entry) { return fmt::format("/entries/{}", entry); }

  void entry(std::size_t i) {
    const item_entry& e = data_.entries[i];
    if (to_index(e.number) != i)
      add(make_error(errc::bundle_damaged, "entry {} stands where entry {} should",
                     "第 {1} 号事项的位置上是第 {0} 号", static_cast<std::uint32_t>(e.number),
                     i + 1),
          path_of(i));
    if (e.versions.empty())
      add(make_error(errc::bundle_damaged, "entry {} has no version", "第 {} 号事项没有版本",
                     i + 1),
          path_of(i));
    for (std::size_t k = 0; k < e.versions.size(); ++k) version(i, k);
  }

  void version(std::size_t i, std::size_t k) {
    const item_entry& e = data_.entries[i];
    const item_version& v = e.versions[k];
    const std::string path = fmt::format("{}/versions/{}", path_of(i), k);
    if (v.number != static_cast<int>(k) + 1)
      add(make_error(errc::bundle_damaged, "version {} of entry {} is numbered {}",
                     "第 {1} 号事项的第 {0} 个版本编号为 {2}", k + 1, i + 1, v.number),
          path);
    if (v.open() && k + 1 != e.versions.size())
      add(make_error(errc::bundle_damaged, "version {} of entry {} is on its way and not the last",
                     "第 {1} 号事项的第 {0} 个版本未办结,却不是最后一个", k + 1, i + 1),
          path);
    const bool needs_day = v.state == item_state::published || v.state == item_state::archived;
    if ((needs_day && !v.effective) || (v.open() && v.effective) ||
        (v.state == item_state::archived) > v.ended.has_value())
      add(make_error(errc::bundle_damaged,
                     "the days of version {} of entry {} do not fit its state",
                     "第 {1} 号事项第 {0} 个版本的生效、失效日期与状态不符", k + 1, i + 1),
          path);
    for (std::size_t j = 0; j < k; ++j) {
      const item_version& w = e.versions[j];
      if (v.effective && w.effective && w.in_force(*v.effective))
        add(make_error(errc::bundle_damaged, "versions {} and {} of entry {} are in force at once",
                       "第 {2} 号事项的第 {0}、{1} 个版本同时有效", j + 1, k + 1, i + 1),
            path);
    }
    if (v.item.code.empty()) return;
    const auto [it, is_new] = codes_.emplace(v.item.code, i);
    if (!is_new && it->second != i)
      add(make_error(errc::duplicate_code, "entries {} and {} have the code {}",
                     "第 {} 号和第 {} 号事项的编码同为 {}", it->second + 1, i + 1,
                     v.item.code.text()),
          path);
  }

  void record(std::size_t i) {
    const item_record& r = data_.records[i];
    const std::string path = fmt::format("/records/{}", i);
    if (i > 0 && r.when < data_.records[i - 1].when)
      add(make_error(errc::time_backwards, "record {} lies before the one above it",
                     "第 {} 条记录早于上一条", i + 1),
          path);
    const std::size_t e = to_index(r.entry);
    if (e >= data_.entries.size() || r.version < 1 ||
        static_cast<std::size_t>(r.version) > data_.entries[e].versions.size())
      return add(make_error(errc::bundle_damaged, "record {} is of no version in the library",
                            "第 {} 条记录所指的版本不存在", i + 1),
                 path);
    item_state& now = states_[{e, r.version}];
    if (now == item_state{}) now = item_state::draft;
    const bool birth = r.kind == record_kind::created || r.kind == record_kind::adopted;
    if (birth && !created_.insert(e).second)
      add(make_error(errc::bundle_damaged, "entry {} is created twice", "第 {} 号事项重复新建",
                     e + 1),
          path);
    if (r.kind == record_kind::adopted && r.version == 1) now = item_state::published;
    if (r.kind != record_kind::acted) return;
    if (r.from != now || !known(r))
      add(make_error(errc::bundle_damaged, "record {}: no {} leads from {} to {} here",
                     "第 {0} 条记录:此处不能由“{4}”{5}", i + 1, to_string(r.command),
                     to_string(now), to_string(r.to), label(now), label(r.command)),
          path);
    now = r.to;
  }

  /// Whether the table of the life cycle has a row for a record.
  static bool known(const item_record& r) {
    for (const life_cycle_row& row : life_cycle_rows())
      if (row.from == r.from && row.command == r.command && row.to == r.to) return true;
    return false;
  }

  /// Whether the records lead to the states of an entry.
  void reached(std::size_t i) {
    if (!created_.contains(i))
      add(make_error(errc::bundle_damaged, "no record tells how entry {} was created",
                     "没有第 {} 号事项的新建记录", i + 1),
          path_of(i));
    for (const item_version& v : data_.entries[i].versions) {
      const auto it = states_.find({i, v.number});
      const item_state reached = it == states_.end() ? item_state::draft : it->second;
      if (reached != v.state)
        add(make_error(errc::bundle_damaged,
                       "the records of entry {} lead version {} to {}, which says {}",
                       "第 {0} 号事项的记录使第 {1} 个版本处于“{4}”,而其状态为“{5}”", i + 1,
                       v.number, to_string(reached), to_string(v.state), label(reached),
                       label(v.state)),
            path_of(i));
    }
  }

  const item_library_data& data_;
  const locator& where_;
  problems found_;
  std::map<item_id, std::size_t> codes_;
  std::map<std::pair<std::size_t, int>, item_state> states_;
  std::set<std::size_t> created_;
};

} // namespace

std::string_view to_string(item_disposition d) {
  return disposition_names[static_cast<std::size_t>(d)];
}
std::string_view label(item_disposition d) {
  return disposition_labels[static_cast<std::size_t>(d)];
}

result<item_disposition> parse_item_disposition(std::string_view name) {
  for (std::size_t i = 0; i < disposition_names.size(); ++i)
    if (name == disposition_names[i] || name == disposition_labels[i])
      return static_cast<item_disposition>(i);
  return with_hint(make_error(errc::unknown_value, "'{}' is no disposition of an item",
                              "“{}”不是清理结果", name),
                   suggestion(name, disposition_names));
}

std::string_view to_string(record_kind k) {
  constexpr std::array<std::string_view, 5> names{"created", "adopted", "acted", "moved",
                                                  "opinion"};
  return names[static_cast<std::size_t>(k)];
}

problems check(const item_library_data& data, const locator& where) {
  return data_checker{data, where}.run();
}

} // namespace banli
