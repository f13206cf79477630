// report_folder.hpp — a folder of pages that remembers which of them are its own.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include <banli/base/result.hpp>

namespace banli::detail {

class report_folder {
 public:
  /// Makes the folder where it is not there, and claims the pages about to be written. The claim is
  /// written down before the first page, so that an interrupted run leaves no page nobody
  /// remembers.
  static result<report_folder> open(const std::string& path, std::set<std::string> pages);

  /// Writes a page whole or not at all. `name` is one of the claimed ones.
  result<void> write(const std::string& name, std::string_view page) const;

  /// Removes the pages of earlier runs that were not claimed; says how many.
  result<std::size_t> finish() const;

 private:
  report_folder(std::filesystem::path where, std::set<std::string> pages)
      : where_(std::move(where)), pages_(std::move(pages)) {}

  std::set<std::string> written_before() const;
  result<void> write_list(const std::set<std::string>& pages) const;

  std::filesystem::path where_;
  std::set<std::string> pages_;
  std::set<std::string> earlier_;
};

} // namespace banli::detail
