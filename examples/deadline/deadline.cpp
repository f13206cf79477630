// When must this application be decided? Twenty working days, with a hearing that does not count.
#include <iostream>

#include <banli/calendar/cn.hpp>
#include <banli/deadline/explanation.hpp>

int main() {
  const banli::workday_calendar calendar = banli::cn();
  const banli::exclusion hearing{.from = *banli::parse_day("2024-10-08"),
                                 .to = *banli::parse_day("2024-10-15"),
                                 .kind = "hearing"};
  const auto accepted = *banli::parse_day("2024-09-12");
  const auto limit = *banli::parse_time_limit("20 workdays");
  const auto why = banli::explain(calendar, limit, accepted, std::span{&hearing, 1});
  if (!why) {
    std::cerr << to_string(why.error(), banli::language::en) << '\n';
    return 1;
  }
  std::cout << to_text(*why); // why->answer.due is the date alone
}
