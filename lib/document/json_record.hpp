// json_record.hpp — described structs as JSON objects, in both directions.
//
// json_writer puts down every member that says something, in the order of its description;
// json_record reads one object and reports every member that does not fit, and every key that is
// not described. What they write and read of a type is the same text as in YAML documents.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <banli/base/nearest.hpp>
#include <banli/base/result.hpp>
#include <banli/time/text.hpp>

#include "document/bundle_parts.hpp"

namespace banli::detail {

class json_writer {
 public:
  explicit json_writer(boost::json::object& into) : into_(into) {}

  template <class T>
  void required(std::string_view key, T& x) {
    into_.emplace(key, write(x));
  }
  template <class T>
  void always(std::string_view key, T& x) {
    required(key, x);
  }
  template <class T>
  void optional(std::string_view key, T& x) {
    if (!says_nothing(x)) into_.emplace(key, write(x));
  }

 private:
  static bool says_nothing(const std::string& s) { return s.empty(); }
  template <class Tag>
  static bool says_nothing(const strong_id<Tag>& id) {
    return id.empty();
  }
  template <class T>
  static bool says_nothing(const std::optional<T>& x) {
    return !x;
  }
  template <class T>
  static bool says_nothing(const std::vector<T>& x) {
    return x.empty();
  }
  template <class T>
  static bool says_nothing(const T&) {
    return false;
  }

  static boost::json::value write(const std::string& s) { return boost::json::value(s); }
  static boost::json::value write(bool b) { return b; }
  static boost::json::value write(int n) { return n; }
  static boost::json::value write(std::uint64_t n) { return n; }
  static boost::json::value write(double n) { return n; }
  static boost::json::value write(entry_number n) { return static_cast<std::uint32_t>(n); }
  static boost::json::value write(day d) { return boost::json::value(to_text(d)); }
  static boost::json::value write(instant t) { return boost::json::value(to_text(t)); }
  static boost::json::value write(const time_limit& l) { return boost::json::value(to_text(l)); }
  static boost::json::value write(const duty& d) { return boost::json::value(to_text(d)); }
  template <class Tag>
  static boost::json::value write(const strong_id<Tag>& id) {
    return boost::json::value(id.text());
  }
  template <class E>
    requires std::is_enum_v<E>
  static boost::json::value write(E e) {
    for (const word<E>& w : words(choice_of<E>{}))
      if (w.value == e) return boost::json::value(w.name);
    return nullptr;
  }
  template <class T>
  static boost::json::value write(std::optional<T>& x) {
    return write(*x);
  }
  template <class T>
  static boost::json::value write(std::vector<T>& all) {
    boost::json::array out;
    out.reserve(all.size());
    for (T& x : all) out.push_back(write(x));
    return out;
  }
  template <class T>
    requires requires(json_writer& w, T& x) { describe(w, x); }
  static boost::json::value write(T& x) {
    boost::json::object out;
    json_writer inner{out};
    describe(inner, x);
    return out;
  }

  boost::json::object& into_;
};

class json_record {
 public:
  json_record(const boost::json::object& from, problems& found, place where)
      : from_(from), found_(found), where_(std::move(where)) {}

  template <class T>
  void required(std::string_view key, T& x) {
    asked_.push_back(key);
    if (const boost::json::value* v = from_.if_contains(key))
      read(*v, x, key);
    else
      add(make_error(errc::missing_field, "'{}' is missing", "缺少“{}”", key));
  }
  template <class T>
  void optional(std::string_view key, T& x) {
    asked_.push_back(key);
    if (const boost::json::value* v = from_.if_contains(key)) read(*v, x, key);
  }
  template <class T>
  void always(std::string_view key, T& x) {
    optional(key, x);
  }
  /// Lets a key pass that somebody else reads.
  void ask(std::string_view key) { asked_.push_back(key); }
  /// Reports the keys nobody asked for.
  void finish() {
    for (const auto& member : from_) {
      const std::string_view key{member.key().data(), member.key().size()};
      if (std::find(asked_.begin(), asked_.end(), key) == asked_.end())
        add(with_hint(make_error(errc::unknown_field, "'{}' is unknown", "不认识“{}”", key),
                      suggestion(key, asked_)));
    }
  }

 private:
  using value_t = boost::json::value;

