// These loops are worth more than the rest of the library's optimisation level.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

#include "column_kernels.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "expiry.hpp"

namespace banli::detail::cel {

void join_verdicts(std::uint8_t* __restrict a, const std::uint8_t* __restrict b,
                   column_verdict absorbing, std::size_t n) {
  if (absorbing == column_verdict::no) {
    for (std::size_t i = 0; i < n; ++i) {
      const auto worse = static_cast<std::uint8_t>(std::max(a[i], b[i]));
      a[i] = ((a[i] == 0) | (b[i] == 0)) ? std::uint8_t{0} : worse;
    }
    return;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const auto worse = static_cast<std::uint8_t>(std::max(a[i], b[i]));
    a[i] = ((a[i] == 1) | (b[i] == 1)) ? std::uint8_t{1} : worse;
  }
}

void invert_verdicts(std::uint8_t* out, const std::uint8_t* a, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] = static_cast<std::uint8_t>(a[i] < 2 ? a[i] ^ 1U : a[i]);
}

namespace {

/// Two doubles as the processor holds them. Compilers make no vectors of a loop that compares
/// doubles into bytes; from masks of 64 bits to bytes they do.
using two_reals = double __attribute__((vector_size(16)));

template <class Test>
void each_pair(const double* a, const double* b, std::uint8_t* __restrict out, std::size_t n,
               Test test) {
  std::int64_t masks[block_elements];
  std::size_t i = 0;
  for (; i + 2 <= n; i += 2) {
    two_reals x;
    two_reals y;
    std::memcpy(&x, a + i, sizeof x);
    std::memcpy(&y, b + i, sizeof y);
    const auto both = test(x, y);
    std::memcpy(masks + i, &both, sizeof both);
  }
  if (i < n) masks[i] = test(a[i], b[i]) ? 1 : 0;
  for (std::size_t k = 0; k < n; ++k) out[k] = static_cast<std::uint8_t>(masks[k] & 1);
}

template <class A, class B, class Test>
void each_pair(const A* a, const B* b, std::uint8_t* __restrict out, std::size_t n, Test test) {
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(test(a[i], b[i]));
}

template <class T>
void compare_same(op o, const T* a, const T* b, std::uint8_t* out, std::size_t n) {
  switch (o) {
  case op::equal: return each_pair(a, b, out, n, [](auto x, auto y) { return x == y; });
  case op::unequal: return each_pair(a, b, out, n, [](auto x, auto y) { return x != y; });
  case op::less: return each_pair(a, b, out, n, [](auto x, auto y) { return x < y; });
  case op::less_equal: return each_pair(a, b, out, n, [](auto x, auto y) { return x <= y; });
  case op::greater: return each_pair(a, b, out, n, [](auto x, auto y) { return x > y; });
  default: return each_pair(a, b, out, n, [](auto x, auto y) { return x >= y; });
  }
}

template <class A, class B>
void compare_exactly(op o, const A* a, const B* b, std::uint8_t* out, std::size_t n) {
  const auto with = [&](auto judge) {
    each_pair(a, b, out, n, [&](A x, B y) { return judge(compare_numbers(x, y)); });
  };
  switch (o) {
  case op::equal: return with([](std::partial_ordering c) { return c == 0; });
  case op::unequal: return with([](std::partial_ordering c) { return c != 0; });
  case op::less: return with([](std::partial_ordering c) { return c < 0; });
  case op::less_equal: return with([](std::partial_ordering c) { return c <= 0; });
  case op::greater: return with([](std::partial_ordering c) { return c > 0; });
  default: return with([](std::partial_ordering c) { return c >= 0; });
  }
}

/// Whole numbers as doubles, without the processor's conversion, of which it has no vectors: added
/// to the bits of 2^52 + 2^51 they are its mantissa. True if every one is small: of less than 2^51,
/// and then surely one that a double holds; else `out` means nothing. The least int and the like
/// are told by their high bits, without a comparison.
template <class T>
bool widen_small(const T* a, double* __restrict out, std::size_t n) {
  constexpr double base = 6755399441055744.0;
  constexpr std::uint64_t shift = std::is_signed_v<T> ? std::uint64_t{1} << 51 : 0;
  constexpr unsigned bits = std::is_signed_v<T> ? 52 : 51;
  std::uint64_t beyond = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto whole = static_cast<std::uint64_t>(a[i]);
    beyond |= (whole + shift) >> bits;
    out[i] = std::bit_cast<double>(std::bit_cast<std::uint64_t>(base) + whole) - base;
  }
  return beyond == 0;
}

template <class T>
void compare_with_real(op o, const T* a, const double* b, std::uint8_t* out, std::size_t n) {
  double widened[block_elements];
  if (!widen_small(a, widened, n)) return compare_exactly(o, a, b, out, n);
  compare_same(o, static_cast<const double*>(widened), b, out, n);
}

} // namespace

