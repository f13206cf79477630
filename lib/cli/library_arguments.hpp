// The arguments of `banli library` and how they are read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>

namespace banli {

struct library_arguments {
  std::string bundle;        ///< or the configuration, of export and disclosure
  std::string before, after; ///< files of items, of compare

  // list
  std::string code, name, type, department, state, law, group;
  std::size_t skip = 0;
  std::size_t limit = 100;
  // allowed; the department above and the state count, too
  std::uint32_t entry = 0;
  std::vector<std::string> roles;
  // life-cycle
  std::string format = "table";

  std::string on;    ///< the day of the question
  std::string since; ///< the day from which items or duties are in force
  std::string by;    ///< who takes items over
  std::string out;
  bool json = false;
  language in = language::zh;
};

/// Adds `library` and what stands below it.
void add_library(CLI::App& app, library_arguments& a);

} // namespace banli
