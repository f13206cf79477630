#include <banli/assessment/record_sources.hpp>

#include <banli/assessment/statistics.hpp>
#include <banli/time/text.hpp>

#include "assessment/trial_hit.hpp"

namespace banli {

namespace {

/// The same day of the next month, or its last.
day month_later(day d) {
  const std::chrono::year_month_day ymd = to_ymd(d);
  const std::chrono::year_month_day later = ymd + std::chrono::months{1};
  return later.ok()
             ? to_day(later)
             : day{std::chrono::local_days{later.year() / later.month() / std::chrono::last}};
}

} // namespace

std::vector<score_record> records_of(const case_figures& c, std::span<const hit> hits) {
  std::vector<score_record> out;
  for (const hit& h : hits) {
    if (h.end == hit_end::superseded) continue;
    score_record r;
    r.id = fmt::format("{}/{}{}{}@{}", c.id.text(), h.rule.text(), h.step.empty() ? "" : "/",
                       h.step.text(), to_text(h.raised));
    r.kind = fmt::format("hit.{}", to_string(h.level));
    r.department = c.department;
    for (const step_figures& s : c.steps)
      if (s.step == h.step && s.since <= h.raised) {
        r.person = s.person; // of the latest turn that had begun
        if (!s.department.empty()) r.department = s.department;
      }
    r.at = h.raised;
    r.note = h.message.zh.empty() ? h.message.en : h.message.zh;
    r.of = c.id;
    r.rule = h.rule;
    r.trial = detail::on_trial(h);
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<score_record> late_records(std::span<const case_figures> cases, instant now) {
  std::vector<score_record> out;
  for (const case_figures& c : cases) {
    const instant done = c.ended.value_or(now);
    if (!c.late_from || done < *c.late_from || c.phase == case_phase::withdrawn) continue;
    score_record r;
    r.id = fmt::format("{}/overdue", c.id.text());
    r.kind = "case.overdue";
    r.department = c.department;
    r.at = *c.late_from;
    r.amount = c.due ? (day_of(done) - *c.due).count() : 0;
    r.note = c.item_name;
    r.of = c.id;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<score_record> records_of(std::span<const complaint_record> all, instant now) {
  std::vector<score_record> out;
  for (const complaint_record& c : all) {
    if (c.received > now) continue;
    score_record r;
    r.id = fmt::format("{}/complaint", c.number);
    r.kind = "complaint";
    r.department = c.unit;
    r.at = c.received;
    r.amount = c.replied ? (day_of(*c.replied) - day_of(c.received)).count() : 0;
    r.note = c.matter;
    r.of = c.of;
    out.push_back(r);
    const instant too_late = end_of(month_later(day_of(c.received)));
    if (c.replied.value_or(now) < too_late) continue;
    r.id += ".late";
    r.kind = "complaint.late";
    if (!c.handler.empty()) r.department = c.handler; // who was to answer it
    r.at = too_late;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<score_record> records_of(const disclosure_report& report, const disclosure_book& book) {
  std::vector<score_record> out;
  for (const disclosure_line& l : report.lines) {
    if (l.standing != column_standing::late && l.standing != column_standing::missing) continue;
    const disclosure_duty& d = book.duties[l.duty];
    const std::vector<std::string> units = units_of(d);
    score_record r;
    r.id = fmt::format("{}/{}@{}", l.duty, d.column, to_text(report.today));
    r.kind = "disclosure.late";
    r.department = department_id{units.empty() ? d.unit : units.front()};
    r.at = instant{report.today};
    r.amount = l.late.count();
    r.note = d.column;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<score_record> records_of(std::span<const evaluation> all) {
  std::vector<score_record> out;
  for (const evaluation& e : all) {
    if (!e.grade || *e.grade < satisfaction::dissatisfied) continue;
    score_record r;
    r.id = fmt::format("{}/grade", e.id);
    r.kind = "grade.dissatisfied";
    r.department = e.department;
    r.person = e.person;
    r.at = e.at;
    r.note = e.words;
    r.of = e.of;
    out.push_back(std::move(r));
  }
  return out;
}

std::map<std::string, std::map<std::string, std::int64_t>>
counts_of(std::span<const case_figures> cases, day from, day until) {
  std::map<std::string, std::map<std::string, std::int64_t>> out;
  const auto t = case_statistics(cases, {from, until, {grouping::department}});
  if (!t) return out; // a window that ends before it begins holds nothing
  for (std::size_t row = 0; row < t->rows(); ++row) {
    auto& counts = out[t->column("department").word(row)];
    for (const char* name :
         {"accepted", "concluded", "early", "on_time", "overdue", "refused", "withdrawn", "open"})
      counts[name] = t->column(name).whole(row);
  }
  return out;
}

} // namespace banli
