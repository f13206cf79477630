// configuration.hpp — everything an office has written down, read from a folder of YAML.
//
//   configuration c = load_configuration("examples/county");
//   for (const error& e : c.found) fmt::print("{}\n", to_string(e, language::zh));
//   c.definitions.size();             // linked and ready to run, if nothing was found
//
// A configuration is a folder. Every *.yaml file in it and below says in its first key what it is
// (kind: office, organisation, calendar, overlay, hours, item, catalogue, laws, systems, flowchart,
// rules, commit_rules, decision_table, scoring_scheme, duties, publications, log_mapping) and
// follows the JSON Schema of that kind in schemas/. Files are read in name order; only overlays
// depend on it: the later lies over the earlier.
//
// Reading judges: every problem of every file is reported at once with file, line and column, and a
// configuration with a problem is not to be run.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/assessment/scoring_scheme.hpp>
#include <banli/base/result.hpp>
#include <banli/calendar/workday_calendar.hpp>
#include <banli/calendar/working_hours.hpp>
#include <banli/deadline/duty.hpp>
#include <banli/engine/case_definition.hpp>
#include <banli/engine/log_mapping.hpp>
#include <banli/engine/organisation.hpp>
#include <banli/flowchart/flowchart.hpp>
#include <banli/item/catalogue_entry.hpp>
#include <banli/item/service_item.hpp>
#include <banli/library/office_library.hpp>
#include <banli/rules/compiled_table.hpp>
#include <banli/rules/rule_set.hpp>

namespace banli {

/// How much a configuration may hold.
struct document_limits {
  std::size_t files = 10'000;
  std::size_t file_bytes = 16'000'000;
  std::size_t total_bytes = 512'000'000;
  std::size_t nodes = 2'000'000; ///< YAML nodes in one file
  std::size_t depth = 32;        ///< lists and maps within each other
  std::size_t problems = 1'000;  ///< further ones are not reported
};

struct configuration {
  std::string name;
  workday_calendar calendar;
  working_hours hours{}; ///< the default ones where no document of kind hours is there
  std::shared_ptr<const organisation> people{};
  std::vector<service_item> items{};        ///< with what their catalogue entries give them
  std::vector<catalogue_entry> catalogue{}; ///< entries (目录) that items stand below
  std::vector<flowchart> flowcharts{};
  std::vector<std::shared_ptr<const case_definition>> definitions{}; ///< one per good item
  /// Earlier versions by which cases began that are not over, or were moved: keep_former().
  std::vector<std::shared_ptr<const case_definition>> former{};
  std::optional<rule_set> rules{};
  std::optional<rule_set> commit_rules{}; ///< asked before a command happens
  std::vector<compiled_table> tables{};   ///< decision tables
  std::vector<compiled_scheme> schemes{}; ///< how departments and persons are scored
  law_library laws{};
  std::vector<business_system> systems{};
  disclosure_book disclosure{}; ///< duties, publications and events of all documents
  std::optional<log_mapping> log{};
  std::vector<std::string> files{}; ///< that were read
  problems found{};

  bool good() const { return found.empty(); }
};

/// The definition of an item, or null.
std::shared_ptr<const case_definition> find(const configuration& c, const item_id& id);

/// The definition with a hash, of those in force or of the former ones, or null.
std::shared_ptr<const case_definition> find_version(const configuration& c, std::string_view hash);

/// Keeps what an earlier configuration ran by, so that cases which began then can be read.
void keep_former(configuration& c, const configuration& earlier);

/// Reads a folder or one file. Never fails: what is wrong is in `found`, sorted by file and line.
///
/// Codes: file_not_found, file_unreadable, limit_exceeded; bad_utf8, bad_yaml and duplicate_key of
/// a file; unknown_field, missing_field, wrong_type, bad_value, unknown_value, bad_date, bad_limit,
/// bad_duty, bad_hours and bad_calendar of a value; duplicate_id, duplicate_code (of items) and
/// unknown_reference between documents; those of law_library::add() and check_basis_names() where
/// there is a document of kind laws, of check(disclosure_book) where there is one of kind
/// publications; and those of check(organisation), check(catalogue_entry), item_set.hpp, link() and
/// compile_rules(), compile_table() and compile_scheme(), and of rules whose own tests fail.
configuration load_configuration(const std::string& path, const document_limits& limits = {});

/// The same from texts in memory: pairs of file name and content.
configuration parse_configuration(const std::vector<std::pair<std::string, std::string>>& files,
                                  const document_limits& limits = {});

} // namespace banli
