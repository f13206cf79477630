#include <algorithm>
#include <set>
#include <utility>

#include <banli/base/nearest.hpp>

#include "table_grid.hpp"
#include "table_plan.hpp"

namespace banli {

using namespace detail::tables;

/// Checks a table column by column and cell by cell, and keeps what is wrong with all of it.
class table_builder {
 public:
  table_builder(decision_table table, const environment& host, const table_limits& limits)
      : t_(table) {
    plan_.definition = std::move(table);
    plan_.limits = limits;
    plan_.words = host;
  }

  compiled_tables build() {
    check_shape(t_, plan_.limits, found_);
    if (found_.empty()) {
      inputs();
      outputs();
      rules();
    }
    compiled_tables out;
    if (found_.empty()) {
      plan_.reads = reads();
      plan_.analysis = analyse(plan_);
      out.analysis = plan_.analysis;
      judge(plan_.analysis);
    }
    if (found_.size() > plan_.limits.problem_count) found_.resize(plan_.limits.problem_count);
    out.problems = std::move(found_);
    if (out.problems.empty())
      out.table = compiled_table(std::make_shared<const plan>(std::move(plan_)));
    return out;
  }

 private:
  void complain(error e, const place& where) { found_.push_back(at(std::move(e), where)); }

  // ---- inputs ----

  void inputs() {
    for (const table_input& i : t_.inputs) {
      input_column& c = plan_.inputs.emplace_back();
      c.name = i.name;
      if (i.expression.source.empty()) field(i, c);
    }
    plan_.all = plan_.words;
    for (std::size_t k = 0; k < t_.inputs.size(); ++k)
      if (!t_.inputs[k].expression.source.empty()) expression(t_.inputs[k], plan_.inputs[k]);
    plan_.self = static_cast<std::uint32_t>(plan_.all.fields().size());
    for (input_column& c : plan_.inputs) {
      c.cells = plan_.all;
      c.cells.declare("_", c.of);
    }
  }

  /// An input that is read by its name: a field of the host, or one the table declares.
  void field(const table_input& i, input_column& c) {
    if (const auto slot = host_field(i.name)) {
      c.slot = *slot;
      c.of = plan_.words.fields()[*slot].of;
      if (i.type != column_type::declared && !same_kind(kind_of(i.type), c.of))
        complain(make_error(errc::type_mismatch, "'{}' is {}, not {}", "“{}”的类型为 {},不是 {}",
                            i.name, to_string(c.of), to_string(i.type)),
                 place_of(i));
      domain(i, c);
      return;
    }
    if (i.type == column_type::declared) unknown(i);
    c.of = kind_of(i.type); // of what is unknown dyn, so that its cells are not wrong for its sake
    domain(i, c);
    const std::size_t before = plan_.words.fields().size();
    plan_.words.declare(i.name, c.of);
    if (plan_.words.fields().size() != before + 1) return;
    c.slot = static_cast<std::uint32_t>(before);
  }

  const place& place_of(const table_input& i) const {
    return i.where.line > 0 ? i.where : t_.where;
  }

  void unknown(const table_input& i) {
    std::vector<std::string_view> known;
    for (const declared_field& f : plan_.words.fields()) known.push_back(f.path);
    complain(with_hint(make_error(errc::missing_field,
                                  "input '{}' is nothing that is declared, and has no type",
                                  "输入项“{}”未经声明,也没有类型", i.name),
                       suggestion(i.name, known)),
             place_of(i));
  }

  static bool same_kind(type_kind wanted, const type& of) {
    return of.is(wanted) || (wanted == type_kind::string && of.is(type_kind::enumeration));
  }

  /// A field of the host by its path, or by its labels.
  std::optional<std::uint32_t> host_field(const std::string& name) const {
    const auto slot = plan_.words.slot(name);
    return slot ? slot : plan_.words.slot(canonical(name));
  }

  /// A dotted name with its labels turned into names.
  std::string canonical(std::string_view dotted) const {
    std::string out;
    for (std::size_t from = 0; from <= dotted.size();) {
      const std::size_t end = std::min(dotted.find('.', from), dotted.size());
      if (from > 0) out += '.';
      out += plan_.words.name_of(dotted.substr(from, end - from));
      from = end + 1;
    }
    return out;
  }

  void expression(const table_input& i, input_column& c) {
    compile_options how;
    how.base = i.expression.where;
    how.limits = plan_.limits.expression;
    if (i.type != column_type::declared) how.expected = kind_of(i.type);
    compiled made = compile(i.expression.source, plan_.words, how);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    c.expression = std::move(made.program);
    c.of = i.type == column_type::declared && c.expression ? c.expression->gives()
                                                           : type{kind_of(i.type)};
    if (plan_.all.variable(i.name))
      return complain(make_error(errc::duplicate_id,
                                 "input '{}' is an expression, and its name is declared already",
                                 "输入项“{}”为表达式,其名称已被声明", i.name),
                      i.expression.where);
    domain(i, c);
    c.slot = static_cast<std::uint32_t>(plan_.all.fields().size());
    plan_.all.declare(i.name, c.of);
  }

