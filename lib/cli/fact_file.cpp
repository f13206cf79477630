#include "fact_file.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include <boost/json.hpp>

#include <banli/base/nearest.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

value value_of(const json::value& j) {
  switch (j.kind()) {
  case json::kind::bool_: return j.get_bool();
  case json::kind::int64: return j.get_int64();
  case json::kind::uint64: return j.get_uint64();
  case json::kind::double_: return j.get_double();
  case json::kind::string: return std::string{j.get_string()};
  case json::kind::array: {
    value::elements all;
    for (const json::value& e : j.get_array()) all.push_back(value_of(e));
    return value::list(std::move(all));
  }
  case json::kind::object: {
    value::entries all;
    for (const auto& [key, v] : j.get_object())
      all.emplace_back(value{std::string{key}}, value_of(v));
    return value::map(std::move(all));
  }
  case json::kind::null: break;
  }
  return {};
}

class fact_reader {
 public:
  fact_reader(const std::string& file, const std::vector<const environment*>& words)
      : file_(file), words_(words) {}

  fact_file run(std::string_view text) {
    json::error_code failed;
    json::stream_parser parser;
    const std::size_t read = parser.write_some(text.data(), text.size(), failed);
    if (!failed) parser.finish(failed);
    if (failed || text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) {
      complain(make_error(errc::syntax_error, "this is no JSON", "不是 JSON"),
               place_of(text, read));
      return std::move(out_);
    }
    const json::value whole = parser.release();
    if (const auto* o = whole.if_object())
      below({}, *o);
    else
      complain(make_error(errc::wrong_type, "the values should be an object", "取值应为一个对象"),
               {file_, 1, 1});
    return std::move(out_);
  }

 private:
  void complain(error e, place where) { out_.found.push_back(at(std::move(e), std::move(where))); }

  place place_of(std::string_view text, std::size_t offset) const {
    const std::string_view before = text.substr(0, offset);
    const std::size_t line = before.rfind('\n');
    const std::string_view of_line =
        line == std::string_view::npos ? before : before.substr(line + 1);
    return {file_, static_cast<int>(std::ranges::count(before, '\n')) + 1,
            static_cast<int>(detail::characters(of_line).size()) + 1};
  }

  void below(const std::string& above, const json::object& o) {
    for (const auto& [key, j] : o) {
      const std::string name = (above.empty() ? "" : above + ".") + std::string{key};
      if (take(name, j)) continue;
      if (const auto* inner = j.if_object()) {
        below(name, *inner);
        continue;
      }
      std::vector<std::string> known;
      for (const environment* env : words_)
        for (const declared_field& f : env->fields()) known.push_back(f.path);
      complain(
          with_hint(make_error(errc::unknown_field, "nothing reads '{}'", "没有规则读取“{}”", name),
                    suggestion(name, known)),
          {file_, 0, 0});
    }
  }

  /// A dotted name with its labels turned into names.
  static std::string canonical(const environment& env, std::string_view dotted) {
    std::string out;
    for (std::size_t from = 0; from <= dotted.size();) {
      const std::size_t end = std::min(dotted.find('.', from), dotted.size());
      if (from > 0) out += '.';
      out += env.name_of(dotted.substr(from, end - from));
      from = end + 1;
    }
    return out;
  }

  bool take(const std::string& name, const json::value& j) {
    for (const environment* env : words_) {
      const std::string path = canonical(*env, name);
      const auto slot = env->slot(path);
      if (!slot) continue;
      bind(path, env->fields()[*slot].of, j);
      return true;
    }
    return false;
  }

  void bind(const std::string& path, const type& of, const json::value& j) {
    if (j.is_null()) return; // nobody has entered it
    value v = value_of(j);
    if (of.is(type_kind::real) && v.as_int()) v = value{static_cast<double>(*v.as_int())};
    if (of.is(type_kind::uinteger) && v.as_int() && *v.as_int() >= 0)
      v = value{static_cast<std::uint64_t>(*v.as_int())};
    const std::string* s = v.as_string();
    if (of.is(type_kind::timestamp) && s) {
      const auto t = parse_instant(*s);
      if (!t) return complain(t.error(), {file_, 0, 0});
      v = value{*t};
    }
    const type_kind wanted = of.is(type_kind::enumeration) ? type_kind::string : of.kind();
    if (wanted != type_kind::dyn && v.kind() != wanted)
      return complain(make_error(errc::wrong_type, "'{}' should be {}, and is {}",
                                 "“{}”应为 {},实为 {}", path, to_string(of), to_text(v)),
                      {file_, 0, 0});
    out_.values.set(path, std::move(v));
  }

  const std::string& file_;
  const std::vector<const environment*>& words_;
  fact_file out_;
};

} // namespace

fact_file read_facts(std::string_view text, const std::string& file,
                     const std::vector<const environment*>& words) {
  return fact_reader(file, words).run(text);
}

} // namespace banli
