#include <banli/assessment/office_tables.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <banli/time/text.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

double share_of(std::size_t part, std::size_t whole) {
  return whole == 0 ? no_number : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// The letters of an item's type, those the table does not know as they are.
std::string type_name(const item_type_table& types, const std::string& letters) {
  const item_type* t = types.find(letters);
  return t == nullptr ? letters : t->name.zh;
}

} // namespace

data_table items_by_type(std::span<const service_item> items, const item_type_table& types) {
  struct key {
    std::string department;
    std::size_t order;
    std::string letters;
    auto operator<=>(const key&) const = default;
  };
  std::map<key, std::size_t> counts;
  for (const service_item& i : items) ++counts[{i.department.text(), types.order(i.type), i.type}];
  detail::column_table t{"items_by_type", {"Items by type", "事项分类统计"}};
  t.words({"department", "Department", "部门"});
  t.words({"type", "Type", "类型代码"});
  t.words({"type_name", "Name of the type", "类型"});
  t.whole({"items", "Items", "事项数"});
  for (const auto& [k, n] : counts) {
    t.put(k.department);
    t.put(k.letters);
    t.put(type_name(types, k.letters));
    t.put(n);
  }
  return std::move(t).take();
}

std::string type_line(std::span<const service_item> items, const department_id& department,
                      language in, const item_type_table& types) {
  std::vector<service_item> mine;
  for (const service_item& i : items)
    if (department.empty() || i.department == department) mine.push_back(i);
  const type_counts counts = count_by_type(types, mine);
  const bool zh = in == language::zh;
  std::string parts;
  const auto add = [&](const text& name, std::size_t n) {
    if (n == 0) return;
    parts += parts.empty() ? "" : zh ? "、" : ", ";
    parts += zh ? fmt::format("{} {} 项", name.zh, n) : fmt::format("{} {}", n, name.en);
  };
  for (std::size_t i = 0; i < types.size(); ++i) add(types.types()[i].name, counts.of[i]);
  add({"of other types", "其他"}, counts.unknown);
  if (parts.empty()) return zh ? "共 0 项" : "0 items";
  return zh ? fmt::format("共 {} 项;其中{}", counts.total(), parts)
            : fmt::format("{} items: {}", counts.total(), parts);
}

data_table hall_presence(std::span<const service_item> items) {
  struct presence {
    std::array<std::size_t, 3> of{}; // by stationing
    std::set<std::string> windows;
  };
  std::map<std::string, presence> all;
  for (const service_item& i : items) {
    presence& p = all[i.department.text()];
    ++p.of[static_cast<std::size_t>(i.hall)];
    if (i.hall == stationing::in_hall)
      for (const service_window& w : i.windows) p.windows.insert(w.hall + "\n" + w.window);
  }
  detail::column_table t{"hall", {"Presence in the hall", "进驻大厅情况"}};
  t.words({"department", "Department", "部门"});
  for (const detail::column_name& c : {detail::column_name{"items", "Items", "事项数"},
                                       {"in_hall", "In the hall", "进驻"},
                                       {"outside", "Outside", "未进驻"},
                                       {"undecided", "Undecided", "未定"},
                                       {"windows", "Windows", "窗口数"}})
    t.whole(c);
  for (const auto& [department, p] : all) {
    t.put(department);
    t.put(p.of[0] + p.of[1] + p.of[2]);
    t.put(p.of[static_cast<std::size_t>(stationing::in_hall)]);
    t.put(p.of[static_cast<std::size_t>(stationing::outside)]);
    t.put(p.of[static_cast<std::size_t>(stationing::undecided)]);
    t.put(p.windows.size());
  }
  return std::move(t).take();
}

data_table hall_totals(std::span<const service_item> items) {
  std::set<department_id> departments, stationed;
  std::size_t in_hall = 0;
  for (const service_item& i : items) {
    departments.insert(i.department);
    if (i.hall != stationing::in_hall) continue;
    stationed.insert(i.department);
    ++in_hall;
  }
  detail::column_table t{"hall_totals", {"Presence in the hall, all", "进驻大厅汇总"}};
  t.whole({"departments", "Departments", "部门数"});
  t.whole({"departments_in_hall", "Departments in the hall", "进驻部门数"});
  t.whole({"items", "Items", "事项数"});
  t.whole({"items_in_hall", "Items in the hall", "进驻事项数"});
  for (const std::size_t n : {departments.size(), stationed.size(), items.size(), in_hall})
    t.put(n);
  return std::move(t).take();
}

data_table satisfaction_rates(std::span<const evaluation> all, day from, day until) {
  constexpr std::size_t grades = 5;
  std::map<std::pair<std::string, evaluation_channel>, std::array<std::size_t, grades>> counts;
  for (const evaluation& e : all)
    if (e.grade && period_window{from, until}.contains(e.at))
      ++counts[{e.department.text(), e.channel}][static_cast<std::size_t>(*e.grade)];
  detail::column_table t{"satisfaction", {"Satisfaction", "满意度统计"}};
  t.words({"department", "Department", "部门"});
  t.words({"channel", "Channel", "渠道"});
  t.whole({"evaluations", "Evaluations", "评价数"});
  for (std::size_t g = 0; g < grades; ++g) {
    const auto grade = static_cast<satisfaction>(g);
    t.whole({to_string(grade), to_string(grade), label(grade)});
  }
  t.real({"satisfied_rate", "Satisfied %", "满意率%"});
  for (const auto& [key, of] : counts) {
    std::size_t sum = 0;
    for (const std::size_t n : of) sum += n;
    t.put(key.first);
    t.put(to_string(key.second));
    t.put(sum);
    for (const std::size_t n : of) t.put(n);
    t.put(share_of(of[0] + of[1] + of[2], sum));
  }
  return std::move(t).take();
}

