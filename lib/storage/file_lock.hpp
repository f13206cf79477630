// The lock beside a database file.
//
// flock() belongs to the open file description, not to the process: a second store of the same file
// is refused within one process as well, and nothing global has to remember which files are open.
// (The lock may not be on the database itself: closing a second descriptor of it would drop the
// locks SQLite holds there.)
#pragma once

#include <string>
#include <utility>

#include <sys/types.h>

#include <banli/base/result.hpp>

namespace banli::detail {

class file_lock {
 public:
  /// Locks <path>.lock, making it if need be. Errors: store_locked, store_failure.
  static result<file_lock> take(const std::string& path);

  file_lock(file_lock&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)), owner_(other.owner_) {}
  file_lock& operator=(file_lock&&) = delete;
  ~file_lock();

  /// False in a child that was forked after the lock was taken.
  bool ours() const;

 private:
  explicit file_lock(int descriptor);

  int descriptor_;
  pid_t owner_;
};

} // namespace banli::detail
