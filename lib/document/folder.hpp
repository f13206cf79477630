// folder.hpp — the files of a configuration on disk.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/document/configuration.hpp>

namespace banli::detail {

struct folder {
  std::vector<std::string> files; ///< sorted
  banli::problems problems;
};

/// The *.yaml files of a folder and of those below it, or the one file that is named. Links to
/// files are followed, links to folders are not, so that no loop of links can hold the reading up;
/// pipes and devices are passed over, and so is what begins with a dot. Codes: file_not_found,
/// file_unreadable, limit_exceeded.
folder list_folder(const std::string& path, const document_limits& limits);

/// The bytes of one file, of which there may be no more than limits.file_bytes and no more than
/// `left`. Codes: file_unreadable, limit_exceeded.
result<std::string> read_file(const std::string& path, const document_limits& limits,
                              std::size_t left);

} // namespace banli::detail
