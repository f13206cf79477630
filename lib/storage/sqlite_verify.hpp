// Reading a store file from end to end.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <banli/storage/case_store.hpp>

#include "sqlite_connection.hpp"

namespace banli::detail {

/// A case from a row of id, item, definition, version, chain.
result<stored_case> read_case(const statement& row);

/// The next cases by id, up to a thousand; `after` is the id before them, or empty.
result<std::vector<stored_case>> cases_after(const connection& file, const std::string& after);

/// The first event of every case that does not fit. See case_store::verify.
result<std::vector<chain_fault>> verify_file(const connection& file, chain_digest with);

/// The first event of one case that does not fit. See case_store::verify_case.
result<std::optional<chain_fault>> verify_one(const connection& file, const stored_case& of,
                                              chain_digest with);

} // namespace banli::detail
