// SQLite on files in memory, which writes down all that happens to them: the trace that crash_disk
// walks. It also fails when it is told to, and forgets what a careless disk would forget.
#pragma once

#include <atomic>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>

#include <sqlite3.h>

#include "crash_disk.hpp"
#include "failing_memory.hpp"

namespace banli::test {

/// What a disk, or a program beside the store, does wrong.
enum class disk_flaw : std::uint8_t {
  none,
  lies,            ///< takes every sync for done
  forgets_file,    ///< never syncs the database itself
  forgets_log,     ///< never syncs the log
  forgets_names,   ///< never syncs the folder of a new log
  forgets_sizes,   ///< syncs what a file held, not what it grew by
  syncs_too_early, ///< the last write before a sync comes after it
  removes_logs,    ///< who cleans up removes the log of a store that is closed
};

/// While one lives, every database is opened on it.
class crash_vfs {
 public:
  enum class then : std::uint8_t { once, always };

  crash_vfs();
  ~crash_vfs() { sqlite3_vfs_unregister(&vfs_); }
  crash_vfs(const crash_vfs&) = delete;
  crash_vfs& operator=(const crash_vfs&) = delete;

  /// Puts other files in the place of all; nothing may be open. The trace begins anew.
  void mount(const disk_image& files) {
    start_ = files;
    if (flaw == disk_flaw::removes_logs)
      std::erase_if(start_, [](const auto& f) { return f.first.ends_with("-wal"); });
    contents_.clear(), names_.clear(), trace_.clear();
    for (const auto& [name, bytes] : start_) {
      names_[name] = static_cast<int>(contents_.size());
      contents_.push_back(bytes);
    }
  }

  /// What was mounted, and what happened to it since.
  const disk_image& start() const { return start_; }
  std::vector<disk_step> take_trace() { return std::move(trace_); }

  /// What the files are now.
  disk_image files() const {
    disk_image out;
    for (const auto& [name, number] : names_)
      out[name] = contents_[static_cast<std::size_t>(number)];
    return out;
  }

  /// Writes down what a caller does.
  void note(disk_step::kind what, std::size_t which) {
    const std::scoped_lock hold{mutex_};
    trace_.push_back({what, 0, which, {}});
  }

  /// The n-th call from now (from 1) fails: SQLITE_FULL for what writes, SQLITE_IOERR for any.
  void fail(int nth, int code, then how) {
    left_ = nth, code_ = code, then_ = how, failed_ = false;
  }
  void heal() { left_ = 0; }
  bool failed() const { return failed_; }

  disk_flaw flaw = disk_flaw::none;
  char synchronous = 0; ///< '0' or '1' in the place of what the store asks for
  bool often = true;    ///< the log is written back every 12 pages, not 4000

 private:
  struct file;
  using memory = std::vector<std::unique_ptr<char[]>>;

  std::string& content(int f) { return contents_[static_cast<std::size_t>(f)]; }
  void write_down(disk_step::kind what, int f, std::size_t at = 0, std::string text = {}) {
    trace_.push_back({what, f, at, std::move(text)});
  }

  int due(int failure, bool writes = false) {
    if (left_ == 0 || (code_ == SQLITE_FULL && !writes)) return SQLITE_OK;
    if (left_ > 1) {
      --left_;
      return SQLITE_OK;
    }
    failed_ = true;
    if (then_ == then::once) left_ = 0;
    return code_ == SQLITE_FULL ? SQLITE_FULL : failure;
  }

  static crash_vfs& of(sqlite3_vfs* v) { return *static_cast<crash_vfs*>(v->pAppData); }
  static int open(sqlite3_vfs* v, const char* name, sqlite3_file* f, int flags, int* out);
  static int remove(sqlite3_vfs* v, const char* name, int sync_names);
  static int access(sqlite3_vfs* v, const char* name, int flags, int* out);
  static int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at);
  static int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at);
  static int truncate(sqlite3_file* f, sqlite3_int64 size);
  static int sync(sqlite3_file* f, int flags);
  static int control(sqlite3_file* f, int what, void* with);
  static int map_memory(sqlite3_file* f, int page, int size, int extend, volatile void** out);
  static const sqlite3_io_methods& methods();

  void sync_file(file& f);

  /// For the length of a call: nobody else, and memory that does not fail.
  struct alone {
    explicit alone(crash_vfs& v) : hold(v.mutex_) {}
    std::scoped_lock<std::mutex> hold;
    memory_fault::counting unharmed{memory_fault::counting::what::nothing};
  };

  sqlite3_vfs vfs_{};
  std::mutex mutex_;
  disk_image start_;
  std::vector<std::string> contents_;
  std::map<std::string, int> names_;
  std::vector<disk_step> trace_;
  int left_ = 0;
  int code_ = SQLITE_OK;
  then then_ = then::once;
  bool failed_ = false;
};

