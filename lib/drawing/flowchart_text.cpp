#include "drawing/flowchart_text.hpp"

#include <algorithm>
#include <array>

namespace banli::detail {
namespace {

/// The character at the front, and how many bytes it takes; a bad byte counts as one character.
struct character {
  char32_t value = 0;
  std::size_t bytes = 1;
};

character front(std::string_view s) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  if (first < 0x80 || first < 0xC2 || first > 0xF4 || s.size() < length) return {first, 1};
  char32_t value = first & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {first, 1};
    value = (value << 6U) | (byte(i) & 0x3FU);
  }
  return {value, length};
}

struct range {
  char32_t first;
  char32_t last;
};

// Unicode EastAsianWidth.txt: W and F, merged, and the ambiguous signs Chinese text uses.
constexpr auto wide = std::to_array<range>(
    {{0x1100, 0x115F},   {0x2010, 0x2027},   {0x2030, 0x205E},  {0x20A9, 0x20A9},
     {0x2100, 0x214F},   {0x2150, 0x218B},   {0x2190, 0x2BFF},  {0x2E80, 0x303E},
     {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},  {0xA000, 0xA4CF},
     {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xE000, 0xFAFF},  {0xFE10, 0xFE19},
     {0xFE30, 0xFE6F},   {0xFF01, 0xFF60},   {0xFFE0, 0xFFE6},  {0x16FE0, 0x18CFF},
     {0x1B000, 0x1B2FF}, {0x1F000, 0x1FAFF}, {0x20000, 0x3FFFD}});

bool is_wide(char32_t c) {
  return std::any_of(wide.begin(), wide.end(),
                     [c](range r) { return r.first <= c && c <= r.last; });
}

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
    const character c = front(s);
    const bool both_latin =
        before != 0 && before != U' ' && c.value != U' ' && !is_wide(before) && !is_wide(c.value);
    if (out.empty() || !(both_latin || closes(c.value) || is_combining(c.value)) || before == U' ')
      out.emplace_back();
    out.back() += s.substr(0, c.bytes);
    before = c.value;
    s.remove_prefix(c.bytes);
  }
  return out;
}

} // namespace

double text_width(std::string_view s) {
  double width = 0;
  while (!s.empty()) {
    const character c = front(s);
    width += width_of(c.value);
    s.remove_prefix(c.bytes);
  }
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
      while (text_width(head) + width_of(front(rest).value) <= width || head.empty()) {
        head += rest.substr(0, front(rest).bytes);
        rest.remove_prefix(front(rest).bytes);
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
    const character c = front(s);
    used += width_of(c.value);
    if (used > width) break;
    out += s.substr(0, c.bytes);
    s.remove_prefix(c.bytes);
  }
  return out + "…";
}

std::string cut(std::string_view s, std::size_t characters) {
  std::size_t bytes = 0;
  for (std::size_t n = 0; n < characters && bytes < s.size(); ++n)
    bytes += front(s.substr(bytes)).bytes;
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
