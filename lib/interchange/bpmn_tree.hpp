// bpmn_tree.hpp — a BPMN file as a flat list of elements with resolved namespaces.
//
// pugixml reads the XML without recursion, knows no namespaces and expands no entities; this makes
// a list in the order of the text out of its tree, again without recursion, within the limits. What
// is broken is named, and what could be read of it is there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <pugixml.hpp>

#include "interchange/bpmn_text.hpp"

namespace banli::detail {

/// The beginning of a text, for messages; characters stay whole.
std::string_view beginning(std::string_view s, std::size_t bytes = 100);

/// The namespaces that are told apart. Documents that forgot to declare one are read by its prefix.
template <class Range>
bool among(const Range& words, std::string_view s) {
  return std::find(words.begin(), words.end(), s) != words.end();
}

enum class xml_space : std::uint8_t { model, diagram, own, none, other };

struct xml_element {
  pugi::xml_node node;
  std::string_view name; ///< without prefix
  xml_space space = xml_space::other;
  std::uint32_t space_number = 0; ///< of other namespaces: which
  std::uint32_t parent = 0;
  std::uint32_t end = 0; ///< one past the last element within
};

class bpmn_tree {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  bpmn_tree(const bpmn_text& text, const bpmn_limits& limits, bpmn_findings& found);

  std::size_t size() const { return all_.size(); }
  const xml_element& operator[](std::size_t e) const { return all_[e]; }
  /// Whether it could be read to its end as XML.
  bool whole() const { return whole_; }

  /// The elements within one, not those within these: child() and next() give none at the end.
  std::uint32_t child(std::uint32_t e) const { return e + 1 < all_[e].end ? e + 1 : none; }
  std::uint32_t next(std::uint32_t e) const {
    const std::uint32_t parent = all_[e].parent;
    return parent != none && all_[e].end < all_[parent].end ? all_[e].end : none;
  }
  /// The first child of BPMN's namespace (or ours) with a name.
  std::uint32_t child(std::uint32_t e, std::string_view name,
                      xml_space space = xml_space::model) const;

  bool is(std::uint32_t e, std::string_view name) const {
    return all_[e].space == xml_space::model && all_[e].name == name;
  }

  std::string_view attribute(std::uint32_t e, const char* name) const {
    return all_[e].node.attribute(name).value();
  }
  bool has(std::uint32_t e, const char* name) const {
    return !all_[e].node.attribute(name).empty();
  }
  std::string words(std::uint32_t e) const; ///< the text directly in it
  place where(std::uint32_t e) const;

  /// Namespaces of others, and how many elements and attributes each has within BPMN's own.
  struct foreign {
    std::string uri;
    std::size_t uses = 0;
    std::uint32_t first = none;
  };
  const std::vector<foreign>& others() const { return others_; }

 private:
  struct binding {
    std::string_view prefix;
    xml_space space = xml_space::other;
    std::uint32_t number = 0;
  };
  void flatten(bpmn_findings& found);
  void enter(pugi::xml_node n, std::uint32_t parent, bpmn_findings& found);
  void declare(std::string_view prefix, std::string_view uri, std::uint32_t e,
               bpmn_findings& found);
  binding resolve(std::string_view prefix, std::uint32_t e, bpmn_findings& found);
  void attributes(pugi::xml_node n, std::uint32_t e, bpmn_findings& found);
  void use(const binding& b, std::uint32_t e);
  place where(const char* inside) const;
  void report(bpmn_findings& found, const char* inside, error e) const;

  const bpmn_text& text_;
  const bpmn_limits& limits_;
  std::string buffer_; // what pugixml's names and values point into
  pugi::xml_document document_;
  bool whole_ = false;
  std::vector<xml_element> all_;
  std::vector<binding> bound_;          // in scope, the innermost last
  std::vector<std::size_t> bound_here_; // by depth: how many to take off again
  std::vector<foreign> others_;
  std::unordered_map<std::string_view, std::uint32_t> other_numbers_;
  std::vector<std::string_view> unbound_; // prefixes that were told
};

} // namespace banli::detail
