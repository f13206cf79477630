// scoring_scheme.hpp — how departments or persons are scored, as its author writes it (考核办法).
//
// A scheme is data: a tree of indicators, what is deducted and added under each, what overrules
// everything, what is waived, and what follows from a rank.
//
//   kind: scoring_scheme
//   id: double
//   name: 双评考核
//   indicators:
//     - {id: total, name: 总分}
//     - {id: survey, of: total, name: 问卷调查, weight: 0.8, mean: {group: service}}
//     - {id: daily, of: total, name: 日常考核, points: 20, least: 0}
//   adjustments:
//     - {id: attitude, of: daily, name: 态度差, on: [check.attitude], each: -2}
//
// Indicators. Each but one says which it is `of`; the one that does not is the total. An indicator
// is worth its points, plus its adjustments, plus the weighted worth of its parts, then times its
// factor, then held between `least` and `most`. One without parts may have a `mean` of evaluations
// or a `value`, an expression over the counts.
//
// Adjustments. `each` is what one record of the kinds `on` costs (or earns), where the condition
// `when` holds; without `each` the record says it itself. With `every: 3` three records cost once.
// An adjustment with a `value` is an expression over the counts: counts.early * 10 / counts.closed.
//
// Arithmetic is decimal and exact. Two things are rounded, half to the even digit (GB/T 8170): a
// mean and a product with a factor to 4 places, the total to `places`. Both are lines of the score,
// so that parts always add up.
//
// The hard case is what 扣除2个百分点 is taken from: of a part that counts for 20 of 100 points,
// two points of the total, or of its own hundred? Both can be written: points: 20 with weight 1, or
// points: 100 with weight 0.2.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <banli/assessment/civil_period.hpp>
#include <banli/assessment/score_record.hpp>
#include <banli/base/result.hpp>
#include <banli/expression/decimal.hpp>
#include <banli/expression/program.hpp>
#include <banli/rules/rule.hpp>

namespace banli {

/// A whole number the host gives for each subject: counts.closed.
struct score_count {
  std::string name;
  text meaning{};

  friend bool operator==(const score_count&, const score_count&) = default;
};

/// A kind of record that adjustments may name.
struct score_record_kind {
  std::string kind;
  text name{};

  friend bool operator==(const score_record_kind&, const score_record_kind&) = default;
};

/// What a grade is worth; without them 100, 80, 60, 30, 0.
struct grade_points {
  satisfaction grade{};
  decimal points{};

  friend bool operator==(const grade_points&, const grade_points&) = default;
};

/// The mean of what a group said: of an aspect of the questionnaire, or of the grades.
struct score_mean {
  std::string group{};  ///< empty: everybody
  std::string aspect{}; ///< empty: the grades

  friend bool operator==(const score_mean&, const score_mean&) = default;
};

struct score_indicator {
  std::string id;
  std::string of{}; ///< empty for the total
  text name;
  std::string basis{};
  decimal weight{1, 0};
  decimal points{};
  rule_expression value{};
  std::optional<score_mean> mean{};
  rule_expression factor{};
  std::optional<decimal> least{};
  std::optional<decimal> most{};
  place where{};

  friend bool operator==(const score_indicator&, const score_indicator&) = default;
};

struct score_adjustment {
  std::string id;
  std::string of{}; ///< the indicator
  text name;
  std::string basis{};
  std::vector<std::string> on{};
  rule_expression when{}; ///< over record.kind, record.amount, record.rule, record.note
  std::optional<decimal> each{};
  int every = 1;
  rule_expression value{};
  std::optional<decimal> least{}; ///< of the sum of the adjustment
  std::optional<decimal> most{};
  bool waivable = true;
  place where{};

  friend bool operator==(const score_adjustment&, const score_adjustment&) = default;
};

/// 一票否决: whoever has such a record ranks last. It cannot be waived.
struct score_veto {
  std::string id;
  text name;
  std::string basis{};
  std::vector<std::string> on{};
  rule_expression when{};
  place where{};

  friend bool operator==(const score_veto&, const score_veto&) = default;
};

/// A ground on which a record costs nothing: 自查自纠.
struct waiver_kind {
  std::string id;
  text name;
  std::string basis{};

  friend bool operator==(const waiver_kind&, const waiver_kind&) = default;
};

/// How equals are numbered: 1, 2, 2, 4 or 1, 2, 2, 3.
enum class tie_rule : std::uint8_t { shared, dense };

std::string_view to_string(tie_rule t);

/// What follows from standing among the first or last so many, several periods running.
struct score_consequence {
  std::string id;
  text name; ///< 通报批评, 调整负责人
  std::string basis{};
  int first = 0; ///< among the first so many; or
  int last = 0;  ///< among the last so many
  int running = 1;
  place where{};

  friend bool operator==(const score_consequence&, const score_consequence&) = default;
};

/// Who is scored.
enum class score_subject : std::uint8_t { department, person };

std::string_view to_string(score_subject s);

struct scoring_scheme {
  std::string id;
  text name;
  std::string basis{};
  score_subject subject = score_subject::department;
  period_kind period = period_kind::year;
  int places = 2;
  std::vector<score_count> counts{};
  std::vector<score_record_kind> records{};
  std::vector<grade_points> grades{};
  std::vector<score_indicator> indicators{};
  std::vector<score_adjustment> adjustments{};
  std::vector<score_veto> vetoes{};
  std::vector<waiver_kind> waivers{};
  std::vector<std::string> tie_breakers{}; ///< indicators that decide between equal totals
  tie_rule ties = tie_rule::shared;
  std::vector<score_consequence> consequences{};
  place where{};

  friend bool operator==(const scoring_scheme&, const scoring_scheme&) = default;
};

struct scheme_limits {
  std::size_t indicators = 1'000;
  std::size_t adjustments = 1'000;
};

/// A scheme that was checked: immutable, and good for many threads.
class compiled_scheme {
 public:
  struct parts;
  explicit compiled_scheme(std::shared_ptr<const parts> p) : p_(std::move(p)) {}

  const scoring_scheme& definition() const;
  const parts& inside() const { return *p_; }

 private:
  std::shared_ptr<const parts> p_;
};

/// There is a scheme exactly when there are no problems.
struct compiled_schemes {
  std::optional<compiled_scheme> scheme;
  banli::problems problems;
};

/// Checks everything and compiles the expressions. Codes: missing_field (an id, the total, what an
/// adjustment goes by), duplicate_id, unknown_reference (an indicator, a kind of record; with the
/// nearest), bad_value (two totals, indicators within each other, weights of parts that do not make
/// 1, both a value and records, a least above the most, a rank of nobody), limit_exceeded, those of
/// compile(), type_mismatch (an expression that is no number).
compiled_schemes compile_scheme(scoring_scheme scheme, const scheme_limits& limits = {});

} // namespace banli
