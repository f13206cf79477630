// AES-256-GCM, HMAC-SHA-256 and randomness by OpenSSL.
#include "sealing.hpp"

#include <array>
#include <memory>
#include <new>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace banli {

namespace {

constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

struct free_cipher {
  void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); }
};
using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, free_cipher>;

const unsigned char* octets(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}
unsigned char* octets(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }

/// Fails only where OpenSSL was built without what is asked of it, or for want of memory.
void must(int rc) {
  if (rc != 1) throw std::bad_alloc{};
}

void fill_random(unsigned char* into, std::size_t size) {
  must(RAND_bytes(into, static_cast<int>(size)));
}

secret_bytes hmac(const secret_bytes& key, std::string_view bytes) {
  secret_bytes out{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), octets(bytes), bytes.size(),
           out.data(), &size) == nullptr)
    throw std::bad_alloc{};
  return out;
}

error does_not_open() {
  return make_error(errc::bad_key, "a sealed value does not open with this key",
                    "密钥不符,加密值无法解开");
}

} // namespace

namespace detail {

secret_bytes random_secret() {
  secret_bytes out{};
  fill_random(out.data(), out.size());
  return out;
}

sealed_person random_person() {
  std::string bytes(16, '\0');
  fill_random(octets(bytes), bytes.size());
  return sealed_person{hex_of(bytes)};
}

std::string hex_of(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    out += digits[b >> 4U];
    out += digits[b & 0xFU];
  }
  return out;
}

std::optional<std::string> bytes_of(std::string_view hex) {
  const auto value = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = value(hex[i]);
    const int low = value(hex[i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(static_cast<unsigned char>(high * 16 + low));
  }
  return out;
}

secret_bytes derive(const secret_bytes& from, std::string_view purpose) {
  return hmac(from, purpose);
}

void wipe(secret_bytes& b) { OPENSSL_cleanse(b.data(), b.size()); }

} // namespace detail

std::string keyed_hash(const secret_bytes& key, std::string_view bytes) {
  return detail::hex_of(detail::view_of(hmac(key, bytes)));
}

std::string seal(const secret_bytes& key, std::string_view plain, std::string_view context) {
  std::string out(nonce_size + plain.size() + tag_size, '\0');
  unsigned char* const nonce = octets(out);
  unsigned char* const body = nonce + nonce_size;
  fill_random(nonce, nonce_size);
  const cipher_context c{EVP_CIPHER_CTX_new()};
  if (!c) throw std::bad_alloc{};
  int size = 0;
  must(EVP_EncryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce));
  must(EVP_EncryptUpdate(c.get(), nullptr, &size, octets(context),
                         static_cast<int>(context.size())));
  must(EVP_EncryptUpdate(c.get(), body, &size, octets(plain), static_cast<int>(plain.size())));
  must(EVP_EncryptFinal_ex(c.get(), body + size, &size));
  must(EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_size),
                           body + plain.size()));
  return detail::hex_of(out);
}

result<std::string> unseal(const secret_bytes& key, std::string_view sealed,
                           std::string_view context) {
  auto bytes = detail::bytes_of(sealed);
  if (!bytes || bytes->size() < nonce_size + tag_size) return does_not_open();
  const std::size_t plain_size = bytes->size() - nonce_size - tag_size;
  std::string out(plain_size, '\0');
  unsigned char* const nonce = octets(*bytes);
  unsigned char* const body = nonce + nonce_size;
  const cipher_context c{EVP_CIPHER_CTX_new()};
  if (!c) throw std::bad_alloc{};
  int size = 0;
  must(EVP_DecryptInit_ex(c.get(), EVP_aes_256_gcm(), nullptr, key.data(), nonce));
  must(EVP_DecryptUpdate(c.get(), nullptr, &size, octets(context),
                         static_cast<int>(context.size())));
  must(EVP_DecryptUpdate(c.get(), octets(out), &size, body, static_cast<int>(plain_size)));
  must(EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_size),
                           body + plain_size));
  if (EVP_DecryptFinal_ex(c.get(), octets(out) + size, &size) != 1) return does_not_open();
  return out;
}

result<master_key> parse_master_key(std::string_view hex) {
  while (!hex.empty() && (hex.back() == '\n' || hex.back() == '\r')) hex.remove_suffix(1);
  const auto bytes = detail::bytes_of(hex);
  if (!bytes || bytes->size() != secret_bytes{}.size())
    return make_error(errc::bad_key, "a master key is 64 small hexadecimal digits",
                      "主密钥应为 64 位小写十六进制数字");
  master_key out;
  for (std::size_t i = 0; i < out.bytes.size(); ++i)
    out.bytes[i] = static_cast<unsigned char>((*bytes)[i]);
  return out;
}

std::string new_master_key() { return detail::hex_of(detail::view_of(detail::random_secret())); }

} // namespace banli
