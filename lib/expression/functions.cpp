#include "functions.hpp"

#include "arithmetic.hpp"
#include "conversions.hpp"
#include "math_functions.hpp"
#include "network_functions.hpp"
#include "office_functions.hpp"
#include "plan.hpp"
#include "text.hpp"
#include "text_functions.hpp"
#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

result<value> size_of(const value& v) {
  if (const auto* s = v.as_string()) return value(static_cast<std::int64_t>(count_points(*s)));
  if (const auto* b = v.as_bytes()) return value(static_cast<std::int64_t>(b->size()));
  if (const auto* l = v.as_list()) return value(static_cast<std::int64_t>(l->size()));
  if (const auto* m = v.as_map()) return value(static_cast<std::int64_t>(m->size()));
  return no_overload("size", v);
}

result<value> matches(const std::string& text, const std::string& pattern, const re2::RE2* ready) {
  std::unique_ptr<re2::RE2> made;
  if (!ready) {
    made = make_pattern(pattern);
    ready = made.get();
  }
  if (!ready)
    return make_error(errc::evaluation_error, "{} is no regular expression", "{} 不是正则表达式",
                      quoted(pattern));
  return value(re2::RE2::PartialMatch(text, *ready));
}

result<value> string_test(function f, const value& a, const value& b, const re2::RE2* pattern) {
  const std::string* text = a.as_string();
  const std::string* part = b.as_string();
  if (!text || !part) return no_overload("string function", a, b);
  switch (f) {
  case function::contains: return value(text->find(*part) != std::string::npos);
  case function::starts_with: return value(text->starts_with(*part));
  case function::ends_with: return value(text->ends_with(*part));
  default: return matches(*text, *part, pattern);
  }
}

std::int64_t civil_part(function f, const timestamp& t) {
  const day d = day_of(t.second);
  const auto ymd = to_ymd(d);
  const std::chrono::hh_mm_ss clock{time_of_day(t.second)};
  const auto number = [](auto n) { return static_cast<std::int64_t>(n); };
  switch (f) {
  case function::full_year: return number(static_cast<int>(ymd.year()));
  case function::month: return number(static_cast<unsigned>(ymd.month())) - 1;
  case function::date: return number(static_cast<unsigned>(ymd.day()));
  case function::day_of_month: return number(static_cast<unsigned>(ymd.day())) - 1;
  case function::day_of_week: return number(weekday_of(d).c_encoding());
  case function::day_of_year: return number((d - to_day(ymd.year() / 1 / 1)).count());
  case function::hours: return number(clock.hours().count());
  case function::minutes: return number(clock.minutes().count());
  case function::seconds: return number(clock.seconds().count());
  default: return t.fraction.count() / 1'000'000;
  }
}

/// Local time minus UTC where a zone is, by an offset or a name.
result<std::chrono::seconds> offset_in(const value& zone, instant at, const call_aids& aids) {
  if (aids.zone) return aids.zone->offset_at(at);
  if (!zone.as_string()) return no_overload("time zone", zone);
  if (const auto fixed = parse_zone(*zone.as_string())) return *fixed;
  const auto named = find_zone(aids.zones, *zone.as_string());
  if (named) return named->offset_at(at);
  return no_zone(errc::evaluation_error, *zone.as_string());
}

result<value> time_part(function f, const value& v, const value* zone, const call_aids& aids) {
  if (const auto d = v.as_date(); d && !zone && f < function::hours)
    return value(civil_part(f, timestamp{instant{*d}, {}}));
  if (const auto t = v.as_timestamp()) {
    if (!zone) return value(civil_part(f, *t));
    const auto offset = offset_in(*zone, t->second, aids);
    if (!offset) return offset.error();
    return value(civil_part(f, timestamp{t->second + *offset, t->fraction}));
  }
  const auto d = v.as_duration();
  if (!d || zone) return no_overload("time function", v);
  switch (f) {
  case function::hours:
    return value(std::int64_t{std::chrono::duration_cast<std::chrono::hours>(*d).count()});
  case function::minutes:
    return value(std::int64_t{std::chrono::duration_cast<std::chrono::minutes>(*d).count()});
  case function::seconds:
    return value(std::int64_t{std::chrono::duration_cast<std::chrono::seconds>(*d).count()});
  case function::milliseconds: return value(d->count() / 1'000'000 % 1000);
  default: return no_overload("time function", v);
  }
}

