#include <banli/expression/binding.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

#include "text.hpp"
#include "time_text.hpp"

namespace banli {

namespace {

error misfit(const value& given, const type& wanted, const std::string& path) {
  return make_error(errc::type_mismatch, "{0}: expected {1}, got {2}", "{0}:应为 {1},得到 {2}",
                    path, to_string(wanted), runtime_type_name(given));
}

error would_lose(const value& given, const type& wanted, const std::string& path) {
  return make_error(errc::out_of_range, "{0}: {1} is beyond {2}", "{0}:{1} 超出 {2} 的范围", path,
                    to_text(given), to_string(wanted));
}

/// A whole number as double, when the double is worth the same.
result<value> as_real(const value& given, const type& wanted, const std::string& path) {
  if (given.as_double()) return given;
  if (!given.as_int() && !given.as_uint()) return misfit(given, wanted, path);
  const value real = given.as_int() ? value(static_cast<double>(*given.as_int()))
                                    : value(static_cast<double>(*given.as_uint()));
  // 2^63 as a double counts as equal to the largest int, and is not.
  const bool edge = *real.as_double() >= 0x1p63 && given.as_int();
  if (edge || *real.as_double() >= 0x1p64 || !(real == given))
    return would_lose(given, wanted, path);
  return real;
}

template <class T>
result<value> as_whole(const value& given, const type& wanted, const std::string& path) {
  if (const auto n = given.as_int())
    return std::in_range<T>(*n) ? result<value>(static_cast<T>(*n))
                                : would_lose(given, wanted, path);
  if (const auto n = given.as_uint())
    return std::in_range<T>(*n) ? result<value>(static_cast<T>(*n))
                                : would_lose(given, wanted, path);
  return misfit(given, wanted, path);
}

result<value> as_timestamp(const value& given, const type& wanted, const std::string& path) {
  if (given.as_timestamp()) return given;
  if (const auto d = given.as_date()) return value(instant{*d});
  const std::string* text = given.as_string();
  if (!text) return misfit(given, wanted, path);
  if (const auto t = detail::cel::parse_timestamp(*text)) return value(*t);
  if (const auto t = parse_instant(*text)) return value(*t);
  return make_error(errc::bad_value, "{0}: {1} is no timestamp", "{0}:{1} 不是时刻", path,
                    detail::cel::quoted(*text));
}

result<value> as_duration(const value& given, const type& wanted, const std::string& path) {
  if (given.as_duration()) return given;
  const std::string* text = given.as_string();
  if (!text) return misfit(given, wanted, path);
  if (const auto d = detail::cel::parse_duration(*text)) return value(*d);
  return make_error(errc::bad_value, "{0}: {1} is no duration", "{0}:{1} 不是时长", path,
                    detail::cel::quoted(*text));
}

/// A kind that has a text; a value of the kind is taken as it is.
template <class Read>
result<value> as_read(const value& given, const type& wanted, const std::string& path, Read read) {
  if (given.kind() == wanted.kind()) return given;
  const std::string* text = given.as_string();
  if (!text) return misfit(given, wanted, path);
  if (const auto v = read(*text)) return value(*v);
  return make_error(errc::bad_value, "{0}: {1} is no {2}", "{0}:{1} 不是 {2}", path,
                    detail::cel::quoted(*text), to_string(wanted));
}

/// A timestamp does when it is a midnight: nothing is lost.
result<value> as_date(const value& given, const type& wanted, const std::string& path) {
  const auto t = given.as_timestamp();
  if (t && t->fraction.count() == 0 && time_of_day(t->second).count() == 0)
    return value(day_of(t->second));
  return as_read(given, wanted, path, [](std::string_view s) { return parse_day(s); });
}

/// A whole number does, a double does not: it is not what was written.
result<value> as_decimal(const value& given, const type& wanted, const std::string& path) {
  if (const auto n = given.as_int()) {
    if (const auto d = parse_decimal(std::to_string(*n))) return value(*d);
    return would_lose(given, wanted, path);
  }
  return as_read(given, wanted, path, [](std::string_view s) { return parse_decimal(s); });
}

result<value> as_optional(const value& given, const type& wanted, const std::string& path) {
  if (given.kind() == type_kind::optional && !given.held()) return given;
  auto held = fitted(given.held() ? *given.held() : given, wanted.element(), path);
  if (!held) return held;
  return value::optional_of(std::move(*held));
}

result<value> as_word(const value& given, const type& wanted, const std::string& path) {
  const std::string* text = given.as_string();
  if (!text) return misfit(given, wanted, path);
  const auto& words = wanted.values();
  if (std::ranges::find(words, *text) != words.end()) return given;
  return with_hint(make_error(errc::unknown_value, "{0}: {1} is no value of {2}",
                              "{0}:{1} 不是 {2} 的取值", path, detail::cel::quoted(*text),
                              wanted.name()),
                   suggestion(*text, words));
}

result<value> as_list(const value& given, const type& wanted, const std::string& path) {
  if (!given.as_list()) return misfit(given, wanted, path);
  const type element = wanted.element();
  if (element.is(type_kind::dyn)) return given;
  value::elements all;
  for (const value& e : *given.as_list()) {
    auto one = fitted(e, element, fmt::format("{}[{}]", path, all.size()));
    if (!one) return one;
    if (one->is_null() && !element.is(type_kind::null))
      return misfit(e, element, fmt::format("{}[{}]", path, all.size()));
    all.push_back(std::move(*one));
  }
  return value::list(std::move(all));
}

result<value> as_map(const value& given, const type& wanted, const std::string& path) {
  if (!given.as_map()) return misfit(given, wanted, path);
  value::entries all;
  for (const auto& [key, mapped] : *given.as_map()) {
    const std::string inner = fmt::format("{}[{}]", path, to_text(key));
    auto k = fitted(key, wanted.key(), inner);
    if (!k) return k;
    auto m = fitted(mapped, wanted.mapped(), inner);
    if (!m) return m;
    if (m->is_null() && !mapped.is_null()) return misfit(mapped, wanted.mapped(), inner);
    all.emplace_back(std::move(*k), std::move(*m));
  }
  return value::map(std::move(all));
}

error no_field(std::string_view name, const type& of, const std::string& path) {
  std::vector<std::string> words;
  for (const type_field& f : of.fields()) words.push_back(f.name);
  return with_hint(make_error(errc::unknown_field, "{0}: '{1}' has no field '{2}'",
                              "{0}:“{1}”没有字段“{2}”", path, of.name(), name),
                   suggestion(name, words));
}

result<value> as_record(const value& given, const type& wanted, const std::string& path) {
  if (!given.as_map()) return misfit(given, wanted, path);
  value::entries all;
  for (const auto& [key, mapped] : *given.as_map()) {
    const std::string* name = key.as_string();
    const type_field* field = name ? wanted.field(*name) : nullptr;
    if (!field) return no_field(name ? *name : to_text(key), wanted, path);
    auto one = fitted(mapped, field->of, path + "." + *name);
    if (!one) return one;
    const bool missing = one->is_null() && !field->of.is(type_kind::dyn);
    if (!missing) all.emplace_back(key, std::move(*one));
  }
  return value::map(std::move(all));
}

/// Names and labels of a map, one level after the other.
class binder {
 public:
  binder(bound_values& into, const environment& env) : into_(into), env_(env) {}

