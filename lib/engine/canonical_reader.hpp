// Reading JSON of which every byte is known beforehand but for the values: members in a fixed
// order, no blanks, one way to write each text.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace banli::detail {

/// Reads in the order of the writer: a member is asked for by its name, and passed over where it is
/// not next. What cannot be read makes everything after it fail. What could be read need not be
/// canonical (a text with an escape that nobody needs): whoever must know writes it again and
/// compares.
class canonical_reader {
 public:
  explicit canonical_reader(std::string_view text) : rest_(text) {}

  void open(char bracket) {
    expect(bracket);
    follows_ = false;
  }

  void close(char bracket) {
    expect(bracket);
    follows_ = true;
  }

  /// Whether the next is a member of this name; then its value is next.
  bool member(std::string_view name) {
    const std::size_t quote = follows_ ? 1 : 0, begin = quote + 1, end = begin + name.size();
    if (rest_.size() < end + 2 || (follows_ && rest_[0] != ',') || rest_[quote] != '"' ||
        rest_[end] != '"' || rest_[end + 1] != ':' || rest_.substr(begin, name.size()) != name)
      return false;
    rest_.remove_prefix(end + 2);
    follows_ = false;
    return true;
  }

  /// Whether an array has one more element, which is next; if not, the array is left.
  bool element() {
    if (rest_.starts_with(']')) {
      close(']');
      return false;
    }
    if (follows_) expect(',');
    return good_;
  }

  /// A text, which lives until the next is read.
  std::string_view text() {
    expect('"');
    follows_ = true;
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos) return failed();
    const std::string_view plain = rest_.substr(0, end);
    if (plain.find('\\') != std::string_view::npos) return escaped();
    rest_.remove_prefix(end + 1);
    return plain;
  }

  std::int64_t number() {
    std::int64_t n = 0;
    const auto [end, code] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), n);
    if (code != std::errc{}) {
      fail();
      return 0;
    }
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    follows_ = true;
    return n;
  }

  /// The same, as another integer or as what a parse function makes of a text.
  template <class T>
  void number(T& into) {
    const std::int64_t n = number();
    if (std::in_range<T>(n))
      into = static_cast<T>(n);
    else
      fail();
  }

  template <class T, class Parse>
  void parsed(T& into, Parse parse) {
    if (auto value = parse(text()))
      into = *value;
    else
      fail();
  }

  /// Nothing more is read after this.
  void fail() {
    good_ = false;
    rest_ = {};
  }

  bool finished() const { return good_ && rest_.empty(); }

 private:
  void expect(char c) {
    if (rest_.starts_with(c))
      rest_.remove_prefix(1);
    else
      fail();
  }

  std::string_view failed() {
    fail();
    return {};
  }

  /// What an escape stands for, after its backslash; nothing is passed where there is none.
  char escape() {
    constexpr std::string_view marks = R"("\bfnrt)", meant = "\"\\\b\f\n\r\t";
    const std::size_t which = rest_.empty() ? marks.npos : marks.find(rest_.front());
    if (which != marks.npos) {
      rest_.remove_prefix(1);
      return meant[which];
    }
    unsigned char byte = 0;
    const std::string_view digits = rest_.substr(0, 5);
    if (!digits.starts_with("u00") || digits.size() < 5 ||
        std::from_chars(digits.data() + 3, digits.data() + 5, byte, 16).ptr != digits.data() + 5)
      return failed(), '\0';
    rest_.remove_prefix(5);
    return static_cast<char>(byte);
  }

  std::string_view escaped() {
    scratch_.clear();
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return scratch_;
      scratch_ += c == '\\' ? escape() : c;
    }
    return failed();
  }

  std::string_view rest_;
  std::string scratch_;  ///< of a text with escapes
  bool follows_ = false; ///< a comma comes before what is next
  bool good_ = true;
};

} // namespace banli::detail
