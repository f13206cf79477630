// table_csv.hpp — a decision table read from CSV.
#pragma once

#include <string>
#include <string_view>

#include <banli/document/configuration.hpp>
#include <banli/rules/decision_table.hpp>

namespace banli::detail {

/// Reads a table; problems are added to `found`.
decision_table table_from_csv(const std::string& file, std::string_view text, problems& found,
                              const document_limits& limits);

} // namespace banli::detail
