// Orders, consultations, complaints and results.
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

complaint_record complaint() {
  complaint_record c;
  c.number = "TS-1";
  c.channel = complaint_channel::letter;
  c.made = complaint_manner::written;
  c.unit = market;
  c.matter = "推诿";
  c.received = at(10);
  c.result = "责令改正";
  c.reply = "已责令改正";
  c.reply_made = complaint_manner::written;
  c.replied = at(20);
  c.file = "2025-TS-1";
  return c;
}

TEST_CASE("a written complaint is answered in writing and kept on file (G18, J13)") {
  struct row {
    const char* what;
    void (*spoil)(complaint_record&);
    const char* found;
  };
  const row rows[] = {
      {"nothing", [](auto&) {}, ""},
      {"number", [](auto& c) { c.number.clear(); }, "missing-field /number;"},
      {"unit", [](auto& c) { c.unit = {}; }, "missing-field /unit;"},
      {"matter", [](auto& c) { c.matter.clear(); }, "missing-field /matter;"},
      {"an oral letter",
       [](auto& c) {
         c.made = complaint_manner::oral;
         c.file.clear();
       },
       "bad-value /made;"},
      {"answered before it came", [](auto& c) { c.replied = at(9); }, "bad-value /replied;"},
      {"answered orally", [](auto& c) { c.reply_made = complaint_manner::oral; },
       "bad-value /reply_made;"},
      {"not on file", [](auto& c) { c.file.clear(); }, "missing-field /file;"},
      {"no result", [](auto& c) { c.result.clear(); }, "missing-field /result;"},
      {"no words", [](auto& c) { c.reply.clear(); }, "missing-field /reply;"},
      {"no day", [](auto& c) { c.replied.reset(); }, "missing-field /replied;"},
      {"open",
       [](auto& c) {
         c.replied.reset();
         c.reply.clear();
         c.result.clear();
         c.file.clear();
       },
       ""},
      {"a visit, oral both ways",
       [](auto& c) {
         c.channel = complaint_channel::visit;
         c.made = c.reply_made = complaint_manner::oral;
         c.file.clear();
       },
       ""},
  };
  for (const row& r : rows) {
    CAPTURE(r.what);
    complaint_record c = complaint();
    r.spoil(c);
    CHECK(faults(c) == r.found);
  }
}

TEST_CASE("records of one number, and of items that are not there, are found") {
  office_library office;
  office.records.orders = {order(), order()};
  office.records.consultations = {asked(), asked()};
  office.records.results = {done(), done()};
  office.records.complaints = {complaint(), complaint()};
  CHECK(faults(office.records) ==
        "duplicate-id /orders/1;duplicate-id /consultations/1;duplicate-id /results/1;"
        "duplicate-id /complaints/1;");
  office.records = {{order()}, {asked()}, {done()}, {complaint()}};
  CHECK(check_references(office, day_of(at(0))).empty());
  office.records.orders[0].item = item_id{"X"};
  office.records.consultations[0].item = item_id{"Y"};
  office.records.results[0].item = item_id{"Z"};
  office.records.complaints[0].item = item_id{"W"};
  std::string found;
  for (const error& e : check_references(office, day_of(at(0)))) found += e.where.file + ';';
  CHECK(found == "records/orders/0/item;records/consultations/0/item;records/results/0/item;"
                 "records/complaints/0/item;");
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
