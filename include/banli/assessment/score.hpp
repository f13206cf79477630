// score.hpp — what a scheme makes of a department or a person: a tree with reasons (考核得分).
//
//   score s = *score_of(scheme, {"市场监管局", from, until, records, evaluations, {{"closed",
//   40}}}); s.total                      // 91.60, a decimal s.root.parts[1].lines[1]     //
//   "态度差", -2, because of record R-7 to_text(s, language::zh)     // the tree, a line each
//
// A score is the sum of its lines. Of every node of the tree
//
//   value = points of its lines + contributions of its parts     contribution = value * weight
//
// holds exactly; what a bound cuts off, a factor changes and rounding takes are lines as well. So
// whoever asks where a point went finds the line, and the line names its records.
//
// Records count within [from, until) and for the subject alone. Waived ones and those of rules on
// trial are lines of 0 points with their reason: nothing disappears. Order does not matter.
//
// The hard case is a number that nobody gave. An expression whose count is missing gives 0 points
// and its line says what is missing; the score is then not complete, which is something else than
// low. The same holds for a mean of no evaluations.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <banli/assessment/scoring_scheme.hpp>

namespace banli {

/// Why a line is there.
enum class score_cause : std::uint8_t {
  points,     ///< what an indicator begins with
  value,      ///< its expression
  mean,       ///< of evaluations, or of the periods
  adjustment, ///< a record, or an expression
  waived,     ///< 不予扣分
  trial,      ///< 试运行规则,不计分
  cap,        ///< a bound of an adjustment or an indicator
  factor,     ///< 折合系数
  rounding,
};

std::string_view to_string(score_cause c);
std::string_view label(score_cause c);

struct score_line {
  score_cause cause{};
  std::string id{}; ///< of the adjustment; else of the indicator
  text name{};
  decimal points{};
  std::vector<std::string> records{}; ///< ids of what cost or earned it
  text note{};                        ///< what the record says, why it was waived, what is missing
  std::vector<std::string> missing{}; ///< counts that nobody gave

  friend bool operator==(const score_line&, const score_line&) = default;
};

struct score_node {
  std::string id{};
  text name{};
  decimal weight{1, 0};
  decimal value{};        ///< before the weight
  decimal contribution{}; ///< to the node above
  std::vector<score_line> lines{};
  std::vector<score_node> parts{};

  friend bool operator==(const score_node&, const score_node&) = default;
};

/// A veto, and the records that made it.
struct score_vetoed {
  std::string id{};
  text name{};
  std::vector<std::string> records{};

  friend bool operator==(const score_vetoed&, const score_vetoed&) = default;
};

struct score {
  std::string subject{};
  std::string scheme{};
  day from{};
  day until{};
  score_node root{};
  decimal total{};
  std::vector<score_vetoed> vetoes{};
  bool complete = true; ///< nothing was missing

  friend bool operator==(const score&, const score&) = default;
};

/// What a score is asked of; the spans may hold records of anybody and any time.
struct score_question {
  std::string subject{}; ///< a department or person, as the scheme says
  day from{};
  day until{};
  std::span<const score_record> records{};
  std::span<const evaluation> evaluations{};
  std::map<std::string, std::int64_t> counts{};
};

/// The score of one subject. Errors: duplicate_id and missing_field of check(records) and
/// check(evaluations); unknown_reference (a waiver the scheme does not know, a count it does not
/// declare; with the nearest); missing_field (a record without points where the scheme asks the
/// record); out_of_range (more digits than a decimal has); evaluation_error.
result<score> score_of(const compiled_scheme& scheme, const score_question& asked);

/// Scores of many subjects over the same records, each with its own counts; in the order of the
/// map. Errors: as score_of().
result<std::vector<score>>
scores_of(const compiled_scheme& scheme, const score_question& asked,
          const std::map<std::string, std::map<std::string, std::int64_t>>& subjects);

/// The score of a longer period from those of its parts (半年、年度得分为各月平均): their mean,
/// rounded to the places of the scheme. Errors: bad_value (no scores, or of several subjects).
result<score> mean_of(const compiled_scheme& scheme, std::span<const score> periods);

/// Every record of a question that no adjustment and no veto of the scheme looks at, by id.
std::vector<std::string> unused_records(const compiled_scheme& scheme,
                                        std::span<const score_record> records);

/// The tree, a line each, with what every point is for.
std::string to_text(const score& s, language in);

/// The same as JSON; decimals are texts.
std::string to_json(const score& s);

} // namespace banli
