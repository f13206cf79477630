#include <drawing/page.hpp>

#include <algorithm>
#include <array>

#include <banli/time/text.hpp>

#include <drawing/page_style.hpp>

namespace banli::detail {

markup begin_page(language in, std::string_view title) {
  markup m;
  m.raw("<!DOCTYPE html>\n");
  m.open("html", {{"lang", in == language::zh ? "zh-CN" : "en"},
                  {"xmlns", "http://www.w3.org/1999/xhtml"}});
  m.open("head").hollow("meta", {{"charset", "utf-8"}});
  m.hollow("meta", {{"http-equiv", "Content-Security-Policy"},
                    {"content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"}});
  m.hollow("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  m.hollow("meta", {{"name", "robots"}, {"content", "noindex"}});
  m.hollow("link", {{"rel", "icon"}, {"href", "data:,"}});
  m.leaf("title", title).open("style").raw(page_style).close().close();
  m.raw("\n").open("body");
  return m;
}

void foot(markup& m, language in) { m.leaf("footer", {}, words::synthetic(in)); }

void begin_section(markup& m, std::string_view heading, std::string_view note) {
  m.raw("\n").open("section").open("h2").text(heading);
  if (!note.empty()) m.leaf("small", note);
  m.close();
}

void level_badge(markup& m, level l, language in) {
  constexpr std::array<std::string_view, 3> looks{"lv lv-r", "lv lv-w", "lv lv-a"};
  m.leaf("span", {{"class", looks[static_cast<std::size_t>(l)]}}, to_string(l, in));
}

void cell(markup& m, std::string_view heading, std::string_view content, std::string_view style) {
  m.leaf("td", {{"data-th", heading}, {"class", style}}, content);
}

void moment(markup& m, instant t) { m.leaf("time", {{"datetime", to_text(t)}}, to_short_text(t)); }

std::string amount(std::int64_t n, limit_unit counted_in, language in) {
  const bool zh = in == language::zh;
  if (is_hour_unit(counted_in)) {
    const auto hours = n / 60;
    const auto rest = n % 60;
    if (rest == 0) return fmt::format("{}{}", hours, zh ? "小时" : " h");
    return zh ? fmt::format("{}小时{}分", hours, rest) : fmt::format("{} h {} min", hours, rest);
  }
  if (zh) return fmt::format("{}{}", n, counted_in == limit_unit::workday ? "个工作日" : "日");
  return fmt::format("{} {}{}", n, to_string(counted_in), n == 1 ? "" : "s");
}

std::string_view weekday_word(day d, language in) {
  constexpr std::array<std::string_view, 7> zh{"周日", "周一", "周二", "周三",
                                               "周四", "周五", "周六"};
  constexpr std::array<std::string_view, 7> en{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  return (in == language::zh ? zh : en)[weekday_of(d).c_encoding()];
}

std::string_view fate_word(day_class c, language in) {
  switch (c) {
  case day_class::before_start: return words::before_start(in);
  case day_class::counted: return words::counted(in);
  case day_class::weekend: return words::weekend(in);
  case day_class::holiday: return words::holiday(in);
  case day_class::excluded: return words::excluded(in);
  case day_class::suspended: return words::suspended_day(in);
  case day_class::rolled: return words::rolled(in);
  }
  return words::unknown_day(in);
}

std::string_view procedure_word(std::string_view kind, language in) {
  for (const procedure& p : procedures)
    if (p.name == kind) return p.shown(in);
  return kind;
}

std::string_view value_words(std::string_view value, language in) {
  if (value == "true") return words::yes(in);
  if (value == "false") return words::no(in);
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return value;
  return value.substr(1, value.size() - 2);
}

std::string_view hit_end_word(hit_end e, language in) {
  return in == language::zh ? label(e) : to_string(e);
}

std::string plain(std::string_view stable_name) {
  std::string out{stable_name};
  std::replace(out.begin(), out.end(), '_', ' ');
  return out;
}

} // namespace banli::detail
