// Running the command line in a test: a folder that goes away, and what was said.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

#include <banli/cli/command_line.hpp>

namespace command {

namespace fs = std::filesystem;

inline const std::string county = BANLI_SOURCE_DIR "/examples/county";

/// A folder of its own for each test, gone afterwards.
class scratch {
 public:
  scratch() : path_(fs::temp_directory_path() / ("banli-cli-" + std::to_string(++count()))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  ~scratch() { fs::remove_all(path_); }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;

  std::string at(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream{path_ / name, std::ios::binary} << text;
    return at(name);
  }

 private:
  static long& count() {
    static long n = static_cast<long>(::getpid()) * 1000;
    return n;
  }
  fs::path path_;
};

struct said {
  int code = 0;
  std::string out;
  std::string err;
};

inline said run_banli(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = banli::command_line(arguments, {out, err, banli::console::progress_style::none});
  return {code, out.str(), err.str()};
}

/// Lines of text that hold all the words.
inline bool says(const std::string& text, const std::vector<std::string>& words) {
  for (const std::string& w : words)
    if (text.find(w) == std::string::npos) return false;
  return true;
}

} // namespace command
