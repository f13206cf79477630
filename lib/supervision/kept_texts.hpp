// Texts one after another in blocks: kept for good, each behind its length, and never moved.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace banli::detail {

class kept_texts {
 public:
  /// Where a text is kept from now on; at() reads it.
  const char* keep(std::string_view text) {
    const auto length = static_cast<std::uint32_t>(text.size());
    const std::size_t needed = sizeof(length) + text.size();
    if (needed > left_) {
      left_ = std::max(block, needed);
      bytes_ += left_;
      blocks_.push_back(std::make_unique_for_overwrite<char[]>(left_));
      end_ = blocks_.back().get();
    }
    char* const at = end_;
    std::memcpy(at, &length, sizeof(length));
    std::memcpy(at + sizeof(length), text.data(), text.size());
    end_ += needed;
    left_ -= needed;
    return at;
  }

  static std::string_view at(const char* kept) {
    std::uint32_t length = 0;
    std::memcpy(&length, kept, sizeof(length));
    return {kept + sizeof(length), length};
  }

  std::size_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t block = 16 * 1024;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* end_ = nullptr;
  std::size_t left_ = 0; ///< behind end_, of the last block
  std::size_t bytes_ = 0;
};

} // namespace banli::detail