/// What optional.ofNonZeroValue() takes for nothing.
bool is_zero(const value& v) {
  switch (v.kind()) {
  case type_kind::null: return true;
  case type_kind::boolean: return !*v.as_bool();
  case type_kind::integer: return *v.as_int() == 0;
  case type_kind::uinteger: return *v.as_uint() == 0;
  case type_kind::real: return *v.as_double() == 0;
  case type_kind::string: return v.as_string()->empty();
  case type_kind::bytes: return v.as_bytes()->empty();
  case type_kind::duration: return v.as_duration()->count() == 0;
  case type_kind::list: return v.as_list()->empty();
  case type_kind::map: return v.as_map()->empty();
  case type_kind::optional: return !v.held();
  case type_kind::decimal: return v.as_decimal()->units == 0;
  default: return false;
  }
}

result<value> of_list(function f, const value& v) {
  const auto* list = v.as_list();
  if (!list) return no_overload("list function", v);
  if (f == function::opt_unwrap) {
    value::elements held;
    for (const value& e : *list) {
      if (e.kind() != type_kind::optional) return no_overload("unwrap", e);
      if (e.held()) held.push_back(*e.held());
    }
    return value::list(std::move(held));
  }
  if (list->empty()) return value::optional_none();
  return value::optional_of(f == function::opt_first ? list->front() : list->back());
}

/// All but or() and orValue(), whose second operand is not always evaluated.
result<value> optional_function(function f, std::span<const value> args) {
  if (f == function::opt_none) return value::optional_none();
  if (args.size() != 1) return no_overload("optional", args.empty() ? value() : args[0]);
  const value& v = args[0];
  if (f == function::opt_of) return value::optional_of(v);
  if (f == function::opt_of_non_zero)
    return is_zero(v) ? value::optional_none() : value::optional_of(v);
  if (f >= function::opt_first) return of_list(f, v);
  if (v.kind() != type_kind::optional) return no_overload("optional", v);
  if (f == function::opt_has_value) return value(v.held() != nullptr);
  if (v.held()) return *v.held();
  return make_error(errc::evaluation_error, "optional.none() has no value",
                    "optional.none() 没有值");
}

} // namespace

std::shared_ptr<const time_zone> find_zone(const zone_finder* zones, std::string_view name) {
  return zones && *zones ? (*zones)(name) : nullptr;
}

error no_zone(errc code, std::string_view name) {
  return make_error(code,
                    "{} is no time zone that is known here: give an offset such as \"+08:00\"",
                    "{} 不是此处已知的时区:可写作偏移量,如 \"+08:00\"", quoted(name));
}

result<value> call(function f, std::span<const value> args, const call_aids& aids) {
  if (f >= function::to_date) return office_function(f, args);
  if (f >= function::to_ip) return network_function(f, args);
  if (f >= function::opt_of) return optional_function(f, args);
  if (f >= function::greatest) return math_function(f, args);
  if (f >= function::char_at) return text_function(f, args, aids.most_bytes);
  const value null;
  const value& first = args.empty() ? null : args[0];
  if (f >= function::full_year) {
    if (args.empty() || args.size() > 2) return no_overload("time function", first);
    return time_part(f, first, args.size() == 2 ? &args[1] : nullptr, aids);
  }
  if (f >= function::contains && f <= function::matches) {
    if (args.size() != 2) return no_overload("string function", first);
    return string_test(f, args[0], args[1], aids.pattern);
  }
  if (args.size() != 1) return no_overload("function", first);
  return f == function::size ? size_of(first) : convert(f, first);
}

} // namespace banli::detail::cel
