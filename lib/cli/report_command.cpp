// `banli report`: the report of a store as it stands at an instant, without a log to replay.
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "kept_ring.hpp"
#include "open_store.hpp"
#include "progress_line.hpp"
#include <banli/run/report.hpp>
#include <banli/storage/sealing_store.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

class report_maker {
 public:
  report_maker(const report_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    const auto when = parse_instant(a_.at);
    if (!when) return fail(at(when.error(), {"--at", 0, 0}), a_.in, to_, exit_usage);
    const configuration config = load_with_former(a_.configuration, a_.former);
    if (!config.good()) {
      print(config.found, a_.in, to_);
      return exit_for(config.found.front());
    }
    const auto store = open_kept_store(a_.store, a_.ring);
    if (!store) return fail(store.error(), a_.in, to_);
    return write(config, **store, *when);
  }

 private:
  int write(const configuration& config, case_store& store, instant when) const {
    progress_line line{to_, a_.in};
    const auto show = [&](const progress& p) { line.show(p); };
    const auto found = replay(config, {}, store, {.until = when, .on_progress = show});
    if (!found) return fail(found.error(), a_.in, to_);
    for (const error& e : found->warnings) to_.err << to_string(e, a_.in) << '\n';
    const auto written = write_report(a_.out, config, *found, store,
                                      {.until = when, .in = a_.in, .on_progress = show});
    if (!written) return fail(written.error(), a_.in, to_);
    if (a_.json)
      to_.out << boost::json::serialize(boost::json::object{{"index", written->index},
                                                            {"cases", found->cases.size()},
                                                            {"dossiers", written->dossiers},
                                                            {"left_out", written->left_out},
                                                            {"removed", written->removed}})
              << '\n';
    else
      to_.out << fmt::format(fmt::runtime(a_.in == language::zh ? "报告:{},{} 份办件档案\n"
                                                                : "report: {} and {} dossiers\n"),
                             written->index, written->dossiers);
    return exit_done;
  }

  const report_arguments& a_;
  const console& to_;
};

} // namespace

int report_command(const report_arguments& a, const console& to) {
  return report_maker{a, to}.run();
}

} // namespace banli
