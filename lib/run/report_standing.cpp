// How the office stands: lights over open cases, the months, the departments, what is overdue.
#include <algorithm>
#include <array>

#include <banli/assessment/office_tables.hpp>
#include <banli/assessment/statistics.hpp>
#include <banli/time/text.hpp>

#include <run/report_index.hpp>

namespace banli::detail {

namespace {

constexpr std::size_t cases_at_once = 20; ///< further ones unfold
constexpr std::size_t months_at_once = 12;

std::string rate_words(double percent) {
  return percent == percent ? fmt::format("{:.1f}%", percent) : std::string{"—"};
}

class standing_writer {
 public:
  standing_writer(markup& m, const index_page& p) : m_(m), p_(p), in_(p.options.in) {}

  void write() {
    if (p_.figures.empty()) return;
    lights();
    months();
    departments();
    overdue();
  }

 private:
  using row_list = std::vector<const case_figures*>;

  std::string department_name(const std::string& id) const {
    const department* d = p_.config.people ? find(*p_.config.people, department_id{id}) : nullptr;
    return d == nullptr || d->name.empty() ? id : d->name;
  }

  /// The head of a table; what is named as number stands at the right.
  void heads(std::string_view style, std::initializer_list<word> words,
             std::initializer_list<word> numbers = {}) {
    m_.open("table", {{"class", style}}).open("thead").open("tr");
    for (const word& w : words) m_.leaf("th", w(in_));
    for (const word& w : numbers) m_.leaf("th", {{"class", "n"}}, w(in_));
    m_.close().close().open("tbody");
  }

  void linked(const case_id& id) {
    m_.open("td", {{"data-th", words::case_number(in_)}, {"class", "lead"}});
    case_link(m_, p_, id);
    m_.close();
  }

  /// Writes rows, the first so many at once and the others to unfold.
  template <class Table>
  void folded(std::size_t all, std::size_t at_once, const word& more, Table table) {
    const std::size_t most = std::min(all, p_.options.hits);
    const std::size_t first = std::min(most, at_once);
    table(std::size_t{0}, first);
    if (most > first) {
      m_.open("details").leaf("summary", fmt::format("{} ({})", more(in_), grouped(most - first)));
      table(first, most);
      m_.close();
    }
    if (all > most)
      m_.leaf("p", {{"class", "soft"}},
              fmt::format("{} {}", grouped(all - most), words::more_left_out(in_)));
  }

  // Lights over open cases.

  std::string_view light_word(traffic_light t) const {
    return in_ == language::zh ? label(t) : to_string(t);
  }

  void lamp(traffic_light t) {
    const std::string style = fmt::format("lamp lamp-{}", to_string(t));
    m_.open("i", {{"class", style}}).close();
  }

  void lights() {
    std::array<row_list, 4> by;
    for (const case_figures& c : p_.figures)
      if (!c.ended && c.accepted)
        by[static_cast<std::size_t>(light_of(c, p_.options.until))].push_back(&c);
    begin_section(m_, words::lights(in_), words::lights_note(in_));
    m_.open("div", {{"class", "lamps"}});
    for (const traffic_light t :
         {traffic_light::red, traffic_light::yellow, traffic_light::green}) {
      m_.open("span");
      lamp(t);
      m_.text(light_word(t)).leaf("b", grouped(by[static_cast<std::size_t>(t)].size())).close();
    }
    m_.close();
    row_list shown;
    for (const traffic_light t : {traffic_light::red, traffic_light::yellow}) {
      row_list& of = by[static_cast<std::size_t>(t)];
      std::ranges::sort(of, [](const case_figures* a, const case_figures* b) {
        return std::pair{a->late_from.value_or(instant::max()), a->id} <
               std::pair{b->late_from.value_or(instant::max()), b->id};
      });
      shown.insert(shown.end(), of.begin(), of.end());
    }
    if (shown.empty())
      m_.leaf("p", {{"class", "soft"}}, words::no_open(in_));
    else
      folded(shown.size(), cases_at_once, words::further_cases,
             [&](std::size_t from, std::size_t to) { open_cases(shown, from, to); });
    m_.close();
  }

