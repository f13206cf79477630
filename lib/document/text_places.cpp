#include "document/text_places.hpp"

#include <charconv>

namespace banli::detail {
namespace {

constexpr char stand_in_mark = '\x01'; // no file of a configuration has it in its name

std::size_t number(std::string_view s) {
  std::size_t n = 0;
  const auto [end, failed] = std::from_chars(s.data(), s.data() + s.size(), n);
  return failed == std::errc{} && end == s.data() + s.size() ? n : static_cast<std::size_t>(-1);
}

/// The offset of a line and column of a text; its end if they lie beyond.
std::size_t offset_of(std::string_view s, int line, int column) {
  std::size_t at = 0;
  for (; line > 1; --line) {
    const std::size_t end = s.find('\n', at);
    if (end == std::string_view::npos) return s.size();
    at = end + 1;
  }
  for (; column > 1 && at < s.size(); --column) {
    ++at;
    while (at < s.size() && (static_cast<unsigned char>(s[at]) & 0xC0U) == 0x80U) ++at;
  }
  return at;
}

/// The node a path leads to, or the last on the way that is there.
yaml_node follow(yaml_node from, std::string_view path, std::string_view kind_key) {
  while (path.starts_with('/')) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    yaml_node next = from.is(yaml_kind::list) ? from.element(number(segment))
                     : segment == "kind"      ? from.find(kind_key)
                                              : from.find(segment);
    if (!next) break;
    from = next;
  }
  return from;
}

} // namespace

locator text_places::below(yaml_node root, std::string_view kind_key) {
  return [this, root, key = std::string(kind_key)](std::string_view path) {
    const yaml_node n = follow(root, path, key);
    return n.is(yaml_kind::scalar) && !n.straight() ? stand_in(n) : n.where();
  };
}

place text_places::stand_in(yaml_node of) {
  nodes_.push_back(of);
  return {stand_in_mark + std::to_string(nodes_.size() - 1), 1, 1};
}

place text_places::settled(const place& p) const {
  if (!p.file.starts_with(stand_in_mark)) return p;
  const yaml_node n = nodes_[number(std::string_view{p.file}.substr(1))];
  return n.is(yaml_kind::scalar) ? n.where(offset_of(n.text(), p.line, p.column)) : n.where();
}

void text_places::settle(problems& all) const {
  for (error& e : all) e.where = settled(e.where);
}

} // namespace banli::detail
