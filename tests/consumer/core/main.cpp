// Prints how many days an office has between two dates, with the headers alone.
#include <iostream>

#include <banli/time/text.hpp>
#include <banli/version.hpp>

int main() {
  const auto received = banli::parse_day("2025-09-28");
  const auto due = banli::parse_day("2025-10-11");
  if (!received || !due) return 1;
  std::cout << "banli " << banli::version << ": " << (*due - *received).count() << " days until "
            << banli::to_text(*due) << '\n';
  return *due - *received == banli::days{13} ? 0 : 1;
}
