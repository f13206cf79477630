#include "text_functions.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include <banli/base/utf8.hpp>

#include "arithmetic.hpp"

namespace banli::detail::cel {

namespace {

error outside(std::int64_t index) {
  return make_error(errc::evaluation_error, "index out of range: {}", "位置超出范围:{}", index);
}

error too_long(std::size_t most) {
  return make_error(errc::limit_exceeded, "a string becomes larger than {} bytes",
                    "字符串超过 {} 字节", most);
}

/// A text with the byte at which each code point begins; one more for the end.
class points {
 public:
  explicit points(std::string_view s) : text_(s) {
    for (std::size_t at = 0; at < s.size(); at += decode_any(s, at).size) starts_.push_back(at);
    starts_.push_back(s.size());
  }

  std::int64_t size() const { return static_cast<std::int64_t>(starts_.size()) - 1; }
  std::string_view between(std::int64_t from, std::int64_t to) const {
    return text_.substr(byte(from), byte(to) - byte(from));
  }
  std::size_t byte(std::int64_t point) const { return starts_[static_cast<std::size_t>(point)]; }
  std::int64_t point(std::size_t byte) const {
    return std::ranges::lower_bound(starts_, byte) - starts_.begin();
  }

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

/// The arguments by kind; `good` is false once one was of another.
class arguments {
 public:
  explicit arguments(std::span<const value> args) : args_(args) {}

  bool has(std::size_t i) const { return i < args_.size(); }
  const std::string& text(std::size_t i) {
    static const std::string none;
    const std::string* s = has(i) ? args_[i].as_string() : nullptr;
    good_ = good_ && s != nullptr;
    return s ? *s : none;
  }
  std::int64_t number(std::size_t i) {
    const auto n = has(i) ? args_[i].as_int() : std::nullopt;
    good_ = good_ && n.has_value();
    return n.value_or(0);
  }
  std::int64_t number_or(std::size_t i, std::int64_t otherwise) {
    return has(i) ? number(i) : otherwise;
  }
  bool good(std::size_t least, std::size_t most) const {
    return good_ && args_.size() >= least && args_.size() <= most;
  }

