// What does it cost to read and judge one item code (62052400MZ-XK-0001)?
//
// Baseline: a hand-written loop that answers yes or no. Competitor: std::regex with the level rule
// beside it. Ours: parse_item_code, which makes the parts, and parse_code by the county scheme,
// whose layout is data. All four give one verdict on every code, good and bad, before any is timed.
#include <cstdio>
#include <cstdlib>
#include <regex>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <banli/item/code_scheme.hpp>
#include <banli/item/item_code.hpp>

namespace {

using namespace banli;

bool levels_hold(std::string_view s) {
  if (s.substr(0, 2) == "00") return false;
  for (std::size_t pair = 2; pair < 8; pair += 2)
    if (s.substr(pair - 2, 2) == "00" && s.substr(pair, 2) != "00") return false;
  return true;
}

bool by_hand(std::string_view s) {
  if (s.size() != 18) return false;
  const auto digit = [&](std::size_t i) { return s[i] >= '0' && s[i] <= '9'; };
  const auto letter = [&](std::size_t i) { return s[i] >= 'A' && s[i] <= 'Z'; };
  for (std::size_t i = 0; i < 8; ++i)
    if (!digit(i)) return false;
  if (!letter(8) || !letter(9) || s[10] != '-' || !letter(11) || !letter(12) || s[13] != '-')
    return false;
  for (std::size_t i = 14; i < 18; ++i)
    if (!digit(i)) return false;
  return levels_hold(s) && s.substr(14) != "0000";
}

bool by_regex(std::string_view s) {
  static const std::regex shape{"[0-9]{8}[A-Z]{2}-[A-Z]{2}-(?!0000)[0-9]{4}"};
  return std::regex_match(s.begin(), s.end(), shape) && levels_hold(s);
}

bool by_parts(std::string_view s) { return parse_item_code(s).has_value(); }
bool by_scheme(std::string_view s) { return parse_code(code_scheme::county(), s).has_value(); }

std::vector<std::string> good_codes() {
  std::vector<std::string> out;
  for (int i = 0; i < 4096; ++i)
    out.push_back(fmt::format("62{:02}{:02}00{}-{}-{:04}", i % 14 + 1, i % 31 + 1,
                              i % 2 == 0 ? "MZ" : "GS", i % 3 == 0 ? "XK" : "DL",
                              i * 7 % 9999 + 1));
  return out;
}

/// Every code with each of its characters spoilt in turn by each of a few.
std::vector<std::string> bad_codes() {
  std::vector<std::string> out;
  for (const std::string& code :
       std::vector<std::string>{"62052400MZ-XK-0001", "62000000GS-DL-0100"})
    for (std::size_t i = 0; i < code.size(); ++i)
      for (const char c : std::string{"01A-a/:@[ "}) {
        out.push_back(code);
        out.back()[i] = c;
        out.push_back(code);
        out.back().insert(i, 1, c);
      }
  return out;
}

void require_one_verdict() {
  std::vector<std::string> all = good_codes();
  const std::vector<std::string> bad = bad_codes();
  all.insert(all.end(), bad.begin(), bad.end());
  std::size_t accepted = 0;
  for (const std::string& code : all) {
    const bool verdict = by_hand(code);
    accepted += verdict ? 1 : 0;
    if (by_regex(code) != verdict || by_parts(code) != verdict || by_scheme(code) != verdict) {
      std::fprintf(stderr, "verdicts differ on %s\n", code.c_str());
      std::exit(1);
    }
  }
  if (accepted <= 4096 || accepted >= all.size()) std::exit(1);
}

template <bool judge(std::string_view)>
void read_codes(benchmark::State& state) {
  const std::vector<std::string> codes = good_codes();
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(judge(codes[i++ % 4096]));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(read_codes<by_hand>)->Name("hand_written_yes_or_no");
BENCHMARK(read_codes<by_regex>)->Name("std_regex");
BENCHMARK(read_codes<by_parts>)->Name("banli_parse_item_code");
BENCHMARK(read_codes<by_scheme>)->Name("banli_county_scheme");

} // namespace

int main(int argc, char** argv) {
  require_one_verdict();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
