// The power fails, again and again, at every step that a store makes on its disk.
#include <cstdlib>

#include <doctest/doctest.h>

#include "careless_store.hpp"
#include "crash_history.hpp"

using namespace banli;
using namespace banli::test;

namespace {

/// How many times the power fails: a slice in every run, BANLI_STORE_CRASHES for the whole.
std::size_t crashes() {
  if (const char* n = std::getenv("BANLI_STORE_CRASHES")) return std::strtoull(n, nullptr, 10);
  return 600;
}

/// A part of the script by several callers at once.
void ask_at_once(crash_vfs& disk, case_store& store, const crash_script& script) {
  std::vector<std::thread> callers;
  for (std::size_t me = 0; me < crash_script::callers; ++me)
    callers.emplace_back([&, me] {
      for (std::size_t i = script.alone() + me; i < script.size(); i += crash_script::callers) {
        disk.note(disk_step::kind::asked, i);
        if (ask(store, script[i])) disk.note(disk_step::kind::told, i);
      }
    });
  for (std::thread& t : callers) t.join();
}

/// The life of a store: appends, some of them twice, checkpoints, a copy, several times closed.
crash_trace live(crash_vfs& disk, const folder& in, const crash_script& script) {
  disk.mount({});
  crash_trace run;
  auto store = open(in / "s.db");
  for (std::size_t i = 0; i < script.alone(); ++i) {
    disk.note(disk_step::kind::asked, i);
    REQUIRE(ask(*store, script[i]));
    disk.note(disk_step::kind::told, i);
    if (i % 4 == 1) REQUIRE_FALSE(ask(*store, script[i]));
    if (i % 5 == 2) {
      run.kept.push_back(take_checkpoint(*store, "here").value());
      disk.note(disk_step::kind::kept, run.kept.size());
    }
    if (i == 8) {
      run.copied = back_up(*store, in / "copy.db").value();
      std::filesystem::remove(in / "copy.db");
      disk.note(disk_step::kind::kept, 0);
    }
    if (i % 6 == 5) {
      store.reset();
      store = open(in / "s.db");
    }
  }
  ask_at_once(disk, *store, script);
  store.reset();
  run.start = disk.start();
  run.steps = disk.take_trace();
  return run;
}

/// What is found first when the power fails under a store, or nothing.
std::string found_after_crashes(crash_vfs& disk, std::size_t points, std::uint32_t seed) {
  const folder in;
  crash_judge judge{disk, in / "s.db", in / "copy.db.part"};
  const crash_trace run = live(disk, in, judge.script);
  REQUIRE(run.steps.size() > 200);
  std::mt19937 random{seed};
  std::string wrong;
  while (wrong.empty() && judge.judged() < points)
    wrong = judge.walk(run, std::min<std::size_t>(points - judge.judged(), 500), random);
  return wrong;
}

/// The same for a store that is not ours.
std::string found_in_careless(store_flaw flaw) {
  const folder in;
  crash_vfs disk;
  crash_judge judge{disk, in / "s.db", {}};
  disk.mount({});
  open(in / "s.db").reset();
  crash_trace run{disk.files(), {}, {}, {}};
  disk.mount(run.start);
  {
    careless_store store{in / "s.db", flaw};
    for (std::size_t i = 0; i < judge.script.size(); ++i) {
      disk.note(disk_step::kind::asked, i);
      store.append(judge.script[i], [&] { disk.note(disk_step::kind::told, i); });
    }
  }
  run.steps = disk.take_trace();
  std::mt19937 random{3};
  return judge.walk(run, 400, random);
}

} // namespace

TEST_CASE("the power fails at any step: no acknowledged event is lost, nothing is damaged") {
  crash_vfs disk;
  // Callers who ask at once make another trace each time.
  constexpr std::uint32_t lives = 4;
  for (std::uint32_t seed = 1; seed <= lives; ++seed)
    REQUIRE(found_after_crashes(disk, (crashes() + lives - 1) / lives, seed) == "");
}

TEST_CASE("a disk that is careless is found out") {
  using enum disk_flaw;
  for (const disk_flaw flaw : {lies, forgets_file, forgets_log, forgets_names, forgets_sizes,
                               syncs_too_early, removes_logs}) {
    crash_vfs disk;
    disk.flaw = flaw;
    CAPTURE(static_cast<int>(flaw));
    CHECK(found_after_crashes(disk, 2'000, 5) != "");
  }
}

TEST_CASE("less than synchronous=FULL is found out") {
  for (const char level : {'0', '1'}) {
    crash_vfs disk;
    disk.synchronous = level;
    CAPTURE(level);
    CHECK(found_after_crashes(disk, 2'000, 7) != "");
  }
}

TEST_CASE("a store that is careless is found out, and one that is not passes") {
  CHECK(found_in_careless(store_flaw::none) == "");
  using enum store_flaw;
  for (const store_flaw flaw :
       {tells_early, request_apart, case_apart, parts_apart, statements_apart, journal_in_memory,
        no_journal, request_forgotten}) {
    CAPTURE(static_cast<int>(flaw));
    CHECK(found_in_careless(flaw) != "");
  }
}
