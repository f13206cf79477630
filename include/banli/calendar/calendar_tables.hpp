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
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <banli/calendar/calendar_source.hpp>

namespace banli::detail {

/// Why a day is what it is: views into the source, which the tables keep alive.
struct day_reason {
  std::string_view name;
  std::string_view source;
  bool settled = false; ///< decided by a notice or an overlay, not only by a fixed date
};

struct calendar_tables {
  std::shared_ptr<const calendar_source> source;
  std::int32_t first = 0;           ///< serial of the first day
  std::int32_t last = -1;           ///< serial of the last day
  std::vector<std::int32_t> rank;   ///< rank[d - first + 1]: working days up to and including d
  std::vector<std::int32_t> select; ///< select[k]: serial of the k-th working day; [0] is a guard
  std::vector<day_kind> kind;       ///< kind[d - first]
  std::vector<std::int32_t> reason; ///< reason[d - first]: index into reasons; 0 is "none"
  std::vector<day_reason> reasons{{}}; ///< the reasons that days refer to
  std::vector<std::uint8_t> settled;   ///< settled[y - first year]: a notice rules the year
  std::int32_t settled_from = 0;       ///< first day of the unbroken settled years up to horizon
  std::int32_t horizon = 0;            ///< last settled day; first - 1 when no notice is known
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
};

class table_builder {
 public:
  explicit table_builder(std::shared_ptr<const calendar_source> s) { t_.source = std::move(s); }

  calendar_tables build() {
    lay_week();
    const std::vector<const notice*> known = known_notices();
    settle_years(known);
    apply_fixed();
    for (const notice* n : known) apply(n->days, n->source);
    for (const overlay& o : t_.source->overlays) apply(o.days, o.name);
    index();
    return std::move(t_);
  }

 private:
  int first_year() const { return static_cast<int>(t_.source->first_year); }

  void lay_week() {
    const calendar_source& s = *t_.source;
    t_.first = serial(to_day(s.first_year / 1 / 1));
    t_.last = serial(to_day(s.last_year / 12 / 31));
    for (const std::chrono::weekday w : s.weekend) weekend_[w.c_encoding()] = true;
    unsigned w = weekday_of(from_serial(t_.first)).c_encoding();
    t_.kind.resize(static_cast<std::size_t>(t_.last - t_.first + 1));
    for (day_kind& k : t_.kind) {
      k = weekend_[w] ? day_kind::weekend : day_kind::workday;
      w = w == 6 ? 0 : w + 1;
    }
    t_.reason.assign(t_.kind.size(), 0);
  }

  std::vector<const notice*> known_notices() const {
    std::vector<const notice*> out;
    for (const notice& n : t_.source->notices)
      if (!t_.source->known_on || n.published <= *t_.source->known_on) out.push_back(&n);
    std::stable_sort(out.begin(), out.end(),
                     [](const notice* a, const notice* b) { return a->published < b->published; });
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

  void apply_fixed() {
    for (const fixed_holiday& h : t_.source->fixed_holidays) {
      t_.reasons.push_back({h.name, {}, false});
      for (std::size_t i = 0; i < t_.settled.size(); ++i) {
        const std::chrono::year y{first_year() + static_cast<int>(i)};
        const auto ymd = y / h.date.month() / h.date.day();
        if (t_.settled[i] || y < h.first || y > h.last || !ymd.ok()) continue;
        set(to_day(ymd), opening::closed);
      }
    }
  }

  void apply(const std::vector<day_rule>& rules, std::string_view by) {
    for (const day_rule& r : rules) {
      if (!t_.holds(serial(r.date))) continue;
      t_.reasons.push_back({r.name, by, true});
      set(r.date, r.opens);
    }
  }

  /// Gives a day its kind, for the newest of the reasons.
  void set(day d, opening o) {
    const auto i = static_cast<std::size_t>(serial(d) - t_.first);
    const bool rest = weekend_[weekday_of(d).c_encoding()];
    t_.kind[i] = o == opening::closed ? day_kind::holiday
                 : rest               ? day_kind::makeup_workday
                                      : day_kind::workday;
    t_.reason[i] = static_cast<std::int32_t>(t_.reasons.size() - 1);
  }

  /// Fills rank and select, and the stamp: FNV-1a over the range and over every answer.
  void index() {
    const std::size_t n = t_.kind.size();
    t_.rank.resize(n + 1);
    t_.select.resize(n + 1);
    t_.select[0] = t_.first - 1;
    std::int32_t count = 0;
    std::uint32_t bits = 0;
    std::uint32_t hash = (2166136261U ^ static_cast<std::uint32_t>(t_.first)) * 16777619U;
    for (std::size_t i = 0; i < n; ++i) {
      // Written to always, kept only for working days: no branch to mispredict.
      t_.select[static_cast<std::size_t>(count) + 1] = t_.first + static_cast<std::int32_t>(i);
      const unsigned open = is_working(t_.kind[i]) ? 1U : 0U;
      count += static_cast<std::int32_t>(open);
      bits = bits << 1U | open;
      t_.rank[i + 1] = count;
      if (i % 32 == 31 || i + 1 == n) hash = (hash ^ bits) * 16777619U;
    }
    t_.select.resize(static_cast<std::size_t>(count) + 1);
    t_.stamp = hash;
  }

  calendar_tables t_;
  bool weekend_[7] = {};
};

} // namespace banli::detail