  void open_cases(const row_list& all, std::size_t from, std::size_t to) {
    heads("stack", {words::case_number, words::light, words::item, words::department,
                    words::accepted, words::due_on});
    for (std::size_t i = from; i < to; ++i) {
      const case_figures& c = *all[i];
      const traffic_light t = light_of(c, p_.options.until);
      m_.open("tr");
      linked(c.id);
      m_.open("td", {{"data-th", words::light(in_)}, {"class", "w"}}).open("span");
      lamp(t);
      m_.text(light_word(t)).close().close();
      cell(m_, words::item(in_), c.item_name);
      cell(m_, words::department(in_), department_name(c.department.text()));
      m_.open("td", {{"data-th", words::accepted(in_)}, {"class", "w"}});
      moment(m_, c.received);
      m_.close();
      cell(m_, words::due_on(in_), c.due ? to_text(*c.due) : std::string{words::none(in_)}, "w");
      m_.close();
    }
    m_.close().close();
  }

  // Month by month.

  /// A bar whose length is that of the busiest month, at most; what was late is hatched.
  static std::string month_bar(std::int64_t good, std::int64_t late, std::int64_t most) {
    const double whole = static_cast<double>(std::max<std::int64_t>(most, 1));
    const double first = 100 * static_cast<double>(good) / whole;
    const double second = 100 * static_cast<double>(late) / whole;
    std::string out = "<svg class=\"bar\" width=\"100%\" height=\"16\" aria-hidden=\"true\">";
    out += fmt::format("<rect width=\"{:.3f}%\" height=\"16\" fill=\"#8cc3a4\"/>", first);
    if (late > 0)
      out +=
          fmt::format("<rect x=\"{:.3f}%\" width=\"{:.3f}%\" height=\"16\" fill=\"url(#late)\"/>",
                      first, second);
    return out + "</svg>";
  }

  day first_month() const {
    instant first = p_.options.until;
    for (const case_figures& c : p_.figures) first = std::min(first, c.received);
    return period_of(period_kind::month, day_of(first)).from;
  }

  void months() {
    const auto t = case_statistics(
        p_.figures, {first_month(), day_of(p_.options.until) + days{1}, {grouping::month}});
    if (!t || t->rows() == 0) return;
    std::int64_t most = 0;
    for (std::size_t i = 0; i < t->rows(); ++i)
      most = std::max(most, t->column("concluded").whole(i));
    begin_section(m_, words::trend(in_));
    m_.open("div", {{"class", "key"}});
    for (const auto& [name, fill] :
         {std::pair{words::in_time_bar, "#8cc3a4"}, std::pair{words::late_bar, "url(#late)"}})
      m_.open("span")
          .raw(fmt::format("<svg width=\"22\" height=\"12\" aria-hidden=\"true\"><rect "
                           "width=\"22\" height=\"12\" fill=\"{}\"/></svg>",
                           fill))
          .text(name(in_))
          .close();
    m_.close();
    folded(t->rows(), months_at_once, words::earlier_months,
           [&](std::size_t from, std::size_t to) { month_rows(*t, most, from, to); });
    m_.close();
  }

  void number(const word& heading, std::int64_t n, std::string_view style = "n") {
    cell(m_, heading(in_), grouped(static_cast<std::size_t>(n)), n == 0 ? "n none" : style);
  }

  /// The newest month first: rows are counted from the end.
  void month_rows(const data_table& t, std::int64_t most, std::size_t from, std::size_t to) {
    m_.open("table", {{"class", "stack items months"}}).open("thead").open("tr");
    m_.leaf("th", words::month(in_)).leaf("th", {{"class", "share"}}, words::concluded(in_));
    for (const word& w : {words::item_received, words::concluded, words::item_overdue,
                          words::on_time_rate, words::open_cases})
      m_.leaf("th", {{"class", "n"}}, w(in_));
    m_.close().close().open("tbody");
    for (std::size_t i = from; i < to; ++i) {
      const std::size_t row = t.rows() - 1 - i;
      const std::int64_t late = t.column("overdue").whole(row);
      const std::int64_t done = t.column("concluded").whole(row);
      m_.open("tr").leaf("td", {{"class", "lead w"}}, t.column("month").word(row));
      m_.open("td", {{"class", "share wide"}}).raw(month_bar(done - late, late, most)).close();
      number(words::item_received, t.column("received").whole(row));
      number(words::concluded, done);
      number(words::item_overdue, late, "n hot");
      cell(m_, words::on_time_rate(in_), rate_words(t.column("on_time_rate").real(row)), "n");
      number(words::open_cases, t.column("open").whole(row));
      m_.close();
    }
    m_.close().close();
  }