 private:
  std::span<const value> args_;
  bool good_ = true;
};

result<value> char_at(const points& p, std::int64_t i) {
  if (i < 0 || i > p.size()) return outside(i);
  return value(i == p.size() ? std::string() : std::string(p.between(i, i + 1)));
}

result<value> index_of(const std::string& s, const std::string& part, std::int64_t from) {
  const points p(s);
  if (from < 0 || from > p.size()) return outside(from);
  const std::size_t found = s.find(part, p.byte(from));
  return value(found == std::string::npos ? std::int64_t{-1} : p.point(found));
}

result<value> last_index_of(const std::string& s, const std::string& part,
                            std::optional<std::int64_t> from) {
  const points p(s);
  if (from && (*from < 0 || *from > p.size())) return outside(*from);
  const std::size_t found = s.rfind(part, from ? p.byte(*from) : std::string::npos);
  return value(found == std::string::npos ? std::int64_t{-1} : p.point(found));
}

result<value> substring(const std::string& s, std::int64_t from, std::optional<std::int64_t> to) {
  const points p(s);
  if (from < 0 || from > p.size()) return outside(from);
  if (to && (*to < from || *to > p.size())) return outside(*to);
  return value(std::string(p.between(from, to.value_or(p.size()))));
}

template <char Low, char High, int Shift>
value cased(std::string s) {
  for (char& c : s)
    if (c >= Low && c <= High) c = static_cast<char>(c + Shift);
  return value(std::move(s));
}

/// An empty part stands before every code point and at the end.
result<value> replace(const std::string& s, const std::string& part, const std::string& by,
                      std::int64_t times, std::size_t most) {
  std::string out;
  std::size_t at = 0;
  for (std::int64_t n = 0; times < 0 || n < times; ++n) {
    const std::size_t found = s.find(part, at);
    if (found == std::string::npos) break;
    out.append(s, at, found - at);
    out += by;
    at = found + part.size();
    if (out.size() > most) return too_long(most);
    if (!part.empty()) continue;
    if (at == s.size()) break;
    const std::size_t step = decode_any(s, at).size;
    out.append(s, at, step);
    at += step;
  }
  out.append(s, std::min(at, s.size()), std::string::npos);
  if (out.size() > most) return too_long(most);
  return value(std::move(out));
}

/// At most `limit` parts, the last with what is left; below 0 all. An empty separator gives the
/// code points.
result<value> split(const std::string& s, const std::string& by, std::int64_t limit,
                    std::size_t most) {
  value::elements out;
  if (limit == 0) return value::list(std::move(out));
  std::size_t at = 0;
  const auto room = [&] { return limit < 0 || static_cast<std::int64_t>(out.size()) + 1 < limit; };
  while (room()) {
    std::size_t end = by.empty() ? std::string::npos : s.find(by, at);
    if (by.empty() && at < s.size() && at + decode_any(s, at).size < s.size())
      end = at + decode_any(s, at).size;
    if (end == std::string::npos) break;
    out.emplace_back(s.substr(at, end - at));
    at = end + by.size();
    if (out.size() > most)
      return make_error(errc::limit_exceeded, "a list becomes larger than {}", "列表超过 {} 个元素",
                        most);
  }
  if (!(by.empty() && s.empty())) out.emplace_back(s.substr(at));
  return value::list(std::move(out));
}

/// Unicode's White_Space, but for what it calls format characters.
bool is_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == 0x20 || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

value trimmed(const std::string& s) {
  const points p(s);
  const auto space = [&](std::int64_t i) { return is_space(decode_any(s, p.byte(i)).point); };
  std::int64_t from = 0;
  std::int64_t to = p.size();
  while (from < to && space(from)) ++from;
  while (to > from && space(to - 1)) --to;
  return value(std::string(p.between(from, to)));
}

value reversed(const std::string& s) {
  const points p(s);
  std::string out;
  for (std::int64_t i = p.size(); i > 0; --i) out += p.between(i - 1, i);
  return value(std::move(out));
}

result<value> join(std::span<const value> args, std::size_t most) {
  const value::elements* parts = args.empty() ? nullptr : args[0].as_list();
  const std::string none;
  const std::string* by = args.size() > 1 ? args[1].as_string() : &none;
  if (!parts || !by || args.size() > 2)
    return no_overload("join", args.empty() ? value() : args[0]);
  std::string out;
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const std::string* part = (*parts)[i].as_string();
    if (!part) return no_overload("join", (*parts)[i]);
    if (i > 0) out += *by;
    out += *part;
    if (out.size() > most) return too_long(most);
  }
  return value(std::move(out));
}

value quote(const std::string& s) {
  constexpr std::string_view plain = "\a\b\f\n\r\t\v\\\"";
  constexpr std::string_view letters = "abfnrtv\\\"";
  std::string out = "\"";
  for (const char c : s) {
    const std::size_t at = plain.find(c);
    if (at != std::string_view::npos) out += '\\';
    out += at == std::string_view::npos ? c : letters[at];
  }
  return value(out + '"');
}

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string base64_encode(std::string_view octets) {
  std::string out;
  for (std::size_t at = 0; at < octets.size(); at += 3) {
    const std::size_t n = std::min<std::size_t>(3, octets.size() - at);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8U | (k < n ? static_cast<unsigned char>(octets[at + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? alphabet[bits >> (18 - 6 * k) & 63U] : '=';
  }
  return out;
}

result<value> base64_decode(std::string_view text) {
  const error bad = make_error(errc::evaluation_error, "this is no base64", "不是 base64 编码");
  const std::size_t padded = text.size();
  while (text.ends_with('=') && padded - text.size() < 2) text.remove_suffix(1);
  if ((padded != text.size() && padded % 4 != 0) || text.size() % 4 == 1) return bad;
  std::string out;
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return bad;
    bits = bits << 6U | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> held & 0xFFU);
  }
  return value::bytes(std::move(out));
}

result<value> text_function(function f, std::span<const value> args, std::size_t most) {
  const value null;
  const value& first = args.empty() ? null : args[0];
  if (f == function::join) return join(args, most);
  if (f == function::base64_encode) {
    if (args.size() != 1 || !first.as_bytes()) return no_overload("base64.encode", first);
    return value(base64_encode(*first.as_bytes()));
  }
  if (f == function::format) {
    if (args.size() != 2 || !first.as_string() || !args[1].as_list())
      return no_overload("format", first);
    return format_text(*first.as_string(), *args[1].as_list(), most);
  }
  arguments a(args);
  const std::string& s = a.text(0);
  const auto given = [&](std::size_t i) {
    return a.has(i) ? std::optional(a.number(i)) : std::nullopt;
  };
  switch (f) {
  case function::char_at: {
    const std::int64_t i = a.number(1);
    if (a.good(2, 2)) return char_at(points(s), i);
    break;
  }
  case function::index_of:
  case function::last_index_of: {
    const std::string& part = a.text(1);
    const auto from = given(2);
    if (!a.good(2, 3)) break;
    return f == function::index_of ? index_of(s, part, from.value_or(0))
                                   : last_index_of(s, part, from);
  }
  case function::substring: {
    const std::int64_t from = a.number(1);
    const auto to = given(2);
    if (a.good(2, 3)) return substring(s, from, to);
    break;
  }
  case function::replace: {
    const std::string& part = a.text(1);
    const std::string& by = a.text(2);
    const std::int64_t times = a.number_or(3, -1);
    if (a.good(3, 4)) return replace(s, part, by, times, most);
    break;
  }
  case function::split: {
    const std::string& by = a.text(1);
    const std::int64_t limit = a.number_or(2, -1);
    if (a.good(2, 3)) return split(s, by, limit, most);
    break;
  }
  default:
    if (!a.good(1, 1)) break;
    if (f == function::lower_ascii) return cased<'A', 'Z', 'a' - 'A'>(s);
    if (f == function::upper_ascii) return cased<'a', 'z', 'A' - 'a'>(s);
    if (f == function::trim) return trimmed(s);
    if (f == function::quote) return quote(s);
    if (f == function::base64_decode) return base64_decode(s);
    return reversed(s);
  }
  return no_overload("string function", first);
}

} // namespace banli::detail::cel
