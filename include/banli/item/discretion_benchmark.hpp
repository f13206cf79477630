// discretion_benchmark.hpp — how far an office's discretion reaches (裁量基准).
//
// Where the law gives a range ("a fine of 1,000 to 30,000 yuan"), a benchmark cuts it into bands:
// which facts lead to which kinds of outcome, and to what extent. The same facts then lead to the
// same outcome, whoever decides.
//
//   discretion_benchmark b{.name = "无证经营", .bands = {
//     {"轻微", {{.fact = "amount", .below = 5000}},                {{"罚款", 1000, 3000, "元"}}},
//     {"一般", {{.fact = "amount", .from = 5000, .below = 50000}}, {{"罚款", 3000, 10000, "元"}}},
//     {"严重", {{.fact = "amount", .from = 50000}},                {{"罚款", 10000, 30000, "元"},
//                                                                  {"没收违法所得"}}}}};
//   band_of(b, {{"amount", 5000.0}})             // 一般: from is reached, below is not
//   check(b, {{"amount", 5000.0}}, {{"罚款", 12000}}) // outside_benchmark: 3000 to 10000
//
// A band holds when every one of its conditions does. Bands must not overlap, or two outcomes would
// be right at once; a gap between bands is allowed, and band_of() then says that no band applies.
// Source: 国办函〔2011〕99号 (细化、量化裁量基准,明确裁量范围、种类和幅度); 行政处罚法 art. 34.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/item/item_parts.hpp>

namespace banli {

/// What a band asks of one fact. A number must lie in [from, below); anything else must be `is`
/// ("true" and "false" for a boolean). Exactly one of the two ways is used.
struct fact_condition {
  std::string fact; ///< the name of one of the item's facts
  std::optional<double> from{};
  std::optional<double> below{};
  std::string is{};

  friend bool operator==(const fact_condition&, const fact_condition&) = default;
};

/// One kind of outcome and how much of it, both ends included.
struct outcome_extent {
  std::string kind; ///< 警告, 罚款, 没收违法所得, 责令停产停业 …
  std::optional<double> least{};
  std::optional<double> most{};
  std::string unit{}; ///< 元, 倍, 日

  friend bool operator==(const outcome_extent&, const outcome_extent&) = default;
};

/// One band (裁量档次): if these facts, then these outcomes.
struct discretion_band {
  std::string name; ///< 轻微, 一般, 严重
  std::vector<fact_condition> when{};
  std::vector<outcome_extent> outcomes{};

  friend bool operator==(const discretion_band&, const discretion_band&) = default;
};

/// The benchmark of one matter.
struct discretion_benchmark {
  std::string name;
  std::string basis{};
  std::vector<discretion_band> bands{};

  friend bool operator==(const discretion_benchmark&, const discretion_benchmark&) = default;
};

/// The value of a fact in a case.
using fact_value = std::variant<bool, double, std::string>;
using fact_values = std::vector<std::pair<std::string, fact_value>>;

/// One outcome of a decision: its kind, and how much of it where it has a measure.
struct decided_outcome {
  std::string kind;
  std::optional<double> amount{};
};

/// The band that the facts lead to. Errors: missing_field (a fact the bands ask for is not there),
/// outside_benchmark (no band applies).
inline result<const discretion_band*> band_of(const discretion_benchmark& benchmark,
                                              const fact_values& facts);

/// Whether a decision keeps to the benchmark: every outcome is of a kind the band has, and within
/// its extent. Codes: those of band_of(), and outside_benchmark.
inline problems check(const discretion_benchmark& benchmark, const fact_values& facts,
                      std::span<const decided_outcome> decision);

/// The faults of the benchmark itself, given the facts of its item. Paths are those of the
/// benchmark: "/bands/1/when/0/fact". Codes: missing_field (no name, no bands, no outcomes),
/// unknown_identifier (a fact the item does not have), type_mismatch (a range over text),
/// bad_benchmark (a band nothing falls into, an extent upside down, two bands that overlap).
inline problems check(const discretion_benchmark& benchmark, std::span<const form_fact> facts,
                      const locator& where = nowhere);

} // namespace banli

#include <banli/item/detail/discretion_check.hpp>
