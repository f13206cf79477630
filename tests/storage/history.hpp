// Events for store tests: what they say does not matter, only that each is different.
#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include <unistd.h>

#include <banli/storage/case_store.hpp>
#include <banli/storage/sqlite_store.hpp>
#include <banli/time/text.hpp>

namespace banli {

/// So that a failing check of a result says why.
inline std::ostream& operator<<(std::ostream& out, const error& e) {
  return out << to_string(e, language::en);
}

} // namespace banli

namespace banli::test {

/// A definition's hash, such as the engine makes.
inline const std::string some_definition(64, 'd');

/// Event n of a case, by a request of its own.
inline event some_event(const std::string& id, std::uint32_t n) {
  event e;
  e.number = n;
  e.what = n == 1 ? event_kind::accepted : event_kind::completed;
  e.at = instant{*parse_day("2024-01-02")} + std::chrono::hours{n};
  e.actor = person_id{"MZ01"};
  e.request = request_id{id + "/" + std::to_string(n)};
  e.with = {.step = node_id{"初审"}, .opinion = "同意 " + id};
  return e;
}

/// Events first .. last of a case.
inline std::vector<event> some_events(const std::string& id, std::uint32_t first,
                                      std::uint32_t last) {
  std::vector<event> out;
  for (std::uint32_t n = first; n <= last; ++n) out.push_back(some_event(id, n));
  return out;
}

/// An append that lives as long as its events.
inline append_request asking(const std::string& id, const std::vector<event>& events) {
  return {.id = case_id{id},
          .item = item_id{"item"},
          .definition = some_definition,
          .expected = events.empty() ? 0 : events.front().number - 1,
          .events = events};
}

inline result<void> append(case_store& store, const append_request& one) {
  return store.append({&one, 1});
}

/// Appends events first .. last of a case.
inline result<void> append(case_store& store, const std::string& id, std::uint32_t first,
                           std::uint32_t last) {
  const auto events = some_events(id, first, last);
  return append(store, asking(id, events));
}

/// A folder of its own, gone with the test.
class folder {
 public:
  folder() {
    // In memory where that is possible: what these tests ask for does not depend on the disk, but
    // waits for it at every commit.
    const std::filesystem::path memory{"/dev/shm"};
    const bool there = ::access(memory.c_str(), W_OK) == 0;
    const auto parent = there ? memory : std::filesystem::temp_directory_path();
    std::string name = (parent / "banli-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  folder(const folder&) = delete;
  folder& operator=(const folder&) = delete;

  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::unique_ptr<case_store> open(const std::string& path) {
  return open_sqlite_store(path).value();
}

/// The code of a refusal, or nothing.
template <class T>
std::optional<errc> refused(const result<T>& r) {
  return r ? std::nullopt : std::optional{r.error().code};
}

} // namespace banli::test
