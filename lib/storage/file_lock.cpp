#include "file_lock.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace banli::detail {

file_lock::file_lock(int descriptor) : descriptor_(descriptor), owner_(::getpid()) {}

file_lock::~file_lock() {
  if (descriptor_ < 0) return;
  // A child shares the lock by its copy of the descriptor: it must not unlock for its parent, and
  // its copy must not keep the lock when the parent is done.
  if (ours()) ::flock(descriptor_, LOCK_UN);
  ::close(descriptor_);
}

bool file_lock::ours() const { return ::getpid() == owner_; }

result<file_lock> file_lock::take(const std::string& path) {
  const std::string name = path + ".lock";
  const int descriptor =
      ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  if (descriptor < 0)
    return make_error(errc::store_failure, "the lock {} cannot be opened: {}",
                      "无法打开锁文件 {}:{}", name, std::generic_category().message(errno));
  file_lock lock{descriptor};
  int rc = 0;
  do rc = ::flock(descriptor, LOCK_EX | LOCK_NB);
  while (rc != 0 && errno == EINTR);
  if (rc == 0) return lock;
  if (errno == EWOULDBLOCK)
    return make_error(errc::store_locked, "{0} is in use: another store holds {1}",
                      "{0} 正在使用:{1} 已被占用", path, name);
  return make_error(errc::store_failure, "{} cannot be locked: {}", "无法锁定 {}:{}", name,
                    std::generic_category().message(errno));
}

} // namespace banli::detail
