#include "key_file.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace banli::detail {

namespace {

/// Writes all bytes and waits until they are on the disk.
bool write_durably(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(descriptor, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return ::fsync(descriptor) == 0;
}

} // namespace

bool keep_name(const std::string& path) {
  const auto folder = std::filesystem::path{path}.parent_path();
  const int d = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (d < 0) return false;
  const bool kept = ::fsync(d) == 0;
  ::close(d);
  return kept;
}

error key_file::failed(std::string_view en, std::string_view zh) const {
  return make_error(errc::store_failure, "{0} cannot be {1}: {3}", "无法{2} {0}:{3}", path_, en, zh,
                    std::generic_category().message(errno));
}

result<key_file> key_file::open(const std::string& path) {
  auto lock = file_lock::take(path);
  if (!lock) return lock.error();
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  key_file out{path, std::move(*lock), descriptor};
  if (descriptor < 0 || !keep_name(path)) return out.failed("opened", "打开");
  if (auto r = out.read(); !r) return r.error();
  return out;
}

key_file::~key_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

result<void> key_file::read() {
  std::array<char, 65'536> block; // NOLINT: filled by read()
  for (;;) {
    const ssize_t n = ::read(descriptor_, block.data(), block.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return failed("read", "读取");
    if (n == 0) break;
    text_.append(block.data(), static_cast<std::size_t>(n));
  }
  const std::size_t last = text_.rfind('\n');
  const std::size_t whole = last == std::string::npos ? 0 : last + 1;
  if (whole == text_.size()) return {};
  text_.resize(whole);
  if (::ftruncate(descriptor_, static_cast<off_t>(whole)) != 0) return failed("mended", "修复");
  return {};
}

result<void> key_file::append(std::string_view lines) {
  const off_t before = ::lseek(descriptor_, 0, SEEK_END);
  if (before >= 0 && write_durably(descriptor_, lines)) return {};
  const error e = failed("written", "写入");
  if (before >= 0 && ::ftruncate(descriptor_, before) != 0) return e; // the next open mends it
  return e;
}

result<void> key_file::replace(std::string_view text) {
  const std::string fresh = path_ + ".new";
  const int d =
      ::open(fresh.c_str(), O_RDWR | O_APPEND | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (d < 0) return failed("written", "写入");
  if (!write_durably(d, text) || ::rename(fresh.c_str(), path_.c_str()) != 0) {
    const error e = failed("written", "写入");
    ::close(d);
    ::unlink(fresh.c_str());
    return e;
  }
  ::close(std::exchange(descriptor_, d));
  if (!keep_name(path_)) return failed("written", "写入");
  return {};
}

} // namespace banli::detail
