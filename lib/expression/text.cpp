#include "text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace banli {

namespace detail::cel {

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

namespace {} // namespace

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
    const detail::decoded d = detail::decode(source, at);
    under += source[at] == '\t' ? "\t" : detail::is_wide(d.point) ? "  " : " ";
    at += std::max<std::size_t>(d.size, 1);
  }
  return fmt::format("{}\n{}^\n", source, under);
}

} // namespace banli
