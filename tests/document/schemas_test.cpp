// The JSON Schemas say what the reader accepts: the same keys, the same required keys, the same
// words.
//
// For every schema a sample with every key is made and read; the reader tells which keys it asked
// for and which words it knows.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "document/document_set.hpp"

namespace json = boost::json;
using namespace banli;
using namespace banli::detail;

namespace {

json::value schema_of(std::string_view kind) {
  std::ifstream in{std::string(BANLI_SOURCE_DIR "/schemas/") + std::string(kind) + ".schema.json"};
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  return json::parse(text);
}

/// A document with one of everything that a schema allows.
json::value sample(const json::object& schema) {
  if (const auto* one = schema.if_contains("const")) return *one;
  if (const auto* words = schema.if_contains("enum")) return words->as_array().at(0);
  if (const auto* either = schema.if_contains("anyOf"))
    return sample(either->as_array().at(1).as_object());
  if (const auto* properties = schema.if_contains("properties")) {
    json::object out;
    for (const auto& [key, of] : properties->as_object()) out[key] = sample(of.as_object());
    return out;
  }
  const auto* type = schema.if_contains("type");
  if (type && *type == "array") {
    json::array out;
    out.push_back(sample(schema.at("items").as_object()));
    return out;
  }
  if (type && *type == "object") return json::object{};
  return "1";
}

void collect(const json::object& schema, const std::string& path, accepted_log& into) {
  if (const auto* properties = schema.if_contains("properties")) {
    accepted& here = into[path];
    for (const auto& [key, of] : properties->as_object()) {
      here.keys.emplace(key);
      collect(of.as_object(), path + "/properties/" + std::string(key), into);
    }
    if (const auto* required = schema.if_contains("required"))
      for (const json::value& key : required->as_array()) here.required.emplace(key.as_string());
  }
  if (const auto* words = schema.if_contains("enum"))
    for (const json::value& w : words->as_array()) into[path].words.emplace(w.as_string());
  if (const auto* items = schema.if_contains("items"); items && items->is_object())
    collect(items->as_object(), path + "/items", into);
  if (const auto* either = schema.if_contains("anyOf"))
    collect(either->as_array().at(1).as_object(), path + "/anyOf/1", into);
}

} // namespace

TEST_CASE("keys and words of the schemas are those of the reader") {
  for (const std::string_view kind : document_kinds()) {
    CAPTURE(kind);
    const json::value schema = schema_of(kind);
    const yaml_document d =
        read_yaml("sample.yaml", json::serialize(sample(schema.as_object())), {});
    REQUIRE(d.problems.empty());
    const accepted_log reader = accepted_by(kind, d.tree->root());
    accepted_log written;
    collect(schema.as_object(), "", written);
    for (const auto& [path, there] : written) {
      CAPTURE(path);
      const auto it = reader.find(path);
      REQUIRE(it != reader.end());
      CHECK(it->second.keys == there.keys);
      CHECK(it->second.words == there.words);
      CHECK(std::includes(there.required.begin(), there.required.end(), it->second.required.begin(),
                          it->second.required.end()));
    }
    for (const auto& [path, known] : reader) {
      CAPTURE(path);
      CHECK(written.contains(path));
    }
  }
}

TEST_CASE("there is a schema for every kind, and a kind for every schema") {
  std::set<std::string> schemas;
  for (const auto& e : std::filesystem::directory_iterator(BANLI_SOURCE_DIR "/schemas"))
    if (const std::string name = e.path().filename().string(); name.ends_with(".schema.json"))
      schemas.insert(name.substr(0, name.size() - std::string_view{".schema.json"}.size()));
  std::set<std::string> kinds(document_kinds().begin(), document_kinds().end());
  kinds.insert("supervision"); // read by itself, and not with a configuration
  CHECK(schemas == kinds);
}
