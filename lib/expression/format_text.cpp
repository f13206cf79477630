// String formatting: "%s is %.2f".format([name, fee]).
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "text_functions.hpp"
#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

constexpr int most_digits = 1000;

std::string special(double d) { return std::isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity"; }

std::string hex(std::string_view octets, bool upper) {
  std::string out;
  for (const char c : octets)
    out += upper ? fmt::format("{:02X}", static_cast<unsigned char>(c))
                 : fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

/// What %s shows of a value: lists and maps with what is in them, maps by the words of their keys.
std::string words_of(const value& v) {
  if (const auto* s = v.as_string()) return *s;
  if (const auto* b = v.as_bytes()) return *b;
  if (const auto* t = v.as_type_name()) return *t;
  if (const auto d = v.as_double()) return std::isfinite(*d) ? fmt::format("{}", *d) : special(*d);
  if (const auto t = v.as_timestamp()) return to_text(*t);
  if (const auto d = v.as_duration()) return to_text(*d);
  if (const auto n = v.as_uint()) return fmt::format("{}", *n);
  std::string out;
  if (const auto* l = v.as_list()) {
    for (const value& e : *l) out += (out.empty() ? "" : ", ") + words_of(e);
    return "[" + out + "]";
  }
  if (const auto* m = v.as_map()) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const auto& [key, mapped] : *m) all.emplace_back(words_of(key), words_of(mapped));
    std::ranges::sort(all);
    for (const auto& [key, mapped] : all) out += (out.empty() ? "" : ", ") + key + ": " + mapped;
    return "{" + out + "}";
  }
  return banli::to_text(v); // null, bool, int
}

/// %b, %o, %x, %X of a whole number.
std::string whole(char clause, std::uint64_t n) {
  switch (clause) {
  case 'b': return fmt::format("{:b}", n);
  case 'o': return fmt::format("{:o}", n);
  case 'x': return fmt::format("{:x}", n);
  case 'X': return fmt::format("{:X}", n);
  default: return fmt::format("{}", n);
  }
}

std::optional<double> real_of(const value& v) {
  if (const auto d = v.as_double()) return *d;
  if (const auto n = v.as_int()) return static_cast<double>(*n);
  if (const auto n = v.as_uint()) return static_cast<double>(*n);
  return std::nullopt;
}

std::optional<std::string> shown(char clause, int precision, const value& v) {
  if (clause == 's') return words_of(v);
  if (clause == 'f' || clause == 'e') {
    const auto d = real_of(v);
    if (!d) return std::nullopt;
    if (!std::isfinite(*d)) return special(*d);
    return clause == 'f' ? fmt::format("{:.{}f}", *d, precision)
                         : fmt::format("{:.{}e}", *d, precision);
  }
  if (const auto n = v.as_int()) {
    const bool minus = *n < 0;
    const auto size = static_cast<std::uint64_t>(*n);
    return (minus ? "-" : "") + whole(clause, minus ? 0 - size : size);
  }
  if (const auto n = v.as_uint()) return whole(clause, *n);
  if (const auto d = v.as_double(); clause == 'd' && d) {
    if (!std::isfinite(*d)) return special(*d);
    return std::nullopt;
  }
  if (const auto b = v.as_bool(); clause == 'b' && b) return *b ? "1" : "0";
  if (clause != 'x' && clause != 'X') return std::nullopt;
  if (const auto* s = v.as_string()) return hex(*s, clause == 'X');
  if (const auto* b = v.as_bytes()) return hex(*b, clause == 'X');
  return std::nullopt;
}

} // namespace

result<value> format_text(const std::string& pattern, const value::elements& args,
                          std::size_t most_bytes) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (out.size() > most_bytes)
      return make_error(errc::limit_exceeded, "a string becomes larger than {} bytes",
                        "字符串超过 {} 字节", most_bytes);
    if (pattern[at] != '%') {
      out += pattern[at];
      continue;
    }
    if (pattern.compare(at, 2, "%%") == 0) {
      out += '%';
      ++at;
      continue;
    }
    int precision = 6;
    if (++at < pattern.size() && pattern[at] == '.') {
      precision = 0;
      for (++at; at < pattern.size() && pattern[at] >= '0' && pattern[at] <= '9'; ++at)
        precision = std::min(precision * 10 + (pattern[at] - '0'), most_digits + 1);
      if (precision > most_digits)
        return make_error(errc::evaluation_error, "a precision beyond {} digits", "精度超过 {} 位",
                          most_digits);
    }
    const char clause = at < pattern.size() ? pattern[at] : '\0';
    if (clause == '\0' || std::string_view("sdfeboxX").find(clause) == std::string_view::npos)
      return make_error(errc::evaluation_error,
                        "no such clause in a format: expected one of %s %d %f %e %b %o %x %X %%",
                        "格式中没有这种写法:应为 %s %d %f %e %b %o %x %X %% 之一");
    if (next >= args.size())
      return make_error(errc::evaluation_error,
                        "index {} out of range: the format has more "
                        "clauses than arguments",
                        "格式需要第 {} 个以后的参数", next);
    auto words = shown(clause, precision, args[next]);
    if (!words)
      return make_error(errc::evaluation_error, "%{} does not format {}", "%{} 不能用于 {}", clause,
                        runtime_type_name(args[next]));
    out += *words;
    ++next;
  }
  if (out.size() > most_bytes)
    return make_error(errc::limit_exceeded, "a string becomes larger than {} bytes",
                      "字符串超过 {} 字节", most_bytes);
  return value(std::move(out));
}

} // namespace banli::detail::cel
