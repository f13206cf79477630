// The arguments of `banli query`, `banli public` and `banli forget`, and how they are read.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <banli/base/result.hpp>

namespace banli {

/// A key ring, where personal data are sealed.
struct ring_arguments {
  std::string keys;   ///< file of the ring
  std::string master; ///< file of its master key
};

struct portal_arguments {
  std::string configuration;
  std::vector<std::string> former;
  std::string store;
  ring_arguments ring;
  std::string number;               ///< of a case or an application
  std::string certificate;          ///< its number
  std::string kind = "resident_id"; ///< of the certificate, of forget
  std::string item;
  std::string words;
  std::string title;     ///< of a question
  std::string unit;      ///< that it is addressed to
  std::string reception; ///< who takes what nobody is competent for
  std::string node;      ///< of the directory
  std::string name;      ///< of a repository
  std::vector<std::string> by{"department", "type"};
  std::size_t page = 1;
  std::size_t size = 20;
  std::string at;
  std::string since;
  std::string format = "csv";
  std::string out;
  bool personal = false; ///< as they are, not masked
  bool json = false;
  language in = language::zh;
};

/// --keys and --master, which need each other.
void add_ring(CLI::App& command, ring_arguments& a);
/// Adds `query`, `public` and `forget`.
void add_portal(CLI::App& app, portal_arguments& a);

} // namespace banli
