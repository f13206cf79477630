// The program: everything is in command_line(); here are only the process's own things.
#include <iostream>

#include <unistd.h>

#include <banli/cli/command_line.hpp>

int main(int argc, char** argv) {
  using style = banli::console::progress_style;
  const style shown = isatty(STDERR_FILENO) != 0 ? style::in_place : style::lines;
  return banli::command_line({argv + 1, argv + argc}, {std::cout, std::cerr, shown});
}
