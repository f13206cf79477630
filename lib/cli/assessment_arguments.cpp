#include "assessment_arguments.hpp"

#include <banli/time/text.hpp>

#include "open_store.hpp"
#include "usage.hpp"

namespace banli {

namespace {

void add_window(CLI::App& c, window_arguments& w) {
  c.add_option("--from", w.from, "first day");
  c.add_option("--to", w.to, "last day");
}

CLI::App* assessment_command(CLI::App& app, language& in, const char* name, const char* what) {
  CLI::App* c = app.add_subcommand(name, what);
  add_language(*c, in);
  return c;
}

} // namespace

void add_score(CLI::App& app, score_arguments& a) {
  CLI::App* c = assessment_command(app, a.in, "score", "score and rank departments or persons");
  c->add_option("scheme", a.scheme, "YAML of kind scoring_scheme")->required();
  c->add_option("--records", a.records, "CSV of findings; may be repeated")
      ->allow_extra_args(false);
  c->add_option("--evaluations", a.evaluations, "CSV of evaluations; may be repeated")
      ->allow_extra_args(false);
  c->add_option("--counts", a.counts, "CSV of counts by subject, where one period is scored");
  CLI::Option* config =
      c->add_option("--configuration", a.configuration, "folder of YAML documents, with --store");
  CLI::Option* store = c->add_option("--store", a.store,
                                     "SQLite store whose hits, late cases, orders, complaints and "
                                     "counts are scored");
  add_former(*c, a.former);
  config->needs(store);
  store->needs(config);
  c->add_option("--subject", a.subjects, "only this one; may be repeated")->allow_extra_args(false);
  add_window(*c, a.window);
  c->add_flag("--explain", a.explain, "every point, and what it is for");
  CLI::Option* csv = c->add_flag("--csv", a.csv, "the ranking as CSV; with --explain every point");
  c->add_flag("--json", a.json, "scores, ranks and consequences as JSON")->excludes(csv);
}

void add_stats(CLI::App& app, stats_arguments& a) {
  CLI::App* c = assessment_command(app, a.in, "stats", "count cases, steps, items and more");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  c->add_option("--store", a.store, "SQLite store, for tables about cases");
  add_former(*c, a.former);
  c->add_option("--table", a.table,
                "cases, items, hall, hall_totals, coverage, public, overdue, disclosure, "
                "satisfaction, orders, complaints or sample")
      ->check(
          CLI::IsMember({"cases", "items", "hall", "hall_totals", "coverage", "public", "overdue",
                         "disclosure", "satisfaction", "orders", "complaints", "sample"}))
      ->default_str("cases");
  c->add_option("--by", a.by,
                "of cases: department, item, item_type, window, month, quarter, half_year, year; "
                "with post, person or step turns of steps are counted; of disclosure, orders and "
                "complaints: a period")
      ->delimiter(',');
  c->add_option("--evaluations", a.evaluations, "CSV of evaluations, for satisfaction")
      ->allow_extra_args(false);
  add_window(*c, a.window);
  c->add_option("--size", a.size, "of a sample")->default_str("30");
  c->add_option("--seed", a.seed, "of a sample: any text");
  CLI::Option* csv = c->add_flag("--csv", a.csv, "as CSV, for a spreadsheet");
  c->add_flag("--json", a.json, "as JSON")->excludes(csv);
  c->add_option("-o,--output", a.out, "file; printed without it");
}

void add_report(CLI::App& app, report_arguments& a) {
  CLI::App* c = assessment_command(app, a.in, "report", "write the report of a store as pages");
  c->add_option("configuration", a.configuration, "folder of YAML documents")->required();
  c->add_option("--store", a.store, "SQLite store of the cases")->required();
  add_former(*c, a.former);
  add_ring(*c, a.ring);
  c->add_option("--at", a.at, "instant of the report")->required();
  c->add_option("-o,--output", a.out, "folder for the pages")->required();
  c->add_flag("--json", a.json, "what was written, as JSON");
}

result<std::pair<day, day>> read_window(const window_arguments& w) {
  if (w.from.empty() || w.to.empty())
    return make_error(errc::missing_field, "--from and --to say which days are meant",
                      "应以 --from 和 --to 给出起止日期");
  const auto from = parse_day(w.from);
  if (!from) return at(from.error(), {"--from", 0, 0});
  const auto to = parse_day(w.to);
  if (!to) return at(to.error(), {"--to", 0, 0});
  if (*to < *from)
    return make_error(errc::bad_value, "the window ends before it begins",
                      "统计区间的终点早于起点");
  return std::pair{*from, *to + days{1}};
}

} // namespace banli
