#include "lex.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include "string_literal.hpp"

namespace banli::detail::cel {

namespace {

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/// Whether a code point beyond ASCII may stand in an identifier: everything but the blocks of
/// punctuation, symbols and private use. Stricter Unicode tables would refuse no Chinese name.
bool is_letter(char32_t c) {
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA;
  if (c >= 0x2000 && c < 0x2C00) return false;
  if (c >= 0x3000 && c < 0x3040) return c == 0x3005 || c == 0x3007;
  if (c >= 0xE000 && c < 0xF900) return false;
  if (c >= 0xFF00)
    return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
           (c >= 0xFF41 && c <= 0xFF5A) || (c >= 0x20000 && c < 0x40000);
  return c != 0xD7 && c != 0xF7;
}

/// The ASCII sign for a Chinese one typed by mistake; empty for any other.
std::string_view ascii_for(char32_t c) {
  switch (c) {
  case 0xFF08: return "(";
  case 0xFF09: return ")";
  case 0xFF0C: return ",";
  case 0x3001: return ",";
  case 0x3002: return ".";
  case 0xFF0E: return ".";
  case 0xFF1A: return ":";
  case 0xFF1F: return "?";
  case 0xFF01: return "!";
  case 0xFF1E: return ">";
  case 0xFF1C: return "<";
  case 0xFF1D: return "=";
  case 0xFF0B: return "+";
  case 0xFF0D: return "-";
  case 0xFF0A: return "*";
  case 0xFF0F: return "/";
  case 0x201C: return "\"";
  case 0x201D: return "\"";
  case 0x2018: return "'";
  case 0x2019: return "'";
  case 0x3010: return "[";
  case 0x3011: return "]";
  default: return {};
  }
}

constexpr std::array all_signs = std::to_array<std::string_view>(
    {"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/",
     "%",  "!",  "?",  ":",  ".",  ",",  "(", ")", "[", "]", "{", "}"});

class lexer {
 public:
  lexer(std::string_view source, report& problems) : source_(source), problems_(problems) {}

  std::vector<token> run() {
    for (skip_blank(); at_ < source_.size(); skip_blank()) one();
    out_.push_back(make(token_kind::end, at_));
    return std::move(out_);
  }

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  token make(token_kind kind, std::size_t begin) const {
    token t;
    t.kind = kind;
    t.at = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    return t;
  }

