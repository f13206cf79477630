// What stands in one cell of a table of items, written and read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <banli/interchange/item_tables.hpp>

namespace banli::cells {

/// Several parts on one line, trailing empty ones left out; several lines in one cell.
std::string join_parts(const std::vector<std::string_view>& parts);
std::string join_lines(const std::vector<std::string>& lines);

/// The lines of a cell, each in its parts. Errors: bad_value for an unknown escape.
result<std::vector<std::vector<std::string>>> split(std::string_view cell);

std::string type(const service_item& item, const item_type_table& types);
std::string bases(const service_item& item, cell_style style);
std::string body(const service_item& item, cell_style style);
std::string conditions(const service_item& item, cell_style style);
std::string charges(const service_item& item, cell_style style);
std::string department(const service_item& item, cell_style style);
std::string forms(const service_item& item, cell_style style);
std::string questions(const service_item& item, cell_style style);
std::string statutory(const service_item& item);
std::string promised(const service_item& item);
std::string materials(const service_item& item);
/// For people: of the item, or of its windows where it has none itself; hours of its windows.
std::string address(const service_item& item);
std::string hours(const service_item& item);

/// Reading the same. Problems are added with `where`; what is good is kept.
void read_bases(std::string_view cell, const place& where, service_item& into, problems& found);
void read_body(std::string_view cell, const place& where, service_item& into, problems& found);
void read_conditions(std::string_view cell, const place& where, service_item& into,
                     problems& found);
void read_charges(std::string_view cell, const place& where, service_item& into, problems& found);
void read_department(std::string_view cell, const place& where, service_item& into,
                     problems& found);
void read_forms(std::string_view cell, const place& where, service_item& into, problems& found);
void read_questions(std::string_view cell, const place& where, service_item& into, problems& found);
void read_statutory(std::string_view cell, const place& where, service_item& into, problems& found);
void read_promised(std::string_view cell, const place& where, service_item& into, problems& found);

} // namespace banli::cells
