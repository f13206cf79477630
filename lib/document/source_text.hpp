// source_text.hpp — the text of one file, made ready to be read, and where its bytes stand.
//
// A byte order mark is dropped and every line break becomes one line feed, so that a file from
// Windows and the same file from Linux give the same columns. What is no UTF-8, or holds a control
// character, is refused with its place: yaml-cpp takes U+0004 for the end of the file and would
// silently drop whatever follows it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>

namespace banli::detail {

class source_text {
 public:
  source_text(std::string file, std::string_view bytes);

  const std::string& file() const noexcept { return file_; }
  std::string_view text() const noexcept { return text_; }

  /// Line and column (code points, from 1) of a byte of text(); one past the end is allowed.
  place where(std::size_t offset) const;

  /// The offset at which a line starts, the first being 0.
  std::size_t line_start(std::size_t offset) const;

  /// Why the text cannot be read at all. Codes: bad_utf8, bad_yaml (a control character).
  std::optional<error> fault() const;

 private:
  std::string file_;
  std::string text_;
  std::vector<std::uint32_t> lines_; // the offset of every line's first byte
};

} // namespace banli::detail
