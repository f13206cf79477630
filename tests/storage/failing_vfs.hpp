// A disk that fails when it is told to: SQLite's own file system with a fault in front of it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

#include <sqlite3.h>

namespace banli::test {

/// While one lives, every database is opened through it. Counts the calls that change a file, and
/// lets the one that is due fail, once or from then on.
class failing_vfs {
 public:
  enum class after : std::uint8_t { once, always };

  failing_vfs() {
    real_ = sqlite3_vfs_find(nullptr);
    vfs_ = *real_;
    vfs_.zName = "failing";
    vfs_.pNext = nullptr;
    vfs_.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    sqlite3_vfs_register(&vfs_, 1);
  }
  ~failing_vfs() { sqlite3_vfs_unregister(&vfs_); }
  failing_vfs(const failing_vfs&) = delete;
  failing_vfs& operator=(const failing_vfs&) = delete;

  /// The n-th change from now (from 1) fails with a code of SQLite.
  void fail(int nth, int code, after then) {
    left_ = nth;
    code_ = code;
    then_ = then;
  }
  void heal() { left_ = 0; }

  /// How often the disk was told to write what it has taken.
  int syncs() const { return syncs_; }

  /// Lets that take as long as a real disk takes.
  void slow_down() { slow_ = true; }

  /// Whether the fault has shown itself.
  bool failed() const { return failed_; }

 private:
  struct file {
    sqlite3_file base;
    failing_vfs* of;
    sqlite3_io_methods methods;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  int due() {
    if (left_ == 0 || (left_ > 1 && --left_ > 0)) return SQLITE_OK;
    failed_ = true;
    if (then_ == after::once) left_ = 0;
    return code_;
  }

  static sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<file*>(f)->real(); }
  static int due(sqlite3_file* f) { return reinterpret_cast<file*>(f)->of->due(); }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* f, int flags, int* out) {
    auto* self = static_cast<failing_vfs*>(vfs->pAppData);
    auto* mine = reinterpret_cast<file*>(f);
    std::memset(mine, 0, sizeof(file));
    const int rc = self->real_->xOpen(self->real_, name, mine->real(), flags, out);
    if (rc != SQLITE_OK) return rc;
    mine->of = self;
    mine->methods = sqlite3_io_methods{
        3,
        [](sqlite3_file* x) { return real(x)->pMethods->xClose(real(x)); },
        [](sqlite3_file* x, void* to, int n, sqlite3_int64 at) {
          return real(x)->pMethods->xRead(real(x), to, n, at);
        },
        [](sqlite3_file* x, const void* from, int n, sqlite3_int64 at) {
          const int failed = due(x);
          return failed ? failed : real(x)->pMethods->xWrite(real(x), from, n, at);
        },
        [](sqlite3_file* x, sqlite3_int64 n) {
          const int failed = due(x);
          return failed ? failed : real(x)->pMethods->xTruncate(real(x), n);
        },
        [](sqlite3_file* x, int how) {
          auto* of = reinterpret_cast<file*>(x)->of;
          ++of->syncs_;
          if (of->slow_) std::this_thread::sleep_for(std::chrono::milliseconds{1});
          // A disk is never full when it is told to write what it has taken.
          const int failed = reinterpret_cast<file*>(x)->of->code_ == SQLITE_FULL ? 0 : due(x);
          return failed ? SQLITE_IOERR_FSYNC : real(x)->pMethods->xSync(real(x), how);
        },
        [](sqlite3_file* x, sqlite3_int64* n) { return real(x)->pMethods->xFileSize(real(x), n); },
        [](sqlite3_file* x, int level) { return real(x)->pMethods->xLock(real(x), level); },
        [](sqlite3_file* x, int level) { return real(x)->pMethods->xUnlock(real(x), level); },
        [](sqlite3_file* x, int* held) {
          return real(x)->pMethods->xCheckReservedLock(real(x), held);
        },
        [](sqlite3_file* x, int op, void* arg) {
          return real(x)->pMethods->xFileControl(real(x), op, arg);
        },
        [](sqlite3_file* x) { return real(x)->pMethods->xSectorSize(real(x)); },
        [](sqlite3_file* x) { return real(x)->pMethods->xDeviceCharacteristics(real(x)); },
        [](sqlite3_file* x, int page, int size, int extend, volatile void** out_page) {
          return real(x)->pMethods->xShmMap(real(x), page, size, extend, out_page);
        },
        [](sqlite3_file* x, int at, int n, int how) {
          return real(x)->pMethods->xShmLock(real(x), at, n, how);
        },
        [](sqlite3_file* x) { real(x)->pMethods->xShmBarrier(real(x)); },
        [](sqlite3_file* x, int gone) { return real(x)->pMethods->xShmUnmap(real(x), gone); },
        [](sqlite3_file*, sqlite3_int64, int, void** page) {
          *page = nullptr; // nothing is mapped
          return SQLITE_OK;
        },
        [](sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; }};
    mine->base.pMethods = &mine->methods;
    return SQLITE_OK;
  }

  sqlite3_vfs* real_ = nullptr;
  sqlite3_vfs vfs_{};
  int left_ = 0;
  int code_ = SQLITE_OK;
  after then_ = after::once;
  bool failed_ = false;
  std::atomic<int> syncs_ = 0;
  bool slow_ = false;
};

} // namespace banli::test
