#include "string_literal.hpp"

#include <cstdint>
#include <utility>

#include "text.hpp"

namespace banli::detail::cel {

namespace {

struct prefix {
  bool raw = false;
  bool bytes = false;
  std::size_t size = 0;
};

prefix read_prefix(std::string_view s) {
  prefix p;
  for (; p.size < s.size() && p.size < 2; ++p.size) {
    const char c = s[p.size];
    if ((c == 'r' || c == 'R') && !p.raw)
      p.raw = true;
    else if ((c == 'b' || c == 'B') && !p.bytes)
      p.bytes = true;
    else
      break;
  }
  return p;
}

int digit_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

class reader {
 public:
  reader(std::string_view source, std::size_t at) : source_(source), at_(at) {}

  string_literal run() {
    const prefix p = read_prefix(source_.substr(at_));
    out_.is_bytes = p.bytes;
    const std::size_t begin = at_;
    at_ += p.size;
    const char quote = source_[at_];
    const std::string triple(3, quote);
    const bool long_form = source_.substr(at_).starts_with(triple);
    const std::string_view closing =
        long_form ? std::string_view(triple) : std::string_view(triple).substr(0, 1);
    at_ += closing.size();
    while (at_ < source_.size() && !source_.substr(at_).starts_with(closing)) {
      const char c = source_[at_];
      if (!long_form && (c == '\n' || c == '\r')) break;
      if (c == '\\' && !p.raw)
        escape();
      else
        out_.text += source_[at_++];
    }
    if (source_.substr(at_).starts_with(closing)) {
      at_ += closing.size();
    } else {
      out_.problem.reset();
      fail(begin, make_error(errc::syntax_error, "the string is not closed", "字符串没有结束"));
    }
    out_.end = at_;
    return std::move(out_);
  }

 private:
  void fail(std::size_t where, error e) {
    if (out_.problem) return;
    out_.problem = std::move(e);
    out_.problem_at = where;
  }

  void escape() {
    const std::size_t begin = at_++;
    const char c = at_ < source_.size() ? source_[at_++] : '\0';
    static constexpr std::string_view from = "abfnrtv\\?\"'`";
    static constexpr std::string_view to = "\a\b\f\n\r\t\v\\?\"'`";
    if (const auto i = from.find(c); c != '\0' && i != std::string_view::npos) {
      out_.text += to[i];
      return;
    }
    if (c >= '0' && c <= '3') {
      --at_;
      return number(begin, {8, 3});
    }
    if (c == 'x' || c == 'X') return number(begin, {16, 2});
    if (c == 'u' && !out_.is_bytes) return number(begin, {16, 4});
    if (c == 'U' && !out_.is_bytes) return number(begin, {16, 8});
    fail(begin, make_error(errc::syntax_error, "'\\{}' is no escape; a backslash is written \\\\",
                           "“\\{}”不是转义符;反斜杠写作 \\\\",
                           source_.substr(at_ - 1, decode(source_, at_ - 1).size)));
  }

  struct shape {
    int base;
    int digits;
  };

  void number(std::size_t begin, shape form) {
    std::uint32_t n = 0;
    for (int i = 0; i < form.digits; ++i, ++at_) {
      const int d = at_ < source_.size() ? digit_of(source_[at_]) : 99;
      if (d >= form.base)
        return fail(begin, make_error(errc::syntax_error, "the escape needs {} digits",
                                      "该转义符需要 {} 位数字", form.digits));
      n = n * static_cast<std::uint32_t>(form.base) + static_cast<std::uint32_t>(d);
    }
    if (out_.is_bytes) {
      out_.text += static_cast<char>(static_cast<unsigned char>(n));
      return;
    }
    if (n > 0x10FFFF || (n >= 0xD800 && n < 0xE000))
      return fail(begin, make_error(errc::syntax_error, "U+{:04X} is no character",
                                    "U+{:04X} 不是字符", n));
    encode(n, out_.text);
  }

  std::string_view source_;
  std::size_t at_;
  string_literal out_;
};

} // namespace

bool string_prefix(std::string_view s) {
  const prefix p = read_prefix(s);
  return p.size < s.size() && (s[p.size] == '"' || s[p.size] == '\'');
}

string_literal read_string_literal(std::string_view source, std::size_t at) {
  return reader(source, at).run();
}

} // namespace banli::detail::cel
