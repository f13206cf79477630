// Memory that runs out when it is told to: SQLite's, and that of operator new (fault_test.cpp).
#pragma once

#include <cstdint>
#include <utility>

#include <sqlite3.h>

namespace banli::test {

/// Refuses the allocation that is due, of those that are counted, once or from then on.
class memory_fault {
 public:
  enum class then : std::uint8_t { once, always };

  static void arm(long nth, then how) {
    failed_ = false;
    then_ = how;
    left_ = nth;
  }
  static void disarm() { left_ = 0; }
  static bool failed() { return failed_; }

  /// While one lives, allocations of this thread count, or again do not.
  class counting {
   public:
    enum class what : std::uint8_t { all, nothing };

    explicit counting(what w = what::all) : before_(std::exchange(counts_, w == what::all)) {}
    ~counting() { counts_ = before_; }
    counting(const counting&) = delete;
    counting& operator=(const counting&) = delete;

   private:
    bool before_;
  };

  /// Whether this allocation is refused.
  static bool due() {
    if (!counts_ || left_ == 0 || (left_ > 1 && --left_ > 0)) return false;
    failed_ = true;
    if (then_ == then::once) left_ = 0;
    return true;
  }

 private:
  // Of this thread: doctest and other threads are left alone.
  inline static thread_local long left_ = 0;
  inline static thread_local then then_ = then::once;
  inline static thread_local bool failed_ = false;
  inline static thread_local bool counts_ = false;
};

/// While one lives, SQLite asks memory_fault before it allocates. No database may be open when it
/// comes and goes.
class failing_memory {
 public:
  failing_memory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real());
    sqlite3_mem_methods mine = real();
    mine.xMalloc = [](int n) { return memory_fault::due() ? nullptr : real().xMalloc(n); };
    mine.xRealloc = [](void* p, int n) {
      return memory_fault::due() ? nullptr : real().xRealloc(p, n);
    };
    sqlite3_config(SQLITE_CONFIG_MALLOC, &mine);
    sqlite3_initialize();
  }
  ~failing_memory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &real());
    sqlite3_initialize();
  }
  failing_memory(const failing_memory&) = delete;
  failing_memory& operator=(const failing_memory&) = delete;

 private:
  static sqlite3_mem_methods& real() {
    static sqlite3_mem_methods methods{};
    return methods;
  }
};

} // namespace banli::test
