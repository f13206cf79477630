#include <banli/storage/sqlite_store.hpp>

#include <algorithm>
#include <mutex>
#include <new>

#include "commit_queue.hpp"
#include "engine/event_text.hpp"
#include "sqlite_audit.hpp"
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
  statement find_case, add_case, change_case, add_event, find_request, next_request, events_of;

  const connection& database() const { return file->database; }
};

result<std::unique_ptr<open_file>> prepare(std::unique_ptr<detail::store_file> file) {
  const connection& on = file->database;
  const std::array<std::string_view, 7> texts{
      "SELECT id, item, definition, version, chain FROM cases WHERE id = ?1",
      "INSERT INTO cases (id, item, definition, version, chain) VALUES (?1, ?2, ?3, ?4, ?5)",
      "UPDATE cases SET version = ?2, chain = ?3 WHERE id = ?1",
      "INSERT INTO events (case_id, number, request, json, hash) VALUES (?1, ?2, ?3, ?4, ?5)",
      "SELECT case_id, number FROM events WHERE request = ?1",
      "SELECT coalesce(min(number), 0) FROM events "
      "WHERE case_id = ?1 AND number > ?2 AND request IS NOT NULL",
      "SELECT number, json FROM events WHERE case_id = ?1 ORDER BY number"};
  std::vector<statement> s;
  for (const std::string_view sql : texts) {
    auto prepared = statement::prepare(on, sql);
    if (!prepared) return prepared.error();
    s.push_back(std::move(*prepared));
  }
  return std::make_unique<open_file>(open_file{std::move(file), std::move(s[0]), std::move(s[1]),
                                               std::move(s[2]), std::move(s[3]), std::move(s[4]),
                                               std::move(s[5]), std::move(s[6])});
}

class sqlite_store final : public case_store {
 public:
  sqlite_store(std::unique_ptr<open_file> open, const store_limits& limits)
      : open_(std::move(open)), limits_(limits), chain_(open_->file->digest) {}

  ~sqlite_store() override {
    // Closing in a child would drop locks of the parent and could delete its log.
    if (!open_->file->lock.ours()) (void)open_.release();
  }

  result<void> append(std::span<const append_request> batch) override {
    if (auto e = not_ours()) return *e;
    try {
      detail::waiting_append mine;
      if (auto r = detail::prepare(batch, limits_, mine.asked); !r) return r;
      return queue_.pass(mine, [this](const detail::commit_queue::group& all) { write(all); });
    } catch (const std::bad_alloc&) {
      return no_memory();
    }
  }

  result<bool> done(const request_id& request) const override {
    return alone<bool>([&]() -> result<bool> {
      if (request.empty()) return false;
      statement& s = open_->find_request;
      const resetting at_end{s};
      return s.bind(1, request.text()).step();
    });
  }

  result<std::optional<request_record>> find_request(const request_id& request) const override {
    return alone<std::optional<request_record>>(
        [&]() -> result<std::optional<request_record>> { return read_request(request); });
  }

  result<std::vector<event>> load(const case_id& id) const override {
    return alone<std::vector<event>>([&] { return load_events(id); });
  }

  result<std::optional<stored_case>> find(const case_id& id) const override {
    return alone<std::optional<stored_case>>([&] { return find_case(id); });
  }

  result<void> each(const std::function<void(const stored_case&)>& visit) const override {
    return each_below({}, visit);
  }

  result<void> each_below(std::string_view prefix,
                          const std::function<void(const stored_case&)>& visit) const override {
    if (!prefix.empty()) { // the case that is named by the prefix itself does not stand after it
      const auto same = find(case_id{prefix});
      if (!same) return same.error();
      if (*same) visit(**same);
    }
    // By pages, so that the visitor is called while nothing is locked and no statement is open.
    std::string after{prefix};
    for (;;) {
      const auto page = alone<std::vector<stored_case>>(
          [&] { return detail::cases_after(open_->database(), after); });
      if (!page) return page.error();
      if (page->empty()) return {};
      after = page->back().id.text();
      for (const stored_case& c : *page) {
        if (!c.id.text().starts_with(prefix)) return {};
        visit(c);
      }
    }
  }

  result<void> record(std::span<const audit_entry> entries) override {
    auto done = alone<bool>([&]() -> result<bool> {
      if (failed_) return closed_for_writing();
      auto change = detail::transaction::begin(open_->database());
      if (!change) return change.error();
      if (auto r = detail::add_audit(open_->database(), entries, digest(), limits_); !r)
        return r.error();
      if (auto r = commit(*change); !r) return r.error();
      return true;
    });
    if (!done) return done.error();
    return {};
  }

  result<std::vector<audit_record>> audit_log(std::uint64_t after,
                                              std::size_t most) const override {
    return alone<std::vector<audit_record>>(
        [&] { return detail::audit_after(open_->database(), after, most); });
  }

