#include "document/calendar_pile.hpp"

#include <algorithm>

#include <banli/calendar/cn.hpp>

namespace banli::detail {
namespace {

/// Calls f with every element of a list of values and its node, but for what is no map.
template <class T, class F>
void each(const std::vector<T>& values, yaml_node list, F f) {
  yaml_node n = list.is(yaml_kind::list) ? list.first() : yaml_node{};
  for (const T& v : values) {
    if (n.is(yaml_kind::map)) f(v, n);
    n = n ? n.next() : n;
  }
}

} // namespace

void day_layer::add(const day_span& span, opening opens, const std::string& name,
                    const place& where) {
  const auto n = static_cast<std::size_t>(span.size());
  if (budget_.spent || n > budget_.most - budget_.used) {
    if (!std::exchange(budget_.spent, true))
      found_.add(at(make_error(errc::limit_exceeded, "more than {} days are named",
                               "列出的日期超过 {} 个", budget_.most),
                    where));
    return;
  }
  budget_.used += n;
  for (day d = span.first; d <= span.last; d += days{1}) {
    if (!seen_.insert(d).second) {
      found_.add(at(make_error(errc::bad_calendar, "'{}' names {} twice", "“{}”两次列出 {}", owner_,
                               to_text(d)),
                    where));
      return;
    }
    days_.push_back({{d, opens, name}, where});
  }
}

void day_layer::add(const std::vector<day_entry>& entries, yaml_node list) {
  each(entries, list, [&](const day_entry& e, yaml_node n) {
    const yaml_node date = n.find("date");
    if (date.is(yaml_kind::scalar) && !found_.blamed(date.where()))
      add(e.date, e.opens, e.name, date.where());
  });
}

void calendar_pile::base(calendar_base b, const place& where) {
  if (!base_) {
    base_ = b;
    base_where_ = where;
    if (b == calendar_base::none) return;
    calendar_source official = cn_source();
    source_.notices.insert(source_.notices.begin(), official.notices.begin(),
                           official.notices.end());
    source_.fixed_holidays.insert(source_.fixed_holidays.begin(), official.fixed_holidays.begin(),
                                  official.fixed_holidays.end());
  } else if (*base_ != b) {
    found_.add(at(make_error(errc::bad_calendar,
                             "one calendar cannot start from cn and from none: see {}:{}",
                             "一个日历不能同时以 cn 和 none 为基础:见 {}:{}", base_where_.file,
                             base_where_.line),
                  where));
  }
}

void calendar_pile::years(const year_range& y, yaml_node node) {
  if (years_where_) {
    found_.add(at(make_error(errc::bad_calendar, "the years are also at {}:{}",
                             "年份范围与 {}:{} 处重复", years_where_->file, years_where_->line),
                  node.where()));
    return;
  }
  years_where_ = node.where();
  const int most = source_.limits.years;
  if (y.first < 1 || y.last > 9999 || y.first > y.last || y.last - y.first >= most) {
    found_.add(
        at(make_error(errc::bad_calendar,
                      "the years {} to {}: expected 1 to 9999, the first not after the last, "
                      "at most {} of them",
                      "年份 {} 至 {}:应在 1 至 9999 之间,首年不晚于末年,且不超过 {} 年", y.first,
                      y.last, most),
           node.where()));
    return;
  }
  source_.first_year = std::chrono::year{y.first};
  source_.last_year = std::chrono::year{y.last};
}

void calendar_pile::settings(const calendar_document& d, yaml_node node) {
  const yaml_node range = node.find("years");
  if (d.years) years(*d.years, range);
  const yaml_node weekend = node.find("weekend");
  if (d.weekend && weekend_where_)
    found_.add(at(make_error(errc::bad_calendar, "the weekend is also at {}:{}",
                             "周末与 {}:{} 处重复", weekend_where_->file, weekend_where_->line),
                  weekend.where()));
  else if (d.weekend) {
    weekend_where_ = weekend.where();
    source_.weekend.clear();
    for (const weekday_name w : *d.weekend) source_.weekend.emplace_back(static_cast<unsigned>(w));
  }
}

void calendar_pile::fixed(const calendar_document& d, yaml_node node) {
  each(d.fixed_holidays, node.find("fixed_holidays"), [&](const fixed_entry& h, yaml_node n) {
    if (!h.date.ok()) return; // reported when it was read
    if (h.from < 1 || h.until > 9999 || h.from > h.until)
      return found_.add(
          at(make_error(errc::bad_value,
                        "the years {} to {}: expected 1 to 9999, the first not "
                        "after the last",
                        "年份 {} 至 {}:应在 1 至 9999 之间,首年不晚于末年", h.from, h.until),
             where(n.find("until"), where(n.find("from"), n) == n.where() ? n : n.find("from"))));
    source_.fixed_holidays.push_back(
        {h.date, h.name, std::chrono::year{h.from}, std::chrono::year{h.until}});
  });
}

std::vector<day_rule> calendar_pile::keep(std::vector<placed_day> named) {
  std::vector<day_rule> out;
  out.reserve(named.size());
  for (placed_day& d : named) {
    extents_.emplace_back(d.rule.date, std::move(d.where));
    out.push_back(std::move(d.rule));
  }
  return out;
}

overlay calendar_pile::lay(const overlay_document& o, yaml_node node) {
  day_layer layer{o.name, budget_, found_};
  layer.add(o.days, node.find("days"));
  return {o.name, keep(layer.take())};
}

void calendar_pile::add(const located<calendar_document>& d) {
  const yaml_node node_base = d.node.find("base");
  if (node_base.is(yaml_kind::scalar) && !found_.blamed(node_base.where()))
    base(d.value.base, node_base.where());
  if (!d.value.name.empty()) source_.name = d.value.name;
  settings(d.value, d.node);
  fixed(d.value, d.node);
  each(d.value.notices, d.node.find("notices"), [&](const notice_entry& n, yaml_node at) {
    day_layer layer{n.source, budget_, found_};
    layer.add(n.days, at.find("days"));
    add(n.source, n.published, layer.take());
  });
  each(d.value.overlays, d.node.find("overlays"),
       [&](const overlay_document& o, yaml_node at) { source_.overlays.push_back(lay(o, at)); });
}

void calendar_pile::add(const located<overlay_document>& d) {
  source_.overlays.push_back(lay(d.value, d.node));
}

void calendar_pile::add(std::string source, day published, std::vector<placed_day> named) {
  source_.notices.push_back({std::move(source), published, keep(std::move(named))});
}

/// Where no document says which years the tables cover, they are made to hold every day named.
void calendar_pile::set_years() {
  if (budget_.spent) return; // half of the days: nothing follows from them
  for (const auto& [named, place_of] : extents_) {
    const auto y = to_ymd(named).year();
    const auto first = std::min(source_.first_year, y);
    const auto last = std::max(source_.last_year, y);
    if (first == source_.first_year && last == source_.last_year) continue;
    if (!years_where_ && (last - first).count() < source_.limits.years) {
      source_.first_year = first;
      source_.last_year = last;
      continue;
    }
    found_.add(
        at(make_error(errc::bad_calendar, "{} lies outside the years {} to {} of the calendar",
                      "{} 不在日历的年份范围 {} 至 {} 内", to_text(named),
                      static_cast<int>(source_.first_year), static_cast<int>(source_.last_year)),
           place_of));
  }
}

calendar_source calendar_pile::take() {
  set_years();
  if (source_.name.empty()) source_.name = base_ && *base_ == calendar_base::cn ? "cn" : fallback_;
  for (error& e : check(source_)) found_.add(at(std::move(e), base_where_));
  return std::move(source_);
}

} // namespace banli::detail
