// calendar_tables.hpp — how a calendar answers in two loads.
//
// For every day of the tables, rank says how many working days lie up to and including it; select
// turns that around and names the k-th working day. They are inverse to each other:
//
//   day        Fri 10-10  Sat 10-11  Sun 10-12  Mon 10-13      (2025; 10-11 is made up)
//   rank          7          8          8          9           select[8] == 10-11, select[9] ==
//   10-13
//
//   the n-th working day after d  ==  select[rank[d] + n]
//   working days in (a, b]        ==  rank[b] - rank[a]
//
// Both are plain int32 arrays, so that a batch over millions of days is one loop over memory.
// The hard case is the first day: "before the first day" needs a rank as well, so that rank starts
// one entry early (rank_of(first - 1) is 0), and select starts with a guard that is never an
// answer.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <boost/container/vector.hpp>

#include <banli/calendar/calendar_source.hpp>

namespace banli::detail {

/// Why a day is what it is: views into the source, which the tables keep alive.
struct day_reason {
  std::string_view name;
  std::string_view source;
  bool settled = false; ///< decided by a notice or an overlay, not only by a fixed date
};

/// What became of a day: its kind and the number of its reason in one word, so that a run of days
/// with one fate is a run of equal words.
using day_code = std::uint32_t;
constexpr day_code code_of(day_kind k, std::size_t reason) {
  return static_cast<day_code>(reason << 2U) | static_cast<day_code>(k);
}
constexpr day_kind kind_of_code(day_code c) { return static_cast<day_kind>(c & 3U); }

/// A plain array whose entries are written before they are read, so that none is set to zero first.
template <class T>
using table = boost::container::vector<T>;

struct calendar_tables {
  std::shared_ptr<const calendar_source> source;
  std::int32_t first = 0;            ///< serial of the first day
  std::int32_t last = -1;            ///< serial of the last day
  table<std::int32_t> rank;          ///< rank[d - first + 1]: working days up to and including d
  table<std::int32_t> select;        ///< select[k]: serial of the k-th working day; [0] is a guard
  table<day_code> code;              ///< code[d - first]
  table<std::uint64_t> open;         ///< bit d - first: a working day
  table<std::uint64_t> begins;       ///< bit d - first: the day's code differs from the day before
  std::vector<day_reason> reasons;   ///< the reasons that codes refer to; 0 is "none"
  std::vector<std::uint8_t> settled; ///< settled[y - first year]: a notice rules the year
  std::int32_t settled_from = 0;     ///< first day of the unbroken settled years up to horizon
  std::int32_t horizon = 0;          ///< last settled day; first - 1 when no notice is known
  std::optional<day> newest_notice;
  std::uint32_t stamp = 0;

  std::int32_t total() const { return rank.back(); }
  /// Working days up to and including d; d in [first - 1, last].
  std::int32_t rank_of(std::int64_t d) const {
    return rank[static_cast<std::size_t>(d - first + 1)];
  }
  /// The k-th working day; k in [1, total()].
  std::int32_t select_of(std::int64_t k) const { return select[static_cast<std::size_t>(k)]; }
  bool holds(std::int64_t d) const { return d >= first && d <= last; }
  day_code code_at(std::int64_t d) const { return code[static_cast<std::size_t>(d - first)]; }
  const day_reason& reason_of(day_code c) const { return reasons[c >> 2U]; }

  /// Calls visit(first day, last day, code) for the runs of equal codes in [from, to], which must
  /// lie in [first, last]. Goes from bit to bit of `begins`, not from day to day.
  template <class Visit>
  void each_run(std::int64_t from, std::int64_t to, const Visit& visit) const {
    if (from > to) return;
    auto d = static_cast<std::size_t>(from - first);
    const auto end = static_cast<std::size_t>(to - first);
    std::size_t word = d / 64;
    std::uint64_t bits = begins[word] & (~std::uint64_t{0} << d % 64 << 1U);
    for (;;) {
      while (bits == 0 && ++word < begins.size()) bits = begins[word];
      const std::size_t next = bits == 0 ? code.size() : word * 64 + lowest(bits);
      bits &= bits - 1;
      if (next > end) break;
      visit(serial_at(d), serial_at(next - 1), code[d]);
      d = next;
    }
    visit(serial_at(d), serial_at(end), code[d]);
  }

