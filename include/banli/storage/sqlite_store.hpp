// sqlite_store.hpp — the embedded default: one SQLite file.
//
//   auto store = open_sqlite_store("county.db");
//   if (!store) return store.error();        // error[store-locked]: county.db is in use by another
//   ...
//
// The file is in WAL mode with synchronous=FULL: what append() has acknowledged survives a crash.
// One store at a time has a file open, in this process or any other, because two connections that
// write and checkpoint at once can lose pages in SQLite before 3.51.3. A lock beside the file
// (county.db.lock) keeps it so; the lock file stays, the lock goes with the store or its process.
// A store that was opened before fork() is refused in the child (store_locked).
//
// The file carries the version of its schema, which is schemas/store.sql; a file of a newer banli
// is refused (store_newer), one of an older is migrated in one transaction. New files are for their
// owner alone (0600).
//
// Many callers may append at once. What comes while one waits for the disk is written together in
// the next transaction, each append all or nothing by itself, and each caller is answered when what
// he asked is durable. So 64 callers wait for the disk a few times in all, and not 64 times.
//
// The hard case is a file from somewhere else. A database can carry triggers, views and damaged
// pages that make an innocent query do harm; the schema must therefore be ours to the letter, what
// is read is bounded by store_limits, and everything else is store_corrupt.
//
// The disk may fail under a commit. Nobody knows then what a crash would leave, so the store
// refuses to write until it is opened again; done() then says what was kept.
#pragma once

#include <memory>
#include <string>

#include <banli/base/result.hpp>
#include <banli/storage/case_store.hpp>

namespace banli {

/// Opens a store, or creates one whose chains are made with a digest; one that is there keeps its
/// own. Errors: store_locked, store_newer, store_corrupt, store_failure, file_not_found (the folder
/// does not exist).
result<std::unique_ptr<case_store>> open_sqlite_store(const std::string& path,
                                                      const store_limits& limits = {},
                                                      chain_digest of_new = chain_digest::sha256);

} // namespace banli
