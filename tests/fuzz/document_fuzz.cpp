// Any bytes as a file of YAML, of a flowchart or of BPMN: read within the limits, every problem in
// both languages, and no chart that was proved wrong passes for good.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <banli/document/configuration.hpp>
#include <banli/document/flowchart_file.hpp>

using namespace banli;

namespace {

void require(bool holds) {
  if (!holds) std::abort(); // what libFuzzer reports, with the input
}

void require_places(const problems& found) {
  for (const error& e : found) require(!e.message.en.empty() && !e.message.zh.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes{reinterpret_cast<const char*>(data + 1), size - 1};
  switch (data[0] % 3) {
  case 0: require_places(parse_configuration({{"a.yaml", std::string{bytes}}}).found); break;
  case 1:
  case 2: {
    const flowchart_file f = parse_flowchart(data[0] % 3 == 1 ? "a.yaml" : "a.bpmn", bytes,
                                             {.proof = {.states = 2'000}});
    require_places(f.found);
    require(!f.good() || f.sound() != false);
    break;
  }
  }
  return 0;
}
