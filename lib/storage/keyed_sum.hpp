// Whether two lists hold the same records, read in different orders, without keeping either.
//
// Every record is hashed with SipHash-2-4 (Aumasson, Bernstein 2012) under a key drawn for this one
// comparison, and the hashes are added. Whoever wrote the lists did not know the key: lists that
// differ have one sum with a chance of 2^-64.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "sealing.hpp"

namespace banli::detail {

/// SipHash-2-4 of bytes.
inline std::uint64_t sip_hash(const std::array<std::uint64_t, 2>& key, std::string_view bytes) {
  std::array<std::uint64_t, 4> v{key[0] ^ 0x736F6D6570736575U, key[1] ^ 0x646F72616E646F6DU,
                                 key[0] ^ 0x6C7967656E657261U, key[1] ^ 0x7465646279746573U};
  const auto turn = [&v](int times) {
    for (; times > 0; --times) {
      v[0] += v[1], v[1] = std::rotl(v[1], 13) ^ v[0], v[0] = std::rotl(v[0], 32);
      v[2] += v[3], v[3] = std::rotl(v[3], 16) ^ v[2];
      v[0] += v[3], v[3] = std::rotl(v[3], 21) ^ v[0];
      v[2] += v[1], v[1] = std::rotl(v[1], 17) ^ v[2], v[2] = std::rotl(v[2], 32);
    }
  };
  const auto take = [&](std::uint64_t n) { v[3] ^= n, turn(2), v[0] ^= n; };
  std::size_t at = 0;
  std::uint64_t word = 0; // in the order of this machine: no sum leaves it
  for (; at + sizeof word <= bytes.size(); at += sizeof word) {
    std::memcpy(&word, bytes.data() + at, sizeof word);
    take(word);
  }
  word = 0;
  std::memcpy(&word, bytes.data() + at, bytes.size() - at);
  take(word ^ std::uint64_t{bytes.size()} << 56U);
  v[2] ^= 0xFFU;
  turn(4);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

/// The records of requests: which event of which case was the first of each.
class keyed_sum {
 public:
  explicit keyed_sum(const std::array<std::uint64_t, 2>& key) : key_(key) {}

  void add(std::string_view request, std::string_view id, std::int64_t number) {
    bytes_.assign(request);
    bytes_ += id;
    const std::array<std::uint64_t, 2> rest{static_cast<std::uint64_t>(number), request.size()};
    bytes_.append(reinterpret_cast<const char*>(rest.data()), sizeof rest);
    sum_ += sip_hash(key_, bytes_);
  }

  std::uint64_t sum() const { return sum_; }

 private:
  std::array<std::uint64_t, 2> key_;
  std::uint64_t sum_ = 0;
  std::string bytes_; ///< of one record; kept for its memory
};

/// A key for one comparison.
inline std::array<std::uint64_t, 2> random_sum_key() {
  const secret_bytes secret = random_secret();
  std::array<std::uint64_t, 2> key{};
  std::memcpy(key.data(), secret.data(), sizeof key);
  return key;
}

} // namespace banli::detail
