// Running the nodes over blocks of rows.
#include "column_program.hpp"

#include <algorithm>
#include <cstring>

namespace banli::detail::cel {

namespace {

std::size_t width_of(lane l) {
  if (l == lane::column_verdict) return 1;
  return l == lane::word ? 4 : 8;
}

std::uint8_t* verdicts_of(column_node& n) {
  n.now = {n.values.data(), nullptr};
  return reinterpret_cast<std::uint8_t*>(n.values.data());
}

} // namespace

type_kind column_program::gives() const {
  switch (nodes_.back().out) {
  case lane::int64: return type_kind::integer;
  case lane::uint64: return type_kind::uinteger;
  case lane::real: return type_kind::real;
  default: return type_kind::boolean;
  }
}

/// The most that one of the rows can cost, roughly and never too little: every step for every
/// element, each as dear as its texts are long.
std::uint64_t column_program::cost_of(std::uint64_t longest_list) const {
  const std::uint64_t text = 1 + longest_text_ / 16;
  return steps_ * (1 + longest_list) * (text * text + steps_ + 100);
}

std::uint64_t column_program::longest_list(stretch rows) const {
  std::uint64_t longest = 0;
  for (const column_node& n : nodes_) {
    if (n.does != act::loop) continue;
    const auto* offsets = n.from->as<std::int64_t>() + rows.first;
    for (std::size_t i = 0; i < rows.count; ++i)
      longest = std::max(longest, static_cast<std::uint64_t>(offsets[i + 1] - offsets[i]));
  }
  return longest;
}

void column_program::run(column_outcome& out, std::uint64_t cost,
                         const std::function<void(std::size_t)>& by_row) {
  for (column_node& n : nodes_)
    if (n.does == act::constant) n.now.data = n.values.data();
  std::uint64_t longest = 0;
  for (const column_node& n : nodes_)
    if (n.does == act::loop) longest = std::max(longest, n.from->longest_list);
  const bool all_cheap = cost_of(longest) <= cost;
  for (std::size_t first = 0; first < rows_; first += block_rows) {
    const stretch rows{first, std::min(block_rows, rows_ - first)};
    if (!all_cheap && cost_of(longest_list(rows)) > cost) {
      for (std::size_t i = 0; i < rows.count; ++i) by_row(first + i);
      continue;
    }
    for (column_node& n : nodes_)
      if (!n.inner) run_node(n, rows);
    copy_out(out, rows);
  }
}

void column_program::copy_out(column_outcome& out, stretch rows) const {
  const column_node& root = nodes_.back();
  auto* verdicts = reinterpret_cast<std::uint8_t*>(out.verdicts.data() + rows.first);
  if (root.out == lane::column_verdict) {
    std::memcpy(verdicts, root.now.data, rows.count);
    return;
  }
  std::memset(verdicts, static_cast<int>(column_verdict::yes), rows.count);
  if (root.now.state != nullptr) spoil(verdicts, root.now.state, rows.count);
  void* into = out.reals.data() + (root.out == lane::real ? rows.first : 0);
  if (root.out == lane::int64) into = out.ints.data() + rows.first;
  if (root.out == lane::uint64) into = out.uints.data() + rows.first;
  std::memcpy(into, root.now.data, rows.count * 8);
}

void column_program::run_node(column_node& n, stretch at) {
  switch (n.does) {
  case act::constant: return;
  case act::load: return load(n, at);
  case act::load_bool:
  case act::has: return load_verdicts(n, at);
  case act::join: {
    std::uint8_t* v = verdicts_of(n);
    std::memcpy(v, nodes_[n.inputs[0]].now.data, at.count);
    const column_verdict absorbing =
        n.o == op::logical_and ? column_verdict::no : column_verdict::yes;
    for (std::size_t k = 1; k < n.inputs.size(); ++k)
      join_verdicts(v, nodes_[n.inputs[k]].now.as<std::uint8_t>(), absorbing, at.count);
    return;
  }
  case act::invert:
    return invert_verdicts(verdicts_of(n), nodes_[n.inputs[0]].now.as<std::uint8_t>(), at.count);
  case act::compare:
  case act::same_bool: return compare(n, at);
  case act::whole:
  case act::real:
  case act::widen: return arithmetic(n, at);
  case act::table: return use_table(n, at);
  case act::choose: return choose(n, at);
  case act::spread: {
    const column_node& a = nodes_[n.inputs[0]];
    spread(n.values.data(), a.now.data, width_of(n.out), row_of_.data(), at.count);
    n.now = {n.values.data(), nullptr};
    if (a.now.state == nullptr) return;
    spread(n.states.data(), a.now.state, 1, row_of_.data(), at.count);
    n.now.state = n.states.data();
    return;
  }
  case act::loop: return run_loop(n, at);
  }
}

// --- columns

namespace {

/// Asks for the values of a column that the next block is going to read while this one is worked
/// on: the processor does so by itself only within a page. What fits into a cache is near anyway.
void ask_ahead(const column_parts& c, std::size_t width, std::size_t next, std::size_t count) {
  constexpr std::size_t line = 64;
  constexpr std::size_t far = 100'000; // values
  if (c.size < far) return;
  const auto* bytes = static_cast<const std::byte*>(c.data);
  const std::size_t end = std::min(c.size, next + count) * width;
  for (std::size_t at = next * width; at < end; at += line) __builtin_prefetch(bytes + at);
}

} // namespace

void column_program::load(column_node& n, stretch at) {
  const column_parts& c = *n.from;
  const auto* bytes = static_cast<const std::byte*>(c.data);
  const std::size_t width = width_of(n.out);
  n.now = {bytes + at.first * width, nullptr};
  ask_ahead(c, width, at.first + at.count, at.count);
  if (c.mask.empty() && !n.holes) return;
  n.now.state = n.states.data();
  std::fill_n(n.states.data(), at.count, is_good);
  if (!c.mask.empty())
    for (std::size_t i = 0; i < at.count; ++i)
      n.states[i] = c.mask[at.first + i] != 0 ? n.absent : is_good;
  if (!n.holes) return;
  const auto* codes = n.now.as<std::int32_t>();
  for (std::size_t i = 0; i < at.count; ++i) n.states[i] = codes[i] < 0 ? n.absent : n.states[i];
}

void column_program::load_verdicts(column_node& n, stretch at) {
  const column_parts& c = *n.from;
  std::uint8_t* v = verdicts_of(n);
  if (n.does == act::has) {
    const auto* codes = n.holes ? c.as<std::int32_t>() + at.first : nullptr;
    for (std::size_t i = 0; i < at.count; ++i)
      v[i] = !c.is_missing(at.first + i) && (codes == nullptr || codes[i] >= 0) ? 1 : 0;
    return;
  }
  const auto* bytes = c.as<std::uint8_t>() + at.first;
  for (std::size_t i = 0; i < at.count; ++i) v[i] = bytes[i] != 0 ? 1 : 0;
  if (c.mask.empty()) return;
  for (std::size_t i = 0; i < at.count; ++i) v[i] = c.mask[at.first + i] != 0 ? n.absent : v[i];
}

// --- operators

namespace {

template <class A>
void compare_first(op o, const A* a, const column_node& b, std::uint8_t* out, std::size_t n) {
  if (b.out == lane::uint64)
    compare_lanes(o, a, b.now.as<std::uint64_t>(), out, n);
  else if (b.out == lane::real)
    compare_lanes(o, a, b.now.as<double>(), out, n);
  else
    compare_lanes(o, a, b.now.as<std::int64_t>(), out, n);
}

void same_bools(op o, const std::uint8_t* a, const std::uint8_t* b, std::uint8_t* out,
                std::size_t n) {
  const std::uint8_t flip = o == op::equal ? 1 : 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint8_t worse = std::max(a[i], b[i]);
    out[i] = worse > 1 ? worse : static_cast<std::uint8_t>((a[i] ^ b[i]) ^ flip);
  }
}

} // namespace

