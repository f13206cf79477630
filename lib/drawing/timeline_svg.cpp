#include <banli/drawing/timeline_svg.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include <banli/drawing/dossier.hpp>
#include <banli/time/text.hpp>

#include <drawing/page.hpp>

namespace banli {

namespace {

using namespace detail;

/// What a cell is drawn as: the fates of explain(), and what only a picture knows.
enum class look : std::uint8_t {
  outside, ///< before the first day or after the last: no cell
  before_start,
  counted,
  weekend,
  holiday,
  excluded,
  suspended,
  rolled,
  late,   ///< after the due date, the case still open
  unused, ///< counted, but the case was closed before
  unknown,
};

struct style {
  std::string_view fill;
  std::string_view edge;
  std::string_view ink;
  std::string_view hatch; ///< lines of the pattern in a cell, as path data; empty: none
  word letter;
};

constexpr std::string_view slashes = "M0 14L14 0M0 28L28 0M0 40L40 0M14 40L44 10M30 40L44 26";
constexpr std::string_view backslashes = "M30 0L44 14M16 0L44 28M2 0L42 40M0 12L28 40M0 26L14 40";
constexpr std::string_view crosses = "M0 14L14 0M0 28L28 0M0 40L40 0M14 40L44 10M30 40L44 26M30 "
                                     "0L44 14M16 0L44 28M2 0L42 40M0 12L28 "
                                     "40M0 26L14 40";
constexpr std::string_view lines = "M0 33.5H44M0 37.5H44";

constexpr std::array<style, 11> styles{{
    {"none", "none", "#17212e", "", {"", ""}},
    {"#ffffff", "#51606f", "#51606f", "", {"", ""}},
    {"#ffffff", "#7f9fc4", "#12345c", "", {"", ""}},
    {"#eceff3", "#d6dce3", "#6b7885", "", {"休", "–"}},
    {"#fdf1e0", "#d9b98a", "#7a5a1e", lines, {"假", "H"}},
    {"#f0eaf7", "#8f7bb0", "#4d3875", slashes, {"除", "X"}},
    {"#e4f1ef", "#6ea39b", "#1d5a51", crosses, {"停", "S"}},
    {"#ffffff", "#7f9fc4", "#12345c", "", {"顺", "R"}},
    {"#fbe6e4", "#c77", "#a81f1f", backslashes, {"逾", "L"}},
    {"#ffffff", "#c3ccd6", "#8a96a3", "", {"", ""}},
    {"#ffffff", "#d6dce3", "#6b7885", "", {"?", "?"}},
}};

const style& style_of(look l) { return styles[static_cast<std::size_t>(l)]; }

look look_of(day_class c) {
  switch (c) {
  case day_class::before_start: return look::before_start;
  case day_class::counted: return look::counted;
  case day_class::weekend: return look::weekend;
  case day_class::holiday: return look::holiday;
  case day_class::excluded: return look::excluded;
  case day_class::suspended: return look::suspended;
  case day_class::rolled: return look::rolled;
  }
  return look::unknown;
}

std::string_view words_of(look l, language in) {
  switch (l) {
  case look::outside: return {};
  case look::before_start: return words::before_start(in);
  case look::counted: return words::counted(in);
  case look::weekend: return words::weekend(in);
  case look::holiday: return words::holiday(in);
  case look::excluded: return words::excluded(in);
  case look::suspended: return words::suspended_day(in);
  case look::rolled: return words::rolled(in);
  case look::late: return words::after_due(in);
  case look::unused: return words::after_end(in);
  case look::unknown: return words::unknown_day(in);
  }
  return {};
}

struct drawn_day {
  look as = look::outside;
  std::int64_t ordinal = 0; ///< 0: none
  const day_run* run = nullptr;
};

using week = std::array<drawn_day, 7>;

constexpr int label_width = 52;
constexpr int pitch_x = 46;
constexpr int pitch_y = 42;
constexpr int cell_width = 44;
constexpr int cell_height = 40;
constexpr int head_height = 22;
constexpr int width = label_width + 7 * pitch_x;

unsigned column_of(day d) { return (weekday_of(d).c_encoding() + 6) % 7; }
day monday_of(day d) { return d - days{static_cast<int>(column_of(d))}; }

class calendar_picture {
 public:
  calendar_picture(const timeline& t, const timeline_options& o) : t_(t), in_(o.in) {
    span(o.days);
    place();
  }

