// A log of another system, by a mapping of its columns.
#include <banli/interchange/foreign_log.hpp>

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <unordered_set>

#include <banli/time/text.hpp>

#include "log_cells.hpp"

namespace banli {

namespace {

/// One row, read.
struct foreign_event {
  const csv_row* row = nullptr;
  std::int64_t sequence = 0;
  instant at{};
  std::string request{}; ///< of the row in its case
};

/// The rows of one case.
struct foreign_case {
  std::string_view id;
  std::vector<foreign_event> events;
};

result<std::int64_t> parse_sequence(std::string_view s) {
  std::int64_t n = 0;
  const auto [end, failed] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (failed != std::errc{} || end != s.data() + s.size())
    return make_error(errc::bad_value, "'{}' is no number", "“{}”不是数字",
                      s.size() <= 60 ? s : std::string_view{"…"});
  return n;
}

/// A day, or the day of an instant: other systems write either.
result<day> parse_any_day(std::string_view s) {
  const auto t = parse_instant(s);
  if (!t) return t.error();
  return day_of(*t);
}

/// Whether one problem is a problem of all, or only of its case.
enum class unit_of_reading : std::uint8_t { file, one_case };

class foreign_log {
 public:
  foreign_log(detail::log_cells& cells, const log_mapping& mapping, case_log& log,
              unit_of_reading unit)
      : cells_(cells), mapping_(mapping), log_(log), unit_(unit) {}

  void read() {
    if (!find_columns()) return;
    for (const csv_row& row : cells_.table().rows) {
      if (cells_.full()) return;
      const std::size_t before = cells_.told();
      read_row(row);
      if (cells_.told() > before) bad_.insert(cells_.text(row, *case_));
    }
    log_.commands.reserve(cells_.table().rows.size() + 2 * cases_.size());
    log_.deadlines.reserve(deadline_ ? cases_.size() : 0);
    for (foreign_case& c : cases_) {
      if (cells_.full()) return;
      const std::size_t before = cells_.told();
      const std::size_t commands = log_.commands.size(), deadlines = log_.deadlines.size();
      order(c);
      add_commands(c);
      if (unit_ == unit_of_reading::file) continue;
      if (cells_.told() == before && !bad_.contains(c.id)) continue;
      log_.commands.resize(commands); // a case with a gap is left out whole
      log_.deadlines.resize(deadlines);
    }
  }

 private:
  using column = std::optional<std::size_t>;

  bool find_columns() {
    bool good = true;
    const auto find = [&](const std::string& name, column& into) {
      into = cells_.required_column(name);
      good = good && into;
    };
    const auto find_if_named = [&](const std::string& name, column& into) {
      if (!name.empty()) find(name, into);
    };
    find(mapping_.case_column, case_);
    find(mapping_.step_column, step_);
    find(mapping_.time_column, time_);
    find_if_named(mapping_.sequence_column, sequence_);
    find_if_named(mapping_.actor_column, actor_);
    find_if_named(mapping_.received_column, received_);
    find_if_named(mapping_.deadline_column, deadline_);
    return good;
  }

  void read_row(const csv_row& row) {
    const std::string_view id = cells_.identifier(row, *case_);
    cells_.required(row, *step_);
    foreign_event e{.row = &row};
    if (!cells_.required(row, *time_).empty()) cells_.parsed(row, *time_, e.at, parse_instant);
    const auto [found, added] = positions_.try_emplace(id, cases_.size());
    if (added) cases_.push_back({.id = id, .events = {}});
    foreign_case& of = cases_[found->second];
    e.sequence = static_cast<std::int64_t>(of.events.size()) + 1;
    // A row without a number takes no part in the order, or it would be told of twice.
    if (sequence_ && (cells_.required(row, *sequence_).empty() ||
                      !cells_.parsed(row, *sequence_, e.sequence, parse_sequence)))
      return;
    of.events.push_back(e);
  }

  /// Puts the rows of a case in their order.
  void order(foreign_case& c) {
    if (!sequence_ && unit_ == unit_of_reading::one_case) name_by_content(c);
    for (foreign_event& e : c.events)
      if (e.request.empty()) e.request = std::to_string(e.sequence);
    if (!sequence_) return;
    std::ranges::stable_sort(c.events, {}, &foreign_event::sequence);
    for (std::size_t i = 1; i < c.events.size(); ++i)
      if (c.events[i].sequence == c.events[i - 1].sequence)
        cells_.report(*c.events[i].row, *sequence_,
                      make_error(errc::duplicate_line, "event {} of case '{}' is that of line {}",
                                 "办件“{1}”的第 {0} 个事件与第 {2} 行相同", c.events[i].sequence,
                                 c.id, c.events[i - 1].row->line));
  }

