#include "sqlite_audit.hpp"

namespace banli::detail {

namespace {

result<kept_audit> read_row(const statement& row) {
  const auto number = row.number(0);
  if (!number) return number.error();
  const auto json = row.text(1);
  if (!json) return json.error();
  const auto hash = row.text(2);
  if (!hash) return hash.error();
  return kept_audit{static_cast<std::uint64_t>(*number), std::string{*json}, std::string{*hash}};
}

result<kept_audit> last_audit(const connection& file) {
  auto s = statement::prepare(file, "SELECT number, json, hash FROM audit "
                                    "ORDER BY number DESC LIMIT 1");
  if (!s) return s.error();
  const auto row = s->step();
  if (!row) return row.error();
  if (!*row) return kept_audit{0, {}, first_hash()};
  return read_row(*s);
}

} // namespace

result<void> add_audit(const connection& file, std::span<const audit_entry> entries,
                       chain_digest with, const store_limits& limits) {
  const auto last = last_audit(file);
  if (!last) return last.error();
  const auto records = chain_audit(entries, *last, with, limits);
  if (!records) return records.error();
  auto s = statement::prepare(file, "INSERT INTO audit (number, json, hash) VALUES (?1, ?2, ?3)");
  if (!s) return s.error();
  for (const kept_audit& k : *records) {
    const resetting at_end{*s};
    if (auto r =
            s->bind(1, static_cast<std::int64_t>(k.number)).bind(2, k.json).bind(3, k.hash).run();
        !r)
      return r;
  }
  return {};
}

result<std::vector<audit_record>> audit_after(const connection& file, std::uint64_t after,
                                              std::size_t most) {
  auto s = statement::prepare(file, "SELECT number, json, hash FROM audit WHERE number > ?1 "
                                    "ORDER BY number LIMIT ?2");
  if (!s) return s.error();
  constexpr std::uint64_t longest = std::uint64_t{1} << 62U; // as far as SQLite counts
  s->bind(1, static_cast<std::int64_t>(std::min(after, longest)))
      .bind(2, static_cast<std::int64_t>(std::min<std::uint64_t>(most, longest)));
  std::vector<audit_record> out;
  for (auto row = s->step(); !row || *row; row = s->step()) {
    if (!row) return row.error();
    const auto kept = read_row(*s);
    if (!kept) return kept.error();
    auto told = read_audit(*kept);
    if (!told) return told.error();
    out.push_back(std::move(*told));
  }
  return out;
}

result<std::optional<chain_fault>> verify_audit(const connection& file, chain_digest with) {
  auto s = statement::prepare(file, "SELECT number, json, hash FROM audit ORDER BY number");
  if (!s) return s.error();
  audit_walk walk{with};
  for (auto row = s->step(); !row || *row; row = s->step()) {
    if (!row) return row.error();
    const auto kept = read_row(*s);
    if (!kept) return kept.error();
    if (auto fault = walk.next(*kept)) return fault;
  }
  return std::optional<chain_fault>{};
}

} // namespace banli::detail
