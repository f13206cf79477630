#include <banli/assessment/record_sources.hpp>

#include <algorithm>

#include <banli/assessment/statistics.hpp>
#include <banli/time/text.hpp>

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

/// What a complaint says to scoring, whichever book it stands in.
struct scored_complaint {
  std::string number;
  department_id unit;    ///< whom it is about
  department_id handler; ///< who was to answer it; empty: the unit
  instant received;
  std::optional<instant> answered;
  std::string matter;
  case_id of;
  std::string_view late; ///< the kind of the record where it is late; empty: that is told already
};

void add_complaint(const scored_complaint& c, instant now, std::vector<score_record>& out) {
  if (c.received > now) return;
  score_record r;
  r.id = fmt::format("{}/complaint", c.number);
  r.kind = "complaint";
  r.department = c.unit;
  r.at = c.received;
  r.amount = c.answered ? (day_of(*c.answered) - day_of(c.received)).count() : 0;
  r.note = c.matter;
  r.of = c.of;
  out.push_back(r);
  const instant too_late = end_of(month_later(day_of(c.received)));
  if (c.late.empty() || c.answered.value_or(now) < too_late) return;
  r.id += fmt::format(".{}", c.late);
  r.kind = fmt::format("complaint.{}", c.late);
  if (!c.handler.empty()) r.department = c.handler;
  r.at = too_late;
  out.push_back(std::move(r));
}

/// Points that a finding takes, as what a record adds.
decimal cost_of(double points) {
  return points == 0 ? decimal{} : parse_decimal(fmt::format("{}", -points)).value_or(decimal{});
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
    r.trial = h.stage == rule_stage::trial;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<score_record> late_records(std::span<const case_figures> cases, instant now) {
  std::vector<score_record> out;
  const auto add = [&](const case_figures& c, const case_limit& limit, std::string_view kind) {
    const instant done = c.ended.value_or(now);
    if (!limit.late_from || done < *limit.late_from || c.phase == case_phase::withdrawn) return;
    score_record r;
    r.id = fmt::format("{}/{}", c.id.text(), kind);
    r.kind = fmt::format("case.{}", kind);
    r.department = c.department;
    r.at = *limit.late_from;
    r.amount = limit.due ? (day_of(done) - *limit.due).count() : 0;
    r.note = c.item_name;
    r.of = c.id;
    out.push_back(std::move(r));
  };
  for (const case_figures& c : cases) {
    add(c, {c.due, c.late_from}, "overdue");
    add(c, c.statutory, "over_statutory");
  }
  return out;
}

std::vector<score_record> records_of(std::span<const supervision_order> orders) {
  std::vector<score_record> out;
  const auto add = [&](const supervision_order& s, std::string_view kind, const std::string& suffix,
                       const department_id& whose, instant at) -> score_record& {
    score_record r;
    r.id = fmt::format("{}/{}{}", s.id.text(), kind, suffix);
    r.kind = fmt::format("order.{}", kind);
    r.department = whose;
    r.at = at;
    r.note = s.matter;
    r.of = s.of;
    r.rule = s.rule;
    return out.emplace_back(std::move(r));
  };
  for (const supervision_order& s : orders) {
    if (s.issued) add(s, "issued", {}, s.unit, *s.issued);
    for (std::size_t i = 0; i < s.escalations.size(); ++i) {
      const order_escalation& e = s.escalations[i];
      const bool by_unit = std::ranges::any_of(e.missed, [](supervision_clock k) {
        return k == supervision_clock::sign_for || k == supervision_clock::reply;
      });
      add(s, "missed", fmt::format("@{}", to_text(e.at)), by_unit ? s.unit : e.from, e.at).amount =
          static_cast<std::int64_t>(i) + 2;
    }
    if (const auto f = finding_of(s)) {
      score_record& r = add(s, "fault", {}, f->unit, f->found);
      r.person = f->liable;
      r.note = f->opinion;
    }
  }
  return out;
}

std::vector<score_record> records_of(std::span<const complaint_record> all, instant now) {
  std::vector<score_record> out;
  for (const complaint_record& c : all)
    add_complaint({c.number, c.unit, c.handler, c.received, c.replied, c.matter, c.of, "late"}, now,
                  out);
  return out;
}

std::vector<score_record> records_of(std::span<const complaint> all, instant now) {
  std::vector<score_record> out;
  for (const complaint& c : all) {
    // Without a first answer it ended by being declined, or because nobody could be answered.
    const auto answered = c.first_answered ? c.first_answered : c.ended;
    std::string_view late = c.passed_down_by.empty() ? "late" : "passed_down_late";
    for (const department_id& unit : c.units) {
      const std::string number =
          c.units.size() == 1 ? c.id.text() : fmt::format("{}/{}", c.id.text(), unit.text());
      add_complaint({number, unit, c.handler, c.received, answered, c.matter, c.of, late}, now,
                    out);
      if (!c.handler.empty()) late = {}; // it is late once, however many it is about
    }
    const auto f = finding_of(c);
    if (!f || f->found > now) continue;
    score_record r;
    r.id = fmt::format("{}/fault", c.id.text());
    r.kind = "complaint.fault";
    r.department = f->unit;
    r.person = f->liable;
    r.at = f->found;
    r.points = cost_of(f->points);
    r.note = f->opinion;
    r.of = c.of;
    out.push_back(std::move(r));
  }
  return out;
}

std::vector<score_record> records_of(const disclosure_report& report, const disclosure_book& book) {
  std::vector<score_record> out;
  for (const disclosure_line& l : report.lines) {
    const disclosure_duty& d = book.duties[l.duty];
    const std::vector<std::string> units = units_of(d);
    for (const obligation& o : l.obligations) {
      const days late = days_late(o, report.today);
      if (late == days{0}) continue;
      score_record r;
      r.id = fmt::format("{}/{}/{}@{}", l.duty, d.column, o.clause, to_text(o.due));
      r.kind = "disclosure.late";
      r.department = department_id{units.empty() ? d.unit : units.front()};
      r.at = instant{o.due + days{1}};
      r.amount = late.count();
      r.note = d.column;
      out.push_back(std::move(r));
    }
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
