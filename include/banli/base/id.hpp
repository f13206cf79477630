// id.hpp — identifiers that cannot be mixed up.
//
// A case number is not a step name, though both are text. strong_id<Tag> makes each its own type:
// it compares, sorts and hashes like its text, and converts to nothing.
//
//   case_id c{"620524-2024-000017"};
//   step_id s{"初审"};
//   c == s;            // does not compile
//   c.text();          // "620524-2024-000017"
//
// Identifiers are chosen by the user, compared byte for byte and never interpreted; Chinese is
// welcome. The empty identifier means "none".
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace banli {

template <class Tag>
class strong_id {
 public:
  strong_id() = default;
  explicit strong_id(std::string text) : text_(std::move(text)) {}
  explicit strong_id(std::string_view text) : text_(text) {}
  explicit strong_id(const char* text) : text_(text) {}

  const std::string& text() const noexcept { return text_; }
  bool empty() const noexcept { return text_.empty(); }

  friend bool operator==(const strong_id&, const strong_id&) = default;
  friend auto operator<=>(const strong_id&, const strong_id&) = default;

 private:
  std::string text_;
};

using item_id = strong_id<struct item_tag>; ///< a service item (事项), by its code
using node_id = strong_id<struct node_tag>; ///< a node of a flowchart (环节, 条件 …)
using flowchart_id = strong_id<struct flowchart_tag>;   ///< a power-operation flowchart (流程图)
using department_id = strong_id<struct department_tag>; ///< a department (部门)
using post_id = strong_id<struct post_tag>;             ///< a post (岗位)
using person_id = strong_id<struct person_tag>;         ///< a person (人员), by staff number
using case_id = strong_id<struct case_tag>;             ///< a case (办件), by case number
using rule_id = strong_id<struct rule_tag>;             ///< a supervision rule (监察规则)
using table_id = strong_id<struct table_tag>;           ///< a decision table (决策表)
using catalogue_id = strong_id<struct catalogue_tag>;   ///< an entry of the catalogue (目录)
using law_id = strong_id<struct law_tag>; ///< a law of the law library (法律法规库)
using business_system_id = strong_id<struct system_tag>; ///< a business system (业务系统)
using request_id = strong_id<struct request_tag>; ///< one request of a caller, never used twice

} // namespace banli

template <class Tag>
struct std::hash<banli::strong_id<Tag>> {
  std::size_t operator()(const banli::strong_id<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.text());
  }
};
