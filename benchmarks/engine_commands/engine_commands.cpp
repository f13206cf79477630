// What does a command cost, in memory, and what a case that waits?
//
// A case of ten steps in a row: accepted, ten times completed, decided, delivered: thirteen
// commands. Asked three times over: judged and folded; with a copy of the state of the case a
// command, which is what a judgement that tries its events on a copy cannot do without; and
// appended to the store in memory, which makes texts and the chain. What the store holds is folded
// again and compared before anything is told.
//
// What a host calls is submit() of an engine: it looks up the request, loads and folds the case,
// judges and appends.
//
// A case that waits is one that was accepted through an engine over a store in a file, and left
// open. Beside it what it would take to keep its folded state instead.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <malloc.h>

#include <banli/calendar/cn.hpp>
#include <banli/engine/decide.hpp>
#include <banli/run/case_engine.hpp>
#include <banli/storage/case_store.hpp>
#include <banli/storage/sqlite_store.hpp>

namespace {

using namespace banli;

constexpr int steps = 10;
constexpr int cases = 20'000;

[[noreturn]] void give_up(const std::string& why) {
  fmt::print(stderr, "{}\n", why);
  std::exit(1);
}

std::shared_ptr<const case_definition> ten_steps() {
  organisation o;
  o.departments = {{department_id{"D"}, "民政局"}};
  o.posts = {{post_id{"岗"}, "岗", department_id{"D"}}};
  o.persons = {{person_id{"P"}, "甲", {post_id{"岗"}}}};
  flowchart c;
  c.id = flowchart_id{"十步"};
  c.name = "十步";
  node start;
  start.id = node_id{"开始"};
  start.kind = node_kind::start;
  c.nodes.push_back(start);
  for (int i = 1; i <= steps; ++i) {
    node n;
    n.id = node_id{fmt::format("环节{}", i)};
    n.kind = node_kind::step;
    n.label = n.id.text();
    n.post = post_id{"岗"};
    n.duty = "办理";
    n.limit = time_limit{1, limit_unit::workday};
    c.nodes.push_back(n);
  }
  node end;
  end.id = node_id{"结束"};
  end.kind = node_kind::end;
  end.label = "结束";
  c.nodes.push_back(end);
  for (std::size_t i = 0; i + 1 < c.nodes.size(); ++i)
    c.arrows.push_back({c.nodes[i].id, c.nodes[i + 1].id, "", ""});
  service_item i;
  i.code = item_id{"62052400MZ-XK-0001"};
  i.type = "XK";
  i.name = "十步事项";
  i.bases = {{legal_rank::administrative_rule, "《条例》", "第一条", ""}};
  i.body = "民政局";
  i.department = department_id{"D"};
  i.section = "科";
  i.phone = i.supervision_phone = "1";
  i.flow = c.id;
  i.promised = {20, limit_unit::workday};
  const auto linked = link(i, c, std::make_shared<const organisation>(o));
  if (!linked.definition) give_up(to_string(linked.found.front(), language::en));
  return linked.definition;
}

std::vector<command> commands_of(const case_definition& d, int number) {
  const case_id id{fmt::format("C{:06}", number)};
  std::vector<command> out;
  instant at{*parse_day("2024-09-02")};
  const auto add = [&](action what, details with) {
    at += std::chrono::hours{1};
    out.push_back({request_id{fmt::format("{}/{}", id.text(), out.size())},
                   id,
                   at,
                   person_id{"P"},
                   what,
                   std::move(with),
                   {}});
  };
  add(action::accept, {.item = d.item.code, .applicant = "虚构公司"});
  for (int i = 1; i <= steps; ++i)
    add(action::complete, {.step = node_id{fmt::format("环节{}", i)}, .opinion = "同意"});
  add(action::decide, {.result = case_result::granted});
  add(action::deliver, {});
  return out;
}

enum class how_far { floor, folded, stored };

/// Processor seconds for all cases.
double run(const case_definition& d, const std::vector<std::vector<command>>& all, how_far far,
           case_store* store) {
  const workday_calendar calendar = cn();
  std::size_t waiting = 0;
  const std::clock_t began = std::clock();
  for (const std::vector<command>& of_case : all) {
    case_state s;
    s.id = of_case.front().id;
    for (const command& c : of_case) {
      if (far == how_far::floor) {
        const case_state copy = s;
        waiting += copy.steps.size();
      }
      auto events = decide(d, s, c, calendar);
      if (!events) give_up(to_string(events.error(), language::en));
      if (far == how_far::stored) {
        const append_request asked{s.id, d.item.code, d.hash, s.version, *events};
        if (auto done = store->append(std::span{&asked, 1}); !done)
          give_up(to_string(done.error(), language::en));
      }
      for (const event& e : *events) apply_to(d, s, e);
    }
    if (s.phase != case_phase::delivered) give_up("a case was not delivered");
    waiting += s.steps.size();
  }
  const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
  if (waiting == 0) give_up("nothing was done");
  return seconds;
}

/// Processor seconds for the same commands, submitted to an engine over a store in memory.
double submit(const std::shared_ptr<const case_definition>& d,
              const std::vector<std::vector<command>>& all) {
  const auto store = memory_store();
  case_engine engine{{{d}, cn()}, *store};
  const std::clock_t began = std::clock();
  for (const std::vector<command>& of_case : all)
    for (const command& c : of_case)
      if (const auto done = engine.submit(c); !done) give_up(to_string(done.error(), language::en));
  return static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
}

void compare(const case_definition& d, case_store& store) {
  for (int i = 0; i < cases; i += 997) {
    const case_id id{fmt::format("C{:06}", i)};
    const auto history = store.load(id);
    if (!history || replay(d, id, *history).phase != case_phase::delivered)
      give_up("what was stored is not what was done");
  }
}

double bytes_in_use() {
  const auto of = mallinfo2();
  return static_cast<double>(of.uordblks + of.hblkhd);
}

/// Cases from a number on, accepted in one append.
void accept_cases(const case_definition& d, case_store& store, int first, int count) {
  const workday_calendar calendar = cn();
  std::vector<std::vector<event>> events;
  std::vector<append_request> batch;
  events.reserve(static_cast<std::size_t>(count));
  for (int n = first; n < first + count; ++n) {
    const command asked = commands_of(d, n).front();
    case_state s;
    s.id = asked.id;
    events.push_back(decide(d, s, asked, calendar).value());
    batch.push_back({asked.id, d.item.code, d.hash, 0, events.back()});
  }
  if (auto done = store.append(batch); !done) give_up(to_string(done.error(), language::en));
}

/// Bytes of memory that a case takes in an engine while nobody asks for it, the pages of the file
/// that are kept in memory included.
double bytes_of_idle_case(const std::shared_ptr<const case_definition>& d) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "banli-bench-engine";
  fs::remove_all(folder);
  fs::create_directories(folder);
  double bytes = 0;
  {
    constexpr int idle = 100'000, together = 1'000;
    const double before = bytes_in_use();
    const auto store = open_sqlite_store((folder / "s.db").string()).value();
    case_engine engine{{{d}, cn()}, *store};
    for (int first = 0; first < idle; first += together) accept_cases(*d, *store, first, together);
    // One in a thousand is asked for.
    for (int n = 0; n < idle; n += 1'000)
      if (const auto done = engine.submit(commands_of(*d, n)[1]); !done)
        give_up(to_string(done.error(), language::en));
    bytes = (bytes_in_use() - before) / idle;
  }
  fs::remove_all(folder);
  return bytes;
}

/// The same where whoever asks keeps its state.
double bytes_of_kept_state(const case_definition& d, const std::vector<std::vector<command>>& all) {
  const workday_calendar calendar = cn();
  std::vector<case_state> kept;
  kept.reserve(all.size());
  const double before = bytes_in_use();
  for (const std::vector<command>& of_case : all) {
    case_state& s = kept.emplace_back();
    s.id = of_case.front().id;
    const auto events = decide(d, s, of_case.front(), calendar);
    for (const event& e : *events) apply_to(d, s, e);
  }
  return sizeof(case_state) + (bytes_in_use() - before) / static_cast<double>(kept.size());
}

} // namespace

