#include "sqlite_verify.hpp"

#include <algorithm>

#include "chain.hpp"

namespace banli::detail {

namespace {

/// Whether the file is a sound database: pages, order of rows, indexes, types.
result<void> check_pages(const connection& file) {
  const auto said = file.text("PRAGMA integrity_check(1)");
  if (!said) return said.error();
  if (*said != "ok") return sqlite_error(SQLITE_CORRUPT, file.path(), *said);
  return {};
}

result<chain_link> read_link(const statement& row) {
  const auto number = row.number(0);
  if (!number) return number.error();
  chain_link link{.number = *number, .request = {}, .json = {}, .hash = {}};
  if (!row.is_null(1)) {
    const auto request = row.text(1);
    if (!request) return request.error();
    link.request = *request;
  }
  const auto json = row.text(2);
  if (!json) return json.error();
  const auto hash = row.text(3);
  if (!hash) return hash.error();
  link.json = *json;
  link.hash = *hash;
  return link;
}

/// Walks the events of one case.
result<std::optional<chain_fault>> verify_case(statement& events, const stored_case& of,
                                               chain_maker& chain) {
  const resetting at_end{events};
  events.bind(1, of.id.text());
  chain_walk walk{of, chain};
  for (auto row = events.step(); !row || *row; row = events.step()) {
    if (!row) return row.error();
    const auto link = read_link(events);
    if (!link) return link.error();
    if (auto fault = walk.next(*link)) return fault;
  }
  return walk.finish();
}

/// Events whose case is not there: somebody removed it.
result<void> add_orphans(const connection& file, std::vector<chain_fault>& faults) {
  auto s = statement::prepare(file, "SELECT case_id, min(number) FROM events "
                                    "WHERE case_id NOT IN (SELECT id FROM cases) GROUP BY case_id");
  if (!s) return s.error();
  for (auto row = s->step(); !row || *row; row = s->step()) {
    if (!row) return row.error();
    const auto id = s->text(0);
    if (!id) return id.error();
    const auto number = s->number(1);
    if (!number) return number.error();
    faults.push_back(
        {case_id{*id},
         static_cast<std::uint32_t>(*number),
         {"the store has no such case, only events of it", "没有此办件,只有它的事件"}});
  }
  return {};
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

result<std::vector<chain_fault>> verify_file(const connection& file, chain_digest with) {
  const auto pages = check_pages(file);
  auto events = statement::prepare(
      file, "SELECT number, request, json, hash FROM events WHERE case_id = ?1 ORDER BY number");
  if (!events) return events.error();
  std::vector<chain_fault> faults;
  chain_maker chain{with};
  std::string after;
  for (;;) {
    const auto page = cases_after(file, after);
    if (!page) return page.error();
    if (page->empty()) break;
    for (const stored_case& c : *page) {
      auto fault = verify_case(*events, c, chain);
      if (!fault) return fault.error();
      if (*fault) faults.push_back(std::move(**fault));
    }
    after = page->back().id.text();
  }
  // A damaged file whose damage can be named by case and event is worth more than its bare name.
  // The walk above ends on any file; looking for what belongs to no case is safe in a sound one
  // only.
  if (!pages && faults.empty()) return pages.error();
  if (pages)
    if (auto r = add_orphans(file, faults); !r) return r.error();
  std::ranges::sort(faults, {}, &chain_fault::id);
  return faults;
}

} // namespace banli::detail