  chain_digest digest() const override { return open_->file->digest; }

  result<std::uint64_t> event_count() const override {
    // Summed over cases, which even in a damaged file are finitely many and ever greater.
    std::uint64_t n = 0;
    if (auto r = each([&](const stored_case& c) { n += c.version; }); !r) return r.error();
    return n;
  }

  result<std::vector<chain_fault>> verify() const override {
    return alone<std::vector<chain_fault>>([&]() -> result<std::vector<chain_fault>> {
      auto faults = detail::verify_file(open_->database(), digest());
      if (!faults) return faults.error();
      auto of_audit = detail::verify_audit(open_->database(), digest());
      if (!of_audit && faults->empty()) return of_audit.error(); // damage, and no name for it
      if (of_audit && *of_audit) faults->insert(faults->begin(), std::move(**of_audit));
      return faults;
    });
  }

  result<std::optional<chain_fault>> verify_case(const case_id& id) const override {
    return alone<std::optional<chain_fault>>([&]() -> result<std::optional<chain_fault>> {
      const auto of = find_case(id);
      if (!of) return of.error();
      if (!*of) return std::optional<chain_fault>{};
      return detail::verify_one(open_->database(), **of, digest());
    });
  }

 private:
  /// A child that was forked is refused before it touches anything, a mutex included.
  std::optional<error> not_ours() const {
    if (open_->file->lock.ours()) return std::nullopt;
    return make_error(errc::store_locked,
                      "{} was opened before fork(): the child must open it for itself",
                      "{} 在 fork() 之前打开:子进程须自行打开", open_->database().path());
  }

  error closed_for_writing() const {
    return make_error(errc::store_failure,
                      "{} is closed for writing after a failed commit: open it again",
                      "{} 提交失败后已停止写入:请重新打开", open_->database().path());
  }

  static error no_memory() { return make_error(errc::store_failure, "out of memory", "内存不足"); }

  /// Runs f with the file to itself.
  template <class T, class F>
  result<T> alone(F f) const {
    if (auto e = not_ours()) return *e;
    const std::scoped_lock hold{mutex_};
    // A transaction that could not be undone for want of memory must not be seen by anybody.
    if (!open_->database().undo()) return no_memory();
    try {
      return f();
    } catch (const std::bad_alloc&) {
      return no_memory();
    }
  }

  // Appends of several callers in one transaction. Almost always all are good, or are refused
  // before they wrote anything. If one is refused after it wrote, everything is done once more with
  // a savepoint before each, which costs copies of pages.
  enum class care : std::uint8_t { together, one_by_one };

  void write(const detail::commit_queue::group& all) noexcept {
    const auto all_get = [&](const error& e) {
      for (detail::waiting_append* w : all) w->answer = e;
    };
    try {
      auto done = alone<bool>([&] { return write_with(care::together, all); });
      if (done && !*done) done = alone<bool>([&] { return write_with(care::one_by_one, all); });
      if (!done) all_get(done.error());
    } catch (const std::bad_alloc&) { // no room for a message of the length this one has
      all_get({errc::store_failure, {}, {}});
    }
  }

  /// False: nothing was written, and it must be done one by one.
  result<bool> write_with(care how, const detail::commit_queue::group& all) {
    if (failed_) return closed_for_writing();
    auto change = detail::transaction::begin(open_->database());
    if (!change) return change.error();
    const bool marked = how == care::one_by_one && all.size() > 1;
    bool any = false;
    for (detail::waiting_append* w : all) {
      const sqlite3_int64 before = sqlite3_total_changes64(open_->database().handle());
      if (marked)
        if (auto r = open_->database().run("SAVEPOINT one"); !r) return r.error();
      w->answer = append_all(w->asked);
      const bool good = w->answer->has_value();
      const bool wrote = sqlite3_total_changes64(open_->database().handle()) != before;
      if (!good && !is_refusal(w->answer->error())) return w->answer->error();
      if (!good && wrote && all.size() == 1) return true; // the transaction is rolled back
      if (!good && wrote && !marked) return false;
      if (marked)
        if (auto r = open_->database().run(good ? "RELEASE one" : "ROLLBACK TO one; RELEASE one");
            !r)
          return r.error();
      any = any || (good && wrote);
    }
    if (!any) return true;
    if (auto r = commit(*change); !r) return r.error();
    return true;
  }