  /// The first day of the run of equal codes in which d lies; d in [first, last].
  std::int64_t run_begin(std::int64_t d) const {
    const auto at = static_cast<std::size_t>(d - first);
    std::size_t word = at / 64;
    std::uint64_t bits = begins[word] << (63 - at % 64) >> (63 - at % 64);
    while (bits == 0) bits = begins[--word]; // bit 0 of word 0 is always set
    return first + static_cast<std::int64_t>(word * 64) + 63 - std::countl_zero(bits);
  }

  std::int32_t serial_at(std::size_t index) const {
    return first + static_cast<std::int32_t>(index);
  }
  static std::size_t lowest(std::uint64_t bits) {
    return static_cast<std::size_t>(std::countr_zero(bits));
  }
};

/// Of eight days, one bit each: how many are open up to each of them, and which is the k-th.
struct byte_days {
  std::array<std::int32_t, 8> rank{};
  std::array<std::int32_t, 8> select{};
};

/// out[k] = base + steps[k], the eight of them in a few instructions.
inline void add_eight(std::int32_t base, const std::array<std::int32_t, 8>& steps,
                      std::int32_t* out) {
  using four [[gnu::vector_size(16)]] = std::int32_t;
  four low;
  four high;
  std::memcpy(&low, steps.data(), sizeof low);
  std::memcpy(&high, steps.data() + 4, sizeof high);
  low += base;
  high += base;
  std::memcpy(out, &low, sizeof low);
  std::memcpy(out + 4, &high, sizeof high);
}

consteval std::array<byte_days, 256> days_of_bytes() {
  std::array<byte_days, 256> all{};
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::int32_t count = 0;
    for (unsigned k = 0; k < 8; ++k) {
      if ((byte >> k & 1U) != 0)
        all[byte].select[static_cast<std::size_t>(count++)] = static_cast<std::int32_t>(k);
      all[byte].rank[k] = count;
    }
  }
  return all;
}

class table_builder {
 public:
  explicit table_builder(std::shared_ptr<const calendar_source> s) { t_.source = std::move(s); }

  calendar_tables build() {
    lay_week();
    const std::vector<const notice*> known = known_notices();
    settle_years(known);
    reserve_reasons(known);
    apply_fixed();
    for (const notice* n : known) apply(n->days, n->source);
    for (const overlay& o : t_.source->overlays) apply(o.days, o.name);
    index();
    return std::move(t_);
  }

 private:
  int first_year() const { return static_cast<int>(t_.source->first_year); }

  /// Weeks are alike: what is laid already is copied, twice as much each time. 64 weeks fill 7
  /// words.
  void lay_week() {
    const calendar_source& s = *t_.source;
    t_.first = serial(to_day(s.first_year / 1 / 1));
    t_.last = serial(to_day(s.last_year / 12 / 31));
    for (const std::chrono::weekday w : s.weekend) weekend_[w.c_encoding()] = true;
    const std::size_t n = static_cast<std::size_t>(t_.last - t_.first) + 1;
    const unsigned w = weekday_of(from_serial(t_.first)).c_encoding();
    t_.code.resize(n, boost::container::default_init);
    for (unsigned i = 0; i < 7; ++i)
      t_.code[i] = code_of(weekend_[(w + i) % 7] ? day_kind::weekend : day_kind::workday, 0);
    repeat(t_.code, 7);
    const std::size_t words = (n + 63) / 64;
    t_.open.resize(words, boost::container::default_init);
    std::fill_n(t_.open.data(), std::min<std::size_t>(words, 7), 0);
    for (unsigned i = 0; i < 7 * 64; ++i)
      if (i / 64 < words && !weekend_[(w + i) % 7]) t_.open[i / 64] |= std::uint64_t{1} << i % 64;
    repeat(t_.open, 7);
    t_.begins.resize(words); // marks the ruled days until index() turns it into begins
  }

