// What is asked of orders, consultations, complaints and results.
#include <banli/library/service_records.hpp>

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include <banli/time/text.hpp>

namespace banli {

namespace {

/// Collects the faults of one record.
class record_check {
 public:
  record_check(std::string what, const locator& where) : what_(std::move(what)), where_(where) {}

  void need(std::string_view value, std::string_view field, std::string_view zh) {
    if (value.empty())
      add(make_error(errc::missing_field, "{} has no {}", "{0}缺少{2}", what_, field, zh), field);
  }
  template <class Tag>
  void need(const strong_id<Tag>& id, std::string_view field, std::string_view zh) {
    need(id.text(), field, zh);
  }
  void not_before(const std::optional<instant>& later, instant begun, std::string_view field,
                  std::string_view zh) {
    if (later && *later < begun)
      add(make_error(errc::bad_value, "{}: '{}' is {}, before it began on {}",
                     "{0}:{4} {2} 早于开始时间 {3}", what_, field, to_text(*later), to_text(begun),
                     zh),
          field);
  }
  void add(error e, std::string_view field) {
    e.where = where_(fmt::format("/{}", field));
    found_.push_back(std::move(e));
  }
  const std::string& what() const { return what_; }
  problems take() { return std::move(found_); }

 private:
  std::string what_;
  const locator& where_;
  problems found_;
};

/// Checks each record of a list, and that no two have one key.
template <class T, class Key>
void check_list(const std::vector<T>& all, std::string_view list, Key key, const locator& where,
                problems& out) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string path = fmt::format("/{}/{}", list, i);
    for (error& e :
         check(all[i], [&](std::string_view part) { return where(path + std::string{part}); }))
      out.push_back(std::move(e));
    const std::string& k = key(all[i]);
    if (!k.empty() && !seen.insert(k).second)
      out.push_back(
          at(make_error(errc::duplicate_id, "two records '{}'", "“{}”重复", k), where(path)));
  }
}

} // namespace

std::string_view to_string(order_state s) {
  constexpr std::array<std::string_view, 5> names{"initiated", "signed_for", "handled", "fed_back",
                                                  "closed"};
  return names[static_cast<std::size_t>(s)];
}

std::string_view label(order_state s) {
  constexpr std::array<std::string_view, 5> names{"已发起", "已签收", "办理中", "已反馈", "已办结"};
  return names[static_cast<std::size_t>(s)];
}

std::string_view to_string(complaint_channel c) {
  constexpr std::array<std::string_view, 4> names{"visit", "letter", "phone", "online"};
  return names[static_cast<std::size_t>(c)];
}

std::string_view label(complaint_channel c) {
  constexpr std::array<std::string_view, 4> names{"来访", "来函", "来电", "网上"};
  return names[static_cast<std::size_t>(c)];
}

std::string_view to_string(complaint_manner m) {
  return m == complaint_manner::written ? "written" : "oral";
}

std::string_view label(complaint_manner m) {
  return m == complaint_manner::written ? "书面" : "口头";
}

problems check(const order_record& o, const locator& where) {
  record_check c{"order '" + o.number + "'", where};
  c.need(o.number, "number", "编号");
  c.need(o.supervisor, "supervisor", "监察部门");
  c.need(o.unit, "unit", "被督办单位");
  c.need(o.officer, "officer", "监察监控人员");
  c.need(o.matter, "matter", "督办事由");
  c.not_before(o.reply_by, o.begun, "reply_by", "回复期限");
  c.not_before(o.ended, o.begun, "ended", "结束时间");
  const bool closed = o.state == order_state::closed;
  if (closed != o.ended.has_value())
    c.add(make_error(errc::bad_value, "{} is {} and has {} end", "{0}的状态与结束时间不符",
                     c.what(), to_string(o.state), closed ? "no" : "an"),
          "ended");
  if (closed) c.need(o.outcome, "outcome", "督办结果");
  if (o.state >= order_state::fed_back) c.need(o.reply, "reply", "反馈意见");
  return c.take();
}

problems check(const consultation& x, const locator& where) {
  record_check c{"consultation '" + x.number + "'", where};
  c.need(x.number, "number", "编号");
  c.need(x.unit, "unit", "咨询对象");
  c.need(x.title, "title", "咨询标题");
  c.need(x.words, "words", "咨询内容");
  c.not_before(x.answered, x.asked, "answered", "答复时间");
  if (x.answered) c.need(x.answer, "answer", "答复内容");
  if (!x.answer.empty() && !x.answered)
    c.add(make_error(errc::missing_field, "{} has an answer and no day of it",
                     "{}已有答复但缺少答复时间", c.what()),
          "answered");
  return c.take();
}

problems check(const result_record& r, const locator& where) {
  record_check c{"result '" + r.of.text() + "'", where};
  c.need(r.of, "of", "办件编号");
  c.need(r.name, "name", "办件名称");
  c.need(r.outcome, "outcome", "办理结果");
  return c.take();
}

problems check(const complaint_record& x, const locator& where) {
  record_check c{"complaint '" + x.number + "'", where};
  c.need(x.number, "number", "编号");
  c.need(x.unit, "unit", "投诉对象");
  c.need(x.matter, "matter", "涉及事项");
  if (x.channel == complaint_channel::letter && x.made == complaint_manner::oral)
    c.add(make_error(errc::bad_value, "{} came by letter and is not written",
                     "{}为来函投诉,应登记为书面投诉", c.what()),
          "made");
  c.not_before(x.replied, x.received, "replied", "答复时间");
  if (!x.replied) {
    if (!x.reply.empty())
      c.add(make_error(errc::missing_field, "{} has a reply and no day of it",
                       "{}已有反馈但缺少答复时间", c.what()),
            "replied");
    return c.take();
  }
  c.need(x.result, "result", "处理结果");
  c.need(x.reply, "reply", "反馈情况");
  if (x.made == complaint_manner::oral) return c.take();
  if (x.reply_made != complaint_manner::written)
    c.add(make_error(errc::bad_value, "{} was made in writing and answered orally",
                     "{}为书面投诉,必须书面答复", c.what()),
          "reply_made");
  c.need(x.file, "file", "档号");
  return c.take();
}

problems check(const service_records& all, const locator& where) {
  problems out;
  check_list(
      all.orders, "orders", [](const order_record& o) -> const std::string& { return o.number; },
      where, out);
  check_list(
      all.consultations, "consultations",
      [](const consultation& c) -> const std::string& { return c.number; }, where, out);
  check_list(
      all.results, "results",
      [](const result_record& r) -> const std::string& { return r.of.text(); }, where, out);
  check_list(
      all.complaints, "complaints",
      [](const complaint_record& x) -> const std::string& { return x.number; }, where, out);
  return out;
}

std::vector<result_record> results_between(std::span<const result_record> results, day from,
                                           day until) {
  std::vector<result_record> out;
  for (const result_record& r : results)
    if (const day d = day_of(r.ended); from <= d && d < until) out.push_back(r);
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.ended > b.ended; });
  return out;
}

} // namespace banli
