// The audit log in a file.
#pragma once

#include "audit_chain.hpp"
#include "sqlite_connection.hpp"

namespace banli::detail {

/// Appends entries in one transaction, which the caller commits. Errors: those of chain_audit(),
/// store_failure.
result<void> add_audit(const connection& file, std::span<const audit_entry> entries,
                       chain_digest with, const store_limits& limits);

/// Records after a number, at most so many. Errors: store_corrupt.
result<std::vector<audit_record>> audit_after(const connection& file, std::uint64_t after,
                                              std::size_t most);

/// The first record that does not fit its chain. Errors: store_corrupt.
result<std::optional<chain_fault>> verify_audit(const connection& file, chain_digest with);

} // namespace banli::detail
