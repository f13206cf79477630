// key_ring.hpp — a key for every person, kept apart from the events, so that a person can be
// forgotten where nothing may be changed.
//
//   auto ring = open_key_ring("county.keys", *parse_master_key(hex)).value();
//   person_key k = ring->ensure({"resident_id 620524199001011234"})->front();
//   ring->find("resident_id 620524199001011234");    // k.person: a random name that tells nothing
//   ring->erase(k.person, to_day(2026y / 11 / 22));  // the key is gone, its name is remembered
//
// Events are chained by their hashes: no value can be taken out of one. So personal values are
// encrypted with the key of their person before the event's text is made (sealing_store.hpp), and
// forgetting somebody is erasing one key: every hash still fits, and nobody can read the values.
//
// A ring knows a person by his identity (kind and number of his certificate) only as a keyed hash,
// HMAC-SHA-256: who has the ring without the master key can neither read a key nor look anybody up.
// Keys are random, wrapped with AES-256-GCM under a key that is derived from the master key. The
// name a person has in the events is random, too: once erased, nothing in the ring leads from his
// certificate to his events, and nothing in the events to him.
//
// A ring file is text, one line a person, written before any event needs its key; erasing writes
// the file anew and replaces it whole. One program at a time has it open (store_locked). Whoever
// backs up the ring must let the copies of erased keys go too: that is the host's duty.
//
// The hard case is two applications of one person at once: ensure() gives both the same key.
//
// Sources: NIST SP 800-38D (GCM), RFC 2104 (HMAC); 个人信息保护法 art. 47 (erasure), 51
// (encryption).
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// The random name that a person has in events: 32 hexadecimal digits.
using sealed_person = strong_id<struct sealed_person_tag>;

/// 256 bits.
using secret_bytes = std::array<unsigned char, 32>;

/// What everything in a ring is wrapped with. The host keeps it: a file, a card, a service.
struct master_key {
  secret_bytes bytes{};
};

/// Reads 64 hexadecimal digits; a line end may follow. Errors: bad_key.
result<master_key> parse_master_key(std::string_view hex);
/// A new random one, as the text that parse_master_key() reads.
std::string new_master_key();

/// A person and his key.
struct person_key {
  sealed_person person;
  secret_bytes key{};
};

struct key_ring_limits {
  std::size_t persons = 50'000'000;
  std::size_t identity_bytes = 1'000;
};

class key_ring {
 public:
  virtual ~key_ring() = default;

  /// The persons of identities, in their order; who is not there yet gets a key. Keys are durable
  /// when it returns. Errors: limit_exceeded, bad_value (an empty identity), store_failure.
  virtual result<std::vector<person_key>> ensure(std::span<const std::string> identities) = 0;

  /// The person of an identity, or nothing.
  virtual std::optional<sealed_person> find(std::string_view identity) const = 0;

  /// The key of a person, or nothing where it was erased or never was.
  virtual std::optional<secret_bytes> key_of(const sealed_person& person) const = 0;

  /// The day on which a person's key was erased, or nothing.
  virtual std::optional<day> erased(const sealed_person& person) const = 0;

  /// Erases the key and the way from the identity to it. Errors: unknown_reference (nobody of that
  /// name, or erased before), store_failure.
  virtual result<void> erase(const sealed_person& person, day on) = 0;

  /// How many persons have a key.
  virtual std::size_t size() const = 0;

 protected:
  key_ring() = default;
  key_ring(const key_ring&) = default;
  key_ring& operator=(const key_ring&) = default;
};

/// A ring that lives as long as the object.
std::unique_ptr<key_ring> memory_key_ring(const master_key& master,
                                          const key_ring_limits& limits = {});

/// Opens a ring file or makes one, readable for its owner alone. Errors: bad_key (another master
/// key), store_locked, store_corrupt (a line that does not fit), store_failure, limit_exceeded.
result<std::unique_ptr<key_ring>> open_key_ring(const std::string& path, const master_key& master,
                                                const key_ring_limits& limits = {});

/// HMAC-SHA-256 as 64 hexadecimal digits.
std::string keyed_hash(const secret_bytes& key, std::string_view bytes);

/// AES-256-GCM with a fresh nonce: nonce, text and tag as hexadecimal digits. `context` is not
/// kept, but must be the same when it is opened.
std::string seal(const secret_bytes& key, std::string_view plain, std::string_view context);
/// Errors: bad_key (another key or context, or the text was changed).
result<std::string> unseal(const secret_bytes& key, std::string_view sealed,
                           std::string_view context);

} // namespace banli
