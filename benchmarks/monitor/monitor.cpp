// What does it cost to watch a million cases by 300 rules?
//
// Baseline: look at every rule of every case at each minute and remember what was true, which is
// what a sweep does; over a few cases and a day, because it takes so long. Ours: the monitor. Their
// hits are compared before anything is timed. Then a million cases are accepted over sixty days,
// told one by one; an event in each of 100,000; and a day is let pass. At last one threshold of one
// rule is changed, and both are tried over the same million.
//
// The states that are told are made before the clock starts: folding events is engine_commands.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iterator>
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

/// A case that was accepted, and the same after its first step.
struct sample_states {
  std::shared_ptr<const case_definition> definition;
  std::vector<case_state> after; ///< each event
};

sample_states accepted_at(const std::shared_ptr<const case_definition>& d, const std::string& id,
                          instant at, const workday_calendar& calendar) {
  sample_states out{d, {}};
  case_state s;
  s.id = case_id{id};
  const person_id who = d->people->persons.front().id;
  command c{request_id{id}, s.id, at, who, action::accept, {}, {}};
  c.with.item = d->item.code;
  const auto run = [&](const command& asked) {
    auto events = decide(*d, s, asked, calendar);
    if (!events) return false;
    for (const event& e : *events) s = apply(*d, std::move(s), e);
    out.after.push_back(s);
    return true;
  };
  if (!run(c)) return out;
  return out;
}

/// Rule and instant of every change, by looking each minute.
std::multiset<std::string> swept(const sample_states& c, const rule_set& rules,
                                 const workday_calendar& calendar, instant from, instant to) {
  std::multiset<std::string> out;
  const auto k = clocks(*c.definition, c.after[0], calendar);
  if (!k) give_up(to_string(k.error(), language::en));
  case_facts facts{*c.definition, c.after[0], calendar, &*k, from};
  const std::size_t turns = c.after[0].steps.size();
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
          out.insert(fmt::format("{} {} {}", c.after[0].id.text(), r, to_text(now)));
        before = fires ? 1 : 0;
      }
    }
  }
  return out;
}

} // namespace