  /// Whether an error is about what was asked, and not about the file. A case that is damaged is
  /// the trouble of those who ask for it only.
  bool is_refusal(const error& e) const {
    return open_->database().in_transaction() && e.code != errc::store_failure &&
           e.code != errc::store_locked;
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

  result<void> append_all(detail::prepared_batch& batch) {
    return detail::each_append(batch, [&](const append_request& asked, auto events) {
      return append_one(asked, events, batch);
    });
  }

  result<void> append_one(const append_request& asked, std::span<detail::prepared_event> events,
                          const detail::prepared_batch& batch) {
    auto found = find_case(asked.id);
    if (!found) return found.error();
    const bool known = found->has_value();
    if (auto e = detail::check_state(asked, known ? &**found : nullptr)) return *e;
    if (events.empty()) return {};
    stored_case now = known ? **std::move(found) : detail::new_case(asked);
    detail::extend_case(now, events, batch, chain_);
    if (auto r = known ? change_case(now) : add_case(now); !r) return r;
    for (const detail::prepared_event& e : events)
      if (auto r = add_event(asked.id, e, batch.json(e)); !r) return r;
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

  result<void> add_event(const case_id& id, const detail::prepared_event& e,
                         std::string_view json) {
    statement& s = open_->add_event;
    const resetting at_end{s};
    s.bind(1, id.text())
        .bind(2, std::int64_t{e.number})
        .bind(4, json)
        .bind(5, detail::view(e.hash));
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

  result<std::optional<request_record>> read_request(const request_id& request) const {
    if (request.empty()) return std::optional<request_record>{};
    statement& s = open_->find_request;
    const resetting at_end{s};
    const auto row = s.bind(1, request.text()).step();
    if (!row) return row.error();
    if (!*row) return std::optional<request_record>{};
    const auto id = s.text(0);
    if (!id) return id.error();
    const auto first = s.number(1);
    if (!first) return first.error();
    request_record out{case_id{*id}, static_cast<std::uint32_t>(*first), 0};
    const auto last = last_of(out);
    if (!last) return last.error();
    out.last = *last;
    return std::optional{std::move(out)};
  }

  /// The event before that of the next request of the case, or the last of the case.
  result<std::uint32_t> last_of(const request_record& r) const {
    statement& s = open_->next_request;
    const resetting at_end{s};
    if (auto row = s.bind(1, r.id.text()).bind(2, std::int64_t{r.first}).step(); !row)
      return row.error();
    const auto next = s.number(0);
    if (!next) return next.error();
    if (*next > 0) return static_cast<std::uint32_t>(*next - 1);
    const auto of = find_case(r.id);
    if (!of) return of.error();
    if (!*of) return incomplete(r.id);
    return (*of)->version;
  }

  result<std::vector<event>> load_events(const case_id& id) const {
    const auto of = find_case(id);
    if (!of) return of.error();
    std::vector<event> out;
    if (!*of) return out;
    out.reserve(std::min((*of)->version, 1'000U)); // more are seldom, and a file may say anything
    statement& s = open_->events_of;
    const resetting at_end{s};
    s.bind(1, id.text());
    for (auto row = s.step(); !row || *row; row = s.step()) {
      if (!row) return row.error();
      const std::size_t number = out.size() + 1;
      if (auto r = read_event(s, number, out.emplace_back()); !r) return r.error();
    }
    if (out.size() != (*of)->version) return incomplete(id);
    return out;
  }

  static result<void> read_event(const statement& s, std::size_t expected, event& into) {
    const auto number = s.number(0);
    if (!number) return number.error();
    const auto json = s.text(1);
    if (!json) return json.error();
    if (auto bad = detail::read_event(*json, into)) return *bad;
    if (std::cmp_not_equal(*number, expected) || into.number != expected)
      return make_error(errc::store_corrupt, "event {} is missing", "缺少第 {} 个事件", expected);
    return {};
  }

  static error incomplete(const case_id& id) {
    return make_error(errc::store_corrupt, "the events of case '{}' are not complete",
                      "办件“{}”的事件不完整", id.text());
  }

  std::unique_ptr<open_file> open_;
  store_limits limits_;
  detail::chain_maker chain_;  ///< of who writes
  detail::commit_queue queue_; ///< appends that wait for who writes
  mutable std::mutex mutex_;   ///< the connection and its statements
  bool failed_ = false;        ///< a commit failed in a way that leaves the file in doubt
};

} // namespace

result<std::unique_ptr<case_store>>
open_sqlite_store(const std::string& path, const store_limits& limits, chain_digest of_new) {
  try {
    // A row holds one event, four identifiers and hashes, and some bytes of SQLite's own.
    auto file =
        detail::open_store_file(path, limits.event_bytes + 5 * limits.id_bytes + 10'000, of_new);
    if (!file) return file.error();
    auto open = prepare(std::move(*file));
    if (!open) return open.error();
    return std::make_unique<sqlite_store>(std::move(*open), limits);
  } catch (const std::bad_alloc&) {
    return make_error(errc::store_failure, "out of memory", "内存不足");
  }
}

} // namespace banli
