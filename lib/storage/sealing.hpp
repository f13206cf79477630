// What the key ring needs of OpenSSL beyond its public functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <banli/storage/key_ring.hpp>

namespace banli::detail {

/// Random bytes of the system's generator.
secret_bytes random_secret();

/// A random name of 32 hexadecimal digits.
sealed_person random_person();

/// Bytes as small hexadecimal digits, and back: absent where they are not.
std::string hex_of(std::string_view bytes);
std::optional<std::string> bytes_of(std::string_view hex);

inline std::string_view view_of(const secret_bytes& b) {
  return {reinterpret_cast<const char*>(b.data()), b.size()};
}

/// A key for one purpose, made from another: HMAC-SHA-256 of the purpose.
secret_bytes derive(const secret_bytes& from, std::string_view purpose);

/// Overwrites a secret that is no longer needed.
void wipe(secret_bytes& b);

} // namespace banli::detail
