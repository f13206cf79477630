#include <banli/library/duty_rota.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

namespace banli {

namespace {

constexpr std::size_t most_units = 1'000;
constexpr int most_months = 12'000;

int months_from(const duty_rota& r, std::chrono::year_month m) {
  return static_cast<int>((m - r.from).count());
}

/// The earliest month of a unit that nothing has met yet and that had begun on a day; the month of
/// the day itself where it is the unit's and free.
rota_line* month_to_meet(std::vector<rota_line>& lines, const publication& p) {
  for (rota_line& l : lines)
    if (l.month == month_of(p.date) && l.unit == p.unit && !l.published) return &l;
  for (rota_line& l : lines)
    if (l.month <= month_of(p.date) && l.unit == p.unit && !l.published) return &l;
  return nullptr;
}

} // namespace

std::string_view to_string(rota_standing s) {
  constexpr std::array<std::string_view, 3> names{"open", "met", "late"};
  return names[static_cast<std::size_t>(s)];
}

std::string_view label(rota_standing s) {
  constexpr std::array<std::string_view, 3> names{"未到期", "已完成", "逾期"};
  return names[static_cast<std::size_t>(s)];
}

problems check(const duty_rota& r, const locator& where) {
  problems found;
  const auto add = [&](error e, const std::string& path) {
    found.push_back(at(std::move(e), where(path)));
  };
  if (r.column.empty())
    add(make_error(errc::missing_field, "the rota has no column", "轮值表没有栏目"), "/column");
  if (r.units.empty())
    add(make_error(errc::missing_field, "the rota has no units", "轮值表没有单位"), "/units");
  if (r.units.size() > most_units)
    add(make_error(errc::limit_exceeded, "the rota has {} units, at most {} are allowed",
                   "轮值表有 {} 个单位,最多允许 {} 个", r.units.size(), most_units),
        "/units");
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < std::min(r.units.size(), most_units); ++i)
    if (!seen.insert(r.units[i]).second)
      add(make_error(errc::duplicate_id, "unit '{}' is in the rota twice", "单位“{}”在轮值表中重复",
                     r.units[i]),
          fmt::format("/units/{}", i));
  if (!r.from.ok())
    add(make_error(errc::bad_date, "the first month of the rota is none", "轮值表的起始月份无效"),
        "/from");
  return found;
}

std::optional<std::string_view> unit_on_duty(const duty_rota& r, std::chrono::year_month month) {
  if (r.units.empty() || !month.ok() || !r.from.ok() || month < r.from) return std::nullopt;
  return r.units[static_cast<std::size_t>(months_from(r, month)) % r.units.size()];
}

result<std::vector<rota_line>> report_rota(const duty_rota& r, const disclosure_book& book,
                                           day today) {
  if (problems wrong = check(r); !wrong.empty()) return std::move(wrong.front());
  const int months = std::max(0, months_from(r, month_of(today)) + 1);
  if (months > most_months)
    return make_error(errc::limit_exceeded, "the rota runs for {} months, at most {} are allowed",
                      "轮值表跨 {} 个月,最多允许 {} 个月", months, most_months);
  std::vector<rota_line> lines;
  for (int i = 0; i < months; ++i) {
    const std::chrono::year_month m = r.from + std::chrono::months{i};
    lines.push_back({m, std::string{*unit_on_duty(r, m)}, rota_standing::open, std::nullopt});
  }
  std::vector<const publication*> published;
  for (const publication& p : book.publications)
    if (p.column == r.column && p.kind == publication_kind::content && p.date <= today)
      published.push_back(&p);
  std::stable_sort(published.begin(), published.end(),
                   [](const auto* a, const auto* b) { return a->date < b->date; });
  for (const publication* p : published)
    if (rota_line* const l = month_to_meet(lines, *p)) l->published = p->date;
  for (rota_line& l : lines) {
    const bool in_month = l.published && month_of(*l.published) == l.month;
    if (in_month)
      l.standing = rota_standing::met;
    else if (l.published || l.month < month_of(today))
      l.standing = rota_standing::late;
  }
  return lines;
}

} // namespace banli
