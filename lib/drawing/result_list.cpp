#include <banli/drawing/result_list.hpp>

#include <algorithm>

#include <banli/interchange/item_tables.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

/// The list as one of the tables that offices publish.
item_table table_of(const result_list& l) {
  item_table t;
  t.form = item_form::service_list;
  t.title = l.period.unit + "办理结果公示(" + to_text(l.period.from) + " 至 " +
            to_text(l.period.until - days{1}) + ")";
  t.notes = {"共" + std::to_string(l.results.size()) + "件"};
  t.columns = {"办件名称", "办结时间", "办理结果"};
  for (const result_record& r : l.results)
    t.rows.push_back({r.name, to_short_text(r.ended), r.outcome});
  return t;
}

} // namespace

result_list list_results(std::span<const result_record> results, const result_period& period) {
  return {period, results_between(results, period.from, period.until)};
}

result<std::vector<result_list>> list_results(std::span<const result_record> results,
                                              const result_period& period, int every) {
  constexpr std::int64_t most = 10'000;
  if (every < 1)
    return make_error(errc::bad_value, "results are listed every so many days, at least 1, not {}",
                      "公示间隔至少 1 日,不能是 {}", every);
  const std::int64_t length = (period.until - period.from).count();
  if (length > most * every)
    return make_error(errc::limit_exceeded, "more than {} lists", "超过 {} 份公示", most);
  std::vector<result_list> out;
  for (day from = period.from; from < period.until; from += days{every}) {
    const day until = std::min(from + days{every}, period.until);
    out.push_back(list_results(results, {from, until, period.unit}));
  }
  return out;
}

std::string to_csv(const result_list& l) { return to_csv(table_of(l)); }
std::string to_markdown(const result_list& l) { return to_markdown(table_of(l)); }

} // namespace banli
