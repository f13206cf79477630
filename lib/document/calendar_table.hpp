// calendar_table.hpp — days from comma-separated tables; see calendar_file.hpp for the forms.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "document/calendar_pile.hpp"

namespace banli::detail {

/// The addresses of the notices of each year, "; " between several.
using year_sources = std::map<int, std::string>;

/// Reads `year,source` (or `year,paper_url`).
year_sources read_year_sources(const std::string& file, std::string_view text,
                               const document_limits& limits, findings& found);

/// Reads the days of a table as notices onto a pile.
void read_notices(const std::string& file, std::string_view text, const year_sources& sources,
                  const document_limits& limits, calendar_pile& into, findings& found);

/// Reads the days of a table as one overlay, named after the file.
overlay read_overlay(const std::string& file, std::string_view text, const document_limits& limits,
                     findings& found);

/// "shiyan" of "calendars/shiyan.csv".
std::string stem_of(const std::string& file);

} // namespace banli::detail
