// What does it cost to watch a million cases by 300 rules?
//
// Baseline: look at every rule of every case at each minute and remember what was true, which is
// what a sweep does; over a few cases and five days, because it takes so long. Ours: the monitor.
// Their hits are compared before anything is timed. Then a million cases are accepted over sixty
// days, told one by one; an event in each of 100,000 of them, of three kinds; and a fortnight is
// let pass. At last one threshold of one rule is changed, and both are tried over the same million.
//
// The states that are told are made before the clock starts and freed after it stops: folding
// events is engine_commands.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <banli/calendar/cn.hpp>
#include <banli/document/configuration.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/engine/decide.hpp>
#include <banli/supervision/rule_trial.hpp>
#include <banli/time/text.hpp>

namespace {

using namespace banli;

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

/// 300 rules: every sixth asks a limit of the case, every tenth a step; the others what was done.
/// Few of them find something in a case, as in an office.
rule_set three_hundred_rules() {
  std::vector<rule> all;
  for (int n = 0; n < 300; ++n) {
    rule r;
    r.id = rule_id{fmt::format("R{}", n)};
    r.name = {r.id.text(), r.id.text()};
    r.level = level::reminder;
    if (n % 10 == 9) {
      r.scope = rule_scope::each_step;
      r.condition = "step.overdue_days > " + std::to_string(n == 9 ? 2 : 40 + n);
    } else if (n % 6 == 0) {
      r.condition = fmt::format("case.open && case.elapsed_workdays > {}", n == 0 ? 3 : 40 + n);
    } else if (n % 3 == 1) {
      r.condition = fmt::format("case.returns > {} && item.kind != 'immediate'", n / 30);
    } else {
      r.condition =
          fmt::format("case.supplements >= {} || case.opinionless_steps > {}", 1 + n / 50, n / 20);
    }
    all.push_back(std::move(r));
  }
  compiled_rules c = compile_rules(std::move(all), fact_environment());
  if (!c.rules) give_up(to_string(c.problems.front(), language::en));
  return *std::move(c.rules);
}

/// A case of each item of the office that can be accepted, as it is then.
struct sample_case {
  std::shared_ptr<const case_definition> definition;
  case_state state;
};

std::optional<sample_case> accepted_at(const std::shared_ptr<const case_definition>& d,
                                       const std::string& id, instant at,
                                       const workday_calendar& calendar) {
  sample_case out{d, {}};
  out.state.id = case_id{id};
  const person_id who = d->people->persons.front().id;
  command c{request_id{id}, out.state.id, at, who, action::accept, {}, {}};
  c.with.item = d->item.code;
  const auto events = decide(*d, out.state, c, calendar);
  if (!events) return std::nullopt;
  for (const event& e : *events) apply_to(*d, out.state, e);
  return out;
}

/// Rule and instant of every change, by looking each minute.
std::multiset<std::string> swept(const sample_case& c, const rule_set& rules,
                                 const workday_calendar& calendar, instant from, instant to) {
  std::multiset<std::string> out;
  const auto k = clocks(*c.definition, c.state, calendar);
  if (!k) give_up(to_string(k.error(), language::en));
  case_facts facts{*c.definition, c.state, calendar, &*k, from};
  const std::size_t turns = c.state.steps.size();
  std::vector<char> was(rules.rules().size() * (turns + 1));
  for (instant now = from; now <= to; now += minutes{1}) {
    facts.at(now);
    for (std::size_t r = 0; r < rules.rules().size(); ++r) {
      const bool each = rules.rules()[r].definition().scope == rule_scope::each_step;
      for (std::size_t t = 0; t < (each ? turns : 1); ++t) {
        facts.of(each ? std::optional{t} : std::nullopt);
        const bool fires = rules.rules()[r].judge(facts).kind == verdict_kind::fires;
        char& before = was[r * (turns + 1) + t];
        if (fires && before == 0)
          out.insert(fmt::format("{} {} {}", c.state.id.text(), r, to_text(now)));
        before = fires ? 1 : 0;
      }
    }
  }
  return out;
}

/// A million cases, accepted over sixty days.
class office {
 public:
  static constexpr std::uint32_t cases = 1'000'000;

  office(const configuration& config, instant first) : first_(first) {
    for (const service_item& i : config.items)
      if (auto d = find(config, i.code))
        if (auto c = accepted_at(d, "K", first, config.calendar)) kinds_.push_back(*std::move(c));
  }

