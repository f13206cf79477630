// Comparing a picture with the one kept in tests/drawing/golden. Numbers are not compared, because
// versions of Graphviz place boxes a little differently: what must agree is every element, class,
// label and their order. Set BANLI_WRITE_GOLDEN to write the files anew, and look at them.
#pragma once

#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>

namespace golden {

inline std::string path(const std::string& name) {
  return std::string(BANLI_SOURCE_DIR) + "/tests/drawing/golden/" + name;
}

inline std::string without_numbers(const std::string& svg) {
  static const std::regex coordinates(R"re( (viewBox|width|height|x|y|cx|cy|rx|ry|d)="[^"]*")re");
  return std::regex_replace(svg, coordinates, " $1=\"\"");
}

/// The text kept; `made` itself after it was written anew.
inline std::string kept(const std::string& name, const std::string& made) {
  if (std::getenv("BANLI_WRITE_GOLDEN") != nullptr) std::ofstream(path(name)) << made;
  std::ostringstream text;
  text << std::ifstream(path(name)).rdbuf();
  return text.str();
}

} // namespace golden
