// Texts judged eight bytes at a time, where every event passes: no branch per byte.
#pragma once

#include <cstdint>
#include <cstring>

#include <banli/base/utf8.hpp>

namespace banli::detail {

constexpr std::uint64_t eight_of(unsigned char byte) { return 0x0101'0101'0101'0101U * byte; }

/// Not 0 if one of eight bytes is below a limit, which is at most 0x80.
constexpr std::uint64_t any_below(std::uint64_t bytes, unsigned char limit) {
  return (bytes - eight_of(limit)) & ~bytes & eight_of(0x80);
}

/// Not 0 if one of eight bytes is this one.
constexpr std::uint64_t any_equal(std::uint64_t bytes, unsigned char byte) {
  return any_below(bytes ^ eight_of(byte), 1);
}

/// Whether found() is not 0 for some eight bytes of a text. The last are filled up with 'a'.
template <class Found>
bool any_of_bytes(std::string_view text, Found found) {
  std::uint64_t bytes = 0;
  std::size_t at = 0;
  for (; at + sizeof bytes <= text.size(); at += sizeof bytes) {
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    if (found(bytes) != 0) return true;
  }
  if (at == text.size()) return false;
  bytes = eight_of('a');
  std::memcpy(&bytes, text.data() + at, text.size() - at);
  return found(bytes) != 0;
}

/// Neither control characters nor anything beyond ASCII.
inline bool is_plain_ascii(std::string_view text) {
  return !any_of_bytes(
      text, [](std::uint64_t bytes) { return any_below(bytes, 0x20) | (bytes & eight_of(0x80)); });
}

inline bool has_control(std::string_view text) {
  return any_of_bytes(text, [](std::uint64_t bytes) { return any_below(bytes, 0x20); });
}

/// Whether a text is one of JSON as it stands: no control characters, '"' or '\'.
inline bool needs_no_escape(std::string_view text) {
  return !any_of_bytes(text, [](std::uint64_t bytes) {
    return any_below(bytes, 0x20) | any_equal(bytes, '"') | any_equal(bytes, '\\');
  });
}

/// The same as is_utf8(), which constant expressions need as it is.
inline bool is_utf8_by_words(std::string_view text) {
  std::uint64_t bytes = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (at + sizeof bytes <= text.size()) {
      std::memcpy(&bytes, text.data() + at, sizeof bytes);
      if ((bytes & eight_of(0x80)) == 0) {
        at += sizeof bytes;
        continue;
      }
    }
    const decoded d = decode(text, at);
    if (d.size == 0) return false;
    at += d.size;
  }
  return true;
}

} // namespace banli::detail
