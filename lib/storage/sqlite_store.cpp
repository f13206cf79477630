#include <banli/storage/sqlite_store.hpp>

#include <mutex>
#include <new>

#include "chain.hpp"
#include "sqlite_file.hpp"
#include "sqlite_verify.hpp"

namespace banli {

namespace {

using detail::connection;
using detail::resetting;
using detail::statement;

/// Everything that touches the file; in a forked child it is left alone, not closed.
struct open_file {
  std::unique_ptr<detail::store_file> file;
  statement find_case, add_case, change_case, add_event, find_request, events_of;

  const connection& database() const { return file->database; }
};

result<std::unique_ptr<open_file>> prepare(std::unique_ptr<detail::store_file> file) {
  const connection& on = file->database;
  const std::array<std::string_view, 6> texts{
      "SELECT id, item, definition, version, chain FROM cases WHERE id = ?1",
      "INSERT INTO cases (id, item, definition, version, chain) VALUES (?1, ?2, ?3, ?4, ?5)",
      "UPDATE cases SET version = ?2, chain = ?3 WHERE id = ?1",
      "INSERT INTO events (case_id, number, request, json, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
      "SELECT 1 FROM events WHERE request = ?1",
      "SELECT number, json FROM events WHERE case_id = ?1 ORDER BY number"};
  std::vector<statement> s;
  for (const std::string_view sql : texts) {
    auto prepared = statement::prepare(on, sql);
    if (!prepared) return prepared.error();
    s.push_back(std::move(*prepared));
  }
  return std::make_unique<open_file>(open_file{std::move(file), std::move(s[0]), std::move(s[1]),
                                               std::move(s[2]), std::move(s[3]), std::move(s[4]),
                                               std::move(s[5])});
}

class sqlite_store final : public case_store {
 public:
  sqlite_store(std::unique_ptr<open_file> open, const store_limits& limits)
      : open_(std::move(open)), limits_(limits) {}

  ~sqlite_store() override {
    // Closing in a child would drop locks of the parent and could delete its log.
    if (!open_->file->lock.ours()) (void)open_.release();
  }

  result<void> append(std::span<const append_request> batch) override {
    return alone<void>([&]() -> result<void> {
      if (failed_)
        return make_error(errc::store_failure,
                          "{} is closed for writing after a failed commit: open it again",
                          "{} 提交失败后已停止写入:请重新打开", open_->database().path());
      auto change = detail::transaction::begin(open_->database());
      if (!change) return change.error();
      for (const append_request& asked : batch)
        if (auto r = append_one(asked); !r) return r;
      return commit(*change);
    });
  }

  result<bool> done(const request_id& request) const override {
    return alone<bool>([&]() -> result<bool> {
      if (request.empty()) return false;
      statement& s = open_->find_request;
      const resetting at_end{s};
      return s.bind(1, request.text()).step();
    });
  }

  result<std::vector<event>> load(const case_id& id) const override {
    return alone<std::vector<event>>([&] { return load_events(id); });
  }

  result<std::optional<stored_case>> find(const case_id& id) const override {
    return alone<std::optional<stored_case>>([&] { return find_case(id); });
  }

  result<void> each(const std::function<void(const stored_case&)>& visit) const override {
    // By pages, so that the visitor is called while nothing is locked and no statement is open.
    std::string after;
    for (;;) {
      const auto page = alone<std::vector<stored_case>>(
          [&] { return detail::cases_after(open_->database(), after); });
      if (!page) return page.error();
      if (page->empty()) return {};
      after = page->back().id.text();
      for (const stored_case& c : *page) visit(c);
    }
  }

  result<std::uint64_t> event_count() const override {
    // Summed over cases, which even in a damaged file are finitely many and ever greater.
    std::uint64_t n = 0;
    if (auto r = each([&](const stored_case& c) { n += c.version; }); !r) return r.error();
    return n;
  }

  result<std::vector<chain_fault>> verify() const override {
    return alone<std::vector<chain_fault>>([&] { return detail::verify_file(open_->database()); });
  }

 private:
  /// Runs f with the file to itself. A child that was forked is refused before it touches anything,
  /// the mutex included.
  template <class T, class F>
  result<T> alone(F f) const {
    if (!open_->file->lock.ours())
      return make_error(errc::store_locked,
                        "{} was opened before fork(): the child must open it for itself",
                        "{} 在 fork() 之前打开:子进程须自行打开", open_->database().path());
    const std::scoped_lock hold{mutex_};
    try {
      return f();
    } catch (const std::bad_alloc&) {
      return make_error(errc::store_failure, "out of memory", "内存不足");
    }
  }

