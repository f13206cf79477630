// case_store.hpp — the port to where events are kept.
//
// A store keeps, for every case, its events in order, and for every request, that it was done. It
// knows nothing of rules or flowcharts: what it is given it keeps, exactly once and in order.
//
//   store.append({.id = c, .item = i, .definition = d.hash, .expected = 0, .events = events});
//   store.load(c);            // the events again, byte for byte
//
// Appending names the version the caller believes the case to have. If another was faster, nothing
// is written and the error is version_conflict. A batch is all or nothing.
//
// A request may lead to several events, one after another in one append; it is recorded once, and
// no later append of any case may use it again (duplicate_id). That makes a retry harmless:
// find_request() says which events it led to, and if two try at once, one of them is refused.
//
// Every case has a hash chain: the hash of an event covers the hash of the event before it, the
// case and the canonical bytes of the event. Change, drop, insert or swap anything, and verify()
// names the first event that does not fit. The format:
//
//   hash(0) = 64 zeros
//   hash(n) = SHA-256( hash(n-1) + "\n" + case id + "\n" + item id + "\n" + definition hash + "\n"
//                      + to_json(event n) )                   hashes as hexadecimal text
//
// or SM3 in the place of SHA-256 (chain_digest.hpp). schemas/store.md has it all for whoever wants
// to write a verifier of his own; schemas/verify_store.py is one.
//
// The hard case is what a chain alone cannot show: whoever may write the file can cut off the last
// events of a case, or a whole case, and mend the rest to match. That takes a copy of the last
// hashes kept elsewhere and signed: checkpoint.hpp.
//
// A store may be called from several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/engine/event.hpp>
#include <banli/storage/audit_log.hpp>
#include <banli/storage/chain_digest.hpp>

namespace banli {

/// Events to append to one case.
struct append_request {
  case_id id;
  item_id item;
  std::string definition;     ///< hash of the definition the case runs by
  std::uint32_t expected = 0; ///< version the case has now; 0: it does not exist
  std::span<const event> events;
  /// When it is appended, by the clock of the host. Where it is said, no event may have happened or
  /// been recorded later than that (known_history.hpp).
  std::optional<instant> recorded{};
};

/// One case as the store knows it.
struct stored_case {
  case_id id;
  item_id item;
  std::string definition;
  std::uint32_t version = 0;
  std::string chain; ///< hash of the last event
};

/// Where the events of a request stand: first .. last of one case.
struct request_record {
  case_id id;
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  friend bool operator==(const request_record&, const request_record&) = default;
};

/// Where a chain is broken.
struct chain_fault {
  case_id id;
  std::uint32_t number = 0; ///< the first event that does not fit
  text what;
};

/// What a store takes and gives back; more is refused in both directions (limit_exceeded,
/// store_corrupt).
struct store_limits {
  std::size_t id_bytes = 1'000;              ///< a case id, item id, definition or request
  std::size_t event_bytes = 1'000'000;       ///< the canonical text of one event
  std::uint32_t events_of_case = 10'000'000; ///< its last number
};

/// The hash before the first event: 64 zeros.
std::string first_hash();

/// The hash that follows `previous`. See the format above.
std::string next_hash(std::string_view previous, const stored_case& of, std::string_view event_json,
                      chain_digest with = chain_digest::sha256);

class case_store {
 public:
  virtual ~case_store() = default;

  /// Appends the events of any number of cases, all or nothing. Events are numbered from
  /// expected + 1 on. Errors: version_conflict, time_backwards (an event later than its append),
  /// definition_changed (also another item), duplicate_id (a request that was done before),
  /// bad_value (events misnumbered; an id that is empty or holds control characters), bad_utf8,
  /// out_of_range (an instant no text can name), limit_exceeded, store_failure, store_locked.
  virtual result<void> append(std::span<const append_request> batch) = 0;

  /// Whether a request was done, in any case.
  virtual result<bool> done(const request_id& request) const = 0;

  /// The events that a request led to, in whatever case, or nothing: the answer to who asks again.
  virtual result<std::optional<request_record>> find_request(const request_id& request) const = 0;

  /// The events of a case, in order; empty if there is no such case. They are read, not verified.
  /// Errors: store_corrupt.
  virtual result<std::vector<event>> load(const case_id& id) const = 0;

  /// One case, or nothing.
  virtual result<std::optional<stored_case>> find(const case_id& id) const = 0;

  /// All cases by id, bytewise. The visitor may read the store, but not append.
  virtual result<void> each(const std::function<void(const stored_case&)>& visit) const = 0;

  /// Those whose id begins with a prefix, in the same order. Unless a store knows better, all are
  /// gone through for it.
  virtual result<void> each_below(std::string_view prefix,
                                  const std::function<void(const stored_case&)>& visit) const;

  /// Appends refused commands to the audit log, all or nothing. Errors: bad_value (no action),
  /// bad_utf8, out_of_range, limit_exceeded, store_failure (also of a store that keeps none),
  /// store_locked.
  virtual result<void> record(std::span<const audit_entry> entries);

  /// Records of the audit log after a number, at most so many, in order. They are read, not
  /// verified. Errors: store_corrupt.
  virtual result<std::vector<audit_record>> audit_log(std::uint64_t after, std::size_t most) const;

  /// What the chains are made with.
  virtual chain_digest digest() const = 0;

  /// How many events are kept in all.
  virtual result<std::uint64_t> event_count() const = 0;

  /// Recomputes every chain and compares every record of a request. Names, by case, the first event
  /// that does not fit, and before all cases, without one, the first such audit record; nothing:
  /// the log is what it was. Errors: store_corrupt (the file itself is damaged).
  virtual result<std::vector<chain_fault>> verify() const = 0;

  /// The same for the events of one case; nothing, too, if there is no such case. Unless a store
  /// knows better, everything is verified for it.
  virtual result<std::optional<chain_fault>> verify_case(const case_id& id) const;

 protected:
  case_store() = default;
  case_store(const case_store&) = default;
  case_store& operator=(const case_store&) = default;
};

/// A store that lives as long as the object.
std::unique_ptr<case_store> memory_store(const store_limits& limits = {},
                                         chain_digest with = chain_digest::sha256);

} // namespace banli
