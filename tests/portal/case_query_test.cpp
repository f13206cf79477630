#include <banli/portal/case_query.hpp>

#include <algorithm>
#include <chrono>

#include <doctest/doctest.h>

#include <banli/base/mask.hpp>

#include "small_office.hpp"

using namespace banli;
using namespace banli::test;

namespace {

struct asked_office {
  std::unique_ptr<case_store> store = memory_store();
  case_desk desk;

  asked_office() {
    for (int n = 1; n <= 4; ++n)
      keep(*store, case_of(n, "C" + std::to_string(n), static_cast<far>(n - 1)));
    REQUIRE(desk.add_all(*store).has_value());
  }
};

} // namespace

TEST_CASE("who has both keys learns how his case stands") {
  const asked_office o;
  const std::string certificate = planted_certificate(4);
  for (const char* number : {"C4", "SQ62052400-20240902-0004"})
    CHECK(o.desk.find({number, certificate}) == case_id{"C4"});
  CHECK(o.desk.find({"C4", planted_certificate(4 + 500'000)}) == case_id{"C4"}); // the agent
  const public_case done = ask(small_office(), *o.store, case_id{"C4"}).value();
  CHECK(done.accepted == *parse_instant("2024-09-02T09:00"));
  CHECK(done.handled == *parse_instant("2024-09-02T16:00"));
  CHECK(done.status == "已办结(准予)");
  CHECK(done.department == "民政局");
  const auto fields = fields_of(done);
  CHECK(fields[0] == std::pair<std::string_view, std::string>{"办件编号", "C4"});
  CHECK(fields[1].second == mask_name(planted_name(4)) + "的申请");
  CHECK(fields[2] == std::pair<std::string_view, std::string>{"受理时间", "2024-09-02 09:00"});
  const public_case fresh = ask(small_office(), *o.store, case_id{"C1"}).value();
  CHECK_FALSE(fresh.accepted);
  CHECK(fresh.status == label(case_phase::applied));
  CHECK(ask(small_office(), *o.store, case_id{"C4"}, *parse_instant("2024-09-02T09:30"))->status ==
        label(case_phase::running));
}

TEST_CASE("one wrong key and two wrong keys get the same answer: nothing") {
  const asked_office o;
  for (int n = 1; n <= 4; ++n)
    for (int m = 1; m <= 6; ++m) {
      const std::string number = "C" + std::to_string(n);
      CHECK(o.desk.find({number, planted_certificate(m)}).has_value() == (n == m));
    }
  CHECK_FALSE(o.desk.find({"C9", planted_certificate(1)}));
  CHECK_FALSE(o.desk.find({"C1", ""}));
  CHECK_FALSE(o.desk.find({"", planted_certificate(1)}));
  // The two keys are not run together: "C1" + "62…" is not "C16" + "2…".
  CHECK_FALSE(o.desk.find({"C16", planted_certificate(1).substr(1)}));
}

TEST_CASE("the answer to a wrong pair takes as long whether the case is there or not") {
  case_desk desk;
  for (int n = 0; n < 2'000; ++n) {
    const event e = application_of(n);
    desk.add(case_id{"C" + std::to_string(n)}, {&e, 1});
  }
  using clock = std::chrono::steady_clock;
  const auto time_of = [&](int first) {
    const std::string wrong = planted_certificate(99'999);
    const auto begun = clock::now();
    std::size_t found = 0;
    for (int n = 0; n < 400; ++n)
      found += desk.find({"C" + std::to_string(first + n), wrong}).has_value() ? 1 : 0;
    CHECK(found == 0);
    return std::chrono::duration<double>(clock::now() - begun).count();
  };
  double known = 1; // the best of many rounds: what is left is noise of the machine
  double unknown = 1;
  for (int round = 0; round < 25; ++round) {
    known = std::min(known, time_of(1'000)); // cases that are there
    unknown = std::min(unknown, time_of(5'000));
  }
  MESSAGE("known / unknown: " << known / unknown);
  CHECK(known / unknown > 0.67);
  CHECK(known / unknown < 1.5);
}

TEST_CASE("without a certificate, or with an erased one, nobody can ask") {
  case_desk desk;
  event e = application_of(1);
  e.with.application->certificate_number = erased_value;
  e.with.application->agent_certificate_number = "";
  desk.add(case_id{"C1"}, {&e, 1});
  CHECK(desk.size() == 0);
  CHECK_FALSE(desk.find({"C1", erased_value}));
  const auto inner = memory_store();
  const auto ring = memory_key_ring(some_master());
  const auto store = sealing_store(*inner, *ring);
  keep(*store, case_of(2, "C2"));
  case_desk sealed;
  REQUIRE(sealed.add_all(*inner).has_value());
  CHECK(sealed.size() == 0); // sealed values are no keys
  REQUIRE(sealed.add_all(*store).has_value());
  CHECK(sealed.find({"C2", planted_certificate(2)}));
}
