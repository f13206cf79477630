#include <banli/assessment/statistics.hpp>

#include <algorithm>
#include <array>
#include <map>

#include <banli/base/nearest.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

using row_key = std::vector<std::string>;

constexpr std::array<std::string_view, 11> grouping_names{
    "department", "item", "item_type", "window", "month", "quarter",
    "half_year",  "year", "post",      "person", "step"};

bool is_of_steps(grouping g) { return g >= grouping::post; }
bool is_period(grouping g) { return g >= grouping::month && g <= grouping::year; }

period_kind period_of_grouping(grouping g) {
  return static_cast<period_kind>(static_cast<int>(g) - static_cast<int>(grouping::month));
}

std::optional<error> judged(const statistic_question& asked, bool steps) {
  if (asked.until < asked.from)
    return make_error(errc::bad_value, "the window ends before it begins",
                      "统计区间的终点早于起点");
  std::size_t periods = 0;
  for (std::size_t i = 0; i < asked.by.size(); ++i) {
    const grouping g = asked.by[i];
    periods += is_period(g) ? 1 : 0;
    if (!steps && is_of_steps(g))
      return make_error(errc::bad_value, "'{}' groups steps, not cases",
                        "“{}”只用于环节统计,不用于办件统计", to_string(g));
    if (std::find(asked.by.begin(), asked.by.begin() + static_cast<std::ptrdiff_t>(i), g) !=
            asked.by.begin() + static_cast<std::ptrdiff_t>(i) ||
        periods > 1)
      return make_error(errc::bad_value, "grouped by '{}' and by the same or another period",
                        "分组“{}”重复,或有两种期间", to_string(g));
  }
  return std::nullopt;
}

/// The times of what was finished, kept for means and percentiles.
struct kept_times {
  std::array<std::vector<std::int64_t>, 4> all; ///< workdays, minutes, net of both

  void add(const time_taken& gross, const time_taken& net) {
    all[0].push_back(gross.workdays);
    all[1].push_back(gross.minutes);
    all[2].push_back(net.workdays);
    all[3].push_back(net.minutes);
  }
};

double mean_time(const std::vector<std::int64_t>& values) {
  if (values.empty()) return no_number;
  std::int64_t sum = 0;
  for (const std::int64_t v : values) sum += v;
  return static_cast<double>(sum) / static_cast<double>(values.size());
}

double nearest_rank(std::vector<std::int64_t>& values, std::size_t percent) {
  if (values.empty()) return no_number;
  const std::size_t at = (percent * values.size() + 99) / 100 - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return static_cast<double>(values[at]);
}

/// What a row counts.
template <std::size_t Counts>
struct counted_row {
  std::array<std::int64_t, Counts> counts{};
  kept_times times;
};

/// The rows of a question, found by their keys.
template <std::size_t Counts>
class row_pile {
 public:
  explicit row_pile(const statistic_question& asked) : asked_(asked) {
    for (const grouping g : asked.by)
      if (is_period(g)) period_ = period_of_grouping(g);
    if (period_)
      periods_ = periods_between(*period_, asked.from, asked.until);
    else if (asked.from < asked.until)
      periods_.push_back({period_kind::year, asked.from, asked.until});
    for (civil_period& p : periods_) {
      names_.push_back(to_text(p));
      p.from = std::max(p.from, asked.from);
      p.until = std::min(p.until, asked.until);
    }
  }

  /// Calls f(row) with the row that an instant belongs to, if it lies in the window.
  template <class Words, class F>
  void at(instant t, const Words& words, F f) {
    const auto after =
        std::upper_bound(periods_.begin(), periods_.end(), t,
                         [](instant x, const civil_period& p) { return x < instant{p.until}; });
    if (after != periods_.end() && after->contains(t))
      f(row(words, static_cast<std::size_t>(after - periods_.begin())));
  }

  /// Calls f(row, end) for the end of every period.
  template <class Words, class F>
  void at_ends(instant from, std::optional<instant> until, const Words& words, F f) {
    for (std::size_t i = 0; i < periods_.size(); ++i) {
      const instant end{periods_[i].until};
      if (from < end && (!until || *until >= end)) f(row(words, i), end);
    }
  }

  std::map<row_key, counted_row<Counts>>& rows() { return rows_; }

