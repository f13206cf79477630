// rules_file.hpp — supervision rules and decision tables from a file or a folder, judged without
// the rest of a configuration.
//
//   rules_file f = load_rules("rules.yaml");
//   f.found;                         // every problem with file, line and column
//   f.rules->find(rule_id{"T-1"});   // where there are rules and nothing is wrong with them
//   f.tables;                        // documents of kind decision_table, and tables in CSV
//
// Rules speak of the facts of a case (engine/case_facts.hpp), or of what `words` declares.
// Documents of other kinds in a folder are passed over; what is wrong with them is for
// load_configuration(). Of the *.csv files right in a folder those are read whose first column is
// `rule`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>
#include <banli/document/table_file.hpp>
#include <banli/rules/rule_set.hpp>

namespace banli {

struct rules_file {
  std::optional<rule_set> rules{};  ///< where there are any, and nothing is wrong with them
  std::vector<table_file> tables{}; ///< their problems are in `found`, too
  std::size_t files = 0;            ///< that were read
  problems found{};                 ///< sorted by file and line

  bool good() const { return found.empty(); }
};

struct rules_file_options {
  document_limits document{};
  table_limits table{};
  std::optional<environment> words{}; ///< instead of the facts of a case
  bool failing_tests = true;          ///< a rule's own test that fails is a problem
};

/// Reads a file or a folder. Codes: those of load_configuration() for a file and a value,
/// unknown_value where a single file is neither rules nor a table, and those of compile_rules() and
/// compile_table(); bad_value of a test that fails.
rules_file load_rules(const std::string& path, const rules_file_options& how = {});

/// The same from a text in memory; the name says which form it has.
rules_file parse_rules(const std::string& name, std::string_view content,
                       const rules_file_options& how = {});

} // namespace banli
