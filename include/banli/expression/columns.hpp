// columns.hpp — one program over many cases, whose fields are columns.
//
//   case_columns cases(3);
//   cases.add("case.elapsed", column::ints(elapsed));                     // 19, 3, 40
//   cases.add("case.status", column::words(codes, {"open", "concluded"}).missing(mask));
//   column_outcome out;
//   evaluate_columns(late, cases, out);
//   out.verdicts;     // yes, no, unknown
//   outcome_at(late, cases, 2);     // the third by itself, with what is missing
//
// Every answer is the one that program::evaluate() gives for the case alone: the same verdict, the
// same number to the last bit, an error or unknown where it has one. What the columns are made for
// (comparisons, arithmetic, && || ! ?:, membership in a list of literals, has(), functions of one
// text, all, exists and exists_one over lists of records) runs in blocks without looking at a case
// alone; an expression that holds anything else is evaluated case by case, and slower.
//
// Columns are views: the caller's memory must outlive them. Only dictionaries are copied. A byte
// that is not 0 in a mask means missing. A field without a column is missing in every case.
//
// The hard case is what the budget is for. It is spent case by case, as ever; a block that could
// exceed it in one of its cases is evaluated case by case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/expression/program.hpp>

namespace banli {

class column;

namespace detail::cel {
struct column_parts;
}

/// The values of one field in many cases.
class column {
 public:
  enum class kind : std::uint8_t {
    ints,
    uints,
    reals,
    bools,
    words,
    timestamps,
    durations,
    lists,
    same,
  };

  static column ints(std::span<const std::int64_t> values);
  static column uints(std::span<const std::uint64_t> values);
  static column reals(std::span<const double> values);
  /// Bytes; any but 0 is true.
  static column bools(std::span<const std::uint8_t> values);
  /// Texts as positions in a dictionary; a negative one is missing.
  static column words(std::span<const std::int32_t> codes, std::vector<std::string> dictionary);
  /// Texts one after the other: the i-th is bytes[offsets[i], offsets[i + 1]). A dictionary is made
  /// of them.
  static column texts(std::span<const std::int64_t> offsets, std::string_view bytes);
  /// Ticks since 1970-01-01 00:00 on the office's clock: 1, 1'000, 1'000'000 or 1'000'000'000 a
  /// second.
  static column timestamps(std::span<const std::int64_t> ticks, std::int64_t per_second = 1);
  /// Nanoseconds.
  static column durations(std::span<const std::int64_t> nanoseconds);
  /// Lists: the i-th has the elements [offsets[i], offsets[i + 1]) of a column.
  static column lists(std::span<const std::int64_t> offsets, column elements);
  /// Lists of records, each field a column.
  static column lists(std::span<const std::int64_t> offsets,
                      std::vector<std::pair<std::string, column>> fields);
  /// One value in every case.
  static column same(value v);

  /// The same, missing where the mask is not 0.
  column missing(std::span<const std::uint8_t> mask) const;

  const detail::cel::column_parts& parts() const { return *parts_; }

 private:
  friend struct detail::cel::column_parts;
  explicit column(std::shared_ptr<const detail::cel::column_parts> parts)
      : parts_(std::move(parts)) {}
  std::shared_ptr<const detail::cel::column_parts> parts_;
};

/// Columns of equal length, by the paths of fields.
class case_columns {
 public:
  explicit case_columns(std::size_t rows) : rows_(rows) {}

  /// Errors: bad_value (another length, a position outside the dictionary, offsets that descend or
  /// leave the elements, ticks of another unit).
  result<void> add(std::string path, column c);

  std::size_t rows() const { return rows_; }
  const column* find(std::string_view path) const;

 private:
  std::size_t rows_;
  std::map<std::string, column, std::less<>> columns_;
};

/// What a bool is in one case.
enum class column_verdict : std::uint8_t { no, yes, error, unknown };

/// The answers, case by case. What they are follows from the first that has a value: one of the
/// vectors of values is filled, and `others` where they are of several kinds, or no bool and no
/// number.
struct column_outcome {
  type_kind of = type_kind::boolean;
  std::vector<column_verdict> verdicts; ///< of a bool the answer; else yes where there is a value
  std::vector<std::int64_t> ints;
  std::vector<std::uint64_t> uints;
  std::vector<double> reals;
  std::vector<value> others;
  bool in_blocks = false; ///< false: it was evaluated case by case
};

/// Evaluates every case into `out`, whose memory is used again.
void evaluate_columns(const program& p, const case_columns& cases, column_outcome& out,
                      const evaluation_limits& limits = {});

/// One case by itself. The row is one of the cases.
outcome outcome_at(const program& p, const case_columns& cases, std::size_t row,
                   const evaluation_limits& limits = {});
reasoning reasoning_at(const program& p, const case_columns& cases, std::size_t row,
                       const evaluation_limits& limits = {});

} // namespace banli
