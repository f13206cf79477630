// open_office.hpp — an office at work, in one call (快速部署).
//
//   auto o = open_office("examples/county", {.store = "county.db"});
//   (*o)->column.page(…); (*o)->search.find("社团"); ask(*(*o), {"LY-2024-000013", "6205…"}, now);
//
// A folder of documents and the name of a store are all that an installation is: workflow, forms,
// contents, rules and posts are in the folder, cases in the store, personal data sealed with the
// keys of a ring if one is named. Everything else is made from these when it is opened.
//
// To extend it is to add a document and to open it again; what runs is pinned to what it began
// with.
//
// Source: 国办函〔2011〕99号, guide (快速部署、简便灵活和便于扩展;
// 统一的工作流、电子表单和内容管理).
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <banli/document/configuration.hpp>
#include <banli/portal/case_query.hpp>
#include <banli/portal/column_search.hpp>
#include <banli/portal/service_column.hpp>
#include <banli/storage/key_ring.hpp>
#include <banli/storage/sealing_store.hpp>

namespace banli {

struct office_files {
  std::string store{};                ///< SQLite; created if missing; empty: in memory
  std::string keys{};                 ///< key ring; created if missing; empty: nothing is sealed
  std::optional<master_key> master{}; ///< of the ring
  sealing_rules sealed{};             ///< form values that are personal
};

/// What open_office() makes. It does not move: its parts know each other.
class office {
 public:
  office(configuration config, std::unique_ptr<case_store> file, std::unique_ptr<key_ring> ring,
         sealing_rules sealed);
  office(const office&) = delete;
  office& operator=(const office&) = delete;

  const configuration config;
  const service_column column;
  const column_search search;

  /// Opened by the ring where there is one; and as it is kept, for verify(), checkpoints, backups.
  case_store& cases() { return sealed_ ? *sealed_ : *file_; }
  case_store& kept() { return *file_; }
  /// Null: nothing is sealed.
  key_ring* keys() { return ring_.get(); }

  /// How a case stands, for who has both keys; nothing for everybody else. The desk is made at the
  /// first question and by refresh(). Errors: those of case_desk::add_all() and ask().
  result<std::optional<public_case>> ask(const case_question& asked,
                                         const std::optional<instant>& at = {});
  /// Cases that came after the first question.
  void refresh() { desk_.reset(); }

 private:
  std::unique_ptr<case_store> file_;
  std::unique_ptr<key_ring> ring_;
  std::unique_ptr<case_store> sealed_;
  std::optional<case_desk> desk_;
};

/// Errors: the first problem of the configuration; those of open_sqlite_store() and
/// open_key_ring(); missing_field (a ring without its master key).
result<std::unique_ptr<office>> open_office(const std::string& folder,
                                            const office_files& files = {});

} // namespace banli