int main() {
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
  const configuration config = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  if (!config.good()) give_up(to_string(config.found.front(), language::en));
  const rule_set rules = three_hundred_rules();
  std::vector<std::shared_ptr<const case_definition>> kinds;
  for (const service_item& i : config.items)
    if (auto d = find(config, i.code)) kinds.push_back(std::move(d));
  const instant first = *parse_instant("2024-03-04T09:00:00");

  // The same answers first, and what a minute costs a sweep.
  std::multiset<std::string> theirs;
  std::multiset<std::string> ours;
  std::vector<sample_states> few;
  for (int n = 0; n < 8; ++n) {
    auto c = accepted_at(kinds[static_cast<std::size_t>(n) % kinds.size()], fmt::format("S{}", n),
                         first + minutes{n}, config.calendar);
    if (!c.after.empty()) few.push_back(std::move(c));
  }
  const instant end = first + days{5};
  double t = processor_seconds();
  for (const sample_states& c : few)
    theirs.merge(swept(c, rules, config.calendar, c.after[0].last, end));
  const double sweep = processor_seconds() - t;
  monitor small(rules, config.calendar);
  for (const sample_states& c : few)
    if (!small.update(c.definition, c.after[0], c.after[0].last)) give_up("update");
  for (const hit_change& h : *small.advance(end))
    if (h.what == hit_turn::raised)
      ours.insert(fmt::format("{} {} {}", small.id_of(h.case_number), h.rule, to_text(h.at)));
  if (ours != theirs) {
    std::vector<std::string> apart;
    std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                  std::back_inserter(apart));
    give_up(fmt::format("the sweep and the monitor differ: {}", fmt::join(apart, ", ")));
  }
  const double minute = sweep / (static_cast<double>(few.size()) * 5 * 1440);
  fmt::print("sweep: {} cases, {:.1f} us a case and minute\n", few.size(), minute * 1e6);

  // A million cases, accepted over sixty days.
  constexpr std::uint32_t n_cases = 1'000'000;
  std::vector<sample_states> kind_states;
  for (const auto& d : kinds) {
    auto c = accepted_at(d, "K", first, config.calendar);
    if (!c.after.empty()) kind_states.push_back(std::move(c));
  }
  const auto kind_of = [&](std::uint32_t n) -> const sample_states& {
    return kind_states[n % kind_states.size()];
  };
  const auto told_at = [&](std::uint32_t n) {
    return first + std::chrono::seconds{std::int64_t{n} * 60 * 86'400 / n_cases};
  };
  const auto state_of = [&](std::uint32_t n) {
    case_state s = kind_of(n).after[0];
    s.id = case_id{fmt::format("620524-2024-{:07}", n)};
    s.accepted = s.start = s.last = told_at(n);
    for (step_record& r : s.steps) r.since = told_at(n);
    return s;
  };
  // States are made block by block while the clock stands still: a million of them are gigabytes.
  constexpr std::uint32_t block = 10'000;
  const auto tell_all = [&](auto tell) {
    double spent = 0;
    std::vector<std::shared_ptr<const case_state>> accepted;
    for (std::uint32_t from = 0; from < n_cases; from += block) {
      accepted.clear();
      for (std::uint32_t n = from; n < from + block; ++n)
        accepted.push_back(std::make_shared<const case_state>(state_of(n)));
      const double began = processor_seconds();
      for (std::uint32_t n = from; n < from + block; ++n)
        if (auto r = tell(kind_of(n).definition, std::move(accepted[n - from]), told_at(n)); !r)
          give_up(to_string(r.error(), language::en));
      spent += processor_seconds() - began;
    }
    return spent;
  };
  monitor m(rules, config.calendar);
  double building =
      tell_all([&](const auto& d, auto s, instant at) { return m.update(d, std::move(s), at); });
  const instant built_at = first + days{60};
  t = processor_seconds();
  const auto built = m.advance(built_at);
  building += processor_seconds() - t;
  if (!built) give_up(to_string(built.error(), language::en));
  const monitor_size size = m.size();
  fmt::print("building: {:.2f} s, {} hit changes, {} profiles, {} judgements, {:.0f} bytes a case, "
             "{:.0f} of profiles\n",
             building, built->size(), size.profiles, size.judgements,
             static_cast<double>(size.bytes_of_cases) / n_cases,
             static_cast<double>(size.bytes_of_profiles) / n_cases);

  // An event in each of 100,000 cases.
  std::vector<std::shared_ptr<const case_state>> changed;
  for (std::uint32_t n = 0; n < 100'000; ++n) {
    case_state s = state_of(n);
    s.supplements = 1;
    changed.push_back(std::make_shared<const case_state>(std::move(s)));
  }
  t = processor_seconds();
  for (std::uint32_t n = 0; n < changed.size(); ++n)
    if (!m.update(kind_of(n).definition, changed[n], built_at + std::chrono::seconds{1 + n / 4}))
      give_up("event");
  const auto events = m.advance(built_at + std::chrono::seconds{25'001});
  const double telling = processor_seconds() - t;
  fmt::print("an event: {:.2f} us, {} hit changes\n", telling / 100'000 * 1e6, events->size());

  // A day of flips.
  t = processor_seconds();
  const auto flips = m.advance(built_at + days{1});
  const double flipping = processor_seconds() - t;
  fmt::print("a day: {} hit changes, {:.3f} us each\n", flips->size(),
             flips->empty() ? 0.0 : flipping / static_cast<double>(flips->size()) * 1e6);
  fmt::print("the sweep over as many cases: {:.0f} s of processor for each minute\n",
             minute * n_cases);

  // One threshold of one rule, tried over the million.
  std::vector<rule> tried;
  for (const compiled_rule& r : rules.rules()) tried.push_back(r.definition());
  tried[0].condition = "case.open && case.elapsed_workdays > 4";
  compiled_rules other = compile_rules(std::move(tried), fact_environment());
  if (!other.rules) give_up(to_string(other.problems.front(), language::en));
  rule_trial trial({rules, config.calendar}, {*other.rules, config.calendar});
  double trying =
      tell_all([&](const auto& d, auto s, instant at) { return trial.tell(d, std::move(s), at); });
  t = processor_seconds();
  const auto difference = trial.finish(built_at);
  trying += processor_seconds() - t;
  if (!difference) give_up(to_string(difference.error(), language::en));
  fmt::print("back-test: {:.2f} s, {} rules asked again, {} hits fewer, {} more, {} the same\n",
             trying, trial.asked().size(), difference->only_before.size(),
             difference->only_after.size(), difference->same);
}
