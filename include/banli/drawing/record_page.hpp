// record_page.hpp — the record of an order or a complaint as a page: the electronic form.
//
//   to_html(order_sheet(office, s));      // 电子督办单, a table of two columns
//
// The page is XHTML that fetches nothing and runs nothing, as the pages of dossiers are. Headings
// whose values are empty are shown, so that a form that is printed can be filled in by hand. The
// hard case is a value of several lines: its line ends are kept.
#pragma once

#include <string>

#include <banli/supervision/supervision_act.hpp>

namespace banli {

std::string to_html(const record_sheet& sheet);

} // namespace banli
