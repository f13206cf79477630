// What every store has in common: judging what is to be appended, making the chain, and walking it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/storage/case_store.hpp>

#include "hasher.hpp"

namespace banli::detail {

/// One event that is to be appended.
struct prepared_event {
  std::uint32_t number = 0;
  std::string_view request; ///< set at the first event of a request, empty at those that follow it
  std::size_t begin = 0, end = 0; ///< where its text stands in that of the batch
  digest_text hash{};             ///< once extend_case() was asked
};

/// A batch, judged as far as that can be done without knowing the cases, and its texts. Views are
/// into what was asked. Its memory can be used again.
struct prepared_batch {
  std::span<const append_request> asked;
  std::vector<prepared_event> events; ///< of all appends, in their order
  std::string text;                   ///< of all events, one after another

  std::string_view json(const prepared_event& e) const {
    return std::string_view{text}.substr(e.begin, e.end - e.begin);
  }
};

/// The hashes of a chain, one after another; its memory is kept from case to case.
class chain_maker {
 public:
  explicit chain_maker(chain_digest with) : hash_(with) {}

  /// Goes on after a hash of a case: the last, or first_hash().
  void begin(const stored_case& of, std::string_view previous);

  /// The hash of the next event, to be read before the next call.
  std::string_view next(std::string_view event_json);

  std::string_view last() const { return std::string_view{bytes_}.substr(0, last_size_); }

 private:
  hasher hash_;
  std::string bytes_;         ///< what is hashed: the hash before, the case, the event
  std::size_t last_size_ = 0; ///< of the hash before
  std::size_t case_size_ = 0;
};

/// Judges a batch by itself and makes the texts of its events; the batch must outlive them. This is
/// most of the work, and needs no store. Errors: bad_value, bad_utf8, out_of_range, limit_exceeded.
result<void> prepare(std::span<const append_request> batch, const store_limits& limits,
                     prepared_batch& into);

/// Judges an append by its case as it is, null where there is none. Whether a request was done
/// before is left to the store. Nothing: it may be appended. Otherwise version_conflict or
/// definition_changed.
std::optional<error> check_state(const append_request& asked, const stored_case* now);

/// A case to which nothing was appended yet.
stored_case new_case(const append_request& asked);

/// Makes the hashes of the events that come next in a case, and the case as it then is.
void extend_case(stored_case& now, std::span<prepared_event> events, const prepared_batch& batch,
                 chain_maker& chain);

/// Calls each(append, its events) for every append of a batch, in order, up to the first error.
template <class Each>
result<void> each_append(prepared_batch& batch, const Each& each) {
  std::span<prepared_event> events{batch.events};
  for (const append_request& asked : batch.asked) {
    if (auto r = each(asked, events.first(asked.events.size())); !r) return r;
    events = events.subspan(asked.events.size());
  }
  return {};
}

error duplicate_request(std::string_view request);

/// An event of a case as it was read, in views that live until the next one is read.
struct chain_link {
  std::int64_t number = 0;
  std::optional<std::string_view> request; ///< nothing: the same as of the event before
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
  std::string request_; ///< as it stands in the text of an event: ,"request":"r7",
};

} // namespace banli::detail
