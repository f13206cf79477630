#include <run/report_folder.hpp>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace banli::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view list_name = ".banli-pages";
constexpr std::string_view list_head = "banli pages 1";
constexpr std::size_t most_listed = 1'000'000;

error cannot_write(const fs::path& file, const std::error_code& why) {
  return make_error(errc::file_unreadable, "cannot write '{}': {}", "无法写入“{}”：{}",
                    file.string(), why ? why.message() : std::string{"the disk may be full"});
}

/// Whether a line of the list is a name we could have written. The list lies in a folder others can
/// write to; it must not make us remove anything else.
bool could_be_ours(std::string_view name) {
  if (name == "index.html") return true;
  constexpr std::string_view below = "cases/";
  if (!name.starts_with(below) || !name.ends_with(".html")) return false;
  name.remove_prefix(below.size());
  name.remove_suffix(std::string_view{".html"}.size());
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '~';
  });
}

result<void> write_file(const fs::path& file, std::string_view content) {
  fs::path part = file;
  part += ".part";
  std::error_code why;
  {
    std::ofstream out{part, std::ios::binary | std::ios::trunc};
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.flush();
    if (!out) {
      const std::error_code failed{errno, std::generic_category()};
      fs::remove(part, why);
      return cannot_write(file, failed);
    }
  }
  fs::rename(part, file, why);
  if (!why) return {};
  std::error_code ignored;
  fs::remove(part, ignored);
  return cannot_write(file, why);
}

} // namespace

result<report_folder> report_folder::open(const std::string& path, std::set<std::string> pages) {
  report_folder out{fs::path{path}, std::move(pages)};
  std::error_code why;
  fs::create_directories(out.where_ / "cases", why);
  if (why) return cannot_write(out.where_ / "cases", why);
  out.earlier_ = out.written_before();
  std::set<std::string> claimed = out.pages_;
  claimed.insert(out.earlier_.begin(), out.earlier_.end());
  if (auto r = out.write_list(claimed); !r) return r.error();
  return out;
}

result<void> report_folder::write(const std::string& name, std::string_view page) const {
  return write_file(where_ / name, page);
}

result<std::size_t> report_folder::finish() const {
  std::size_t removed = 0;
  for (const std::string& name : earlier_) {
    if (pages_.contains(name)) continue;
    std::error_code why;
    if (fs::remove(where_ / name, why)) ++removed;
    if (why) return cannot_write(where_ / name, why);
  }
  if (auto r = write_list(pages_); !r) return r.error();
  return removed;
}

std::set<std::string> report_folder::written_before() const {
  std::set<std::string> out;
  std::ifstream in{where_ / list_name, std::ios::binary};
  std::string line;
  if (!std::getline(in, line) || line != list_head) return out;
  while (out.size() < most_listed && std::getline(in, line))
    if (could_be_ours(line)) out.insert(line);
  return out;
}

result<void> report_folder::write_list(const std::set<std::string>& pages) const {
  std::string content{list_head};
  content += '\n';
  for (const std::string& name : pages) content += name + '\n';
  return write_file(where_ / list_name, content);
}

} // namespace banli::detail