  result<void> commit(detail::transaction& change) {
    auto r = change.commit();
    if (r) return r;
    // Busy and full are told before anything is written. Whatever else went wrong, the pages may or
    // may not be on the disk.
    const int code = sqlite3_errcode(open_->database().handle()) & 0xFF;
    failed_ = code != SQLITE_BUSY && code != SQLITE_FULL;
    return r;
  }

  result<void> append_one(const append_request& asked) {
    const auto now = find_case(asked.id);
    if (!now) return now.error();
    const auto added = detail::extend_case(asked, *now, limits_);
    if (!added) return added.error();
    if (added->events.empty()) return {};
    if (auto r = now->has_value() ? change_case(added->after) : add_case(added->after); !r)
      return r;
    for (const detail::kept_event& e : added->events)
      if (auto r = add_event(asked.id, e); !r) return r;
    return {};
  }

  result<void> add_case(const stored_case& c) {
    statement& s = open_->add_case;
    const resetting at_end{s};
    return s.bind(1, c.id.text())
        .bind(2, c.item.text())
        .bind(3, c.definition)
        .bind(4, std::int64_t{c.version})
        .bind(5, c.chain)
        .run();
  }

  result<void> change_case(const stored_case& c) {
    statement& s = open_->change_case;
    const resetting at_end{s};
    return s.bind(1, c.id.text()).bind(2, std::int64_t{c.version}).bind(3, c.chain).run();
  }

  result<void> add_event(const case_id& id, const detail::kept_event& e) {
    statement& s = open_->add_event;
    const resetting at_end{s};
    s.bind(1, id.text()).bind(2, std::int64_t{e.number}).bind(4, e.json).bind(5, e.hash);
    if (e.request.empty())
      s.bind_null(3);
    else
      s.bind(3, e.request);
    auto r = s.run();
    // The only other unique thing is the number of an event, which is the primary key.
    if (!r && s.code() == SQLITE_CONSTRAINT_UNIQUE) return detail::duplicate_request(e.request);
    return r;
  }

  result<std::optional<stored_case>> find_case(const case_id& id) const {
    statement& s = open_->find_case;
    const resetting at_end{s};
    const auto row = s.bind(1, id.text()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<stored_case>{};
    auto c = detail::read_case(s);
    if (!c) return c.error();
    return std::optional{std::move(*c)};
  }

  result<std::vector<event>> load_events(const case_id& id) const {
    const auto of = find_case(id);
    if (!of) return of.error();
    std::vector<event> out;
    if (!*of) return out;
    statement& s = open_->events_of;
    const resetting at_end{s};
    s.bind(1, id.text());
    for (auto row = s.step(); !row || *row; row = s.step()) {
      if (!row) return row.error();
      auto e = read_event(s, static_cast<std::uint32_t>(out.size()) + 1);
      if (!e) return e.error();
      out.push_back(std::move(*e));
    }
    if (out.size() != (*of)->version) return incomplete(id);
    return out;
  }

  result<event> read_event(const statement& s, std::uint32_t expected) const {
    const auto number = s.number(0);
    if (!number) return number.error();
    const auto json = s.text(1);
    if (!json) return json.error();
    auto e = parse_event(*json);
    if (e && (*number != expected || e->number != expected))
      return make_error(errc::store_corrupt, "event {} is missing", "缺少第 {} 个事件", expected);
    return e;
  }

  static error incomplete(const case_id& id) {
    return make_error(errc::store_corrupt, "the events of case '{}' are not complete",
                      "办件“{}”的事件不完整", id.text());
  }

  std::unique_ptr<open_file> open_;
  store_limits limits_;
  mutable std::mutex mutex_;
  bool failed_ = false; ///< a commit failed in a way that leaves the file in doubt
};

} // namespace

result<std::unique_ptr<case_store>> open_sqlite_store(const std::string& path,
                                                      const store_limits& limits) {
  try {
    // A row holds one event, four identifiers and hashes, and some bytes of SQLite's own.
    auto file = detail::open_store_file(path, limits.event_bytes + 5 * limits.id_bytes + 10'000);
    if (!file) return file.error();
    auto open = prepare(std::move(*file));
    if (!open) return open.error();
    return std::make_unique<sqlite_store>(std::move(*open), limits);
  } catch (const std::bad_alloc&) {
    return make_error(errc::store_failure, "out of memory", "内存不足");
  }
}

} // namespace banli
