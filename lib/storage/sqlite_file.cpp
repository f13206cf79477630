#include "sqlite_file.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sqlite_schema.hpp"

namespace banli::detail {

namespace {

namespace fs = std::filesystem;

/// The one name of a file, however it was named: two names would be two locks.
result<std::string> one_name(const std::string& path) {
  const auto no_folder = [&] {
    return make_error(errc::file_not_found, "no folder for {}", "{} 所在的目录不存在", path);
  };
  if (path.empty() || path.find('\0') != std::string::npos) return no_folder();
  std::error_code failed;
  fs::path whole = fs::canonical(path, failed);
  if (!failed) return whole.string();
  const fs::path given{path};
  const fs::path folder = given.has_parent_path() ? given.parent_path() : fs::path{"."};
  whole = fs::canonical(folder, failed);
  if (failed || given.filename().empty() || !fs::is_directory(whole, failed)) return no_folder();
  return (whole / given.filename()).string();
}

/// Whether what is there, if anything, can be a store. It is not opened: closing it again would
/// drop the locks that a store of this process may hold on it.
result<void> check_kind(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return {};
  if (!S_ISREG(about.st_mode))
    return make_error(errc::store_failure, "{} is no file", "{} 不是文件", path);
  if (about.st_nlink > 1)
    return make_error(errc::store_failure,
                      "{} has a second name (a hard link), under which it could be opened twice",
                      "{} 有另一个名称(硬链接),可能被重复打开", path);
  return {};
}

/// Makes the file, for its owner alone, if it is not there; SQLite gives its companions the same
/// mode.
result<void> make_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
    return {};
  }
  if (errno == EEXIST) return {};
  return make_error(errc::store_failure, "{} cannot be made: {}", "无法创建 {}:{}", path,
                    std::generic_category().message(errno));
}

result<void> set_durable(const connection& file) {
  const auto mode = file.text("PRAGMA journal_mode = WAL");
  if (!mode) return mode.error();
  if (*mode != "wal")
    return make_error(errc::store_failure, "{} cannot be in WAL mode on this file system",
                      "此文件系统不支持 {} 使用 WAL 模式", file.path());
  // 16 MB of pages in memory; companions of a sort stay there, too. The log is written back into
  // the file when it has four times the pages of SQLite's own choice: who commits just then waits
  // for it, and 64 callers fill a thousand pages in a few commits.
  for (const char* sql :
       {"PRAGMA synchronous = FULL", "PRAGMA foreign_keys = ON", "PRAGMA cache_size = -16000",
        "PRAGMA temp_store = MEMORY", "PRAGMA wal_autocheckpoint = 4000"})
    if (auto r = file.run(sql); !r) return r;
  return {};
}

/// Somebody else's database is left as it is: first whose it is, then the mode it is kept in.
result<void> make_ours(const connection& file, chain_digest of_new) {
  const migrations steps = store_migrations();
  const auto version = [&] {
    const bounded_steps bound{file};
    return store_version(file, steps);
  }();
  if (!version) return version.error();
  if (auto r = set_durable(file); !r) return r;
  // A file that is there keeps its digest.
  const std::string chosen =
      fmt::format("UPDATE store SET value = '{}' WHERE name = 'digest'", to_string(of_new));
  if (*version < static_cast<std::int64_t>(steps.size()))
    if (auto r = migrate(file, *version, steps, *version == 0 ? chosen.c_str() : ""); !r) return r;
  const bounded_steps bound{file};
  return check_schema(file);
}

result<chain_digest> digest_of_store(const connection& file) {
  const bounded_steps bound{file};
  const auto name = file.text("SELECT value FROM store WHERE name = 'digest'");
  if (!name) return name.error();
  const auto digest = parse_chain_digest(*name);
  if (!digest) return sqlite_error(SQLITE_CORRUPT, file.path(), digest.error().message.en);
  return *digest;
}

} // namespace

result<std::unique_ptr<store_file>> open_store_file(const std::string& path, std::size_t longest,
                                                    chain_digest of_new) {
  const auto name = one_name(path);
  if (!name) return name.error();
  if (auto r = check_kind(*name); !r) return r.error();
  auto lock = file_lock::take(*name);
  if (!lock) return lock.error();
  if (auto r = make_file(*name); !r) return r.error();
  auto database = connection::open(*name, longest);
  if (!database) return database.error();
  auto file = std::make_unique<store_file>(store_file{std::move(*lock), std::move(*database)});
  if (auto r = make_ours(file->database, of_new); !r) return r.error();
  const auto digest = digest_of_store(file->database);
  if (!digest) return digest.error();
  file->digest = *digest;
  return file;
}

} // namespace banli::detail
