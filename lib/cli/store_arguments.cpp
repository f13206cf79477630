#include "store_arguments.hpp"

#include "usage.hpp"

namespace banli {

namespace {

constexpr const char* a_store = "SQLite store";

CLI::App* subcommand(CLI::App& app, language& in, const char* name, const char* what) {
  CLI::App* c = app.add_subcommand(name, what);
  add_language(*c, in);
  return c;
}

CLI::App* about_case(CLI::App& cases, case_arguments& a, const char* name, const char* what) {
  CLI::App* c = subcommand(cases, a.in, name, what);
  c->add_option("store", a.store, a_store)->required();
  c->add_option("id", a.id, "number of the case")->required();
  add_ring(*c, a.ring);
  return c;
}

void add_configuration(CLI::App& c, case_arguments& a) {
  c.add_option("--configuration", a.configuration, "folder of YAML documents")->required();
}

} // namespace

void add_digest(CLI::App& c, chain_digest& digest) {
  c.add_option_function<std::string>(
       "--digest",
       [&digest](const std::string& name) { digest = parse_chain_digest(name).value(); },
       "of a store that is created: sha256 or sm3")
      ->check(CLI::IsMember({"sha256", "sm3"}))
      ->default_str("sha256");
}

void add_store(CLI::App& app, store_arguments& a) {
  CLI::App* c = subcommand(app, a.in, "verify", "prove that no event of a store was changed");
  c->add_option("store", a.store, a_store)->required();
  CLI::Option* file = c->add_option("--checkpoint", a.checkpoint, "file kept elsewhere");
  CLI::Option* key = c->add_option("--public", a.key, "public key of the checkpoint (PEM)");
  file->needs(key);
  key->needs(file);
  c->add_flag("--json", a.json, "as JSON");

  c = subcommand(app, a.in, "checkpoint", "write down and sign where every case stands");
  c->add_option("store", a.store, a_store)->required();
  c->add_option("--key", a.key, "private key, Ed25519 (PEM)")->required();
  c->add_option("--note", a.note, "what is written on it, such as the day")->default_str("-");
  c->add_option("-o,--output", a.out, "file; printed without it");

  c = subcommand(app, a.in, "backup", "copy a store and prove the copy");
  c->add_option("store", a.store, a_store)->required();
  c->add_option("-o,--output", a.out, "new file")->required();
}

void add_process_export(CLI::App& c, process_arguments& a) {
  c.add_option("store", a.store, a_store);
  CLI::Option* xes = c.add_flag("--xes", a.xes, "cases as XES (IEEE 1849)");
  c.add_flag("--ocel", a.ocel, "cases as OCEL 2.0 (JSON)")->excludes(xes);
  c.add_option("-o,--output", a.out, "file; printed without it");
  c.add_option("--offset", a.offset, "of the office from UTC")->default_str("+08:00");
  c.add_flag("--everything", a.everything, "also what people wrote, and who applied");
  add_language(c, a.in);
}

void add_import(CLI::App& app, import_arguments& a) {
  CLI::App* c =
      subcommand(app, a.in, "import", "take a log that another system pushes, case by case");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  c->add_option("--log", a.log, "CSV or XES (.gz too)")->required();
  c->add_option("--store", a.store, "SQLite store; created if missing")->required();
  c->add_option("--item", a.item, "item of its cases");
  c->add_option("--case", a.columns.case_column, "column of the case");
  c->add_option("--step", a.columns.step_column, "column of the step");
  c->add_option("--time", a.columns.time_column, "column of the time");
  c->add_option("--actor", a.columns.actor_column, "column of who did it");
  c->add_option("--sequence", a.columns.sequence_column, "column of the number in its case");
  c->add_option("--received", a.columns.received_column, "column of the day of receipt");
  c->add_option("--problems", a.problems, "CSV file for what could not be taken");
  add_digest(*c, a.digest);
}

void add_case(CLI::App& app, case_arguments& a) {
  CLI::App* cases = app.add_subcommand("case", "one case of a store: how it stands and stood");
  cases->require_subcommand(1);
  CLI::App* c = about_case(*cases, a, "show", "how a case stands");
  add_configuration(*c, a);
  c->add_flag("--json", a.json, "as JSON");
  c = about_case(*cases, a, "history", "every event of a case");
  c->add_option("--at", a.at, "only up to this instant");
  c->add_option("--known", a.known, "by what was recorded up to this instant (default: --at)");
  CLI::Option* json = c->add_flag("--json", a.json, "one event a line, personal data masked");
  c->add_flag("--personal", a.personal, "personal data as they are, for who has the right")
      ->needs(json);
  c = about_case(*cases, a, "restore", "how a case stood, by what was known then");
  add_configuration(*c, a);
  c->add_option("--at", a.at, "instant")->required();
  c->add_option("--known", a.known, "by what was recorded up to this instant (default: --at)");
  c->add_flag("--json", a.json, "as JSON");
  c = about_case(*cases, a, "explain", "its limits, day by day");
  add_configuration(*c, a);
  c->add_option("--at", a.at, "as it stood at this instant");
  c->add_option("--known", a.known, "by what was recorded up to this instant (default: --at)");
}

} // namespace banli
