// One connection to SQLite and its statements, with errors of ours.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include <banli/base/result.hpp>

namespace banli::detail {

/// What SQLite has to say, as one of our codes.
error sqlite_error(int code, const std::string& path, std::string_view message);

/// A column of a row is of another type than that of our schema.
error wrong_type(const std::string& path);

/// A value of a row; views live until the next row. False: it is of another type.
bool read_value(sqlite3_value* v, std::string_view& into);
bool read_value(sqlite3_value* v, std::int64_t& into);
bool read_value(sqlite3_value* v, std::optional<std::string_view>& into); ///< or null

/// The values of a row that each_row() visits.
using row_values = std::span<sqlite3_value* const>;
using row_visitor = std::function<result<void>(row_values)>;

class connection {
 public:
  /// Opens an existing file, or a database in memory, in the most guarded way SQLite has: nothing
  /// in the file is trusted to be ours. No cell of a row is read that is longer than `longest`
  /// bytes.
  static result<connection> open(const std::string& path, std::size_t longest);
  static result<connection> in_memory();

  result<void> run(const char* sql) const;

  /// Runs one statement that gives one row, for its first column.
  result<std::int64_t> number(const char* sql) const;
  result<std::string> text(const char* sql) const;

  /// Runs a query that gives no rows of its own but says `visited(...)` among its conditions, and
  /// calls visit() with those columns of every row that it goes through, up to the first error.
  /// Asking a statement for each row and each column of it takes a quarter to a half longer.
  result<void> each_row(std::string_view sql, const row_visitor& visit) const;

  /// The error of a call that gave `code`, for this file.
  error failed(int code) const;

  /// Ends a transaction that is open without what it wrote. False: it could not (no memory).
  bool undo() const noexcept;

  bool in_transaction() const noexcept { return sqlite3_get_autocommit(handle_.get()) == 0; }
  sqlite3* handle() const { return handle_.get(); }
  const std::string& path() const { return path_; }

 private:
  struct close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };

  /// Who visits rows now, and why he stopped.
  struct visiting {
    const row_visitor* visit = nullptr;
    std::optional<error> stopped{};
  };

  connection(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  static result<connection> open_with(int flags, const std::string& path);
  static void visit_row(sqlite3_context* c, int count, sqlite3_value** values);

  std::unique_ptr<visiting> visiting_ = std::make_unique<visiting>(); ///< SQLite knows where it is
  std::unique_ptr<sqlite3, close> handle_;
  std::string path_;
};

/// A prepared statement. Texts that are bound must live until the statement is reset.
class statement {
 public:
  static result<statement> prepare(const connection& on, std::string_view sql);

  statement& bind(int position, std::string_view text);
  statement& bind(int position, std::int64_t number);
  statement& bind_null(int position);

  /// The next row: true, or false at the end.
  result<bool> step();

  /// Runs a statement that gives no rows.
  result<void> run();

  /// The result code of the last step, extended.
  int code() const { return code_; }

  /// A column of the row; views live until the next step. Errors: store_corrupt (another type).
  result<std::string_view> text(int column) const;
  result<std::int64_t> number(int column) const;

  /// The same without a result for each column. False: it is of another type, which is the error
  /// wrong_type().
  template <class T>
  bool read(int column, T& into) const {
    return read_value(sqlite3_column_value(handle_.get(), column), into);
  }
  error wrong_type() const { return detail::wrong_type(on_->path()); }

  void reset();

 private:
  struct finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
  };

  statement(sqlite3_stmt* s, const connection& on) : handle_(s), on_(&on) {}

  std::unique_ptr<sqlite3_stmt, finalize> handle_;
  const connection* on_;
  int code_ = SQLITE_OK;
};

/// Resets a statement at the end of a scope, so that no read stays open.
class resetting {
 public:
  explicit resetting(statement& s) : statement_(s) {}
  ~resetting() { statement_.reset(); }
  resetting(const resetting&) = delete;
  resetting& operator=(const resetting&) = delete;

 private:
  statement& statement_;
};

/// Bounds what one statement may do while a file is not known to be ours: damaged pages can make
/// reading the schema endless.
class bounded_steps {
 public:
  explicit bounded_steps(const connection& on);
  ~bounded_steps();
  bounded_steps(const bounded_steps&) = delete;
  bounded_steps& operator=(const bounded_steps&) = delete;

 private:
  const connection* on_;
};

/// A transaction that is rolled back unless it was committed.
class transaction {
 public:
  static result<transaction> begin(const connection& on);
  transaction(transaction&& other) noexcept : on_(std::exchange(other.on_, nullptr)) {}
  transaction& operator=(transaction&&) = delete;
  ~transaction();

  result<void> commit();

 private:
  explicit transaction(const connection& on) : on_(&on) {}

  const connection* on_;
};

} // namespace banli::detail
