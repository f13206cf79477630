#include "sqlite_schema.hpp"

#include <vector>

namespace banli::detail {

namespace {

// Together equal to schemas/store.sql, byte for byte; a test compares them.
const char* const version_1 =
    R"sql(-- The store of banli: cases and their events. Schema version 3 (PRAGMA user_version);
-- application id 1650552428, "banl" (PRAGMA application_id). Encoding UTF-8.

-- A case as it stands. What it says of the last event must agree with events; the chain is the
-- hash of that event.
CREATE TABLE cases (
  id         TEXT    NOT NULL PRIMARY KEY CHECK (id <> ''),
  item       TEXT    NOT NULL,                             -- the service item
  definition TEXT    NOT NULL,                             -- hash of the definition it runs by
  version    INTEGER NOT NULL CHECK (version >= 1),        -- number of the last event
  chain      TEXT    NOT NULL CHECK (length(chain) = 64)   -- hash of the last event
) STRICT, WITHOUT ROWID;

-- Every event of every case, numbered from 1. The hash of event n is
--   digest(hash n-1 || LF || case id || LF || item || LF || definition || LF || json)
-- in lower-case hexadecimal, hash 0 being 64 zeros. See store.md.
CREATE TABLE events (
  case_id TEXT    NOT NULL REFERENCES cases (id),
  number  INTEGER NOT NULL CHECK (number >= 1),
  request TEXT             CHECK (request <> ''),          -- at the first event of a request only
  json    TEXT    NOT NULL,                                -- the canonical text of the event
  hash    TEXT    NOT NULL CHECK (length(hash) = 64),
  PRIMARY KEY (case_id, number)
) STRICT, WITHOUT ROWID;

-- A request is done once.
CREATE UNIQUE INDEX events_by_request ON events (request) WHERE request IS NOT NULL;
)sql";

const char* const version_2 = R"sql(
-- Since version 2: what holds for the whole store. 'digest' is what its chains are made with,
-- 'sha256' or 'sm3'; version 1 knew sha256 only.
CREATE TABLE store (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

const char* const version_3 = R"sql(
-- Since version 3: refused commands, in the order in which they were made, numbered from 1. The
-- hash of record n is digest(hash n-1 || LF || "audit" || LF || json), hash 0 being 64 zeros.
CREATE TABLE audit (
  number INTEGER NOT NULL PRIMARY KEY CHECK (number >= 1),
  json   TEXT    NOT NULL,                             -- who tried what, when, and why not
  hash   TEXT    NOT NULL CHECK (length(hash) = 64)
) STRICT;
)sql";

const char* const of_version_1 = "INSERT INTO store (name, value) VALUES ('digest', 'sha256')";

/// One row of sqlite_schema: what, its name, its table, its SQL.
using schema_row = std::array<std::string, 4>;

/// The rows of a schema, or the first few of one that has too many to be ours.
result<std::vector<schema_row>> schema_of(const connection& file) {
  auto s = statement::prepare(file, "SELECT type, name, tbl_name, coalesce(sql, '') "
                                    "FROM sqlite_schema ORDER BY type, name LIMIT 50");
  if (!s) return s.error();
  std::vector<schema_row> rows;
  for (auto row = s->step(); !row || *row; row = s->step()) {
    if (!row) return row.error();
    schema_row& r = rows.emplace_back();
    for (int i = 0; i < 4; ++i) {
      const auto t = s->text(i);
      if (!t) return t.error();
      r[static_cast<std::size_t>(i)] = *t;
    }
  }
  return rows;
}

error not_ours(const std::string& path) {
  return make_error(errc::store_corrupt, "{} is a database, but no store of banli",
                    "{} 是数据库文件,但不是 banli 的数据文件", path);
}

} // namespace

std::string store_schema() { return std::string{version_1} + version_2 + version_3; }

migrations store_migrations() {
  static const std::string second = std::string{version_2} + of_version_1;
  static const std::array<const char*, 3> steps{version_1, second.c_str(), version_3};
  return steps;
}

result<void> migrate(const connection& file, std::int64_t from, migrations steps,
                     const char* at_last) {
  auto change = transaction::begin(file);
  if (!change) return change.error();
  for (auto i = static_cast<std::size_t>(from); i < steps.size(); ++i)
    if (auto r = file.run(steps[i]); !r) return r;
  if (auto r = file.run(at_last); !r) return r;
  const std::string marks = fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}",
                                        application_id, steps.size());
  if (auto r = file.run(marks.c_str()); !r) return r;
  return change->commit();
}

result<std::int64_t> store_version(const connection& file, migrations known) {
  const auto application = file.number("PRAGMA application_id");
  if (!application) return application.error();
  const auto version = file.number("PRAGMA user_version");
  if (!version) return version.error();
  const auto tables = file.number("SELECT count(*) FROM (SELECT 1 FROM sqlite_schema LIMIT 1)");
  if (!tables) return tables.error();
  const bool empty = *application == 0 && *version == 0 && *tables == 0;
  if (empty) return 0;
  if (*application != application_id || *version < 0) return not_ours(file.path());
  const auto last = static_cast<std::int64_t>(known.size());
  if (*version > last)
    return make_error(errc::store_newer,
                      "{} has version {} of the store; this banli knows up to {}",
                      "{} 的数据版本是 {},此版 banli 只支持到 {}", file.path(), *version, last);
  return *version;
}

namespace {

/// The rows of our own schema, as this SQLite writes them down.
result<std::vector<schema_row>> reference_schema() {
  const auto reference = connection::in_memory();
  if (!reference) return reference.error();
  if (auto r = reference->run(store_schema().c_str()); !r) return r.error();
  return schema_of(*reference);
}

} // namespace

result<void> check_schema(const connection& file) {
  static const auto wanted = reference_schema(); // the same for every file
  if (!wanted) return wanted.error();
  const auto found = schema_of(file);
  if (!found) return found.error();
  if (*found != *wanted)
    return make_error(errc::store_corrupt, "the tables of {} are not those of a store of banli",
                      "{} 的表结构与 banli 的数据文件不同", file.path());
  return {};
}

} // namespace banli::detail
