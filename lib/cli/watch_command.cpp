// `banli watch` and `banli backtest`: what supervision finds in a store, what comes next, and what
// other rules would have found.
#include <algorithm>
#include <optional>
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "open_store.hpp"
#include <banli/base/mask.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/rules/rule_parameters.hpp>
#include <banli/run/back_test.hpp>
#include <banli/run/office_watch.hpp>
#include <banli/run/rule_pack.hpp>
#include <banli/run/store_watch.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

class watch_printer {
 public:
  watch_printer(const watch_arguments& a, const console& to) : a_(a), to_(to) {}

  int watch() {
    if (const int bad = open(); bad != exit_done) return bad;
    if (a_.of == "columns") return columns(); // of the configuration alone
    store_watch w(*config_, *rules_, config_->calendar, options());
    if (auto r = w.catch_up(*store_, at_); !r) return fail(r.error());
    if (a_.of == "units") return units(w);
    if (a_.of == "orders") return orders(w);
    const auto coming = w.watch().coming(until_);
    if (a_.json) {
      for (const hit& h : w.hits()) to_.out << to_json(h) << '\n';
      for (const pending_hit& p : coming) to_.out << json_of(p, w.watch()) << '\n';
      return exit_done;
    }
    std::size_t open = 0;
    for (const hit& h : w.hits()) {
      to_.out << line(h) << '\n';
      open += h.end == hit_end::open ? 1 : 0;
    }
    for (const pending_hit& p : coming) to_.out << line(p, w.watch()) << '\n';
    to_.out << fmt::format(fmt::runtime(zh() ? "截至 {}:{} 条命中,{} 条未消除;至 {} 将触发 {} 条\n"
                                             : "until {}: {} hits, {} open; until {}: {} coming\n"),
                           to_short_text(at_), w.hits().size(), open, to_short_text(until_),
                           coming.size());
    if (!w.left_out().empty())
      to_.out << fmt::format(fmt::runtime(zh() ? "{} 个办件未监察:配置中没有它所用的版本\n"
                                               : "{} cases left out: their definition is not in "
                                                 "the configuration\n"),
                             w.left_out().size());
    if (const auto next = w.watch().next())
      to_.out << fmt::format(fmt::runtime(zh() ? "下一次可能变化:{}\n" : "next change: {}\n"),
                             to_short_text(*next));
    return exit_done;
  }

  int back_test() {
    if (a_.rules.empty() && a_.settings.empty() && a_.tried.calendars.empty() &&
        a_.tried.overlays.empty())
      return usage("backtest", make_error(errc::missing_field,
                                          "nothing is tried: give --rules, --set, --calendar or "
                                          "--overlay",
                                          "没有要测试的内容:请给出 --rules、--set、--calendar 或 "
                                          "--overlay"));
    if (const int bad = open(); bad != exit_done) return bad;
    back_test_options tried{.rules = *rules_, .calendar = {}, .watched = options()};
    if (const int bad = amend(tried); bad != exit_done) return bad;
    const auto r = banli::back_test(*config_, *store_, at_, tried);
    if (!r) return fail(r.error());
    for (const asked_rule& q : r->asked) tell(q);
    for (const hit& h : r->only_before) tell("-", h);
    for (const hit& h : r->only_after) tell("+", h);
    for (const auto& [before, after] : r->changed) {
      tell("<", before);
      tell(">", after);
    }
    if (!a_.json)
      to_.out << fmt::format(
          fmt::runtime(zh() ? "办件 {} 件,重新评估规则 {} 条;减少 {} 条,增加 {} "
                              "条,变化 {} 条,不变 {} 条\n"
                            : "{} cases, {} rules asked again: {} fewer, {} more, "
                              "{} changed, {} the same\n"),
          r->cases, r->asked.size(), r->only_before.size(), r->only_after.size(), r->changed.size(),
          r->same);
    return exit_done;
  }

 private:
  bool zh() const { return a_.in == language::zh; }

  monitor_options options() const {
    monitor_options o;
    if (a_.lapse > 0) o.lapse = a_.lapse;
    return o;
  }

  int open() {
    const auto at = parse_instant(a_.at);
    if (!at) return usage("--at", at.error());
    at_ = *at;
    until_ = at_ + days{7};
    if (!a_.until.empty()) {
      const auto until = parse_instant(a_.until);
      if (!until) return usage("--until", until.error());
      until_ = *until;
    }
    config_.emplace(load_with_former(a_.configuration, a_.former));
    if (!config_->good()) return refuse(config_->found);
    rules_ = config_->rules.value_or(rule_set{});
    if (!a_.rules.empty()) {
      if (const int bad = read_rules(a_.rules, rule_subject::cases, *rules_); bad != exit_done)
        return bad;
    }
    if (!a_.settings.empty()) {
      compiled_rules set = with_parameters(*rules_, fact_environment(), a_.settings);
      if (!set.rules) return refuse(set.problems);
      rules_ = *std::move(set.rules);
    }
    auto store = open_kept_store(a_.store);
    if (!store) return fail(store.error());
    store_ = *std::move(store);
    return exit_done;
  }

  /// The calendar that is tried, if any: another one, or that of the configuration with days on
  /// top.
  int amend(back_test_options& tried) const {
    if (a_.tried.calendars.empty() && a_.tried.overlays.empty()) return exit_done;
    problems found;
    if (!a_.tried.calendars.empty()) {
      tried.calendar = read_calendar(a_.tried, found);
      return tried.calendar ? exit_done : refuse(found);
    }
    calendar_source source = config_->calendar.source();
    for (const std::string& path : a_.tried.overlays) {
      overlay_file over = load_overlay(path);
      append(found, std::move(over.found));
      source.overlays.push_back(std::move(over.top));
    }
    if (!found.empty()) return refuse(found);
    auto built = workday_calendar::build(source);
    if (!built) return fail(built.error());
    tried.calendar = *std::move(built);
    return exit_done;
  }