  const sample_case& kind_of(std::uint32_t n) const { return kinds_[n % kinds_.size()]; }
  instant told_at(std::uint32_t n) const {
    return first_ + std::chrono::seconds{std::int64_t{n} * 60 * 86'400 / cases};
  }
  instant built() const { return first_ + days{60}; }

  case_state accepted(std::uint32_t n) const {
    case_state s = kind_of(n).state;
    s.id = case_id{fmt::format("620524-2024-{:07}", n)};
    s.accepted = s.start = s.last = told_at(n);
    for (step_record& r : s.steps) r.since = told_at(n);
    return s;
  }

  /// Processor seconds of telling of them all. States are made block by block while the clock
  /// stands still: a million of them are gigabytes.
  template <class Tell>
  double tell(Tell&& tell_of) const {
    constexpr std::uint32_t block = 1'000;
    double spent = 0;
    std::vector<std::shared_ptr<const case_state>> states(block);
    for (std::uint32_t from = 0; from < cases; from += block) {
      for (std::uint32_t i = 0; i < block; ++i)
        states[i] = std::make_shared<const case_state>(accepted(from + i));
      const double began = processor_seconds();
      for (std::uint32_t i = 0; i < block; ++i)
        if (auto r = tell_of(kind_of(from + i).definition, states[i], told_at(from + i)); !r)
          give_up(to_string(r.error(), language::en));
      spent += processor_seconds() - began;
    }
    return spent;
  }

 private:
  instant first_;
  std::vector<sample_case> kinds_;
};

/// The same answers first, and what a minute costs a sweep: processor seconds for one case.
double sweep_of_a_minute(const configuration& config, const rule_set& rules, instant first) {
  std::multiset<std::string> theirs;
  std::multiset<std::string> ours;
  std::vector<sample_case> few;
  for (std::size_t n = 0; n < 8; ++n)
    if (auto d = find(config, config.items[n % config.items.size()].code))
      if (auto c = accepted_at(d, fmt::format("S{}", n), first + minutes{n}, config.calendar))
        few.push_back(*std::move(c));
  const instant end = first + days{5};
  const double began = processor_seconds();
  for (const sample_case& c : few)
    theirs.merge(swept(c, rules, config.calendar, c.state.last, end));
  const double spent = processor_seconds() - began;
  monitor small(rules, config.calendar);
  for (const sample_case& c : few)
    if (!small.update(c.definition, c.state, c.state.last)) give_up("update");
  for (const hit_change& h : *small.advance(end))
    if (h.what == hit_turn::raised)
      ours.insert(fmt::format("{} {} {}", small.id_of(h.case_number), h.rule, to_text(h.at)));
  if (ours != theirs) {
    std::vector<std::string> apart;
    std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                  std::back_inserter(apart));
    give_up(fmt::format("the sweep and the monitor differ: {}", fmt::join(apart, ", ")));
  }
  return spent / (static_cast<double>(few.size()) * 5 * 1440);
}

void build(const office& all, monitor& m, double minute) {
  double spent =
      all.tell([&](const auto& d, const auto& s, instant at) { return m.update(d, s, at); });
  const double began = processor_seconds();
  const auto changes = m.advance(all.built());
  spent += processor_seconds() - began;
  if (!changes) give_up(to_string(changes.error(), language::en));
  const monitor_size size = m.size();
  fmt::print("building: {:.2f} s, {} hit changes, {} profiles, {} judgements; "
             "{:.0f} bytes a case, {:.0f} of profiles; the sweep: {:.0f} s for each minute\n",
             spent, changes->size(), size.profiles, size.judgements,
             static_cast<double>(size.bytes_of_cases) / office::cases,
             static_cast<double>(size.bytes_of_profiles) / office::cases, minute * office::cases);
}

/// A tenth of all cases, spread over them, to which events happen.
class tenth {
 public:
  static constexpr std::uint32_t cases = office::cases / 10;

  tenth(const office& all, std::uint32_t first) : all_(all), first_(first) {
    for (std::uint32_t i = 0; i < cases; ++i) states_.push_back(all.accepted(number(i)));
  }

  /// An event in each, four of them a second; when the last of them happens.
  template <class Change>
  instant happen(monitor& m, instant after, const char* what, Change&& change) {
    std::vector<std::shared_ptr<const case_state>> told;
    const auto at = [&](std::uint32_t i) { return after + std::chrono::seconds{1 + i / 4}; };
    for (std::uint32_t i = 0; i < cases; ++i) {
      change(*all_.kind_of(number(i)).definition, states_[i], at(i), i);
      told.push_back(std::make_shared<const case_state>(states_[i]));
    }
    const monitor_size before = m.size();
    const double began = processor_seconds();
    for (std::uint32_t i = 0; i < cases; ++i)
      if (auto r = m.update(all_.kind_of(number(i)).definition, told[i], at(i)); !r)
        give_up(to_string(r.error(), language::en));
    const auto changes = m.advance(at(cases));
    const double spent = processor_seconds() - began;
    if (!changes) give_up(to_string(changes.error(), language::en));
    const monitor_size now = m.size();
    fmt::print(
        "{}: {:.2f} us, {:.2f} hit changes and {:.2f} judgements each; {} profiles of {:.0f} "
        "bytes\n",
        what, spent / cases * 1e6, static_cast<double>(changes->size()) / cases,
        static_cast<double>(now.judgements - before.judgements) / cases, now.profiles,
        static_cast<double>(now.bytes_of_profiles) / static_cast<double>(now.profiles));
    return at(cases);
  }

