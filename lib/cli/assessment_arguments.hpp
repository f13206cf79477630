// The arguments of `banli score`, `banli stats` and `banli report`, and how they are read.
#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>
#include <banli/time/civil.hpp>

#include "portal_arguments.hpp"

namespace banli {

/// A window of days as it was given: both ends belong to it.
struct window_arguments {
  std::string from;
  std::string to;
};

/// `banli score`.
struct score_arguments {
  std::string scheme;
  std::vector<std::string> records;
  std::vector<std::string> evaluations;
  std::string counts;
  std::string configuration;
  std::vector<std::string> former;
  std::string store;
  std::vector<std::string> subjects;
  window_arguments window;
  bool explain = false;
  bool csv = false;
  bool json = false;
  language in = language::zh;
};

/// `banli stats`.
struct stats_arguments {
  std::string configuration;
  std::vector<std::string> former;
  std::string store;
  std::string table = "cases";
  std::vector<std::string> by;
  std::vector<std::string> evaluations;
  window_arguments window;
  std::size_t size = 30; ///< of a sample
  std::string seed;
  std::string out;
  bool csv = false;
  bool json = false;
  language in = language::zh;
};

/// `banli report`.
struct report_arguments {
  std::string configuration;
  std::vector<std::string> former;
  std::string store;
  ring_arguments ring;
  std::string at;
  std::string out; ///< folder
  bool json = false;
  language in = language::zh;
};

void add_score(CLI::App& app, score_arguments& a);
void add_stats(CLI::App& app, stats_arguments& a);
void add_report(CLI::App& app, report_arguments& a);

/// The half-open window of the arguments. Errors: missing_field, bad_date, bad_value.
result<std::pair<day, day>> read_window(const window_arguments& w);

} // namespace banli
