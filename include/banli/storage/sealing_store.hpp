// sealing_store.hpp — a store that keeps personal data encrypted, each person's with his own key.
//
//   auto file = open_sqlite_store("county.db").value();
//   auto ring = open_key_ring("county.keys", master).value();
//   auto store = sealing_store(*file, *ring, {.facts = {"phone"}});
//   replay(config, log, *store, …);            // as with any store
//   forget(*ring, "resident_id 620524…", today);      // 个人信息删除
//   file->verify();                            // still empty: no event was changed
//   store->load(c)->front().with.applicant;    // 〔已删除〕
//
// Names, certificate numbers and telephone numbers of applicants, agents and contacts are sealed,
// and the form values the host names. A sealed value is text like any other, so that hash chain,
// checkpoints and the second verifier know nothing of it:
//
//   sealed:1:<person, 32 digits>:<nonce, text and tag as hexadecimal digits>
//
// Case, event number and field belong to what is authenticated: a sealed value that is moved to
// another place does not open (store_corrupt).
//
// A person is whoever has one certificate; who gave none is a person of his case alone. Form values
// are sealed for the applicant.
//
// The hard case is reading without the ring, or after a key was erased: values are then
// `erased_value`, everything else is there, and the case can be worked on.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <banli/storage/case_store.hpp>
#include <banli/storage/key_ring.hpp>

namespace banli {

/// What is read where a value can no longer be.
inline constexpr std::string_view erased_value = "〔已删除〕";

/// Whether what officials write (reasons, opinions) is sealed for the applicant, too. It may name
/// him; and it is the office's own record, which goes with his key if it is.
enum class sealed_texts : std::uint8_t { none, all };

struct sealing_rules {
  std::set<std::string> facts{}; ///< form values that are personal, by name
  sealed_texts written = sealed_texts::none;
};

/// A store over another: what is appended is sealed, what is loaded is opened. Both outlive it; the
/// ring is opened by nobody else meanwhile. Errors besides those of `inner`: those of
/// key_ring::ensure(); store_corrupt (a sealed value that was moved or changed); bad_value (a value
/// to append that begins like a sealed one).
std::unique_ptr<case_store> sealing_store(case_store& inner, key_ring& keys,
                                          sealing_rules rules = {});
/// The same, keeping both.
std::unique_ptr<case_store> sealing_store(std::shared_ptr<case_store> inner,
                                          std::shared_ptr<key_ring> keys, sealing_rules rules = {});

/// The identity of who shows a certificate: kind and number, blanks and small letters aside.
std::string identity_of(std::string_view certificate_kind, std::string_view number);

/// The persons whose sealed values an event carries, each once.
std::vector<sealed_person> persons_in(const event& e);

/// Whether a text is a sealed value.
bool is_sealed(std::string_view value);

/// Erases the key of whoever has an identity, if there is somebody; whether there was. Errors:
/// those of key_ring::erase().
result<bool> forget(key_ring& keys, std::string_view identity, day on);

} // namespace banli
