// What does it cost to load and check a province's library of 20,000 items?
//
// Floor: yaml-cpp, reading the same files into its own nodes, and as bare events that nobody
// listens to. Ours: load_items(), which reads, checks every item and then all of them together, and
// remembers where everything stands. The names of all items are compared before anything is timed;
// each run is a process of its own, whose peak of memory is its own, too.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <banli/document/item_file.hpp>

namespace {

namespace fs = std::filesystem;
using namespace banli;

constexpr int wanted = 20'000;
constexpr int numbers_per_body = 50;

/// An item of the size that offices write, with a code of its own.
service_item sample(int n) {
  static const service_item county = [] {
    std::ifstream in{BANLI_SOURCE_DIR "/examples/county/items/civil-association.yaml"};
    std::stringstream text;
    text << in.rdbuf();
    return *parse_item("county", text.str());
  }();
  service_item i = county;
  const int body = n / numbers_per_body;
  i.code = item_id{fmt::format("62{:02}{:02}00{}{}-XK-{:04}", 1 + body / 2600, 1 + body / 26 % 99,
                               static_cast<char>('A' + body % 26), 'Z', 1 + n % numbers_per_body)};
  i.name = fmt::format("{}(第{}项)", county.name, n);
  i.phone = fmt::format("0938-{:07}", n);
  i.catalogue = {};
  i.approvals_before.clear();
  i.approvals_after.clear();
  return i;
}

/// A body's items stand in a folder of their own.
std::uintmax_t write_library(const fs::path& folder) {
  std::uintmax_t bytes = 0;
  for (int n = 0; n < wanted; ++n) {
    const service_item i = sample(n);
    const fs::path place = folder / i.code.text().substr(0, 10);
    fs::create_directories(place);
    const std::string text = *save(i);
    std::ofstream{place / (i.code.text() + ".yaml"), std::ios::binary} << text;
    bytes += text.size();
  }
  return bytes;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& e : fs::recursive_directory_iterator(folder))
    if (e.is_regular_file()) out.push_back(e.path());
  std::sort(out.begin(), out.end());
  return out;
}

struct deaf final : YAML::EventHandler {
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

std::vector<std::string> names_by_yaml_cpp(const fs::path& folder) {
  std::vector<std::string> out;
  for (const fs::path& f : files_of(folder))
    out.push_back(YAML::LoadFile(f.string())["name"].as<std::string>());
  return out;
}

std::vector<std::string> names_by_banli(const fs::path& folder) {
  const item_load l = load_items(folder.string());
  for (const error& e : l.found) fmt::print("{}\n", to_string(e, language::en));
  std::vector<std::string> out;
  for (const service_item& i : l.items) out.push_back(i.name);
  return out;
}

/// Runs one way in a process of its own and prints what it took.
template <class Run>
void measure(const char* what, std::uintmax_t bytes, Run run) {
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    const auto start = std::chrono::steady_clock::now();
    const std::size_t items = run();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const double cpu = static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                       static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    fmt::print("{:<34}{:>7} items {:>7.2f} s {:>7.2f} s cpu {:>6} MB {:>7.1f} MB/s\n", what, items,
               took.count(), cpu, used.ru_maxrss / 1024,
               static_cast<double>(bytes) / 1e6 / took.count());
    std::fflush(stdout);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) std::exit(1);
}

} // namespace

int main() {
  const fs::path folder =
      fs::temp_directory_path() / fmt::format("banli-item-load-{}", static_cast<long>(getpid()));
  const std::uintmax_t bytes = write_library(folder);
  const auto compare = [&] {
    const auto names = names_by_banli(folder);
    return names.size() == static_cast<std::size_t>(wanted) && names == names_by_yaml_cpp(folder);
  };
  measure("answers compared", bytes, [&]() -> std::size_t {
    if (compare()) return static_cast<std::size_t>(wanted);
    fmt::print("yaml-cpp and banli read different names\n");
    _exit(1);
  });
  measure("yaml-cpp, events nobody hears", bytes, [&] {
    std::size_t n = 0;
    for (const fs::path& f : files_of(folder)) {
      std::ifstream in{f};
      YAML::Parser parser{in};
      deaf handler;
      while (parser.HandleNextDocument(handler)) ++n;
    }
    return n;
  });
  measure("yaml-cpp, nodes, kept", bytes, [&] {
    std::vector<YAML::Node> all;
    for (const fs::path& f : files_of(folder)) all.push_back(YAML::LoadFile(f.string()));
    return all.size();
  });
  measure("banli, loaded and checked", bytes, [&] {
    const item_load l = load_items(folder.string());
    if (!l.good()) _exit(1);
    return l.items.size();
  });
  fs::remove_all(folder);
  return 0;
}
