// bpmn_text.hpp — the bytes of a BPMN file as UTF-8 that XML allows, and where its bytes stand.
//
// Files come as UTF-8, UTF-16 and Latin-1. What cannot be in XML (bytes that are no UTF-8, control
// characters) is named and replaced by a space, so that reading goes on; the text is then damaged.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <banli/interchange/bpmn.hpp>

namespace banli::detail {

/// Problems, no more than allowed; then in the order of the text.
class bpmn_findings {
 public:
  explicit bpmn_findings(std::size_t most) : most_(most) {}
  void add(error e);
  bool none() const { return list_.empty(); }
  problems take();

 private:
  std::size_t most_;
  bool cut_ = false;
  problems list_;
};

class bpmn_text {
 public:
  bpmn_text(const std::string& file, std::string_view bytes, const bpmn_limits& limits,
            bpmn_findings& found);

  /// Empty where the bytes could not be read at all.
  const std::string& text() const { return text_; }
  /// Whether something had to be replaced or given up.
  bool damaged() const { return damaged_; }

  /// Line and column (code points, from 1) of a byte of text().
  place where(std::size_t offset) const;

 private:
  void decode_bytes(std::string_view bytes, bpmn_findings& found);
  void from_utf16(std::string_view bytes, unsigned low, bpmn_findings& found);
  void from_latin1(std::string_view bytes);
  void clean(bpmn_findings& found);
  void index();

  std::string file_;
  std::string text_;
  bool damaged_ = false;
  std::vector<std::uint32_t> lines_;  // the offset of every line's first byte
  std::vector<std::uint32_t> points_; // code points before every block of bytes
};

} // namespace banli::detail
