// The table a run prints. Widths are counted in terminal cells, where a Chinese character takes
// two.
#include <banli/run/replay.hpp>

#include <algorithm>
#include <array>

#include <banli/base/utf8.hpp>

namespace banli {

namespace {

using row = std::vector<std::string>;

std::string line(const row& r, const std::vector<std::size_t>& widths) {
  std::string out;
  for (std::size_t i = 0; i < r.size(); ++i) {
    const std::string gap(widths[i] - detail::count_cells(r[i]), ' ');
    out += i == 0 ? r[i] + gap : "  " + gap + r[i];
  }
  return out.substr(0, out.find_last_not_of(' ') + 1) + '\n';
}

std::string aligned(const std::vector<row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const row& r : rows)
    for (std::size_t i = 0; i < r.size(); ++i)
      widths[i] = std::max(widths[i], detail::count_cells(r[i]));
  std::size_t total = 0;
  for (const std::size_t w : widths) total += w + 2;
  const std::string rule(total - 2, '-');
  std::string out = line(rows.front(), widths) + rule + '\n';
  for (std::size_t i = 1; i + 1 < rows.size(); ++i) out += line(rows[i], widths);
  return out + rule + '\n' + line(rows.back(), widths);
}

row to_row(const item_summary& s) {
  row r{s.item.empty() ? s.name : s.name + "  " + s.item.text()};
  for (const std::size_t n : {s.received, s.early, s.on_time, s.overdue, s.open, s.not_judged,
                              s.hits[0], s.hits[1], s.hits[2]})
    r.push_back(std::to_string(n));
  return r;
}

} // namespace

std::string to_table(const run_result& r, language in) {
  const bool zh = in == language::zh;
  std::vector<row> rows{
      zh ? row{"事项", "收件", "提前", "按时", "超期", "在办", "不计", "提醒", "预警", "报警"}
         : row{"item", "received", "early", "on time", "overdue", "open", "not judged", "reminders",
               "warnings", "alarms"}};
  item_summary sum{{}, zh ? "合计" : "total"};
  for (const item_summary& s : r.items) {
    rows.push_back(to_row(s));
    sum.received += s.received;
    sum.early += s.early;
    sum.on_time += s.on_time;
    sum.overdue += s.overdue;
    sum.open += s.open;
    sum.not_judged += s.not_judged;
    for (std::size_t i = 0; i < sum.hits.size(); ++i) sum.hits[i] += s.hits[i];
  }
  rows.push_back(to_row(sum));
  return aligned(rows);
}

} // namespace banli
