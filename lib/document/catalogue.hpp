// catalogue.hpp — the entries of the documents of kind catalogue, joined.
#pragma once

#include <unordered_map>
#include <vector>

#include <banli/item/item_set.hpp>

#include "document/document_set.hpp"
#include "document/text_places.hpp"

namespace banli::detail {

class catalogue_pile {
 public:
  explicit catalogue_pile(findings& found) : found_(found) {}

  /// Takes the entries of one document and judges them. Codes: those of check(catalogue_entry),
  /// and duplicate_id.
  void add(const located<catalogue_document>& document);

  /// The item with what its entry gives it; the same item where it names none that is there.
  service_item completed(service_item item) const;

  bool knows(const catalogue_id& id) const { return numbers_.contains(id); }
  bool any_documents() const { return documents_ > 0; }
  const std::vector<catalogue_entry>& entries() const { return entries_; }
  std::vector<catalogue_id> ids() const;

 private:
  findings& found_;
  std::size_t documents_ = 0;
  std::vector<catalogue_entry> entries_;
  std::unordered_map<catalogue_id, std::size_t> numbers_;
};

} // namespace banli::detail
