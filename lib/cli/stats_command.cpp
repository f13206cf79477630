// `banli stats`: the tables of an office.
#include <algorithm>
#include <ostream>

#include "commands.hpp"
#include "files.hpp"
#include "open_store.hpp"
#include <banli/assessment/office_tables.hpp>
#include <banli/assessment/sampling.hpp>
#include <banli/assessment/statistics.hpp>
#include <banli/document/scoring_file.hpp>
#include <banli/run/office_figures.hpp>

namespace banli {

namespace {

class stats_printer {
 public:
  stats_printer(const stats_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    if (about_time()) {
      const auto window = read_window(a_.window);
      if (!window) return fail(window.error(), a_.in, to_, exit_usage);
      std::tie(from_, until_) = *window;
    }
    config_ = load_with_former(a_.configuration, a_.former);
    if (!config_->good()) {
      print(config_->found, a_.in, to_);
      return exit_for(config_->found.front());
    }
    if (about_cases()) {
      if (a_.store.empty())
        return fail(make_error(errc::missing_field, "this table needs --store",
                               "此表需要以 --store 给出数据文件"),
                    a_.in, to_, exit_usage);
      if (auto wrong = read_store()) return fail(*wrong, a_.in, to_);
    }
    const auto t = table();
    if (!t) return fail(t.error(), a_.in, to_);
    const std::string out = a_.json  ? to_json(*t) + '\n'
                            : a_.csv ? to_csv(*t, a_.in)
                                     : to_text(*t, a_.in);
    return put(a_.out, out, a_.in, to_);
  }

 private:
  bool is(std::string_view name) const { return a_.table == name; }
  bool about_cases() const {
    return is("cases") || is("coverage") || is("public") || is("overdue") || is("sample") ||
           is("orders") || is("complaints");
  }
  bool about_time() const { return !is("items") && !is("hall") && !is("hall_totals"); }
  instant last() const { return instant{until_} - std::chrono::seconds{1}; }

  std::optional<error> read_store() {
    const auto store = open_kept_store(a_.store);
    if (!store) return store.error();
    auto all = measure_office(*config_, **store, last());
    if (!all) return all.error();
    for (const error& e : all->left_out) to_.err << to_string(e, a_.in) << '\n';
    figures_ = *std::move(all);
    return std::nullopt;
  }

  result<data_table> table() const {
    if (is("items")) return items_by_type(config_->items);
    if (is("hall")) return hall_presence(config_->items);
    if (is("hall_totals")) return hall_totals(config_->items);
    if (is("public")) return public_cases(figures_.cases, last());
    if (is("overdue")) return public_overdue(figures_.cases, last());
    if (is("coverage"))
      return supervision_coverage(config_->items, config_->definitions,
                                  config_->rules ? &*config_->rules : nullptr, figures_.cases,
                                  until_ - days{1});
    if (is("disclosure") || is("orders") || is("complaints")) return by_period();
    if (is("satisfaction")) return satisfied();
    return is("sample") ? sampled() : counted();
  }

  /// Tables with a row for every period: quarters for disclosure, else months.
  result<data_table> by_period() const {
    period_window w{from_, until_, is("disclosure") ? period_kind::quarter : period_kind::month};
    for (const std::string& name : a_.by) {
      const auto kind = parse_period_kind(name);
      if (!kind) return at(kind.error(), {"--by", 0, 0});
      w.by = *kind;
    }
    if (is("orders")) return order_totals(figures_.orders, w);
    if (is("complaints")) return complaint_totals(figures_.complaints, w);
    return disclosure_returns(config_->disclosure, w);
  }

  result<data_table> satisfied() const {
    problems found;
    std::vector<evaluation> all;
    for (const std::string& path : a_.evaluations) {
      const auto bytes = read_bytes(path);
      if (!bytes) return bytes.error();
      std::ranges::move(read_evaluations(*bytes, path, found), std::back_inserter(all));
    }
    if (!found.empty()) return found.front();
    return satisfaction_rates(all, from_, until_);
  }

  /// Cases received in the window, stratified by department.
  result<data_table> sampled() const {
    std::vector<sampled_case> all;
    for (const case_figures& c : figures_.cases)
      if (c.received >= instant{from_}) all.push_back({c.id, c.department.text()});
    const auto s = draw_sample(all, {a_.size, a_.seed, sample_shares::one_each});
    if (!s) return s.error();
    return sample_table(*s);
  }

  result<data_table> counted() const {
    statistic_question asked{from_, until_, {}};
    for (const std::string& name : a_.by) {
      const auto g = parse_grouping(name);
      if (!g) return g.error();
      asked.by.push_back(*g);
    }
    return asks_for_steps(asked) ? step_statistics(figures_.cases, asked)
                                 : case_statistics(figures_.cases, asked);
  }

  const stats_arguments& a_;
  const console& to_;
  std::optional<configuration> config_;
  office_figures figures_;
  day from_{};
  day until_{};
};

} // namespace

int stats_command(const stats_arguments& a, const console& to) {
  return stats_printer{a, to}.run();
}

} // namespace banli