 private:
  template <class Words>
  counted_row<Counts>& row(const Words& words, std::size_t period) {
    row_key key;
    for (const grouping g : asked_.by) key.push_back(is_period(g) ? names_[period] : words(g));
    return rows_[std::move(key)];
  }

  const statistic_question& asked_;
  std::optional<period_kind> period_;
  std::vector<civil_period> periods_;
  std::vector<std::string> names_;
  std::map<row_key, counted_row<Counts>> rows_;
};

constexpr std::array<detail::column_name, 10> case_counts{
    {{"received", "Received", "收件"},
     {"accepted", "Accepted", "受理"},
     {"refused", "Refused", "不予受理"},
     {"concluded", "Concluded", "办结"},
     {"early", "Early", "提前"},
     {"on_time", "On time", "按时"},
     {"overdue", "Overdue", "超期办结"},
     {"withdrawn", "Withdrawn", "撤回"},
     {"open", "Open", "在办"},
     {"open_overdue", "Open overdue", "超期未结"}}};
struct case_at {
  enum index : std::size_t {
    received,
    accepted,
    refused,
    concluded,
    early,
    on_time,
    overdue,
    withdrawn,
    still_open,
    open_overdue
  };
};

constexpr std::array<detail::column_name, 7> step_counts{
    {{"begun", "Begun", "开始"},
     {"completed", "Completed", "完成"},
     {"sent_back", "Sent back", "退回"},
     {"abandoned", "Abandoned", "中止"},
     {"late", "Late", "超时"},
     {"waiting", "Waiting", "待办"},
     {"waiting_late", "Waiting late", "超时待办"}}};
struct step_at {
  enum index : std::size_t {
    begun,
    completed,
    sent_back,
    abandoned,
    ended_late,
    waits,
    waits_late
  };
};

constexpr std::array<std::array<std::string_view, 3>, 4> time_names{
    {{"workdays", "working days", "工作日"},
     {"minutes", "office minutes", "工作分钟"},
     {"net_workdays", "net working days", "净工作日"},
     {"net_minutes", "net office minutes", "净工作分钟"}}};

void count_case(row_pile<case_counts.size()>& rows, const case_figures& c) {
  const auto words = [&](grouping g) -> std::string {
    switch (g) {
    case grouping::department: return c.department.text();
    case grouping::item: return c.item.text();
    case grouping::item_type: return c.item_type;
    default: return c.window;
    }
  };
  rows.at(c.received, words, [&](auto& row) {
    ++row.counts[case_at::received];
    if (c.phase == case_phase::refused) ++row.counts[case_at::refused];
  });
  if (!c.accepted) return;
  rows.at(*c.accepted, words, [&](auto& row) { ++row.counts[case_at::accepted]; });
  if (c.ended)
    rows.at(*c.ended, words, [&](auto& row) {
      // Whatever ended without a delivery was not concluded in time or late.
      if (c.phase != case_phase::delivered) return void(++row.counts[case_at::withdrawn]);
      ++row.counts[case_at::concluded];
      ++row.counts[c.judged == timeliness::early     ? case_at::early
                   : c.judged == timeliness::on_time ? case_at::on_time
                                                     : case_at::overdue];
      row.times.add(c.gross, c.net);
    });
  rows.at_ends(*c.accepted, c.ended, words, [&](auto& row, instant end) {
    ++row.counts[case_at::still_open];
    if (c.late_from && *c.late_from < end) ++row.counts[case_at::open_overdue];
  });
}

void count_step(row_pile<step_counts.size()>& rows, const case_figures& c, const step_figures& s) {
  const auto words = [&](grouping g) -> std::string {
    switch (g) {
    case grouping::department: return s.department.text();
    case grouping::item: return c.item.text();
    case grouping::item_type: return c.item_type;
    case grouping::window: return c.window;
    case grouping::post: return s.post.text();
    case grouping::person: return s.person.text();
    default: return s.step.text();
    }
  };
  rows.at(s.since, words, [&](auto& row) { ++row.counts[step_at::begun]; });
  if (s.ended)
    rows.at(*s.ended, words, [&](auto& row) {
      ++row.counts[s.end == step_end::completed   ? step_at::completed
                   : s.end == step_end::sent_back ? step_at::sent_back
                                                  : step_at::abandoned];
      if (s.late_from && *s.ended >= *s.late_from) ++row.counts[step_at::ended_late];
      if (s.end == step_end::completed) row.times.add(s.gross, s.net);
    });
  rows.at_ends(s.since, s.ended, words, [&](auto& row, instant end) {
    ++row.counts[step_at::waits];
    if (s.late_from && *s.late_from < end) ++row.counts[step_at::waits_late];
  });
}