struct crash_vfs::file {
  sqlite3_file base;
  crash_vfs* of;
  memory* shared;
  int number;
  int kind;
  bool new_name; ///< the first sync is one of the folder, too

  static file& at(sqlite3_file* f) { return *reinterpret_cast<file*>(f); }
};

inline crash_vfs::crash_vfs() {
  vfs_ = *sqlite3_vfs_find(nullptr); // names, time and randomness are the system's
  vfs_.zName = "crash";
  vfs_.pNext = nullptr;
  vfs_.szOsFile = static_cast<int>(sizeof(file));
  vfs_.pAppData = this;
  vfs_.xOpen = open;
  vfs_.xDelete = remove;
  vfs_.xAccess = access;
  sqlite3_vfs_register(&vfs_, 1);
}

inline int crash_vfs::open(sqlite3_vfs* v, const char* name, sqlite3_file* f, int flags, int* out) {
  crash_vfs& self = of(v);
  file& mine = file::at(f);
  mine = file{};
  const alone hold{self};
  if (const int rc = self.due(SQLITE_CANTOPEN)) return rc;
  const std::string as = name ? name : "";
  constexpr int kinds = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;
  mine.kind = flags & kinds;
  const auto there = self.names_.find(as);
  if (there != self.names_.end()) {
    mine.number = there->second;
  } else {
    // The store makes its file by itself, in the system's folder.
    if (!(flags & SQLITE_OPEN_CREATE) && mine.kind != SQLITE_OPEN_MAIN_DB) return SQLITE_CANTOPEN;
    mine.number = static_cast<int>(self.contents_.size());
    self.contents_.emplace_back();
    if (name) {
      self.names_[as] = mine.number;
      self.write_down(disk_step::kind::create, mine.number, 0, as);
    }
  }
  // As SQLite's own: the folder of a log that it may have made is synced with the log.
  mine.new_name = (flags & SQLITE_OPEN_CREATE) && mine.kind != SQLITE_OPEN_MAIN_DB && name;
  mine.of = &self;
  mine.shared = new memory;
  mine.base.pMethods = &methods();
  if (out) *out = flags;
  return SQLITE_OK;
}

inline int crash_vfs::remove(sqlite3_vfs* v, const char* name, int sync_names) {
  crash_vfs& self = of(v);
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_DELETE)) return rc;
  if (self.names_.erase(name) == 0) return SQLITE_IOERR_DELETE_NOENT;
  self.write_down(disk_step::kind::remove, 0, 0, name);
  if (sync_names) self.write_down(disk_step::kind::sync_names, 0);
  return SQLITE_OK;
}

inline int crash_vfs::access(sqlite3_vfs* v, const char* name, int, int* out) {
  crash_vfs& self = of(v);
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_ACCESS)) return rc;
  const auto there = self.names_.find(name);
  *out = there != self.names_.end() && !self.content(there->second).empty();
  return SQLITE_OK;
}

inline int crash_vfs::read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
  crash_vfs& self = *file::at(f).of;
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_READ)) return rc;
  const std::string& bytes = self.content(file::at(f).number);
  const auto size = static_cast<std::size_t>(n), from = static_cast<std::size_t>(at);
  const std::size_t there = from < bytes.size() ? std::min(size, bytes.size() - from) : 0;
  if (there > 0) std::memcpy(to, bytes.data() + from, there);
  if (there == size) return SQLITE_OK;
  std::memset(static_cast<char*>(to) + there, 0, size - there);
  return SQLITE_IOERR_SHORT_READ;
}

inline int crash_vfs::write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
  crash_vfs& self = *file::at(f).of;
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_WRITE, true)) return rc;
  std::string& bytes = self.content(file::at(f).number);
  const auto size = static_cast<std::size_t>(n), to = static_cast<std::size_t>(at);
  if (bytes.size() < to + size) bytes.resize(to + size);
  std::memcpy(bytes.data() + to, from, size);
  self.write_down(disk_step::kind::write, file::at(f).number, to, bytes.substr(to, size));
  return SQLITE_OK;
}

