#include "interchange/bpmn_edits.hpp"

#include <algorithm>

#include "interchange/xml_writer.hpp"

namespace banli::detail {
namespace {

constexpr std::string_view blanks = " \t\r\n";

bool starts_at(std::string_view text, std::size_t at, std::string_view mark) {
  return text.substr(at, mark.size()) == mark;
}

std::size_t behind(std::string_view text, std::size_t at, std::string_view mark) {
  const std::size_t found = text.find(mark, at);
  return found == std::string_view::npos ? text.size() : found + mark.size();
}

} // namespace

xml_edits::xml_edits(std::string_view text) : text_(text) {
  std::vector<std::size_t> open;
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
    if (starts_at(text, at, "<!--")) {
      at = behind(text, at, "-->");
    } else if (starts_at(text, at, "<![CDATA[")) {
      at = behind(text, at, "]]>");
    } else if (starts_at(text, at, "<?")) {
      at = behind(text, at, "?>");
    } else if (starts_at(text, at, "<!")) {
      at = behind_doctype(text, at);
    } else if (starts_at(text, at, "</")) {
      const std::size_t close = at;
      at = behind_tag(text, at);
      if (open.empty()) continue;
      spans_[open.back()].close = close;
      spans_[open.back()].end = at;
      open.pop_back();
    } else {
      span s{at};
      at = behind_tag(text, at);
      s.inside = s.close = s.end = at;
      s.open = text[at - 2] != '/';
      if (s.open) open.push_back(spans_.size());
      spans_.push_back(s);
    }
  }
}

std::size_t xml_edits::behind_tag(std::string_view text, std::size_t at) {
  char quote = 0;
  for (++at; at < text.size(); ++at) {
    const char c = text[at];
    if (quote == 0 && c == '>') return at + 1;
    if (quote == 0 && (c == '"' || c == '\''))
      quote = c;
    else if (c == quote)
      quote = 0;
  }
  return text.size();
}

std::size_t xml_edits::behind_doctype(std::string_view text, std::size_t at) {
  char quote = 0;
  bool in_subset = false;
  for (++at; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (starts_at(text, at, "<!--")) {
      at = behind(text, at, "-->") - 1;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[' || c == ']') {
      in_subset = c == '[';
    } else if (c == '>' && !in_subset) {
      return at + 1;
    }
  }
  return text.size();
}

std::string_view xml_edits::name(std::uint32_t e) const {
  const std::size_t begin = spans_[e].begin + 1;
  return text_.substr(begin, text_.find_first_of(" \t\r\n/>", begin) - begin);
}

std::string_view xml_edits::prefix(std::uint32_t e) const {
  const std::string_view all = name(e);
  const std::size_t colon = all.find(':');
  return colon == std::string_view::npos ? std::string_view{} : all.substr(0, colon + 1);
}

xml_edits::attribute_span xml_edits::find_attribute(std::uint32_t e,
                                                    std::string_view attribute) const {
  std::size_t at = spans_[e].begin + 1 + name(e).size();
  while (at < spans_[e].inside) {
    const std::size_t before = at;
    at = text_.find_first_not_of(blanks, at);
    const std::size_t end = text_.find_first_of(" \t\r\n=/>", at);
    if (end == at || end >= spans_[e].inside) break;
    const bool found = text_.substr(at, end - at) == attribute;
    const std::size_t quote = text_.find_first_of("\"'", end);
    if (quote == std::string_view::npos) break;
    at = text_.find(text_[quote], quote + 1) + 1;
    if (found) return {before, at, true};
  }
  return {};
}

void xml_edits::set_attribute(std::uint32_t e, std::string_view attribute, std::string_view value) {
  const attribute_span old = find_attribute(e, attribute);
  const std::size_t at = old.found ? old.begin : spans_[e].begin + 1 + name(e).size();
  edit& made = edits_[at];
  made.erased = std::max(made.erased, old.end - old.begin);
  made.put += xml_writer::written_attribute(attribute, value);
}

void xml_edits::drop_attribute(std::uint32_t e, std::string_view attribute) {
  const attribute_span old = find_attribute(e, attribute);
  if (old.found) edits_[old.begin].erased = old.end - old.begin;
}

void xml_edits::drop(std::uint32_t e) {
  std::size_t begin = spans_[e].begin;
  // The line it stood on goes with it.
  const std::size_t before =
      begin == 0 ? std::string_view::npos : text_.find_last_not_of(" \t", begin - 1);
  if (before != std::string_view::npos && text_[before] == '\n') begin = before;
  std::size_t& end = dropped_[begin];
  end = std::max(end, spans_[e].end);
}

void xml_edits::put_last(std::uint32_t e, std::string_view fragment) {
  inside_[e].last += fragment;
}

void xml_edits::put_first(std::uint32_t e, std::string_view fragment) {
  inside_[e].first += fragment;
}

void xml_edits::put_behind(std::uint32_t e, std::string_view fragment) {
  edits_[spans_[e].end].put += fragment;
}

void xml_edits::set_words(std::uint32_t e, std::string_view words) {
  inside_[e] = {std::string{}, xml_writer::written_words(words), true};
}

void xml_edits::declare_utf8() {
  if (!starts_at(text_, 0, "<?xml")) return;
  const std::string_view head = text_.substr(0, text_.find("?>"));
  const std::size_t named = head.find("encoding");
  if (named == std::string_view::npos) return;
  const std::size_t quote = head.find_first_of("\"'", named);
  if (quote == std::string_view::npos) return;
  const std::size_t end = head.find(head[quote], quote + 1);
  if (end == std::string_view::npos) return;
  const std::string_view encoding = head.substr(quote + 1, end - quote - 1);
  if (encoding != "UTF-8" && encoding != "utf-8") edits_[quote + 1] = {encoding.size(), "UTF-8"};
}

void xml_edits::write_inside() {
  for (const auto& [e, added] : inside_) {
    const span& s = spans_[e];
    if (!s.open) {
      edit& made = edits_[s.inside - 2]; // of "/>"
      made.erased = 2;
      made.put += '>' + added.first + added.last + "</" + std::string{name(e)} + '>';
      continue;
    }
    if (added.replaces) edits_[s.inside].erased = s.close - s.inside;
    if (!added.first.empty()) edits_[s.inside].put += added.first;
    if (added.replaces) {
      edits_[s.inside].put += added.last;
      continue;
    }
    // Behind the last element, before the blanks that lead to the end tag.
    const std::size_t last = text_.find_last_not_of(blanks, s.close - 1) + 1;
    edits_[std::max(last, s.inside)].put += added.last;
  }
}

std::string xml_edits::take() && {
  write_inside();
  std::string out;
  std::size_t at = 0;
  auto gone = dropped_.begin();
  const auto copy_until = [&](std::size_t end) {
    while (at < end) {
      while (gone != dropped_.end() && gone->second <= at) ++gone;
      const bool stops = gone != dropped_.end() && gone->first < end;
      const std::size_t until = stops ? std::max(gone->first, at) : end;
      out += text_.substr(at, until - at);
      at = stops ? gone->second : end;
    }
  };
  for (const auto& [offset, made] : edits_) {
    copy_until(offset);
    if (at > offset) continue; // within what was taken away
    out += made.put;
    at = offset + made.erased;
  }
  copy_until(text_.size());
  return out;
}

} // namespace banli::detail
