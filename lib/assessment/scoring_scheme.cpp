#include <banli/assessment/scoring_scheme.hpp>

#include <algorithm>
#include <map>
#include <set>

#include <banli/base/nearest.hpp>

#include "assessment/scheme_program.hpp"

namespace banli {

namespace detail {

environment record_words() {
  environment env;
  env.declare("record", type::record("record", {{"kind", type_kind::string},
                                                {"rule", type_kind::string},
                                                {"amount", type_kind::integer},
                                                {"note", type_kind::string}}));
  env.alias({"记录", "record"}).alias({"类别", "kind"}).alias({"规则", "rule"});
  env.alias({"数量", "amount"}).alias({"说明", "note"});
  return env;
}

} // namespace detail

namespace {

using detail::inner_places;

/// Weights below each other may have so many places together, so that nothing is rounded by them.
constexpr int most_weight_places = most_decimal_places - inner_places;

environment count_words(const scoring_scheme& s) {
  environment env;
  std::vector<type_field> fields;
  for (const score_count& c : s.counts) fields.push_back({c.name, type_kind::integer});
  if (!fields.empty()) env.declare("counts", type::record("counts", std::move(fields)));
  env.alias({"计数", "counts"});
  for (const score_count& c : s.counts)
    if (!c.meaning.zh.empty() && c.meaning.zh != c.name) env.alias({c.meaning.zh, c.name});
  return env;
}

/// Checks a scheme and puts its program together.
class scheme_builder {
 public:
  scheme_builder(scoring_scheme s, const scheme_limits& limits) : limits_(limits) {
    p_.definition = std::move(s);
  }

  compiled_schemes build() {
    if (s().indicators.size() > limits_.indicators || s().adjustments.size() > limits_.adjustments)
      complain(make_error(errc::limit_exceeded, "more than {} indicators or {} adjustments",
                          "指标超过 {} 个或扣加分项超过 {} 个", limits_.indicators,
                          limits_.adjustments),
               s().where);
    if (!found_.empty()) return {std::nullopt, std::move(found_)};
    names();
    tree();
    weights();
    adjustments();
    vetoes();
    ranks();
    expressions();
    if (!found_.empty()) return {std::nullopt, std::move(found_)};
    return {compiled_scheme{std::make_shared<const compiled_scheme::parts>(std::move(p_))}, {}};
  }

 private:
  const scoring_scheme& s() const { return p_.definition; }

  void complain(error e, const place& where) { found_.push_back(at(std::move(e), where)); }

  // Names.

  void identify(const std::string& id, const place& where, std::set<std::string>& taken) {
    if (id.empty())
      complain(make_error(errc::missing_field, "'id' is missing", "缺少“id”"), where);
    else if (!taken.insert(id).second)
      complain(make_error(errc::duplicate_id, "'{}' is there twice", "“{}”重复", id), where);
  }

