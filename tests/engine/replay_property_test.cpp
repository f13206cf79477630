// Whatever happens to a case, replaying its events gives the state it had.
#include <algorithm>
#include <random>
#include <set>

#include <rapidcheck.h>

#include <banli/engine/case_clocks.hpp>

#include "walk.hpp"

using namespace sample;

namespace {

/// Everything a state says, as text.
std::string told(const case_definition& d, const case_state& s) {
  std::string out =
      fmt::format("{} {} {} {} {} {} {}\n", to_string(s.phase), s.version, to_text(s.last),
                  to_text(s.start), d.net.to_text(s.at), s.returns, s.supplements);
  for (const step_record& r : s.steps)
    out += fmt::format("{} {} {} {} {}\n", d.net.at(r.step).id.text(), to_text(r.since),
                       static_cast<int>(r.end), r.ended ? to_text(*r.ended) : "-", r.actor.text());
  for (const exclusion& x : s.excluded)
    out += fmt::format("{} {} {}\n", to_text(x.from), x.to ? to_text(*x.to) : "-", x.kind);
  for (const auto& [name, value] : s.facts) out += fmt::format("{}={}\n", name, value);
  out += fmt::format("{} {} {} {} {} {} {} {} {}\n", s.applicant, s.acceptance, s.reviewed.size(),
                     s.urgent, s.fault, s.late_entries, s.handed.size(), s.refusal_kind,
                     s.valid_until ? to_text(*s.valid_until) : "-");
  const auto when = [](const std::optional<instant>& t) { return t ? to_text(*t) : "-"; };
  for (const reply_record& r : s.replies)
    out += fmt::format("reply {} {}\n", to_text(r.since), when(r.answered));
  for (const report_record& r : s.reports)
    out += fmt::format("report {} {}\n", to_text(r.since), when(r.answered));
  for (const procedure_record& p : s.procedures)
    out += fmt::format("procedure {} {} {}\n", p.kind, when(p.ended), when(p.told));
  for (const extension_request& r : s.requests)
    out += fmt::format("request {} {} {}\n", r.late, when(r.answered), r.granted);
  for (const change_request& r : s.changes)
    out += fmt::format("change {} {} {}\n", r.kind, r.late, when(r.answered));
  for (const notice_record& n : s.notices)
    out += fmt::format("notice {} {} {} {}\n", n.kind, n.recipient, when(n.due), when(n.told));
  return out;
}

/// A definition in which who acts is not judged, so that random commands get far.
std::shared_ptr<const case_definition> definition(std::size_t which) {
  service_item i = item();
  if (which == 1) i.supplement = supplement_rule::restarts;
  return define(i, which == 2 ? joint_chart() : chart(), authority::recorded);
}

} // namespace

TEST_CASE("a replayed case equals the live one after every event, also through the stored text") {
  const std::array all{definition(0), definition(1), definition(2)};
  CHECK(rc::check([&](const std::vector<std::uint32_t>& numbers, std::uint8_t which) {
    const auto& d = all[which % all.size()];
    const running_case c = random_case(d, numbers);
    std::vector<event> stored;
    for (const event& e : c.history) stored.push_back(*parse_event(to_json(e)));
    RC_ASSERT(stored == c.history);
    RC_ASSERT(told(*d, replay(*d, c.state.id, stored)) == told(*d, c.state));
  }));
}

