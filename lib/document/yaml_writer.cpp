#include "document/yaml_writer.hpp"

#include <algorithm>
#include <array>

#include <banli/base/utf8.hpp>

namespace banli::detail {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Whether some YAML reader takes a plain text for something else: a truth, nothing, a number, a
/// date, a time.
bool means_more(std::string_view s) {
  constexpr std::array<std::string_view, 15> words{"y",     "n",   "yes",  "no",   "true",
                                                   "false", "on",  "off",  "null", "~",
                                                   "nan",   "inf", ".nan", ".inf", "none"};
  std::string small{s};
  std::transform(small.begin(), small.end(), small.begin(), lower);
  if (std::find(words.begin(), words.end(), small) != words.end()) return true;
  if (std::string_view{"0123456789+-."}.find(s[0]) == std::string_view::npos) return false;
  return small.find_first_not_of("0123456789+-.:_, abcdefxotz") == std::string::npos;
}

/// A byte that only a quoted text may hold: controls, tabs, line breaks; and the first bytes of
/// U+0085, U+2028, U+2029 and U+FEFF, which some readers take for line breaks or drop.
bool needs_escape(std::string_view rest) {
  const auto c = static_cast<unsigned char>(rest[0]);
  if (c < 0x20 || c == 0x7F) return true;
  if (c == 0xC2) return rest.size() > 1 && static_cast<unsigned char>(rest[1]) < 0xA0;
  return rest.starts_with("\u2028") || rest.starts_with("\u2029") || rest.starts_with("\uFEFF");
}

bool any_escape(std::string_view s, bool (*spared)(char)) {
  for (std::size_t i = 0; i < s.size(); ++i)
    if (needs_escape(s.substr(i)) && !spared(s[i])) return true;
  return false;
}

bool plain_enough(std::string_view s) {
  if (s.empty() || s.front() == ' ' || s.back() == ' ' || s.back() == ':') return false;
  if (std::string_view{"-?:,[]{}#&*!|>'\"%@`=<"}.find(s.front()) != std::string_view::npos)
    return false;
  if (s.find(": ") != std::string_view::npos || s.find(" #") != std::string_view::npos)
    return false;
  return !any_escape(s, [](char) { return false; }) && !means_more(s);
}

/// Whether a text of several lines can stand as it is, line below line.
bool block_enough(std::string_view s) {
  if (s.find('\n') == std::string_view::npos || s.front() == '\n' || s.ends_with("\n\n"))
    return false;
  if (any_escape(s, [](char c) { return c == '\n'; })) return false;
  bool at_start = true;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == ' ' && (at_start || i + 1 == s.size() || s[i + 1] == '\n')) return false;
    at_start = s[i] == '\n';
  }
  return true;
}

void append_quoted(std::string& out, std::string_view s) {
  out += '"';
  for (std::size_t i = 0; i < s.size();) {
    const std::string_view rest = s.substr(i);
    const decoded p = decode(rest, 0);
    if (s[i] == '"' || s[i] == '\\')
      (out += '\\') += s[i];
    else if (s[i] == '\n')
      out += "\\n";
    else if (s[i] == '\t')
      out += "\\t";
    else if (needs_escape(rest))
      out += p.point < 0x100 ? fmt::format("\\x{:02X}", static_cast<unsigned>(p.point))
                             : fmt::format("\\u{:04X}", static_cast<unsigned>(p.point));
    else
      out += rest.substr(0, p.size);
    i += std::max<std::size_t>(p.size, 1);
  }
  out += '"';
}

} // namespace

void yaml_writer::begin_line(std::size_t indent) {
  if (!first_in_line_) out_.append(indent, ' ');
  first_in_line_ = false;
}

void yaml_writer::token(std::string_view s) {
  out_ += ' ';
  out_ += s;
  out_ += '\n';
}

void yaml_writer::value(const std::string& s, std::size_t indent) {
  if (plain_enough(s)) return token(s);
  out_ += ' ';
  if (!s.empty() && block_enough(s)) {
    const bool ends = s.back() == '\n';
    out_ += ends ? "|\n" : "|-\n";
    for (std::size_t from = 0; from < s.size();) {
      const std::size_t end = std::min(s.find('\n', from), s.size());
      if (end > from) out_.append(indent + 2, ' ');
      out_.append(s, from, end - from);
      out_ += '\n';
      from = end + 1;
    }
    return;
  }
  append_quoted(out_, s);
  out_ += '\n';
}

void yaml_writer::value(const text& t, std::size_t indent) {
  if (t.en == t.zh) return value(t.en, indent);
  out_ += '\n';
  for (const auto& [key, words] : {std::pair{"en", &t.en}, std::pair{"zh", &t.zh}})
    if (!words->empty()) entry(key, *words, indent + 2);
}

void yaml_writer::value(const banli::value& v, std::size_t indent) {
  if (const std::string* s = v.as_string()) return value(*s, indent);
  if (const auto b = v.as_bool()) return value(*b, indent);
  if (const auto n = v.as_int()) return token(fmt::format("{}", *n));
  if (const auto d = v.as_double()) {
    const std::string shortest = fmt::format("{}", *d);
    const bool whole = shortest.find_first_of(".e") == std::string::npos;
    return token(whole ? shortest + ".0" : shortest); // 1 would come back as a whole number
  }
  const banli::value::elements* const all = v.as_list();
  value(all == nullptr ? banli::value::elements{} : *all, indent);
}

void yaml_writer::value(const std::vector<rule_binding>& all, std::size_t indent) {
  if (all.empty()) return token("{}");
  out_ += '\n';
  for (const rule_binding& b : all) entry(b.path, b.value, indent + 2);
}

result<std::string> yaml_writer::take() {
  for (std::size_t i = 0; i < out_.size();) {
    const std::size_t n = decode(out_, i).size;
    if (n == 0)
      return make_error(errc::bad_utf8, "a text is no UTF-8 (byte 0x{:02X}) and cannot be saved",
                        "文字不是 UTF-8(字节 0x{:02X}),无法保存",
                        static_cast<unsigned>(static_cast<unsigned char>(out_[i])));
    i += n;
  }
  return std::move(out_);
}

} // namespace banli::detail
