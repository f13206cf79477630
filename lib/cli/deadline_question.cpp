#include "deadline_question.hpp"

#include <banli/base/nearest.hpp>

#include "document/words.hpp"

namespace banli {

namespace {

using namespace detail;

constexpr std::size_t most_shown = 120; // of a value in a message

class question_reader {
 public:
  question_reader(const deadline_arguments& a, problems& found) : a_(a), found_(found) {}

  deadline_question read() {
    deadline_question q;
    if (needed("--start", a_.start)) take("--start", parse_instant(a_.start), q.start);
    if (needed("--limit", a_.limit)) take("--limit", parse_time_limit(a_.limit), q.limit);
    stops("--exclude", a_.exclude, stop_type::exclude, q);
    stops("--suspend", a_.suspend, stop_type::suspend, q);
    stops("--restart", a_.restart, stop_type::restart, q);
    for (const std::string& s : a_.extend) extend(s, q);
    rules(q.rules);
    if (!a_.of.known_on.empty())
      take("--known-on", parse_day(a_.of.known_on), q.known_on.emplace());
    if (!a_.at.empty()) take("--at", parse_instant(a_.at), q.at.emplace());
    return q;
  }

 private:
  void wrong(std::string_view option, error e) {
    found_.push_back(at(std::move(e), {std::string{option}, 0, 0}));
  }

  bool needed(std::string_view option, const std::string& given) {
    if (given.empty())
      wrong(option, make_error(errc::missing_field, "is needed, such as {}", "必须给出,如 {}",
                               option == "--start" ? "2024-09-02T16:30" : "\"20 workdays\""));
    return !given.empty();
  }

  template <class T>
  void take(std::string_view option, result<T> read, T& into) {
    if (read)
      into = *read;
    else
      wrong(option, std::move(read.error()));
  }

  template <class E>
  void choose(std::string_view option, const std::string& given, E& into) {
    if (given.empty()) return;
    std::vector<std::string_view> all;
    std::string list;
    for (const word<E>& w : words(choice_of<E>{})) {
      if (w.name == given) {
        into = w.value;
        return;
      }
      all.push_back(w.name);
      list += (list.empty() ? "" : ", ") + std::string{w.name};
    }
    const std::string shown = given.substr(0, most_shown);
    wrong(option, with_hint(make_error(errc::unknown_value, "'{}' is not one of {}",
                                       "“{}”不是以下各项之一:{}", shown, list),
                            suggestion(shown, all)));
  }

  void rules(counting_rules& r) {
    choose("--edges", a_.edges, r.ends);
    if (!a_.roll.empty()) choose("--roll", a_.roll, r.rolling.emplace(roll::none));
    choose("--resume", a_.resume, r.resume);
    choose("--order", a_.order, r.order);
    if (a_.before) r.runs = direction::before;
    if (a_.clear_days) r.before = before_rule::clear_days;
    if (a_.on_event) r.start = start_rule::on_event;
    if (a_.clear_days && !a_.before)
      wrong("--clear-days", make_error(errc::bad_value, "counts days before an event: add --before",
                                       "用于倒推计算的时限:请加上 --before"));
  }

  /// [KIND:]DAY[..[DAY]]; a kind may hold colons, days do not.
  void stops(std::string_view option, const std::vector<std::string>& all, stop_type type,
             deadline_question& q) {
    for (const std::string& s : all) {
      exclusion e{.type = type};
      std::string_view span = s;
      if (const std::size_t colon = s.rfind(':'); colon != std::string::npos) {
        e.kind = s.substr(0, colon);
        span.remove_prefix(colon + 1);
      }
      if (e.kind.empty()) e.kind = a_.in == language::zh ? "未注明事由" : "no reason given";
      const bool open = span.ends_with("..");
      if (open) span.remove_suffix(2);
      const auto days_of = parse_day_span(span);
      if (!days_of) {
        wrong(option,
              expected(errc::bad_exclusion, s,
                       "[KIND:]DAY..DAY, such as hearing:2024-10-08..2024-10-15; DAY.. while "
                       "it is open",
                       "[事由:]起日..止日,如 听证:2024-10-08..2024-10-15;尚未结束写作 起日..",
                       days_of.error()));
        continue;
      }
      e.from = days_of->first;
      if (!open) e.to = days_of->last;
      q.exclusions.push_back(std::move(e));
    }
  }

  /// LIMIT[@DAY[ by AUTHORITY]]
  void extend(const std::string& s, deadline_question& q) {
    extension e{.by = {}, .asked = day_of(q.start)};
    std::string_view rest = s;
    const std::size_t sign = rest.find('@');
    const auto limit = parse_time_limit(trim(rest.substr(0, sign)));
    std::optional<error> why;
    if (limit)
      e.by = *limit;
    else
      why = limit.error();
    if (sign != std::string_view::npos) {
      rest.remove_prefix(sign + 1);
      const std::size_t by = rest.find(" by ");
      const auto asked = parse_day(trim(rest.substr(0, by)));
      if (asked)
        e.asked = *asked;
      else if (!why)
        why = asked.error();
      if (by != std::string_view::npos) e.authority = trim(rest.substr(by + 4));
    }
    if (why)
      return wrong("--extend",
                   expected(errc::bad_limit, s,
                            "LIMIT[@DAY[ by WHOM]], such as \"10 workdays@2024-10-20\"",
                            "时限[@申请日[ by 批准人]],如 \"10个工作日@2024-10-20\"", *why));
    q.extensions.push_back(std::move(e));
  }

  static error expected(errc code, std::string_view given, std::string_view en, std::string_view zh,
                        const error& why) {
    const std::string_view shown = given.substr(0, most_shown);
    return {code,
            {fmt::format("'{}': expected {} ({})", shown, en, why.message.en),
             fmt::format("“{}”:应写作 {}({})", shown, zh, why.message.zh)},
            {}};
  }

  const deadline_arguments& a_;
  problems& found_;
};

} // namespace

deadline_question read_question(const deadline_arguments& a, problems& found) {
  return question_reader{a, found}.read();
}

} // namespace banli
