// Opening a store that a command reads.
#pragma once

#include <memory>
#include <string>

#include <banli/storage/sqlite_store.hpp>

namespace banli {

/// A store that is there; none is made. Errors: file_not_found, those of open_sqlite_store().
result<std::unique_ptr<case_store>> open_kept_store(const std::string& path);

} // namespace banli
