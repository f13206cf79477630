// What every store has in common: judging what is to be appended, making the chain, and walking it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/storage/case_store.hpp>

namespace banli::detail {

/// One event as a store keeps it.
struct kept_event {
  std::uint32_t number = 0;
  std::string request; ///< set at the first event of a request, empty at those that follow it
  std::string json;
  std::string hash;
};

/// What an append makes of one case.
struct addition {
  stored_case after;
  std::vector<kept_event> events;
};

/// Judges an append by the case as it is and makes what is to be kept. Whether a request was done
/// before is left to the store. Errors: as case_store::append.
result<addition> extend_case(const append_request& asked, const std::optional<stored_case>& now,
                             const store_limits& limits);

error duplicate_request(std::string_view request);

/// An event of a case as it was read, in views that live until the next one is read.
struct chain_link {
  std::int64_t number = 0;
  std::string_view request; ///< empty: the same as of the event before
  std::string_view json;
  std::string_view hash;
};

/// Walks the events of one case in order and says which is the first that does not fit.
class chain_walk {
 public:
  explicit chain_walk(const stored_case& of) : of_(of), hash_(first_hash()) {}

  /// Nothing while all fits. Not to be asked again after a fault.
  std::optional<chain_fault> next(const chain_link& link);

  /// Whether the events end where the case says they do.
  std::optional<chain_fault> finish() const;

 private:
  const stored_case& of_;
  std::uint32_t number_ = 0;
  std::string hash_;
  std::string request_;
};

} // namespace banli::detail
