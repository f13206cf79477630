// A store that writes the same tables as ours, with mistakes: what a proof must find.
#pragma once

#include "crash_history.hpp"
#include "raw_database.hpp"

namespace banli::test {

enum class store_flaw : std::uint8_t {
  none,
  tells_early,       ///< the caller is told before the commit
  request_apart,     ///< the request is written in a transaction of its own, after the events
  case_apart,        ///< so is the case
  parts_apart,       ///< so is each part of an append
  statements_apart,  ///< so is every statement
  journal_in_memory, ///< what is needed to undo half a transaction is not on the disk
  no_journal,        ///< or nowhere
  request_forgotten, ///< the request is not written at all
};

/// Appends to a file that a store of ours has made and closed.
class careless_store {
 public:
  careless_store(const std::string& path, store_flaw flaw) : db_(path), flaw_(flaw) {
    db_.run("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
    if (flaw == store_flaw::journal_in_memory) db_.run("PRAGMA journal_mode = MEMORY");
    if (flaw == store_flaw::no_journal) db_.run("PRAGMA journal_mode = OFF");
    // Pages go to the file before the transaction ends, as those of a large one do.
    if (flaw == store_flaw::journal_in_memory || flaw == store_flaw::no_journal)
      db_.run("PRAGMA cache_size = 2; PRAGMA cache_spill = 1");
  }

  /// Calls tell() when, as it believes, all is durable.
  template <class Tell>
  void append(const one_append& asked, const Tell& tell) {
    const bool whole = flaw_ != store_flaw::statements_apart && flaw_ != store_flaw::parts_apart;
    if (whole) db_.run("BEGIN");
    for (const part& p : asked) append(p);
    if (flaw_ == store_flaw::tells_early) tell();
    if (whole) db_.run("COMMIT");
    for (const std::string& sql : late_) db_.run(sql);
    late_.clear();
    if (flaw_ != store_flaw::tells_early) tell();
  }

 private:
  void append(const part& p) {
    const bool whole = flaw_ == store_flaw::parts_apart;
    if (whole) db_.run("BEGIN");
    stored_case& c = cases_[p.id];
    if (c.version == 0) c = {case_id{p.id}, item_id{"item"}, some_definition, 0, first_hash()};
    std::vector<std::string> rows;
    request_id before;
    for (event e : p.events()) {
      e.number = c.version + 1;
      const std::string json = to_json(e);
      c.chain = next_hash(c.chain, c, json);
      const bool first = std::exchange(before, e.request) != e.request;
      const std::string request = fmt::format("'{}'", e.request.text());
      const bool now =
          first && flaw_ != store_flaw::request_apart && flaw_ != store_flaw::request_forgotten;
      rows.push_back(fmt::format("INSERT INTO events VALUES ('{}', {}, {}, '{}', '{}')", p.id,
                                 e.number, now ? request : "NULL", json, c.chain));
      if (first && flaw_ == store_flaw::request_apart)
        late_.push_back(
            fmt::format("UPDATE events SET request = {} WHERE case_id = '{}' AND number = {}",
                        request, p.id, e.number));
      ++c.version;
    }
    write_case(c);
    for (const std::string& sql : rows) db_.run(sql);
    if (whole) db_.run("COMMIT");
  }

  void write_case(const stored_case& c) {
    const std::string sql = fmt::format(
        "INSERT INTO cases VALUES ('{}', '{}', '{}', {}, '{}') "
        "ON CONFLICT (id) DO UPDATE SET version = excluded.version, chain = excluded.chain",
        c.id.text(), c.item.text(), c.definition, c.version, c.chain);
    if (flaw_ == store_flaw::case_apart)
      late_.push_back(sql);
    else
      db_.run(sql);
  }

  raw_database db_;
  store_flaw flaw_;
  std::map<std::string, stored_case> cases_;
  std::vector<std::string> late_; ///< what is written after the commit
};

} // namespace banli::test
