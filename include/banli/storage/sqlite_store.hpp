// sqlite_store.hpp — the embedded default: one SQLite file.
//
//   auto store = open_sqlite_store("county.db");
//   if (!store) return store.error();        // error[store-locked]: county.db is in use by another ...
//
// The file is in WAL mode with synchronous=FULL: what append() has acknowledged survives a crash.
// One process writes a file at a time, kept so by a lock beside it (county.db.lock), because two
// connections that write and checkpoint at once can lose pages in SQLite before 3.51.3. The file
// carries the version of its schema; a file of a newer banli is refused (store_newer), one of an
// older is migrated in one transaction. The schema is in schemas/store.sql.
#pragma once

#include <memory>
#include <string>

#include <banli/base/result.hpp>
#include <banli/storage/case_store.hpp>

namespace banli {

/// Opens or creates a store. Errors: store_locked, store_newer, store_corrupt, store_failure,
/// file_not_found (the folder does not exist).
result<std::unique_ptr<case_store>> open_sqlite_store(const std::string& path);

} // namespace banli
