#include "document/hours_document.hpp"

#include <algorithm>

namespace banli::detail {
namespace {

constexpr std::int64_t most_dates = 20'000;

class hours_reader {
 public:
  hours_reader(const located<hours_document>& d, findings& found) : d_(d), found_(found) {}

  working_hours read() {
    const yaml_node week_node = d_.node.find("week");
    hours_.week = week(d_.value.week, week_node, hours_.week);
    yaml_node n = list("seasons");
    for (const season_entry& s : d_.value.seasons) {
      if (n.is(yaml_kind::map) && s.from.ok() && s.through.ok())
        hours_.seasons.push_back(
            {s.name, s.from, s.through, week(s.week, n.find("week"), hours_.week)});
      n = n.next();
    }
    n = list("dates");
    for (const date_entry& e : d_.value.dates) {
      if (n.is(yaml_kind::map)) date(e, n);
      n = n.next();
    }
    return std::move(hours_);
  }

 private:
  yaml_node list(std::string_view key) const {
    const yaml_node n = d_.node.find(key);
    return n.is(yaml_kind::list) ? n.first() : yaml_node{};
  }

  bool few(const sessions& s, yaml_node n) {
    if (s.size() <= hours_.max_sessions) return true;
    found_.add(at(make_error(errc::limit_exceeded, "{} sessions: at most {} are allowed",
                             "{} 个时段:最多 {} 个", s.size(), hours_.max_sessions),
                  n.where()));
    return false;
  }

  week_of_sessions week(const week_entry& e, yaml_node n, week_of_sessions out) {
    if (e.every_day && few(*e.every_day, n.find("every_day"))) out.fill(*e.every_day);
    for (std::size_t i = 0; i < out.size(); ++i)
      if (e.days[i] && few(*e.days[i], n.find(weekday_words[i].name))) out[i] = *e.days[i];
    return out;
  }

  void date(const date_entry& e, yaml_node n) {
    const yaml_node where = n.find("date");
    if (!where.is(yaml_kind::scalar) || found_.blamed(where.where())) return;
    if (!few(e.hours, n.find("hours"))) return;
    if (e.date.size() + static_cast<std::int64_t>(hours_.dates.size()) > most_dates) {
      found_.add(at(make_error(errc::limit_exceeded, "more than {} days have hours of their own",
                               "单独规定办公时间的日期超过 {} 个", most_dates),
                    where.where()));
      return;
    }
    for (day d = e.date.first; d <= e.date.last; d += days{1})
      if (!hours_.dates.emplace(d, e.hours).second) {
        found_.add(at(make_error(errc::bad_hours, "the hours of {} are given twice",
                                 "{} 的办公时间重复", to_text(d)),
                      where.where()));
        return;
      }
  }

  const located<hours_document>& d_;
  findings& found_;
  working_hours hours_;
};

} // namespace

working_hours hours_of(const located<hours_document>& d, findings& found) {
  return hours_reader{d, found}.read();
}

} // namespace banli::detail
