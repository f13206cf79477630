// Opening a store that a command reads, and the configuration that its cases run by.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <banli/document/configuration.hpp>
#include <banli/storage/sqlite_store.hpp>

namespace banli {

/// A store that is there; none is made. Errors: file_not_found, those of open_sqlite_store().
result<std::unique_ptr<case_store>> open_kept_store(const std::string& path);

/// --former: folders of documents as they were, for cases that began by them.
inline void add_former(CLI::App& command, std::vector<std::string>& former) {
  command.add_option("--former", former, "folder of documents as they were; may be repeated")
      ->allow_extra_args(false);
}

/// A configuration with what former ones ran by; what is wrong with any of them is in `found`.
configuration load_with_former(const std::string& folder, const std::vector<std::string>& former);

} // namespace banli
