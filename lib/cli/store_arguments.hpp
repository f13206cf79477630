// The arguments of the commands about a store, and how they are read.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>

namespace banli {

/// `banli verify`, `banli checkpoint`, `banli backup`.
struct store_arguments {
  std::string store;
  std::string checkpoint; ///< of verify: a file to compare with
  std::string key;        ///< PEM: public of verify, private of checkpoint
  std::string note = "-"; ///< what is written on a checkpoint
  std::string out;
  bool json = false;
  language in = language::zh;
};

/// `banli case COMMAND`.
struct case_arguments {
  std::string store;
  std::string id;
  std::string configuration;
  std::string at;
  bool json = false;
  language in = language::zh;
};

void add_store(CLI::App& app, store_arguments& a);
void add_case(CLI::App& app, case_arguments& a);

} // namespace banli
