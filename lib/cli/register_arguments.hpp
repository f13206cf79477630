// The arguments of `banli order` and `banli complaint`, and how they are read.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>
#include <banli/storage/chain_digest.hpp>

#include "calendar_options.hpp"

namespace banli {

struct register_arguments {
  std::string store;
  std::string office; ///< YAML of kind supervision
  std::string id;
  std::string act;
  std::string at;
  std::string who;
  std::string reason;
  std::string request;
  std::vector<std::string> fields; ///< NAME=VALUE
  std::string acts;                ///< CSV or JSON file of acts
  std::string configuration;       ///< whose rules raise the alarms
  std::vector<std::string> former; ///< folders of documents as they were
  std::string by = "unit";
  std::string from;
  std::string to;
  std::string format = "text"; ///< text, json, csv, html
  std::string out;
  bool open = false;
  calendar_options calendar;
  chain_digest digest{}; ///< of a store that is created
  language in = language::zh;
};

void add_orders(CLI::App& app, register_arguments& a);
void add_complaints(CLI::App& app, register_arguments& a);

} // namespace banli