void column_program::compare(column_node& n, stretch at) {
  const column_node& a = nodes_[n.inputs[0]];
  const column_node& b = nodes_[n.inputs[1]];
  std::uint8_t* v = verdicts_of(n);
  if (n.does == act::same_bool)
    return same_bools(n.o, a.now.as<std::uint8_t>(), b.now.as<std::uint8_t>(), v, at.count);
  if (a.out == lane::word)
    compare_lanes(n.o, a.now.as<std::int32_t>(), b.now.as<std::int32_t>(), v, at.count);
  else if (a.out == lane::uint64)
    compare_first(n.o, a.now.as<std::uint64_t>(), b, v, at.count);
  else if (a.out == lane::real)
    compare_first(n.o, a.now.as<double>(), b, v, at.count);
  else
    compare_first(n.o, a.now.as<std::int64_t>(), b, v, at.count);
  // Unknown before error: the first to spoil is overwritten where the other is worse.
  if (a.now.state == nullptr && b.now.state == nullptr) return;
  join_states(n.states.data(), a.now.state, b.now.state, at.count);
  spoil(v, n.states.data(), at.count);
}

void column_program::arithmetic(column_node& n, stretch at) {
  const column_node& a = nodes_[n.inputs[0]];
  n.now = {n.values.data(), nullptr};
  auto* reals = reinterpret_cast<double*>(n.values.data());
  if (n.does == act::widen) {
    if (a.out == lane::int64)
      widen_lanes(a.now.as<std::int64_t>(), reals, at.count);
    else
      widen_lanes(a.now.as<std::uint64_t>(), reals, at.count);
    n.now.state = a.now.state;
    return;
  }
  const column_node& b = nodes_[n.inputs[1]];
  bool failed = false;
  if (n.does == act::real)
    real_lanes(n.o, a.now.as<double>(), b.now.as<double>(), reals, at.count);
  else if (n.out == lane::int64)
    failed =
        whole_lanes(n.o, a.now.as<std::int64_t>(), b.now.as<std::int64_t>(),
                    reinterpret_cast<std::int64_t*>(n.values.data()), n.states.data(), at.count);
  else
    failed = whole_lanes(n.o, a.now.as<std::uint64_t>(), b.now.as<std::uint64_t>(), n.values.data(),
                         n.states.data(), at.count);
  if (a.now.state == nullptr && b.now.state == nullptr) {
    if (failed) n.now.state = n.states.data();
    return;
  }
  // What was computed from a value that is not there says nothing.
  std::uint8_t both[block_elements];
  join_states(both, a.now.state, b.now.state, at.count);
  if (failed)
    for (std::size_t i = 0; i < at.count; ++i) both[i] = both[i] != is_good ? both[i] : n.states[i];
  std::memcpy(n.states.data(), both, at.count);
  n.now.state = n.states.data();
}