  /// Whether a name can be read in an expression.
  static bool is_count_name(const std::string& s) {
    const auto fits = [](char c) {
      return static_cast<unsigned char>(c) >= 0x80 || c == '_' || (c >= '0' && c <= '9') ||
             (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    return !s.empty() && !(s[0] >= '0' && s[0] <= '9') && std::ranges::all_of(s, fits);
  }

  void names() {
    if (s().id.empty())
      complain(make_error(errc::missing_field, "'id' is missing", "缺少“id”"), s().where);
    if (s().places < 0 || s().places > inner_places)
      complain(make_error(errc::bad_value, "a total has 0 to {} places, not {}",
                          "总分的小数位数应为 0 至 {},不能是 {}", int{inner_places}, s().places),
               s().where);
    std::set<std::string> ids, changes, counts, overruling, waivers, outcomes;
    for (const score_indicator& i : s().indicators) identify(i.id, i.where, ids);
    for (const score_adjustment& a : s().adjustments) identify(a.id, a.where, changes);
    for (const score_veto& v : s().vetoes) identify(v.id, v.where, overruling);
    for (const score_consequence& c : s().consequences) identify(c.id, c.where, outcomes);
    for (const waiver_kind& w : s().waivers) identify(w.id, s().where, waivers);
    for (const score_count& c : s().counts) {
      identify(c.name, s().where, counts);
      if (!c.name.empty() && !is_count_name(c.name))
        complain(make_error(errc::bad_value, "'{}' is no name of a count: letters, digits and '_'",
                            "“{}”不能作计数的名称:应由字母、数字和“_”组成", c.name),
                 s().where);
    }
    for (const score_record_kind& k : s().records) identify(k.kind, s().where, kinds_);
    if (!s().grades.empty() && s().grades.size() < 5)
      complain(make_error(errc::missing_field, "'grades' says what each of the five is worth",
                          "“grades”应写明五个等次各自的分值"),
               s().where);
    std::set<satisfaction> grades;
    for (const grade_points& g : s().grades)
      if (!grades.insert(g.grade).second)
        complain(make_error(errc::duplicate_id, "'{}' is there twice", "“{}”重复", label(g.grade)),
                 s().where);
  }

  // The tree.

  std::vector<std::string_view> indicator_ids() const {
    std::vector<std::string_view> out;
    for (const score_indicator& i : s().indicators) out.emplace_back(i.id);
    return out;
  }

  std::optional<std::size_t> indicator(const std::string& id, const place& where) {
    for (std::size_t i = 0; i < s().indicators.size(); ++i)
      if (s().indicators[i].id == id) return i;
    complain(with_hint(make_error(errc::unknown_reference, "there is no indicator '{}'",
                                  "没有指标“{}”", id),
                       suggestion(id, indicator_ids())),
             where);
    return std::nullopt;
  }

  void tree() {
    const std::size_t n = s().indicators.size();
    p_.below.resize(n);
    p_.changes.resize(n);
    above_.resize(n);
    bool has_total = false;
    for (std::size_t i = 0; i < n; ++i) {
      const score_indicator& x = s().indicators[i];
      if (!x.of.empty()) {
        above_[i] = indicator(x.of, x.where);
        if (above_[i]) p_.below[*above_[i]].push_back(i);
        continue;
      }
      if (has_total)
        complain(make_error(errc::bad_value,
                            "'{}' and '{}' are both of nothing: one indicator is the total",
                            "“{}”与“{}”都没有上级指标:总分只能有一个", s().indicators[p_.total].id,
                            x.id),
                 x.where);
      else
        p_.total = i;
      has_total = true;
      if (x.weight != decimal{1, 0})
        complain(make_error(errc::bad_value, "'{}' is the total, and has a weight",
                            "“{}”是总分,不能有权重", x.id),
                 x.where);
    }
    if (!has_total)
      complain(make_error(errc::missing_field,
                          "no indicator is the total: one must be without 'of'",
                          "没有总分:应有一个不写“of”的指标"),
               s().where);
    for (std::size_t i = 0; i < n; ++i)
      if (in_circle(i))
        complain(make_error(errc::bad_value, "indicator '{}' is a part of itself",
                            "指标“{}”成了自身的下级", s().indicators[i].id),
                 s().indicators[i].where);
    for (std::size_t i = 0; i < n; ++i) own_worth(i);
  }

  bool in_circle(std::size_t i) const {
    std::optional<std::size_t> up = above_[i];
    for (std::size_t steps = 0; up && steps <= above_.size(); ++steps) {
      if (*up == i) return true;
      up = above_[*up];
    }
    return false;
  }

  void own_worth(std::size_t i) {
    const score_indicator& x = s().indicators[i];
    if ((x.mean || !x.value.empty()) && !p_.below[i].empty())
      complain(make_error(errc::bad_value, "indicator '{}' has parts, and a mean or a value beside",
                          "指标“{}”既有下级指标,又写了“mean”或“value”", x.id),
               x.where);
    if (x.mean && !x.value.empty())
      complain(make_error(errc::bad_value, "indicator '{}' has both a mean and a value",
                          "指标“{}”同时写了“mean”和“value”", x.id),
               x.where);
    ordered(x.least, x.most, x.id, x.where);
  }

  void ordered(const std::optional<decimal>& least, const std::optional<decimal>& most,
               const std::string& id, const place& where) {
    if (least && most && *least > *most)
      complain(make_error(errc::bad_value, "'{}': the least, {}, is above the most, {}",
                          "“{}”:下限 {} 高于上限 {}", id, to_string(*least), to_string(*most)),
               where);
  }

  // Weights of parts make 1 wherever one of them is written; places along a way are few.

  void weights() {
    const decimal one{1, 0};
    for (std::size_t i = 0; i < p_.below.size(); ++i) {
      decimal sum{};
      bool written = false;
      for (const std::size_t part : p_.below[i]) {
        const decimal& w = s().indicators[part].weight;
        written = written || w != one;
        sum = add(sum, w).value_or(decimal{-1, 0});
      }
      if (written && sum != one)
        complain(make_error(errc::bad_value, "the weights of the parts of '{}' make {}, not 1",
                            "“{}”下级指标的权重合计为 {},不是 1", s().indicators[i].id,
                            to_string(sum)),
                 s().indicators[i].where);
    }
    for (std::size_t i = 0; i < p_.below.size(); ++i) {
      int places = 0;
      std::size_t steps = 0;
      for (std::optional<std::size_t> at = i; at && steps <= above_.size();
           at = above_[*at], ++steps)
        places += s().indicators[*at].weight.scale;
      if (places > most_weight_places)
        complain(make_error(errc::bad_value,
                            "the weights down to '{}' have more than {} places together",
                            "到“{}”为止各级权重的小数位数合计超过 {} 位", s().indicators[i].id,
                            most_weight_places),
                 s().indicators[i].where);
    }
  }

  // Adjustments and vetoes.

  void kinds(const std::vector<std::string>& on, const place& where) {
    for (const std::string& kind : on)
      if (!kinds_.contains(kind))
        complain(with_hint(make_error(errc::unknown_reference,
                                      "'{}' is no kind of record of this scheme",
                                      "本办法没有“{}”这类记录", kind),
                           suggestion(kind, kinds_)),
                 where);
  }

  void adjustments() {
    for (std::size_t i = 0; i < s().adjustments.size(); ++i) {
      const score_adjustment& a = s().adjustments[i];
      if (const auto of = indicator(a.of, a.where)) p_.changes[*of].push_back(i);
      kinds(a.on, a.where);
      ordered(a.least, a.most, a.id, a.where);
      if (a.on.empty() && a.value.empty())
        complain(make_error(errc::missing_field,
                            "adjustment '{}' needs 'on', kinds of records, or a 'value'",
                            "扣加分项“{}”应写明“on”(记录类别)或“value”", a.id),
                 a.where);
      if (!a.value.empty() && (!a.on.empty() || a.each || !a.when.empty() || a.every != 1))
        complain(make_error(errc::bad_value,
                            "adjustment '{}' goes by its value or by records, not by both",
                            "扣加分项“{}”应按“value”或按记录计算,不能两者兼有", a.id),
                 a.where);
      if (a.every < 1 || (a.every > 1 && !a.each))
        complain(make_error(errc::bad_value,
                            "adjustment '{}': 'every' is 1 or more, and above 1 needs 'each'",
                            "扣加分项“{}”:“every”应不小于 1,大于 1 时须写明“each”", a.id),
                 a.where);
    }
  }

  void vetoes() {
    for (const score_veto& v : s().vetoes) {
      if (v.on.empty())
        complain(make_error(errc::missing_field, "veto '{}' names no kind of record",
                            "否决项“{}”没有写明记录类别", v.id),
                 v.where);
      kinds(v.on, v.where);
    }
  }

  void ranks() {
    for (const std::string& id : s().tie_breakers) indicator(id, s().where);
    for (const score_consequence& c : s().consequences)
      if ((c.first > 0) == (c.last > 0) || c.first < 0 || c.last < 0 || c.running < 1)
        complain(make_error(errc::bad_value,
                            "consequence '{}' needs either 'first' or 'last', and 'running' of 1 "
                            "or more",
                            "结果“{}”应在“first”与“last”中择一写明,“running”应不小于 1", c.id),
                 c.where);
  }

  // Expressions.

  std::optional<program> made(const rule_expression& e, const environment& env,
                              std::optional<type> expected) {
    if (e.empty()) return std::nullopt;
    compile_options how;
    how.base = e.where;
    how.continuation_column = e.continuation_column;
    how.expected = std::move(expected);
    compiled c = compile(e.source, env, how);
    found_.insert(found_.end(), c.problems.begin(), c.problems.end());
    return std::move(c.program);
  }

  std::optional<program> number(const rule_expression& e, const environment& env) {
    auto p = made(e, env, std::nullopt);
    if (p && !p->gives().is(type_kind::integer) && !p->gives().is(type_kind::decimal)) {
      complain(make_error(errc::type_mismatch, "expected int or decimal, got {}",
                          "应为 int 或 decimal,得到 {}", to_string(p->gives())),
               e.where);
      return std::nullopt;
    }
    return p;
  }

  void expressions() {
    const environment counts = count_words(s());
    const environment record = detail::record_words();
    for (const score_indicator& i : s().indicators) {
      p_.values.push_back(number(i.value, counts));
      p_.factors.push_back(number(i.factor, counts));
    }
    for (const score_adjustment& a : s().adjustments) {
      p_.amounts.push_back(number(a.value, counts));
      p_.whens.push_back(made(a.when, record, type{type_kind::boolean}));
    }
    for (const score_veto& v : s().vetoes)
      p_.veto_whens.push_back(made(v.when, record, type{type_kind::boolean}));
  }

  const scheme_limits& limits_;
  compiled_scheme::parts p_;
  std::vector<std::optional<std::size_t>> above_; ///< by indicator
  std::set<std::string> kinds_;
  problems found_;
};

} // namespace

std::string_view to_string(tie_rule t) { return t == tie_rule::shared ? "shared" : "dense"; }

std::string_view to_string(score_subject s) {
  return s == score_subject::department ? "department" : "person";
}

const scoring_scheme& compiled_scheme::definition() const { return p_->definition; }

compiled_schemes compile_scheme(scoring_scheme scheme, const scheme_limits& limits) {
  return scheme_builder{std::move(scheme), limits}.build();
}

} // namespace banli
