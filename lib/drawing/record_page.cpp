#include <banli/drawing/record_page.hpp>

#include <drawing/page.hpp>

namespace banli {

std::string to_html(const record_sheet& sheet) {
  detail::markup m = detail::begin_page(language::zh, sheet.title);
  m.open("main").leaf("h1", sheet.title).open("table").open("tbody");
  for (const auto& [heading, value] : sheet.rows) {
    m.open("tr").leaf("th", {{"scope", "row"}}, heading);
    m.leaf("td", {{"style", "white-space:pre-line"}}, value).close();
  }
  return std::move(m).take();
}

} // namespace banli
