// A case by way of the engine: who may, who is refused and why, what looks suspicious, and the
// record of it.
#include <fmt/format.h>

#include <banli/run/case_engine.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

instant when(std::string_view s) { return *parse_instant(s); }

struct window {
  case_engine& engine;
  int requests = 0;

  void submit(std::string_view at, const char* actor, action what, details with) {
    const auto done = engine.submit({request_id{fmt::format("r{}", ++requests)},
                                     case_id{"2026-0001"},
                                     when(at),
                                     person_id{actor},
                                     what,
                                     std::move(with),
                                     {}});
    if (!done) {
      fmt::print("{} {} {}: {}: {}\n", at, actor, to_string(what), to_string(done.error().code),
                 done.error().message.zh);
      return;
    }
    for (const event& e : done->events) {
      const details& said = e.with;
      fmt::print("{} {}{} {}", at, actor,
                 said.on_behalf.empty() ? "" : " for " + said.on_behalf.text(), to_string(e.what));
      for (const auto& [rule, words] : said.flags) fmt::print(" [{}: {}]", rule, words);
      fmt::print("\n");
    }
  }
};

details of_step(const char* step, std::vector<std::pair<std::string, std::string>> facts,
                const char* outcome = "") {
  details d;
  d.step = node_id{step};
  d.outcome = outcome;
  d.facts = std::move(facts);
  return d;
}

} // namespace

int main() {
  const configuration config = load_configuration("examples/engine");
  for (const error& e : config.found) fmt::print("{}\n", to_string(e, language::zh));
  const auto store = memory_store();
  case_engine engine{parts_of(config), *store};
  window w{engine};
  details accept;
  accept.item = item_id{"62052400MZ-XK-0901"};
  accept.facts = {{"name", "赵小明"}};
  w.submit("2026-03-02T09:00", "MZ04", action::accept, accept);
  w.submit("2026-03-02T09:30", "MZ01", action::complete, of_step("受理", {{"opinion", "同意"}}));
  w.submit("2026-03-02T09:30", "MZ01", action::complete,
           of_step("受理", {{"phone", "13812345678"}}));
  w.submit("2026-03-02T21:30", "MZ01", action::complete,
           of_step("受理", {{"title", "样例养老服务中心"}, {"phone", "13812345678"}}));
  w.submit("2026-03-03T09:00", "MZ01", action::complete, of_step("审查", {}, "通过"));
  const engine_case c = engine.of(case_id{"2026-0001"});
  fmt::print("审查:");
  const auto able = c.who_may({action::complete, node_id{"审查"}, when("2026-03-03T09:00")});
  for (const permission& p : *able) fmt::print(" {}", p.person.text());
  fmt::print("\n");
  details granted;
  granted.result = case_result::granted;
  w.submit("2026-03-02T21:40", "MZ03", action::decide, granted);
  w.submit("2026-03-04T09:00", "MZ02", action::complete,
           of_step("审查", {{"opinion", "材料齐全"}}, "通过"));
  for (const form_value& v : *c.form({person_id{"MZ03"}, when("2026-03-04T10:00")}))
    fmt::print("  {}: {}\n", v.label, v.shown.value_or("None"));
  details again;
  again.reason = "重复";
  const auto repeated = engine.submit({request_id{"r7"},
                                       case_id{"2026-0001"},
                                       when("2026-03-05T09:00"),
                                       person_id{"MZ01"},
                                       action::withdraw,
                                       again,
                                       {}});
  fmt::print("repeated: {} {}\n", repeated->repeated ? "True" : "False",
             to_string(repeated->events.front().what));
  for (const audit_record& r : *store->audit_log(0, 100))
    fmt::print("{} {} {} {} {}\n", r.number, r.entry.actor.text(), r.entry.what, r.entry.code,
               r.entry.rule.empty() ? "-" : r.entry.rule);
  const auto t = engine.columns(when("2026-03-09T18:00"));
  fmt::print("id={} phase={} due={} used={} remaining={}\n", t->id[0].text(),
             to_string(t->phase[0]), to_text(t->due[0]), t->used[0], t->remaining[0]);
}
