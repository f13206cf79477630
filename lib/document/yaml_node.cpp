// Walking the tree, and finding the place of a character of a scalar in the file.
#include "document/yaml_reader.hpp"

#include <algorithm>

namespace banli::detail {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

void skip_blanks(std::string_view s, std::size_t& at) {
  while (at < s.size() && is_blank(s[at])) ++at;
}

/// What an escape of a double-quoted scalar takes in the file, and makes in the text.
struct escape {
  std::size_t written = 2;
  std::size_t made = 1;
};

std::size_t utf8_size(unsigned long point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

escape read_escape(std::string_view s) {
  const char kind = s.size() > 1 ? s[1] : '\n';
  const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits == 0)
    return {2, kind == 'N' || kind == '_' ? 2U : kind == 'L' || kind == 'P' ? 3U : 1U};
  unsigned long point = 0;
  for (const char c : s.substr(2, digits))
    point = point * 16 + static_cast<unsigned long>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  return {2 + digits, utf8_size(point)};
}

/// Where a scalar's characters begin: after its quote, or on the line after its block indicator.
std::size_t body_start(std::string_view source, std::size_t at) {
  if (at >= source.size()) return source.size();
  if (source[at] == '"' || source[at] == '\'') return at + 1;
  if (source[at] == '|' || source[at] == '>') {
    const std::size_t line_end = source.find('\n', at);
    return line_end == std::string_view::npos ? source.size() : line_end + 1;
  }
  return at;
}

/// Walks text and file side by side until `wanted` of the text. Runs of blanks answer each other,
/// however YAML folded them; everything else stands in both, but for escapes.
std::size_t align(std::string_view source, std::size_t at, std::string_view text,
                  std::size_t wanted) {
  const char opening = at < source.size() ? source[at] : ' ';
  std::size_t from = body_start(source, at);
  std::size_t i = 0;
  while (i < wanted && i < text.size() && from < source.size()) {
    if (opening == '"' && source[from] == '\\') {
      const bool line_goes_on = from + 1 < source.size() && source[from + 1] == '\n';
      const escape e = read_escape(source.substr(from));
      if (i + e.made > wanted && !line_goes_on) break; // inside the character it makes
      from += e.written;
      if (line_goes_on)
        skip_blanks(source, from);
      else
        i += e.made;
    } else if (is_blank(text[i]) || is_blank(source[from])) {
      skip_blanks(source, from);
      skip_blanks(text, i);
    } else {
      from += opening == '\'' && source[from] == '\'' ? 2 : 1;
      ++i;
    }
  }
  if (opening == '"' && source.substr(from).starts_with("\\\n"))
    from += 2; // the line goes on below
  if (i < text.size() && !is_blank(text[i])) skip_blanks(source, from);
  return std::min(from, source.size());
}

} // namespace

yaml_kind yaml_node::kind() const { return tree_->records_[index_].kind; }
std::string_view yaml_node::text() const { return tree_->records_[index_].text; }
bool yaml_node::plain() const { return tree_->records_[index_].plain; }
std::string_view yaml_node::key() const { return tree_->records_[index_].key; }
std::size_t yaml_node::size() const { return tree_->records_[index_].size; }

yaml_node yaml_node::first() const {
  if (tree_ == nullptr) return {};
  const std::uint32_t i = tree_->records_[index_].first;
  return i == 0 ? yaml_node{} : yaml_node{tree_, i};
}

yaml_node yaml_node::next() const {
  if (tree_ == nullptr) return {};
  const std::uint32_t i = tree_->records_[index_].next;
  return i == 0 ? yaml_node{} : yaml_node{tree_, i};
}

yaml_node yaml_node::find(std::string_view wanted) const {
  if (!is(yaml_kind::map)) return {};
  yaml_node n = first();
  while (n && n.key() != wanted) n = n.next();
  return n;
}

yaml_node yaml_node::element(std::size_t index) const {
  if (!is(yaml_kind::list) || index >= size()) return {};
  yaml_node n = first();
  while (index-- > 0) n = n.next();
  return n;
}

place yaml_node::where() const {
  const yaml_tree::record& r = tree_->records_[index_];
  return is(yaml_kind::scalar) ? where(0) : tree_->source_.where(r.at);
}

place yaml_node::key_where() const { return tree_->source_.where(tree_->records_[index_].key_at); }

place yaml_node::where(std::size_t text_offset) const {
  const yaml_tree::record& r = tree_->records_[index_];
  const std::string_view source = tree_->source_.text();
  if (straight()) return tree_->source_.where(body_start(source, r.at) + text_offset);
  return tree_->source_.where(align(source, r.at, r.text, text_offset));
}

bool yaml_node::straight() const {
  const yaml_tree::record& r = tree_->records_[index_];
  if (r.kind != yaml_kind::scalar || r.text.find('\n') != std::string_view::npos) return false;
  const std::string_view source = tree_->source_.text();
  const std::size_t start = body_start(source, r.at);
  return source.substr(start, r.text.size()) == r.text && (start == r.at || source[r.at] != '|') &&
         (start == r.at || source[r.at] != '>');
}

int yaml_node::block_column() const {
  const yaml_tree::record& r = tree_->records_[index_];
  const std::string_view source = tree_->source_.text();
  if (r.kind != yaml_kind::scalar || r.at >= source.size() || source[r.at] != '|') return 0;
  if (r.text.empty() || is_blank(r.text.front()))
    return 0; // the first line does not show the column
  std::size_t from = body_start(source, r.at);
  const std::size_t line = from;
  while (from < source.size() && source[from] == ' ') ++from;
  return static_cast<int>(from - line) + 1;
}

} // namespace banli::detail
