// bpmn_edits.hpp — changes of single places of an XML text; everything else stays byte for byte.
//
// Elements are named by their number in the order of their start tags, as bpmn_tree names them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace banli::detail {

class xml_edits {
 public:
  /// The text must be XML without faults, as bpmn_tree has found it.
  explicit xml_edits(std::string_view text);

  /// How many elements there are.
  std::size_t size() const { return spans_.size(); }
  /// The name of an element with its prefix, and the prefix with its colon.
  std::string_view name(std::uint32_t e) const;
  std::string_view prefix(std::uint32_t e) const;

  void set_attribute(std::uint32_t e, std::string_view attribute, std::string_view value);
  void drop_attribute(std::uint32_t e, std::string_view attribute);
  /// Takes an element away, with all that is in it.
  void drop(std::uint32_t e);
  /// Puts elements behind what is in an element, or before; what was put first comes first.
  void put_last(std::uint32_t e, std::string_view fragment);
  void put_first(std::uint32_t e, std::string_view fragment);
  void put_behind(std::uint32_t e, std::string_view fragment);
  /// Makes a text all that is in an element.
  void set_words(std::uint32_t e, std::string_view words);

  /// Makes the XML declaration, if there is one, name the encoding the text now has.
  void declare_utf8();

  /// The text with every change made.
  std::string take() &&;

 private:
  struct span {
    std::size_t begin = 0;  ///< of "<a"
    std::size_t inside = 0; ///< behind ">" of its start tag
    std::size_t close = 0;  ///< of "</a>"; as inside where the start tag ends with "/>"
    std::size_t end = 0;    ///< behind it
    bool open = false;      ///< it has an end tag
  };
  struct edit {
    std::size_t erased = 0;
    std::string put{};
  };
  struct addition {
    std::string first{};
    std::string last{};
    bool replaces = false;
  };
  struct attribute_span {
    std::size_t begin = 0; ///< of the blank before it
    std::size_t end = 0;
    bool found = false;
  };
  static std::size_t behind_tag(std::string_view text, std::size_t at);
  static std::size_t behind_doctype(std::string_view text, std::size_t at);
  attribute_span find_attribute(std::uint32_t e, std::string_view attribute) const;
  void write_inside();

  std::string_view text_;
  std::vector<span> spans_;
  std::map<std::size_t, edit> edits_; ///< by offset
  std::map<std::uint32_t, addition> inside_;
  std::map<std::size_t, std::size_t> dropped_; ///< begin and end
};

} // namespace banli::detail
