#include <banli/portal/docking_message.hpp>

#include <doctest/doctest.h>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

docking_gate small_gate(const docking_limits& limits = {}) {
  return {{{business_system_id{"mz"}, "民政系统", department_id{"民政局"}, "", ""},
           {business_system_id{"xf"}, "消防系统", department_id{"消防"}, "", ""}},
          small_office().items,
          limits};
}

std::string message_text(int n, const std::string& records, const std::string& system = "mz") {
  return fmt::format(R"({{"message":"{0}-{1}","system":"{0}","sequence":{1},)"
                     R"("sent":"2025-03-01T02:00:00","repository":"results","records":[{2}]}})",
                     system, n, records);
}

std::string record_text(const std::string& number, const std::string& state = "准予",
                        const std::string& item = "62052400MZ-XK-0001") {
  return fmt::format(R"({{"department":"民政局","item":"{}","case":"{}","state":"{}",)"
                     R"("ended":"2025-02-28T16:00"}})",
                     item, number, state);
}

docking_message message(const std::string& text) {
  return read_docking_message(text, "mz").value();
}

} // namespace

TEST_CASE("good records are taken, each bad one is named with every reason") {
  docking_gate gate = small_gate();
  const docking_message m = message(message_text(
      1, record_text("A") + "," + record_text("B", "办完", "62052400MZ-XK-0009") + "," +
             record_text("C", "准予", "62052400XF-QR-0002") + "," + record_text("D")));
  const auto r = gate.receive(m);
  REQUIRE(r.has_value());
  CHECK(r->accepted == 2);
  CHECK(r->records.rows.size() == 2);
  REQUIRE(r->refused.size() == 2);
  CHECK(r->refused[0].record == 2);
  CHECK(r->refused[0].reasons.size() == 2); // the state and the item
  CHECK(r->refused[0].reasons[1].code == errc::unknown_item);
  CHECK(r->refused[1].reasons[0].code == errc::not_permitted); // another department's item
  const std::string told = to_json(*r);
  CHECK(told.find(R"("accepted":2)") != std::string::npos);
  CHECK(told.find("not-permitted") != std::string::npos);
  problems found;
  CHECK(outcome_records(r->records, found).size() == 2);
  CHECK(message(to_json(m)) == m);
}

TEST_CASE("a message is taken once, and in its turn") {
  docking_gate gate = small_gate();
  const docking_message one = message(message_text(1, record_text("A")));
  const docking_message two = message(message_text(2, record_text("B")));
  CHECK(refused(gate.receive(two)) == errc::condition_not_met);
  const docking_receipt first = gate.receive(one).value();
  CHECK(gate.receive(one).value() == first); // sent again
  CHECK(gate.last_of(one.system) == 1);
  docking_message other = one;
  other.message = "mz-1b";
  CHECK(refused(gate.receive(other)) == errc::duplicate_id);
  other = two;
  other.message = one.message;
  CHECK(refused(gate.receive(other)) == errc::duplicate_id);
  CHECK(gate.receive(two).has_value());
  CHECK(gate.last_of(one.system) == 2);
  // Every system counts by itself.
  CHECK(gate.receive(message(message_text(1, "", "xf"))).has_value());
  docking_gate forgetful = small_gate({.receipts = 1});
  REQUIRE(forgetful.receive(one).has_value());
  REQUIRE(forgetful.receive(two).has_value());
  CHECK(refused(forgetful.receive(one)) == errc::condition_not_met);
}

TEST_CASE("whole messages are refused for what they are") {
  docking_gate gate = small_gate();
  const auto r = gate.receive(message(message_text(1, "", "mzz")));
  CHECK(refused(r) == errc::unknown_reference);
  CHECK(r.error().message.en.find("did you mean 'mz'") != std::string::npos);
  docking_message rules = message(message_text(1, ""));
  rules.table.of = repository::supervision_rules;
  CHECK(refused(gate.receive(rules)) == errc::not_permitted);
  // Two good records of one case are told, too.
  const auto twice =
      gate.receive(message(message_text(1, record_text("A") + "," + record_text("A"))));
  REQUIRE(twice.has_value());
  REQUIRE(twice->refused.size() == 1);
  CHECK(twice->refused[0].reasons[0].code == errc::duplicate_id);
  CHECK(twice->accepted == 1);
}

TEST_CASE("what is no message") {
  const auto code = [](const std::string& text, const docking_limits& limits = {}) {
    return refused(read_docking_message(text, "mz", limits));
  };
  CHECK(code("{") == errc::bad_value);
  CHECK(code("[]") == errc::bad_value);
  CHECK(code("{}") == errc::missing_field);
  const std::string good = message_text(1, record_text("A"));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string s = good;
    s.replace(s.find(from), from.size(), to);
    return code(s);
  };
  CHECK_FALSE(code(good));
  CHECK(with(R"("sequence":1)", R"("sequence":"1")") == errc::wrong_type);
  CHECK(with(R"("sequence":1)", R"("sequence":0)") == errc::wrong_type);
  CHECK(with(R"("sequence":1)", R"("sequence":1,"more":2)") == errc::unknown_field);
  CHECK(with("2025-03-01T02:00:00", "yesterday") == errc::bad_date);
  CHECK(with(R"("results")", R"("result")") == errc::unknown_value);
  CHECK(with(R"("message":"mz-1")", R"("message":"")") == errc::missing_field);
  CHECK(code(good, {.bytes = 10}) == errc::limit_exceeded);
  CHECK(code(good, {.records = 0}) == errc::limit_exceeded);
}