void column_program::use_table(column_node& n, stretch at) {
  const column_node& a = nodes_[n.inputs[0]];
  const auto* codes = a.now.as<std::int32_t>();
  n.now = {n.values.data(), a.now.state};
  if (n.out == lane::word) {
    auto* out = reinterpret_cast<std::int32_t*>(n.values.data());
    return look_up(n.codes_table.data(), codes, out, at.count);
  }
  if (n.out == lane::column_verdict) {
    std::uint8_t* v = verdicts_of(n);
    look_up(n.states_table.data(), codes, v, at.count);
    if (a.now.state != nullptr) spoil(v, a.now.state, at.count);
    return;
  }
  look_up(n.ints_table.data(), codes, reinterpret_cast<std::int64_t*>(n.values.data()), at.count);
  look_up(n.states_table.data(), codes, n.states.data(), at.count);
  if (a.now.state != nullptr) spoil(n.states.data(), a.now.state, at.count);
  n.now.state = n.states.data();
}

void column_program::choose(column_node& n, stretch at) {
  const auto* which = nodes_[n.inputs[0]].now.as<std::uint8_t>();
  const lane_view yes = nodes_[n.inputs[1]].now;
  const lane_view no = nodes_[n.inputs[2]].now;
  if (n.out == lane::column_verdict) {
    std::uint8_t* v = verdicts_of(n);
    for (std::size_t i = 0; i < at.count; ++i) {
      const std::uint8_t chosen =
          which[i] == 1 ? yes.as<std::uint8_t>()[i] : no.as<std::uint8_t>()[i];
      v[i] = which[i] > 1 ? which[i] : chosen;
    }
    return;
  }
  n.now = {n.values.data(), n.states.data()};
  for (std::size_t i = 0; i < at.count; ++i) {
    const lane_view& chosen = which[i] == 1 ? yes : no;
    n.values[i] = chosen.as<std::uint64_t>()[i];
    const std::uint8_t state = chosen.state != nullptr ? chosen.state[i] : is_good;
    n.states[i] = which[i] > 1 ? which[i] : state;
  }
}

