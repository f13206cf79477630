// References between the parts of an office's library.
#include <banli/library/office_library.hpp>

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>

namespace banli {

namespace {

bool is_token(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$&^_.+-"}.find(c) != std::string_view::npos;
  });
}

/// type/subtype of RFC 6838.
bool is_media_type(std::string_view s) {
  const std::size_t slash = s.find('/');
  return slash != std::string_view::npos && is_token(s.substr(0, slash)) &&
         is_token(s.substr(slash + 1));
}

bool is_sha256(std::string_view s) {
  return s.size() == 64 && std::all_of(s.begin(), s.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

locator below(std::string prefix) {
  return [prefix = std::move(prefix)](std::string_view path) {
    return place{.file = prefix + std::string{path}, .line = 0, .column = 0};
  };
}

class reference_check {
 public:
  reference_check(const office_library& office, day d) : office_(office), day_(d) {
    for (const business_system& s : office.systems) {
      if (!systems_.insert(s.id.text()).second)
        add(make_error(errc::duplicate_id, "two business systems '{}'", "业务系统“{}”重复",
                       s.id.text()),
            "systems/" + s.id.text());
    }
  }

  problems run() {
    for (const item_entry& e : office_.items.entries()) {
      const item_version& last = e.versions.back();
      if (last.open()) version(e, last);
      if (const item_version* v = office_.items.as_of(e.number, day_)) version(e, *v);
    }
    attachments();
    published_items();
    for (error& wrong : check(office_.records, below("records")))
      found_.push_back(std::move(wrong));
    for (std::size_t i = 0; i < office_.records.orders.size(); ++i)
      item_of(office_.records.orders[i].item, fmt::format("records/orders/{}/item", i));
    for (std::size_t i = 0; i < office_.records.consultations.size(); ++i)
      item_of(office_.records.consultations[i].item,
              fmt::format("records/consultations/{}/item", i));
    for (std::size_t i = 0; i < office_.records.results.size(); ++i)
      item_of(office_.records.results[i].item, fmt::format("records/results/{}/item", i));
    for (std::size_t i = 0; i < office_.records.complaints.size(); ++i)
      item_of(office_.records.complaints[i].item, fmt::format("records/complaints/{}/item", i));
    return std::move(found_);
  }

 private:
  void add(error e, std::string path) {
    e.where.file = std::move(path);
    found_.push_back(std::move(e));
  }

  void version(const item_entry& e, const item_version& v) {
    const auto number = static_cast<std::uint32_t>(e.number);
    const std::string path = fmt::format("items/{}", number);
    for (error& wrong : check_bases(v.item, office_.laws, day_, below(path)))
      found_.push_back(std::move(wrong));
    const business_system_id& system = v.item.business_system;
    if (!system.empty() && !systems_.contains(system.text()))
      add(with_hint(make_error(errc::unknown_reference, "item {} names the business system '{}'",
                               "第 {} 号事项的业务系统“{}”不存在", number, system.text()),
                    suggestion(system.text(), systems_)),
          path + "/business_system");
    catalogue(v.item, number, path);
    relations(v.item.approvals_before, path + "/approvals_before");
    relations(v.item.approvals_after, path + "/approvals_after");
  }

  /// An absent catalogue judges nothing.
  void catalogue(const service_item& item, std::uint32_t number, const std::string& path) {
    if (office_.catalogue.empty()) return;
    if (item.catalogue.empty()) {
      if (needs_entry(item.type))
        add(make_error(errc::missing_catalogue, "item {} is an approval without catalogue entry",
                       "第 {} 号事项为行政审批事项,但未填写所属目录", number),
            path + "/catalogue");
      return;
    }
    const listed_entry* entry = office_.catalogue.find(item.catalogue);
    if (entry != nullptr && !entry->voided) return;
    std::vector<std::string> known;
    for (const listed_entry* e : office_.catalogue.in_order()) known.push_back(e->entry.id.text());
    add(with_hint(make_error(errc::unknown_reference, "item {} names the catalogue entry '{}'",
                             "第 {} 号事项的目录“{}”不存在", number, item.catalogue.text()),
                  suggestion(item.catalogue.text(), known)),
        path + "/catalogue");
  }

  void relations(const std::vector<related_approval>& all, const std::string& path) {
    for (std::size_t i = 0; i < all.size(); ++i)
      item_of(all[i].item, fmt::format("{}/{}", path, i));
  }

  /// Codes join the repositories: one that is given belongs to an item.
  void item_of(const item_id& code, std::string path) {
    if (!code.empty() && office_.items.find(code) == nullptr)
      add(make_error(errc::unknown_reference, "no item has the code {}", "没有编码为 {} 的事项",
                     code.text()),
          std::move(path));
  }

  void published_items() {
    std::vector<item_id> known;
    for (const item_entry& e : office_.items.entries())
      for (const item_version& v : e.versions)
        if (!v.item.code.empty()) known.push_back(v.item.code);
    for (error& wrong : check_published_items(office_.disclosure, known, below("disclosure")))
      found_.push_back(std::move(wrong));
  }

  void attachments() {
    std::set<std::string> ids;
    for (const attachment& a : office_.attachments) {
      const std::string path = "attachments/" + a.id.text();
      if (!ids.insert(a.id.text()).second)
        add(make_error(errc::duplicate_id, "two attachments '{}'", "附件“{}”重复", a.id.text()),
            path);
      for (error& wrong : check(a, below(path))) found_.push_back(std::move(wrong));
      if (a.entry != entry_number{} && office_.items.find(a.entry) == nullptr)
        add(make_error(errc::unknown_reference, "attachment '{}' belongs to no item of the library",
                       "附件“{}”所属的事项不存在", a.id.text()),
            path + "/entry");
    }
  }

  const office_library& office_;
  day day_;
  std::set<std::string> systems_;
  problems found_;
};

} // namespace

problems check(const attachment& a, const locator& where, const attachment_limits& limits) {
  problems out;
  const auto add = [&](error e, std::string_view path) {
    e.where = where(path);
    out.push_back(std::move(e));
  };
  if (a.id.empty())
    add(make_error(errc::missing_field, "an attachment has no id", "附件缺少标识"), "/id");
  if (a.name.empty())
    add(make_error(errc::missing_field, "attachment '{}' has no name", "附件“{}”缺少名称",
                   a.id.text()),
        "/name");
  if (a.name.find_first_of("/\\") != std::string::npos)
    add(make_error(errc::bad_value, "the name '{}' holds a path", "附件名称“{}”不能含路径", a.name),
        "/name");
  if (!is_media_type(a.media_type))
    add(make_error(errc::bad_value, "'{}' is no media type: expected such as application/pdf",
                   "“{}”不是媒体类型:应为 application/pdf 等", a.media_type),
        "/media_type");
  if (!is_sha256(a.sha256))
    add(make_error(errc::bad_value, "'{}' is no SHA-256: expected 64 hexadecimal digits",
                   "“{}”不是 SHA-256:应为 64 位小写十六进制数", a.sha256),
        "/sha256");
  if (a.bytes > limits.bytes || a.name.size() > limits.name_bytes)
    add(make_error(errc::limit_exceeded,
                   "an attachment is larger than {} bytes, or its name than {}",
                   "附件超过 {} 字节或名称超过 {} 字节", limits.bytes, limits.name_bytes),
        "/bytes");
  return out;
}

problems check_references(const office_library& office, day d) {
  return reference_check{office, d}.run();
}

} // namespace banli
