#include "sqlite_connection.hpp"

#include <algorithm>
#include <limits>
#include <new>

namespace banli::detail {

namespace {

errc code_of(int code) {
  switch (code & 0xFF) {
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_TOOBIG:
  case SQLITE_MISMATCH:
  case SQLITE_FORMAT:
  case SQLITE_SCHEMA:
  case SQLITE_INTERRUPT: // only by bounded_steps
  case SQLITE_ERROR:
  case SQLITE_CONSTRAINT: return errc::store_corrupt;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
  case SQLITE_PROTOCOL: return errc::store_locked;
  default: return errc::store_failure;
  }
}

/// Takes from a connection whatever a file could use against its reader, before the file is read.
int guard(sqlite3* db) {
  int rc = sqlite3_extended_result_codes(db, 1);
  const auto set = [&](int option, int value) {
    if (rc == SQLITE_OK) rc = sqlite3_db_config(db, option, value, nullptr);
  };
  set(SQLITE_DBCONFIG_DEFENSIVE, 1);
  set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0);
  set(SQLITE_DBCONFIG_ENABLE_TRIGGER, 0);
  set(SQLITE_DBCONFIG_ENABLE_VIEW, 0);
  set(SQLITE_DBCONFIG_ENABLE_FKEY, 1);
  set(SQLITE_DBCONFIG_DQS_DDL, 0);
  set(SQLITE_DBCONFIG_DQS_DML, 0);
  if (rc == SQLITE_OK) rc = sqlite3_busy_timeout(db, 5'000);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(db, SQLITE_LIMIT_COLUMN, 100);
  sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 100);
  sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 100'000);
  sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
  return rc;
}

} // namespace

error sqlite_error(int code, const std::string& path, std::string_view message) {
  switch (code_of(code)) {
  case errc::store_corrupt:
    return make_error(errc::store_corrupt, "{} is damaged or no store of banli: {}",
                      "{} 已损坏,或不是 banli 的数据文件:{}", path, message);
  case errc::store_locked:
    return make_error(errc::store_locked, "{} is in use by another program: {}",
                      "{} 正被其他程序使用:{}", path, message);
  default:
    return make_error(errc::store_failure, "{} cannot be read or written: {}", "无法读写 {}:{}",
                      path, message);
  }
}

error wrong_type(const std::string& path) {
  return sqlite_error(SQLITE_MISMATCH, path, "a column holds another type than it should");
}

bool read_value(sqlite3_value* v, std::string_view& into) {
  if (sqlite3_value_type(v) != SQLITE_TEXT) return false;
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(v));
  if (!bytes) throw std::bad_alloc{};
  into = {bytes, static_cast<std::size_t>(sqlite3_value_bytes(v))};
  return true;
}

bool read_value(sqlite3_value* v, std::int64_t& into) {
  if (sqlite3_value_type(v) != SQLITE_INTEGER) return false;
  into = sqlite3_value_int64(v);
  return true;
}

bool read_value(sqlite3_value* v, std::optional<std::string_view>& into) {
  into.reset();
  return sqlite3_value_type(v) == SQLITE_NULL || read_value(v, into.emplace());
}

