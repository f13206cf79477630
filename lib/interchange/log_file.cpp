// Reading a log file, packed or not.
#include <banli/interchange/case_log.hpp>

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <zlib.h>

namespace banli {

namespace {

struct close_file {
  void operator()(std::FILE* f) const { std::fclose(f); }
};
using open_file = std::unique_ptr<std::FILE, close_file>;

constexpr std::size_t piece = std::size_t{1} << 17U;

error too_long(const std::string& path, std::size_t limit) {
  return at(make_error(errc::limit_exceeded, "the file has more than {} bytes", "文件超过 {} 字节",
                       limit),
            {path, 0, 0});
}

error unreadable(const std::string& path, int why) {
  const std::string reason = std::generic_category().message(why);
  return at(why == ENOENT || why == ENOTDIR
                ? make_error(errc::file_not_found, "there is no such file", "文件不存在")
                : make_error(errc::file_unreadable, "the file cannot be read: {}",
                             "无法读取文件:{}", reason),
            {path, 0, 0});
}

result<std::string> read_whole(const std::string& path, std::size_t limit) {
  errno = 0;
  const open_file file{path.find('\0') == std::string::npos ? std::fopen(path.c_str(), "rbe")
                                                            : nullptr};
  if (!file) return unreadable(path, errno == 0 ? ENOENT : errno);
  std::string out;
  for (;;) {
    const std::size_t before = out.size();
    out.resize(before + piece);
    const std::size_t got = std::fread(out.data() + before, 1, piece, file.get());
    out.resize(before + got);
    if (out.size() > limit) return too_long(path, limit);
    if (got == piece) continue;
    if (std::ferror(file.get()) != 0) return unreadable(path, errno == 0 ? EIO : errno);
    return out;
  }
}

/// The state of zlib, ended with its scope.
class inflating {
 public:
  inflating() { good_ = inflateInit2(&stream_, 15 + 16) == Z_OK; } // 16: a gzip header
  ~inflating() {
    if (good_) inflateEnd(&stream_);
  }
  inflating(const inflating&) = delete;
  inflating& operator=(const inflating&) = delete;

  bool good() const { return good_; }
  z_stream& stream() { return stream_; }

 private:
  z_stream stream_{};
  bool good_ = false;
};

error damaged(const std::string& path) {
  return at(make_error(errc::bad_encoding, "the file is no gzip archive, or a damaged one",
                       "文件不是 gzip 压缩文件,或已损坏"),
            {path, 0, 0});
}

error cut_off(const std::string& path) {
  return at(make_error(errc::truncated_file, "the archive is cut off", "压缩文件不完整"),
            {path, 0, 0});
}

/// Unpacks one archive, or several written one after another as gzip allows (RFC 1952, 2.2).
result<std::string> unpack(const std::string& packed, const std::string& path, std::size_t limit) {
  if (packed.empty()) return cut_off(path);
  inflating work;
  if (!work.good())
    return at(make_error(errc::file_unreadable, "out of memory", "内存不足"), {path, 0, 0});
  z_stream& z = work.stream();
  // zlib does not write through next_in, but is declared so.
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  std::size_t left = packed.size();
  std::array<char, piece> buffer; // NOLINT: filled by zlib
  std::string out;
  for (;;) {
    const auto given = static_cast<uInt>(std::min(left, piece));
    z.avail_in = given;
    z.next_out = reinterpret_cast<Bytef*>(buffer.data());
    z.avail_out = static_cast<uInt>(buffer.size());
    const int rc = inflate(&z, Z_NO_FLUSH);
    left -= given - z.avail_in;
    out.append(buffer.data(), buffer.size() - z.avail_out);
    if (out.size() > limit) return too_long(path, limit);
    if (rc == Z_STREAM_END) {
      if (left == 0) return out;
      if (inflateReset(&z) != Z_OK) return damaged(path);
    } else if (rc == Z_BUF_ERROR || (rc == Z_OK && left == 0 && z.avail_out > 0)) {
      return cut_off(path); // it wants more, and there is none
    } else if (rc != Z_OK) {
      return damaged(path);
    }
  }
}

} // namespace

result<std::string> read_log_file(const std::string& path, const case_log_limits& limits) {
  if (!path.ends_with(".gz")) return read_whole(path, limits.csv.bytes);
  const auto packed = read_whole(path, limits.compressed_bytes);
  if (!packed) return packed;
  return unpack(*packed, path, limits.csv.bytes);
}

} // namespace banli
