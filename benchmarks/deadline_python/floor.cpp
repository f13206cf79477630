// The floor of the benchmark in Python: the same arrays, asked from C++.
//
// deadline_python.py loads this library and hands it the memory of its numpy arrays, so that both
// sides are timed in one run, in one process, over the same bytes. Every function works through the
// arrays once and answers how many nanoseconds that took, or -1 if the library refused.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/columns.hpp>

namespace {

using namespace banli;

const workday_calendar& calendar() {
  static const workday_calendar c = cn();
  return c;
}

std::span<const day> days_at(const std::int64_t* p, std::size_t n) {
  return {reinterpret_cast<const day*>(p), n};
}

std::span<day> days_at(std::int64_t* p, std::size_t n) { return {reinterpret_cast<day*>(p), n}; }

template <class F>
double timed(F&& work) {
  const auto begin = std::chrono::steady_clock::now();
  const bool good = work();
  const auto end = std::chrono::steady_clock::now();
  return good ? std::chrono::duration<double, std::nano>(end - begin).count() : -1;
}

} // namespace

extern "C" {

/// select[rank[day] + n] by hand, without any check.
double floor_advance(const std::int64_t* from, std::size_t size, std::int32_t n,
                     std::int64_t* out) {
  const calendar_view v = calendar().view();
  return timed([&] {
    for (std::size_t i = 0; i < size; ++i)
      out[i] = v.select[static_cast<std::size_t>(
          v.rank[static_cast<std::size_t>(from[i] - v.first_serial + 1)] + n)];
    return true;
  });
}

double batch_advance(const std::int64_t* from, std::size_t size, std::int32_t n,
                     std::int64_t* out) {
  const workday_calendar& c = calendar();
  return timed(
      [&] { return add_workdays(c, days_at(from, size), n, days_at(out, size)).has_value(); });
}

double batch_count(const std::int64_t* after, const std::int64_t* through, std::size_t size,
                   std::int64_t* out) {
  const workday_calendar& c = calendar();
  return timed([&] {
    return count_workdays(c, days_at(after, size), days_at(through, size), {out, size}).has_value();
  });
}

double batch_is_workday(const std::int64_t* asked, std::size_t size, bool* out) {
  const workday_calendar& c = calendar();
  return timed([&] { return are_workdays(c, days_at(asked, size), {out, size}).has_value(); });
}

/// Working days from the starts, less the exclusions (none: offsets is null).
double batch_due(const std::int64_t* starts, std::size_t size, std::int32_t n,
                 const std::int64_t* offsets, const std::int64_t* from, const std::int64_t* to,
                 std::int64_t* due, std::int64_t* remaining, bool* provisional) {
  const workday_calendar& c = calendar();
  case_columns cases{.starts = days_at(starts, size)};
  if (offsets != nullptr) {
    const auto stops = static_cast<std::size_t>(offsets[size]);
    cases.exclusions = {
        .offsets = {offsets, size + 1}, .from = days_at(from, stops), .to = days_at(to, stops)};
  }
  const due_columns out{days_at(due, size), {remaining, size}, {provisional, size}};
  return timed([&] { return due_dates(c, {n, limit_unit::workday}, cases, {}, out).has_value(); });
}
}