  std::string svg() {
    heads();
    int folded = 0;
    for (std::size_t i = 0; i < weeks_.size(); ++i) {
      if (same_as_both_neighbours(i)) {
        ++folded;
        continue;
      }
      if (folded > 0) fold(i - 1, std::exchange(folded, 0));
      row(i);
    }
    if (cut_ > 0)
      note(in_ == language::zh ? fmt::format("以下 {} 天从略", cut_)
                               : fmt::format("{} more days are left out", cut_));
    legend();
    return fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"timeline\" role=\"img\" "
        "width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
        "font-family=\"'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft "
        "YaHei',sans-serif\" text-rendering=\"geometricPrecision\">"
        "<title>{2}</title>{3}</svg>",
        width, y_ + 2, html_escape(summary()), out_);
  }

 private:
  void span(std::size_t most) {
    first_ = last_ = t_.start;
    const auto take = [this](day d) {
      first_ = std::min(first_, d);
      last_ = std::max(last_, d);
    };
    for (const day_run& r : t_.runs) {
      if (r.to < r.from) continue;
      take(r.from);
      take(open_ended(r) ? std::max(r.from, t_.ended.value_or(t_.today.value_or(r.from))) : r.to);
    }
    if (t_.due) take(*t_.due);
    if (t_.ended) take(*t_.ended);
    if (t_.today && t_.due && !t_.ended) take(*t_.today);
    const auto room = static_cast<std::int64_t>(std::clamp<std::size_t>(most, 1, 100'000));
    const std::int64_t n = (last_ - first_).count() + 1;
    cut_ = std::max<std::int64_t>(0, n - room);
    last_ -= days{static_cast<int>(cut_)};
  }

  /// A stop nobody has ended runs to the end of time; the picture ends today.
  bool open_ended(const day_run& r) const { return !t_.due && r.what == day_class::suspended; }

  void place() {
    monday_ = monday_of(first_);
    weeks_.resize(static_cast<std::size_t>((monday_of(last_) - monday_).count() / 7 + 1));
    for (day d = first_; d <= last_; d += days{1}) at(d).as = look::unknown;
    for (const day_run& r : t_.runs) place(r);
    for (day d = first_; d <= last_; d += days{1}) judge(at(d), d);
  }

  /// A limit that lies before its event: the due date comes first.
  bool backward() const { return t_.due && *t_.due < t_.start; }

  void place(const day_run& r) {
    const bool each_day = r.last - r.first == (r.to - r.from).count();
    for (day d = std::max(r.from, first_); d <= std::min(r.to, last_); d += days{1}) {
      const bool numbered = r.what == day_class::counted && r.first > 0 && each_day;
      const days along = backward() ? r.to - d : d - r.from; // ordinals follow the counting
      at(d) = {look_of(r.what), numbered ? r.first + along.count() : 0, &r};
    }
  }

  /// What the explanation of a limit cannot know: when the case was closed.
  void judge(drawn_day& c, day d) const {
    if (t_.due && d > *t_.due) {
      const day until = t_.ended ? *t_.ended : t_.today.value_or(*t_.due);
      if (d <= until) c.as = look::late;
    } else if (t_.ended && d > *t_.ended && c.as == look::counted) {
      c.as = look::unused;
    }
  }

  drawn_day& at(day d) {
    const auto n = static_cast<std::size_t>((d - monday_).count());
    return weeks_[n / 7][n % 7];
  }

  day monday_of_week(std::size_t i) const { return monday_ + days{static_cast<int>(i) * 7}; }

  /// Whether a week is one long stand-still, with a tag on none of its days.
  bool still(std::size_t i) const {
    const week& w = weeks_[i];
    const look l = w[0].as;
    if (l != look::late && l != look::suspended && l != look::excluded && l != look::unknown)
      return false;
    const day from = monday_of_week(i);
    for (unsigned n = 0; n < 7; ++n)
      if (w[n].as != l || tagged(from + days{static_cast<int>(n)})) return false;
    return true;
  }

  bool same_as_both_neighbours(std::size_t i) const {
    return i > 0 && i + 1 < weeks_.size() && still(i - 1) && still(i) && still(i + 1) &&
           weeks_[i][0].as == weeks_[i - 1][0].as && weeks_[i][0].as == weeks_[i + 1][0].as;
  }

  bool tagged(day d) const {
    return d == t_.start || d == t_.due || d == t_.ended || d == t_.today;
  }

  void heads() {
    constexpr std::array<std::string_view, 7> zh{"一", "二", "三", "四", "五", "六", "日"};
    constexpr std::array<std::string_view, 7> en{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    out_ += "<g font-size=\"12\" fill=\"#51606f\" text-anchor=\"middle\">";
    for (int i = 0; i < 7; ++i)
      put("<text x=\"{}\" y=\"14\">{}</text>", label_width + i * pitch_x + cell_width / 2,
          (in_ == language::zh ? zh : en)[static_cast<std::size_t>(i)]);
    out_ += "</g>";
    y_ = head_height;
  }

  void row(std::size_t i) {
    month_label(i);
    const day from = monday_of_week(i);
    for (unsigned n = 0; n < 7; ++n)
      if (weeks_[i][n].as != look::outside)
        cell(weeks_[i][n], from + days{static_cast<int>(n)},
             label_width + static_cast<int>(n) * pitch_x);
    y_ += pitch_y;
  }

  /// Beside the first row shown of every month.
  void month_label(std::size_t i) {
    const day d = i == 0 ? first_ : std::min(last_, monday_of_week(i) + days{6});
    const auto shown = month_of(d);
    if (shown == labelled_) return;
    constexpr std::array<std::string_view, 12> en{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto number = static_cast<unsigned>(shown.month());
    put("<text x=\"0\" y=\"{}\" font-size=\"14\" font-weight=\"700\" fill=\"#17212e\">{}</text>",
        y_ + 17, in_ == language::zh ? fmt::format("{}月", number) : std::string{en[number - 1]});
    if (shown.year() != labelled_.year() || i == 0)
      put("<text x=\"0\" y=\"{}\" font-size=\"11\" fill=\"#51606f\">{}</text>", y_ + 32,
          static_cast<int>(shown.year()));
    labelled_ = shown;
  }

  void cell(const drawn_day& c, day d, int x) {
    const style& s = style_of(c.as);
    seen_[static_cast<std::size_t>(c.as)] = true;
    put("<g transform=\"translate({},{})\"><title>{}</title>", x, y_, html_escape(tooltip(c, d)));
    box(c.as, d == t_.due || d == t_.ended);
    put("<text x=\"4\" y=\"12\" font-size=\"10\" fill=\"#51606f\">{}</text>",
        static_cast<unsigned>(to_ymd(d).day()));
    const std::string_view letter = s.letter(in_);
    const bool counted = c.as == look::counted || c.as == look::unused;
    const std::string middle = c.ordinal > 0 && counted ? fmt::format("{}", c.ordinal)
                               : counted ? std::string{in_ == language::zh ? "计" : "C"}
                                         : std::string{letter};
    if (!middle.empty())
      put("<text x=\"28\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"{}\" "
          "fill=\"{}\">{}</text>",
          tagged(d) ? 19 : 27,
          !counted         ? 13
          : c.ordinal > 99 ? 14
                           : 17,
          c.as == look::counted ? 700 : 400, s.ink, middle);
    tags(d);
    out_ += "</g>";
  }

  void box(look l, bool strong) {
    const style& s = style_of(l);
    put("<rect width=\"{}\" height=\"{}\" rx=\"2\" fill=\"{}\"/>", cell_width, cell_height, s.fill);
    if (!s.hatch.empty())
      put("<path d=\"{}\" stroke=\"{}\" stroke-width=\"1\" opacity=\".5\" fill=\"none\"/>", s.hatch,
          s.edge);
    const bool dashed = l == look::unused || l == look::rolled || l == look::before_start;
    put("<rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"2\" fill=\"none\" stroke=\"{}\" "
        "stroke-width=\"{}\"{}/>",
        cell_width - 1, cell_height - 1, strong ? "#17212e" : s.edge, strong ? 2 : 1,
        dashed && !strong ? " stroke-dasharray=\"3 2\"" : "");
  }

  void tags(day d) {
    struct tag {
      bool here;
      word letter;
      std::string_view fill;
    };
    const std::array<tag, 4> all{{{d == t_.start, {"起", "S"}, "#1b4a80"},
                                  {d == t_.due, {"届", "D"}, "#a81f1f"},
                                  {d == t_.ended, {"结", "E"}, "#17212e"},
                                  {d == t_.today, {"今", "T"}, "#1f6b45"}}};
    int x = 2;
    const auto n = std::count_if(all.begin(), all.end(), [](const tag& t) { return t.here; });
    const int w = n > 2 ? 10 : n == 2 ? 19 : 40;
    for (const tag& t : all) {
      if (!t.here) continue;
      const bool whole = n == 1;
      put("<rect x=\"{}\" y=\"25\" width=\"{}\" height=\"13\" fill=\"{}\"/>", x, w, t.fill);
      put("<text x=\"{}\" y=\"35.3\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"700\" "
          "fill=\"#fff\">{}</text>",
          fmt::format("{:.1f}", x + w / 2.0), n > 2 ? 9 : 10.5,
          whole ? tag_word(d) : std::string_view{t.letter(in_)});
      x += w + (n > 2 ? 0 : 2);
    }
  }

  std::string_view tag_word(day d) const {
    if (d == t_.start) return words::start(in_);
    if (d == t_.due) return words::due(in_);
    if (d == t_.ended) return words::closed(in_);
    return words::today(in_);
  }

  /// "2024-10-08 周二:计入,第3日。reason (source)"
  std::string tooltip(const drawn_day& c, day d) const {
    std::string out = fmt::format("{} {}{}{}", to_text(d), weekday_word(d, in_), words::colon(in_),
                                  words_of(c.as, in_));
    if (c.ordinal > 0) out += fmt::format(" {}", c.ordinal);
    if (c.run && !c.run->reason.in(in_).empty() && c.as != look::late)
      out += fmt::format("{}{}", words::semicolon(in_), c.run->reason.in(in_));
    if (c.run && !c.run->source.empty() && c.run->source.find("://") == std::string::npos &&
        c.as != look::late)
      out += fmt::format(" ({})", c.run->source);
    const std::array<std::pair<bool, word>, 4> marks{{{d == t_.start, words::start},
                                                      {d == t_.due, words::due},
                                                      {d == t_.ended, words::closed},
                                                      {d == t_.today, words::today}}};
    for (const auto& [here, name] : marks)
      if (here) out += fmt::format("{}{}", words::semicolon(in_), name(in_));
    return out;
  }

  void fold(std::size_t last, int n) {
    const look l = weeks_[last][0].as;
    put("<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"{}\" text-anchor=\"middle\">{}</text>",
        label_width + (width - label_width) / 2, y_ + 15, style_of(l).ink,
        in_ == language::zh ? fmt::format("⋯ 此间 {} 周均为“{}” ⋯", n, words_of(l, in_))
                            : fmt::format("⋯ {} weeks, all of them {} ⋯", n, words_of(l, in_)));
    y_ += 22;
  }

  void note(const std::string& words) {
    put("<text x=\"{}\" y=\"{}\" font-size=\"12\" fill=\"#51606f\">{}</text>", label_width, y_ + 15,
        words);
    y_ += 22;
  }

  /// Only what is in the picture is explained under it.
  void legend() {
    y_ += 8;
    int x = 0;
    for (std::size_t i = 1; i < styles.size(); ++i) {
      if (!seen_[i]) continue;
      const auto l = static_cast<look>(i);
      const std::string_view name = words_of(l, in_);
      const int w = 34 + text_width(name);
      if (x > 0 && x + w > width) {
        x = 0;
        y_ += 24;
      }
      put("<g transform=\"translate({},{})\"><g transform=\"scale(.5)\">", x, y_);
      box(l, false);
      const bool counted = l == look::counted || l == look::unused;
      put("</g><text x=\"11\" y=\"14.5\" font-size=\"11\" font-weight=\"{}\" "
          "text-anchor=\"middle\" "
          "fill=\"{}\">{}</text>",
          counted ? 700 : 400, styles[i].ink, counted ? "1" : styles[i].letter(in_));
      put("<text x=\"27\" y=\"14.5\" font-size=\"12\" fill=\"#51606f\">{}</text></g>", name);
      x += w + 8;
    }
    y_ += 24;
  }

  static int text_width(std::string_view s) {
    int w = 0;
    for (const char c : s) // a letter is about 7 wide, a Chinese character of three bytes 12
      w += (static_cast<unsigned char>(c) & 0xC0U) == 0x80U ? 0
           : static_cast<unsigned char>(c) < 0x80           ? 7
                                                            : 12;
    return w;
  }

  std::string summary() const {
    std::string out = fmt::format("{} {}", to_text(t_.start), words::start(in_));
    if (t_.due) out += fmt::format("{}{} {}", words::comma(in_), to_text(*t_.due), words::due(in_));
    if (t_.ended)
      out += fmt::format("{}{} {}", words::comma(in_), to_text(*t_.ended), words::closed(in_));
    return out;
  }

  template <class... Args>
  void put(fmt::format_string<Args...> f, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), f, std::forward<Args>(args)...);
  }

  const timeline& t_;
  language in_;
  day first_{};
  day last_{};
  day monday_{};
  std::int64_t cut_ = 0;
  std::vector<week> weeks_;
  std::array<bool, styles.size()> seen_{};
  std::chrono::year_month labelled_{};
  std::string out_;
  int y_ = 0;
};

} // namespace

timeline timeline_of(const explanation& why) {
  return {.runs = why.runs(), .start = why.answer.start, .due = why.answer.due};
}

std::string timeline_svg(const timeline& t, const timeline_options& options) {
  return calendar_picture(t, options).svg();
}

} // namespace banli