  void add(error e) { found_.push_back(at(std::move(e), where_)); }
  void wrong(std::string_view key, const char* en, const char* zh) {
    add(make_error(errc::wrong_type, "'{0}' should be {1}", "“{0}”应为{2}", key, en, zh));
  }

  const boost::json::string* text_of(const value_t& v, std::string_view key) {
    if (!v.is_string()) wrong(key, "text", "文字");
    return v.if_string();
  }
  /// Reads text by a parser whose errors are already right.
  template <class T, class Parse>
  void parsed(const value_t& v, T& x, std::string_view key, Parse&& parse) {
    const auto* s = text_of(v, key);
    if (s == nullptr) return;
    auto value = parse(std::string_view{s->data(), s->size()});
    if (value)
      x = *std::move(value);
    else
      add(std::move(value).error());
  }
  template <class N>
  void whole(const value_t& v, N& x, std::string_view key) {
    std::uint64_t n = 0;
    if (v.is_int64() &&
        (v.get_int64() >= 0 || std::is_signed_v<N>)&&std::in_range<N>(v.get_int64())) {
      x = static_cast<N>(v.get_int64());
      return;
    }
    if (v.is_uint64()) n = v.get_uint64();
    if (v.is_uint64() && std::in_range<N>(n))
      x = static_cast<N>(n);
    else
      wrong(key, "a whole number", "整数");
  }

  void read(const value_t& v, std::string& x, std::string_view key) {
    if (const auto* s = text_of(v, key)) x.assign(s->data(), s->size());
  }
  void read(const value_t& v, bool& x, std::string_view key) {
    if (v.is_bool())
      x = v.get_bool();
    else
      wrong(key, "true or false", "true 或 false");
  }
  void read(const value_t& v, int& x, std::string_view key) { whole(v, x, key); }
  void read(const value_t& v, std::uint64_t& x, std::string_view key) { whole(v, x, key); }
  void read(const value_t& v, entry_number& x, std::string_view key) {
    std::uint32_t n = 0;
    whole(v, n, key);
    x = static_cast<entry_number>(n);
  }
  void read(const value_t& v, double& x, std::string_view key) {
    boost::json::error_code bad;
    const double n = v.is_number() ? v.to_number<double>(bad) : 0;
    if (v.is_number() && !bad)
      x = n;
    else
      wrong(key, "a number", "数");
  }
  void read(const value_t& v, day& x, std::string_view key) { parsed(v, x, key, &parse_day); }
  void read(const value_t& v, instant& x, std::string_view key) {
    parsed(v, x, key, &parse_instant);
  }
  void read(const value_t& v, time_limit& x, std::string_view key) {
    parsed(v, x, key, [](std::string_view s) { return parse_time_limit(s); });
  }
  void read(const value_t& v, duty& x, std::string_view key) {
    parsed(v, x, key, [](std::string_view s) { return parse_duty(s); });
  }
  template <class Tag>
  void read(const value_t& v, strong_id<Tag>& x, std::string_view key) {
    std::string s;
    read(v, s, key);
    x = strong_id<Tag>{std::move(s)};
  }
  template <class E>
    requires std::is_enum_v<E>
  void read(const value_t& v, E& x, std::string_view key) {
    parsed(v, x, key, [](std::string_view s) -> result<E> {
      std::vector<std::string_view> known;
      for (const word<E>& w : words(choice_of<E>{})) {
        if (w.name == s) return w.value;
        known.push_back(w.name);
      }
      return with_hint(make_error(errc::unknown_value, "'{}' is none of the words known here",
                                  "“{}”不是此处可用的词", s),
                       suggestion(s, known));
    });
  }
  template <class T>
  void read(const value_t& v, std::optional<T>& x, std::string_view key) {
    read(v, x.emplace(), key);
  }
  template <class T>
  void read(const value_t& v, std::vector<T>& all, std::string_view key) {
    if (!v.is_array()) return wrong(key, "a list", "列表");
    for (const value_t& each : v.get_array()) read(each, all.emplace_back(), key);
  }
  template <class T>
    requires requires(json_record& r, T& x) { describe(r, x); }
  void read(const value_t& v, T& x, std::string_view key) {
    if (!v.is_object()) return wrong(key, "an object", "对象");
    json_record inner{v.get_object(), found_, where_};
    describe(inner, x);
    inner.finish();
  }

  const boost::json::object& from_;
  problems& found_;
  place where_;
  std::vector<std::string_view> asked_;
};

} // namespace banli::detail
