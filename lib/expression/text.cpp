#include "text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banli {

namespace detail::cel {

decoded decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + size > text.size()) return {};
  char32_t point = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {};
    point = point << 6 | (byte(at + i) & 0x3FU);
  }
  const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
  if (overlong || (point >= 0xD800 && point < 0xE000) || point > 0x10FFFF) return {};
  return {point, size};
}

void encode(char32_t point, std::string& out) {
  const auto put = [&](char32_t bits) {
    out += static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | point >> 6);
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3F));
    put(0x80 | (point >> 6 & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const decoded d = decode(text, at);
    if (d.size == 0) return false;
    at += d.size;
  }
  return true;
}

std::size_t count_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      if (static_cast<unsigned char>(c) < 0x20)
        out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
      else
        out += c;
    }
  }
  return out + '"';
}

std::string quoted_bytes(std::string_view octets) {
  std::string out = "b\"";
  for (const char c : octets) {
    const auto b = static_cast<unsigned char>(c);
    if (b < 0x20 || b >= 0x7F || c == '"' || c == '\\')
      out += fmt::format("\\x{:02x}", b);
    else
      out += c;
  }
  return out + '"';
}

place place_of(std::string_view source, std::size_t offset, const compile_options& how) {
  place p = how.base;
  p.line = std::max(p.line, 1);
  p.column = std::max(p.column, 1);
  offset = std::min(offset, source.size());
  for (std::size_t i = 0; i < offset; ++i) {
    if (source[i] == '\n') {
      ++p.line;
      p.column = how.continuation_column;
    } else if ((static_cast<unsigned char>(source[i]) & 0xC0) != 0x80) {
      ++p.column;
    }
  }
  return p;
}

namespace {

/// Whether a terminal shows a character two cells wide: the East Asian wide blocks.
bool is_wide(char32_t c) {
  return (c >= 0x1100 && c < 0x1160) || (c >= 0x2E80 && c < 0xA4D0) ||
         (c >= 0xAC00 && c < 0xD7A4) || (c >= 0xF900 && c < 0xFB00) ||
         (c >= 0xFE30 && c < 0xFE70) || (c >= 0xFF00 && c < 0xFF61) ||
         (c >= 0xFFE0 && c < 0xFFE7) || (c >= 0x1F300 && c < 0x1F700) ||
         (c >= 0x20000 && c < 0x40000);
}

} // namespace

} // namespace detail::cel

std::string caret_lines(std::string_view source, const error& e, const compile_options& how) {
  const int first_line = std::max(how.base.line, 1);
  int line = e.where.line - first_line;
  if (e.where.line < 1 || line < 0) return {};
  int skip = e.where.column - (line == 0 ? std::max(how.base.column, 1) : how.continuation_column);
  for (; line > 0; --line) {
    const auto end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  if (source.ends_with('\r')) source.remove_suffix(1);
  std::string under;
  for (std::size_t at = 0; at < source.size() && skip > 0; --skip) {
    const detail::cel::decoded d = detail::cel::decode(source, at);
    under += source[at] == '\t' ? "\t" : detail::cel::is_wide(d.point) ? "  " : " ";
    at += std::max<std::size_t>(d.size, 1);
  }
  return fmt::format("{}\n{}^\n", source, under);
}

} // namespace banli
