// Markings as text: "环保审查+消防审查>汇合". The characters that have a meaning (+ > \) are
// written with a backslash inside names. A second arrow between the same two nodes is "a>join>2".
#include <algorithm>

#include <banli/base/nearest.hpp>

#include "flowchart/flow_tables.hpp"

namespace banli {
namespace {

using detail::flow_tables;
using detail::none;
using detail::place_index;

std::string escaped(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (c == '+' || c == '>' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

/// The how-manieth arrow between its two nodes an arrow is, from 1.
std::size_t ordinal(const flow_tables& t, std::uint32_t arrow) {
  std::size_t n = 1;
  for (const std::uint32_t a : t.in[t.to[arrow]])
    n += a < arrow && t.from[a] == t.from[arrow] ? 1U : 0U;
  return n;
}

std::string name_of(const flow_tables& t, place_index p) {
  const detail::place_info& info = t.places[p];
  const auto id = [&](std::size_t n) { return escaped(t.chart.nodes[n].id.text()); };
  if (info.arrow == none) return id(info.node);
  const std::size_t n = ordinal(t, info.arrow);
  return id(t.from[info.arrow]) + '>' + id(info.node) + (n > 1 ? fmt::format(">{}", n) : "");
}

/// Splits at an unescaped separator; the escapes stay.
std::vector<std::string> split(std::string_view s, char separator) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == separator) {
      parts.emplace_back();
      continue;
    }
    if (s[i] == '\\' && i + 1 < s.size()) parts.back() += s[i++];
    parts.back() += s[i];
  }
  return parts;
}

std::string unescaped(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\\' && i + 1 < s.size()) ++i;
    out += s[i];
  }
  return out;
}

error no_place(const flow_tables& t, const std::string& name) {
  std::vector<std::string> known;
  for (place_index p = 0; p < t.places.size(); ++p) known.push_back(name_of(t, p));
  return with_hint(
      make_error(errc::unknown_step, "no token can rest at '{}'", "流程不会停在“{}”", name),
      suggestion(name, known));
}

/// The place with a name, or none.
place_index place_named(const flow_tables& t, std::string_view name) {
  const std::vector<std::string> parts = split(name, '>');
  std::vector<std::uint32_t> nodes;
  for (std::size_t i = 0; i < std::min<std::size_t>(parts.size(), 2); ++i) {
    const auto found = t.by_id.find(unescaped(parts[i]));
    if (found == t.by_id.end()) return none;
    nodes.push_back(static_cast<std::uint32_t>(found->second));
  }
  if (nodes.size() == 1) return t.place_of_node[nodes[0]];
  if (parts.size() > 3) return none;
  for (const std::uint32_t a : t.in[nodes[1]]) {
    if (t.from[a] != nodes[0] || t.place_of_arrow[a] == none) continue;
    const std::size_t n = ordinal(t, a);
    if (parts.size() == 2 ? n == 1 : parts[2] == fmt::format("{}", n)) return t.place_of_arrow[a];
  }
  return none;
}

} // namespace

std::string flow_net::to_text(const marking& m) const {
  std::string out;
  for (const std::size_t p : m.places())
    if (p < t_->places.size())
      out += (out.empty() ? "" : "+") + name_of(*t_, static_cast<place_index>(p));
  return out;
}

result<marking> flow_net::parse_marking(std::string_view s) const {
  marking m;
  if (s.empty()) return m;
  for (const std::string& name : split(s, '+')) {
    const place_index p = place_named(*t_, name);
    if (p == none) return no_place(*t_, name);
    m.put(p);
  }
  return m;
}

} // namespace banli
