#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"

namespace banli {

namespace {

constexpr std::int64_t most_days = 40'000; // a hundred years

class calendar_printer {
 public:
  calendar_printer(const calendar_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    const auto known_on = day_of_option("--known-on", a_.of.known_on);
    const auto moved_from = day_of_option("--moved-from", a_.moved_from);
    const auto from = needed("--from", a_.from);
    const auto through = a_.to.empty() ? from : needed("--to", a_.to);
    if (from && through && (*through < *from || (*through - *from).count() >= most_days))
      wrong("--to", make_error(errc::bad_value, "must lie after --from, and at most {} days",
                               "应不早于 --from,且不超过 {} 天", most_days));
    problems found;
    auto calendar = read_calendar(a_.of, found);
    const int code = !wrong_.empty()  ? exit_usage
                     : !found.empty() ? exit_for(found.front())
                                      : exit_done;
    append(wrong_, std::move(found));
    if (code != exit_done) {
      print(wrong_, a_.in, to_);
      return code;
    }
    const workday_calendar now = known_on ? calendar->as_known_on(*known_on) : *calendar;
    std::optional<workday_calendar> before;
    if (moved_from) before = calendar->as_known_on(*moved_from);
    print_days(now, before, *from, *through);
    return exit_done;
  }

 private:
  void wrong(std::string_view option, error e) {
    wrong_.push_back(at(std::move(e), {std::string{option}, 0, 0}));
  }

  std::optional<day> day_of_option(std::string_view option, const std::string& given) {
    if (given.empty()) return std::nullopt;
    auto d = parse_day(given);
    if (d) return *d;
    wrong(option, std::move(d.error()));
    return std::nullopt;
  }

  std::optional<day> needed(std::string_view option, const std::string& given) {
    if (!given.empty()) return day_of_option(option, given);
    wrong(option,
          make_error(errc::missing_field, "is needed, such as {}", "必须给出,如 {}", "2025-10-01"));
    return std::nullopt;
  }

  void print_days(const workday_calendar& now, const std::optional<workday_calendar>& before,
                  day from, day through) const {
    boost::json::array all;
    for (day d = from; d <= through; d += days{1}) {
      const day_info info = now.at(d);
      const std::optional<day_info> was = before ? std::optional{before->at(d)} : std::nullopt;
      if (was && was->kind == info.kind) continue;
      if (a_.json)
        all.push_back(to_json(info, was));
      else
        print_day(info, was);
    }
    if (a_.json)
      to_.out << boost::json::serialize(
                     boost::json::object{{"calendar", now.version()}, {"days", std::move(all)}})
              << '\n';
    else
      to_.out << fmt::format(fmt::runtime(a_.in == language::zh ? "日历 {}\n" : "calendar {}\n"),
                             now.version());
  }

  void print_day(const day_info& info, const std::optional<day_info>& was) const {
    std::string line = to_text(info.date) + "  ";
    if (was) line += fmt::format("{} -> ", to_string(was->kind, a_.in));
    line += to_string(info.kind, a_.in);
    if (!info.name.empty()) line += fmt::format(" ({})", info.name);
    if (!info.source.empty()) line += fmt::format(" [{}]", info.source);
    if (info.provisional) line += a_.in == language::zh ? " 暂定" : " provisional";
    to_.out << line << '\n';
  }

  static boost::json::object to_json(const day_info& info, const std::optional<day_info>& was) {
    boost::json::object o{{"day", to_text(info.date)},      {"kind", to_string(info.kind)},
                          {"works", is_working(info.kind)}, {"name", info.name},
                          {"source", info.source},          {"provisional", info.provisional}};
    if (was) o["before"] = to_string(was->kind);
    return o;
  }

  const calendar_arguments& a_;
  const console& to_;
  problems wrong_; ///< of the command line
};

} // namespace

int calendar_command(const calendar_arguments& a, const console& to) {
  return calendar_printer{a, to}.run();
}

} // namespace banli
