// yaml_reader.hpp — YAML as configurations use it: bounded, without surprises, every part with its
// place.
//
// Of YAML we take the block and flow forms of maps, lists and scalars. Refused, each with a message
// that says what to write instead: anchors and aliases (they make small files huge), tags, several
// documents in one file, a key twice, a key that is no text. A scalar stays the text that was
// written: 0123 is four characters and 否 no boolean; what a text means is decided where its field
// is known.
//
//   yaml_tree t = read_yaml({"item.yaml", bytes}, {});
//   t.problems;                                  // then there is no root
//   yaml_node name = t.root().find("name");
//   t.where(name);                               // line and column of the value
//
// The tree is ours and flat: one small record a node, in the order of the text; scalars that stand
// in the text as they are written point into it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>

#include "document/source_text.hpp"

namespace banli::detail {

enum class yaml_kind : std::uint8_t { null, scalar, list, map };

class yaml_tree;

/// A handle on one node; copies are cheap and valid as long as the tree. The empty handle is no
/// node.
class yaml_node {
 public:
  yaml_node() = default;

  explicit operator bool() const noexcept { return tree_ != nullptr; }
  yaml_kind kind() const;
  bool is(yaml_kind k) const { return tree_ != nullptr && kind() == k; }

  std::string_view text() const; ///< of a scalar; else empty
  bool plain() const;            ///< a scalar without quotes
  std::string_view key() const;  ///< of an entry of a map; else empty
  std::size_t size() const;      ///< entries or elements

  yaml_node first() const; ///< the first entry or element
  yaml_node next() const;  ///< the one after this in the same map or list
  yaml_node find(std::string_view key) const;
  yaml_node element(std::size_t index) const;

  place where() const;     ///< of the value: where a scalar's first character stands
  place key_where() const; ///< of the key; of the value where there is no key

  /// Where the character stands in the file that is at an offset of text().
  place where(std::size_t text_offset) const;

  /// Whether text() stands in the file as it is, on one line.
  bool straight() const;

  /// The column of further lines if text() stands in the file line by line (a literal block); else
  /// 0.
  int block_column() const;

  friend bool operator==(const yaml_node&, const yaml_node&) = default;

 private:
  friend class yaml_tree;
  yaml_node(const yaml_tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
  const yaml_tree* tree_ = nullptr;
  std::uint32_t index_ = 0;
};

/// Where a part stands; where it is absent, the whole.
inline place where(yaml_node part, yaml_node whole) { return part ? part.where() : whole.where(); }

class yaml_tree {
 public:
  explicit yaml_tree(source_text source) : source_(std::move(source)) {}
  yaml_tree(const yaml_tree&) = delete;
  yaml_tree& operator=(const yaml_tree&) = delete;

  const source_text& source() const noexcept { return source_; }
  /// The whole document; no node if it could not be read or is empty.
  yaml_node root() const { return records_.empty() ? yaml_node{} : yaml_node{this, 0}; }

 private:
  friend class yaml_node;
  friend class yaml_builder;
  friend class simple_yaml;
  struct record {
    std::string_view key;
    std::string_view text;
    std::uint32_t key_at = 0;
    std::uint32_t at = 0;
    std::uint32_t first = 0; // 0: none, because the root is nobody's child
    std::uint32_t next = 0;
    std::uint32_t size = 0;
    yaml_kind kind = yaml_kind::null;
    bool plain = false;
  };
  source_text source_;
  std::vector<record> records_;
  std::deque<std::string> made_; // texts that differ from what stands in the file
};

struct yaml_document {
  std::shared_ptr<const yaml_tree> tree;
  banli::problems problems; ///< if there are any, the tree may be incomplete and is not to be used
};

/// Which way a text is read: the short one where it can be, or yaml-cpp in any case.
enum class yaml_way : std::uint8_t { short_if_simple, yaml_cpp };

/// Reads a text of the usual kinds in one pass (simple_yaml.cpp). False, and the tree empty, if it
/// is not that simple; nothing is said of what is wrong.
bool read_simple_yaml(yaml_tree& tree, const document_limits& limits);

/// Reads one file. Codes: bad_utf8, bad_yaml, duplicate_key, limit_exceeded (bytes, nodes, depth).
yaml_document read_yaml(std::string file, std::string_view bytes, const document_limits& limits,
                        yaml_way way = yaml_way::short_if_simple);

} // namespace banli::detail
