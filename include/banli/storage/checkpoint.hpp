// checkpoint.hpp — where every case stood, signed and kept elsewhere.
//
// A hash chain proves that no event of a case was changed, as long as its end is known. Who may
// write the file can cut off the last events, drop whole cases, or put last month's copy in its
// place, and every chain still fits. A checkpoint is the list of all ends, signed with a key that
// does not lie beside the store; kept on paper or by another agency, it finds all three:
//
//   checkpoint c = *take_checkpoint(*store, "2026-11-22");
//   write(file, *sign(c, private_key));          // banli checkpoint STORE --key K -o FILE
//   ...
//   auto kept = read_checkpoint(text, public_key);      // error[bad-signature]
//   compare(*store, *kept);                     // 2024-0017, 9: the checkpoint saw 12 events of
//                                               // this case; the store has 8
//
// Refused commands are signed for, too: the number and the hash of the last record of the audit
// log, so that nobody takes away what he tried.
//
// A store may have grown since. Then the case must still have the event that was its last, with the
// same hash: its chain is computed again up to there.
//
// The cases are the leaves of a Merkle tree as in RFC 6962, 2.1, in the order of their ids, made
// with the digest of the store; only its root is signed, so that one case can be proved by itself:
//
//   leaf   digest( 00 || "version chain id" )       node   digest( 01 || left || right )
//
// Signatures are Ed25519 (RFC 8032); keys are PEM, as `openssl genpkey -algorithm ed25519` makes
// them. The format of the file is in schemas/store.md.
//
// The hard case is time. A checkpoint says nothing of what was appended after it; how often one is
// taken is how much can be lost unseen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <banli/storage/case_store.hpp>

namespace banli {

/// Where one case stood.
struct checkpoint_case {
  case_id id;
  std::uint32_t version = 0;
  std::string chain; ///< hash of that event

  friend bool operator==(const checkpoint_case&, const checkpoint_case&) = default;
};

/// Where the audit log stood: its last record.
struct checkpoint_refusals {
  std::uint64_t number = 0;         ///< 0: nothing had been refused
  std::string chain = first_hash(); ///< hash of that record

  friend bool operator==(const checkpoint_refusals&, const checkpoint_refusals&) = default;
};

struct checkpoint {
  std::string taken; ///< what whoever took it wrote on it, such as an instant; one line
  chain_digest digest{};
  std::vector<checkpoint_case> cases; ///< by id, bytewise
  checkpoint_refusals refusals{};

  friend bool operator==(const checkpoint&, const checkpoint&) = default;
};

struct checkpoint_limits {
  std::size_t bytes = std::size_t{1} << 30U; ///< of a file
  std::size_t taken_bytes = 200;
};

/// The ends of all cases of a store and of its audit log. Errors: those of the store; bad_value
/// (`taken` is empty, too long or holds control characters).
result<checkpoint> take_checkpoint(const case_store& store, std::string taken);

/// The root of the tree over the cases: 64 hexadecimal digits.
std::string merkle_root(const checkpoint& c);

/// One step from a leaf to the root: the hash beside, and on which side it stands.
struct proof_step {
  enum class side : std::uint8_t { left, right };
  std::string hash;
  side at{};

  friend bool operator==(const proof_step&, const proof_step&) = default;
};

/// What proves to somebody who knows only the root that a case stood so: at most one hash for each
/// doubling of the number of cases. Errors: unknown_reference (the case is not in it).
result<std::vector<proof_step>> prove(const checkpoint& c, const case_id& id);

/// The root that a case and its proof lead to.
std::string root_from(const checkpoint_case& leaf, const std::vector<proof_step>& proof,
                      chain_digest with);

/// The checkpoint as a file, signed by a private key in PEM. Errors: bad_key.
result<std::string> sign(const checkpoint& c, std::string_view private_pem);

/// A checkpoint from its file, which must be signed by the owner of a public key in PEM. Errors:
/// bad_key, bad_signature, syntax_error (with the line), limit_exceeded.
result<checkpoint> read_checkpoint(std::string_view file, std::string_view public_pem,
                                   const checkpoint_limits& limits = {});

/// What of a checkpoint the store no longer has: without a case, the audit log cut off (the first
/// record that is missing) or another one (the record that was the last); then, case by case, a
/// case that is gone (its event 1), a case cut off (the first event that is missing), or another
/// history (the event that was the last). What a checkpoint does not show is for verify(). Errors:
/// those of the store; bad_value (the store is made with another digest).
result<std::vector<chain_fault>> compare(const case_store& store, const checkpoint& c);

} // namespace banli
