// Two copies of SQLite in one process, such as a host's own and that of a plug-in: closing a file
// in one copy drops the POSIX locks that the other holds on it (fcntl(2);
// sqlite.org/howtocorrupt.html, 2.2.1). A commit that was acknowledged is lost. Shown with SQLite
// alone; our store is refused.
#include <array>
#include <filesystem>

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "history.hpp"
#include "raw_database.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// A second copy of the library, loaded from a file of another name.
class second_sqlite {
 public:
  second_sqlite() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // they know no RTLD_DEEPBIND
    Dl_info where{};
    if (dladdr(dlsym(RTLD_DEFAULT, "sqlite3_open"), &where) == 0) return;
    const std::filesystem::path from{where.dli_fname};
    if (from.filename().string().find("sqlite") == std::string::npos) return; // linked in
    file_ = std::filesystem::temp_directory_path() /
            fmt::format("banli-second-sqlite-{}.so", ::getpid());
    std::error_code failed;
    std::filesystem::copy_file(from, file_, failed);
    if (!failed) library_ = dlopen(file_.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
#endif
  }
  ~second_sqlite() {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored); // the library stays: SQLite is not made to be unloaded
  }
  second_sqlite(const second_sqlite&) = delete;
  second_sqlite& operator=(const second_sqlite&) = delete;

  bool there() const { return library_ != nullptr; }

  /// Opens a file, reads of it and closes it.
  int read(const std::string& path) const {
    sqlite3* db = nullptr;
    const int opened = of<decltype(&sqlite3_open)>("sqlite3_open")(path.c_str(), &db);
    const int said = of<decltype(&sqlite3_exec)>("sqlite3_exec")(db, "SELECT count(*) FROM t",
                                                                 nullptr, nullptr, nullptr);
    of<decltype(&sqlite3_close)>("sqlite3_close")(db);
    return opened == SQLITE_OK ? said : opened;
  }

 private:
  template <class F>
  F of(const char* name) const {
    return reinterpret_cast<F>(dlsym(library_, name));
  }

  std::filesystem::path file_;
  void* library_ = nullptr;
};

/// What of t is in the files as they lie there: what a power failure would leave.
std::string left(const folder& in) {
  std::filesystem::copy_file(in / "t.db", in / "copy.db",
                             std::filesystem::copy_options::overwrite_existing);
  std::error_code none;
  std::filesystem::remove(in / "copy.db-wal", none);
  std::filesystem::copy_file(in / "t.db-wal", in / "copy.db-wal", none);
  return raw_database{in / "copy.db"}.one("SELECT group_concat(x) FROM t");
}

} // namespace

TEST_CASE("two copies of SQLite in one process lose an acknowledged commit") {
  const folder in;
  const second_sqlite second;
  if (!second.there()) {
    MESSAGE("skipped: SQLite is no library of its own here");
    return;
  }
  raw_database first{in / "t.db"};
  first.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (x)");
  first.run("INSERT INTO t VALUES (1)");
  CHECK(left(in) == "1");
  // The other takes itself for the last one: it writes the log into the file and takes it away.
  CHECK(second.read(in / "t.db") == SQLITE_OK);
  first.run("INSERT INTO t VALUES (2)"); // acknowledged, into a log that has no name any more
  CHECK(first.one("SELECT group_concat(x) FROM t") == "1,2");
  CHECK(left(in) == "1");
}

TEST_CASE("a store that is open is opened by nobody else of the process, whichever SQLite he has") {
  const folder in;
  const auto s = open(in / "s.db");
  REQUIRE(append(*s, "a", 1, 3));
  // The lock lies beside the file and is no POSIX lock: it is asked for before any SQLite is.
  for (int again = 0; again < 2; ++again)
    CHECK(refused(open_sqlite_store(in / "s.db")) == errc::store_locked);
  REQUIRE(append(*s, "a", 4, 5));
  CHECK(s->verify()->empty());
  CHECK(s->load(case_id{"a"})->size() == 5);
}
