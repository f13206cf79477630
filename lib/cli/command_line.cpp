#include <banli/cli/command_line.hpp>

#include <exception>
#include <ostream>

#include <CLI/CLI.hpp>

#include "commands.hpp"
#include "open_store.hpp"
#include "usage.hpp"
#include <banli/version.hpp>

namespace banli {

namespace {

void add_run(CLI::App& app, run_arguments& a) {
  CLI::App* c = app.add_subcommand("run", "replay a log of case commands through the engine");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  c->add_option("--log", a.log, "CSV log of commands (.gz too)")->required();
  c->add_option("--store", a.store, "SQLite store; created if missing")->required();
  c->add_option("--report", a.report, "folder for the report; none is written without it");
  add_former(*c, a.former);
  c->add_option("--at", a.at, "supervise up to this instant (default: the last of the log)");
  add_digest(*c, a.digest);
  add_ring(*c, a.ring);
  add_language(*c, a.in);
}

void add_check(CLI::App& app, check_arguments& a) {
  CLI::App* c = app.add_subcommand("check", "report every problem of configurations");
  c->add_option("paths", a.paths, "folders or files of YAML documents")->required();
  c->add_flag("--json", a.json, "problems as JSON");
  add_language(*c, a.in);
}

/// An option that may be given again and again, one value each time.
void add_many(CLI::App& app, const char* name, std::vector<std::string>& into, const char* what) {
  app.add_option(name, into, what)->allow_extra_args(false);
}

void add_calendar_options(CLI::App& app, calendar_options& o) {
  add_many(app, "--calendar", o.calendars,
           "cn, or a file (YAML, CSV); again for further notices (default: cn)");
  add_many(app, "--overlay", o.overlays, "days of a region or an agency (YAML, CSV)");
  app.add_option("--known-on", o.known_on, "forget notices published after this day");
}

void add_calendar(CLI::App& app, calendar_arguments& a) {
  CLI::App* c = app.add_subcommand("calendar", "say what sort of day each day is, and who said so");
  add_calendar_options(*c, a.of);
  c->add_option("--from", a.from, "first day");
  c->add_option("--to", a.to, "last day (default: the first)");
  c->add_option("--moved-from", a.moved_from,
                "only days that differ from what was known on this day");
  c->add_flag("--json", a.json, "as JSON");
  add_language(*c, a.in);
}

void add_deadline(CLI::App& app, deadline_arguments& a) {
  CLI::App* c = app.add_subcommand("deadline", "say when a time limit ends, and why");
  add_calendar_options(*c, a.of);
  c->add_option("--start", a.start, "day or instant of the event: 2024-09-02[T16:30]");
  c->add_option("--limit", a.limit, "\"20 workdays\", 60日, P3M, \"24 hours\"");
  add_many(*c, "--exclude", a.exclude, "[KIND:]DAY..DAY that is not counted; may be repeated");
  add_many(*c, "--suspend", a.suspend, "[KIND:]DAY..[DAY]; without its end there is no due date");
  add_many(*c, "--restart", a.restart,
           "[KIND:]DAY..[DAY]: asked for, and the later event after which the limit runs anew");
  add_many(*c, "--extend", a.extend, "LIMIT[@DAY[ by WHOM]], DAY being when it was asked for");
  c->add_option("--edges", a.edges,
                "of excluded intervals: closed, half_open_from, half_open_to, open");
  c->add_option("--roll", a.roll, "off a rest day: following, preceding, none");
  c->add_option("--resume", a.resume, "after a suspension: remaining, full");
  c->add_option("--order", a.order, "extend_then_roll, roll_then_extend");
  c->add_flag("--before", a.before, "the limit lies before the event");
  c->add_flag("--clear-days", a.clear_days, "with --before: whole days lie between");
  c->add_flag("--on-event", a.on_event, "the day of the event counts");
  c->add_option("--hours", a.hours, "office hours (YAML) for limits in working hours");
  c->add_option("--at", a.at, "how the limit stands at this instant");
  c->add_flag("--explain", a.explain, "print every day");
  c->add_option("--svg", a.svg, "write the days as a picture to this file");
  c->add_flag("--json", a.json, "the answer and every day as JSON");
  add_language(*c, a.in);
}

void add_catalogue(CLI::App& app, catalogue_arguments& a) {
  CLI::App* c = app.add_subcommand("catalogue", "the baseline catalogue, and what covers it");
  CLI::Option* path =
      c->add_option("path", a.path, "configuration, or CSV of a local catalogue, to compare");
  c->add_flag("--baseline", a.baseline, "print the 385 lines")->excludes(path);
  c->add_flag("--coverage", a.coverage, "what is missing and extra")->needs(path);
  c->add_flag("--json", a.json, "as JSON");
  add_language(*c, a.in);
}

void add_export(CLI::App& app, export_arguments& a, process_arguments& cases) {
  CLI::App* c = app.add_subcommand("export", "write what others read")->require_subcommand(0, 1);
  add_process_export(*c, cases);
  c = c->add_subcommand("items", "the tables of the items of a configuration");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  c->add_option(
       "--form", a.form,
       "表一, a1, service_list, charge_list, negative_list, power_list, guide, seven_open, "
       "promises, approval_open")
      ->required();
  c->add_option("--format", a.format, "csv or markdown")
      ->check(CLI::IsMember({"csv", "markdown"}))
      ->default_str("markdown");
  c->add_option("-o,--output", a.out, "file; printed without it");
  c->add_flag("--exact", a.exact, "cells that can be imported again (表一, a1)");
  add_language(*c, a.in);
}

constexpr const char* a_flowchart = "YAML of kind flowchart, or BPMN 2.0";

void add_process(CLI::App& command, flow_arguments& a) {
  command.add_option("--process", a.process, "id of the process, where a BPMN file has several");
}

void add_flow_check(CLI::App& flow, flow_arguments& a) {
  CLI::App* c = flow.add_subcommand("check", "prove that it can always finish, or show how not");
  c->add_option("file", a.path, a_flowchart)->required();
  add_process(*c, a);
  c->add_option("--states", a.states, "markings to visit at most")->default_str("1000000");
  c->add_flag("--json", a.json, "as JSON");
  add_language(*c, a.in);
}

void add_flow_draw(CLI::App& flow, flow_arguments& a) {
  CLI::App* c = flow.add_subcommand("draw", "draw it");
  c->add_option("file", a.path, a_flowchart)->required();
  add_process(*c, a);
  c->add_option("--to", a.format, "svg, mermaid or bpmn")
      ->check(CLI::IsMember({"svg", "mermaid", "bpmn"}))
      ->default_str("svg");
  c->add_option("-o,--output", a.out, "file; printed without it");
  c->add_flag("--lanes", a.lanes, "a column for each department (svg)");
  c->add_flag("--faults", a.faults, "mark the way to the first fault, and every fault");
  add_language(*c, a.in);
}

void add_flow_convert(CLI::App& flow, flow_arguments& a) {
  CLI::App* c = flow.add_subcommand("convert", "write it in another form");
  c->add_option("in", a.path, a_flowchart)->required();
  c->add_option("out", a.other, "file.yaml, file.bpmn, file.svg or file.mmd")->required();
  c->add_option("--into", a.into,
                "the BPMN file it was read from: all else of it stays as it is (bpmn)");
  add_process(*c, a);
  add_language(*c, a.in);
}

void add_flow_compare(CLI::App& flow, flow_arguments& a) {
  CLI::App* c = flow.add_subcommand("compare", "what a new version changes: steps, days, rates");
  c->add_option("before", a.path, a_flowchart)->required();
  c->add_option("after", a.other, a_flowchart)->required();
  CLI::Option* was =
      c->add_option("--promised-before", a.promised_before, "limit: \"20 workdays\"");
  CLI::Option* is = c->add_option("--promised-after", a.promised_after, "limit: \"12 workdays\"");
  was->needs(is);
  is->needs(was);
  c->add_flag("--json", a.json, "as JSON");
  add_language(*c, a.in);
}

void add_flow(CLI::App& app, flow_arguments& a) {
  CLI::App* c = app.add_subcommand("flow", "check, draw, convert and compare flowcharts");
  c->require_subcommand(1);
  add_flow_check(*c, a);
  add_flow_draw(*c, a);
  add_flow_convert(*c, a);
  add_flow_compare(*c, a);
}

void add_eval(CLI::App& app, eval_arguments& a) {
  CLI::App* c = app.add_subcommand("eval", "evaluate an expression of CEL");
  c->add_option("expression", a.expression, "\"case.elapsed > 3\"")->required();
  c->add_option("--bind", a.bind,
                "JSON of values by name; \"types\", \"clocks\" and \"labels\" declare");
  c->add_option("--now", a.now, "instant at which clocks are read; `now` in the expression");
  c->add_flag("--explain", a.explain, "every part with its value, a star before what decided");
  c->add_flag("--json", a.json, "as JSON");
  add_language(*c, a.in);
}

void add_rules(CLI::App& app, rules_arguments& a) {
  CLI::App* rules =
      app.add_subcommand("rules", "check, test and explain rules and decision tables");
  rules->require_subcommand(1);
  const auto command = [&](const char* name, const char* what) {
    CLI::App* c = rules->add_subcommand(name, what);
    c->add_option("path", a.path, "file (YAML; CSV of a table), or folder")->required();
    c->add_flag("--json", a.json, "as JSON");
    add_language(*c, a.in);
    return c;
  };
  command("check", "every problem; gaps and overlaps of tables, with examples");
  command("test", "run the tests that rules carry");
  CLI::App* c = command("explain", "say what a rule or a table gives, and why");
  c->add_option("--rule", a.id, "its id (default: all of them)");
  c->add_option("--bind", a.bind, "JSON file of the values it reads");
}

void add_watch(CLI::App& app, watch_arguments& a) {
  const auto command = [&](const char* name, const char* what) {
    CLI::App* c = app.add_subcommand(name, what);
    c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
    c->add_option("--store", a.store, "SQLite store")->required();
    c->add_option("--at", a.at, "watch up to this instant")->required();
    add_former(*c, a.former);
    c->add_option("--lapse", a.lapse, "working days after which reminders and warnings lapse")
        ->check(CLI::Range(1, 10'000));
    c->add_option("--rules", a.rules, "file, folder, or a pack that banli carries: supervision");
    add_many(*c, "--set", a.settings, "RULE.PARAMETER=VALUE, such as A003.share=0.9");
    c->add_flag("--json", a.json, "as JSON, a line each");
    add_language(*c, a.in);
    return c;
  };
  CLI::App* w = command("watch", "the hits of every case of a store, and what comes next");
  w->add_option("--until", a.until, "what comes until then (default: seven days on)");
  w->add_option("--of", a.of,
                "what is watched: cases; units month by month, persons and their applicants; "
                "orders that are owed or not closed; columns of the website")
      ->check(CLI::IsMember({"cases", "units", "orders", "columns"}))
      ->default_str("cases");
  w->add_option("--by", a.by,
                "rules over what --of names (default: the pack unit-month, orders or disclosure)");
  CLI::App* b = command("backtest", "what other rules or days would have found, compared");
  add_many(*b, "--calendar", a.tried.calendars,
           "another calendar: cn, or a file (YAML, CSV); again for further notices");
  add_many(*b, "--overlay", a.tried.overlays, "days that are amended (YAML, CSV)");
}

/// What each subcommand was given.
struct all_arguments {
  run_arguments run;
  check_arguments check;
  deadline_arguments deadline;
  calendar_arguments calendar;
  catalogue_arguments catalogue;
  export_arguments tables;
  flow_arguments flow;
  library_arguments library;
  store_arguments store;
  case_arguments cases;
  process_arguments process;
  import_arguments import_log;
  eval_arguments eval;
  rules_arguments rules;
  portal_arguments portal;
  register_arguments orders;
  register_arguments complaints;
  score_arguments score;
  stats_arguments stats;
  report_arguments report;
  watch_arguments watch;
};

flow_arguments::action flow_action(const CLI::App& flow) {
  if (flow.got_subcommand("draw")) return flow_arguments::action::draw;
  if (flow.got_subcommand("convert")) return flow_arguments::action::convert;
  if (flow.got_subcommand("compare")) return flow_arguments::action::compare;
  return flow_arguments::action::check;
}

rules_arguments::action rules_action(const CLI::App& rules) {
  if (rules.got_subcommand("test")) return rules_arguments::action::test;
  if (rules.got_subcommand("explain")) return rules_arguments::action::explain;
  return rules_arguments::action::check;
}

int dispatch(const CLI::App& app, all_arguments& a, const console& to) {
  if (app.got_subcommand("calendar")) return calendar_command(a.calendar, to);
  if (app.got_subcommand("catalogue")) return catalogue_command(a.catalogue, to);
  if (app.got_subcommand("deadline")) return deadline_command(a.deadline, to);
  if (app.got_subcommand("export"))
    return app.get_subcommand("export")->got_subcommand("items") ? export_command(a.tables, to)
                                                                 : process_command(a.process, to);
  if (app.got_subcommand("import")) return import_command(a.import_log, to);
  if (app.got_subcommand("eval")) return eval_command(a.eval, to);
  if (app.got_subcommand("flow")) {
    a.flow.what = flow_action(*app.get_subcommand("flow"));
    return flow_command(a.flow, to);
  }
  if (app.got_subcommand("library")) {
    const CLI::App* chosen = app.get_subcommand("library")->get_subcommands().front();
    return library_command(chosen->get_name(), a.library, to);
  }
  if (app.got_subcommand("rules")) {
    a.rules.what = rules_action(*app.get_subcommand("rules"));
    return rules_command(a.rules, to);
  }
  if (app.got_subcommand("order")) {
    const CLI::App* chosen = app.get_subcommand("order")->get_subcommands().front();
    return order_command(chosen->get_name(), a.orders, to);
  }
  if (app.got_subcommand("complaint")) {
    const CLI::App* chosen = app.get_subcommand("complaint")->get_subcommands().front();
    return complaint_command(chosen->get_name(), a.complaints, to);
  }
  if (app.got_subcommand("run")) return run_command(a.run, to);
  if (app.got_subcommand("score")) return score_command(a.score, to);
  if (app.got_subcommand("stats")) return stats_command(a.stats, to);
  if (app.got_subcommand("report")) return report_command(a.report, to);
  if (app.got_subcommand("watch")) return watch_command(a.watch, to);
  if (app.got_subcommand("backtest")) return backtest_command(a.watch, to);
  if (app.got_subcommand("verify")) return verify_command(a.store, to);
  if (app.got_subcommand("checkpoint")) return checkpoint_command(a.store, to);
  if (app.got_subcommand("backup")) return backup_command(a.store, to);
  if (app.got_subcommand("query")) return query_command(a.portal, to);
  if (app.got_subcommand("forget")) return forget_command(a.portal, to);
  if (app.got_subcommand("public"))
    return public_command(app.get_subcommand("public")->get_subcommands().front()->get_name(),
                          a.portal, to);
  if (app.got_subcommand("case"))
    return case_command(app.get_subcommand("case")->get_subcommands().front()->get_name(), a.cases,
                        to);
  return check_command(a.check, to);
}

} // namespace

int command_line(const std::vector<std::string>& arguments, const console& to) {
  try {
    CLI::App app{"banli: service items, flowcharts, deadlines and supervision", "banli"};
    app.set_version_flag("--version", std::string{version});
    app.require_subcommand(1);
    language in = language_of_arguments(arguments);
    add_language(app, in);
    all_arguments a;
    add_run(app, a.run);
    add_check(app, a.check);
    add_deadline(app, a.deadline);
    add_calendar(app, a.calendar);
    add_catalogue(app, a.catalogue);
    add_export(app, a.tables, a.process);
    add_import(app, a.import_log);
    add_flow(app, a.flow);
    add_library(app, a.library);
    add_store(app, a.store);
    add_case(app, a.cases);
    add_eval(app, a.eval);
    add_rules(app, a.rules);
    add_portal(app, a.portal);
    add_orders(app, a.orders);
    add_complaints(app, a.complaints);
    add_score(app, a.score);
    add_stats(app, a.stats);
    add_report(app, a.report);
    add_watch(app, a.watch);
    const std::vector<std::string> words = language_behind(arguments);
    std::vector<std::string> reversed{words.rbegin(), words.rend()};
    try {
      app.parse(std::move(reversed));
    } catch (const CLI::ParseError& e) {
      return explain_usage(app, e, language_of_arguments(arguments), to);
    }
    return dispatch(app, a, to);
  } catch (const std::exception& e) {
    to.err << "error: " << e.what() << '\n';
    return exit_failure;
  }
}

} // namespace banli
