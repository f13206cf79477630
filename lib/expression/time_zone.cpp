#include <banli/expression/time_zone.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>

#include <banli/time/text.hpp>

namespace banli {

namespace detail::cel {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// The day of a year on which clocks turn.
day turn_day(const yearly_turn& t, std::chrono::year y) {
  using namespace std::chrono;
  const day new_year = to_day(y / January / 1);
  if (t.by == yearly_turn::counting::day_of_year) return new_year + days{t.day};
  if (t.by == yearly_turn::counting::day_without_leap)
    return new_year + days{t.day - 1 + (y.is_leap() && t.day >= 60 ? 1 : 0)};
  const std::chrono::month m{t.month};
  const std::chrono::weekday w{t.weekday};
  return t.week == 5 ? day{local_days{y / m / w[last]}} : day{local_days{y / m / w[t.week]}};
}

/// Reads the parts of "CET-1CEST,M3.5.0,M10.5.0/3" one after the other.
class zone_text {
 public:
  explicit zone_text(std::string_view s) : s_(s) {}

  std::optional<yearly_zone> read() {
    yearly_zone z;
    const auto standard = named_offset();
    if (!standard) return std::nullopt;
    z.offset = *standard;
    if (s_.empty()) return z;
    yearly_zone::summer_time summer;
    if (!name()) return std::nullopt;
    summer.offset = z.offset + hours{1};
    if (!s_.starts_with(',')) {
      const auto given = clock_time();
      if (!given) return std::nullopt;
      summer.offset = -*given;
    }
    if (!turn(summer.begins) || !turn(summer.ends) || !s_.empty()) return std::nullopt;
    z.summer = summer;
    return z;
  }

 private:
  /// Three letters or more, or anything in angle brackets.
  bool name() {
    const bool bracketed = s_.starts_with('<');
    const auto end =
        bracketed ? s_.find('>')
                  : static_cast<std::size_t>(std::ranges::find_if_not(s_, is_letter) - s_.begin());
    if (end == std::string_view::npos || end < 3) return false;
    s_.remove_prefix(bracketed ? end + 1 : end);
    return true;
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  std::optional<int> number(int most) {
    int n = 0;
    const auto read = std::from_chars(s_.data(), s_.data() + s_.size(), n);
    if (read.ec != std::errc{} || n < 0 || n > most) return std::nullopt;
    s_.remove_prefix(static_cast<std::size_t>(read.ptr - s_.data()));
    return n;
  }

  /// "2", "-1:30", "26:00:00".
  std::optional<seconds> clock_time() {
    const bool minus = s_.starts_with('-');
    if (minus || s_.starts_with('+')) s_.remove_prefix(1);
    constexpr int most_hours = 167;
    const auto h = number(most_hours);
    if (!h) return std::nullopt;
    seconds all = hours{*h};
    for (const seconds unit : {seconds{60}, seconds{1}}) {
      if (!take(s_, ':')) break;
      const auto n = number(59);
      if (!n) return std::nullopt;
      all += *n * unit;
    }
    return minus ? -all : all;
  }

  /// Offsets are written as what must be added to get UTC.
  std::optional<seconds> named_offset() {
    if (!name()) return std::nullopt;
    const auto west = clock_time();
    return west ? std::optional(-*west) : std::nullopt;
  }

  bool turn(yearly_turn& into) {
    if (!take(s_, ',') || !turn_day(into)) return false;
    if (!take(s_, '/')) return true;
    const auto at = clock_time();
    if (at) into.at = *at;
    return at.has_value();
  }

  bool turn_day(yearly_turn& into) {
    if (take(s_, 'M')) {
      const auto month = number(12);
      const auto week = month && take(s_, '.') ? number(5) : std::nullopt;
      const auto weekday = week && take(s_, '.') ? number(6) : std::nullopt;
      if (!weekday || *month < 1 || *week < 1) return false;
      into.month = static_cast<unsigned>(*month);
      into.week = static_cast<unsigned>(*week);
      into.weekday = static_cast<unsigned>(*weekday);
      return true;
    }
    const bool without_leap = take(s_, 'J');
    into.by =
        without_leap ? yearly_turn::counting::day_without_leap : yearly_turn::counting::day_of_year;
    const auto d = number(365);
    if (!d || (without_leap && *d < 1)) return false;
    into.day = *d;
    return true;
  }

  std::string_view s_;
};

/// Numbers of a TZif file, the highest byte first.
class tzif_bytes {
 public:
  explicit tzif_bytes(std::string_view s) : s_(s) {}

  bool has(std::size_t n) const { return s_.size() >= n; }
  void skip(std::size_t n) { s_.remove_prefix(n); }
  std::string_view rest() const { return s_; }

  std::uint8_t byte() { return static_cast<std::uint8_t>(big(1)); }
  std::int64_t number(std::size_t width) {
    const std::uint64_t n = big(width);
    return width == 4 ? static_cast<std::int32_t>(n) : static_cast<std::int64_t>(n);
  }

 private:
  std::uint64_t big(std::size_t width) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < width; ++i) n = n << 8U | static_cast<std::uint8_t>(s_[i]);
    s_.remove_prefix(width);
    return n;
  }

