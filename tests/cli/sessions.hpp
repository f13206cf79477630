// Sessions at the command line kept in a file: "$ banli …", then what is printed, with the exit
// code where it is not 0, then an empty line.
#pragma once

#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "command.hpp"

namespace command {

inline std::string content(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The words of a command as a shell splits them; quotes hold blanks together.
inline std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> out;
  bool quoted = false;
  bool inside = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ' ' && !quoted) {
      inside = false;
    } else {
      if (!inside) out.emplace_back();
      inside = true;
      out.back() += c;
    }
  }
  return out;
}

/// All of `what` in a text, as `by`.
inline std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size())
    text.replace(at, what.size(), by);
  return text;
}

/// Where a word of a session lies in this run: files of the checkout, and what the test adds.
struct session_words {
  std::string source{};                                     ///< the checkout, with a slash
  std::vector<std::pair<std::string, std::string>> files{}; ///< the word, and its path
};

/// Runs every command of a file and compares what is printed, after `settle`; how many there were.
inline int run_sessions(const std::string& file, const session_words& words,
                        const std::function<std::string(std::string)>& settle = {}) {
  std::ifstream in{file};
  REQUIRE(in.is_open());
  std::string line_of_command;
  std::string expected;
  int count = 0;
  const auto judge = [&] {
    if (line_of_command.empty()) return;
    CAPTURE(line_of_command);
    std::vector<std::string> arguments = words_of(line_of_command);
    for (std::string& a : arguments) {
      if (a.starts_with("examples/") || a.starts_with("tests/")) a = words.source + a;
      for (const auto& [word, path] : words.files)
        if (a == word) a = path;
    }
    const said s = run_banli(arguments);
    std::string printed = s.out + s.err;
    if (s.code != 0) printed += fmt::format("[exit {}]\n", s.code);
    for (const auto& [word, path] : words.files) printed = replaced(printed, path, word);
    printed = replaced(printed, words.source, "");
    if (settle) printed = settle(std::move(printed));
    CHECK(printed + '\n' == expected);
    ++count;
  };
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("$ banli ")) {
      expected += line + '\n';
      continue;
    }
    judge();
    line_of_command = line.substr(8);
    expected.clear();
  }
  judge();
  return count;
}

} // namespace command
