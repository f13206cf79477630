// Stored histories of every version of events give, for ever, the states they gave when they were
// written: tests/cases/histories/<version>/*.txt, of which each event is followed by the state
// after it. BANLI_WRITE_HISTORIES=<folder> writes some of the version of today.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include <banli/engine/event_version.hpp>

#include "golden.hpp"
#include "walk.hpp"

using namespace sample;

namespace {

namespace fs = std::filesystem;

const fs::path histories = fs::path{BANLI_SOURCE_DIR} / "tests/cases/histories";

/// The text of an event with something put behind its request.
std::string with_version(const event& e, int version) {
  std::string json = to_json(e);
  json.insert(json.find(",\"what\""), fmt::format(",\"version\":{}", version));
  return json;
}

struct golden_seen {
  int events = 0;
  std::set<event_kind> kinds;
};

/// Replays one file; what follows the name of a definition are pairs of an event and a state.
void replay_golden(const fs::path& file, std::uint32_t version, golden_seen& seen) {
  CAPTURE(file.string());
  std::ifstream in{file};
  std::string name, json, told;
  REQUIRE(std::getline(in, name));
  const auto d = golden_definition(name);
  case_state s;
  s.id = case_id{"C1"};
  while (std::getline(in, json) && std::getline(in, told)) {
    const auto e = parse_event(json);
    REQUIRE(e.has_value());
    CHECK(to_json(*e) == json);
    CHECK(event_version(*e) <= version);
    s = apply(*d, std::move(s), *e);
    REQUIRE(told_1(*d, s) == told);
    ++seen.events;
    seen.kinds.insert(e->what);
  }
}

void write_golden(const fs::path& file, std::string_view name, const running_case& c) {
  std::ofstream out{file};
  out << name << '\n';
  case_state s;
  s.id = c.state.id;
  for (const event& e : c.history) {
    s = apply(*c.definition, std::move(s), e);
    out << to_json(e) << '\n' << told_1(*c.definition, s) << '\n';
  }
}

/// Cases for a version: random ones, and the ends that those do not come to.
void write_histories(const fs::path& folder) {
  std::mt19937 random{2024};
  for (const char* name : {"chart", "restarts", "joint"}) {
    const auto d = golden_definition(name);
    for (int i = 0; i < 8; ++i) {
      std::vector<std::uint32_t> numbers;
      for (int k = 0; k < 25; ++k) numbers.push_back(static_cast<std::uint32_t>(random()));
      write_golden(folder / fmt::format("{}-{}.txt", name, i), name, random_case(d, numbers));
    }
    details opening = why("不属于本机关职权");
    opening.item = d->item.code;
    opening.by = channel::online;
    opening.applicant = "某某协会";
    running_case refused_one{d};
    refused_one.did("2024-09-02T09:00", "P1", action::refuse, opening);
    write_golden(folder / fmt::format("{}-refused.txt", name), name, refused_one);
    running_case withdrawn_one{d};
    opening.received = on("2024-08-30");
    withdrawn_one.did("2024-09-02T09:00", "P1", action::accept, opening);
    withdrawn_one.did("2024-09-03T09:00", "P1", action::withdraw, why("申请人撤回"));
    write_golden(folder / fmt::format("{}-withdrawn.txt", name), name, withdrawn_one);
  }
}

} // namespace

TEST_CASE("golden histories replay, event by event, to the states they gave") {
  if (const char* folder = std::getenv("BANLI_WRITE_HISTORIES")) return write_histories(folder);
  golden_seen seen;
  int files = 0;
  for (const auto& entry : fs::directory_iterator{histories / "1"}) {
    replay_golden(entry.path(), 1, seen);
    ++files;
  }
  CHECK(files == 30);
  CHECK(seen.events > 200);
  CHECK(seen.kinds.size() == 13); // of the fourteen; a case sent back is in decide_test.cpp
}

TEST_CASE("the version of an event is that of its newest word") {
  event e;
  e.number = 1;
  e.request = request_id{"r"};
  CHECK(event_version(e) == 1);
  e.with.limit = time_limit{5, limit_unit::workday};
  e.with.facts = {{"area", "1"}};
  CHECK(event_version(e) == 1);
  event late = e;
  late.with.recorded = at("2024-09-02T09:00");
  CHECK(event_version(late) == 2);
  event kind = e;
  kind.what = event_kind::claimed;
  CHECK(event_version(kind) == 2);
}

TEST_CASE("an event of a version that is not known is refused by name, and not as damage") {
  event e;
  e.number = 7;
  e.request = request_id{"r7"};
  const auto newer = parse_event(with_version(e, 3));
  REQUIRE_FALSE(newer.has_value());
  CHECK(newer.error().code == errc::store_newer);
  CHECK(newer.error().message.en.find("version 3") != std::string::npos);
  CHECK_FALSE(newer.error().message.zh.empty());
  // Those that are known do not say theirs: it is their words that do.
  CHECK(parse_event(with_version(e, 2)).error().code == errc::store_corrupt);
}
