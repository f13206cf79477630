#include <ostream>

#include "commands.hpp"
#include "kept_ring.hpp"
#include "open_store.hpp"
#include "progress_line.hpp"
#include <banli/run/replay.hpp>
#include <banli/run/report.hpp>
#include <banli/storage/sealing_store.hpp>
#include <banli/storage/sqlite_store.hpp>

namespace banli {

namespace {

class runner {
 public:
  runner(const run_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    const configuration config = load_with_former(a_.configuration, a_.former);
    if (!config.good()) return report_problems(config.found);
    const auto text = read_log_file(a_.log);
    if (!text) return fail(text.error());
    const case_log_result read =
        config.log ? parse_case_log(*text, a_.log, *config.log) : parse_case_log(*text, a_.log);
    if (!read.found.empty()) return report_problems(read.found);
    if (auto wrong = set_instant(read.log)) return fail(*wrong);
    const auto store = open_sqlite_store(a_.store, {}, a_.digest);
    if (!store) return fail(store.error());
    if (a_.ring.keys.empty()) return replay_into(config, read.log, **store);
    const auto ring = open_kept_ring(a_.ring);
    if (!ring) return fail(ring.error());
    return replay_into(config, read.log, *sealing_store(**store, **ring));
  }

 private:
  std::optional<error> set_instant(const case_log& log) {
    until_ = last_instant(log);
    if (a_.at.empty()) return std::nullopt;
    const auto t = parse_instant(a_.at);
    if (!t) return t.error();
    until_ = *t;
    return std::nullopt;
  }

  int replay_into(const configuration& config, const case_log& log, case_store& store) {
    progress_line line{to_, a_.in};
    const auto show = [&](const progress& p) { line.show(p); };
    const auto done =
        replay(config, log, store, {.until = until_, .on_progress = show, .audited = !config.log});
    if (!done) return fail(done.error());
    print_result(config, *done);
    if (!a_.report.empty()) {
      const auto written = write_report(a_.report, config, *done, store,
                                        {.until = until_, .in = a_.in, .on_progress = show});
      if (!written) return fail(written.error());
      say("report: {} and {} dossiers\n", "报告:{},{} 份办件档案\n", written->index,
          written->dossiers);
    }
    if (config.log) return exit_done;
    return done->refusals.empty() ? exit_done : exit_wrong_input;
  }

  template <class... Args>
  void say(std::string_view en, std::string_view zh, const Args&... args) const {
    to_.out << fmt::format(fmt::runtime(a_.in == language::zh ? zh : en), args...);
  }

  void print_result(const configuration& config, const run_result& r) const {
    say("{}, as of {}\n\n", "{},截至 {}\n\n", config.name, to_short_text(until_));
    to_.out << to_table(r, a_.in) << '\n';
    say("commands {} (known to the store {}), events appended {}, refused {}\n",
        "命令 {} 条(已在库中 {} 条),新增事件 {} 条,拒绝 {} 条\n", r.commands, r.already_done,
        r.events_appended, refused(config, r));
    if (r.refusals_recorded > 0)
      say("refusals recorded in the audit log {}\n", "拒绝写入审计日志 {} 条\n",
          r.refusals_recorded);
    if (config.log)
      say("cases complete {}, legal but unfinished {}, deviating {}\n",
          "流程走完 {} 件,合规未完 {} 件,偏离流程 {} 件\n", r.complete, r.unfinished, r.deviating);
    if (r.deadlines > 0)
      say("recorded deadline reproduced in {} of {} cases\n",
          "与原记录到期日一致:{} 件,共比对 {} 件\n", r.deadlines_reproduced, r.deadlines);
    for (const refusal& f : r.refusals)
      if (!(config.log && f.why.code == errc::not_finished)) print(f);
    for (const error& w : r.warnings) to_.err << to_string(w, a_.in) << '\n';
  }

  /// A delivery asked of a foreign case whose flow is not at its end is no refusal to speak of.
  static std::size_t refused(const configuration& config, const run_result& r) {
    std::size_t n = 0;
    for (const refusal& f : r.refusals)
      if (!(config.log && f.why.code == errc::not_finished)) ++n;
    return n;
  }

  void print(const refusal& f) const {
    to_.err << to_string(f.why, a_.in);
    if (f.passed_over > 0)
      to_.err << fmt::format(fmt::runtime(a_.in == language::zh
                                              ? "(该办件后续 {} 条命令未执行)"
                                              : " ({} later commands of the case passed over)"),
                             f.passed_over);
    to_.err << '\n';
  }

  int report_problems(const problems& found) const {
    banli::print(found, a_.in, to_);
    return exit_for(found.front());
  }

  int fail(const error& e) const {
    to_.err << to_string(e, a_.in) << '\n';
    return exit_for(e);
  }

  const run_arguments& a_;
  const console& to_;
  instant until_{};
};

} // namespace

int run_command(const run_arguments& a, const console& to) { return runner{a, to}.run(); }

} // namespace banli
