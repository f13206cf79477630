#include <banli/run/office_figures.hpp>

#include <algorithm>
#include <map>

#include <banli/assessment/record_sources.hpp>
#include <banli/run/case_view.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/supervision/supervise.hpp>
#include <banli/time/text.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

class office_measurer {
 public:
  office_measurer(const configuration& config, const case_store& store, instant until)
      : config_(config), store_(store), until_(until) {}

  result<office_figures> run() {
    const auto all = cases_in(store_);
    if (!all) return all.error();
    auto orders = orders_in(store_, until_);
    if (!orders) return orders.error();
    out_.orders = *std::move(orders);
    of_case_ = orders_by_case(out_.orders);
    for (const stored_case& c : *all)
      if (auto wrong = measure_one(c)) return *wrong;
    auto complaints = complaints_in(store_, until_);
    if (!complaints) return complaints.error();
    for (complaint& c : *complaints) out_.complaints.push_back(masked(std::move(c)));
    add(late_records(out_.cases, until_));
    add(records_of(out_.orders));
    add(records_of(out_.complaints, until_));
    if (!config_.disclosure.duties.empty()) {
      const auto standing = report(config_.disclosure, config_.calendar, day_of(until_));
      if (!standing) return standing.error();
      add(records_of(*standing, config_.disclosure));
    }
    return std::move(out_);
  }

 private:
  using failed = std::optional<error>;

  void add(std::vector<score_record> more) {
    std::ranges::move(more, std::back_inserter(out_.records));
  }

  failed measure_one(const stored_case& c) {
    auto history = store_.load(c.id);
    if (!history) return history.error();
    std::erase_if(*history, [&](const event& e) { return e.at > until_; });
    const auto folded = fold_stored(config_, c, *history);
    if (!folded) {
      out_.left_out.push_back(
          make_error(errc::definition_changed,
                     "case {} of item {} is left out: its definition is not in the configuration",
                     "办件 {}(事项 {})未纳入:配置中没有它所用的版本", c.id.text(), c.item.text()));
      return std::nullopt;
    }
    if (folded->state.phase == case_phase::none) return std::nullopt;
    auto figures = measure(*folded->definition, folded->state, config_.calendar);
    if (!figures) return figures.error();
    if (config_.rules)
      if (auto wrong = supervise_one(c, *history, *figures)) return wrong;
    out_.cases.push_back(*std::move(figures));
    return std::nullopt;
  }

  failed supervise_one(const stored_case& c, std::span<const event> history,
                       case_figures& figures) {
    auto found = supervise(definitions_of(config_), c.definition, c.id, history, *config_.rules,
                           config_.calendar, until_);
    if (!found) return found.error();
    if (const auto mine = of_case_.find(c.id); mine != of_case_.end())
      answer_hits(found->hits, mine->second);
    count_hits(figures, found->hits);
    add(records_of(figures, found->hits));
    std::ranges::move(found->hits, std::back_inserter(out_.hits));
    return std::nullopt;
  }

  const configuration& config_;
  const case_store& store_;
  instant until_;
  std::map<case_id, std::vector<supervision_order>> of_case_;
  office_figures out_;
};

} // namespace

result<office_figures> measure_office(const configuration& config, const case_store& store,
                                      instant until) {
  return office_measurer{config, store, until}.run();
}

result<std::vector<unanswered_alarm>> unanswered_alarms(const order_register& orders,
                                                        const configuration& config,
                                                        const case_store& store, instant at) {
  const auto all = measure_office(config, store, at);
  if (!all) return all.error();
  return unanswered_alarms(orders.office(), all->hits, all->orders, orders.calendar(), at);
}

data_table to_table(std::span<const unanswered_alarm> alarms) {
  detail::column_table t{"unanswered", {"Alarms without an order", "未及时发起督办的报警"}};
  t.words({"case", "Case", "办件编号"});
  t.words({"rule", "Rule", "规则"});
  t.words({"step", "Step", "环节"});
  t.words({"raised", "Raised", "触发时间"});
  t.words({"message", "Message", "说明(英文)"});
  t.words({"message_zh", "Message (Chinese)", "说明"});
  t.words({"due", "Order due before", "应下发督办期限"});
  t.words({"order", "Order begun", "已发起督办单"});
  t.words({"above", "Next office", "上级监察部门"});
  for (const unanswered_alarm& a : alarms) {
    for (const std::string& id : {a.found.id.text(), a.found.rule.text(), a.found.step.text()})
      t.put(id);
    t.put(to_short_text(a.found.raised));
    t.put(a.found.message.en);
    t.put(a.found.message.zh);
    t.put(to_short_text(a.due));
    t.put(a.order.text());
    t.put(a.above.text());
  }
  return std::move(t).take();
}

} // namespace banli
