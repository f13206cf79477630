// Every nth call of the disk fails, every nth allocation: what a store says, and what it keeps.
#include <cstdlib>
#include <list>
#include <new>

#include <doctest/doctest.h>

#include "crash_history.hpp"
#include "failing_memory.hpp"

using namespace banli;
using namespace banli::test;

// Of the whole program; without an armed fault they are what they were. Inlined, the compiler would
// take malloc() and delete for a pair.
[[gnu::noinline]] void* operator new(std::size_t n) {
  if (memory_fault::due()) throw std::bad_alloc{};
  if (void* p = std::malloc(n == 0 ? 1 : n)) return p;
  throw std::bad_alloc{};
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

namespace {

/// Every nth: a slice in every run, all where the whole is asked for.
int stride(int in_every_run) { return std::getenv("BANLI_STORE_CRASHES") ? 1 : in_every_run; }

/// The first appends of the script, ready made, so that only the store's own allocations count.
class ready_script {
 public:
  static constexpr std::size_t size = 12;

  explicit ready_script(const crash_script& script) {
    for (std::size_t i = 0; i < size; ++i) {
      auto& events = events_.emplace_back();
      auto& batch = batches_.emplace_back();
      events.reserve(script[i].size());
      for (const part& p : script[i]) {
        events.push_back(p.events());
        batch.push_back(asking(p.id, events.back()));
      }
    }
  }

  std::span<const append_request> operator[](std::size_t i) const { return batches_[i]; }

 private:
  std::list<std::vector<std::vector<event>>> events_;
  std::vector<std::vector<append_request>> batches_;
};

/// A refusal that a failing machine may cause, in words.
void check_refusal(const error& e, const char* when) {
  CAPTURE(when);
  CAPTURE(e.message.en);
  const bool expected = e.code == errc::store_failure || e.code == errc::version_conflict ||
                        e.code == errc::duplicate_id;
  REQUIRE(expected);
}

/// A day at a store while something fails; what its callers know at the end. `around` is called
/// with each use of the store.
template <class Around>
std::vector<known> opened_all_day(const std::string& path, const crash_script& script,
                                  const ready_script& ready, const Around& around) {
  std::vector<known> so_far(script.size(), known::not_asked);
  std::unique_ptr<case_store> store;
  const auto use = [&](const char* what, const auto& f) {
    std::optional<error> refusal;
    around([&] {
      if (auto r = f(); !r) refusal.emplace(std::move(r.error()));
    });
    if (refusal) check_refusal(*refusal, what);
    return !refusal;
  };
  for (std::size_t i = 0; i < ready_script::size; ++i) {
    if (!store && !use("open", [&]() -> result<void> {
          auto r = open_sqlite_store(path);
          if (!r) return r.error();
          store = std::move(*r);
          return {};
        }))
      continue;
    so_far[i] = known::asked;
    if (use("append", [&] { return store->append(ready[i]); })) so_far[i] = known::told;
    const case_id id{script[i][0].id};
    use("load", [&] { return store->load(id); });
    use("find", [&] { return store->find_request(ready[i][0].events[0].request); });
    if (i % 4 == 3) use("verify", [&] { return store->verify(); });
    if (i % 3 == 2 || so_far[i] != known::told) around([&] { store.reset(); });
  }
  around([&] { store.reset(); });
  return so_far;
}

} // namespace

TEST_CASE("every nth call of the disk fails: nothing acknowledged is lost, and it is said") {
  const folder in;
  crash_vfs disk;
  crash_judge judge{disk, in / "s.db", {}};
  const ready_script ready{judge.script};
  for (const int code : {SQLITE_FULL, SQLITE_IOERR})
    for (const auto then : {crash_vfs::then::once, crash_vfs::then::always}) {
      int nth = 1;
      for (bool failed = true; failed; nth += stride(7)) {
        CAPTURE(code);
        CAPTURE(nth);
        disk.mount({});
        disk.fail(nth, code, then);
        const auto so_far =
            opened_all_day(in / "s.db", judge.script, ready, [](const auto& use) { use(); });
        failed = disk.failed();
        disk.heal();
        REQUIRE(judge.judge(disk.files(), so_far) == "");
      }
      CHECK(nth > 100);
    }
}

TEST_CASE("every nth allocation fails: nothing acknowledged is lost, and it is said") {
  const failing_memory of_sqlite;
  const folder in;
  crash_vfs disk;
  crash_judge judge{disk, in / "s.db", {}};
  const ready_script ready{judge.script};
  for (const auto then : {memory_fault::then::once, memory_fault::then::always}) {
    int nth = 1;
    for (bool failed = true; failed; nth += stride(41)) {
      CAPTURE(nth);
      disk.mount({});
      memory_fault::arm(nth, then);
      const auto so_far = opened_all_day(in / "s.db", judge.script, ready, [](const auto& use) {
        const memory_fault::counting here;
        use();
      });
      failed = memory_fault::failed();
      memory_fault::disarm();
      REQUIRE(judge.judge(disk.files(), so_far) == "");
    }
    CHECK(nth > 1'000);
  }
}