inline int crash_vfs::truncate(sqlite3_file* f, sqlite3_int64 size) {
  crash_vfs& self = *file::at(f).of;
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_TRUNCATE)) return rc;
  self.content(file::at(f).number).resize(static_cast<std::size_t>(size));
  self.write_down(disk_step::kind::truncate, file::at(f).number, static_cast<std::size_t>(size));
  return SQLITE_OK;
}

inline void crash_vfs::sync_file(file& f) {
  using kind = disk_step::kind;
  const bool log = f.kind != SQLITE_OPEN_MAIN_DB;
  if (flaw == disk_flaw::lies || (flaw == disk_flaw::forgets_log && log) ||
      (flaw == disk_flaw::forgets_file && !log))
    return;
  const auto last = trace_.empty() ? trace_.end() : trace_.end() - 1;
  const bool late = flaw == disk_flaw::syncs_too_early && last != trace_.end() &&
                    last->what == kind::write && last->file == f.number;
  if (late)
    trace_.insert(last, disk_step{kind::sync, f.number, 0, {}});
  else
    write_down(kind::sync, f.number, flaw == disk_flaw::forgets_sizes ? 1 : 0);
  if (f.new_name && flaw != disk_flaw::forgets_names) write_down(kind::sync_names, 0);
  f.new_name = false;
}

inline int crash_vfs::sync(sqlite3_file* f, int) {
  crash_vfs& self = *file::at(f).of;
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_FSYNC)) return rc;
  self.sync_file(file::at(f));
  return SQLITE_OK;
}

/// Statements may be told otherwise in their own words: SQLite hands over the text of a pragma
/// before it reads it.
inline int crash_vfs::control(sqlite3_file* f, int what, void* with) {
  if (what != SQLITE_FCNTL_PRAGMA) return SQLITE_NOTFOUND;
  const crash_vfs& self = *file::at(f).of;
  char** const words = static_cast<char**>(with);
  if (!words[2]) return SQLITE_NOTFOUND;
  if (self.synchronous != 0 && std::strcmp(words[1], "synchronous") == 0)
    words[2][0] = self.synchronous, words[2][1] = 0;
  if (self.often && std::strcmp(words[1], "wal_autocheckpoint") == 0) std::strcpy(words[2], "12");
  return SQLITE_NOTFOUND;
}

inline int crash_vfs::map_memory(sqlite3_file* f, int page, int size, int extend,
                                 volatile void** out) {
  crash_vfs& self = *file::at(f).of;
  const alone hold{self};
  if (const int rc = self.due(SQLITE_IOERR_SHMMAP)) return rc;
  memory& shared = *file::at(f).shared;
  const auto wanted = static_cast<std::size_t>(page) + 1;
  while (extend && shared.size() < wanted)
    shared.push_back(std::make_unique<char[]>(static_cast<std::size_t>(size)));
  *out = wanted <= shared.size() ? shared[wanted - 1].get() : nullptr;
  return SQLITE_OK;
}

inline const sqlite3_io_methods& crash_vfs::methods() {
  static const sqlite3_io_methods all{
      2,
      [](sqlite3_file* f) {
        delete file::at(f).shared;
        return SQLITE_OK;
      },
      read,
      write,
      truncate,
      sync,
      [](sqlite3_file* f, sqlite3_int64* size) {
        crash_vfs& self = *file::at(f).of;
        const alone hold{self};
        *size = static_cast<sqlite3_int64>(self.content(file::at(f).number).size());
        return self.due(SQLITE_IOERR_FSTAT);
      },
      [](sqlite3_file*, int) { return SQLITE_OK; }, // one connection has a file
      [](sqlite3_file*, int) { return SQLITE_OK; },
      [](sqlite3_file*, int* held) {
        *held = 0;
        return SQLITE_OK;
      },
      control,
      [](sqlite3_file*) { return 4096; },
      [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; },
      map_memory,
      [](sqlite3_file*, int, int, int) { return SQLITE_OK; },
      [](sqlite3_file*) {},
      [](sqlite3_file* f, int) {
        file::at(f).shared->clear();
        return SQLITE_OK;
      },
      nullptr,
      nullptr};
  return all;
}

} // namespace banli::test
