#include "document/folder.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace banli::detail {
namespace {

namespace fs = std::filesystem;

error about(errc code, const std::string& path, const text& message) {
  return {code, message, {path, 0, 0}};
}

error unreadable(const std::string& path, const std::error_code& why) {
  return about(errc::file_unreadable, path,
               {fmt::format("cannot be read: {}", why.message()), "无法读取"});
}

bool is_document(const fs::path& p) { return p.extension() == ".yaml" || p.extension() == ".yml"; }

bool is_hidden(const fs::path& p) { return p.filename().string().starts_with('.'); }

/// Walks a folder with its own list of folders to come: an unreadable one costs itself only.
void walk(const fs::path& root, const document_limits& limits, folder& out) {
  std::vector<fs::path> folders{root};
  std::size_t seen = 0;
  while (!folders.empty()) {
    const fs::path here = std::move(folders.back());
    folders.pop_back();
    std::error_code why;
    fs::directory_iterator entry{here, why};
    for (; !why && entry != fs::directory_iterator{}; entry.increment(why)) {
      const fs::path& p = entry->path();
      std::error_code ignored;
      if (is_hidden(p)) continue;
      if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) folders.push_back(p);
      if (is_document(p) && entry->is_regular_file(ignored))
        out.files.push_back(p.generic_string());
      if (out.files.size() > limits.files || ++seen > 100 * limits.files) {
        out.problems.push_back(about(errc::limit_exceeded, root.generic_string(),
                                     {fmt::format("more than {} files", limits.files),
                                      fmt::format("文件超过 {} 个", limits.files)}));
        return;
      }
    }
    if (why) out.problems.push_back(unreadable(here.generic_string(), why));
  }
}

} // namespace

folder list_folder(const std::string& path, const document_limits& limits) {
  folder out;
  std::error_code why;
  const fs::file_status status = fs::status(path, why);
  if (!fs::exists(status)) {
    if (status.type() == fs::file_type::none)
      out.problems.push_back(unreadable(path, why));
    else
      out.problems.push_back(about(errc::file_not_found, path,
                                   {"there is no such file or folder", "文件或文件夹不存在"}));
  } else if (fs::is_regular_file(status)) {
    out.files.push_back(path);
  } else if (fs::is_directory(status)) {
    walk(path, limits, out);
    if (out.files.empty() && out.problems.empty())
      out.problems.push_back(about(errc::file_not_found, path,
                                   {"no *.yaml file in this folder", "文件夹中没有 *.yaml 文件"}));
  } else {
    out.problems.push_back(about(errc::file_unreadable, path,
                                 {"is neither a file nor a folder", "既不是文件也不是文件夹"}));
  }
  std::sort(out.files.begin(), out.files.end());
  if (out.files.size() > limits.files) out.files.resize(limits.files);
  return out;
}

result<std::string> read_file(const std::string& path, const document_limits& limits,
                              std::size_t left) {
  const std::size_t most = std::min(limits.file_bytes, left);
  std::ifstream in{path, std::ios::binary};
  std::string bytes;
  std::string block(16 * 1024, '\0'); // more than most files have
  while (in && bytes.size() <= most) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    bytes.append(block, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (bytes.size() > most)
    return most < limits.file_bytes
               ? about(errc::limit_exceeded, path,
                       {fmt::format("the configuration has more than {} bytes", limits.total_bytes),
                        fmt::format("配置总量超过 {} 字节", limits.total_bytes)})
               : about(errc::limit_exceeded, path,
                       {fmt::format("the file has more than {} bytes", most),
                        fmt::format("文件超过 {} 字节", most)});
  if (in.bad() || (!in.eof() && in.fail()))
    return about(errc::file_unreadable, path, {"cannot be read", "无法读取"});
  return bytes;
}

} // namespace banli::detail
