#include "drawing/flowchart_text.hpp"

#include <algorithm>

#include <banli/base/utf8.hpp>

namespace banli::detail {
namespace {

bool is_combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F);
}

double width_of(char32_t c) {
  constexpr std::string_view narrow = " .,:;'|!()[]ijltfr/";
  if (is_combining(c)) return 0;
  if (is_wide(c)) return 1;
  if (c >= 0x80) return 0.7;
  const char latin = static_cast<char>(c);
  if (narrow.find(latin) != std::string_view::npos) return 0.4;
  if (latin == 'm' || latin == 'w' || latin == 'M' || latin == 'W' || latin == '@' || latin == '%')
    return 1;
  return (latin >= 'A' && latin <= 'Z') ? 0.75 : 0.62;
}

/// Whether a line must not begin with it.
bool closes(char32_t c) {
  constexpr std::u32string_view signs = U",。、;:?!)》」』】〕”’…·,.;:?!)]}%";
  return signs.find(c) != std::u32string_view::npos;
}

/// The pieces a line may be broken between: one Chinese character with the signs that cling to it,
/// a Latin word, a space.
std::vector<std::string> pieces(std::string_view s) {
  std::vector<std::string> out;
  char32_t before = 0;
  while (!s.empty()) {
    const decoded c = decode_any(s, 0);
    const bool both_latin =
        before != 0 && before != U' ' && c.point != U' ' && !is_wide(before) && !is_wide(c.point);
    if (out.empty() || !(both_latin || closes(c.point) || is_combining(c.point)) || before == U' ')
      out.emplace_back();
    out.back() += s.substr(0, c.size);
    before = c.point;
    s.remove_prefix(c.size);
  }
  return out;
}

} // namespace

double text_width(std::string_view s) {
  double width = 0;
  while (!s.empty()) {
    const decoded c = decode_any(s, 0);
    width += width_of(c.point);
    s.remove_prefix(c.size);
  }
  return width;
}

double widest(const std::vector<std::string>& lines, double size) {
  double width = 0;
  for (const std::string& line : lines) width = std::max(width, text_width(line) * size);
  return width;
}

std::vector<std::string> wrap(std::string_view s, double width) {
  std::vector<std::string> lines;
  std::string line;
  const auto close = [&] {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (!line.empty()) lines.push_back(line);
    line.clear();
  };
  for (const std::string& piece : pieces(s)) {
    if (piece == "\n") {
      close();
      continue;
    }
    if (text_width(line) + text_width(piece) > width && piece != " ") close();
    if (line.empty() && piece == " ") continue;
    line += piece;
    while (text_width(line) > width) { // one word wider than a line
      std::string head;
      std::string_view rest = line;
      while (text_width(head) + width_of(decode_any(rest, 0).point) <= width || head.empty()) {
        head += rest.substr(0, decode_any(rest, 0).size);
        rest.remove_prefix(decode_any(rest, 0).size);
        if (rest.empty()) break;
      }
      if (rest.empty()) break;
      lines.push_back(head);
      line = std::string(rest);
    }
  }
  close();
  return lines;
}

std::string fitted(std::string_view s, double width) {
  if (text_width(s) <= width) return std::string(s);
  std::string out;
  double used = 1; // the …
  while (!s.empty()) {
    const decoded c = decode_any(s, 0);
    used += width_of(c.point);
    if (used > width) break;
    out += s.substr(0, c.size);
    s.remove_prefix(c.size);
  }
  return out + "…";
}

std::string cut(std::string_view s, std::size_t characters) {
  std::size_t bytes = 0;
  for (std::size_t n = 0; n < characters && bytes < s.size(); ++n)
    bytes += decode_any(s, bytes).size;
  return std::string(s.substr(0, bytes)) + (bytes < s.size() ? "…" : "");
}

std::string xml_escape(std::string_view s) {
  std::string out;
  for (const char c : s) {
    switch (c) {
    case '&': out += "&amp;"; break;
    case '<': out += "&lt;"; break;
    case '>': out += "&gt;"; break;
    case '"': out += "&quot;"; break;
    case '\'': out += "&#39;"; break;
    case '\n':
    case '\t': out += ' '; break;
    default:
      if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
  }
  return out;
}

} // namespace banli::detail
