#include "portal_arguments.hpp"

#include "usage.hpp"

#include "open_store.hpp"

namespace banli {

namespace {

CLI::App* portal_subcommand(CLI::App& app, portal_arguments& a, const char* name,
                            const char* what) {
  CLI::App* c = app.add_subcommand(name, what);
  add_language(*c, a.in);
  return c;
}

void add_store_of_cases(CLI::App& c, portal_arguments& a) {
  c.add_option("--store", a.store, "SQLite store of the cases")->required();
  add_former(c, a.former);
  add_ring(c, a.ring);
}

void add_table(CLI::App& c, portal_arguments& a) {
  c.add_option("--format", a.format, "csv, markdown or json")
      ->check(CLI::IsMember({"csv", "markdown", "json"}))
      ->default_str("csv");
  c.add_flag_callback(
      "--json", [to = &a] { to->format = "json"; }, "as JSON");
  c.add_option("-o,--output", a.out, "file; printed without it");
}

void add_public(CLI::App& app, portal_arguments& a) {
  CLI::App* all = app.add_subcommand("public", "what an office shows to everybody");
  all->require_subcommand(1);
  const auto command = [&](const char* name, const char* what) {
    CLI::App* c = portal_subcommand(*all, a, name, what);
    c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
    return c;
  };
  const auto json = [&](CLI::App* c) { c->add_flag("--json", a.json, "as JSON"); };
  CLI::App* c = command("tree", "the directory of the items");
  json(c);
  c->add_option("--by", a.by, "department, type, field, applicants, catalogue")->delimiter(',');
  c = command("list", "one page of the items");
  c->add_option("--by", a.by, "of the directory, for --node")->delimiter(',');
  c->add_option("--node", a.node, "path in the directory: 民政局>行政许可");
  c->add_option("--page", a.page, "counted from 1")->default_str("1");
  c->add_option("--size", a.size, "lines of a page")->default_str("20");
  json(c);
  c = command("show", "the five sub-columns of an item");
  c->add_option("item", a.item, "code")->required();
  json(c);
  c = command("search", "items by words");
  c->add_option("words", a.words, "\"社团登记\"")->required();
  json(c);
  c = command("consult", "who answers a question, and until when");
  c->add_option("title", a.title, "of the question")->required();
  c->add_option("words", a.words, "the question itself");
  c->add_option("--item", a.item, "code of the item it is about");
  c->add_option("--unit", a.unit, "id of the department it is addressed to");
  c->add_option("--reception", a.reception, "id of who takes what nobody is competent for");
  c->add_option("--at", a.at, "instant at which it is asked")->required();
  json(c);
  c = command("results", "what became of the cases of an item");
  c->add_option("item", a.item, "code")->required();
  add_store_of_cases(*c, a);
  add_table(*c, a);
  c = command("overdue", "cases past their promised limit");
  add_store_of_cases(*c, a);
  c->add_option("--at", a.at, "instant of the list")->required();
  c->add_option("--since", a.since, "with those that ended late from this day on");
  add_table(*c, a);
  c = command("repository", "one of the five information repositories");
  c->add_option("name", a.name,
                "items, processes, results, supervision_rules, supervision_business")
      ->required();
  add_store_of_cases(*c, a);
  c->add_flag("--json", a.json, "as JSON, in the place of CSV");
  c->add_flag("--personal", a.personal, "personal data as they are, for who has the right");
  c->add_option("-o,--output", a.out, "file; printed without it");
}

} // namespace

void add_ring(CLI::App& c, ring_arguments& a) {
  CLI::Option* keys = c.add_option("--keys", a.keys, "key ring, where personal data are sealed");
  CLI::Option* master = c.add_option("--master", a.master, "file of its master key");
  keys->needs(master);
  master->needs(keys);
}

void add_portal(CLI::App& app, portal_arguments& a) {
  CLI::App* c = portal_subcommand(app, a, "query", "how a case stands, for who has both its keys");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  add_store_of_cases(*c, a);
  c->add_option("--number", a.number, "of the case")->required();
  c->add_option("--certificate", a.certificate, "its number")->required();
  c->add_flag("--json", a.json, "as JSON");

  c = portal_subcommand(app, a, "forget",
                        "erase the key of a person: his data can be read no more");
  add_ring(*c, a.ring);
  c->get_option("--keys")->required();
  c->add_option("--kind", a.kind, "of the certificate")->default_str("resident_id");
  c->add_option("--certificate", a.certificate, "its number")->required();
  c->add_option("--on", a.at, "day that is remembered")->required();
  c->add_flag("--json", a.json, "as JSON");

  add_public(app, a);
}

} // namespace banli