int main() {
  const auto d = ten_steps();
  std::vector<std::vector<command>> all;
  for (int i = 0; i < cases; ++i) all.push_back(commands_of(*d, i));
  const double count = static_cast<double>(cases) * static_cast<double>(all.front().size());
  double with_copy = 1e9, folded = 1e9, stored = 1e9, submitted = 1e9;
  for (int round = 0; round < 5; ++round) {
    with_copy = std::min(with_copy, run(*d, all, how_far::floor, nullptr));
    folded = std::min(folded, run(*d, all, how_far::folded, nullptr));
    auto store = memory_store();
    stored = std::min(stored, run(*d, all, how_far::stored, store.get()));
    if (round == 0) compare(*d, *store);
    store.reset();
    submitted = std::min(submitted, submit(d, all));
  }
  fmt::print("decide + apply                     {:>10.0f} commands a second\n", count / folded);
  fmt::print("and a copy of the case a command   {:>10.0f}\n", count / with_copy);
  fmt::print("decide + apply + store in memory   {:>10.0f}\n", count / stored);
  fmt::print("submit() over a store in memory    {:>10.0f}\n", count / submitted);
  fmt::print("an open case that waits: {:.0f} bytes in an engine, {:.0f} as a state that is kept\n",
             bytes_of_idle_case(d), bytes_of_kept_state(*d, all));
}
