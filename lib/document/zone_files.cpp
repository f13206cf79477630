#include <banli/document/zone_files.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "document/folder.hpp"

namespace banli {

namespace {

/// Parts of letters, digits and _ + -, with slashes between: nothing that leads out of a folder.
bool is_zone_name(std::string_view s) {
  constexpr std::size_t longest = 64;
  const auto in_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '+' || c == '-' || c == '/';
  };
  return !s.empty() && s.size() <= longest && s.front() != '/' && s.back() != '/' &&
         s.find("//") == std::string_view::npos && std::ranges::all_of(s, in_part);
}

class zone_folder {
 public:
  explicit zone_folder(std::string path) : path_(std::move(path)) {}

  std::shared_ptr<const time_zone> find(std::string_view name) {
    const std::lock_guard one_at_a_time(lock_);
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    if (!is_zone_name(name)) return nullptr;
    constexpr std::size_t largest_file = 1U << 20U;
    const auto bytes = detail::read_file(path_ + "/" + std::string{name}, {}, largest_file);
    if (!bytes) return nullptr;
    auto zone = time_zone::read(*bytes);
    if (!zone) return nullptr;
    // Only what is there is kept: there are no more than files.
    return known_.emplace(name, std::make_shared<const time_zone>(*std::move(zone))).first->second;
  }

 private:
  std::string path_;
  std::mutex lock_;
  std::map<std::string, std::shared_ptr<const time_zone>, std::less<>> known_;
};

} // namespace

zone_finder zone_files(std::string folder) {
  const auto zones = std::make_shared<zone_folder>(std::move(folder));
  return [zones](std::string_view name) { return zones->find(name); };
}

} // namespace banli