  // Departments by how much they do in time.

  void departments() {
    const auto t = case_statistics(
        p_.figures, {first_month(), day_of(p_.options.until) + days{1}, {grouping::department}});
    if (!t || t->rows() == 0) return;
    const data_column& rates = t->column("on_time_rate");
    std::vector<std::size_t> order(t->rows());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    // Who has concluded nothing has no rate, and stands at the end.
    const auto rate = [&](std::size_t i) {
      return rates.real(i) == rates.real(i) ? rates.real(i) : -1.0;
    };
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return rate(a) > rate(b); });
    begin_section(m_, words::departments(in_), words::departments_note(in_));
    m_.open("table", {{"class", "stack items"}}).open("thead").open("tr");
    m_.leaf("th", words::department(in_));
    for (const word& w : {words::rank, words::item_received, words::concluded, words::item_overdue,
                          words::on_time_rate, words::mean_days, words::open_cases})
      m_.leaf("th", {{"class", "n"}}, w(in_));
    m_.close().close().open("tbody");
    std::size_t place = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i == 0 || rate(order[i]) != rate(order[i - 1])) place = i + 1;
      department_row(*t, order[i], place);
    }
    m_.close().close().close();
  }

  void department_row(const data_table& t, std::size_t row, std::size_t place) {
    const double rate = t.column("on_time_rate").real(row);
    m_.open("tr").leaf("td", {{"class", "lead"}},
                       department_name(t.column("department").word(row)));
    cell(m_, words::rank(in_), rate == rate ? fmt::format("{}", place) : "—", "n");
    number(words::item_received, t.column("received").whole(row));
    number(words::concluded, t.column("concluded").whole(row));
    number(words::item_overdue, t.column("overdue").whole(row), "n hot");
    cell(m_, words::on_time_rate(in_), rate_words(rate), "n");
    const double days_taken = t.column("net_workdays_mean").real(row);
    cell(m_, words::mean_days(in_),
         days_taken == days_taken ? fmt::format("{:.1f}", days_taken) : "—", "n");
    number(words::open_cases, t.column("open").whole(row));
    m_.close();
  }

  // What is shown to everybody.

  void overdue() {
    const data_table t = public_overdue(p_.figures, p_.options.until);
    begin_section(m_, words::overdue_list(in_), words::overdue_note(in_));
    if (t.rows() == 0)
      m_.leaf("p", {{"class", "soft"}}, words::no_overdue(in_));
    else
      folded(t.rows(), cases_at_once, words::further_cases,
             [&](std::size_t from, std::size_t to) { overdue_rows(t, from, to); });
    m_.close();
  }

  void overdue_rows(const data_table& t, std::size_t from, std::size_t to) {
    heads("stack",
          {words::case_number, words::item, words::department, words::due_on, words::ended},
          {words::days_late});
    for (std::size_t i = from; i < to; ++i) {
      m_.open("tr");
      linked(case_id{t.column("case").word(i)});
      cell(m_, words::item(in_), t.column("item").word(i));
      cell(m_, words::department(in_), department_name(t.column("department").word(i)));
      cell(m_, words::due_on(in_), t.column("due").word(i), "w");
      const std::string& ended = t.column("ended").word(i);
      cell(m_, words::ended(in_), ended.empty() ? words::still_open(in_) : ended,
           ended.empty() ? "hot" : "w");
      cell(m_, words::days_late(in_), fmt::format("{}", t.column("days_late").whole(i)), "n");
      m_.close();
    }
    m_.close().close();
  }

  markup& m_;
  const index_page& p_;
  language in_;
};

} // namespace

void standing_sections(markup& m, const index_page& p) { standing_writer{m, p}.write(); }

} // namespace banli::detail