result<connection> connection::open_with(int flags, const std::string& path) {
  sqlite3* db = nullptr;
  // Whoever has a connection sees to it that one thread at a time uses it.
  int rc = sqlite3_open_v2(path.c_str(), &db, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (!db) throw std::bad_alloc{};
  connection out{db, path};
  if (rc == SQLITE_OK) rc = guard(db);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function_v2(db, "visited", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                    out.visiting_.get(), &connection::visit_row, nullptr, nullptr,
                                    nullptr);
  if (rc != SQLITE_OK) return out.failed(rc);
  return out;
}

result<connection> connection::open(const std::string& path, std::size_t longest) {
  auto out = open_with(SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, path);
  if (!out) return out;
  constexpr auto most = static_cast<std::size_t>(std::numeric_limits<int>::max());
  sqlite3_limit(out->handle(), SQLITE_LIMIT_LENGTH, static_cast<int>(std::min(longest, most)));
  if (sqlite3_db_readonly(out->handle(), "main") != 0)
    return make_error(errc::store_failure, "{} may only be read", "{} 只能读取", path);
  // Neither reads the file. Pages are checked as they come, and are never mapped: a file that is
  // cut under a mapping ends the process.
  for (const char* sql : {"PRAGMA cell_size_check = ON", "PRAGMA mmap_size = 0"})
    if (auto r = out->run(sql); !r) return r.error();
  return out;
}

result<connection> connection::in_memory() {
  return open_with(SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, ":memory:");
}

result<void> connection::run(const char* sql) const {
  const int rc = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return failed(rc);
  return {};
}

result<std::int64_t> connection::number(const char* sql) const {
  auto s = statement::prepare(*this, sql);
  if (!s) return s.error();
  if (auto row = s->step(); !row) return row.error();
  return s->number(0);
}

result<std::string> connection::text(const char* sql) const {
  auto s = statement::prepare(*this, sql);
  if (!s) return s.error();
  if (auto row = s->step(); !row) return row.error();
  const auto t = s->text(0);
  if (!t) return t.error();
  return std::string{*t};
}

void connection::visit_row(sqlite3_context* c, int count, sqlite3_value** values) {
  auto& now = *static_cast<visiting*>(sqlite3_user_data(c));
  try {
    auto seen = (*now.visit)(row_values{values, static_cast<std::size_t>(count)});
    if (seen) return; // null, which is not true
    now.stopped = std::move(seen).error();
    sqlite3_result_error_code(c, SQLITE_ABORT);
  } catch (const std::bad_alloc&) { // nothing may be thrown through SQLite
    sqlite3_result_error_nomem(c);
  }
}

result<void> connection::each_row(std::string_view sql, const row_visitor& visit) const {
  auto s = statement::prepare(*this, sql);
  if (!s) return s.error();
  *visiting_ = {&visit, std::nullopt};
  auto done = s->run();
  visiting_->visit = nullptr;
  if (visiting_->stopped) return *std::exchange(visiting_->stopped, std::nullopt);
  return done;
}

bool connection::undo() const noexcept {
  // After some errors SQLite has rolled back by itself.
  if (in_transaction()) sqlite3_exec(handle_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  return !in_transaction();
}

error connection::failed(int code) const {
  if (code == SQLITE_NOMEM) throw std::bad_alloc{};
  // The text of the handle is of its last call, which may be another than the one that failed.
  const bool last = sqlite3_extended_errcode(handle_.get()) == code;
  return sqlite_error(code, path_, last ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code));
}

result<statement> statement::prepare(const connection& on, std::string_view sql) {
  sqlite3_stmt* s = nullptr;
  const int rc = sqlite3_prepare_v3(on.handle(), sql.data(), static_cast<int>(sql.size()),
                                    SQLITE_PREPARE_PERSISTENT, &s, nullptr);
  if (rc != SQLITE_OK) return on.failed(rc);
  return statement{s, on};
}

statement& statement::bind(int position, std::string_view text) {
  const int rc = sqlite3_bind_text64(handle_.get(), position, text.data() ? text.data() : "",
                                     text.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (code_ == SQLITE_OK) code_ = rc;
  return *this;
}

statement& statement::bind(int position, std::int64_t number) {
  const int rc = sqlite3_bind_int64(handle_.get(), position, number);
  if (code_ == SQLITE_OK) code_ = rc;
  return *this;
}

statement& statement::bind_null(int position) {
  const int rc = sqlite3_bind_null(handle_.get(), position);
  if (code_ == SQLITE_OK) code_ = rc;
  return *this;
}

result<bool> statement::step() {
  if (code_ != SQLITE_OK && code_ != SQLITE_ROW) return on_->failed(code_); // a bind failed
  code_ = sqlite3_step(handle_.get());
  if (code_ == SQLITE_ROW) return true;
  if (code_ == SQLITE_DONE) return false;
  return on_->failed(code_);
}

result<void> statement::run() {
  const auto row = step();
  if (!row) return row.error();
  return {};
}

result<std::string_view> statement::text(int column) const {
  std::string_view out;
  if (!read(column, out)) return wrong_type();
  return out;
}

result<std::int64_t> statement::number(int column) const {
  std::int64_t out = 0;
  if (!read(column, out)) return wrong_type();
  return out;
}

void statement::reset() {
  sqlite3_reset(handle_.get()); // repeats the error of the step, which is known
  sqlite3_clear_bindings(handle_.get());
  code_ = SQLITE_OK;
}

bounded_steps::bounded_steps(const connection& on) : on_(&on) {
  constexpr int instructions = 100'000;
  sqlite3_progress_handler(
      on.handle(), instructions, [](void*) { return 1; }, nullptr);
}

bounded_steps::~bounded_steps() { sqlite3_progress_handler(on_->handle(), 0, nullptr, nullptr); }

result<transaction> transaction::begin(const connection& on) {
  if (auto r = on.run("BEGIN IMMEDIATE"); !r) return r.error();
  return transaction{on};
}

transaction::~transaction() {
  if (on_) (void)on_->undo();
}

result<void> transaction::commit() {
  auto r = on_->run("COMMIT");
  if (r) on_ = nullptr;
  return r;
}

} // namespace banli::detail
