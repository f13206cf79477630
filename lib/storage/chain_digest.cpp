#include <banli/storage/chain_digest.hpp>

#include <cstring>
#include <new>

#include <banli/base/nearest.hpp>

#include "hasher.hpp"

namespace banli {

namespace {

constexpr auto names = std::to_array<std::string_view>({"sha256", "sm3"});

struct free_digest {
  void operator()(EVP_MD* m) const { EVP_MD_free(m); }
};
using fetched_digest = std::unique_ptr<EVP_MD, free_digest>;

/// Looked up once: the look-up costs several times the hash of an event. Never changed after, and
/// OpenSSL's look-up is safe in threads.
const EVP_MD* algorithm(chain_digest d) {
  static const fetched_digest sha256{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  static const fetched_digest sm3{EVP_MD_fetch(nullptr, "SM3", nullptr)};
  return d == chain_digest::sm3 ? sm3.get() : sha256.get();
}

} // namespace

std::string_view to_string(chain_digest d) { return names[static_cast<std::size_t>(d)]; }

result<chain_digest> parse_chain_digest(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return static_cast<chain_digest>(i);
  return with_hint(
      make_error(errc::unknown_value, "there is no digest '{}'", "没有摘要算法“{}”", name),
      suggestion(name, names));
}

std::string digest_of(chain_digest d, std::string_view bytes) {
  return std::string{detail::view(detail::to_hex(detail::hasher{d}(bytes)))};
}

namespace detail {

hasher::hasher(chain_digest with) : begun_(EVP_MD_CTX_new()), now_(EVP_MD_CTX_new()) {
  const EVP_MD* const type = algorithm(with);
  if (!type || !begun_ || !now_ || EVP_DigestInit_ex2(begun_.get(), type, nullptr) != 1)
    throw std::bad_alloc{};
}

digest_bytes hasher::operator()(std::string_view bytes) {
  digest_bytes out{};
  if (EVP_MD_CTX_copy_ex(now_.get(), begun_.get()) != 1 ||
      EVP_DigestUpdate(now_.get(), bytes.data(), bytes.size()) != 1 ||
      EVP_DigestFinal_ex(now_.get(), out.data(), nullptr) != 1)
    throw std::bad_alloc{};
  return out;
}

namespace {

/// The two digits of every byte.
constexpr std::array<char, 512> hex_digits = [] {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<char, 512> out{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    out[2 * byte] = digits[byte / 16];
    out[2 * byte + 1] = digits[byte % 16];
  }
  return out;
}();

} // namespace

digest_text to_hex(const digest_bytes& bytes) {
  digest_text out{};
  for (std::size_t i = 0; i < bytes.size(); ++i)
    std::memcpy(&out[2 * i], &hex_digits[2 * std::size_t{bytes[i]}], 2);
  return out;
}

} // namespace detail
} // namespace banli
