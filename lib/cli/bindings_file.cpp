#include "bindings_file.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <boost/json.hpp>

#include <banli/calendar/cn.hpp>
#include <banli/document/zone_files.hpp>
#include <banli/expression/binding.hpp>
#include <banli/expression/type_text.hpp>
#include <banli/time/text.hpp>

#include "value_json.hpp"

namespace banli {

namespace {

namespace json = boost::json;

// --- types

type merged(const type& a, const type& b);

std::vector<type_field> merged_fields(const type& a, const type& b) {
  std::vector<type_field> all = a.fields();
  for (const type_field& f : b.fields()) {
    const auto at = std::ranges::find(all, f.name, &type_field::name);
    if (at == all.end())
      all.push_back(f);
    else
      at->of = merged(at->of, f.of);
  }
  return all;
}

/// Of two elements of one list: numbers together are doubles, records have the fields of both.
type merged(const type& a, const type& b) {
  if (a.is(type_kind::record) && b.is(type_kind::record))
    return type::record(a.name(), merged_fields(a, b));
  if (a == b) return a;
  if (a.is(type_kind::list) && b.is(type_kind::list))
    return type::list_of(merged(a.element(), b.element()));
  const auto number = [](const type& t) {
    return t.is(type_kind::integer) || t.is(type_kind::uinteger) || t.is(type_kind::real);
  };
  if (number(a) && number(b)) return type_kind::real;
  return type_kind::dyn;
}

type inferred(const json::value& v, const std::string& path) {
  switch (v.kind()) {
  case json::kind::bool_: return type_kind::boolean;
  case json::kind::int64: return type_kind::integer;
  case json::kind::uint64: return type_kind::uinteger;
  case json::kind::double_: return type_kind::real;
  case json::kind::string: return type_kind::string;
  case json::kind::array: {
    std::optional<type> all;
    for (const json::value& e : v.as_array())
      all = all ? merged(*all, inferred(e, path)) : inferred(e, path);
    return type::list_of(all.value_or(type{}));
  }
  case json::kind::object: {
    std::vector<type_field> fields;
    for (const auto& [key, of] : v.as_object())
      fields.push_back({std::string{key}, inferred(of, path + "." + std::string{key})});
    return type::record(path, std::move(fields));
  }
  default: return {};
  }
}

/// What was declared, and of records what was only inferred beside it.
type completed(const type& declared, const type& of_value) {
  if (declared.is(type_kind::list) && of_value.is(type_kind::list))
    return type::list_of(completed(declared.element(), of_value.element()));
  if (!declared.is(type_kind::record) || !of_value.is(type_kind::record)) return declared;
  std::vector<type_field> all;
  for (const type_field& f : declared.fields()) {
    const type_field* other = of_value.field(f.name);
    all.push_back({f.name, other ? completed(f.of, other->of) : f.of});
  }
  for (const type_field& f : of_value.fields())
    if (!declared.field(f.name)) all.push_back(f);
  return type::record(declared.name(), std::move(all));
}

class reader {
 public:
  reader(bindings_file& into, const std::string& file) : into_(into), file_(file) {}

  void read(const json::object& all, std::optional<instant> now) {
    const json::object none;
    const auto part = [&](const char* name) -> const json::object& {
      const json::value* v = all.if_contains(name);
      if (v && !v->is_object()) complain(name, "an object", "对象");
      return v && v->is_object() ? v->as_object() : none;
    };
    const json::object& types = part("types");
    const json::object& clocks = part("clocks");
    declare(all, types);
    if (now && !into_.words.variable("now")) time_itself(*now);
    if (!into_.words.variable("calendar")) the_calendar();
    for (const auto& [label, name] : part("labels"))
      if (name.is_string())
        into_.words.alias({std::string{label}, std::string{name.as_string()}});
      else
        complain(std::string{label}, "a name", "名称");
    value::entries values;
    for (const auto& [name, of] : all)
      if (!is_part(name)) values.emplace_back(std::string_view{name}, value_of(of));
    add(bind(into_.values.of_file, into_.words, value::map(std::move(values))));
    for (const auto& [path, clock] : clocks) add_clock(std::string{path}, clock);
  }

 private:
  static bool is_part(std::string_view name) {
    return name == "types" || name == "clocks" || name == "labels";
  }

  void add(const problems& more) {
    for (const error& e : more) into_.found.push_back(at(e, {file_, 0, 0}));
  }

  void complain(const std::string& path, std::string_view en, std::string_view zh) {
    add({make_error(errc::bad_value, "{0}: expected {1}", "{0}:应为{2}", path, en, zh)});
  }

