// item_file.hpp — service items in files of their own: read many of them, write them back.
//
//   item_load l = load_items("library");      // every item of a folder, judged
//   l.items.size();                           // 20000
//   for (const error& e : l.found) …          // file, line and column of every fault
//   save(l.items[0]);                         // kind: item …, as text
//
// A configuration needs flowcharts, posts and a calendar to be good; a library of items does not.
// load_items() reads the documents of kinds item, catalogue, laws and systems of a folder and
// passes over those of other kinds. Items take over what their catalogue entry says; then each is
// judged by itself and all together: codes that are there twice, entries, laws, business systems
// and approvals that are not there.
//
// What is saved is canonical: load(save(x)) == x, and save(load(t)) is the same text for every text
// t that says the same. Keys stand in the order of the schema, defaults are left out, limits and
// words of enumerations have one spelling, and a text that another YAML reader could take for a
// number, a date or a truth is quoted ("0123", "no", "null").
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/item/catalogue_entry.hpp>
#include <banli/item/service_item.hpp>

namespace banli {

/// The items of a folder.
struct item_load {
  std::vector<service_item> items{};      ///< with what their entries give them
  std::vector<catalogue_entry> entries{}; ///< of the documents of kind catalogue
  law_library laws{};                     ///< of those of kind laws
  std::vector<business_system> systems{}; ///< of those of kind systems
  std::size_t files = 0;                  ///< that were read
  problems found{};

  bool good() const { return found.empty(); }
};

/// The limits of a library: those of a configuration, but a province has more items than an office
/// has files.
constexpr document_limits item_file_limits() {
  document_limits l;
  l.files = 200'000;
  return l;
}

/// Reads a folder or one file. Never fails: what is wrong is in `found`, sorted by file and line.
///
/// Codes: file_not_found, file_unreadable, limit_exceeded; bad_utf8, bad_yaml and duplicate_key of
/// a file; unknown_field, missing_field, wrong_type, bad_value, unknown_value and bad_limit of a
/// value; those of check(service_item), compile_materials(), check(catalogue_entry),
/// law_library::add(), check_basis_names() and of item_set.hpp.
item_load load_items(const std::string& path, const document_limits& limits = item_file_limits());

/// The same from texts in memory: pairs of file name and content.
item_load parse_items(const std::vector<std::pair<std::string, std::string>>& files,
                      const document_limits& limits = item_file_limits());

/// One item from one text, whatever check() says of it. Errors: the first of those of a file and a
/// value, and unknown_value for a document of another kind.
result<service_item> parse_item(const std::string& file, std::string_view bytes);

/// A document of kind item. Errors: bad_utf8 (a text in it cannot be written).
result<std::string> save(const service_item& item);

/// A document of kind catalogue. Errors: bad_utf8.
result<std::string> save(std::span<const catalogue_entry> entries);

/// A file for each item, "items/62052400MZ-XK-0001.yaml", and "catalogue.yaml" where there are
/// entries. Errors: bad_utf8; bad_item_code (a code that is no file name); duplicate_code.
result<std::vector<std::pair<std::string, std::string>>> save_items(const configuration& c);

} // namespace banli
