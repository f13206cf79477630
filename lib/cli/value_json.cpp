#include "value_json.hpp"

#include <algorithm>
#include <cmath>

#include <banli/base/utf8.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

/// timestamp("…") without what stands around the text.
json::string unquoted(const value& v) {
  const std::string text = to_text(v);
  const std::size_t from = text.find('"') + 1;
  return json::string{text.substr(from, text.rfind('"') - from)};
}

place place_in(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::string_view of_line = before.substr(before.rfind('\n') + 1); // npos + 1 is 0
  return {file, static_cast<int>(line), static_cast<int>(detail::characters(of_line).size()) + 1};
}

} // namespace

json::value value_json(const value& v) {
  switch (v.kind()) {
  case type_kind::null: return nullptr;
  case type_kind::boolean: return *v.as_bool();
  case type_kind::integer: return *v.as_int();
  case type_kind::uinteger: return *v.as_uint();
  case type_kind::string: return json::string{*v.as_string()};
  case type_kind::real:
    if (!std::isfinite(*v.as_double())) return unquoted(v);
    return *v.as_double();
  case type_kind::timestamp:
  case type_kind::duration:
  case type_kind::date:
  case type_kind::decimal:
  case type_kind::time_limit:
  case type_kind::address:
  case type_kind::network: return unquoted(v);
  case type_kind::list: {
    json::array all;
    for (const value& e : *v.as_list()) all.push_back(value_json(e));
    return all;
  }
  case type_kind::map: {
    json::object all;
    for (const auto& [key, mapped] : *v.as_map())
      all[key.as_string() ? *key.as_string() : to_text(key)] = value_json(mapped);
    return all;
  }
  default: return json::string{to_text(v)};
  }
}

value value_of(const json::value& v) {
  switch (v.kind()) {
  case json::kind::bool_: return v.as_bool();
  case json::kind::int64: return v.as_int64();
  case json::kind::uint64: return v.as_uint64();
  case json::kind::double_: return v.as_double();
  case json::kind::string: return std::string_view{v.as_string()};
  case json::kind::array: {
    value::elements all;
    for (const json::value& e : v.as_array()) all.push_back(value_of(e));
    return value::list(std::move(all));
  }
  case json::kind::object: {
    value::entries all;
    for (const auto& [key, of] : v.as_object())
      all.emplace_back(std::string_view{key}, value_of(of));
    return value::map(std::move(all));
  }
  default: return {};
  }
}

result<json::value> read_json(std::string_view text, const std::string& file) {
  json::stream_parser parser;
  json::error_code bad;
  const std::size_t read = parser.write_some(text.data(), text.size(), bad);
  if (!bad) parser.finish(bad);
  const std::size_t left = std::min(text.find_first_not_of(" \t\r\n", read), text.size());
  if (!bad && left == text.size()) return parser.release();
  return at(make_error(errc::syntax_error, "this is no JSON", "不是 JSON"),
            place_in(text, bad ? read : left, file));
}

json::value json_day(const std::optional<day>& d) {
  return d ? json::value(to_text(*d)) : json::value(nullptr);
}

json::array nearest_json(const reasoning& r) {
  json::array all;
  for (const condition_turn& t : r.nearest)
    all.push_back(
        json::object{{"condition", t.condition}, {"needs", t.needs}, {"becomes", t.becomes}});
  return all;
}

json::object says_json(const reasoning& r) {
  const text said = describe(r);
  return {{"en", said.en}, {"zh", said.zh}};
}

} // namespace banli
