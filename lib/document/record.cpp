#include "document/record.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

namespace banli::detail {
namespace {

text kind_words(yaml_kind k) {
  switch (k) {
  case yaml_kind::null: return {"nothing", "空值"};
  case yaml_kind::scalar: return {"text", "文字"};
  case yaml_kind::list: return {"a list", "列表"};
  case yaml_kind::map: return {"a map of keys", "键值表"};
  }
  return {};
}

/// A text for messages: its beginning, on one line.
std::string shown(std::string_view s) {
  constexpr std::size_t most = 80;
  std::string out{s.substr(0, most)};
  while (s.size() > most && !out.empty() &&
         (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U)
    out.pop_back();
  if (s.size() > most && !out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0U)
    out.pop_back();
  std::replace(out.begin(), out.end(), '\n', ' ');
  return s.size() > most ? out + "…" : out;
}

template <class Number>
std::optional<Number> parse_number(std::string_view s) {
  Number n{};
  const auto [end, failed] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (failed != std::errc{} || end != s.data() + s.size()) return std::nullopt;
  return n;
}

/// Whether a text looks like the number it would be read as: no leading zero, no inf, no nan.
bool looks_numeric(std::string_view s) {
  if (s.starts_with('-')) s.remove_prefix(1);
  if (s.empty() || s.front() < '0' || s.front() > '9') return false;
  return s.size() == 1 || s.front() != '0' || s[1] == '.' || s[1] == 'e' || s[1] == 'E';
}

} // namespace

value plain_value(yaml_node n) {
  const std::string_view s = n.text();
  if (!n.plain()) return value{s};
  if (s == "true") return value{true};
  if (s == "false") return value{false};
  if (!looks_numeric(s)) return value{s};
  if (const auto whole = parse_number<std::int64_t>(s)) return value{*whole};
  if (const auto real = parse_number<double>(s)) return value{*real};
  return value{s};
}

record::record(yaml_node node, reading& r, std::string path)
    : node_(node), r_(r), path_(std::move(path)) {}

void record::ask(std::string_view key) {
  asked_.push_back(key);
  if (r_.log) (*r_.log)[path_].keys.emplace(key);
}

std::string record::below(std::string_view key) const {
  return r_.log ? fmt::format("{}/properties/{}", path_, key) : std::string{};
}

void record::refuse(yaml_node n, error e) {
  ++r_.faults;
  e.where = n.where();
  r_.found.blame(e.where);
  r_.found.add(std::move(e));
}

void record::missing(std::string_view key) {
  ++r_.faults;
  r_.found.add(
      at(make_error(errc::missing_field, "'{}' is missing", "缺少“{}”", key), node_.where()));
}

void record::no_value(yaml_node n, std::string_view key) {
  ++r_.faults;
  const place where = key.empty() ? n.where() : n.key_where();
  r_.found.blame(where);
  r_.found.blame(n.where());
  const std::string_view what = key.empty() ? std::string_view{"-"} : key;
  r_.found.add(
      at(make_error(errc::missing_field, "'{}' has no value: write one, or leave the line out",
                    "“{}”没有值:请填写,或删去这一行", what),
         where));
}

bool record::expect(yaml_node n, yaml_kind kind) {
  if (n.kind() == kind) return true;
  const text wanted = kind_words(kind);
  const text given = kind_words(n.kind());
  const std::string key = n.key().empty() ? "-" : shown(n.key());
  refuse(n, {errc::wrong_type,
             {fmt::format("'{}' should be {}, and is {}", key, wanted.en, given.en),
              fmt::format("“{}”应为{},实为{}", key, wanted.zh, given.zh)},
             {}});
  return false;
}

void record::finish() {
  for (yaml_node n = node_.first(); n; n = n.next()) {
    if (std::find(asked_.begin(), asked_.end(), n.key()) != asked_.end()) continue;
    if (r_.found.full()) return r_.found.cut();
    const std::string key = shown(n.key());
    r_.found.add(
        at(with_hint(make_error(errc::unknown_field, "unknown field '{}'", "未知字段“{}”", key),
                     suggestion(key, asked_)),
           n.key_where()));
  }
}

void record::unknown_word(yaml_node n, const std::vector<std::string_view>& known) {
  std::string list;
  for (const std::string_view w : known) list += (list.empty() ? "" : ", ") + std::string{w};
  const std::string given = shown(n.text());
  refuse(n, with_hint(make_error(errc::unknown_value, "'{}' is not one of {}",
                                 "“{}”不是以下各项之一:{}", given, list),
                      suggestion(given, known)));
}

void record::read(yaml_node n, std::string& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  into = n.text();
}

void record::read(yaml_node n, int& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  if (const auto whole = parse_number<int>(n.text()))
    into = *whole;
  else
    refuse(n,
           make_error(errc::bad_value, "'{}' is no whole number", "“{}”不是整数", shown(n.text())));
}

void record::read(yaml_node n, bool& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  const std::string_view s = n.text();
  if (s == "true" || s == "是")
    into = true;
  else if (s == "false" || s == "否")
    into = false;
  else
    refuse(n, make_error(errc::bad_value, "'{}' is neither true nor false",
                         "“{}”应为 true(是)或 false(否)", shown(s)));
}

void record::read(yaml_node n, double& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  const auto number = parse_number<double>(n.text());
  if (number && std::isfinite(*number))
    into = *number;
  else
    refuse(n, make_error(errc::bad_value, "'{}' is no number", "“{}”不是数", shown(n.text())));
}

void record::read(yaml_node n, decimal& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  if (const auto number = parse_decimal(n.text()))
    into = *number;
  else
    refuse(n, make_error(errc::bad_value, "'{}' is no decimal number", "“{}”不是十进制数",
                         shown(n.text())));
}

/// A document that is only a name is written as text.
void record::read(yaml_node n, item_document& into, const std::string& path) {
  if (n.is(yaml_kind::scalar)) {
    into.name = n.text();
    if (!r_.log) return;
  } else if (!expect(n, yaml_kind::map)) {
    return;
  }
  record parts{n, r_, r_.log ? path + "/anyOf/1" : std::string{}};
  describe(parts, into);
  parts.finish();
}

void record::read(yaml_node n, time_limit& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_time_limit(n.text());
  if (read)
    into = *read;
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, day& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_day(n.text());
  if (read)
    into = *read;
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, day_span& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_day_span(n.text());
  if (read)
    into = *read;
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, instant& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_instant(n.text());
  if (read)
    into = *read;
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, std::chrono::month_day& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_month_day(n.text());
  if (read)
    into = *read;
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, sessions& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_sessions(n.text());
  if (read)
    into = *std::move(read);
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, duty& into, const std::string&) {
  if (!expect(n, yaml_kind::scalar)) return;
  auto read = parse_duty(n.text());
  if (read)
    into = *std::move(read);
  else
    refuse(n, std::move(read.error()));
}

void record::read(yaml_node n, text& into, const std::string& path) {
  if (n.is(yaml_kind::scalar)) {
    into.en = into.zh = n.text();
    if (!r_.log) return;
  } else if (!expect(n, yaml_kind::map)) {
    return;
  }
  record languages{n, r_, r_.log ? path + "/anyOf/1" : std::string{}};
  languages.optional("en", into.en);
  languages.optional("zh", into.zh);
  languages.finish();
}

void record::read(yaml_node n, table_cell& into, const std::string& path) {
  read(n, into.source, path);
}

void record::read(yaml_node n, rule_expression& into, const std::string& path) {
  read(n, into.source, path);
}

void record::read(yaml_node n, value& into, const std::string&) {
  if (!n.is(yaml_kind::list)) {
    if (expect(n, yaml_kind::scalar)) into = plain_value(n);
    return;
  }
  value::elements all;
  for (yaml_node e = n.first(); e; e = e.next())
    if (expect(e, yaml_kind::scalar)) all.push_back(plain_value(e));
  into = value::list(std::move(all));
}

void record::read(yaml_node n, std::map<std::string, std::string>& into, const std::string& path) {
  if (!expect(n, yaml_kind::map)) return;
  for (yaml_node e = n.first(); e; e = e.next()) {
    if (e.is(yaml_kind::null))
      no_value(e, e.key());
    else
      read(e, into[std::string(e.key())], path);
  }
}

void record::read(yaml_node n, std::vector<rule_binding>& into, const std::string& path) {
  if (!expect(n, yaml_kind::map)) return;
  for (yaml_node e = n.first(); e; e = e.next()) {
    rule_binding& b = into.emplace_back(rule_binding{std::string(e.key()), {}});
    if (e.is(yaml_kind::null))
      no_value(e, e.key());
    else
      read(e, b.value, path);
  }
}

} // namespace banli::detail