  int read_rules(const std::string& said, rule_subject about, rule_set& into) const {
    const auto f = load_named_rules(said, about);
    if (!f) return fail(f.error());
    if (!f->good()) return refuse(f->found);
    into = f->rules.value_or(rule_set{});
    return exit_done;
  }
  int read_other_rules(const char* pack, rule_subject about, rule_set& into) const {
    return read_rules(a_.by.empty() ? pack : a_.by, about, into);
  }

  int units(const store_watch& w) const {
    rule_set rules;
    if (const int bad = read_other_rules("unit-month", rule_subject::units, rules);
        bad != exit_done)
      return bad;
    return tell_all(watch_units(*config_, *store_, w.hits(), rules, at_));
  }

  /// What the office one level up is told of the hits and of the orders in the same store.
  int orders(const store_watch& w) const {
    rule_set rules;
    if (const int bad = read_other_rules("orders", rule_subject::records, rules); bad != exit_done)
      return bad;
    const order_register kept(*store_, county_supervision(), config_->calendar);
    const auto all = kept.list(at_);
    if (!all) return fail(all.error());
    return tell_all(watch_orders(w.hits(), *all, rules, config_->calendar, at_));
  }

  int columns() const {
    rule_set rules;
    if (const int bad = read_other_rules("disclosure", rule_subject::records, rules);
        bad != exit_done)
      return bad;
    return tell_all(watch_columns(*config_, day_of(at_), rules));
  }

  template <class Hit>
  int tell_all(const result<std::vector<Hit>>& found) const {
    if (!found) return fail(found.error());
    for (const Hit& h : *found) to_.out << (a_.json ? to_json(h) : line(h)) << '\n';
    if (!a_.json)
      to_.out << fmt::format(fmt::runtime(zh() ? "截至 {}:{} 条命中\n" : "until {}: {} hits\n"),
                             to_short_text(at_), found->size());
    return exit_done;
  }

  int usage(const char* option, const error& e) const {
    to_.err << to_string(banli::at(e, {option, 0, 0}), a_.in) << '\n';
    return exit_usage;
  }
  int refuse(const problems& found) const {
    print(found, a_.in, to_);
    return exit_for(found.front());
  }
  int fail(const error& e) const {
    to_.err << to_string(e, a_.in) << '\n';
    return exit_for(e);
  }

  void tell(const asked_rule& q) const {
    if (a_.json)
      to_.out << boost::json::serialize(
                     boost::json::object{{"asked", q.rule.text()}, {"why", to_string(q.why)}})
              << '\n';
    else
      to_.out << fmt::format("? {} {}\n", q.rule.text(), zh() ? label(q.why) : to_string(q.why));
  }

  void tell(const char* sign, const hit& h) const {
    if (a_.json)
      to_.out << R"({"side":")" << sign << R"(","hit":)" << to_json(h) << "}\n";
    else
      to_.out << sign << ' ' << line(h) << '\n';
  }

  std::string line(const hit& h) const {
    std::string out =
        fmt::format("{} {} {} {} {}", to_short_text(h.raised), to_string(h.level, a_.in),
                    h.rule.text(), h.id.text(), h.step.text());
    if (h.step.empty()) out.pop_back();
    out += "  " + h.message.in(a_.in);
    if (h.stage == rule_stage::trial) out += zh() ? "(试运行)" : " (trial)";
    if (h.ended)
      out +=
          fmt::format("  [{} {}]", zh() ? label(h.end) : to_string(h.end), to_short_text(*h.ended));
    return out;
  }

  std::string line(const record_hit& h) const {
    std::string out =
        fmt::format("{} {} {} {}  {}", to_short_text(h.raised), to_string(h.level, a_.in),
                    h.rule.text(), h.id, h.message.in(a_.in));
    if (h.ended) out += fmt::format("  [{}]", to_short_text(*h.ended));
    return out;
  }

  std::string line(const cross_case_hit& h) const {
    std::string about = h.unit.empty() ? h.person.text() : h.unit.text();
    if (!h.applicant.empty()) about += ' ' + mask_name(h.applicant);
    return fmt::format("{} {} {} {}  {}", to_short_text(h.raised), to_string(h.level, a_.in),
                       h.rule.text(), about, h.message.in(a_.in));
  }

  std::string line(const pending_hit& p, const monitor& of) const {
    const rule& r = of.rules().rules()[p.rule].definition();
    return fmt::format(fmt::runtime(zh() ? "将于 {} {} {} {} {}" : "at {} {} {} {} {}"),
                       to_short_text(p.at), to_string(r.level, a_.in), r.id.text(),
                       of.id_of(p.case_number), r.name.in(a_.in));
  }

  static std::string json_of(const pending_hit& p, const monitor& of) {
    const rule& r = of.rules().rules()[p.rule].definition();
    boost::json::object o{{"case", of.id_of(p.case_number)},
                          {"rule", r.id.text()},
                          {"level", to_string(r.level)},
                          {"end", "pending"},
                          {"at", to_text(p.at)}};
    if (!p.step.empty()) o["step"] = p.step.text();
    return boost::json::serialize(o);
  }

  const watch_arguments& a_;
  const console& to_;
  std::optional<configuration> config_;
  std::optional<rule_set> rules_;
  std::unique_ptr<case_store> store_;
  instant at_{};
  instant until_{};
};

} // namespace

int watch_command(const watch_arguments& a, const console& to) {
  return watch_printer{a, to}.watch();
}

int backtest_command(const watch_arguments& a, const console& to) {
  return watch_printer{a, to}.back_test();
}

} // namespace banli