  template <class T>
  static void repeat(table<T>& all, std::size_t laid) {
    for (; laid < all.size(); laid *= 2)
      std::copy_n(all.data(), std::min(laid, all.size() - laid), all.data() + laid);
  }

  std::vector<const notice*> known_notices() const {
    std::vector<const notice*> out;
    out.reserve(t_.source->notices.size());
    for (const notice& n : t_.source->notices)
      if (!t_.source->known_on || n.published <= *t_.source->known_on) out.push_back(&n);
    const auto older = [](const notice* a, const notice* b) { return a->published < b->published; };
    if (!std::is_sorted(out.begin(), out.end(), older))
      std::stable_sort(out.begin(), out.end(), older);
    return out;
  }

  void settle_years(const std::vector<const notice*>& known) {
    const int years = static_cast<int>(t_.source->last_year) - first_year() + 1;
    t_.settled.assign(static_cast<std::size_t>(years), 0);
    for (const notice* n : known) {
      if (!t_.newest_notice || n->published > *t_.newest_notice) t_.newest_notice = n->published;
      if (n->days.empty()) continue;
      const auto latest = std::max_element(n->days.begin(), n->days.end(),
                                           [](auto& a, auto& b) { return a.date < b.date; });
      const int y = static_cast<int>(to_ymd(latest->date).year()) - first_year();
      if (y >= 0 && y < years) t_.settled[static_cast<std::size_t>(y)] = 1;
    }
    t_.horizon = t_.settled_from = t_.first - 1;
    int y = years - 1;
    while (y >= 0 && !t_.settled[static_cast<std::size_t>(y)]) --y;
    if (y < 0) return;
    t_.horizon = serial(to_day(std::chrono::year{first_year() + y} / 12 / 31));
    while (y > 0 && t_.settled[static_cast<std::size_t>(y - 1)]) --y;
    t_.settled_from = serial(to_day(std::chrono::year{first_year() + y} / 1 / 1));
  }

  void reserve_reasons(const std::vector<const notice*>& known) {
    std::size_t n = 1 + t_.source->fixed_holidays.size();
    for (const notice* one : known) n += one->days.size();
    for (const overlay& o : t_.source->overlays) n += o.days.size();
    t_.reasons.reserve(n);
    t_.reasons.emplace_back();
  }

  void apply_fixed() {
    for (const fixed_holiday& h : t_.source->fixed_holidays) {
      if (t_.reasons.back().name != h.name) t_.reasons.push_back({h.name, {}, false});
      for (std::size_t i = 0; i < t_.settled.size(); ++i) {
        const std::chrono::year y{first_year() + static_cast<int>(i)};
        const auto ymd = y / h.date.month() / h.date.day();
        if (t_.settled[i] || y < h.first || y > h.last || !ymd.ok()) continue;
        set(serial(to_day(ymd)), opening::closed);
      }
    }
  }

  /// Neighbouring rules with one name share a reason, so that a holiday is one run.
  void apply(const std::vector<day_rule>& rules, std::string_view by) {
    const std::size_t before = t_.reasons.size();
    for (const day_rule& r : rules) {
      if (!t_.holds(r.date.time_since_epoch().count())) continue;
      if (t_.reasons.size() == before || t_.reasons.back().name != r.name)
        t_.reasons.push_back({r.name, by, true});
      set(serial(r.date), r.opens);
    }
  }

