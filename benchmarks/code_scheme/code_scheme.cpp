// What does it cost to read and judge one code of each built-in scheme?
//
// Floor: a bare loop over the same bytes that looks each up in a table of classes and judges
// nothing else. Ours: parse_code, which checks every field (characters, levels, check character,
// day of the calendar, number) and hands out the parts. Before anything is timed, every code is
// read and written back, and every spoilt one refused.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <banli/item/code_scheme.hpp>

namespace {

using namespace banli;

struct sample {
  const char* scheme;
  const char* code;
};

constexpr std::array<sample, 12> samples{
    {{"county", "62052400MZ-XK-0001"},
     {"county_letters", "JS000000JT-XK-1030"},
     {"credit_code", "12441500196720244T"},
     {"national_base", "442199806003"},
     {"national_item", "12441500196720244T3442199806003"},
     {"national_handling", "12441500196720244T344219980600301"},
     {"national_case", "12441500196720244T3442199806003202206230068"},
     {"application", "SQ62052400-20240902-0001"},
     {"case_number", "MZ-2024-000001"},
     {"index_number", "000014349/2024-00012"},
     {"form_number", "62052400MZ-XK-0001-B01"},
     {"document_number", "深审核准(2024)12号"}}};

/// Codes of one scheme with many numbers.
std::vector<std::string> codes_of(const code_scheme& s, const char* first) {
  const parsed_code read = parse_code(s, first).value();
  const code_values values = detail::values_of(read);
  std::vector<std::string> out;
  for (std::int64_t i = 0; i < 1024; ++i)
    out.push_back(s.highest() == 0 ? std::string{first}
                                   : format(s, values, 1 + i * 7 % s.highest()).value());
  return out;
}

void require_right_answers() {
  for (const sample& x : samples) {
    const code_scheme& s = **code_scheme::find(x.scheme);
    for (const std::string& code : codes_of(s, x.code)) {
      const auto read = parse_code(s, code);
      std::string spoilt = code;
      spoilt[spoilt.size() / 2] = '*';
      const bool good = read && !parse_code(s, spoilt) &&
                        format(s, detail::values_of(*read), read->number).value() == code;
      if (good) continue;
      std::fprintf(stderr, "%s: wrong answer on %s\n", x.scheme, code.c_str());
      std::exit(1);
    }
  }
}

bool classes_only(std::string_view code) {
  unsigned classes = 0;
  for (const char c : code) classes |= detail::classes_of_bytes[static_cast<unsigned char>(c)];
  return classes != 0;
}

template <class Judge>
void ask(benchmark::State& state, const sample& x, Judge judge) {
  const code_scheme& s = **code_scheme::find(x.scheme);
  const std::vector<std::string> codes = codes_of(s, x.code);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(judge(s, codes[i++ % 1024]));
}

} // namespace

int main(int argc, char** argv) {
  require_right_answers();
  for (const sample& x : samples) {
    const std::string name = x.scheme;
    benchmark::RegisterBenchmark((name + "/bare_loop").c_str(), [x](benchmark::State& state) {
      ask(state, x, [](const code_scheme&, std::string_view c) { return classes_only(c); });
    });
    benchmark::RegisterBenchmark((name + "/parse_code").c_str(), [x](benchmark::State& state) {
      ask(state, x,
          [](const code_scheme& s, std::string_view c) { return parse_code(s, c).has_value(); });
    });
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
