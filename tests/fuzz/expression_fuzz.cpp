// Any bytes as an expression: it compiles or says why not, within its bounds; the program gives one
// answer whether told or explained, folded or not, and keeps to its budget.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <banli/expression/program.hpp>

#include "../expression/office.hpp"

using namespace banli;

namespace {

void require(bool holds) {
  if (!holds) std::abort(); // what libFuzzer reports, with the input
}

bool same(const outcome& a, const outcome& b) {
  if (a.is != b.is) return false;
  return a.is != outcome::state::value || to_text(a.value) == to_text(b.value);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source{reinterpret_cast<const char*>(data), size};
  compile_options how;
  how.limits.problem_count = 20;
  const compiled c = compile(source, office::words(), how);
  require(c.program.has_value() == c.problems.empty());
  require(c.problems.size() <= 20);
  for (const error& e : c.problems) {
    require(e.where.line >= 1 && e.where.column >= 1);
    caret_lines(source, e, how);
  }
  if (!c.program) return 0;
  const evaluation_limits poor{.cost = 5'000};
  const outcome plain = c.program->evaluate(office::facts(), poor);
  require(same(plain, c.program->explain(office::facts(), poor).outcome));
  const std::optional<bool> holds = c.program->holds(office::facts(), poor);
  require(holds == plain.truth());
  return 0;
}