  /// Gives a day its kind, for the newest of the reasons.
  void set(std::int32_t d, opening o) {
    const auto i = static_cast<std::size_t>(d - t_.first);
    const bool rest = weekend_[static_cast<std::size_t>(modulo_seven(d + 4))];
    const std::uint64_t bit = std::uint64_t{1} << i % 64;
    const bool opens = o == opening::open;
    t_.code[i] = code_of(!opens ? day_kind::holiday
                         : rest ? day_kind::makeup_workday
                                : day_kind::workday,
                         t_.reasons.size() - 1);
    t_.open[i / 64] = (t_.open[i / 64] & ~bit) | (opens ? bit : 0);
    t_.begins[i / 64] |= bit;
  }

  static std::int32_t modulo_seven(std::int32_t n) { return n % 7 < 0 ? n % 7 + 7 : n % 7; }

  /// Fills rank, select and begins, and the stamp: FNV-1a over the range and over every answer.
  void index() {
    const std::size_t n = t_.code.size();
    if (n % 64 != 0) t_.open.back() &= ~std::uint64_t{0} >> (64 - n % 64);
    t_.rank.resize(n + 8, boost::container::default_init); // whole bytes, and the entry before
    t_.select.resize(n + 9, boost::container::default_init);
    t_.rank[0] = 0;
    t_.select[0] = t_.first - 1;
    std::uint64_t hash = (14695981039346656037U ^ static_cast<std::uint32_t>(t_.first)) * fnv_prime;
    std::int32_t count = 0;
    for (std::size_t word = 0; word < t_.open.size(); ++word) {
      hash = (hash ^ t_.open[word]) * fnv_prime;
      count = n - word * 64 >= 64 ? index_days(word, 64, count)
                                  : index_days(word, n - word * 64, count);
    }
    t_.rank.resize(n + 1);
    t_.select.resize(static_cast<std::size_t>(count) + 1);
    t_.stamp = static_cast<std::uint32_t>(hash ^ hash >> 32U);
    find_begins();
  }

  /// Fills rank and select for the eight days of a byte of `open` at once, from what is known of
  /// every byte; what is written beyond the last working day is written over by the next byte.
  std::int32_t index_days(std::size_t word, std::size_t n, std::int32_t count) {
    std::uint64_t bits = t_.open[word];
    std::size_t i = word * 64;
    for (std::size_t end = i + n; i < end; i += 8, bits >>= 8U) {
      const byte_days& b = bytes_[bits & 0xffU];
      std::int32_t* const rank = t_.rank.data() + i + 1;
      std::int32_t* const select = t_.select.data() + count + 1;
      const std::int32_t d = t_.first + static_cast<std::int32_t>(i);
      add_eight(count, b.rank, rank);
      add_eight(d, b.select, select);
      count += b.rank[7];
    }
    return count;
  }

  /// A run begins where open turns to closed or back, where ruled days begin or end, and between
  /// two ruled days that differ.
  void find_begins() {
    std::uint64_t open_before = ~t_.open[0] & 1U;
    std::uint64_t ruled_before = 0;
    for (std::size_t word = 0; word < t_.begins.size(); ++word) {
      const std::uint64_t open = t_.open[word];
      const std::uint64_t ruled = t_.begins[word];
      std::uint64_t begins =
          (open ^ (open << 1U | open_before)) | (ruled ^ (ruled << 1U | ruled_before));
      for (std::uint64_t rest = ruled & ~begins; rest != 0; rest &= rest - 1) {
        const std::size_t i = word * 64 + static_cast<std::size_t>(std::countr_zero(rest));
        if (t_.code[i] != t_.code[i - 1]) begins |= rest & (~rest + 1);
      }
      t_.begins[word] = begins;
      open_before = open >> 63U;
      ruled_before = ruled >> 63U;
    }
  }

  static constexpr std::uint64_t fnv_prime = 1099511628211U;
  static constexpr std::array<byte_days, 256> bytes_ = days_of_bytes();

  calendar_tables t_;
  bool weekend_[7] = {};
};

} // namespace banli::detail