  void skip_blank() {
    for (; at_ < source_.size(); ++at_) {
      const char c = source_[at_];
      if (c == '/' && peek(1) == '/')
        while (at_ + 1 < source_.size() && source_[at_ + 1] != '\n') ++at_;
      else if (c != ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f')
        return;
    }
  }

  void one() {
    const char c = peek();
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
    if (string_prefix(source_.substr(at_))) return string();
    if (c == '`') return backquoted();
    if (is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80) return identifier();
    sign();
  }

  void identifier() {
    const std::size_t begin = at_;
    while (at_ < source_.size()) {
      const decoded d = decode(source_, at_);
      const bool part = d.point < 0x80 ? is_ascii_letter(source_[at_]) || is_digit(source_[at_])
                                       : is_letter(d.point);
      if (!part) break;
      at_ += d.size;
    }
    if (at_ == begin) return stray();
    token t = make(token_kind::identifier, begin);
    t.text = source_.substr(begin, at_ - begin);
    out_.push_back(std::move(t));
  }

  void backquoted() {
    const std::size_t begin = at_++;
    const auto good = [](char c) {
      return is_ascii_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '/' || c == ' ';
    };
    while (good(peek())) ++at_;
    if (peek() != '`' || at_ == begin + 1)
      return bad(begin, make_error(errc::syntax_error, "a name in backquotes is not closed",
                                   "反引号中的名称没有结束"));
    ++at_;
    token t = make(token_kind::backquoted, begin);
    t.text = source_.substr(begin + 1, at_ - begin - 2);
    out_.push_back(std::move(t));
  }

  void sign() {
    for (const std::string_view s : all_signs)
      if (source_.substr(at_).starts_with(s)) {
        const std::size_t begin = at_;
        at_ += s.size();
        token t = make(token_kind::sign, begin);
        t.text = s;
        out_.push_back(std::move(t));
        return;
      }
    stray();
  }

  /// A character that begins nothing.
  void stray() {
    const std::size_t begin = at_;
    const decoded d = decode(source_, at_);
    at_ += d.size;
    const std::string_view shown = source_.substr(begin, d.size);
    if (const auto ascii = ascii_for(d.point); !ascii.empty())
      return bad(begin, make_error(errc::syntax_error, "unexpected '{}': did you mean '{}'?",
                                   "此处不能有“{}”:是否应为半角的 {}", shown, ascii));
    if (shown == "=" || shown == "&" || shown == "|") {
      const std::string twice = std::string(shown) + std::string(shown);
      return bad(begin, make_error(errc::syntax_error, "unexpected '{}': did you mean '{}'?",
                                   "此处不能有“{}”:是否应为 {}", shown, twice));
    }
    if (d.point < 0x20 || d.point == 0x7F)
      return bad(begin, make_error(errc::syntax_error, "unexpected control character U+{:04X}",
                                   "此处有控制字符 U+{:04X}", static_cast<unsigned>(d.point)));
    bad(begin, make_error(errc::syntax_error, "unexpected '{}'", "此处不能有“{}”", shown));
  }

  void number() {
    const std::size_t begin = at_;
    if (peek() == '0' && (peek(1) == 'x' || peek(1) == 'X') && is_hex(peek(2))) {
      at_ += 2;
      while (is_hex(peek())) ++at_;
      return whole(begin, begin + 2, 16);
    }
    while (is_digit(peek())) ++at_;
    const std::size_t digits = at_;
    if (peek() == '.' && is_digit(peek(1)))
      for (++at_; is_digit(peek());) ++at_;
    if (peek() == 'e' || peek() == 'E') exponent();
    if (at_ == digits) return whole(begin, begin, 10);
    token t = make(token_kind::real, begin);
    const auto read = std::from_chars(source_.data() + begin, source_.data() + at_, t.number);
    const std::string_view written = source_.substr(begin, at_ - begin);
    // Too small for a double is zero; too large is no number.
    const bool tiny = written.find("e-") != std::string_view::npos ||
                      written.find("E-") != std::string_view::npos || written.starts_with("0.");
    if (read.ec == std::errc::result_out_of_range && !tiny)
      return bad(begin, make_error(errc::bad_value, "{} does not fit into a double",
                                   "{} 超出 double 的范围", source_.substr(begin, at_ - begin)));
    out_.push_back(std::move(t));
    no_letter_follows(begin);
  }

  void exponent() {
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if (!is_digit(peek(1 + sign))) return;
    at_ += 1 + sign;
    while (is_digit(peek())) ++at_;
  }

  void whole(std::size_t begin, std::size_t digits, int base) {
    const std::size_t end = at_;
    const bool is_unsigned = peek() == 'u' || peek() == 'U';
    if (is_unsigned) ++at_;
    token t = make(is_unsigned ? token_kind::uinteger : token_kind::integer, begin);
    const auto read =
        std::from_chars(source_.data() + digits, source_.data() + end, t.magnitude, base);
    // The one magnitude that only its minus sign makes an int is judged by the parser.
    constexpr std::uint64_t most = std::uint64_t{1} << 63;
    if (read.ec != std::errc{} || (!is_unsigned && t.magnitude > most))
      return bad(begin, make_error(errc::bad_value, "{} does not fit into 64 bits",
                                   "{} 超出 64 位整数的范围", source_.substr(begin, at_ - begin)));
    out_.push_back(std::move(t));
    no_letter_follows(begin);
  }

  void no_letter_follows(std::size_t begin) {
    if (!is_ascii_letter(peek()) && !is_digit(peek())) return;
    while (is_ascii_letter(peek()) || is_digit(peek())) ++at_;
    out_.pop_back();
    bad(begin, make_error(errc::syntax_error, "'{}' is no number", "“{}”不是数字",
                          source_.substr(begin, at_ - begin)));
  }

  void string() {
    const std::size_t begin = at_;
    string_literal s = read_string_literal(source_, at_);
    at_ = s.end;
    if (s.problem) return bad(s.problem_at, begin, std::move(*s.problem));
    token t = make(s.is_bytes ? token_kind::bytes : token_kind::string, begin);
    t.text = std::move(s.text);
    out_.push_back(std::move(t));
  }

  void bad(std::size_t begin, error e) { bad(begin, begin, std::move(e)); }
  void bad(std::size_t where, std::size_t begin, error e) {
    problems_.add(static_cast<std::uint32_t>(where), std::move(e));
    out_.push_back(make(token_kind::bad, begin));
  }

  std::string_view source_;
  report& problems_;
  std::size_t at_ = 0;
  std::vector<token> out_;
};

} // namespace

std::vector<token> lex(std::string_view source, report& problems) {
  return lexer(source, problems).run();
}

} // namespace banli::detail::cel
