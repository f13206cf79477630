// The short way through YAML: what nearly every configuration is made of, read in one pass.
//
// Block maps and lists, scalars on one line (plain, or quoted without escapes), literal blocks, and
// flow maps and lists on one line. Whatever else comes, right or wrong, is left to yaml-cpp: it
// reads the whole text again and says what is wrong with it. So this reader only has to be sure of
// what it takes; a test holds its trees against those of yaml-cpp, record by record.
#include <algorithm>
#include <cstring>
#include <optional>

#include "document/yaml_reader.hpp"

namespace banli::detail {

class simple_yaml {
 public:
  simple_yaml(yaml_tree& tree, const document_limits& limits)
      : tree_(tree), limits_(limits), s_(tree.source_.text()) {}

  /// True if the whole text could be read; the tree is empty otherwise.
  bool read() {
    tree_.records_.reserve(s_.size() / 24 + 8);
    next_line(0);
    container root;
    if (!done_ && column_ == 0 && !is_dash(at_) && block(root, 0, 0) && done_) return true;
    tree_.records_.clear();
    tree_.made_.clear();
    return false;
  }

 private:
  using record = yaml_tree::record;

  /// The map or list whose next child comes, and that child's key.
  struct container {
    std::uint32_t index = none;
    std::uint32_t last = 0;
    std::string_view key{};
    std::size_t key_at = 0;
  };
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  static constexpr std::size_t most_keys = 64; // keys of a map are compared with each other

  char char_at(std::size_t i) const { return i < s_.size() ? s_[i] : '\n'; }
  std::size_t line_end(std::size_t from) const {
    if (from >= s_.size()) return s_.size();
    const void* found = std::memchr(s_.data() + from, '\n', s_.size() - from);
    return found == nullptr ? s_.size()
                            : static_cast<std::size_t>(static_cast<const char*>(found) - s_.data());
  }

  /// Goes to the next line with something on it, from the start of a line.
  void next_line(std::size_t from) {
    while (from < s_.size()) {
      std::size_t i = from;
      while (char_at(i) == ' ') ++i;
      if (char_at(i) != '\n' && char_at(i) != '#') {
        at_ = i;
        column_ = i - from;
        return;
      }
      from = line_end(i) + 1;
    }
    done_ = true;
    column_ = 0;
  }

  bool is_dash(std::size_t at) const { return char_at(at) == '-' && char_at(at + 1) == ' '; }