  void declare(const json::object& all, const json::object& types) {
    for (const auto& [name, of] : types) {
      const std::string path{name};
      const type declared = declared_type(of, path);
      const json::value* given = all.if_contains(name);
      into_.words.declare(path, given ? completed(declared, inferred(*given, path)) : declared);
    }
    for (const auto& [name, of] : all)
      if (!is_part(name) && !types.contains(name) && name.find('.') == json::string_view::npos)
        into_.words.declare(std::string{name}, inferred(of, std::string{name}));
  }

  type declared_type(const json::value& v, const std::string& path) {
    if (v.is_string()) {
      const auto t = parse_type(std::string_view{v.as_string()});
      if (!t) add({t.error()});
      return t ? *t : type{};
    }
    if (v.is_object()) {
      std::vector<type_field> fields;
      for (const auto& [key, of] : v.as_object())
        fields.push_back({std::string{key}, declared_type(of, path + "." + std::string{key})});
      return type::record(path, std::move(fields));
    }
    const json::array* parts = v.if_array();
    if (parts && parts->size() == 1 && !parts->front().is_string())
      return type::list_of(declared_type(parts->front(), path));
    const bool words =
        parts && std::ranges::all_of(*parts, [](const json::value& w) { return w.is_string(); });
    if (!words || parts->empty()) {
      complain("types." + path, "a type", "类型");
      return {};
    }
    std::vector<std::string> all;
    for (const json::value& w : *parts) all.emplace_back(w.as_string());
    return type::enumeration(path, std::move(all));
  }

  /// The national one, as elsewhere at the command line.
  void the_calendar() {
    into_.words.declare("calendar", type_kind::calendar);
    into_.values.of_file.set("calendar", std::make_shared<const workday_calendar>(cn()));
  }

  void time_itself(instant now) {
    into_.words.declare("now", type_kind::timestamp);
    into_.values.clock = now;
  }

  void add_clock(const std::string& path, const json::value& of) {
    static constexpr std::array<std::string_view, 3> courses{"irregular", "rising", "falling"};
    const json::object* o = of.if_object();
    const json::value* steps = o ? o->if_contains("steps") : nullptr;
    const json::value* course = o ? o->if_contains("course") : nullptr;
    const std::string_view word =
        course && course->is_string() ? std::string_view{course->as_string()} : "irregular";
    const auto known = std::ranges::find(courses, word);
    const auto slot = into_.words.slot(path);
    if (!slot || !steps || !steps->is_array() || known == courses.end())
      return complain("clocks." + path, "a course and steps, for a declared field",
                      "已声明字段的走向与各步");
    std::vector<clock_step> all;
    for (const json::value& s : steps->as_array()) {
      const json::array* pair = s.if_array();
      const bool shaped = pair && pair->size() == 2 && pair->front().is_string();
      const auto from = shaped ? parse_instant(std::string_view{pair->front().as_string()})
                               : result<instant>(error{});
      if (!from || (!all.empty() && all.back().from >= *from))
        return complain("clocks." + path, "steps [instant, value] in order of time",
                        "按时间先后的 [时刻, 值]");
      auto shows = fitted(value_of((*pair)[1]), into_.words.fields()[*slot].of, path);
      if (!shows) return add({shows.error()});
      all.push_back({*from, std::move(*shows)});
    }
    into_.values.of_file.set_clock(path, static_cast<clock_course>(known - courses.begin()),
                                   std::move(all));
  }

  bindings_file& into_;
  const std::string& file_;
};

} // namespace

reading values_now::read(field_ref field) const {
  if (!clock || field.path != "now") return of_file.read(field);
  return reading::clock(value(*clock), *clock + std::chrono::seconds{1}, clock_course::rising);
}

std::optional<instant> values_now::reaches(field_ref field, const value& threshold) const {
  if (!clock || field.path != "now") return of_file.reaches(field, threshold);
  const auto t = threshold.as_timestamp();
  if (!t) return std::nullopt;
  return t->second + std::chrono::seconds{t->fraction.count() > 0 ? 1 : 0};
}

bindings_file read_bindings(std::string_view text, const std::string& file,
                            std::optional<instant> now) {
  bindings_file out{{}, values_now{now}, {}};
  out.words.time_zones(zone_files());
  json::value all = json::object{};
  if (!file.empty()) {
    auto whole = read_json(text, file);
    if (!whole) {
      out.found.push_back(whole.error());
      return out;
    }
    all = *std::move(whole);
  }
  if (!all.is_object()) {
    out.found.push_back(at(make_error(errc::bad_value, "the values are an object of names",
                                      "取值应为以名称为键的对象"),
                           {file, 1, 1}));
    return out;
  }
  reader(out, file).read(all.as_object(), now);
  return out;
}

} // namespace banli
