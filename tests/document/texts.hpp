// Texts of the tests of documents: files as they are, and problems as they are printed.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/base/result.hpp>
#include <banli/time/text.hpp>

namespace texts {

using namespace banli;

using named_texts = std::vector<std::pair<std::string, std::string>>; ///< names of files, contents

inline day on(std::string_view s) { return parse_day(s).value(); }

inline std::string content(const std::filesystem::path& p) {
  std::ifstream in{p, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Problems in English, one a line.
inline std::string said(const problems& found) {
  std::string out;
  for (const error& e : found) out += to_string(e, language::en) + '\n';
  return out;
}

} // namespace texts
