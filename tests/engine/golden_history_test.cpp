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
  int files = 0;
  int events = 0;
  std::set<event_kind> kinds;
};

/// A state in the words of a version.
std::string told(std::uint32_t version, const case_definition& d, const case_state& s) {
  return version == 1 ? told_1(d, s) : told_2(d, s);
}

/// Replays one file; what follows the name of a definition are pairs of an event and a state.
void replay_golden(const fs::path& file, std::uint32_t version, golden_seen& seen) {
  CAPTURE(file.string());
  std::ifstream in{file};
  std::string name, json, state;
  REQUIRE(std::getline(in, name));
  const auto d = golden_definition(name);
  case_state s;
  s.id = case_id{"C1"};
  ++seen.files;
  while (std::getline(in, json) && std::getline(in, state)) {
    const auto e = parse_event(json);
    REQUIRE(e.has_value());
    CHECK(to_json(*e) == json);
    CHECK(event_version(*e) <= version);
    s = apply(*d, std::move(s), *e);
    REQUIRE(told(version, *d, s) == state);
    ++seen.events;
    seen.kinds.insert(e->what);
  }
}

golden_seen replay_all(std::uint32_t version) {
  golden_seen seen;
  for (const auto& entry : fs::directory_iterator{histories / std::to_string(version)})
    replay_golden(entry.path(), version, seen);
  return seen;
}

void write_golden(const fs::path& file, std::string_view name, std::uint32_t version,
                  const running_case& c) {
  std::ofstream out{file};
  out << name << '\n';
  case_state s;
  s.id = c.state.id;
  for (const event& e : c.history) {
    s = apply(*c.definition, std::move(s), e);
    out << to_json(e) << '\n' << told(version, *c.definition, s) << '\n';
  }
}

std::vector<std::uint32_t> drawn(std::mt19937& random, std::size_t how_many) {
  std::vector<std::uint32_t> out;
  while (out.size() < how_many) out.push_back(static_cast<std::uint32_t>(random()));
  return out;
}

/// Cases in the words of version 1: random ones, and the ends that those do not come to.
void write_version_1(const fs::path& folder) {
  std::mt19937 random{2024};
  for (const char* name : {"chart", "restarts", "joint"}) {
    const auto d = golden_definition(name);
    const auto write = [&](std::string_view which, const running_case& c) {
      write_golden(folder / fmt::format("{}-{}.txt", name, which), name, 1, c);
    };
    for (int i = 0; i < 8; ++i) write(std::to_string(i), random_case(d, drawn(random, 25)));
    details opening = why("不属于本机关职权");
    opening.item = d->item.code;
    opening.by = channel::online;
    opening.applicant = "某某协会";
    running_case refused_one{d};
    refused_one.did("2024-09-02T09:00", "P1", action::refuse, opening);
    write("refused", refused_one);
    running_case withdrawn_one{d};
    opening.received = on("2024-08-30");
    withdrawn_one.did("2024-09-02T09:00", "P1", action::accept, opening);
    withdrawn_one.did("2024-09-03T09:00", "P1", action::withdraw, why("申请人撤回"));
    write("withdrawn", withdrawn_one);
  }
  const auto d = golden_definition("chart");
  running_case back{d};
  back.accept();
  back.did("2024-09-03T10:00", "P1", action::complete, of_step("受理"));
  details again = of_step("审查");
  again.to_step = node_id{"受理"};
  again.reason = "材料不清";
  back.did("2024-09-04T10:00", "P2", action::send_back, again);
  back.did("2024-09-05T10:00", "P1", action::complete, of_step("受理"));
  write_golden(folder / "chart-sent_back.txt", "chart", 1, back);
}

/// Cases in the words of version 2, until every kind of event that it has stands in one.
void write_version_2(const fs::path& folder) {
  std::mt19937 random{2026};
  std::set<event_kind> seen;
  const auto no_look = [](const running_case&, action, std::size_t) {};
  const auto all_kinds = static_cast<std::size_t>(event_kind::migrated);
  for (int i = 0, written = 0; i < 100'000 && seen.size() < all_kinds; ++i) {
    const char* const name = i % 3 == 0 ? "chart" : "promises";
    running_case c = any_case(golden_definition(name), drawn(random, 60), no_look);
    std::size_t until = 0; // the last event of a kind that no file has yet
    for (const event& e : c.history)
      if (seen.insert(e.what).second) until = e.number;
    c.history.resize(until);
    if (until > 0) write_golden(folder / fmt::format("{}-{}.txt", name, written++), name, 2, c);
  }
}

} // namespace

TEST_CASE("golden histories replay, event by event, to the states they gave") {
  if (const char* folder = std::getenv("BANLI_WRITE_HISTORIES")) {
    for (const auto& [version, write] :
         {std::pair{"1", &write_version_1}, {"2", &write_version_2}}) {
      fs::create_directories(fs::path{folder} / version);
      write(fs::path{folder} / version);
    }
    return;
  }
  const golden_seen first = replay_all(1);
  CHECK(first.files == 31);
  CHECK(first.events > 200);
  CHECK(first.kinds.size() == 14); // all of version 1
  const golden_seen second = replay_all(2);
  CHECK(second.files == 17);
  CHECK(second.events > 90);
  // All there are but migrated, which takes two definitions (migrate_case_test.cpp).
  CHECK(second.kinds.size() == static_cast<std::size_t>(event_kind::migrated));
  CHECK_FALSE(second.kinds.contains(event_kind::migrated));
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
