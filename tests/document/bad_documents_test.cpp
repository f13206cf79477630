// Every sample in bad/ is read together with the good documents of bad/base and must give exactly
// the problems that stand beside it, in both languages.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>

#include "texts.hpp"

namespace fs = std::filesystem;
using namespace texts;

namespace {

const fs::path bad_samples = fs::path(BANLI_SOURCE_DIR) / "tests/document/bad";

void add(named_texts& to, const fs::path& p) {
  to.emplace_back(fs::relative(p, bad_samples).generic_string(), content(p));
}

/// The files that a sample is read with: itself (a file, or a folder of them), and the base, unless
/// the sample brings its own organisation.
named_texts with_base(const fs::path& sample) {
  named_texts out;
  if (fs::is_directory(sample))
    for (const auto& e : fs::directory_iterator(sample)) add(out, e.path());
  else
    add(out, sample);
  if (sample.stem() != "organisation")
    for (const auto& e : fs::directory_iterator(bad_samples / "base")) add(out, e.path());
  return out;
}

std::string lines(const problems& all) {
  std::string out;
  for (const error& e : all)
    out += to_string(e, language::en) + '\n' + to_string(e, language::zh) + '\n';
  return out;
}

std::vector<fs::path> samples() {
  std::vector<fs::path> out;
  for (const char* group : {"yaml", "shape", "meaning"})
    for (const auto& e : fs::directory_iterator(bad_samples / group))
      if (e.is_directory() || e.path().extension() == ".yaml") out.push_back(e.path());
  std::sort(out.begin(), out.end());
  return out;
}

} // namespace

TEST_CASE("the base of the bad samples is good") {
  named_texts base;
  for (const auto& e : fs::directory_iterator(bad_samples / "base")) add(base, e.path());
  const configuration c = parse_configuration(base);
  CHECK(lines(c.found) == "");
  CHECK(c.definitions.size() == 1);
}

TEST_CASE("every bad sample gives the problems that stand beside it") {
  for (const fs::path& sample : samples()) {
    CAPTURE(sample.filename().string());
    const configuration c = parse_configuration(with_base(sample));
    CHECK_FALSE(c.good());
    const fs::path expected = fs::path(sample).replace_extension(".expected");
    CHECK(lines(c.found) == content(expected));
  }
}

TEST_CASE("problems come in the order of files and lines, each once") {
  for (const fs::path& sample : samples()) {
    CAPTURE(sample.filename().string());
    const problems found = parse_configuration(with_base(sample)).found;
    CHECK(std::is_sorted(found.begin(), found.end(),
                         [](const error& a, const error& b) { return a.where < b.where; }));
    std::set<std::string> seen;
    for (const error& e : found) CHECK(seen.insert(to_string(e, language::en)).second);
  }
}

TEST_CASE("a message in Chinese is in Chinese") {
  for (const fs::path& sample : samples())
    for (const error& e : parse_configuration(with_base(sample)).found) {
      CAPTURE(e.message.zh);
      CHECK(e.message.zh != e.message.en);
      CHECK(std::any_of(e.message.zh.begin(), e.message.zh.end(),
                        [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }));
    }
}
