#include "library_arguments.hpp"

#include "usage.hpp"

namespace banli {

namespace {

/// A subcommand with the options that all of them have.
CLI::App* subcommand(CLI::App& library, library_arguments& a, const char* name, const char* what) {
  CLI::App* c = library.add_subcommand(name, what);
  c->add_flag("--json", a.json, "as JSON");
  add_language(*c, a.in);
  return c;
}

void add_list(CLI::App& library, library_arguments& a) {
  CLI::App* c =
      subcommand(library, a, "list", "the items of a library, or those that are searched");
  c->add_option("bundle", a.bundle, "bundle of a library")->required();
  c->add_option("--code", a.code, "code, or how it begins");
  c->add_option("--name", a.name, "part of the name");
  c->add_option("--type", a.type, "two letters: XK");
  c->add_option("--department", a.department, "id of the department");
  c->add_option("--state", a.state, "draft, published …, or 暂存, 已入库 …");
  c->add_option("--law", a.law, "part of the title of a law it rests on");
  c->add_option("--group", a.group, "group, or one above it: 市场监管>食品");
  c->add_option("--on", a.on, "only what is in force on this day");
  c->add_option("--skip", a.skip, "leave out so many");
  c->add_option("--limit", a.limit, "at most so many")->default_str("100");
}

void add_allowed(CLI::App& library, library_arguments& a) {
  CLI::App* c = subcommand(library, a, "allowed", "what somebody may do with an item now");
  c->add_option("bundle", a.bundle, "bundle of a library; without it, ask by --state");
  c->add_option("--entry", a.entry, "number of the item in the library");
  c->add_option("--state", a.state, "a state, without a library");
  c->add_option("--role", a.roles, "entry_account, 编办 …; again for more")
      ->allow_extra_args(false)
      ->required();
  c->add_option("--department", a.department, "department of who asks");
}

void add_files(CLI::App& library, library_arguments& a) {
  CLI::App* c = subcommand(library, a, "export", "take a configuration over into a bundle");
  c->add_option("configuration", a.bundle, "folder of YAML documents")->required();
  c->add_option("--since", a.since, "day from which its items are in force")->required();
  c->add_option("--on", a.on, "day on which they are taken over (default: --since)");
  c->add_option("--by", a.by, "who takes them over");
  c->add_option("-o,--output", a.out, "file; printed without it");
  c = subcommand(library, a, "restore", "write what a bundle has in force as YAML documents");
  c->add_option("bundle", a.bundle, "bundle of a library")->required();
  c->add_option("--on", a.on, "day on which items are in force")->required();
  c->add_option("-o,--output", a.out, "folder, new or empty")->required();
  c = subcommand(library, a, "check", "everything wrong with a bundle");
  c->add_option("bundle", a.bundle, "bundle of a library")->required();
  c->add_option("--on", a.on, "day on which references must hold")->required();
}

} // namespace

void add_library(CLI::App& app, library_arguments& a) {
  CLI::App* library = app.add_subcommand("library", "the item library of an office");
  library->require_subcommand(1);
  add_list(*library, a);
  add_allowed(*library, a);
  CLI::App* c = subcommand(*library, a, "life-cycle", "the table of the life cycle of items");
  c->add_option("--format", a.format, "table, mermaid, dot or svg")
      ->check(CLI::IsMember({"table", "mermaid", "dot", "svg"}))
      ->default_str("table");
  c->add_option("-o,--output", a.out, "file; printed without it");
  c = subcommand(*library, a, "compare", "what changed between two versions of an item");
  c->add_option("before", a.before, "document of kind item")->required();
  c->add_option("after", a.after, "document of kind item")->required();
  c = subcommand(*library, a, "disclosure", "which columns are due, late or missing");
  c->add_option("configuration", a.bundle, "folder of YAML documents")->required();
  c->add_option("--on", a.on, "day of the report")->required();
  c->add_option("--since", a.since, "from when duties run (default: that of the publications)");
  add_files(*library, a);
}

} // namespace banli
