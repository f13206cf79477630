// A deadline in a notebook: the strip calendar, and below it the days with their reasons.
#include <banli/drawing/dossier.hpp>
#include <banli/drawing/timeline_svg.hpp>

#include "deadline.hpp"

namespace banli::python {

namespace {

std::string row(const day_run& r, language l) {
  std::string days = to_text(r.from);
  if (r.to == last_day)
    days += "…";
  else if (r.to != r.from)
    days += " … " + to_text(r.to);
  std::string count = r.last == 0 ? "" : fmt::format("{}", r.first);
  if (r.last > r.first) count += fmt::format("–{}", r.last);
  return fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", days, count,
                     html_escape(r.reason.in(l)), html_escape(r.source));
}

std::string headline(const answered_deadline& d, language l) {
  const std::string text = to_text(d.why(), l);
  const std::size_t end = text.size() - 1; // its last line says what came out
  return text.substr(text.rfind('\n', end - 1) + 1, end - text.rfind('\n', end - 1) - 1);
}

} // namespace

std::string deadline_svg(const answered_deadline& d, language l) {
  return timeline_svg(d.why(), {.in = l});
}

std::string deadline_html(const answered_deadline& d, language l) {
  const bool zh = l == language::zh;
  std::string out =
      fmt::format("<div class=\"banli-deadline\"><p><b>{}</b> · {}</p>",
                  html_escape(headline(d, l)), html_escape(to_text(d.answer().limit, l)));
  out += deadline_svg(d, l);
  out += zh ? "<table><thead><tr><th>日期</th><th>第几</th><th>原因</th><th>依据</th></tr></"
              "thead><tbody>"
            : "<table><thead><tr><th>days</th><th>count</th><th>reason</th><th>source</th></tr>"
              "</thead><tbody>";
  for (const day_run& r : d.why().runs()) out += row(r, l);
  return out + "</tbody></table></div>";
}

} // namespace banli::python