namespace {

/// Items of every kind, charts of three shapes, with and without the promises on silence.
std::vector<std::shared_ptr<const case_definition>> all_definitions() {
  std::vector<std::shared_ptr<const case_definition>> out;
  for (int kind = 0; kind < 5; ++kind)
    for (const flowchart& f : {chart(), joint_chart(), inclusive_chart()}) {
      service_item i = item();
      i.kind = static_cast<case_kind>(kind);
      if (i.kind == case_kind::immediate) continue; // its chart has no step that takes a day
      i.materials = {{"申请书", "原件", "纸质", ""}};
      i.superior_body = "省民政厅";
      if (kind % 2 == 1) i.supplement = supplement_rule::restarts;
      i.co_handlers = {department_id{"民政局"}};
      i.overtime = overtime_rule::consent;
      i.refusals_reported = i.completion_told = true;
      out.push_back(define(i, f, authority::recorded));
    }
  return out;
}

std::size_t open_stops(const case_state& s) {
  return static_cast<std::size_t>(
      std::ranges::count_if(s.excluded, [](const exclusion& x) { return !x.to; }));
}

/// What holds of every state a case can have; the first that does not, in words.
std::string broken(const running_case& c) {
  const case_state& s = c.state;
  const bool closed = s.phase == case_phase::delivered || s.phase == case_phase::withdrawn ||
                      s.phase == case_phase::concluded;
  if (closed && !s.ended) return "closed without an end";
  if (s.ended && !closed && s.phase != case_phase::refused) return "ended and not closed";
  if (s.ended &&
      std::ranges::any_of(s.steps, [](const step_record& r) { return r.end == step_end::waiting; }))
    return "ended, and a step waits";
  if (s.ended && open_stops(s) != 0) return "ended, and the clock stands still";
  if (s.phase == case_phase::suspended && open_stops(s) == 0) return "suspended by nothing";
  const bool up = !s.reports.empty() && !s.reports.back().answered;
  if ((s.phase == case_phase::reported_up) != (up && !s.ended && !s.decided)) return "reported up";
  for (std::size_t i = 0; i + 1 < s.changes.size(); ++i)
    if (!s.changes[i].answered) return "two changes wait";
  if (s.decided.has_value() != s.result.has_value()) return "decided without a result";
  if (!s.was_accepted()) return s.steps.empty() ? "" : "steps before acceptance";
  const auto k = clocks(*c.definition, s, c.calendar);
  if (!k) return to_string(k.error(), language::en);
  // The numbers are those of the deadline layer, from what the state says.
  const auto due = due_date(c.calendar, *c.definition->hours, c.definition->item.promised, s.start,
                            s.excluded, s.extended, c.definition->item.counting);
  if (!due || k->promised.result.due_at != due->due_at) return "another due date";
  if (k->hand_overs.size() != s.handed.size()) return "a hand-over without a clock";
  if (s.phase == case_phase::running && c.definition->net.enabled(s.at).empty() &&
      !c.definition->net.finish(s.at))
    return "stuck";
  return "";
}

/// Follows a case through the stored text of its events; the first difference, in words.
class follower {
 public:
  explicit follower(const case_definition& d) : d_(d) { folded_.id = case_id{"C1"}; }

  void look(const running_case& c, action what, std::size_t before) {
    granted_.insert(what);
    const event_kind first = c.history[before].what;
    if (first != event_of(what) && first != event_kind::arrow_taken) say("another event");
    for (std::size_t i = before; i < c.history.size(); ++i) {
      const auto stored = parse_event(to_json(c.history[i]));
      if (!stored || *stored != c.history[i]) return say("stored otherwise");
      folded_ = banli::apply(d_, std::move(folded_), *stored);
      if (folded_.version != i + 1) say("another number");
    }
    if (told(d_, folded_) != told(d_, c.state)) say("replayed otherwise");
    say(broken(c));
  }

  const std::string& wrong() const { return wrong_; }
  const std::set<action>& granted() const { return granted_; }

 private:
  void say(const std::string& what) {
    if (wrong_.empty()) wrong_ = what;
  }

  const case_definition& d_;
  case_state folded_;
  std::string wrong_;
  std::set<action> granted_;
};

#ifdef NDEBUG
constexpr std::uint32_t walks = 10'000;
#else
constexpr std::uint32_t walks = 1'500; // every command is reached by the 835th
#endif

} // namespace

TEST_CASE("any commands, any kind of case: the state is the fold, and its invariants hold") {
  const auto all = all_definitions();
  std::set<action> granted;
  std::size_t events = 0;
  for (std::uint32_t seed = 0; seed < walks; ++seed) {
    CAPTURE(seed);
    std::mt19937 random{seed};
    std::vector<std::uint32_t> numbers(10 + random() % 60);
    for (std::uint32_t& n : numbers) n = static_cast<std::uint32_t>(random());
    const auto& d = all[seed % all.size()];
    follower f{*d};
    const running_case c =
        any_case(d, numbers, [&](const running_case& now, action what, std::size_t before) {
          f.look(now, what, before);
        });
    REQUIRE(f.wrong() == "");
    granted.insert(f.granted().begin(), f.granted().end());
    events += c.history.size();
  }
  MESSAGE(walks, " cases of ", events, " events");
  for (std::size_t a = 0; a + 1 < action_list().size(); ++a) { // all but migrate
    CAPTURE(action_list()[a]);
    CHECK(granted.contains(static_cast<action>(a))); // the walk reaches every command
  }
}

TEST_CASE("the marking of a case is always one from which it can finish") {
  const auto d = definition(2);
  CHECK(rc::check([&](const std::vector<std::uint32_t>& numbers) {
    const running_case c = random_case(d, numbers);
    case_state s;
    for (const event& e : c.history) {
      s = apply(*d, std::move(s), e);
      RC_ASSERT(!d->net.enabled(s.at).empty() || d->net.finish(s.at).has_value() ||
                !d->net.open_conditions(s.at).empty());
    }
  }));
}
