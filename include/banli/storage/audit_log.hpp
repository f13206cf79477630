// audit_log.hpp — what was asked and refused, kept beside the cases.
//
// Events say what happened. A command that was refused changes no case and leaves no event, and is
// yet what an inspector wants to see: who tried to decide a case they had examined, and how often.
// A store keeps these attempts in one list of its own, in the order in which they were made:
//
//   store.record({{.at = c.at, .actor = c.actor, .id = c.id, .what = "decide",
//                  .code = "not-authorised", .rule = "受审分离", .why = e.message}});
//   store.audit_log(0, 100);          // records 1 .. 100
//
// The list is append-only and has a hash chain of its own, made with the digest of the store:
//
//   hash(0) = 64 zeros
//   hash(n) = digest( hash(n-1) + "\n" + "audit" + "\n" + to_json(n, entry n) )
//
// verify() walks it, too; a fault of it has no case. Backups copy it.
//
// The hard case is the same as that of cases: who may write the file can cut off the end.
//
// Source: requirements Q02 (日志管理); GB/T 22239-2019, 8.1.4.3 安全审计.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <banli/base/id.hpp>
#include <banli/base/result.hpp>
#include <banli/storage/chain_digest.hpp>
#include <banli/time/civil.hpp>

namespace banli {

/// One refused command. Members that say nothing stay empty.
struct audit_entry {
  instant at{}; ///< when the command says it was given
  person_id actor{};
  person_id on_behalf{};
  case_id id{};
  request_id request{};
  std::string what{}; ///< name of the action
  node_id step{};
  std::string code{}; ///< of the refusal: "not-authorised"
  std::string rule{}; ///< the separation, grant or pre-commit rule that refused, where one did
  text why{};

  friend bool operator==(const audit_entry&, const audit_entry&) = default;
};

/// An entry as the store keeps it.
struct audit_record {
  std::uint64_t number = 0; ///< from 1
  audit_entry entry;
  std::string hash;

  friend bool operator==(const audit_record&, const audit_record&) = default;
};

/// The text of an entry that is stored and hashed: JSON in one line, empty members left out.
std::string to_json(std::uint64_t number, const audit_entry& entry);

/// Reads what to_json() wrote. Errors: store_corrupt.
result<audit_record> parse_audit(std::string_view json);

/// The hash that follows `previous`.
std::string next_audit_hash(std::string_view previous, std::string_view json, chain_digest with);

} // namespace banli
