// The schema of the store and how files of older versions come to it.
#pragma once

#include <array>
#include <span>

#include "sqlite_connection.hpp"

namespace banli::detail {

/// The text of schemas/store.sql.
std::string store_schema();

/// What marks a file as ours: "banl".
inline constexpr std::int64_t application_id = 0x62616E6C;

/// Step i leads from version i to version i + 1. A file without tables has version 0.
using migrations = std::span<const char* const>;
migrations store_migrations();

/// Leads a file from version `from` to the last, in one transaction: all steps, and what is to be
/// done after them, or none. Errors: store_corrupt (a step does not work on this file),
/// store_failure.
result<void> migrate(const connection& file, std::int64_t from, migrations steps,
                     const char* at_last = "");

/// The version of a file, or why it is not one of ours. Nothing is written. Errors: store_corrupt,
/// store_newer.
result<std::int64_t> store_version(const connection& file, migrations known);

/// Whether tables and indexes are ours to the letter, and nothing else is there. Errors:
/// store_corrupt.
result<void> check_schema(const connection& file);

} // namespace banli::detail
