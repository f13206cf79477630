// chain_digest.hpp — the hash a chain is made with.
//
// SHA-256 (FIPS 180-4) unless an office asks for SM3 (GB/T 32905-2016), the hash of Chinese
// commercial cryptography. Both give 32 bytes, written as 64 lower-case hexadecimal digits:
//
//   digest_of(chain_digest::sha256, "abc")     // ba7816bf…f20015ad
//   digest_of(chain_digest::sm3, "abc")        // 66c7f0f4…2b8f4ba8e0 (GB/T 32905, A.1)
//
// A store is made with one of them and keeps it for life: the hashes of different digests do not
// meet in one chain.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli {

enum class chain_digest : std::uint8_t { sha256, sm3 };

/// "sha256", "sm3".
std::string_view to_string(chain_digest d);

/// The digest with a stable name. Errors: unknown_value, with did-you-mean.
result<chain_digest> parse_chain_digest(std::string_view name);

/// The hash of bytes, as 64 hexadecimal digits.
std::string digest_of(chain_digest d, std::string_view bytes);

} // namespace banli
