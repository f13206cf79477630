#include "supervision/act_judge.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <banli/base/nearest.hpp>
#include <banli/base/utf8.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace detail {

namespace {

constexpr std::size_t most_bytes = 10'000;

const act_field* field_named(std::span<const act_field> known, std::string_view name) {
  const auto at = std::ranges::find(known, name, &act_field::name);
  return at == known.end() ? nullptr : &*at;
}

bool one_line(std::string_view s) {
  return std::ranges::none_of(s, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

error ill_fitting(const act_field& f, std::string_view given, std::string_view en,
                  std::string_view zh) {
  return make_error(errc::bad_value, "{0}: '{2}' is not {3}", "{1}:“{2}”不是{4}", f.name, f.label,
                    given.substr(0, 60), en, zh);
}

result<std::string> fitted_amount(const act_field& f, std::string_view given) {
  double x = 0;
  const char* const end = given.data() + given.size();
  const auto [rest, fault] = std::from_chars(given.data(), end, x);
  if (fault != std::errc{} || rest != end || !std::isfinite(x) || x < 0)
    return ill_fitting(f, given, "a number that is 0 or more", "不小于 0 的数");
  return fmt::format("{}", x);
}

result<std::string> fitted_value(const act_field& f, std::string_view given, const choices& lists) {
  if (given.size() > most_bytes)
    return make_error(errc::limit_exceeded, "{0} has {2} bytes, more than {3}",
                      "{1}有 {2} 字节,超过 {3}", f.name, f.label, given.size(), most_bytes);
  if (!is_utf8(given))
    return make_error(errc::bad_utf8, "{0} is not UTF-8", "{1}不是 UTF-8 编码", f.name, f.label);
  switch (f.type) {
  case act_field_type::words: break;
  case act_field_type::name:
  case act_field_type::names:
    if (!one_line(given)) return ill_fitting(f, given, "one line", "一行文字");
    if (f.type == act_field_type::names && std::ranges::count(names_in(given), std::string{}) > 0)
      return ill_fitting(f, given, "names joined by '+'", "以“+”相连的名称");
    break;
  case act_field_type::moment: {
    const auto t = parse_instant(given);
    if (!t) return t.error();
    return to_text(*t);
  }
  case act_field_type::limit: {
    const auto l = parse_time_limit(given);
    if (!l) return l.error();
    return to_text(*l);
  }
  case act_field_type::yes_no:
    if (given == "yes" || given == "是") return std::string{"yes"};
    if (given == "no" || given == "否") return std::string{"no"};
    return ill_fitting(f, given, "yes or no", "“是”或“否”");
  case act_field_type::amount: return fitted_amount(f, given);
  case act_field_type::choice: {
    const choice_list list = lists(f.name);
    return parse_word(list.words, given, list.what);
  }
  }
  return std::string{given};
}

error not_of_the_form(const act_form& form, std::string_view act, std::string_view name) {
  std::vector<std::string_view> names{form.required};
  names.insert(names.end(), form.optional.begin(), form.optional.end());
  return with_hint(make_error(errc::unknown_field, "'{0}' has no field '{1}'", "“{0}”没有字段“{1}”",
                              act, name.substr(0, 60)),
                   suggestion(name, names));
}

} // namespace

std::string_view value_in(const act_fields& fields, std::string_view name) {
  for (const auto& [key, value] : fields)
    if (key == name) return value;
  return {};
}

act_fields fitted(std::span<const act_field> known, const act_form& form, const command& c,
                  const choices& lists, problems& found) {
  act_fields read;
  const auto blame = [&](error e) { found.push_back(at(std::move(e), c.where)); };
  const auto in_form = [&](std::string_view name) {
    return std::ranges::count(form.required, name) + std::ranges::count(form.optional, name) > 0;
  };
  for (const auto& [name, value] : c.with.facts) {
    const act_field* f = field_named(known, name);
    if (f == nullptr || !in_form(name)) {
      blame(not_of_the_form(form, c.with.step.text(), name));
      continue;
    }
    if (!value_in(read, name).empty()) {
      blame(make_error(errc::duplicate_key, "{0} is given twice", "{1}重复", f->name, f->label));
      continue;
    }
    if (value.empty()) continue;
    auto fit = fitted_value(*f, value, lists);
    if (fit)
      read.emplace_back(name, *std::move(fit));
    else
      blame(std::move(fit).error());
    if (!fit) read.emplace_back(name, value); // so that it is not missed, too
  }
  for (const std::string_view name : form.required)
    if (value_in(read, name).empty()) {
      const act_field* f = field_named(known, name);
      blame(make_error(errc::missing_field, "{0} is missing", "缺少{1}", name, f->label));
    }
  act_fields ordered;
  for (const act_field& f : known)
    if (const std::string_view v = value_in(read, f.name); !v.empty())
      ordered.emplace_back(f.name, v);
  return ordered;
}

std::string limit_field(supervision_clock k) { return std::string{to_string(k)} + "_limit"; }

std::string& slot(act_fields& fields, std::string_view name) {
  for (auto& [key, value] : fields)
    if (key == name) return value;
  return fields.emplace_back(name, std::string{}).second;
}

std::string joined(std::span<const supervision_clock> clocks) {
  std::string out;
  for (const supervision_clock k : clocks)
    out += (out.empty() ? "" : "+") + std::string{to_string(k)};
  return out;
}

std::vector<std::string> names_in(std::string_view joined) {
  std::vector<std::string> out;
  if (joined.empty()) return out;
  for (;;) {
    const std::size_t plus = joined.find('+');
    out.emplace_back(joined.substr(0, plus));
    if (plus == std::string_view::npos) return out;
    joined.remove_prefix(plus + 1);
  }
}

std::vector<supervision_clock> clocks_in(std::string_view joined) {
  std::vector<supervision_clock> out;
  for (const std::string& name : names_in(joined))
    if (const auto k = parse_supervision_clock(name)) out.push_back(*k);
  return out;
}

result<std::vector<supervision_clock>> missed_of(std::span<const running_clock> clocks,
                                                 std::span<const supervision_clock> named,
                                                 const workday_calendar& calendar, instant at) {
  std::vector<supervision_clock> out;
  for (const running_clock& k : clocks) {
    if (std::ranges::count(named, k.kind) == 0) continue;
    const auto due = due_of(k, calendar);
    if (!due) return due.error();
    if (!in_time(*due, at)) out.push_back(k.kind);
  }
  return out;
}

result<std::vector<supervision_clock>> missed_of(std::span<const running_clock> clocks,
                                                 const workday_calendar& calendar, instant at) {
  std::vector<supervision_clock> all;
  for (const running_clock& k : clocks) all.push_back(k.kind);
  return missed_of(clocks, all, calendar, at);
}

void fill_limits(act_fields& fields, const supervision_office& o,
                 std::span<const supervision_clock> starts) {
  for (const supervision_clock k : starts)
    if (std::string& limit = slot(fields, limit_field(k)); limit.empty())
      limit = to_text(limit_of(o, k));
}

void turn(std::vector<running_clock>& clocks, const clock_changes& changes, const details& d,
          instant since) {
  if (changes.others == clock_changes::rest::end) clocks.clear();
  std::erase_if(clocks, [&](const running_clock& k) {
    return std::ranges::count(changes.stops, k.kind) + std::ranges::count(changes.starts, k.kind) >
           0;
  });
  for (const supervision_clock k : changes.starts)
    if (const auto limit = parse_time_limit(field_of(d, limit_field(k))))
      clocks.push_back({k, since, *limit, {}});
}

result<void> lengthen(std::vector<running_clock>& clocks, std::span<const supervision_clock> named,
                      const extension& by, const workday_calendar& calendar) {
  for (running_clock& k : clocks) {
    if (std::ranges::count(named, k.kind) == 0) continue;
    k.extended.push_back(by);
    if (const auto due = due_of(k, calendar); !due) return due.error();
    return {};
  }
  return make_error(errc::condition_not_met, "no limit runs that could be extended",
                    "没有可以延长的期限");
}

std::optional<extension> extension_in(const event& e) {
  const auto limit = parse_time_limit(field_of(e.with, "more"));
  if (!limit) return std::nullopt;
  return extension{*limit, day_of(e.at), e.actor.text()};
}

std::optional<error> out_of_turn(const command& c, const case_id& id, std::uint32_t version,
                                 instant last) {
  if (c.what != action::complete)
    return make_error(errc::unknown_command,
                      "an act of an order or a complaint is a 'complete', not a '{}'",
                      "督办、投诉的环节应以 complete 办理,不是“{}”", to_string(c.what));
  if (version > 0 && c.id != id)
    return make_error(errc::bad_value, "the act is for {}, not for {}", "此环节属于 {},不属于 {}",
                      c.id.text(), id.text());
  if (c.id.empty() || !one_line(c.id.text()))
    return make_error(errc::bad_value, "an order or a complaint needs a number of one line",
                      "督办单、投诉件应有编号(一行文字)");
  if (version > 0 && c.at < last)
    return make_error(
        errc::time_backwards, "{}: {} lies before its last event at {}: time goes backwards",
        "{}:{} 早于上一事件的时间 {},时间倒流", c.id.text(), to_text(c.at), to_text(last));
  if (day_of(c.at) < first_day || day_of(c.at) > last_day)
    return make_error(errc::out_of_range, "the instant lies outside the years 1 to 9999",
                      "时间不在公元 1 至 9999 年之间");
  return std::nullopt;
}

event act_event(const command& c, std::uint32_t version, std::string_view act, act_fields fields) {
  event e;
  e.number = version + 1;
  e.what = event_kind::completed;
  e.at = c.at;
  e.actor = c.actor;
  e.request = c.request;
  if (e.request.empty()) e.request = request_id{fmt::format("{}#{}", c.id.text(), e.number)};
  e.with.step = node_id{act};
  e.with.reason = c.with.reason;
  std::erase_if(fields, [](const auto& f) { return f.second.empty(); });
  e.with.facts = std::move(fields);
  return e;
}

result<void> known_office(const supervision_office& o, const act_fields& fields,
                          std::string_view name) {
  const std::string_view id = value_in(fields, name);
  if (id.empty() || find(o, department_id{id}) != nullptr) return {};
  std::vector<std::string_view> names;
  for (const supervising_office& x : o.offices) names.emplace_back(x.id.text());
  return with_hint(
      make_error(errc::unknown_reference, "there is no office '{}'", "没有机关“{}”", id),
      suggestion(id, names));
}

std::optional<instant> moment_in(const details& d, std::string_view field) {
  const std::string_view s = field_of(d, field);
  if (s.empty()) return std::nullopt;
  const auto t = parse_instant(s);
  return t ? std::optional{*t} : std::nullopt;
}

} // namespace detail

command act_command(const case_id& id, std::string_view act, instant at, const person_id& who,
                    act_fields with, const request_id& request) {
  command c;
  c.request = request;
  c.id = id;
  c.at = at;
  c.actor = who;
  c.what = action::complete;
  c.with.step = node_id{act};
  for (auto& [name, value] : with)
    if (name == "reason")
      c.with.reason = std::move(value);
    else
      c.with.facts.emplace_back(std::move(name), std::move(value));
  return c;
}

std::string_view field_of(const details& d, std::string_view name) {
  return detail::value_in(d.facts, name);
}

result<deadline> due_of(const running_clock& k, const workday_calendar& calendar) {
  return due_date(calendar, k.limit, k.since, {}, k.extended);
}

result<explanation> explain(const running_clock& k, const workday_calendar& calendar) {
  return explain(calendar, k.limit, k.since, {}, k.extended);
}

result<std::vector<supervision_due>> dues_of(std::span<const running_clock> clocks,
                                             const workday_calendar& calendar) {
  std::vector<supervision_due> out;
  for (const running_clock& k : clocks) {
    const auto due = due_of(k, calendar);
    if (!due) return due.error();
    out.push_back({k.kind, k.since, *due});
  }
  std::ranges::stable_sort(
      out, {}, [](const supervision_due& d) { return d.ends.due_at.value_or(end_of(last_day)); });
  return out;
}

} // namespace banli