template <class A, class B>
void compare_lanes(op o, const A* a, const B* b, std::uint8_t* out, std::size_t n) {
  if constexpr (std::is_same_v<A, B>)
    compare_same(o, a, b, out, n);
  else if constexpr (std::is_same_v<B, double>)
    compare_with_real(o, a, b, out, n);
  else if constexpr (std::is_same_v<A, double>)
    compare_with_real(mirrored(o), b, a, out, n);
  else
    compare_exactly(o, a, b, out, n);
}

using i64 = std::int64_t;
using u64 = std::uint64_t;
using byte = std::uint8_t;
template void compare_lanes(op, const i64*, const i64*, byte*, std::size_t);
template void compare_lanes(op, const i64*, const u64*, byte*, std::size_t);
template void compare_lanes(op, const i64*, const double*, byte*, std::size_t);
template void compare_lanes(op, const u64*, const i64*, byte*, std::size_t);
template void compare_lanes(op, const u64*, const u64*, byte*, std::size_t);
template void compare_lanes(op, const u64*, const double*, byte*, std::size_t);
template void compare_lanes(op, const double*, const i64*, byte*, std::size_t);
template void compare_lanes(op, const double*, const u64*, byte*, std::size_t);
template void compare_lanes(op, const double*, const double*, byte*, std::size_t);
template void compare_lanes(op, const byte*, const byte*, byte*, std::size_t);
template void compare_lanes(op, const std::int32_t*, const std::int32_t*, byte*, std::size_t);

void spoil(std::uint8_t* verdicts, const std::uint8_t* state, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) verdicts[i] = state[i] != 0 ? state[i] : verdicts[i];
}

void join_states(std::uint8_t* out, const std::uint8_t* a, const std::uint8_t* b, std::size_t n) {
  if (a == nullptr || b == nullptr) {
    std::memcpy(out, a != nullptr ? a : b, n);
    return;
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = std::max(a[i], b[i]);
}

namespace {

template <class T, class Use>
bool checked_lane(const T* a, const T* b, T* __restrict out, std::uint8_t* __restrict state,
                  std::size_t n, Use use) {
  std::uint8_t any = 0;
  for (std::size_t i = 0; i < n; ++i) {
    T r = 0;
    const std::uint8_t wrong = use(a[i], b[i], r) ? is_error : is_good;
    out[i] = r;
    state[i] = wrong;
    any = static_cast<std::uint8_t>(any | wrong);
  }
  return any != 0;
}

/// Whether a / b has no value.
template <class T>
bool no_quotient(T a, T b) {
  if constexpr (std::is_signed_v<T>)
    if (a == std::numeric_limits<T>::min() && b == -1) return true;
  return b == 0;
}

} // namespace

template <class T>
bool whole_lanes(op o, const T* a, const T* b, T* out, std::uint8_t* state, std::size_t n) {
  switch (o) {
  case op::add:
    return checked_lane(a, b, out, state, n,
                        [](T x, T y, T& r) { return __builtin_add_overflow(x, y, &r); });
  case op::subtract:
    return checked_lane(a, b, out, state, n,
                        [](T x, T y, T& r) { return __builtin_sub_overflow(x, y, &r); });
  case op::multiply:
    return checked_lane(a, b, out, state, n,
                        [](T x, T y, T& r) { return __builtin_mul_overflow(x, y, &r); });
  default:
    return checked_lane(a, b, out, state, n, [o](T x, T y, T& r) {
      if (no_quotient(x, y)) return true;
      r = static_cast<T>(o == op::divide ? x / y : x % y);
      return false;
    });
  }
}

template bool whole_lanes(op, const i64*, const i64*, i64*, byte*, std::size_t);
template bool whole_lanes(op, const u64*, const u64*, u64*, byte*, std::size_t);

void real_lanes(op o, const double* a, const double* b, double* __restrict out, std::size_t n) {
  switch (o) {
  case op::add:
    for (std::size_t i = 0; i < n; ++i) out[i] = a[i] + b[i];
    return;
  case op::subtract:
    for (std::size_t i = 0; i < n; ++i) out[i] = a[i] - b[i];
    return;
  case op::multiply:
    for (std::size_t i = 0; i < n; ++i) out[i] = a[i] * b[i];
    return;
  default:
    for (std::size_t i = 0; i < n; ++i) out[i] = a[i] / b[i];
  }
}

template <class T>
void widen_lanes(const T* a, double* __restrict out, std::size_t n) {
  if (widen_small(a, out, n)) return;
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<double>(a[i]);
}

template void widen_lanes(const i64*, double*, std::size_t);
template void widen_lanes(const u64*, double*, std::size_t);

namespace {

template <class T>
void spread_of(void* out, const void* in, const std::uint32_t* row, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) static_cast<T*>(out)[i] = static_cast<const T*>(in)[row[i]];
}

} // namespace

