// column_kernels.hpp — the loops that evaluate one step for a block of cases.
//
// A block has at most block_rows cases, or block_elements of their lists. What a step gives lies in
// a lane: one array of values and one of states beside it. A bool needs no second array: a verdict
// is false, true, error or unknown in one byte, numbered so that && and || are a comparison and a
// maximum. Unknown goes before error in both, as the scalar has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>

#include <banli/expression/columns.hpp>

#include "compare_numbers.hpp"
#include "syntax.hpp"

namespace banli::detail::cel {

inline constexpr std::size_t block_rows = 256;
/// Of the elements of lists as many are looked at at once: a block has several times as many of
/// them, and longer stretches reach the cache before they are needed.
inline constexpr std::size_t block_elements = 1024;

/// States of a lane; the numbers are those of verdict.
inline constexpr std::uint8_t is_good = 0;
inline constexpr std::uint8_t is_error = static_cast<std::uint8_t>(column_verdict::error);
inline constexpr std::uint8_t is_unknown = static_cast<std::uint8_t>(column_verdict::unknown);
static_assert(is_error == 2 && is_unknown == 3);

enum class lane : std::uint8_t { column_verdict, int64, uint64, real, word, moment, duration };

/// What a step gave for the block. state is null where every value is good.
struct lane_view {
  const void* data = nullptr;
  const std::uint8_t* state = nullptr;

  template <class T>
  const T* as() const {
    return static_cast<const T*>(data);
  }
};

/// Verdicts of a && b (absorbing: no) and a || b (absorbing: yes), into a.
void join_verdicts(std::uint8_t* a, const std::uint8_t* b, column_verdict absorbing, std::size_t n);
void invert_verdicts(std::uint8_t* out, const std::uint8_t* a, std::size_t n);

/// a o b for o in == … >=. Numbers of different kinds compare by what they are worth.
template <class A, class B>
void compare_lanes(op o, const A* a, const B* b, std::uint8_t* out, std::size_t n);

/// Puts states into verdicts.
void spoil(std::uint8_t* verdicts, const std::uint8_t* state, std::size_t n);
/// The worse of two states; either may be null, not both.
void join_states(std::uint8_t* out, const std::uint8_t* a, const std::uint8_t* b, std::size_t n);

/// a o b; what overflows or divides by zero is an error in `state`, which is zeroed first. True if
/// anything is.
template <class T>
bool whole_lanes(op o, const T* a, const T* b, T* out, std::uint8_t* state, std::size_t n);
void real_lanes(op o, const double* a, const double* b, double* out, std::size_t n);
template <class T>
void widen_lanes(const T* a, double* out, std::size_t n);

/// The value of each case's element, for lanes of any width.
void spread(void* out, const void* in, std::size_t width, const std::uint32_t* row, std::size_t n);

/// What a table has for each code; entry 0 is for "missing", code c is entry c + 1.
template <class T>
void look_up(const T* table, const std::int32_t* codes, T* out, std::size_t n);

/// Which rows the elements from `first` on are of: the first of them is of `row`, whose elements
/// end before offsets[row + 1].
struct stretch_of_rows {
  const std::int64_t* offsets;
  std::size_t first;
  std::size_t row;
};

/// all (absorbing: no) and exists (absorbing: yes): joins the verdict of each element into its row.
/// Eight bytes may be read from any element on, whatever lies there.
void reduce_rows(std::uint8_t* rows, const std::uint8_t* elements, stretch_of_rows of,
                 column_verdict absorbing, std::size_t n);

} // namespace banli::detail::cel
