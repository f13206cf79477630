#include "files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>

namespace banli {

result<std::string> read_bytes(const std::string& path) {
  std::error_code none;
  if (!std::filesystem::exists(path, none))
    return at(make_error(errc::file_not_found, "there is no such file", "没有这个文件"),
              {path, 0, 0});
  std::ifstream file{path, std::ios::binary};
  std::string out{std::istreambuf_iterator<char>{file}, {}};
  if (!file.is_open() || file.bad())
    return at(make_error(errc::file_unreadable, "cannot be read", "无法读取"), {path, 0, 0});
  return out;
}

int put(const std::string& path, const std::string& bytes, language in, const console& to) {
  if (path.empty()) {
    to.out << bytes;
    return exit_done;
  }
  std::ofstream file{path, std::ios::binary};
  file << bytes;
  file.close();
  if (file) return exit_done;
  print({at(make_error(errc::file_unreadable, "cannot be written", "无法写入"), {path, 0, 0})}, in,
        to);
  return exit_failure;
}

} // namespace banli