// --- loops

namespace {

/// exists_one: the first without verdict decides, else whether there was exactly one yes. `found`
/// counts up to 2.
void count_rows(std::uint8_t* bad, std::uint8_t* found, const std::uint8_t* elements,
                const std::uint32_t* row, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t r = row[i];
    if (bad[r] != is_good) continue;
    if (elements[i] > 1)
      bad[r] = elements[i];
    else
      found[r] = static_cast<std::uint8_t>(std::min(2, found[r] + elements[i]));
  }
}

} // namespace

void column_program::number_rows(const std::int64_t* offsets, stretch elements, std::size_t row) {
  for (std::size_t i = 0; i < elements.count; ++row) {
    const auto end = static_cast<std::size_t>(offsets[row + 1]);
    if (end <= elements.first + i) continue;
    const std::size_t stop = std::min(elements.count, end - elements.first);
    for (; i < stop; ++i) row_of_[i] = static_cast<std::uint32_t>(row);
  }
}

void column_program::run_loop(column_node& n, stretch rows) {
  const auto* offsets = n.from->as<std::int64_t>() + rows.first;
  std::uint8_t* v = verdicts_of(n);
  const bool one = n.macro == macro::exists_one;
  const column_verdict absorbing = n.macro == macro::all ? column_verdict::no : column_verdict::yes;
  std::memset(v, n.macro == macro::all ? 1 : 0, rows.count);
  if (one) std::fill_n(n.states.data(), rows.count, is_good);
  std::size_t row = 0;
  auto next = static_cast<std::size_t>(offsets[0]);
  const auto end = static_cast<std::size_t>(offsets[rows.count]);
  while (next < end) {
    const stretch elements{next, std::min(block_elements, end - next)};
    while (static_cast<std::size_t>(offsets[row + 1]) <= next) ++row;
    if (n.numbered) number_rows(offsets, elements, row);
    for (const std::uint32_t b : n.body) run_node(nodes_[b], elements);
    const auto* verdicts = nodes_[n.inputs[0]].now.as<std::uint8_t>();
    if (one)
      count_rows(n.states.data(), v, verdicts, row_of_.data(), elements.count);
    else
      reduce_rows(v, verdicts, {offsets, next, row}, absorbing, elements.count);
    next += elements.count;
  }
  if (one)
    for (std::size_t i = 0; i < rows.count; ++i)
      v[i] = n.states[i] != is_good ? n.states[i] : static_cast<std::uint8_t>(v[i] == 1);
  if (n.from->mask.empty()) return;
  for (std::size_t i = 0; i < rows.count; ++i)
    v[i] = n.from->is_missing(rows.first + i) ? is_unknown : v[i];
}

} // namespace banli::detail::cel
