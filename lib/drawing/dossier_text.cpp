// Text that came from outside, made fit for a page: escaped, and with personal data masked.
#include <drawing/dossier_text.hpp>

#include <algorithm>
#include <cstdint>

#include <banli/base/mask.hpp>
#include <banli/base/utf8.hpp>
#include <banli/drawing/dossier.hpp>

namespace banli {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// Characters that XML forbids or that can make a page read otherwise than it is written: control
/// characters, and the marks that turn the direction of what follows.
bool unfit(std::uint32_t c) {
  const bool control = (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0);
  const bool turns = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
                     (c >= 0x2066 && c <= 0x2069);
  return control || turns || c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

void append_escaped(std::string& out, char c) {
  switch (c) {
  case '&': out += "&amp;"; break;
  case '<': out += "&lt;"; break;
  case '>': out += "&gt;"; break;
  case '"': out += "&quot;"; break;
  case '\'': out += "&#39;"; break;
  default: out += c;
  }
}

} // namespace

std::string html_escape(std::string_view s) {
  std::string out;
  out.reserve(s.size() + s.size() / 8);
  while (!s.empty()) {
    const detail::decoded c = detail::decode(s, 0);
    if (c.size == 0 || unfit(c.point))
      out += replacement;
    else if (c.size == 1)
      append_escaped(out, s.front());
    else
      out += s.substr(0, c.size);
    s.remove_prefix(std::max<std::size_t>(c.size, 1));
  }
  return out;
}

std::string masked(std::string_view personal) { return mask_name(personal); }

namespace detail {

namespace {

std::string without_name(std::string_view s, const std::string& name) {
  std::string out;
  for (std::size_t at = s.find(name); at != std::string_view::npos; at = s.find(name)) {
    out += s.substr(0, at);
    out += masked(name);
    s.remove_prefix(at + name.size());
  }
  return out += s;
}

} // namespace

void confidential::add(std::string_view name) {
  if (name.empty() || detail::decode_any(name, 0).size == name.size())
    return; // one character is in every word
  const auto longer = [&](const std::string& other) { return other.size() <= name.size(); };
  const auto place = std::find_if(names_.begin(), names_.end(), longer);
  if (place == names_.end() || *place != name) names_.emplace(place, name);
}

std::string confidential::in(std::string_view said) const {
  std::string out = mask_numbers_in(said);
  for (const std::string& name : names_) out = without_name(out, name);
  return out;
}

} // namespace detail

} // namespace banli
