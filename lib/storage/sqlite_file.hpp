// Opening a database file as a store: the path, the lock, the guards, the version.
#pragma once

#include <memory>

#include <banli/storage/chain_digest.hpp>

#include "file_lock.hpp"
#include "sqlite_connection.hpp"

namespace banli::detail {

/// An open store file. The lock is released after the connection is closed.
struct store_file {
  file_lock lock;
  connection database;
  chain_digest digest{};
};

/// Opens a store, or makes one with a digest. Errors: as open_sqlite_store().
result<std::unique_ptr<store_file>> open_store_file(const std::string& path, std::size_t longest,
                                                    chain_digest of_new);

} // namespace banli::detail
