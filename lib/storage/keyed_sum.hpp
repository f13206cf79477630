// Whether two lists hold the same records, read in different orders, without keeping either.
//
// Every record is hashed with SipHash-1-3 (Aumasson, Bernstein 2012; the rounds that hash tables
// take) under a key drawn for this one comparison, and the hashes are added. Whoever wrote the
// lists did not know the key and never sees a hash: lists that differ have one sum with a chance of
// 2^-64.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "sealing.hpp"

namespace banli::detail {

/// SipHash-1-3 of words.
class sip_hash {
 public:
  explicit sip_hash(const std::array<std::uint64_t, 2>& key)
      : v_{key[0] ^ 0x736F6D6570736575U, key[1] ^ 0x646F72616E646F6DU, key[0] ^ 0x6C7967656E657261U,
           key[1] ^ 0x7465646279746573U} {}

  void take(std::uint64_t word) {
    v_[3] ^= word;
    turn();
    v_[0] ^= word;
  }

  /// A text and its size, in words in the order of this machine: no sum leaves it.
  void take(std::string_view text) {
    take(std::uint64_t{text.size()});
    std::uint64_t word = 0;
    std::size_t at = 0;
    for (; at + sizeof word <= text.size(); at += sizeof word) {
      std::memcpy(&word, text.data() + at, sizeof word);
      take(word);
    }
    if (at == text.size()) return;
    word = 0;
    if (text.size() > sizeof word) // its last bytes, some of them once more
      std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
    else
      std::memcpy(&word, text.data(), text.size());
    take(word);
  }

  std::uint64_t end() {
    v_[2] ^= 0xFFU;
    for (int i = 0; i < 3; ++i) turn();
    return v_[0] ^ v_[1] ^ v_[2] ^ v_[3];
  }

 private:
  void turn() {
    v_[0] += v_[1], v_[1] = std::rotl(v_[1], 13) ^ v_[0], v_[0] = std::rotl(v_[0], 32);
    v_[2] += v_[3], v_[3] = std::rotl(v_[3], 16) ^ v_[2];
    v_[0] += v_[3], v_[3] = std::rotl(v_[3], 21) ^ v_[0];
    v_[2] += v_[1], v_[1] = std::rotl(v_[1], 17) ^ v_[2], v_[2] = std::rotl(v_[2], 32);
  }

  std::array<std::uint64_t, 4> v_;
};

/// The records of requests: which event of which case was the first of each.
class keyed_sum {
 public:
  explicit keyed_sum(const std::array<std::uint64_t, 2>& key) : key_(key) {}

  void add(std::string_view request, std::string_view id, std::int64_t number) {
    sip_hash of{key_};
    of.take(static_cast<std::uint64_t>(number));
    for (const std::string_view text : {request, id}) of.take(text);
    sum_ += of.end();
  }

  std::uint64_t sum() const { return sum_; }

 private:
  std::array<std::uint64_t, 2> key_;
  std::uint64_t sum_ = 0;
};

/// A key for one comparison.
inline std::array<std::uint64_t, 2> random_sum_key() {
  const secret_bytes secret = random_secret();
  std::array<std::uint64_t, 2> key{};
  std::memcpy(key.data(), secret.data(), sizeof key);
  return key;
}

} // namespace banli::detail
