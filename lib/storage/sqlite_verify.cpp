#include "sqlite_verify.hpp"

#include <algorithm>
#include <charconv>

#include "chain.hpp"
#include "keyed_sum.hpp"

namespace banli::detail {

namespace {

/// What a column may hold is left to the walk, which names the event that breaks it, while a
/// connection has this.
class unchecked_constraints {
 public:
  explicit unchecked_constraints(const connection& on) : on_(&on) {
    (void)on.run("PRAGMA ignore_check_constraints = ON"); // if not, it only takes longer
  }
  ~unchecked_constraints() {
    sqlite3_exec(on_->handle(), "PRAGMA ignore_check_constraints = OFF", nullptr, nullptr, nullptr);
  }
  unchecked_constraints(const unchecked_constraints&) = delete;
  unchecked_constraints& operator=(const unchecked_constraints&) = delete;

 private:
  const connection* on_;
};

/// Whether the file is a sound database: pages and types. The order of rows and whether the index
/// of requests agrees with them is left to walk_of_all: SQLite's own check of that looks up every
/// request by itself, each on another page. So are the constraints.
result<void> check_pages(const connection& file) {
  const unchecked_constraints meanwhile{file};
  const auto said = file.text("PRAGMA quick_check(1)");
  if (!said) return said.error();
  if (*said == "ok") return {};
  // A page that could not be read says nothing about the page.
  constexpr std::string_view mark = "unable to get the page. error code=";
  const std::size_t at = said->find(mark);
  int code = SQLITE_CORRUPT;
  if (at != std::string::npos)
    std::from_chars(said->data() + at + mark.size(), said->data() + said->size(), code);
  const bool unread = (code & 0xFF) == SQLITE_IOERR;
  return sqlite_error(unread ? SQLITE_IOERR : SQLITE_CORRUPT, file.path(), *said);
}

/// False: a column is of another type.
bool read_link(const statement& row, chain_link& into) {
  return row.read(0, into.number) && row.read(1, into.request) && row.read(2, into.json) &&
         row.read(3, into.hash);
}

/// Walks the events of one case.
result<std::optional<chain_fault>> verify_case(statement& events, const stored_case& of,
                                               chain_maker& chain) {
  const resetting at_end{events};
  events.bind(1, of.id.text());
  chain_walk walk{of, chain};
  for (auto row = events.step(); !row || *row; row = events.step()) {
    if (!row) return row.error();
    chain_link link;
    if (!read_link(events, link)) return events.wrong_type();
    if (auto fault = walk.next(link)) return fault;
  }
  return walk.finish();
}

chain_fault no_case(std::string_view id, std::int64_t number) {
  return {case_id{id},
          std::in_range<std::uint32_t>(number) ? static_cast<std::uint32_t>(number) : 0,
          {"the store has no such case, only events of it", "没有此办件,只有它的事件"}};
}

/// Walks all events and all cases side by side, each once and in order, then the index of requests.
/// Only for a file whose pages are sound: in another a walk need not end. Errors: store_corrupt
/// where rows are out of order, or the index is of other requests than theirs: it could hide one,
/// which would then be done twice.
class walk_of_all {
 public:
  walk_of_all(const connection& file, statement& cases, chain_digest with)
      : file_(file), cases_(cases), chain_(with) {}

  result<std::vector<chain_fault>> run() {
    if (auto r = next_case(); !r) return r.error();
    if (auto r = file_.each_row("SELECT 1 FROM events NOT INDEXED WHERE visited(case_id, number, "
                                "request, json, hash) ORDER BY case_id, number",
                                [this](row_values event) { return see(event); });
        !r)
      return r.error();
    while (next_)
      if (auto r = begin_case(); !r) return r.error();
    end_case();
    if (auto r = walk_index(); !r) return r.error();
    return std::move(faults_);
  }

 private:
  error out_of_order(std::string_view what) const {
    return sqlite_error(SQLITE_CORRUPT, file_.path(), fmt::format("{} are out of order", what));
  }

  result<void> see(row_values event) {
    std::string_view id;
    chain_link link;
    if (!read_value(event[0], id) || !read_value(event[1], link.number) ||
        !read_value(event[2], link.request) || !read_value(event[3], link.json) ||
        !read_value(event[4], link.hash))
      return wrong_type(file_.path());
    if (!id_ || id != *id_) {
      if (id_ && id < *id_) return out_of_order("events");
      if (auto r = come_to(id, link.number); !r) return r;
    } else if (link.number <= number_) {
      return out_of_order("events");
    }
    number_ = link.number;
    if (link.request) of_events_.add(*link.request, id, link.number);
    if (walk_) keep(walk_->next(link));
    return {};
  }

  /// The case of the event that is next, if there is one.
  result<void> come_to(std::string_view id, std::int64_t number) {
    id_ = id;
    while (next_ && next_->id.text() <= id)
      if (auto r = begin_case(); !r) return r;
    if (walk_ && now_->id.text() == id) return {};
    end_case();
    faults_.push_back(no_case(id, number)); // somebody removed it
    return {};
  }

  result<void> begin_case() {
    end_case();
    now_ = std::move(next_);
    walk_.emplace(*now_, chain_);
    return next_case();
  }

  void end_case() {
    if (walk_) keep(walk_->finish());
    walk_.reset();
  }