  /// Which values an input may have. Texts that are listed make it an enumeration.
  void domain(const table_input& i, input_column& c) {
    if (i.values.source.empty()) return;
    static const environment nothing;
    const std::vector<std::string> none;
    const std::size_t before = found_.size();
    unary_test d = read_test(
        i.values, {nothing, c.of, none, plan_.limits.expression, plan_.limits.tests}, found_);
    if (found_.size() != before) {
      c.of = {}; // texts that may stand without quotes are not known
      c.broken = true;
      return;
    }
    if (d.condition)
      return complain(make_error(errc::bad_value, "the values of '{}' must be constants",
                                 "“{}”的取值必须是常量", i.name),
                      i.values.where);
    std::vector<std::string> texts;
    for (const interval& n : d.intervals)
      if (n.low && n.high && *n.low == *n.high && n.low->as_string())
        texts.push_back(*n.low->as_string());
    if (!d.negated && c.of.is(type_kind::string) && texts.size() == d.intervals.size())
      c.of = type::enumeration(i.name, std::move(texts));
    c.domain = std::move(d);
  }

  // ---- outputs ----

  void outputs() {
    for (const table_output& o : t_.outputs) {
      output_column& c = plan_.outputs.emplace_back();
      c.name = o.name;
      if (!o.values.source.empty()) listed(o, c);
      if (!o.default_value.source.empty()) c.otherwise = output(o, c, o.default_value);
    }
  }

  void listed(const table_output& o, output_column& c) {
    for (const table_cell& part : split_tests(o.values)) {
      const auto v = constant(part.source, plan_.limits.expression);
      if (!v) {
        complain(make_error(errc::bad_value, "'{}' is no constant", "“{}”不是常量", part.source),
                 part.where);
        continue;
      }
      const auto* all = v->as_list();
      for (const value& e : all ? *all : value::elements{*v})
        if (auto fitting = fit(o, e, part.where)) c.listed.push_back(*std::move(fitting));
    }
  }

  /// A value as one of the column's type; a whole number becomes a double where that is wanted.
  std::optional<value> fit(const table_output& o, const value& v, const place& where) {
    if (o.type == column_type::declared || v.kind() == kind_of(o.type)) return v;
    if (const auto i = v.as_int()) {
      if (o.type == column_type::real) return value{static_cast<double>(*i)};
      if (o.type == column_type::uinteger && *i >= 0) return value{static_cast<std::uint64_t>(*i)};
    }
    complain(make_error(errc::type_mismatch, "'{}' is {}, and {} is {}",
                        "输出项“{}”应为 {},而 {} 为 {}", o.name, to_string(o.type), to_text(v),
                        to_string(type{v.kind()})),
             where);
    return std::nullopt;
  }

  output_cell output(const table_output& o, const output_column& c, const table_cell& cell) {
    output_cell out;
    const auto word = std::ranges::find(c.listed, value{cell.source});
    if (word != c.listed.end()) {
      aggregates(word->kind(), cell.where);
      out.fixed = *word;
      return out;
    }
    if (const auto v = constant(cell.source, plan_.limits.expression)) {
      out.fixed = fit(o, *v, cell.where);
      if (out.fixed) among(o, c, *out.fixed, cell.where);
      return out;
    }
    compile_options how;
    how.base = cell.where;
    how.limits = plan_.limits.expression;
    if (o.type != column_type::declared) how.expected = kind_of(o.type);
    compiled made = compile(cell.source, plan_.all, how);
    found_.insert(found_.end(), made.problems.begin(), made.problems.end());
    if (made.program) aggregates(made.program->gives(), cell.where);
    out.made = std::move(made.program);
    return out;
  }

  void among(const table_output& o, const output_column& c, const value& v, const place& where) {
    aggregates(v.kind(), where);
    if (c.listed.empty() || std::ranges::find(c.listed, v) != c.listed.end()) return;
    std::vector<std::string> known;
    for (const value& l : c.listed) known.push_back(to_text(l));
    complain(with_hint(make_error(errc::unknown_value, "{} is no value of output '{}'",
                                  "{} 不是输出项“{}”的取值", to_text(v), o.name),
                       suggestion(to_text(v), known)),
             where);
  }

