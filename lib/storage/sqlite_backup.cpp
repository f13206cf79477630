#include <banli/storage/backup.hpp>

#include <filesystem>

#include <banli/storage/sqlite_store.hpp>

#include "key_file.hpp"

namespace banli {

namespace {

namespace fs = std::filesystem;

/// A file that is not finished, gone with its companions unless it is kept.
class unfinished {
 public:
  explicit unfinished(const std::string& path) : path_(path + ".part") { remove(); }
  ~unfinished() { remove(); }
  unfinished(const unfinished&) = delete;
  unfinished& operator=(const unfinished&) = delete;

  const std::string& path() const { return path_; }

  /// Gives it its name. A log that is left beside it was not written into it when it was closed:
  /// the disk failed, and the file alone is not the copy that was proved.
  result<void> keep(const std::string& name) {
    std::error_code failed;
    if (fs::exists(path_ + "-wal", failed))
      return make_error(errc::store_failure, "{} cannot be written: its log is left over",
                        "无法写入 {}:日志未能并入", name);
    fs::create_hard_link(path_, name, failed); // unlike rename(), takes nobody's name away
    if (failed)
      return make_error(errc::store_failure, "{} cannot be written: {}", "无法写入 {}:{}", name,
                        failed.message());
    if (detail::keep_name(name)) return {};
    fs::remove(name, failed);
    return make_error(errc::store_failure, "{} cannot be written: its folder does not keep names",
                      "无法写入 {}:所在目录无法同步", name);
  }

 private:
  void remove() {
    std::error_code ignored;
    for (const char* end : {"", "-wal", "-shm", ".lock"}) fs::remove(path_ + end, ignored);
  }

  std::string path_;
};

/// A case and its events as they stand at one moment.
struct read_case {
  stored_case of;
  std::vector<event> events;
};

class copier {
 public:
  copier(const case_store& from, case_store& to) : from_(from), to_(to) {}

  result<backup_report> copy() {
    // The ids first: who visits a store may read it, but errors have no way out of there.
    std::vector<case_id> ids;
    if (auto r = from_.each([&](const stored_case& c) { ids.push_back(c.id); }); !r)
      return r.error();
    for (const case_id& id : ids) {
      auto one = read(id);
      if (!one) return one.error();
      events_ += one->events.size();
      batch_.push_back(std::move(*one));
      if (batch_.size() >= 500 || events_ >= 20'000)
        if (auto r = flush(); !r) return r.error();
    }
    if (auto r = flush(); !r) return r.error();
    if (auto r = copy_audit(); !r) return r.error();
    return done_;
  }

 private:
  result<read_case> read(const case_id& id) {
    for (;;) {
      const auto before = from_.find(id);
      if (!before) return before.error();
      auto events = from_.load(id);
      if (!events) return events.error();
      if (*before && events->size() == (*before)->version)
        return read_case{**before, std::move(*events)};
      const auto after = from_.find(id);
      if (!after) return after.error();
      if (!*before || !*after || (*after)->version == (*before)->version) return broken(id);
    }
  }

  result<void> flush() {
    std::vector<append_request> requests;
    requests.reserve(batch_.size());
    for (const read_case& c : batch_)
      requests.push_back({c.of.id, c.of.item, c.of.definition, 0, c.events});
    if (auto r = to_.append(requests); !r) return r.error();
    for (const read_case& c : batch_) {
      const auto there = to_.find(c.of.id);
      if (!there) return there.error();
      if (!*there || (*there)->chain != c.of.chain) return broken(c.of.id);
      ++done_.cases;
      done_.events += c.of.version;
    }
    batch_.clear();
    events_ = 0;
    return {};
  }

  /// The audit log as it stands when the cases are copied. Its chain is made again, and must be
  /// the same.
  result<void> copy_audit() {
    for (std::uint64_t after = 0;;) {
      const auto page = from_.audit_log(after, 1'000);
      if (!page) return page.error();
      if (page->empty()) return {};
      std::vector<audit_entry> entries;
      for (const audit_record& r : *page) entries.push_back(r.entry);
      if (auto r = to_.record(entries); !r) return r.error();
      const auto there = to_.audit_log(after, page->size());
      if (!there) return there.error();
      if (*there != *page)
        return make_error(errc::store_corrupt, "the audit log does not fit its chain",
                          "审计日志与其哈希链不符");
      after = page->back().number;
    }
  }

  static error broken(const case_id& id) {
    return make_error(errc::store_corrupt, "case '{}' does not fit its chain: verify the store",
                      "办件“{}”与其哈希链不符:请先校验数据文件", id.text());
  }

  const case_store& from_;
  case_store& to_;
  std::vector<read_case> batch_;
  std::size_t events_ = 0; ///< in the batch
  backup_report done_;
};

/// The drill: the copy is opened as it would be in need, verified, and counted.
result<void> drill(const std::string& path, const backup_report& copied,
                   const store_limits& limits) {
  const auto store = open_sqlite_store(path, limits);
  if (!store) return store.error();
  const auto faults = (*store)->verify();
  if (!faults) return faults.error();
  backup_report found;
  if (auto r = (*store)->each([&](const stored_case& c) {
        ++found.cases;
        found.events += c.version;
      });
      !r)
    return r;
  if (faults->empty() && found == copied) return {};
  return make_error(errc::store_failure,
                    "the copy is not the same: {} of {} cases, {} of {} events",
                    "副本与原件不同:办件 {} / {},事件 {} / {}", found.cases, copied.cases,
                    found.events, copied.events);
}

} // namespace

result<backup_report> back_up(const case_store& store, const std::string& path,
                              const store_limits& limits) {
  std::error_code ignored;
  if (fs::exists(path, ignored))
    return make_error(errc::store_failure, "{} is there already", "{} 已存在", path);
  const auto faults = store.verify();
  if (!faults) return faults.error();
  if (!faults->empty()) {
    const chain_fault& f = faults->front();
    return make_error(errc::store_corrupt, "case '{0}', event {1}: {2}",
                      "办件“{0}”第 {1} 个事件:{3}", f.id.text(), f.number, f.what.en, f.what.zh);
  }
  unfinished file{path};
  auto copied = [&]() -> result<backup_report> {
    const auto to = open_sqlite_store(file.path(), limits, store.digest());
    if (!to) return to.error();
    return copier{store, **to}.copy();
  }(); // closed, so that all of it is in one file
  if (!copied) return copied;
  if (auto r = drill(file.path(), *copied, limits); !r) return r.error();
  if (auto r = file.keep(path); !r) return r.error();
  return copied;
}

} // namespace banli