  static bool is_key_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80U) != 0;
  }

  static bool is_null_word(std::string_view s) {
    return s == "null" || s == "~" || s == "Null" || s == "NULL";
  }

  /// The key that starts here, if it is a plain one with a colon and a blank after it.
  std::optional<std::string_view> key_at(std::size_t at) const {
    constexpr std::size_t longest = 200;
    std::size_t i = at;
    while (i < s_.size() && i - at < longest && (is_key_char(s_[i]) || (i > at && s_[i] == '-')))
      ++i;
    const std::string_view key = s_.substr(at, i - at);
    if (key.empty() || char_at(i) != ':' || is_null_word(key)) return std::nullopt;
    if (char_at(i + 1) != ' ' && char_at(i + 1) != '\n') return std::nullopt;
    return key;
  }

  /// Adds a node below its parent; nothing if there are too many.
  std::optional<std::uint32_t> add(container& parent, yaml_kind kind, std::size_t at) {
    if (tree_.records_.size() >= limits_.nodes) return std::nullopt;
    const auto index = static_cast<std::uint32_t>(tree_.records_.size());
    record& r = tree_.records_.emplace_back();
    r.kind = kind;
    r.at = static_cast<std::uint32_t>(at);
    if (parent.index == none) return index;
    r.key = parent.key;
    r.key_at = static_cast<std::uint32_t>(parent.key.data() == nullptr ? at : parent.key_at);
    record& p = tree_.records_[parent.index];
    (parent.last == 0 ? p.first : tree_.records_[parent.last].next) = index;
    parent.last = index;
    ++p.size;
    return index;
  }

  bool add_scalar(container& parent, std::size_t at, std::string_view text, bool is_plain) {
    const auto index = add(parent, yaml_kind::scalar, at);
    if (!index) return false;
    tree_.records_[*index].text = text;
    tree_.records_[*index].plain = is_plain;
    return true;
  }

  /// Takes a key for the next child; false if the map has it already.
  bool take_key(container& map, std::string_view key, std::size_t at) {
    const record& r = tree_.records_[map.index];
    if (r.size >= most_keys) return false;
    for (std::uint32_t i = r.first; i != 0; i = tree_.records_[i].next)
      if (tree_.records_[i].key == key) return false;
    map.key = key;
    map.key_at = at;
    return true;
  }

  /// Whether only blanks and a comment follow on the line; then the next line is read. What follows
  /// must not be indented deeper than the container in which the value stands.
  bool line_is_over(std::size_t at, std::size_t column) {
    const std::size_t from = at;
    while (char_at(at) == ' ') ++at;
    if (char_at(at) != '\n' && !(char_at(at) == '#' && at > from)) return false;
    next_line(line_end(at) + 1);
    return done_ || column_ <= column;
  }

  /// The map or list that starts at the current place and has its entries in this column.
  bool block(container& parent, std::size_t column, std::size_t depth) {
    if (depth >= limits_.depth) return false;
    const bool list = is_dash(at_);
    const auto index = add(parent, list ? yaml_kind::list : yaml_kind::map, at_);
    if (!index) return false;
    container here;
    here.index = *index;
    while (!done_ && column_ == column && is_dash(at_) == list) {
      if (!(list ? element(here, column, depth) : entry(here, column, depth))) return false;
    }
    return done_ || column_ < column || (list && column_ == column);
  }

  bool entry(container& map, std::size_t column, std::size_t depth) {
    const auto key = key_at(at_);
    if (!key || !take_key(map, *key, at_)) return false;
    std::size_t at = at_ + key->size() + 1;
    while (char_at(at) == ' ') ++at;
    if (char_at(at) != '\n' && char_at(at) != '#') return value(map, at, column, depth);
    next_line(line_end(at) + 1);
    if (done_ || column_ < column) return false; // no value
    if (column_ == column && !is_dash(at_)) return false;
    return block(map, column_, depth + 1);
  }

  bool element(container& list, std::size_t column, std::size_t depth) {
    std::size_t at = at_ + 2;
    while (char_at(at) == ' ') ++at;
    if (!key_at(at)) return value(list, at, column, depth);
    column_ = column + (at - at_);
    at_ = at;
    return block(list, column_, depth + 1);
  }

  /// A value that starts on this line, in a container of a column.
  bool value(container& parent, std::size_t at, std::size_t column, std::size_t depth) {
    switch (char_at(at)) {
    case '"':
    case '\'': {
      const auto end = quoted(parent, at);
      return end && line_is_over(*end, column);
    }
    case '|': return literal(parent, at, column);
    case '[':
    case '{': {
      const auto end = flow(parent, at, depth + 1);
      return end && line_is_over(*end, column);
    }
    default: return plain(parent, at, column);
    }
  }

  static bool starts_plain(char c, char next) {
    if (c == '-') return next != ' ' && next != '\n' && next != '-';
    return std::string_view{"?:,[]{}#&*!|>'\"%@` \n\t"}.find(c) == std::string_view::npos;
  }

  bool plain(container& parent, std::size_t at, std::size_t column) {
    if (!starts_plain(char_at(at), char_at(at + 1))) return false;
    const std::size_t over = line_end(at);
    std::size_t end = over;
    for (std::size_t i = at; i < over; ++i) {
      if (s_[i] == '\t') return false;
      if (s_[i] == ':' && (i + 1 == over || s_[i + 1] == ' ')) return false;
      if (s_[i] == '#' && s_[i - 1] == ' ') {
        end = i;
        break;
      }
    }
    while (end > at && s_[end - 1] == ' ') --end;
    const std::string_view text = s_.substr(at, end - at);
    if (is_null_word(text) || !add_scalar(parent, at, text, true)) return false;
    return line_is_over(end, column);
  }

  /// A quoted scalar without escapes; the offset after it.
  std::optional<std::size_t> quoted(container& parent, std::size_t at) {
    for (std::size_t i = at + 1; char_at(i) != '\n'; ++i) {
      if (s_[i] == '\\' && s_[at] == '"') return std::nullopt;
      if (s_[i] != s_[at]) continue;
      if (char_at(i + 1) == s_[at]) return std::nullopt;
      if (!add_scalar(parent, at, s_.substr(at + 1, i - at - 1), false)) return std::nullopt;
      return i + 1;
    }
    return std::nullopt;
  }

  /// A literal block: "|" or "|-", and lines of one indentation or deeper.
  bool literal(container& parent, std::size_t at, std::size_t column) {
    const bool strip = char_at(at + 1) == '-';
    std::size_t from = at + (strip ? 2 : 1);
    if (char_at(from) != '\n' || from >= s_.size()) return false;
    ++from;
    std::string text;
    std::size_t indent = 0;
    std::size_t blank_lines = 0;
    while (from < s_.size()) {
      std::size_t i = from;
      while (char_at(i) == ' ' && (indent == 0 || i - from < indent)) ++i;
      const std::size_t over = line_end(i);
      if (i == over) {
        if (i > from || text.empty()) return false; // blanks that may or may not belong to it
        ++blank_lines;
        from = over + 1;
        continue;
      }
      if (indent == 0) indent = i - from;
      if (indent <= column) return false;
      if (i - from < indent) break;
      if (s_[i] == '\t' || s_[over - 1] == ' ') return false;
      if (!text.empty()) text.append(blank_lines + 1, '\n');
      blank_lines = 0;
      text += s_.substr(i, over - i);
      from = over + 1;
    }
    if (text.empty()) return false;
    const bool file_ends_in_it = from > s_.size(); // no line break ends the last line
    if (!strip && !file_ends_in_it) text += '\n';
    if (!strip && file_ends_in_it) return false;
    if (!add_scalar(parent, at, tree_.made_.emplace_back(std::move(text)), false)) return false;
    next_line(from);
    return done_ || column_ <= column;
  }

  /// A flow map or list on one line; the offset after it.
  std::optional<std::size_t> flow(container& parent, std::size_t at, std::size_t depth) {
    if (depth >= limits_.depth) return std::nullopt;
    const bool list = s_[at] == '[';
    const char closing = list ? ']' : '}';
    const auto index = add(parent, list ? yaml_kind::list : yaml_kind::map, at);
    if (!index) return std::nullopt;
    container here;
    here.index = *index;
    ++at;
    while (char_at(at) == ' ') ++at;
    if (char_at(at) == closing) return at + 1;
    while (true) {
      const auto end = list ? flow_value(here, at, depth) : flow_entry(here, at, depth);
      if (!end) return std::nullopt;
      at = *end;
      while (char_at(at) == ' ') ++at;
      if (char_at(at) == closing) return at + 1;
      if (char_at(at) != ',' || char_at(at + 1) != ' ') return std::nullopt;
      ++at;
      while (char_at(at) == ' ') ++at;
    }
  }

  std::optional<std::size_t> flow_entry(container& map, std::size_t at, std::size_t depth) {
    const auto key = key_at(at);
    if (!key || !take_key(map, *key, at)) return std::nullopt;
    at += key->size() + 1;
    while (char_at(at) == ' ') ++at;
    return flow_value(map, at, depth);
  }

  std::optional<std::size_t> flow_value(container& parent, std::size_t at, std::size_t depth) {
    const char c = char_at(at);
    if (c == '"' || c == '\'') return quoted(parent, at);
    if (c == '[' || c == '{') return flow(parent, at, depth + 1);
    if (!starts_plain(c, char_at(at + 1))) return std::nullopt;
    std::size_t end = at;
    while (std::string_view{",[]{}:#\"'\n\t"}.find(char_at(end)) == std::string_view::npos) ++end;
    if (const char stop = char_at(end); stop != ',' && stop != ']' && stop != '}')
      return std::nullopt;
    std::size_t over = end;
    while (over > at && s_[over - 1] == ' ') --over;
    const std::string_view text = s_.substr(at, over - at);
    if (is_null_word(text) || !add_scalar(parent, at, text, true)) return std::nullopt;
    return end;
  }

  yaml_tree& tree_;
  const document_limits& limits_;
  std::string_view s_;
  std::size_t at_ = 0;     // the first character of the current line, or of what is left of it
  std::size_t column_ = 0; // where that stands, from 0
  bool done_ = false;
};

bool read_simple_yaml(yaml_tree& tree, const document_limits& limits) {
  return simple_yaml{tree, limits}.read();
}

} // namespace banli::detail