  /// Whether the policy's sum, least or greatest can be taken of a type.
  void aggregates(const type& of, const place& where) {
    const auto k = of.kind();
    const bool number = k == type_kind::integer || k == type_kind::uinteger || k == type_kind::real;
    const bool sums = number || k == type_kind::duration || k == type_kind::dyn;
    const bool orders = sums || k == type_kind::string || k == type_kind::timestamp;
    const hit_policy p = t_.policy;
    if ((p == hit_policy::collect_sum && !sums) ||
        ((p == hit_policy::collect_least || p == hit_policy::collect_greatest) && !orders))
      complain(make_error(errc::type_mismatch, "{} cannot be taken of {}", "{} 不能用于 {} 类型",
                          to_string(p), to_string(of)),
               where);
  }

  // ---- rules ----

  void rules() {
    for (const table_rule& r : t_.rules) {
      if (found_.size() >= plan_.limits.problem_count) return;
      rule_row& row = plan_.rules.emplace_back();
      for (std::size_t k = 0; k < t_.inputs.size(); ++k) {
        const input_column& c = plan_.inputs[k];
        if (c.broken) continue;
        row.when.push_back(read_test(
            r.when[k], {c.cells, c.of, c.of.values(), plan_.limits.expression, plan_.limits.tests},
            found_));
      }
      for (std::size_t k = 0; k < t_.outputs.size(); ++k)
        if (r.then[k].source.empty() || r.then[k].source == "-")
          complain(make_error(errc::missing_field, "output '{}' is missing", "缺少输出项“{}”",
                              t_.outputs[k].name),
                   r.then[k].where);
        else
          row.then.push_back(output(t_.outputs[k], plan_.outputs[k], r.then[k]));
    }
    if (!found_.empty()) return;
    for (std::size_t k = 0; k < plan_.inputs.size(); ++k) cut(k);
  }

  void cut(std::size_t k) {
    input_column& c = plan_.inputs[k];
    std::vector<const unary_test*> tests;
    for (const rule_row& r : plan_.rules) tests.push_back(&r.when[k]);
    c.pieces = make_axis(c.of, tests, c.domain ? &*c.domain : nullptr);
    if (c.pieces.samples.empty())
      complain(
          make_error(errc::bad_value, "input '{}' has no values", "输入项“{}”没有任何取值", c.name),
          t_.inputs[k].values.where);
  }

  // ---- the whole ----

  std::vector<std::string> reads() const {
    std::set<std::string> all;
    const auto add = [&](const std::optional<program>& p) {
      if (p) all.insert(p->reads().begin(), p->reads().end());
    };
    for (const input_column& c : plan_.inputs) {
      if (!c.expression) all.insert(plan_.words.fields()[c.slot].path);
      add(c.expression);
    }
    for (const rule_row& r : plan_.rules) {
      for (const unary_test& t : r.when) add(t.condition);
      for (const output_cell& o : r.then) add(o.made);
    }
    for (const output_column& o : plan_.outputs) add(o.otherwise.made);
    all.erase("_");
    for (const input_column& c : plan_.inputs)
      if (c.expression) all.erase(c.name);
    return {all.begin(), all.end()};
  }

  void judge(const table_analysis& a) {
    const hit_policy p = t_.policy;
    if (p == hit_policy::unique || p == hit_policy::any)
      for (const table_overlap& o : a.overlaps)
        if (p == hit_policy::unique || o.same_outputs == decided::no) told(o);
    const bool one = !gives_many(p) && !gathers(p);
    const bool defaults = std::ranges::all_of(
        t_.outputs, [](const table_output& o) { return !o.default_value.source.empty(); });
    if (one && !defaults && t_.gaps == table_gaps::refused)
      for (const table_point& g : a.gaps)
        complain(make_error(errc::rules_gap, "{}: no rule hits", "{}:没有规则命中", to_text(g)),
                 t_.where);
    for (const std::size_t r : a.idle)
      complain(
          make_error(errc::idle_rule, "rule {} never counts", "第 {} 条规则永远不起作用", r + 1),
          t_.rules[r].where);
  }

  void told(const table_overlap& o) {
    complain(make_error(errc::rules_overlap, "{}: rules {} and {} hit together",
                        "{}:第 {} 条与第 {} 条规则同时命中", to_text(o.at), o.first + 1,
                        o.second + 1),
             t_.rules[o.second].where);
  }

  decision_table t_;
  plan plan_;
  problems found_;
};

const decision_table& compiled_table::definition() const { return plan_->definition; }
const table_analysis& compiled_table::analysis() const { return plan_->analysis; }
const environment& compiled_table::words() const { return plan_->words; }
const std::vector<std::string>& compiled_table::reads() const { return plan_->reads; }

compiled_tables compile_table(decision_table table, const environment& host,
                              const table_limits& limits) {
  return table_builder(std::move(table), host, limits).build();
}

} // namespace banli