 private:
  std::uint32_t number(std::uint32_t i) const { return i * 10 + first_; }

  const office& all_;
  std::uint32_t first_;
  std::vector<case_state> states_;
};

/// The first step that waits is completed, with an opinion.
void complete_a_step(const case_definition& d, case_state& s, instant at) {
  const auto waits = std::ranges::find(s.steps, step_end::waiting, &step_record::end);
  if (waits == s.steps.end()) give_up("no step waits");
  event e;
  e.number = s.version + 1;
  e.at = at;
  e.actor = d.people->persons.front().id;
  e.what = event_kind::completed;
  e.with.step = d.net.at(waits->step).id;
  e.with.opinion = "同意";
  apply_to(d, s, e);
}

/// Fourteen days, one after another.
void flips(monitor& m, instant from) {
  std::size_t changed = 0;
  double spent = 0;
  for (int n = 1; n <= 14; ++n) {
    const std::uint64_t before = m.size().judgements;
    const double began = processor_seconds();
    const auto changes = m.advance(from + days{n});
    const double took = processor_seconds() - began;
    if (!changes) give_up(to_string(changes.error(), language::en));
    if (!changes->empty())
      fmt::print("  a day: {} hit changes, {} judgements, {:.2f} us a change\n", changes->size(),
                 m.size().judgements - before, took / static_cast<double>(changes->size()) * 1e6);
    changed += changes->size();
    spent += took;
  }
  fmt::print("a fortnight: {} hit changes, {:.2f} us each\n", changed,
             spent / static_cast<double>(changed) * 1e6);
}

/// One threshold of one rule, tried over the million.
void try_another_threshold(const office& all, const configuration& config, const rule_set& rules) {
  std::vector<rule> tried;
  for (const compiled_rule& r : rules.rules()) tried.push_back(r.definition());
  tried[0].condition = "case.open && case.elapsed_workdays > 4";
  compiled_rules other = compile_rules(std::move(tried), fact_environment());
  if (!other.rules) give_up(to_string(other.problems.front(), language::en));
  rule_trial trial({rules, config.calendar}, {*other.rules, config.calendar});
  const double telling =
      all.tell([&](const auto& d, const auto& s, instant at) { return trial.tell(d, s, at); });
  double began = processor_seconds();
  const auto difference = trial.finish(all.built());
  const double finishing = processor_seconds() - began;
  if (!difference) give_up(to_string(difference.error(), language::en));
  fmt::print("back-test: {:.2f} s ({:.2f} s of it comparing), {} rules asked again, {} hits fewer, "
             "{} more, {} the same\n",
             telling + finishing, finishing, trial.asked().size(), difference->only_before.size(),
             difference->only_after.size(), difference->same);
  began = processor_seconds();
  const hit_difference whole = difference->whole();
  fmt::print("the same as {} whole hits: {:.2f} s more\n",
             whole.only_before.size() + whole.only_after.size(), processor_seconds() - began);
}

} // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  const configuration config = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  if (!config.good()) give_up(to_string(config.found.front(), language::en));
  const rule_set rules = three_hundred_rules();
  const instant first = *parse_instant("2024-03-04T09:00:00");
  const double minute = sweep_of_a_minute(config, rules, first);
  fmt::print("sweep: {:.1f} us a case and minute\n", minute * 1e6);
  const office all(config, first);
  {
    monitor m(rules, config.calendar);
    build(all, m, minute);
    const auto complete = [](const auto& d, case_state& s, instant then, std::uint32_t) {
      complete_a_step(d, s, then);
    };
    tenth some(all, 0);
    tenth others(all, 1);
    instant at = some.happen(m, all.built(), "a step is done, and nothing found", complete);
    at = others.happen(
        m, at, "an event after which 21 rules find something",
        [](const auto&, case_state& s, instant, std::uint32_t) { s.supplements = 1; });
    at = some.happen(m, at, "limits stop, in each case on other days",
                     [](const auto&, case_state& s, instant, std::uint32_t i) {
                       const day from = day_of(s.start) + days{1 + i % 50};
                       s.excluded.push_back({from, from + days{i / 50 % 40}});
                     });
    at = some.happen(m, at, "a step is done in such cases, and nothing found", complete);
    flips(m, at);
  }
  try_another_threshold(all, config, rules);
}