  void all(const value& given) {
    if (given.as_map()) return below({}, given);
    found_.push_back(make_error(errc::type_mismatch, "values are given as a map of names, not {}",
                                "取值应以名称到值的映射给出,而不是 {}", runtime_type_name(given)));
  }

  problems take() { return std::move(found_); }

 private:
  /// What is neither a variable nor a field may be the beginning of one: {"a": {"b": 1}} is a.b.
  void below(const std::string& above, const value& given) {
    for (const auto& [key, mapped] : *given.as_map()) {
      const std::string* text = key.as_string();
      const std::string written = above + (text ? *text : to_text(key));
      const std::string name = env_.variable(written) ? written : env_.canonical(written);
      if (const type* t = text ? env_.variable(name) : nullptr)
        one(name, *t, mapped);
      else if (const auto slot = text ? env_.slot(name) : std::nullopt)
        one(name, env_.fields()[*slot].of, mapped);
      else if (text && begins_one(name + ".") && mapped.as_map())
        below(name + ".", mapped);
      else
        unknown(name);
    }
  }

  bool begins_one(const std::string& prefix) const {
    return std::ranges::any_of(env_.fields(),
                               [&](const declared_field& f) { return f.path.starts_with(prefix); });
  }

  void one(const std::string& path, const type& of, const value& given) {
    if (of.is(type_kind::record)) return record(path, of, given);
    auto v = fitted(given, of, path);
    if (!v)
      found_.push_back(v.error());
    else if (!v->is_null() || of.is(type_kind::dyn) || of.is(type_kind::null))
      into_.set(path, std::move(*v));
  }

