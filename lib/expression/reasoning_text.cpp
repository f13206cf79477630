#include <banli/expression/reasoning_text.hpp>

#include <algorithm>

namespace banli {

namespace {

/// Text of one line: what was written over several is drawn together.
std::string one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

void write(const trace& t, std::size_t depth, std::string_view mark, std::string& out) {
  out.append(2 * depth, ' ');
  out += mark;
  out += one_line(t.source) + answer_text(t) + '\n';
  const std::size_t inner = depth + (mark.empty() ? 0 : 1);
  for (std::size_t k = 0; k < t.parts.size(); ++k) {
    if (is_literal(t.parts[k])) continue;
    const bool decides = std::ranges::find(t.decided_by, k) != t.decided_by.end();
    write(t.parts[k], inner, decides ? "* " : "- ", out);
  }
}

} // namespace

std::string answer_text(const trace& t) {
  switch (t.is) {
  case outcome::state::value: return " = " + to_text(t.value);
  case outcome::state::unknown: return " ?";
  default: return " !";
  }
}

bool is_literal(const trace& t) {
  if (!t.parts.empty() || !t.reads.empty() || t.is != outcome::state::value) return false;
  const char first = t.source.empty() ? '\0' : t.source.front();
  const bool word = t.source == "true" || t.source == "false" || t.source == "null";
  return word || (first >= '0' && first <= '9') || first == '"' || first == '\'' || first == '-' ||
         first == '.' || t.value.as_string() || t.value.as_bytes() || t.value.as_type_name();
}

std::string to_text(const trace& t) {
  std::string out;
  write(t, 0, "", out);
  return out;
}

} // namespace banli
