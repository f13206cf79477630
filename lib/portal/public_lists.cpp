#include <banli/portal/public_lists.hpp>

#include <algorithm>

#include <banli/portal/repositories.hpp>
#include <banli/time/text.hpp>

#include "folded_case.hpp"

namespace banli {

namespace {

std::vector<std::string> steps_of(const case_definition& d, const case_state& s) {
  std::vector<std::string> out;
  if (s.ended) return out;
  for (const step_record& r : s.steps)
    if (r.end == step_end::waiting) out.push_back(d.net.at(r.step).shown());
  return out;
}

item_table list_of(std::string title, std::size_t lines, std::vector<std::string> columns) {
  item_table t;
  t.form = item_form::service_list;
  t.title = std::move(title);
  t.notes = {fmt::format("共{}件", lines)};
  t.columns = std::move(columns);
  return t;
}

} // namespace

result<std::vector<publicised_result>> publicised_results(const configuration& config,
                                                          const case_store& store,
                                                          const service_column& column,
                                                          const item_id& item) {
  const auto known = column.open(item); // says what was meant, if it is not known
  if (!known) return known.error();
  if (!known->feedback.publicised)
    return make_error(errc::not_permitted, "results of item '{}' are not publicised",
                      "事项“{}”的办理结果不公示", item.text());
  std::vector<publicised_result> out;
  auto walked = each_folded_case(
      config, store, [&](const case_definition& d, const case_state& s) -> result<void> {
        if (d.item.code == item && s.ended)
          out.push_back({s.id, item, detail::masked_case_name(d, s),
                         std::string{detail::outcome_state(s)}, *s.ended});
        return {};
      });
  if (!walked) return walked.error();
  std::ranges::stable_sort(out, std::greater{}, &publicised_result::ended);
  return out;
}

result<std::vector<overdue_case>> overdue_cases(const configuration& config,
                                                const case_store& store, instant now,
                                                const std::optional<day>& since) {
  std::vector<overdue_case> out;
  auto walked = each_folded_case(
      config, store, [&](const case_definition& d, const case_state& s) -> result<void> {
        const bool shown = !s.ended || (since && day_of(*s.ended) >= *since);
        if (!shown || !s.was_accepted()) return {};
        const auto k = clocks(d, s, config.calendar);
        if (!k) return k.error();
        const auto judged = judge(d, s, config.calendar, now);
        if (!judged) return judged.error();
        if (*judged != timeliness::open_overdue && *judged != timeliness::overdue) return {};
        const deadline& limit = k->promised.result;
        if (!limit.due) return {};
        const day until = day_of(s.ended.value_or(now));
        out.push_back({s.id, d.item.code, d.item.name, detail::department_of(d, {}), steps_of(d, s),
                       *limit.due, std::max<std::int64_t>((until - *limit.due).count(), 1),
                       s.ended});
        return {};
      });
  if (!walked) return walked.error();
  std::ranges::stable_sort(out, std::greater{}, &overdue_case::days_late);
  return out;
}

complaint_record shown(const complaint_record& c, personal_right right) {
  if (right == personal_right::granted) return c;
  complaint_record out = c;
  const std::vector<std::string> names{c.complainant};
  for (std::string* words : {&out.matter, &out.result, &out.reply})
    *words = detail::without_names(*words, names);
  out.complainant = c.confidential ? std::string{} : mask_name(c.complainant);
  return out;
}

item_table results_table(const std::vector<publicised_result>& all) {
  item_table t =
      list_of("办理结果公示", all.size(), {"办件编号", "办件名称", "办理结果", "办结时间"});
  for (const publicised_result& r : all)
    t.rows.push_back({r.number.text(), r.name, r.outcome, to_short_text(r.ended)});
  return t;
}

item_table overdue_table(const std::vector<overdue_case>& all) {
  item_table t = list_of(
      "超期办件公示", all.size(),
      {"办件编号", "事项名称", "办理部门", "当前环节", "应办结日期", "超期天数", "办结时间"});
  for (const overdue_case& c : all)
    t.rows.push_back({c.number.text(), c.item_name, c.department,
                      fmt::format("{}", fmt::join(c.steps, "、")), to_text(c.due),
                      std::to_string(c.days_late), c.ended ? to_short_text(*c.ended) : ""});
  return t;
}

} // namespace banli
