// Any bytes as an expression: it compiles or says why not, within its bounds; the program gives one
// answer whether told or explained, folded or not, and keeps to its budget. Of facts that move by
// time its answer is said to hold until some later instant.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <banli/calendar/cn.hpp>
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

environment words() {
  return office::words().declare("calendar", type_kind::calendar).declare("day", type_kind::date);
}

constexpr day today = to_day(std::chrono::year{2025} / 10 / 13);

/// The facts of the office, of which the working days pass and today becomes tomorrow.
bound_values moving() {
  static const auto calendar = std::make_shared<const workday_calendar>(cn());
  bound_values b = office::facts(instant{today});
  std::vector<clock_step> counted;
  std::vector<clock_step> shown;
  for (int d = 0; d < 5; ++d) {
    counted.push_back({instant{today + days{d}}, 19 + 2 * d});
    shown.push_back({instant{today + days{d}}, today + days{d}});
  }
  b.set_clock("case.elapsed_workdays", clock_course::rising, std::move(counted));
  b.set_clock("day", clock_course::rising, std::move(shown));
  return b.set("calendar", calendar);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source{reinterpret_cast<const char*>(data), size};
  compile_options how;
  how.limits.problem_count = 20;
  const compiled c = compile(source, words(), how);
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
  const outcome now = c.program->evaluate(moving(), poor);
  require(!now.holds_until || *now.holds_until > instant{today});
  require(same(now, c.program->explain(moving(), poor).outcome));
  if (now.course != clock_course::irregular) c.program->reaches(moving(), now.value, poor);
  return 0;
}
