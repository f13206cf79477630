#include "message_template.hpp"

#include <utility>

#include <banli/time/text.hpp>

namespace banli::detail {

namespace {

/// The place of an offset within the template; a template is one line of text, or the place is that
/// of its first.
compile_options shifted(const compile_options& how, std::string_view before) {
  compile_options out = how;
  out.base.line = out.base.line < 1 ? 1 : out.base.line;
  out.base.column = out.base.column < 1 ? 1 : out.base.column;
  for (const char c : before) {
    if (c == '\n') {
      ++out.base.line;
      out.base.column = how.continuation_column;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++out.base.column;
    }
  }
  return out;
}

/// The closing brace of an expression: the first that is in no string and closes no brace of its
/// own.
std::size_t closing_brace(std::string_view s, std::size_t at) {
  char quote = 0;
  int depth = 0;
  for (; at < s.size(); ++at) {
    const char c = s[at];
    if (quote != 0) {
      if (c == '\\')
        ++at;
      else if (c == quote)
        quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '{') {
      ++depth;
    } else if (c == '}' && depth-- == 0) {
      return at;
    }
  }
  return std::string_view::npos;
}

error lone_brace() {
  return make_error(errc::syntax_error, "a brace stands alone; as text it is written twice",
                    "花括号不成对;作为文字须连写两个");
}

std::string shown_text(const value& v) {
  if (const auto* s = v.as_string()) return *s;
  if (const auto t = v.as_timestamp()) return to_short_text(t->second);
  return to_text(v);
}

} // namespace

message_template message_template::read(std::string_view source, const environment& env,
                                        const compile_options& how, problems& found) {
  message_template out;
  piece current;
  for (std::size_t at = 0; at < source.size();) {
    const char c = source[at];
    if ((c != '{' && c != '}') || source.substr(at + 1, 1) == std::string_view(&c, 1)) {
      at += c == '{' || c == '}' ? 2 : 1;
      current.literal += c;
      continue;
    }
    const std::size_t end = c == '{' ? closing_brace(source, at + 1) : std::string_view::npos;
    const compile_options here = shifted(how, source.substr(0, at + (c == '{' ? 1 : 0)));
    if (end == std::string_view::npos) {
      found.push_back(banli::at(lone_brace(), here.base));
      return {};
    }
    compiled made = compile(source.substr(at + 1, end - at - 1), env, here);
    found.insert(found.end(), made.problems.begin(), made.problems.end());
    current.shown = std::move(made.program);
    out.pieces_.push_back(std::exchange(current, {}));
    at = end + 1;
  }
  if (!current.literal.empty()) out.pieces_.push_back(std::move(current));
  return out;
}

std::string message_template::fill(const activation& from, const evaluation_limits& limits) const {
  std::string out;
  for (const piece& p : pieces_) {
    out += p.literal;
    if (!p.shown) continue;
    const outcome o = p.shown->evaluate(from, limits);
    out += o.is == outcome::state::value ? shown_text(o.value) : "?";
  }
  return out;
}

} // namespace banli::detail