  /// Where rows have no numbers, time and step name them, so that it does not matter which rows
  /// of a case are pushed together. Of equal ones the second is another one.
  void name_by_content(foreign_case& c) {
    std::ranges::stable_sort(c.events, {}, &foreign_event::at);
    std::unordered_map<std::string, int> seen;
    for (foreign_event& e : c.events) {
      e.request = fmt::format("{}/{}", to_text(e.at), cells_.text(*e.row, *step_));
      if (const int n = ++seen[e.request]; n > 1) e.request += fmt::format("/{}", n);
    }
  }

  void add_commands(const foreign_case& c) {
    if (c.events.empty()) return;
    command accept = common(c, c.events.front(), "accept", action::accept);
    accept.with.item = mapping_.item;
    accept.with.received = first_day_in(c, received_);
    log_.commands.push_back(std::move(accept));
    for (const foreign_event& e : c.events) {
      command step = common(c, e, e.request, action::complete);
      step.with.step = our_step(cells_.text(*e.row, *step_));
      log_.commands.push_back(std::move(step));
    }
    log_.commands.push_back(common(c, c.events.back(), "deliver", action::deliver));
    if (const auto due = first_day_in(c, deadline_))
      log_.deadlines.push_back({.id = case_id{c.id}, .due = *due});
  }

  /// A command at the time and by the actor of a row.
  command common(const foreign_case& c, const foreign_event& e, std::string_view name,
                 action what) const {
    command out;
    out.request = request_id{fmt::format("{}/{}", c.id, name)};
    out.id = case_id{c.id};
    out.at = e.at;
    if (actor_) out.actor = person_id{cells_.text(*e.row, *actor_)};
    out.what = what;
    out.where = cells_.line_of(*e.row);
    return out;
  }

  node_id our_step(std::string_view theirs) const {
    const auto named = mapping_.steps.find(std::string{theirs});
    return node_id{named == mapping_.steps.end() ? theirs : std::string_view{named->second}};
  }

  /// The day in a column, of the first row of the case that fills it in.
  std::optional<day> first_day_in(const foreign_case& c, column at) {
    if (!at) return std::nullopt;
    for (const foreign_event& e : c.events) {
      if (cells_.text(*e.row, *at).empty()) continue;
      std::optional<day> found;
      cells_.parsed(*e.row, *at, found, parse_any_day);
      return found;
    }
    return std::nullopt;
  }

  detail::log_cells& cells_;
  const log_mapping& mapping_;
  case_log& log_;
  unit_of_reading unit_;
  std::unordered_set<std::string_view> bad_; ///< cases with a row that cannot be read
  column case_, step_, time_, sequence_, actor_, received_, deadline_;
  std::vector<foreign_case> cases_; ///< in the order of their first rows
  std::unordered_map<std::string_view, std::size_t> positions_;
};

} // namespace

case_log_result parse_case_log(std::string_view csv, const std::string& file,
                               const log_mapping& mapping, const case_log_limits& limits) {
  case_log_result out;
  const csv_table table = read_csv(csv, file, out.found, limits.csv);
  detail::log_cells cells{table, file, out.found, limits.csv};
  if (!table.header.empty()) foreign_log{cells, mapping, out.log, unit_of_reading::file}.read();
  detail::finish(out);
  return out;
}

case_log_result import_case_log(std::string_view text, const std::string& file,
                                const log_mapping& mapping, const case_log_limits& limits) {
  case_log_result out;
  const bool xes = is_xes(text);
  csv_table table = xes ? read_xes(text, file, out.found, limits.csv)
                        : read_csv(text, file, out.found, limits.csv);
  if (!out.found.empty()) return out; // nobody can say whose the missing rows are
  log_mapping used = mapping;
  if (const auto phase = table.column("lifecycle:transition"); xes && phase)
    std::erase_if(table.rows, [&](const csv_row& r) {
      const std::string& said = r.fields[*phase].text;
      return !said.empty() && said != "complete" && said != "COMPLETE";
    });
  if (xes && !table.column(used.actor_column)) used.actor_column.clear();
  detail::log_cells cells{table, file, out.found, limits.csv};
  foreign_log{cells, used, out.log, unit_of_reading::one_case}.read();
  if (cells.full()) out.log = {};
  std::ranges::stable_sort(out.found, {}, &error::where);
  return out;
}

} // namespace banli
