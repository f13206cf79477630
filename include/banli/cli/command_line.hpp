// command_line.hpp — the program `banli` as a function.
//
//   banli run CONFIG --log LOG --store DB --report DIR     replay a log, print table, write pages
//   banli check PATH...                                    every problem of a configuration
//   banli deadline --start DAY --limit LIMIT ...           when a limit ends, and why
//   banli calendar --from DAY [--to DAY]                   what sort of day each day is
//   banli eval EXPR [--bind FILE.json]                     what an expression gives, and why
//   banli library COMMAND ...                              the item library of an office: list,
//                                                          allowed, life-cycle, compare,
//                                                          disclosure, export, restore, check
//   banli export STORE --xes|--ocel -o FILE                cases for tools of process mining
//   banli import CONFIG --log LOG --store DB               what another system pushes, case by case
//   banli case show|history|restore|explain STORE ID ...   how a case stands, and stood
//   banli verify STORE [--checkpoint FILE --public KEY]    that no event was changed
//   banli checkpoint STORE --key KEY -o FILE               where every case stands, signed
//   banli backup STORE -o FILE                             a copy, and the proof of it
//
// The program, `python -m banli` and the tests call the same function; streams are arguments, so
// nothing here touches a terminal by itself. Exit codes:
//
//   0  done
//   1  the input is wrong: problems of a configuration or a log, commands the engine refused, a
//      deadline that cannot be (extension refused, outside the calendar), an expression that gives
//      no value (an error, a missing field)
//   2  the command line is wrong
//   3  the store, the report or the picture could not be read or written
//
// A log of another system (one with a log_mapping) is described, not judged: a case that deviates
// from the flowchart is reported and does not change the exit code.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace banli {

/// Where a command line writes.
struct console {
  std::ostream& out;
  std::ostream& err;
  /// How progress is shown on err: rewritten in place, or one line a stage.
  enum class progress_style { in_place, lines, none } progress = progress_style::lines;
};

/// Runs one command line; arguments without the program's name. Never throws.
int command_line(const std::vector<std::string>& arguments, const console& to);

} // namespace banli
