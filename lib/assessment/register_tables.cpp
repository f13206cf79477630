// Tables of complaints and of supervision orders, period by period.
#include <algorithm>
#include <map>
#include <set>

#include <banli/assessment/office_tables.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

/// What a complaint is counted by, whichever book it stands in.
struct heard_complaint {
  instant received;
  std::optional<instant> settled;
  std::string_view channel;
};

data_table complaints_counted(std::span<const heard_complaint> all,
                              std::vector<std::string_view> channels, const period_window& window) {
  struct tally {
    std::size_t received = 0;
    std::size_t answered = 0;
  };
  for (const heard_complaint& c : all)
    if (window.contains(c.received) && std::ranges::count(channels, c.channel) == 0)
      channels.push_back(c.channel);
  std::map<std::pair<civil_period, std::string_view>, tally> counts;
  for (const heard_complaint& c : all) {
    if (!window.contains(c.received)) continue;
    tally& n = counts[{period_of(window.by, day_of(c.received)), c.channel}];
    ++n.received;
    if (c.settled && *c.settled < instant{window.until}) ++n.answered;
  }
  detail::column_table t{"complaints", {"Complaints", "投诉统计"}};
  t.words({"period", "Period", "期间"});
  t.words({"channel", "Channel", "渠道"});
  t.whole({"received", "Received", "收到"});
  t.whole({"answered", "Answered", "已答复"});
  t.whole({"open", "Open", "未答复"});
  for (const civil_period& p : periods_between(window.by, window.from, window.until))
    for (const std::string_view channel : channels) {
      const tally n = counts[{p, channel}];
      t.put(to_text(p));
      t.put(channel);
      t.put(n.received);
      t.put(n.answered);
      t.put(n.received - n.answered);
    }
  return std::move(t).take();
}

} // namespace

data_table complaint_totals(std::span<const complaint_record> records,
                            const period_window& window) {
  std::vector<std::string_view> channels;
  for (int c = 0; c <= static_cast<int>(complaint_channel::online); ++c)
    channels.push_back(to_string(static_cast<complaint_channel>(c)));
  std::vector<heard_complaint> all;
  for (const complaint_record& r : records)
    all.push_back({r.received, r.replied, to_string(r.channel)});
  return complaints_counted(all, std::move(channels), window);
}

data_table complaint_totals(std::span<const complaint> all, const period_window& window,
                            std::span<const named_word> channels) {
  std::vector<std::string_view> known;
  for (const named_word& w : channels) known.emplace_back(w.id);
  std::vector<heard_complaint> heard;
  for (const complaint& c : all)
    heard.push_back({c.received, c.first_answered ? c.first_answered : c.ended, c.channel});
  return complaints_counted(heard, std::move(known), window);
}

data_table order_totals(std::span<const supervision_order> all, const period_window& window) {
  struct tally {
    std::size_t issued = 0;
    std::size_t closed = 0;
    std::size_t late = 0;
    std::size_t faults = 0;
  };
  std::set<std::string> units;
  std::map<std::pair<civil_period, std::string>, tally> counts;
  for (const supervision_order& s : all) {
    if (!s.issued || !window.contains(*s.issued)) continue;
    units.insert(s.unit.text());
    tally& n = counts[{period_of(window.by, day_of(*s.issued)), s.unit.text()}];
    ++n.issued;
    if (s.ended && *s.ended < instant{window.until}) ++n.closed;
    if (!s.late.empty() || !s.escalations.empty()) ++n.late;
    if (s.fault == fault_verdict::found) ++n.faults;
  }
  detail::column_table t{"orders", {"Supervision orders", "督办统计"}};
  t.words({"period", "Period", "期间"});
  t.words({"unit", "Unit", "被督办单位"});
  t.whole({"issued", "Issued", "下发"});
  t.whole({"closed", "Closed", "办结"});
  t.whole({"open", "Open", "在办"});
  t.whole({"late", "Late", "逾期"});
  t.whole({"faults", "Faults", "有过错"});
  for (const civil_period& p : periods_between(window.by, window.from, window.until))
    for (const std::string& unit : units) {
      const tally n = counts[{p, unit}];
      t.put(to_text(p));
      t.put(unit);
      t.put(n.issued);
      t.put(n.closed);
      t.put(n.issued - n.closed);
      t.put(n.late);
      t.put(n.faults);
    }
  return std::move(t).take();
}

} // namespace banli
