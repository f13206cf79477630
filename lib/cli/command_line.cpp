#include <banli/cli/command_line.hpp>

#include <exception>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include <banli/version.hpp>

namespace banli {

namespace {

void add_language(CLI::App& app, language& in) {
  app.add_option("--lang", in, "language of messages and pages: zh or en")
      ->transform(CLI::CheckedTransformer(
          std::map<std::string, language>{{"zh", language::zh}, {"en", language::en}}))
      ->default_str("zh");
}

void add_run(CLI::App& app, run_arguments& a) {
  CLI::App* c = app.add_subcommand("run", "replay a log of case commands through the engine");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  c->add_option("--log", a.log, "CSV log of commands (.gz too)")->required();
  c->add_option("--store", a.store, "SQLite store; created if missing")->required();
  c->add_option("--report", a.report, "folder for the report; none is written without it");
  c->add_option("--at", a.at, "supervise up to this instant (default: the last of the log)");
  add_language(*c, a.in);
}

void add_check(CLI::App& app, check_arguments& a) {
  CLI::App* c = app.add_subcommand("check", "report every problem of configurations");
  c->add_option("paths", a.paths, "folders or files of YAML documents")->required();
  c->add_flag("--json", a.json, "problems as JSON");
  add_language(*c, a.in);
}

int dispatch(const CLI::App& app, const run_arguments& run, const check_arguments& check,
             const console& to) {
  if (app.got_subcommand("run")) return run_command(run, to);
  return check_command(check, to);
}

} // namespace

int command_line(const std::vector<std::string>& arguments, const console& to) {
  try {
    CLI::App app{"banli: service items, flowcharts, deadlines and supervision", "banli"};
    app.set_version_flag("--version", std::string{version});
    app.require_subcommand(1);
    run_arguments run;
    check_arguments check;
    add_run(app, run);
    add_check(app, check);
    std::vector<std::string> reversed{arguments.rbegin(), arguments.rend()};
    try {
      app.parse(std::move(reversed));
    } catch (const CLI::ParseError& e) {
      return app.exit(e, to.out, to.err) == 0 ? exit_done : exit_usage;
    }
    return dispatch(app, run, check, to);
  } catch (const std::exception& e) {
    to.err << "error: " << e.what() << '\n';
    return exit_failure;
  }
}

} // namespace banli
