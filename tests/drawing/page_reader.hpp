// Reads pages back for the tests: as XML, and as the text a person sees.
#pragma once

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace pages {

/// A page or picture read as XML. pugixml forgives what XML does not: unescaped '<' is caught by
/// its tag check, '&' and control characters are looked for here.
struct document {
  explicit document(const std::string& page) : source(page) {
    read =
        xml.load_buffer(source.data(), source.size(),
                        pugi::parse_default | pugi::parse_doctype | pugi::parse_ws_pcdata_single);
  }

  bool good() const { return read && well_escaped(); }

  std::string source;
  pugi::xml_document xml;
  pugi::xml_parse_result read;

 private:
  bool well_escaped() const {
    for (std::size_t i = 0; i < source.size(); ++i) {
      const auto c = static_cast<unsigned char>(source[i]);
      if (c < 0x20 && c != '\n' && c != '\t') return false;
      if (c != '&') continue;
      const std::size_t end = source.find(';', i);
      if (end == std::string::npos || end - i > 7) return false;
    }
    return true;
  }
};

/// The text of a page, an element a line, without style and pictures.
inline void visible(const pugi::xml_node& n, std::string& out) {
  for (const pugi::xml_node& c : n.children()) {
    if (std::strcmp(c.name(), "style") == 0 || std::strcmp(c.name(), "svg") == 0) continue;
    if (c.type() == pugi::node_pcdata) out += c.value();
    visible(c, out);
    static constexpr std::string_view lines = " p h1 h2 h3 tr li div dt dd section article header ";
    const std::string name = " " + std::string{c.name()} + " ";
    if (name.size() > 2 && lines.find(name) != std::string_view::npos && !out.empty() &&
        out.back() != '\n')
      out += '\n';
    else if (std::strcmp(c.name(), "td") == 0 || std::strcmp(c.name(), "th") == 0)
      out += " | ";
  }
}

inline std::string text_of(const std::string& page) {
  const document d{page};
  std::string out;
  visible(d.xml.child("html").child("body"), out);
  return out;
}

/// How many Chinese characters (U+4E00 .. U+9FFF) a text has.
inline std::size_t chinese(std::string_view s) {
  std::size_t n = 0;
  for (std::size_t i = 0; i + 2 < s.size(); ++i) {
    const auto b = [&](std::size_t k) { return static_cast<unsigned char>(s[i + k]); };
    if (b(0) >= 0xE4 && b(0) <= 0xE9 && (b(1) & 0xC0U) == 0x80U) ++n;
  }
  return n;
}

} // namespace pages
