// library_pile.hpp — the documents of kinds laws, systems and publications, joined.
#pragma once

#include <span>
#include <unordered_map>
#include <vector>

#include <banli/item/item_set.hpp>
#include <banli/library/office_library.hpp>

#include "document/document_set.hpp"

namespace banli::detail {

/// Laws and business systems of all documents.
class library_pile {
 public:
  explicit library_pile(findings& found) : found_(found) {}

  /// Takes the laws of one document. Codes: those of law_library::add().
  void add(const located<laws_document>& document);
  /// Takes the systems of one document. Codes: missing_field (id, name), duplicate_id.
  void add(const located<systems_document>& document);

  const law_library& laws() const { return laws_; }
  const std::vector<business_system>& systems() const { return systems_; }
  /// Whether bases can be judged: there is a document of laws, and all of them could be read.
  bool any_laws() const { return law_documents_ > 0 && laws_sound_; }
  /// Says which systems there are, where any document lists them and all could be read. Laws are
  /// judged by check_basis_names(), which knows titles, too.
  void add_to(item_references& known) const;

 private:
  findings& found_;
  std::size_t law_documents_ = 0;
  std::size_t system_documents_ = 0;
  bool laws_sound_ = true;
  bool systems_sound_ = true;
  law_library laws_;
  std::vector<business_system> systems_;
  std::unordered_map<business_system_id, std::size_t> numbers_;
};

/// Adds what was published to a book of duties, and judges it: check(disclosure_book), and
/// check_published_items() where there are items. The book runs from the earliest `since`.
void add_publications(const document_set& set, std::span<const service_item> items,
                      disclosure_book& book, findings& found);

} // namespace banli::detail
