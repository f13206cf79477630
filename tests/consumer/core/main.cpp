// When is an application of 2024-09-02 due, in 20 working days, with a review and a hearing
// excluded?
#include <iostream>
#include <vector>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/deadline.hpp>
#include <banli/time/text.hpp>
#include <banli/version.hpp>

int main() {
  using namespace std::chrono;
  const std::vector<banli::exclusion> out{
      {banli::to_day(2024y / 9 / 10), banli::to_day(2024y / 9 / 20), "expert_review"},
      {banli::to_day(2024y / 10 / 8), banli::to_day(2024y / 10 / 15), "hearing"}};
  const auto answer = banli::due_date(banli::cn(), {20, banli::limit_unit::workday},
                                      banli::instant{banli::to_day(2024y / 9 / 2)}, out);
  if (!answer || !answer->due) return 1;
  std::cout << "banli " << banli::version << ": due " << banli::to_text(*answer->due) << '\n';
  return *answer->due == banli::to_day(2024y / 10 / 25) ? 0 : 1;
}
