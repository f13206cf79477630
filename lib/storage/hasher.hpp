// Hashing with OpenSSL, again and again with one context.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include <openssl/evp.h>

#include <banli/storage/chain_digest.hpp>

namespace banli::detail {

using digest_bytes = std::array<unsigned char, 32>;
using digest_text = std::array<char, 64>;

/// The context is what costs, so it is kept. Not for several threads at once. Fails for want of
/// memory only (std::bad_alloc), or where OpenSSL was built without the digest.
class hasher {
 public:
  explicit hasher(chain_digest with);

  digest_bytes operator()(std::string_view bytes);

 private:
  struct free_context {
    void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
  };

  using context = std::unique_ptr<EVP_MD_CTX, free_context>;

  context begun_; ///< copied for each hash: beginning anew costs more
  context now_;
};

digest_text to_hex(const digest_bytes& bytes);

inline std::string_view view(const digest_text& t) { return {t.data(), t.size()}; }

} // namespace banli::detail
