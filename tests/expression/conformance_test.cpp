// CEL's own conformance suite, as far as it needs no protocol buffers.
//
// tests/cases/cel_known_failures.txt lists what does not pass, one line a case or a section: file,
// section, name (* for all of a section), reason. The test fails when something unlisted fails, and
// when something listed passes, so that the list stays true.
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <banli/document/zone_files.hpp>
#include <banli/expression/bound_values.hpp>
#include <banli/expression/program.hpp>

namespace {

namespace json = boost::json;
using namespace banli;

type type_of(const json::value& v) {
  if (v.is_string()) {
    static const std::map<std::string, type_kind> kinds = {
        {"int", type_kind::integer},         {"uint", type_kind::uinteger},
        {"double", type_kind::real},         {"bool", type_kind::boolean},
        {"string", type_kind::string},       {"bytes", type_kind::bytes},
        {"null", type_kind::null},           {"dyn", type_kind::dyn},
        {"timestamp", type_kind::timestamp}, {"duration", type_kind::duration}};
    const auto at = kinds.find(std::string(v.as_string()));
    return at == kinds.end() ? type{} : type{at->second};
  }
  const auto& o = v.as_object();
  if (o.contains("list")) return type::list_of(type_of(o.at("list")));
  if (o.contains("map")) {
    const auto& a = o.at("map").as_array();
    return type::map_of(type_of(a[0]), type_of(a[1]));
  }
  if (o.contains("abstract") && o.at("abstract").as_array()[0] == "optional_type")
    return type::optional_of(type_of(o.at("abstract").as_array()[1]));
  return {};
}

std::string unhex(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i + 1 < s.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(s.substr(i, 2)), nullptr, 16));
  return out;
}

value value_of(const json::value& v) {
  const auto& [kind, raw] = *v.as_object().begin();
  const auto text = [&] { return std::string(raw.as_string()); };
  if (kind == "int") return std::int64_t{std::stoll(text())};
  if (kind == "uint") return std::uint64_t{std::stoull(text())};
  if (kind == "double") return std::stod(text());
  if (kind == "bool") return raw.as_bool();
  if (kind == "string") return text();
  if (kind == "bytes") return value::bytes(unhex(text()));
  if (kind == "type") return value::type_named(text());
  if (kind == "duration")
    return std::chrono::nanoseconds{std::stoll(std::string(raw.at("seconds").as_string())) *
                                        1'000'000'000 +
                                    raw.at("nanos").to_number<std::int64_t>()};
  if (kind == "list") {
    value::elements all;
    for (const auto& e : raw.as_array()) all.push_back(value_of(e));
    return value::list(all);
  }
  if (kind == "map") {
    value::entries all;
    for (const auto& e : raw.as_array()) all.emplace_back(value_of(e.at(0)), value_of(e.at(1)));
    return value::map(all);
  }
  return {};
}

/// Equal in kind as well: 1 is not 1.0 here. NaN equals itself.
bool same(const value& a, const value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.as_double() && std::isnan(*a.as_double())) return std::isnan(*b.as_double());
  if (const auto* l = a.as_list()) {
    if (l->size() != b.as_list()->size()) return false;
    for (std::size_t i = 0; i < l->size(); ++i)
      if (!same((*l)[i], (*b.as_list())[i])) return false;
    return true;
  }
  return a == b;
}

void declare(environment& env, const json::object& d) {
  const std::string name(d.at("name").as_string());
  if (d.contains("type")) {
    env.declare(name, type_of(d.at("type")));
    return;
  }
  for (const auto& f : d.at("function").as_array()) {
    host_function declared{name, f.at("instance").as_bool(), {}, type_of(f.at("result")), {}};
    for (const auto& t : f.at("params").as_array()) declared.takes.push_back(type_of(t));
    env.declare(std::move(declared));
  }
}

/// Empty when the case passes, else what went wrong.
std::string run(const json::object& c) {
  environment env;
  env.time_zones(zone_files());
  bound_values bound;
  if (c.contains("container")) env.container(std::string(c.at("container").as_string()));
  if (c.contains("decls"))
    for (const auto& d : c.at("decls").as_array()) declare(env, d.as_object());
  if (c.contains("bindings"))
    for (const auto& [name, v] : c.at("bindings").as_object())
      bound.set(std::string(name), value_of(v));
  compile_options how;
  if (c.contains("disable_check")) how.check = type_checking::none;
  const compiled made = compile(std::string(c.at("expr").as_string()), env, how);
  const bool fails = c.contains("error");
  if (!made.program) return fails ? "" : to_string(made.problems.front(), language::en);
  if (c.contains("deduced_type") && !(made.program->gives() == type_of(c.at("deduced_type"))))
    return "deduced " + to_string(made.program->gives());
  if (c.contains("check_only")) return {};
  const outcome o = made.program->evaluate(bound);
  if (fails) return o.is == outcome::state::error ? "" : "no error, but " + to_text(o.value);
  if (o.is == outcome::state::error) return to_string(o.error, language::en);
  if (o.is == outcome::state::unknown) return "unknown";
  return same(o.value, value_of(c.at("value"))) ? "" : "gave " + to_text(o.value);
}

std::string key_of(const json::object& c) {
  const auto part = [&](const char* k) { return std::string(c.at(k).as_string()); };
  return part("file") + "/" + part("section") + "/" + part("name");
}

std::set<std::string> known_failures() {
  std::ifstream in(BANLI_SOURCE_DIR "/tests/cases/cel_known_failures.txt");
  std::set<std::string> known;
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#') known.insert(line.substr(0, line.find('\t')));
  return known;
}

} // namespace

TEST_CASE("the conformance suite of CEL passes, but for the cases listed with their reason") {
  std::ifstream in(BANLI_SHARED_DIR "/data/cel/conformance.jsonl");
  if (!in) {
    MESSAGE("skipped: no conformance.jsonl");
    return;
  }
  const auto known = known_failures();
  std::size_t total = 0;
  std::size_t passed = 0;
  std::set<std::string> seen;
  for (std::string line; std::getline(in, line); ++total) {
    const auto parsed = json::parse(line);
    const auto& c = parsed.as_object();
    const std::string key = key_of(c);
    const std::string wrong = run(c);
    const bool listed = known.contains(key);
    if (listed) seen.insert(key);
    passed += wrong.empty() ? 1 : 0;
    if (!wrong.empty() && !listed)
      FAIL_CHECK(key << "\t" << c.at("expr").as_string().c_str() << "\t" << wrong);
    if (wrong.empty() && listed) FAIL_CHECK("passes, so take it off the list: " << key);
  }
  CHECK(seen.size() == known.size());
  MESSAGE(passed << " of " << total << " conformance cases pass");
}
