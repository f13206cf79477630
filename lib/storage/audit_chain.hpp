// What stores have in common about refused commands: judging them, chaining them, walking them.
#pragma once

#include <optional>
#include <span>

#include <banli/storage/case_store.hpp>

namespace banli::detail {

/// One record of the audit log as a store keeps it.
struct kept_audit {
  std::uint64_t number = 0;
  std::string json;
  std::string hash;
};

/// The records that follow `last` (its number 0 and first_hash() where there is none). Errors:
/// bad_value (no action), bad_utf8, out_of_range, limit_exceeded.
result<std::vector<kept_audit>> chain_audit(std::span<const audit_entry> entries,
                                            const kept_audit& last, chain_digest with,
                                            const store_limits& limits);

/// A record as it is told.
result<audit_record> read_audit(const kept_audit& kept);

/// Walks an audit log in order and says which is the first record that does not fit.
class audit_walk {
 public:
  explicit audit_walk(chain_digest with) : with_(with), hash_(first_hash()) {}

  /// Nothing while all fits. Not to be asked again after a fault.
  std::optional<chain_fault> next(const kept_audit& kept);

 private:
  chain_digest with_;
  std::uint64_t number_ = 0;
  std::string hash_;
};

} // namespace banli::detail