void spread(void* out, const void* in, std::size_t width, const std::uint32_t* row, std::size_t n) {
  if (width == 8)
    spread_of<std::uint64_t>(out, in, row, n);
  else if (width == 4)
    spread_of<std::uint32_t>(out, in, row, n);
  else
    spread_of<std::uint8_t>(out, in, row, n);
}

template <class T>
void look_up(const T* table, const std::int32_t* codes, T* __restrict out, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) out[i] = table[codes[i] + 1];
}

template void look_up(const byte*, const std::int32_t*, byte*, std::size_t);
template void look_up(const i64*, const std::int32_t*, i64*, std::size_t);
template void look_up(const std::int32_t*, const std::int32_t*, std::int32_t*, std::size_t);

namespace {

constexpr std::uint64_t ones = 0x0101010101010101ULL;

/// The worst of up to eight verdicts that are neither yes nor no, in one step and without a branch;
/// else `otherwise`.
std::uint8_t worst_of(std::uint64_t eight, std::uint8_t otherwise) {
  const std::uint64_t high = (eight >> 1U) & ones;
  const bool unknown = (high & eight) != 0;
  const std::uint8_t bad = unknown ? is_unknown : is_error;
  return high != 0 ? bad : otherwise;
}

std::uint8_t joined_eight(std::uint64_t eight, column_verdict absorbing) {
  if (absorbing == column_verdict::yes) {
    const bool any = (eight & ~(eight >> 1U) & ones) != 0;
    const std::uint8_t rest = worst_of(eight, 0);
    return any ? std::uint8_t{1} : rest;
  }
  const bool any = ((eight | (eight >> 1U)) & ones) != ones;
  const std::uint8_t rest = worst_of(eight, 1);
  return any ? std::uint8_t{0} : rest;
}

/// Eight verdicts from `at` on, of which the first `count` are kept; the others become 0.
std::uint64_t first_of_eight(const std::uint8_t* at, std::size_t count, std::uint64_t flip) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, at, 8);
  const std::uint64_t keep = count >= 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * count)) - 1;
  return (eight ^ flip) & keep;
}

/// Whether all verdicts are yes or no, as most are.
bool all_told(const std::uint8_t* verdicts, std::size_t n) {
  std::uint8_t any = 0;
  for (std::size_t i = 0; i < n; ++i) any = static_cast<std::uint8_t>(any | verdicts[i]);
  return any < 2;
}

/// reduce_rows() where every verdict is yes or no: whether one of a row decides it.
void reduce_told_rows(std::uint8_t* rows, const std::uint8_t* elements, stretch_of_rows of,
                      column_verdict absorbing, std::size_t n) {
  const auto decides = static_cast<std::uint8_t>(absorbing);
  const std::uint64_t flip = absorbing == column_verdict::no ? ones : 0;
  for (std::size_t k = 0; k < n; ++of.row) {
    const auto end = static_cast<std::size_t>(of.offsets[of.row + 1]) - of.first;
    const std::size_t stop = std::min(n, end);
    std::uint64_t found = 0;
    for (; k + 8 < stop; k += 8) found |= first_of_eight(elements + k, 8, flip);
    found |= first_of_eight(elements + k, stop - k, flip);
    rows[of.row] = found != 0 ? decides : rows[of.row];
    k = stop;
  }
}

} // namespace

void reduce_rows(std::uint8_t* rows, const std::uint8_t* elements, stretch_of_rows of,
                 column_verdict absorbing, std::size_t n) {
  if (all_told(elements, n)) return reduce_told_rows(rows, elements, of, absorbing, n);
  const auto decides = static_cast<std::uint8_t>(absorbing);
  const std::uint64_t neutral = absorbing == column_verdict::no ? ones : 0;
  for (std::size_t k = 0; k < n;) {
    const auto end = static_cast<std::size_t>(of.offsets[of.row + 1]) - of.first;
    const std::size_t stop = std::min(n, end);
    std::uint8_t r = rows[of.row];
    for (; k < stop; k += 8) {
      // The lane reaches further than its verdicts; what is behind them becomes neutral.
      const std::uint64_t eight = first_of_eight(elements + k, stop - k, neutral) ^ neutral;
      const std::uint8_t e = joined_eight(eight, absorbing);
      const std::uint8_t worse = std::max(r, e);
      r = ((r == decides) | (e == decides)) ? decides : worse;
    }
    rows[of.row] = r;
    k = stop;
    ++of.row;
  }
}

} // namespace banli::detail::cel
