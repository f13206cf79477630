// Many callers, one writer, one wait for the disk.
//
// Whoever comes first writes; who comes while he waits for the disk stands in line, and the first
// of those then writes for all of them. Nobody is answered before what he asked is durable, and no
// thread is needed but the callers' own.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "chain.hpp"

namespace banli::detail {

/// One append that waits.
struct waiting_append {
  prepared_batch asked{};
  std::optional<result<void>> answer{};
  std::condition_variable wake{};
  bool done = false;
};

class commit_queue {
 public:
  using group = std::vector<waiting_append*>;

  commit_queue() { group_.reserve(most); } // nothing is to fail while somebody stands in line

  /// Appends written at once, so that the first of many does not wait for all of them.
  static constexpr std::size_t most = 512;

  /// Calls write(group), which must answer every append of the group and not throw, in this thread
  /// or in that of another caller; back when `mine` is answered.
  template <class Write>
  result<void> pass(waiting_append& mine, const Write& write) {
    std::unique_lock hold{mutex_};
    line_.push_back(&mine);
    mine.wake.wait(hold, [&] { return mine.done || line_.front() == &mine; });
    if (mine.done) return *mine.answer;
    // Who writes stays at the head of the line, so that nobody else begins.
    group_.assign(line_.begin(),
                  line_.begin() + static_cast<std::ptrdiff_t>(std::min(line_.size(), most)));
    hold.unlock();
    write(group_);
    hold.lock();
    for (waiting_append* w : group_) {
      line_.pop_front();
      w->done = true;
      if (w != &mine) w->wake.notify_one();
    }
    if (!line_.empty()) line_.front()->wake.notify_one();
    return *mine.answer;
  }

 private:
  std::mutex mutex_;
  std::deque<waiting_append*> line_;
  group group_; ///< of who writes
};

} // namespace banli::detail
