// What every store has in common: judging what is to be appended, making the chain, and walking it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/storage/case_store.hpp>

#include "hasher.hpp"

namespace banli::detail {

/// One event as a store keeps it.
struct kept_event {
  std::uint32_t number = 0;
  std::string request; ///< set at the first event of a request, empty at those that follow it
  std::string json;
  std::string hash;
};

/// One append, judged as far as that can be done without knowing the case.
struct prepared_append {
  const append_request* asked = nullptr;
  std::vector<kept_event> events; ///< without their hashes
};

/// The hashes of a chain, one after another; its memory is kept from case to case.
class chain_maker {
 public:
  explicit chain_maker(chain_digest with) : hash_(with) {}

  /// Goes on after a hash of a case: the last, or first_hash().
  void begin(const stored_case& of, std::string_view previous);

  /// The hash of the next event, to be read before the next call.
  std::string_view next(std::string_view event_json);

  std::string_view last() const { return last_; }

 private:
  hasher hash_;
  std::string last_;  ///< the hash before
  std::string case_;  ///< what is hashed between it and the event
  std::string bytes_; ///< all that is hashed
};

/// Judges a batch by itself and makes the texts of its events; the batch must outlive them. This is
/// most of the work, and needs no store. Errors: bad_value, bad_utf8, out_of_range, limit_exceeded.
result<std::vector<prepared_append>> prepare(std::span<const append_request> batch,
                                             const store_limits& limits);

/// Judges an append by the case as it is, makes the hashes and gives the case as it then is.
/// Whether a request was done before is left to the store. Errors: version_conflict,
/// definition_changed.
result<stored_case> extend_case(prepared_append& append, std::optional<stored_case> now,
                                chain_maker& chain);

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
  chain_walk(const stored_case& of, chain_maker& chain);

  /// Nothing while all fits. Not to be asked again after a fault.
  std::optional<chain_fault> next(const chain_link& link);

  /// Whether the events end where the case says they do.
  std::optional<chain_fault> finish() const;

 private:
  bool names_request(std::string_view json, std::uint32_t number) const;

  const stored_case& of_;
  chain_maker& chain_;
  std::uint32_t number_ = 0;
  std::string request_; ///< as it stands in the text of an event: in quotes, escaped
};

} // namespace banli::detail
