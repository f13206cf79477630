// What can be said of a table before its cells are read: what is there, and whether it fits
// together.
#include <algorithm>
#include <set>

#include "table_plan.hpp"

namespace banli::detail::tables {

namespace {

class shape_checker {
 public:
  shape_checker(const decision_table& t, const table_limits& limits, problems& found)
      : t_(t), limits_(limits), found_(found) {}

  void shape() {
    if (t_.id.empty())
      complain(make_error(errc::missing_field, "a decision table has no id", "决策表缺少编号"),
               t_.where);
    if (t_.inputs.empty()) lacks("inputs", "输入项", t_.where);
    if (t_.outputs.empty()) lacks("outputs", "输出项", t_.where);
    if (t_.rules.empty()) lacks("rules", "规则", t_.where);
    if (t_.rules.size() > limits_.rules || t_.inputs.size() + t_.outputs.size() > limits_.columns)
      complain(make_error(errc::limit_exceeded,
                          "decision table '{}' has more than {} rules or {} columns",
                          "决策表“{}”的规则超过 {} 条或列超过 {} 个", t_.id.text(), limits_.rules,
                          limits_.columns),
               t_.where);
    std::set<std::string_view> names;
    for (const table_input& i : t_.inputs) name(i, names);
    for (const table_output& o : t_.outputs) name(o, names);
    for (std::size_t r = 0; r < t_.rules.size(); ++r) widths(t_.rules[r], r);
    policy();
  }

 private:
  void complain(error e, const place& where) { found_.push_back(at(std::move(e), where)); }

  void lacks(std::string_view en, std::string_view zh, const place& where) {
    complain(make_error(errc::missing_field, "decision table '{0}' has no {1}",
                        "决策表“{0}”缺少{2}", t_.id.text(), en, zh),
             where);
  }

  template <class Column>
  void name(const Column& c, std::set<std::string_view>& names) {
    const std::string& n = c.name;
    const place& where = c.where.line > 0 ? c.where : t_.where;
    if (n.empty())
      complain(make_error(errc::missing_field, "a column of decision table '{}' has no name",
                          "决策表“{}”有一列没有名称", t_.id.text()),
               where);
    else if (!names.insert(n).second)
      complain(make_error(errc::duplicate_id, "decision table '{}' has two columns '{}'",
                          "决策表“{}”的列“{}”重复", t_.id.text(), n),
               where);
  }

  void widths(const table_rule& r, std::size_t number) {
    if (r.when.size() == t_.inputs.size() && r.then.size() == t_.outputs.size()) return;
    complain(make_error(errc::wrong_column_count,
                        "rule {} has {} tests and {} outputs: there are {} inputs and {} outputs",
                        "第 {} 条规则有 {} 个条件、{} 个输出,应有 {} 个条件、{} 个输出", number + 1,
                        r.when.size(), r.then.size(), t_.inputs.size(), t_.outputs.size()),
             r.where);
  }

  void policy() {
    const hit_policy p = t_.policy;
    if (gathers(p) && t_.outputs.size() > 1)
      complain(make_error(errc::bad_value, "{} is about one output, and there are {}",
                          "{} 只能有一个输出项,现有 {} 个", to_string(p), t_.outputs.size()),
               t_.where);
    if ((p == hit_policy::priority || p == hit_policy::output_order) &&
        std::ranges::all_of(t_.outputs,
                            [](const table_output& o) { return o.values.source.empty(); }))
      complain(make_error(errc::missing_field,
                          "{} orders by the 'values' of an output, and none has any",
                          "{} 按输出项的“values”排序,但没有输出项列出取值", to_string(p)),
               t_.where);
  }

  const decision_table& t_;
  const table_limits& limits_;
  problems& found_;
};

} // namespace

void check_shape(const decision_table& t, const table_limits& limits, problems& found) {
  shape_checker(t, limits, found).shape();
}

} // namespace banli::detail::tables
