// What an office shows to everybody: how cases stand, and which are overdue. Nobody is named.
#include <banli/assessment/office_tables.hpp>

#include <algorithm>
#include <array>

#include <banli/time/text.hpp>

#include "assessment/column_table.hpp"

namespace banli {

namespace {

std::string minute_text(const std::optional<instant>& t) { return t ? to_short_text(*t) : ""; }

bool is_late(const case_figures& c, instant now) {
  return c.late_from && c.ended.value_or(now) >= *c.late_from;
}

/// The cases of a list, in an order that does not depend on how they came.
template <class Wanted, class Before>
std::vector<const case_figures*> listed(std::span<const case_figures> cases, Wanted wanted,
                                        Before before) {
  std::vector<const case_figures*> out;
  for (const case_figures& c : cases)
    if (c.phase != case_phase::none && wanted(c)) out.push_back(&c);
  std::ranges::sort(out, [&](const case_figures* a, const case_figures* b) {
    return before(*a, *b) || (!before(*b, *a) && a->id < b->id);
  });
  return out;
}

} // namespace

std::string_view to_string(traffic_light t) {
  constexpr std::array<std::string_view, 4> names{"green", "yellow", "red", "grey"};
  return names[static_cast<std::size_t>(t)];
}

std::string_view label(traffic_light t) {
  constexpr std::array<std::string_view, 4> names{"绿灯", "黄灯", "红灯", "已结"};
  return names[static_cast<std::size_t>(t)];
}

traffic_light light_of(const case_figures& c, instant now, days soon) {
  if (c.ended && *c.ended <= now) return traffic_light::grey;
  if (is_late(c, now) || c.open_hits[static_cast<std::size_t>(level::alarm)] > 0)
    return traffic_light::red;
  const bool near = c.late_from && now + soon >= *c.late_from;
  return near || c.open_hits[static_cast<std::size_t>(level::warning)] > 0 ? traffic_light::yellow
                                                                           : traffic_light::green;
}

data_table public_cases(std::span<const case_figures> cases, instant now) {
  detail::column_table t{"public_cases", {"How cases stand", "办件公示"}};
  t.words({"case", "Case", "办件编号"});
  t.words({"item", "Item", "事项"});
  t.words({"department", "Department", "部门"});
  t.words({"window", "Window", "窗口"});
  t.words({"received", "Received", "收件时间"});
  t.words({"due", "Due", "届满日"});
  t.words({"status", "Status", "状态"});
  t.words({"light", "Light", "亮灯"});
  t.words({"shown", "In Chinese", "公示状态"});
  const auto all = listed(
      cases, [&](const case_figures& c) { return c.received <= now; },
      [](const case_figures& a, const case_figures& b) { return a.received > b.received; });
  for (const case_figures* c : all) {
    t.put(c->id.text());
    t.put(c->item_name);
    t.put(c->department.text());
    t.put(c->window);
    t.put(to_short_text(c->received));
    t.put(c->due ? to_text(*c->due) : std::string{});
    t.put(to_string(c->phase));
    const traffic_light light = light_of(*c, now);
    t.put(to_string(light));
    t.put(light == traffic_light::grey ? std::string{label(c->phase)}
                                       : fmt::format("{}({})", label(c->phase), label(light)));
  }
  return std::move(t).take();
}

data_table public_overdue(std::span<const case_figures> cases, instant now) {
  detail::column_table t{"public_overdue", {"Overdue cases", "超期办件公示"}};
  t.words({"case", "Case", "办件编号"});
  t.words({"item", "Item", "事项"});
  t.words({"department", "Department", "部门"});
  t.words({"due", "Due", "届满日"});
  t.words({"ended", "Ended", "办结时间"});
  t.whole({"days_late", "Days late", "超期天数"});
  const auto late = [&](const case_figures& c) {
    return (day_of(c.ended.value_or(now)) - c.due.value_or(day_of(now))).count();
  };
  const auto all = listed(
      cases,
      [&](const case_figures& c) { return c.phase != case_phase::withdrawn && is_late(c, now); },
      [&](const case_figures& a, const case_figures& b) { return late(a) > late(b); });
  for (const case_figures* c : all) {
    t.put(c->id.text());
    t.put(c->item_name);
    t.put(c->department.text());
    t.put(c->due ? to_text(*c->due) : std::string{});
    t.put(minute_text(c->ended));
    t.put(static_cast<std::int64_t>(late(*c)));
  }
  return std::move(t).take();
}

} // namespace banli
