// record.hpp — one map of a document, read key by key.
//
//   record r{node, reading};
//   r.required("name", item.name);       // missing_field if it is not there
//   r.optional("promised", item.promised);
//   r.finish();                          // every key nobody asked for: unknown_field, did you mean
//   …
//
// What a value must look like follows from the type it is read into: text, an identifier, a time
// limit, a day, a word of an enumeration, a list, another part (describe.hpp). A value that does
// not fit is reported at its own place and leaves the member as it was, so that reading goes on.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "document/describe.hpp"
#include "document/findings.hpp"
#include "document/words.hpp"
#include "document/yaml_reader.hpp"

namespace banli::detail {

/// What the code accepts, as it shows while reading; a test compares it with schemas/*.schema.json.
struct accepted {
  std::set<std::string> keys;
  std::set<std::string> required;
  std::set<std::string> words; ///< of an enumeration
};

/// By JSON Pointer into the schema: "/properties/bases/items".
using accepted_log = std::map<std::string, accepted>;

/// The state of reading one document.
struct reading {
  findings& found;
  std::size_t faults = 0; ///< values that could not be read; unknown keys do not count
  accepted_log* log = nullptr;
};

class record {
 public:
  record(yaml_node node, reading& r, std::string path = {});

  template <class T>
  void required(std::string_view key, T& into) {
    ask(key);
    if (r_.log) (*r_.log)[path_].required.emplace(key);
    const yaml_node n = node_.find(key);
    if (n)
      take(n, into, key);
    else if (node_.is(yaml_kind::map))
      missing(key);
  }

  template <class T>
  void optional(std::string_view key, T& into) {
    ask(key);
    if (const yaml_node n = node_.find(key)) take(n, into, key);
  }

  /// As optional; a writer does not leave it out.
  template <class T>
  void always(std::string_view key, T& into) {
    optional(key, into);
  }

  /// A map within, whose members belong to the same thing; required.
  template <class Describe>
  void group(std::string_view key, Describe describe_group) {
    ask(key);
    if (r_.log) (*r_.log)[path_].required.emplace(key);
    const yaml_node n = node_.find(key);
    if (!n) return missing(key);
    if (!expect(n, yaml_kind::map)) return;
    record inner{n, r_, below(key)};
    describe_group(inner);
    inner.finish();
  }

  /// Lets a key pass that somebody else reads.
  void ask(std::string_view key);

  /// Reports the keys nobody asked for.
  void finish();

 private:
  template <class T>
  void take(yaml_node n, T& into, std::string_view key) {
    if (n.is(yaml_kind::null)) return no_value(n, key);
    read(n, into, below(key));
  }

  std::string below(std::string_view key) const;
  void missing(std::string_view key);
  void no_value(yaml_node n, std::string_view key);

  /// Reports a value that cannot be read.
  void refuse(yaml_node n, error e);
  /// Whether a value is of a kind; reports wrong_type if not.
  bool expect(yaml_node n, yaml_kind kind);

  void read(yaml_node n, std::string& into, const std::string& path);
  void read(yaml_node n, int& into, const std::string& path);
  void read(yaml_node n, bool& into, const std::string& path);
  void read(yaml_node n, double& into, const std::string& path);
  void read(yaml_node n, decimal& into, const std::string& path);
  void read(yaml_node n, item_document& into, const std::string& path);
  void read(yaml_node n, time_limit& into, const std::string& path);
  void read(yaml_node n, day& into, const std::string& path);
  void read(yaml_node n, instant& into, const std::string& path);
  void read(yaml_node n, day_span& into, const std::string& path);
  void read(yaml_node n, std::chrono::month_day& into, const std::string& path);
  void read(yaml_node n, sessions& into, const std::string& path);
  void read(yaml_node n, duty& into, const std::string& path);
  void read(yaml_node n, text& into, const std::string& path);
  void read(yaml_node n, table_cell& into, const std::string& path);
  void read(yaml_node n, rule_expression& into, const std::string& path);
  void read(yaml_node n, value& into, const std::string& path);
  void read(yaml_node n, std::map<std::string, std::string>& into, const std::string& path);
  void read(yaml_node n, std::vector<rule_binding>& into, const std::string& path);

  template <class Tag>
  void read(yaml_node n, strong_id<Tag>& into, const std::string& path) {
    std::string s;
    read(n, s, path);
    into = strong_id<Tag>{std::move(s)};
  }

  template <class T>
  void read(yaml_node n, std::optional<T>& into, const std::string& path) {
    const std::size_t before = r_.faults;
    T value{};
    read(n, value, path);
    if (r_.faults == before) into = std::move(value);
  }

  template <class T>
  void read(yaml_node n, std::vector<T>& into, const std::string& path) {
    if (!expect(n, yaml_kind::list)) return;
    const std::string inner = r_.log ? path + "/items" : std::string{};
    for (yaml_node e = n.first(); e; e = e.next()) {
      T& element = into.emplace_back(); // a bad element keeps its number, which paths count by
      if (e.is(yaml_kind::null))
        no_value(e, {});
      else
        read(e, element, inner);
    }
  }

  template <class E>
    requires std::is_enum_v<E>
  void read(yaml_node n, E& into, const std::string& path) {
    static const std::vector<word<E>> known = words(choice_of<E>{});
    if (!r_.log && !expect(n, yaml_kind::scalar)) return;
    for (const word<E>& w : known)
      if (!r_.log && (n.text() == w.name || (!w.label.empty() && n.text() == w.label))) {
        into = w.value;
        return;
      }
    std::vector<std::string_view> all;
    for (const word<E>& w : known) all.push_back(w.name);
    for (const word<E>& w : known)
      if (!w.label.empty()) all.push_back(w.label);
    if (r_.log)
      (*r_.log)[path].words.insert(all.begin(), all.end());
    else
      unknown_word(n, all);
  }

  template <class T>
    requires std::is_class_v<T>
  void read(yaml_node n, T& into, const std::string& path) {
    if (!expect(n, yaml_kind::map)) return;
    record inner{n, r_, path};
    describe(inner, into);
    inner.finish();
  }

  void unknown_word(yaml_node n, const std::vector<std::string_view>& known);

  yaml_node node_;
  reading& r_;
  std::string path_; // only kept while somebody listens
  std::vector<std::string_view> asked_;
};

/// Reads the map of a whole document into x.
template <class T>
void read_document(yaml_node root, reading& r, T& x) {
  record top{root, r};
  top.ask("kind");
  describe(top, x);
  top.finish();
}

/// A scalar as a rule writes its values: whole number, decimal, true or false; anything else, and
/// whatever is quoted, is text.
value plain_value(yaml_node n);

} // namespace banli::detail
