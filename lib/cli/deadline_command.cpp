#include <fstream>
#include <ostream>

#include "commands.hpp"
#include <banli/document/hours_file.hpp>
#include <banli/drawing/timeline_svg.hpp>
#include <banli/interchange/deadline_json.hpp>

namespace banli {

namespace {

class deadline_printer {
 public:
  deadline_printer(const deadline_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    const deadline_question q = read_question(a_, wrong_);
    std::optional<workday_calendar> calendar = read_calendar(a_.of, found_);
    const working_hours hours = read_hours();
    if (!wrong_.empty()) return refuse(exit_usage);
    if (!found_.empty()) return refuse(exit_for(found_.front()));
    if (q.known_on) *calendar = calendar->as_known_on(*q.known_on);
    const auto why =
        explain(*calendar, hours, q.limit, q.start, q.exclusions, q.extensions, q.rules);
    if (!why) return fail(why.error());
    std::optional<asked_instant> asked;
    if (q.at) {
      const auto u =
          usage_at(*q.at, *calendar, hours, q.limit, q.start, q.exclusions, q.extensions, q.rules);
      if (!u) return fail(u.error());
      asked = {*q.at, *u};
    }
    if (!a_.svg.empty() && !draw(*why, asked)) return exit_failure;
    if (a_.json)
      to_.out << deadline_json(*why, *calendar, asked) << '\n';
    else
      print_answer(*why, *calendar, asked);
    return exit_done;
  }

 private:
  working_hours read_hours() {
    if (a_.hours.empty()) return {};
    hours_file f = load_hours(a_.hours);
    append(found_, std::move(f.found));
    return std::move(f.hours);
  }

  int refuse(int code) {
    append(wrong_, std::move(found_));
    print(wrong_, a_.in, to_);
    return code;
  }

  int fail(const error& e) const {
    to_.err << to_string(e, a_.in) << '\n';
    return exit_wrong_input;
  }

  bool draw(const explanation& why, const std::optional<asked_instant>& asked) const {
    timeline t = timeline_of(why);
    if (asked) t.today = day_of(asked->now);
    std::ofstream file{a_.svg, std::ios::binary};
    file << timeline_svg(t, {.in = a_.in});
    file.close();
    if (file) return true;
    to_.err << to_string(at(make_error(errc::file_unreadable, "cannot be written", "无法写入"),
                            {a_.svg, 0, 0}),
                         a_.in)
            << '\n';
    return false;
  }

  void print_answer(const explanation& why, const workday_calendar& calendar,
                    const std::optional<asked_instant>& asked) const {
    const std::string all = to_text(why, a_.in);
    const std::size_t last_line = all.rfind('\n', all.size() - 2);
    to_.out << (a_.explain || last_line == std::string::npos ? all : all.substr(last_line + 1));
    if (asked) print_standing(why.answer, *asked, calendar);
    say("calendar {}\n", "日历 {}\n", calendar.version());
  }

  void print_standing(const deadline& d, const asked_instant& asked,
                      const workday_calendar& calendar) const {
    const bool minute = is_hour_unit(d.counted_in);
    const auto amount = [&](std::int64_t n) {
      const bool zh = a_.in == language::zh;
      if (!minute) return fmt::format("{} {}", n, zh ? unit_zh(d) : unit_en(d));
      return fmt::format("{} {}", n, zh ? "分钟" : "minutes");
    };
    const usage& u = asked.state;
    if (u.remaining >= 0)
      say("at {}: {} of {} used, {} left\n", "{}:已用 {} / {},剩余 {}\n", to_short_text(asked.now),
          u.used, amount(u.total), u.remaining);
    else
      say("at {}: all of {} used, {} over\n", "{}:{} 已用完,超出 {}\n", to_short_text(asked.now),
          amount(u.total), -u.remaining);
    const std::int64_t late = days_late(d, asked.now).count();
    if (late == 0) return;
    const auto workdays = workdays_late(calendar, d, asked.now);
    const std::int64_t n = workdays ? std::abs(*workdays) : 0;
    if (late > 0)
      say("late by {} days ({} workdays)\n", "逾期 {} 日({} 个工作日)\n", late, n);
    else
      say("{} days ({} workdays) before the due date\n", "距届满 {} 日({} 个工作日)\n", -late, n);
  }

  static std::string_view unit_en(const deadline& d) {
    return d.counted_in == limit_unit::workday ? "workdays" : "days";
  }
  static std::string_view unit_zh(const deadline& d) {
    return d.counted_in == limit_unit::workday ? "个工作日" : "日";
  }

  template <class... Args>
  void say(std::string_view en, std::string_view zh, const Args&... args) const {
    to_.out << fmt::format(fmt::runtime(a_.in == language::zh ? zh : en), args...);
  }

  const deadline_arguments& a_;
  const console& to_;
  problems wrong_; ///< of the command line
  problems found_; ///< of files
};

} // namespace

int deadline_command(const deadline_arguments& a, const console& to) {
  return deadline_printer{a, to}.run();
}

} // namespace banli
