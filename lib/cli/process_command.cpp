// `banli export STORE --xes|--ocel` and `banli import`.
#include <ostream>

#include "commands.hpp"
#include "files.hpp"
#include "open_store.hpp"
#include <banli/document/configuration.hpp>
#include <banli/interchange/foreign_log.hpp>
#include <banli/interchange/process_log.hpp>
#include <banli/run/case_view.hpp>
#include <banli/run/replay.hpp>

namespace banli {

namespace {

result<std::string> told(const case_store& store, process_log log) {
  // Who complained must not leave with the cases; orders and complaints have exports of their own.
  const auto all = cases_in(store);
  if (!all) return all.error();
  for (const stored_case& c : *all) {
    const auto events = store.load(c.id);
    if (!events) return events.error();
    log.add({.id = c.id, .item = c.item, .events = *events});
  }
  return std::move(log).take();
}

std::string cell(std::string_view s) {
  if (s.find_first_of(",\"\n\r") == std::string_view::npos) return std::string{s};
  std::string out = "\"";
  for (const char c : s) out += c == '"' ? std::string{"\"\""} : std::string{c};
  return out + '"';
}

class importer {
 public:
  importer(const import_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    const configuration config = load_configuration(a_.configuration);
    if (!config.good()) {
      print(config.found, a_.in, to_);
      return exit_for(config.found.front());
    }
    const auto text = read_log_file(a_.log);
    if (!text) return fail(text.error(), a_.in, to_);
    const auto mapping = mapping_of(config, *text);
    if (!mapping) return fail(mapping.error(), a_.in, to_, exit_usage);
    case_log_result read = import_case_log(*text, a_.log, *mapping);
    const auto store = open_sqlite_store(a_.store, {}, a_.digest);
    if (!store) return fail(store.error(), a_.in, to_);
    const auto done =
        replay(config, read.log, **store, {.until = last_instant(read.log), .audited = false});
    if (!done) return fail(done.error(), a_.in, to_);
    for (const refusal& r : done->refusals)
      if (r.why.code != errc::not_finished) read.found.push_back(r.why); // not delivered yet
    return report(*done, read.found);
  }

 private:
  /// That of the configuration, or of XES, with the columns named on the command line over it.
  result<log_mapping> mapping_of(const configuration& config, std::string_view text) const {
    log_mapping m = config.log.value_or(log_mapping{});
    if (is_xes(text)) {
      const auto steps = std::move(m.steps);
      m = xes_mapping(m.item);
      m.steps = steps;
    }
    if (!a_.item.empty()) m.item = item_id{a_.item};
    const auto over = [](std::string& into, const std::string& given) {
      if (!given.empty()) into = given;
    };
    over(m.case_column, a_.columns.case_column);
    over(m.step_column, a_.columns.step_column);
    over(m.time_column, a_.columns.time_column);
    over(m.actor_column, a_.columns.actor_column);
    over(m.sequence_column, a_.columns.sequence_column);
    over(m.received_column, a_.columns.received_column);
    if (!m.item.empty() && !m.case_column.empty() && !m.step_column.empty() &&
        !m.time_column.empty())
      return m;
    return make_error(errc::missing_field,
                      "the configuration has no log_mapping: give --item, --case, --step, --time",
                      "配置中没有 log_mapping:请给出 --item、--case、--step、--time");
  }

  int report(const run_result& done, const problems& found) const {
    to_.out << fmt::format(
        fmt::runtime(
            a_.in == language::zh
                ? "命令 {} 条(已在库中 {} 条),新增事件 {} 条,问题 {} 个\n"
                : "commands {} (known to the store {}), events appended {}, problems {}\n"),
        done.commands, done.already_done, done.events_appended, found.size());
    for (const error& e : found) to_.err << to_string(e, a_.in) << '\n';
    if (!a_.problems.empty()) {
      std::string csv = "file,line,column,code,message,message_zh\n";
      for (const error& e : found)
        csv += fmt::format("{},{},{},{},{},{}\n", cell(e.where.file), e.where.line, e.where.column,
                           to_string(e.code), cell(e.message.en), cell(e.message.zh));
      if (const int code = put(a_.problems, csv, a_.in, to_); code != exit_done) return code;
    }
    return found.empty() ? exit_done : exit_wrong_input;
  }

  const import_arguments& a_;
  const console& to_;
};

} // namespace

int process_command(const process_arguments& a, const console& to) {
  if (a.store.empty() || a.xes == a.ocel)
    return fail(make_error(errc::missing_field, "give a store and --xes or --ocel, or 'items'",
                           "请给出数据文件和 --xes 或 --ocel,或 items"),
                a.in, to, exit_usage);
  if (auto r = check_offset(a.offset); !r)
    return fail(at(r.error(), {"--offset", 0, 0}), a.in, to, exit_usage);
  const auto store = open_kept_store(a.store);
  if (!store) return fail(store.error(), a.in, to);
  process_log log{a.xes ? process_form::xes : process_form::ocel,
                  {.details = a.everything ? told_details::everything : told_details::process,
                   .offset = a.offset,
                   .name = {}}};
  const auto text = told(**store, std::move(log));
  if (!text) return fail(text.error(), a.in, to);
  return put(a.out, *text, a.in, to);
}

int import_command(const import_arguments& a, const console& to) { return importer{a, to}.run(); }

} // namespace banli