  void record(const std::string& path, const type& of, const value& given) {
    if (given.is_null()) return;
    if (!given.as_map()) {
      found_.push_back(misfit(given, of, path));
      return;
    }
    for (const auto& [key, mapped] : *given.as_map()) {
      const std::string* text = key.as_string();
      const type_field* f = text ? of.field(*text) : nullptr;
      if (text && !f) f = of.field(env_.name_of(*text));
      if (f)
        one(path + "." + f->name, f->of, mapped);
      else
        found_.push_back(no_field(text ? *text : to_text(key), of, path));
    }
  }

  void unknown(const std::string& name) {
    std::vector<std::string> words;
    for (const auto& [known, of] : env_.variables()) words.push_back(known);
    found_.push_back(with_hint(
        make_error(errc::unknown_identifier, "nothing is called '{}'", "没有名为“{}”的变量", name),
        suggestion(name, words)));
  }

  bound_values& into_;
  const environment& env_;
  problems found_;
};

/// Whether a value is of a type without any conversion: then nothing is copied, and no path is put
/// together for a message that nobody reads.
bool is_already(const value& given, const type& wanted) {
  switch (wanted.kind()) {
  case type_kind::dyn: return true;
  case type_kind::boolean:
  case type_kind::integer:
  case type_kind::uinteger:
  case type_kind::real:
  case type_kind::string:
  case type_kind::bytes:
  case type_kind::timestamp:
  case type_kind::duration: return given.kind() == wanted.kind();
  case type_kind::enumeration: {
    const std::string* text = given.as_string();
    return text && std::ranges::find(wanted.values(), *text) != wanted.values().end();
  }
  case type_kind::list: {
    const type element = wanted.element();
    const auto fits = [&](const value& e) { return is_already(e, element); };
    return given.as_list() && std::ranges::all_of(*given.as_list(), fits);
  }
  case type_kind::map: {
    const type key = wanted.key();
    const type mapped = wanted.mapped();
    return given.as_map() && std::ranges::all_of(*given.as_map(), [&](const auto& e) {
             return is_already(e.first, key) && is_already(e.second, mapped);
           });
  }
  case type_kind::record:
    return given.as_map() && std::ranges::all_of(*given.as_map(), [&](const auto& e) {
             const std::string* name = e.first.as_string();
             const type_field* field = name ? wanted.field(*name) : nullptr;
             return field && !e.second.is_null() && is_already(e.second, field->of);
           });
  default: return false;
  }
}

} // namespace

result<value> fitted(const value& given, const type& wanted, const std::string& path) {
  if (given.is_null() || is_already(given, wanted)) return given;
  switch (wanted.kind()) {
  case type_kind::integer: return as_whole<std::int64_t>(given, wanted, path);
  case type_kind::uinteger: return as_whole<std::uint64_t>(given, wanted, path);
  case type_kind::real: return as_real(given, wanted, path);
  case type_kind::enumeration: return as_word(given, wanted, path);
  case type_kind::timestamp: return as_timestamp(given, wanted, path);
  case type_kind::duration: return as_duration(given, wanted, path);
  case type_kind::date: return as_date(given, wanted, path);
  case type_kind::decimal: return as_decimal(given, wanted, path);
  case type_kind::time_limit:
    return as_read(given, wanted, path, [](std::string_view s) { return parse_time_limit(s); });
  case type_kind::address:
    return as_read(given, wanted, path, [](std::string_view s) { return parse_ip_address(s); });
  case type_kind::network:
    return as_read(given, wanted, path, [](std::string_view s) { return parse_ip_network(s); });
  case type_kind::optional: return as_optional(given, wanted, path);
  case type_kind::list: return as_list(given, wanted, path);
  case type_kind::map: return as_map(given, wanted, path);
  case type_kind::record: return as_record(given, wanted, path);
  case type_kind::boolean:
  case type_kind::string:
  case type_kind::bytes:
  case type_kind::null:
  case type_kind::type:
  case type_kind::calendar:
    if (given.kind() != wanted.kind()) return misfit(given, wanted, path);
    return given;
  default: return given;
  }
}

problems bind(bound_values& into, const environment& env, const value& given) {
  binder b(into, env);
  b.all(given);
  return b.take();
}

} // namespace banli
