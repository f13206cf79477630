// What callers ask of a store, what they were told, and whether a store keeps it.
#pragma once

#include <span>
#include <thread>

#include <banli/storage/backup.hpp>
#include <banli/storage/checkpoint.hpp>

#include "crash_vfs.hpp"
#include "history.hpp"

namespace banli::test {

/// What is known of an append when the power fails.
enum class known : std::uint8_t { not_asked, asked, told };

/// Events first .. last of a case.
struct part {
  std::string id;
  std::uint32_t first = 0;
  std::uint32_t last = 0;

  request_id request() const { return request_id{fmt::format("{}/{}", id, first)}; }

  std::vector<event> events() const {
    auto out = some_events(id, first, last);
    if (out.size() > 2) out[1].request = out[0].request; // one request may lead to several
    return out;
  }
};

/// One append: all of its parts, or none.
using one_append = std::vector<part>;

/// Appends one after another: single events, many, cases together, and callers at once.
class crash_script {
 public:
  crash_script() {
    for (int round = 0; round < 2; ++round) {
      one({"a"}, 1), one({"b"}, 1), one({"a"}, 4);
      one({"a", "b", "c"}, 2);
      one({"c"}, 15);
    }
    alone_ = all_.size();
    for (int round = 0; round < 2; ++round)
      for (const char* caller : {"p", "q", "r", "s"}) one({caller}, 1);
    for (const one_append& a : all_)
      for (const part& p : a)
        for (event& e : p.events()) expected_[p.id].push_back(std::move(e));
  }

  std::size_t size() const { return all_.size(); }
  const one_append& operator[](std::size_t i) const { return all_[i]; }

  /// Those before it are asked for by one caller; the others by one for each case.
  std::size_t alone() const { return alone_; }
  static constexpr std::size_t callers = 4;

  /// Every case as it is at the end.
  const std::map<std::string, std::vector<event>>& expected() const { return expected_; }

 private:
  void one(std::initializer_list<const char*> ids, std::uint32_t events) {
    one_append a;
    for (const char* id : ids) {
      a.push_back({id, last_[id] + 1, last_[id] + events});
      last_[id] += events;
    }
    all_.push_back(std::move(a));
  }

  std::vector<one_append> all_;
  std::size_t alone_ = 0;
  std::map<std::string, std::uint32_t> last_;
  std::map<std::string, std::vector<event>> expected_;
};

/// Calls append(batch) with one append of the script.
template <class Append>
auto ask(const one_append& a, const Append& append) {
  std::vector<std::vector<event>> events;
  std::vector<append_request> batch;
  events.reserve(a.size());
  for (const part& p : a) {
    events.push_back(p.events());
    batch.push_back(asking(p.id, events.back()));
  }
  return append(std::span<const append_request>{batch});
}

inline result<void> ask(case_store& store, const one_append& a) {
  return ask(a, [&](std::span<const append_request> batch) { return store.append(batch); });
}

/// A trace and what was promised in it: checkpoints, by number, and a copy.
struct crash_trace {
  disk_image start;
  std::vector<disk_step> steps;
  std::vector<checkpoint> kept;
  backup_report copied;
};

/// Judges what a crash left behind.
class crash_judge {
 public:
  crash_judge(crash_vfs& disk, std::string path, std::string copy)
      : disk_(disk), path_(std::move(path)), copy_(std::move(copy)) {}

  const crash_script script{};

  /// Stops at `points` places or some more, spread over a trace, and says what is wrong first, or
  /// nothing.
  std::string walk(const crash_trace& run, std::size_t points, std::mt19937& random) {
    return walk(run, std::vector(script.size(), known::not_asked), points, random, 2);
  }

  /// Judges one state of the disk.
  std::string judge(const disk_image& files, const std::vector<known>& so_far) {
    disk_.mount(files);
    const auto store = open_sqlite_store(path_);
    if (!store) return "it does not open: " + store.error().message.en;
    return judge(**store, so_far);
  }

  std::size_t judged() const { return judged_; }