data_table disclosure_returns(const disclosure_book& book, const period_window& window) {
  constexpr std::size_t kinds = 4;
  std::map<std::string, const disclosure_duty*> keepers;
  std::set<std::string> units;
  for (const disclosure_duty& d : book.duties) {
    keepers.emplace(d.column, &d);
    if (const auto named = units_of(d); !named.empty()) units.insert(named.front());
  }
  std::map<std::pair<civil_period, std::string>, std::array<std::size_t, kinds>> counts;
  for (const civil_period& p : periods_between(window.by, window.from, window.until))
    for (const std::string& u : units) counts[{p, u}];
  for (const publication& p : book.publications) {
    if (p.date < window.from || p.date >= window.until) continue;
    std::string unit = p.unit;
    if (const auto k = keepers.find(p.column); unit.empty() && k != keepers.end())
      if (const auto named = units_of(*k->second); !named.empty()) unit = named.front();
    ++counts[{period_of(window.by, p.date), unit}][static_cast<std::size_t>(p.kind)];
  }
  detail::column_table t{"disclosure", {"Disclosure returns", "信息公开工作统计报表"}};
  t.words({"period", "Period", "期间"});
  t.words({"unit", "Unit", "单位"});
  t.whole({"content", "Content", "发布"});
  t.whole({"reviews", "Reviews", "审核"});
  t.whole({"notes", "Notes", "说明"});
  t.whole({"reposts", "Reposts", "转载"});
  for (const auto& [key, of] : counts) {
    t.put(to_text(key.first));
    t.put(key.second);
    for (const std::size_t n : of) t.put(n);
  }
  return std::move(t).take();
}

data_table plan_and_done(std::span<const planned_work> plans, std::span<const done_work> done) {
  struct key {
    std::string unit;
    std::string what;
    civil_period when;
    auto operator<=>(const key&) const = default;
  };
  struct tally {
    std::size_t planned = 0;
    std::size_t done = 0;
  };
  std::map<key, tally> all;
  for (const planned_work& p : plans) all[{p.unit, p.what, p.when}].planned += p.count;
  for (const done_work& d : done) {
    bool planned = false;
    for (const planned_work& p : plans) {
      if (planned || p.unit != d.unit || p.what != d.what || !p.when.contains(instant{d.on}))
        continue;
      ++all[{p.unit, p.what, p.when}].done;
      planned = true; // work is done once, also where plans overlap
    }
    if (!planned) ++all[{d.unit, d.what, period_of(period_kind::month, d.on)}].done;
  }
  detail::column_table t{"plan", {"Planned and done", "计划完成情况"}};
  t.words({"unit", "Unit", "单位"});
  t.words({"what", "What", "内容"});
  t.words({"period", "Period", "期间"});
  t.whole({"planned", "Planned", "计划"});
  t.whole({"done", "Done", "完成"});
  t.real({"rate", "Done %", "完成率%"});
  for (const auto& [k, n] : all) {
    t.put(k.unit);
    t.put(k.what);
    t.put(to_text(k.when));
    t.put(n.planned);
    t.put(n.done);
    t.put(share_of(n.done, n.planned));
  }
  return std::move(t).take();
}

data_table supervision_coverage(std::span<const service_item> items,
                                std::span<const std::shared_ptr<const case_definition>> definitions,
                                const rule_set* rules, std::span<const case_figures> cases,
                                day on) {
  bool any_rule = false;
  bool each_step = false;
  if (rules != nullptr)
    for (const compiled_rule& r : rules->rules()) {
      if (!in_force(r.definition(), on)) continue;
      any_rule = true;
      each_step = each_step || r.definition().scope == rule_scope::each_step;
    }
  std::map<item_id, const case_definition*> running;
  for (const auto& d : definitions)
    if (d) running.emplace(d->item.code, d.get());
  std::set<item_id> covered;
  std::size_t steps = 0;
  std::size_t covered_steps = 0;
  for (const service_item& i : items) {
    const auto d = running.find(i.code);
    const bool watched = any_rule && i.supervised && d != running.end();
    if (watched) covered.insert(i.code);
    if (d == running.end()) continue;
    for (const node& n : d->second->net.chart().nodes) {
      if (n.kind != node_kind::step) continue;
      ++steps;
      if (watched && (each_step || n.limit)) ++covered_steps;
    }
  }
  const auto seen = static_cast<std::size_t>(std::ranges::count_if(
      cases, [&](const case_figures& c) { return covered.contains(c.item); }));
  detail::column_table t{"coverage", {"Coverage of supervision", "监察覆盖情况"}};
  t.words({"what", "What", "对象"});
  t.whole({"total", "Total", "总数"});
  t.whole({"covered", "Covered", "已覆盖"});
  t.real({"share", "Covered %", "覆盖率%"});
  const auto row = [&](std::string_view what, std::size_t total, std::size_t of_it) {
    t.put(what);
    t.put(total);
    t.put(of_it);
    t.put(share_of(of_it, total));
  };
  row("items", items.size(), covered.size());
  row("steps", steps, covered_steps);
  row("cases", cases.size(), seen);
  return std::move(t).take();
}

} // namespace banli
