// bpmn_ids.hpp — the ids and names of elements that are written.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <banli/flowchart/flowchart.hpp>

namespace banli::detail {

/// Whether a name may be an xsd:ID (NCName of XML 1.0, fifth edition).
bool is_ncname(std::string_view s);

/// The element of BPMN a node is written as.
std::string_view tag_of(node_kind kind);

/// Ids nothing else in a document has.
class fresh_ids {
 public:
  /// Whether an id was free; it no longer is.
  bool take(const std::string& id) { return used_.insert(id).second; }

  /// The id wanted, or the first free one of wanted_2, wanted_3 …
  std::string fresh(const std::string& wanted) {
    if (take(wanted)) return wanted;
    for (std::size_t& n = tries_[wanted];; ++n)
      if (std::string other = fmt::format("{}_{}", wanted, n + 2); take(other)) return other;
  }

 private:
  std::unordered_set<std::string> used_;
  std::unordered_map<std::string, std::size_t> tries_;
};

} // namespace banli::detail
