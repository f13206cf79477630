// text_places.hpp — where the characters of a value stand, for checks that know only the value.
//
// A checker of conditions counts lines and columns in the text it is given. Where that text stands
// in the file as it is, a place is enough and adding is right. Where YAML has folded lines, taken
// out escapes or removed an indentation, it is not. Such a text gets a stand-in instead of its
// place: a file of its own that begins at 1:1. settle() turns places in stand-ins into places in
// the file.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>

#include "document/yaml_reader.hpp"

namespace banli::detail {

class text_places {
 public:
  /// Finds places below a node by JSON Pointer. The path of an enumeration whose member is called
  /// `kind` leads to the key `kind_key`. The locator must not outlive this object or the tree.
  locator below(yaml_node root, std::string_view kind_key);

  /// A place in the text of a node; of a map or a list, the place of the whole.
  place stand_in(yaml_node of);

  /// Puts true places into problems.
  void settle(problems& all) const;

 private:
  place settled(const place& p) const;
  std::vector<yaml_node> nodes_;
};

} // namespace banli::detail
