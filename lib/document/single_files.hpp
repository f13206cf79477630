// single_files.hpp — files that are read outside a configuration.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/document_set.hpp"
#include "document/folder.hpp"

namespace banli::detail {

using named_text = std::pair<std::string, std::string>;

/// Reads one file; what stands in the way of it goes to the findings.
inline std::optional<std::string> read_one(const std::string& path, const document_limits& limits,
                                           findings& found) {
  const folder f = list_folder(path, limits);
  found.add(f.problems);
  if (!f.problems.empty()) return std::nullopt;
  if (f.files != std::vector<std::string>{path}) {
    found.add(at(make_error(errc::file_unreadable, "is a folder: expected one file",
                            "是文件夹,应为一个文件"),
                 {path, 0, 0}));
    return std::nullopt;
  }
  auto bytes = read_file(path, limits, limits.file_bytes);
  if (bytes) return *std::move(bytes);
  found.add(std::move(bytes.error()));
  return std::nullopt;
}

inline bool is_table(const std::string& file) { return file.ends_with(".csv"); }

/// Reports a document that is of none of the kinds that a file may have.
inline void check_kind(const document_set& set, std::size_t of_the_kind, const std::string& file,
                       std::string_view kind, findings& found) {
  if (of_the_kind == 0 && set.complete)
    found.add(at(
        make_error(errc::unknown_value, "expected a document of kind {}", "此处应为 {} 文档", kind),
        {file, 1, 1}));
}

} // namespace banli::detail