  std::string_view s_;
};

struct tzif_header {
  char version = 0;
  std::size_t utc_marks = 0;
  std::size_t standard_marks = 0;
  std::size_t leaps = 0;
  std::size_t changes = 0;
  std::size_t kinds = 0;
  std::size_t letters = 0;

  /// Of the data that follow; numbers of instants have so many bytes.
  std::size_t size(std::size_t width) const {
    return changes * (width + 1) + kinds * 6 + letters + leaps * (width + 4) + standard_marks +
           utc_marks;
  }
};

constexpr std::size_t header_bytes = 44;

std::optional<tzif_header> take_header(tzif_bytes& in) {
  if (!in.has(header_bytes) || !in.rest().starts_with("TZif")) return std::nullopt;
  tzif_header h;
  h.version = in.rest()[4];
  in.skip(20);
  for (std::size_t* count :
       {&h.utc_marks, &h.standard_marks, &h.leaps, &h.changes, &h.kinds, &h.letters}) {
    const std::int64_t n = in.number(4);
    if (n < 0) return std::nullopt;
    *count = static_cast<std::size_t>(n);
  }
  return h;
}

/// What the table of a file says.
struct tzif_table {
  std::vector<instant> changes;
  std::vector<seconds> offsets;
};

std::optional<tzif_table> take_table(tzif_bytes& in, const tzif_header& h, std::size_t width) {
  // 2^32 kinds or changes would not be there: their sum is compared before any is read.
  if (!in.has(h.size(width)) || h.kinds == 0 || h.leaps > 0) return std::nullopt;
  tzif_table t;
  // Before anything that text can name: what stands there is the same for all that come.
  constexpr std::int64_t earliest = -100'000'000'000;
  constexpr std::int64_t latest = 1'000'000'000'000;
  for (std::size_t i = 0; i < h.changes; ++i)
    t.changes.emplace_back(seconds{std::clamp(in.number(width), earliest, latest)});
  std::vector<std::size_t> kinds{0}; // before the first change the first kind holds
  for (std::size_t i = 0; i < h.changes; ++i) kinds.push_back(in.byte());
  std::vector<seconds> of_kind;
  for (std::size_t i = 0; i < h.kinds; ++i) {
    of_kind.emplace_back(in.number(4));
    in.skip(2); // whether it is summer time, and where its letters stand
  }
  in.skip(h.letters + h.standard_marks + h.utc_marks);
  constexpr seconds most = hours{26};
  for (const std::size_t k : kinds) {
    if (k >= of_kind.size() || of_kind[k] < -most || of_kind[k] > most) return std::nullopt;
    t.offsets.push_back(of_kind[k]);
  }
  return std::ranges::is_sorted(t.changes) ? std::optional(std::move(t)) : std::nullopt;
}

/// The line below the table: empty, or a rule for every year.
std::optional<std::string_view> take_footer(const tzif_bytes& in) {
  std::string_view s = in.rest();
  if (!take(s, '\n')) return std::nullopt;
  const auto end = s.find('\n');
  return end == std::string_view::npos ? std::nullopt : std::optional(s.substr(0, end));
}

error no_zone_file() {
  return make_error(errc::bad_value,
                    "this is no time zone file (TZif, RFC 8536, without leap seconds)",
                    "不是时区文件(应为不计闰秒的 TZif,RFC 8536)");
}

} // namespace

seconds yearly_zone::offset_at(instant utc) const {
  if (!summer) return offset;
  const auto year = to_ymd(day_of(utc + offset)).year();
  const instant begins = instant{turn_day(summer->begins, year)} + summer->begins.at - offset;
  const instant ends = instant{turn_day(summer->ends, year)} + summer->ends.at - summer->offset;
  const bool within = begins <= ends ? begins <= utc && utc < ends : utc < ends || begins <= utc;
  return within ? summer->offset : offset;
}

} // namespace detail::cel

result<time_zone> time_zone::read(std::string_view tzif) {
  using namespace detail::cel;
  tzif_bytes in(tzif);
  auto header = take_header(in);
  if (!header) return no_zone_file();
  std::size_t width = 4;
  // Version 1 has instants of 32 bits; later ones say everything once more with 64 behind it.
  if (header->version >= '2') {
    if (!in.has(header->size(width))) return no_zone_file();
    in.skip(header->size(width));
    header = take_header(in);
    width = 8;
  }
  auto table = header ? take_table(in, *header, width) : std::nullopt;
  if (!table) return no_zone_file();
  time_zone z;
  z.changes_ = std::move(table->changes);
  z.offsets_ = std::move(table->offsets);
  if (width == 4) return z;
  const auto footer = take_footer(in);
  if (!footer) return no_zone_file();
  if (!footer->empty()) {
    z.after_ = zone_text(*footer).read();
    if (!z.after_) return no_zone_file();
  }
  return z;
}

std::chrono::seconds time_zone::offset_at(instant utc) const {
  const auto next = std::ranges::upper_bound(changes_, utc);
  if (next == changes_.end() && after_) return after_->offset_at(utc);
  return offsets_[static_cast<std::size_t>(next - changes_.begin())];
}

} // namespace banli