template <std::size_t Counts>
data_table table_of(row_pile<Counts>& pile, const statistic_question& asked,
                    const std::array<detail::column_name, Counts>& counts,
                    detail::column_table table) {
  for (const grouping g : asked.by) {
    const text name = label(g);
    table.words({to_string(g), name.en, name.zh});
  }
  for (const detail::column_name& c : counts) table.whole(c);
  const bool rated = counts.size() == case_counts.size();
  if (rated) table.real({"on_time_rate", "On time %", "按时办结率%"});
  for (const auto& [name, en, zh] : time_names) {
    table.real(
        {fmt::format("{}_mean", name), fmt::format("mean {}", en), fmt::format("平均{}", zh)});
    table.real(
        {fmt::format("{}_p50", name), fmt::format("median {}", en), fmt::format("中位{}", zh)});
    table.real({fmt::format("{}_p90", name), fmt::format("p90 {}", en), fmt::format("九成{}", zh)});
  }
  // A question without groups is answered with zeros where there is nothing.
  if (asked.by.empty()) pile.rows()[{}];
  for (auto& [key, row] : pile.rows()) {
    for (const std::string& word : key) table.put(word);
    for (const std::int64_t n : row.counts) table.put(n);
    if (rated) {
      const std::int64_t all = row.counts[case_at::concluded];
      const std::int64_t good = row.counts[case_at::early] + row.counts[case_at::on_time];
      table.put(all == 0 ? no_number
                         : 100.0 * static_cast<double>(good) / static_cast<double>(all));
    }
    for (std::vector<std::int64_t>& values : row.times.all) {
      table.put(mean_time(values));
      table.put(nearest_rank(values, 50));
      table.put(nearest_rank(values, 90));
    }
  }
  return std::move(table).take();
}

} // namespace

std::string_view to_string(grouping g) { return grouping_names[static_cast<std::size_t>(g)]; }

text label(grouping g) {
  static const std::array<text, grouping_names.size()> labels{{{"Department", "部门"},
                                                               {"Item", "事项"},
                                                               {"Type", "事项类型"},
                                                               {"Window", "窗口"},
                                                               {"Month", "月份"},
                                                               {"Quarter", "季度"},
                                                               {"Half-year", "半年"},
                                                               {"Year", "年份"},
                                                               {"Post", "岗位"},
                                                               {"Person", "人员"},
                                                               {"Step", "环节"}}};
  return labels[static_cast<std::size_t>(g)];
}

result<grouping> parse_grouping(std::string_view name) {
  for (std::size_t i = 0; i < grouping_names.size(); ++i)
    if (grouping_names[i] == name) return static_cast<grouping>(i);
  return with_hint(make_error(errc::unknown_value, "'{}' is no grouping: expected {}",
                              "“{}”不是分组方式,应为:{}", name, fmt::join(grouping_names, ", ")),
                   suggestion(name, grouping_names));
}

bool asks_for_steps(const statistic_question& asked) {
  return std::ranges::any_of(asked.by, is_of_steps);
}

result<data_table> case_statistics(std::span<const case_figures> cases,
                                   const statistic_question& asked) {
  if (auto wrong = judged(asked, false)) return *wrong;
  row_pile<case_counts.size()> rows{asked};
  for (const case_figures& c : cases)
    if (c.phase != case_phase::none) count_case(rows, c);
  return table_of(rows, asked, case_counts, {"cases", {"Cases", "办件统计"}});
}

result<data_table> step_statistics(std::span<const case_figures> cases,
                                   const statistic_question& asked) {
  if (auto wrong = judged(asked, true)) return *wrong;
  row_pile<step_counts.size()> rows{asked};
  for (const case_figures& c : cases)
    for (const step_figures& s : c.steps) count_step(rows, c, s);
  return table_of(rows, asked, step_counts, {"steps", {"Steps", "环节统计"}});
}

} // namespace banli