  /// The first fault of a case is the one that is told.
  void keep(std::optional<chain_fault> fault) {
    if (!fault) return;
    faults_.push_back(std::move(*fault));
    walk_.reset();
  }

  result<void> next_case() {
    next_.reset();
    const auto row = cases_.step();
    if (!row) return row.error();
    if (!*row) return {};
    auto of = read_case(cases_);
    if (!of) return of.error();
    if (of->id.text() <= (now_ ? now_->id.text() : std::string_view{}))
      return out_of_order("cases");
    next_ = std::move(*of);
    return {};
  }

  result<void> walk_index() {
    std::optional<std::string> last;
    keyed_sum of_index{key_};
    const auto see_request = [&](row_values entry) -> result<void> {
      std::string_view request, id;
      std::int64_t number = 0;
      if (!read_value(entry[0], request) || !read_value(entry[1], id) ||
          !read_value(entry[2], number))
        return sqlite_error(SQLITE_CORRUPT, file_.path(), "the index of requests is no index");
      if (last && request <= *last) return out_of_order("requests");
      last = request;
      of_index.add(request, id, number);
      return {};
    };
    if (auto r =
            file_.each_row("SELECT 1 FROM events INDEXED BY events_by_request WHERE request "
                           "IS NOT NULL AND visited(request, case_id, number) ORDER BY request",
                           see_request);
        !r)
      return r;
    if (of_index.sum() == of_events_.sum()) return {};
    return sqlite_error(SQLITE_CORRUPT, file_.path(),
                        "the index of requests is of other requests than the events");
  }

  const connection& file_;
  statement& cases_;
  chain_maker chain_;
  std::array<std::uint64_t, 2> key_ = random_sum_key();
  keyed_sum of_events_{key_};
  std::vector<chain_fault> faults_;
  std::optional<stored_case> now_, next_;
  std::optional<chain_walk> walk_; ///< of the case now, until a fault is found in it
  std::optional<std::string> id_;  ///< of the case of the event before
  std::int64_t number_ = 0;        ///< of the event before
};

result<std::vector<chain_fault>> verify_sound(const connection& file, chain_digest with) {
  auto cases = statement::prepare(
      file, "SELECT id, item, definition, version, chain FROM cases ORDER BY id");
  if (!cases) return cases.error();
  return walk_of_all{file, *cases, with}.run();
}

} // namespace

result<stored_case> read_case(const statement& row) {
  std::array<std::string_view, 5> column;
  for (const int i : {0, 1, 2, 4}) {
    const auto t = row.text(i);
    if (!t) return t.error();
    column[static_cast<std::size_t>(i)] = *t;
  }
  const auto version = row.number(3);
  if (!version) return version.error();
  if (*version < 1 || !std::in_range<std::uint32_t>(*version))
    return make_error(errc::store_corrupt, "case '{}' has version {}", "办件“{}”的版本是 {}",
                      column[0], *version);
  return stored_case{case_id{column[0]}, item_id{column[1]}, std::string{column[2]},
                     static_cast<std::uint32_t>(*version), std::string{column[4]}};
}

result<std::vector<stored_case>> cases_after(const connection& file, const std::string& after) {
  auto s = statement::prepare(file, "SELECT id, item, definition, version, chain FROM cases "
                                    "WHERE id > ?1 ORDER BY id LIMIT 1000");
  if (!s) return s.error();
  s->bind(1, after);
  std::vector<stored_case> page;
  for (auto row = s->step(); !row || *row; row = s->step()) {
    if (!row) return row.error();
    auto c = read_case(*s);
    if (!c) return c.error();
    if (c->id.text() <= (page.empty() ? after : page.back().id.text()))
      return sqlite_error(SQLITE_CORRUPT, file.path(), "cases are out of order");
    page.push_back(std::move(*c));
  }
  return page;
}

namespace {

/// Walks case by case in a file that is damaged: this ends, whatever its pages say.
result<std::vector<chain_fault>> verify_damaged(const connection& file, chain_digest with) {
  auto events = statement::prepare(
      file, "SELECT number, request, json, hash FROM events WHERE case_id = ?1 ORDER BY number");
  if (!events) return events.error();
  std::vector<chain_fault> faults;
  chain_maker chain{with};
  std::string after;
  for (;;) {
    const auto page = cases_after(file, after);
    if (!page) return page.error();
    if (page->empty()) return faults;
    for (const stored_case& c : *page) {
      auto fault = verify_case(*events, c, chain);
      if (!fault) return fault.error();
      if (*fault) faults.push_back(std::move(**fault));
    }
    after = page->back().id.text();
  }
}

} // namespace

result<std::vector<chain_fault>> verify_file(const connection& file, chain_digest with) {
  auto damage = check_pages(file);
  if (damage) {
    auto faults = verify_sound(file, with);
    if (faults) return faults;
    damage = faults.error();
  }
  // A damaged file whose damage can be named by case and event is worth more than its bare name.
  auto faults = verify_damaged(file, with);
  if (!faults || !faults->empty()) return faults;
  return damage.error();
}

result<std::optional<chain_fault>> verify_one(const connection& file, const stored_case& of,
                                              chain_digest with) {
  auto events = statement::prepare(
      file, "SELECT number, request, json, hash FROM events WHERE case_id = ?1 ORDER BY number");
  if (!events) return events.error();
  chain_maker chain{with};
  return verify_case(*events, of, chain);
}

} // namespace banli::detail