 private:
  std::string walk(const crash_trace& run, std::vector<known> so_far, std::size_t points,
                   std::mt19937& random, int deeper) {
    crash_disk disk{run.start};
    std::size_t kept = 0, done = 0;
    bool copied = false;
    for (std::size_t i = 0; i < run.steps.size(); ++i) {
      const disk_step& s = run.steps[i];
      disk.walk(s);
      if (s.what == disk_step::kind::asked) so_far[s.at] = known::asked;
      if (s.what == disk_step::kind::told) so_far[s.at] = known::told;
      if (s.what == disk_step::kind::kept && s.at == 0) copied = true;
      if (s.what == disk_step::kind::kept && s.at > 0) kept = s.at;
      for (; done * run.steps.size() < (i + 1) * points; ++done) {
        const disk_image files = disk.crash(random);
        std::string wrong = judge(files, so_far);
        if (wrong.empty() && kept > 0 && random() % 4 == 0)
          wrong = judge_kept(std::span{run.kept}.first(kept));
        if (wrong.empty() && copied && random() % 8 == 0) wrong = judge_copy(files, run.copied);
        if (wrong.empty() && deeper > 0 && random() % 16 == 0)
          wrong = go_on(files, so_far, random, deeper - 1);
        ++judged_;
        if (!wrong.empty()) return fmt::format("after step {}: {}", i, wrong);
      }
    }
    return {};
  }

  std::string judge(const case_store& store, const std::vector<known>& so_far) const {
    const auto faults = store.verify();
    if (!faults) return "it does not verify: " + faults.error().message.en;
    if (!faults->empty())
      return fmt::format("{}: {}", faults->front().id.text(), faults->front().what.en);
    std::map<std::string, std::size_t> there;
    for (const auto& [id, events] : script.expected()) {
      const auto found = store.load(case_id{id});
      if (!found) return found.error().message.en;
      if (found->size() > events.size() ||
          !std::equal(found->begin(), found->end(), events.begin()))
        return id + ": these are not the events that were appended";
      there[id] = found->size();
    }
    for (std::size_t i = 0; i < script.size(); ++i) {
      std::size_t parts = 0;
      for (const part& p : script[i]) {
        if (there[p.id] >= p.first && there[p.id] < p.last)
          return fmt::format("append {} is half there", i);
        const bool is = there[p.id] >= p.last;
        parts += is;
        const auto done = store.find_request(p.request());
        if (!done || done->has_value() != is)
          return fmt::format("the request of append {} is lost", i);
      }
      if (parts != 0 && parts != script[i].size()) return fmt::format("append {} is half there", i);
      if (parts == 0 && so_far[i] == known::told)
        return fmt::format("append {} was acknowledged and is lost", i);
      if (parts != 0 && so_far[i] == known::not_asked)
        return fmt::format("nobody asked for append {}", i);
    }
    return {};
  }

  std::string judge_kept(std::span<const checkpoint> kept) const {
    const auto store = open_sqlite_store(path_);
    if (!store) return store.error().message.en;
    for (const checkpoint& c : kept) {
      const auto gone = compare(**store, c);
      if (!gone || !gone->empty()) return "a checkpoint has more than the store";
    }
    return {};
  }

  std::string judge_copy(const disk_image& files, const backup_report& copied) {
    disk_.mount(files);
    const auto store = open_sqlite_store(copy_);
    if (!store) return "the copy: " + store.error().message.en;
    const auto faults = (*store)->verify();
    if (!faults || !faults->empty()) return "the copy does not verify";
    if ((*store)->event_count().value() != copied.events) return "the copy is not whole";
    return {};
  }

  /// Every caller asks again, who was told, too; then the power fails another time.
  std::string go_on(const disk_image& files, const std::vector<known>& before, std::mt19937& random,
                    int deeper) {
    disk_.mount(files);
    crash_trace again{disk_.start(), {}, {}, {}};
    std::vector<known> after = before;
    {
      const auto store = open_sqlite_store(path_);
      if (!store) return "it does not open again: " + store.error().message.en;
      for (std::size_t i = 0; i < script.size(); ++i) {
        if (before[i] == known::not_asked) continue;
        const bool there = (*store)->done(script[i][0].request()).value();
        disk_.note(disk_step::kind::asked, i);
        const auto r = ask(**store, script[i]);
        const auto why = refused(r);
        if (there ? why != errc::version_conflict && why != errc::duplicate_id : why.has_value())
          return fmt::format("append {} is not done exactly once", i);
        disk_.note(disk_step::kind::told, i);
        after[i] = known::told;
      }
    }
    again.steps = disk_.take_trace();
    if (auto wrong = judge(disk_.files(), after); !wrong.empty()) return wrong;
    return walk(again, before, 4, random, deeper);
  }

  crash_vfs& disk_;
  std::string path_;
  std::string copy_;
  std::size_t judged_ = 0;
};

} // namespace banli::test
