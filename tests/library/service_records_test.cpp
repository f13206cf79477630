// Orders, consultations and results.
#include <doctest/doctest.h>

#include <banli/library/office_library.hpp>

#include "office.hpp"

namespace {

using namespace office;

order_record order() {
  order_record o;
  o.number = "督-2025-001";
  o.supervisor = "县监察局";
  o.unit = market;
  o.item_name = "食品经营许可";
  o.of = case_id{"620524-2025-000017"};
  o.officer = person_id{"监察员"};
  o.matter = "超过承诺期限未办结";
  o.begun = at(10);
  return o;
}

consultation asked() {
  consultation c;
  c.number = "ZX-1";
  c.unit = market;
  c.title = "延续";
  c.words = "许可证到期前多久可以申请延续?";
  c.asked = at(10);
  return c;
}

result_record done() {
  return {case_id{"620524-2025-000017"}, {}, "食品经营许可", at(30), "准予许可"};
}

template <class T>
std::string faults(const T& x) {
  std::string out;
  for (const error& e : check(x, [](std::string_view p) { return place{std::string{p}, 0, 0}; }))
    out += std::string{to_string(e.code)} + ' ' + e.where.file + ';';
  return out;
}

TEST_CASE("a record lacks what it must have, and time runs forwards (N10, N11, N13)") {
  struct row {
    const char* what;
    void (*spoil)(order_record&, consultation&, result_record&);
    const char* found;
  };
  const row rows[] = {
      {"nothing", [](auto&, auto&, auto&) {}, ""},
      {"number", [](auto& o, auto&, auto&) { o.number.clear(); }, "missing-field /number;"},
      {"supervisor", [](auto& o, auto&, auto&) { o.supervisor.clear(); },
       "missing-field /supervisor;"},
      {"unit", [](auto& o, auto&, auto&) { o.unit = {}; }, "missing-field /unit;"},
      {"officer", [](auto& o, auto&, auto&) { o.officer = {}; }, "missing-field /officer;"},
      {"matter", [](auto& o, auto&, auto&) { o.matter.clear(); }, "missing-field /matter;"},
      {"reply limit", [](auto& o, auto&, auto&) { o.reply_by = at(9); }, "bad-value /reply_by;"},
      {"an end without the state", [](auto& o, auto&, auto&) { o.ended = at(11); },
       "bad-value /ended;"},
      {"the state without an end",
       [](auto& o, auto&, auto&) {
         o.state = order_state::closed;
         o.reply = "已办结";
         o.outcome = "责令改正";
       },
       "bad-value /ended;"},
      {"an end before the beginning",
       [](auto& o, auto&, auto&) {
         o.state = order_state::closed;
         o.reply = "已办结";
         o.outcome = "责令改正";
         o.ended = at(9);
       },
       "bad-value /ended;"},
      {"an outcome of what was closed",
       [](auto& o, auto&, auto&) {
         o.state = order_state::closed;
         o.reply = "已办结";
         o.ended = at(11);
       },
       "missing-field /outcome;"},
      {"feedback without words", [](auto& o, auto&, auto&) { o.state = order_state::fed_back; },
       "missing-field /reply;"},
      {"consultation: whom", [](auto&, auto& c, auto&) { c.unit = {}; }, "missing-field /unit;"},
      {"consultation: title", [](auto&, auto& c, auto&) { c.title.clear(); },
       "missing-field /title;"},
      {"consultation: words", [](auto&, auto& c, auto&) { c.words.clear(); },
       "missing-field /words;"},
      {"an answer without day", [](auto&, auto& c, auto&) { c.answer = "三十个工作日"; },
       "missing-field /answered;"},
      {"a day without answer", [](auto&, auto& c, auto&) { c.answered = at(11); },
       "missing-field /answer;"},
      {"answered before asked",
       [](auto&, auto& c, auto&) {
         c.answer = "三十个工作日";
         c.answered = at(9);
       },
       "bad-value /answered;"},
      {"result: case", [](auto&, auto&, auto& r) { r.of = {}; }, "missing-field /of;"},
      {"result: name", [](auto&, auto&, auto& r) { r.name.clear(); }, "missing-field /name;"},
      {"result: outcome", [](auto&, auto&, auto& r) { r.outcome.clear(); },
       "missing-field /outcome;"},
  };
  for (const row& r : rows) {
    CAPTURE(r.what);
    order_record o = order();
    consultation c = asked();
    result_record d = done();
    r.spoil(o, c, d);
    CHECK(faults(o) + faults(c) + faults(d) == r.found);
  }
}

TEST_CASE("records of one number, and of items that are not there, are found") {
  office_library office;
  office.records.orders = {order(), order()};
  office.records.consultations = {asked(), asked()};
  office.records.results = {done(), done()};
  CHECK(faults(office.records) ==
        "duplicate-id /orders/1;duplicate-id /consultations/1;duplicate-id /results/1;");
  office.records = {{order()}, {asked()}, {done()}};
  CHECK(check_references(office, day_of(at(0))).empty());
  office.records.orders[0].item = item_id{"X"};
  office.records.consultations[0].item = item_id{"Y"};
  office.records.results[0].item = item_id{"Z"};
  std::string found;
  for (const error& e : check_references(office, day_of(at(0)))) found += e.where.file + ';';
  CHECK(found == "records/orders/0/item;records/consultations/0/item;records/results/0/item;");
}

TEST_CASE("results are listed by days, the latest first") {
  std::vector<result_record> all;
  for (const int hour : {0, 24, 23, 48, 30}) {
    all.push_back(done());
    all.back().ended = at(hour);
  }
  const auto hours = [&](int from, int until) {
    std::string out;
    const day first = day_of(at(0));
    for (const result_record& r : results_between(all, first + days{from}, first + days{until}))
      out += std::to_string((r.ended - at(0)).count() / 3600) + ' ';
    return out;
  };
  CHECK(hours(0, 1) == "23 0 ");
  CHECK(hours(1, 2) == "30 24 ");
  CHECK(hours(0, 9) == "48 30 24 23 0 ");
  CHECK(hours(3, 9).empty());
  CHECK(hours(1, 1).empty());
}

} // namespace
