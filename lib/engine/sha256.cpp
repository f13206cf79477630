// SHA-256 by OpenSSL.
#include <banli/engine/case_definition.hpp>

#include <array>
#include <memory>
#include <new>

#include <openssl/evp.h>

namespace banli {

namespace {

struct free_digest {
  void operator()(EVP_MD* m) const { EVP_MD_free(m); }
};
struct free_context {
  void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
};

/// The algorithm, looked up once: the look-up costs several times the hash of an event. It is never
/// changed after, and OpenSSL's look-up is safe in threads.
const EVP_MD* algorithm() {
  static const std::unique_ptr<EVP_MD, free_digest> fetched{
      EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  return fetched.get();
}

} // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  const std::unique_ptr<EVP_MD_CTX, free_context> context{EVP_MD_CTX_new()};
  // Hashing bytes in memory fails only for want of memory, or where OpenSSL was built without
  // SHA-256.
  if (!algorithm() || !context || EVP_DigestInit_ex2(context.get(), algorithm(), nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
    throw std::bad_alloc{};
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out(64, '0');
  for (std::size_t i = 0; i < 32; ++i) {
    out[2 * i] = hex[digest[i] >> 4U];
    out[2 * i + 1] = hex[digest[i] & 0xFU];
  }
  return out;
}

} // namespace banli
