// The arguments of the commands about a store, and how they are read.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>
#include <banli/engine/log_mapping.hpp>
#include <banli/storage/chain_digest.hpp>

#include "portal_arguments.hpp"

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
  std::string known;
  bool json = false;
  bool personal = false; ///< personal data as they are
  ring_arguments ring;
  language in = language::zh;
};

/// `banli export STORE --xes|--ocel`.
struct process_arguments {
  std::string store;
  std::string out;
  std::string offset = "+08:00";
  bool xes = false;
  bool ocel = false;
  bool everything = false;
  language in = language::zh;
};

/// `banli import`.
struct import_arguments {
  std::string configuration;
  std::string log;
  std::string store;
  std::string item;      ///< with --case and the others, or with XES: in the place of a log_mapping
  log_mapping columns;   ///< those that are named lie over the mapping
  std::string problems;  ///< CSV of what could not be taken
  chain_digest digest{}; ///< of a store that is created
  language in = language::zh;
};

/// --digest, of commands that create a store.
void add_digest(CLI::App& command, chain_digest& digest);
void add_store(CLI::App& app, store_arguments& a);
/// Adds to `export`.
void add_process_export(CLI::App& command, process_arguments& a);
void add_import(CLI::App& app, import_arguments& a);
void add_case(CLI::App& app, case_arguments& a);

} // namespace banli
