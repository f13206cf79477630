#include "document/source_text.hpp"

#include <algorithm>

#include <banli/base/utf8.hpp>

namespace banli::detail {
namespace {

/// C0 except tab and line feed, DEL, and C1: no text an office writes holds them.
bool is_control(std::string_view point) {
  const auto c = static_cast<unsigned char>(point[0]);
  if (point.size() == 1) return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7F;
  return point.size() == 2 && c == 0xC2 && static_cast<unsigned char>(point[1]) < 0xA0;
}

std::string normalised(std::string_view bytes) {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] != '\r')
      out.push_back(bytes[i]);
    else if (i + 1 == bytes.size() || bytes[i + 1] != '\n')
      out.push_back('\n');
  }
  return out;
}

} // namespace

source_text::source_text(std::string file, std::string_view bytes)
    : file_(std::move(file)), text_(normalised(bytes)) {
  lines_.push_back(0);
  for (std::size_t i = 0; i < text_.size(); ++i)
    if (text_[i] == '\n') lines_.push_back(static_cast<std::uint32_t>(i + 1));
}

std::size_t source_text::line_start(std::size_t offset) const {
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
  return *(after - 1);
}

place source_text::where(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(lines_.begin(), lines_.end(), offset);
  int column = 1;
  for (std::size_t i = *(after - 1); i < offset; ++i)
    if ((static_cast<unsigned char>(text_[i]) & 0xC0U) != 0x80U) ++column;
  return {file_, static_cast<int>(after - lines_.begin()), column};
}

std::optional<error> source_text::fault() const {
  for (std::size_t i = 0; i < text_.size();) {
    const std::string_view rest = std::string_view{text_}.substr(i);
    const std::size_t n = decode(rest, 0).size;
    if (n == 0)
      return at(make_error(errc::bad_utf8, "byte 0x{:02X} is no UTF-8: save the file as UTF-8",
                           "字节 0x{:02X} 不是 UTF-8:请将文件另存为 UTF-8 编码",
                           static_cast<unsigned>(static_cast<unsigned char>(rest[0]))),
                where(i));
    if (is_control(rest.substr(0, n)))
      return at(make_error(errc::bad_yaml, "a control character (0x{:02X}) has no place in a text",
                           "文本中不应有控制字符(0x{:02X})",
                           static_cast<unsigned>(static_cast<unsigned char>(rest[n - 1]))),
                where(i));
    i += n;
  }
  return std::nullopt;
}

} // namespace banli::detail
