// column_parts.hpp — what a column holds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <banli/expression/columns.hpp>

namespace banli::detail::cel {

struct column_parts {
  column::kind of = column::kind::same;
  std::size_t size = 0;
  const void* data = nullptr;         ///< int64, uint64, double, bytes, int32 codes; or offsets
  std::span<const std::uint8_t> mask; ///< empty: nothing is missing
  std::shared_ptr<const void> owned;  ///< of texts and repaired codes: what `data` points into
  std::vector<value> dictionary;      ///< of words
  std::int64_t per_second = 1;        ///< of timestamps
  std::vector<std::pair<std::string, column>> fields; ///< of lists of records
  std::vector<column> elements;                       ///< of other lists: one column
  value held;                                         ///< of same
  bool holes = false;                                 ///< of words: some codes are negative
  std::uint64_t longest_list = 0;                     ///< of lists, in elements
  std::size_t longest_text = 0;                       ///< bytes, in a dictionary

  template <class T>
  const T* as() const {
    return static_cast<const T*>(data);
  }
  static column column_of(std::shared_ptr<const column_parts> p) { return column{std::move(p)}; }
  bool is_missing(std::size_t row) const { return !mask.empty() && mask[row] != 0; }
};

/// The value of a row; none: missing.
std::optional<value> value_in(const column_parts& c, std::size_t row);

} // namespace banli::detail::cel
