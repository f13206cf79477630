// One judgement of a constraint. Every template is a few questions about pairs of events; what is
// still open is joined: violated goes before pending, and pending before satisfied.
#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "flow_program.hpp"

namespace banli {

class flow_judgement {
 public:
  flow_judgement(const compiled_constraint::parts& p, std::span<const flow_event> events,
                 instant now)
      : p_(p), c_(p.definition), events_(events), now_(now), left_(p.limits.comparisons) {}

  flow_verdict run(flow_course course) {
    if (events_.size() > p_.limits.events) too_much();
    for (std::size_t i = 1; i < events_.size() && !out_.why; ++i)
      if (events_[i].at < events_[i - 1].at)
        out_.why = make_error(errc::time_backwards, "event {} is earlier than the one before it",
                              "第 {} 个事件早于前一个事件", i + 1);
    if (!out_.why) mark();
    if (!stuck()) judge();
    if (stuck()) {
      flow_verdict v;
      v.is = flow_state::unjudgeable;
      v.missing.assign(missing_.begin(), missing_.end());
      if (v.missing.empty()) v.why = std::move(out_.why);
      return v;
    }
    return finish(course);
  }

 private:
  using index = std::size_t;

  bool stuck() const { return out_.why || !missing_.empty(); }

  void too_much() {
    out_.why =
        make_error(errc::limit_exceeded, "more than {} events or {} comparisons",
                   "事件超过 {} 个或比较超过 {} 次", p_.limits.events, p_.limits.comparisons);
  }

  /// Asks a condition; what it cannot say stops the judgement.
  bool holds(const std::optional<program>& condition, const flow_event* a, const flow_event* b) {
    if (!condition) return true;
    const outcome o = condition->evaluate(event_facts(a, b), p_.limits.evaluation);
    if (const auto truth = o.truth()) return *truth;
    if (o.is == outcome::state::unknown) missing_.insert(o.missing.begin(), o.missing.end());
    if (o.is == outcome::state::error && !out_.why) out_.why = o.error;
    return false;
  }

  static bool among(const std::string& s, const std::vector<std::string>& all) {
    return std::ranges::find(all, s) != all.end();
  }

  bool single_in_window(const flow_event& e) const {
    if (c_.kind > flow_template::exclusive_choice) return true;
    const auto far = e.at - events_.front().at;
    return far >= c_.within.least && (!c_.within.most || far <= *c_.within.most);
  }

  void mark() {
    is_a_.resize(events_.size());
    is_b_.resize(events_.size());
    for (index i = 0; i < events_.size(); ++i) {
      const flow_event& e = events_[i];
      if (!single_in_window(e)) continue;
      is_a_[i] = among(e.activity, c_.a) && holds(p_.where_a, &e, nullptr);
      is_b_[i] = has_target(c_.kind) && among(e.activity, c_.b) && holds(p_.where_b, nullptr, &e);
      if (is_a_[i]) as_.push_back(i);
      if (is_b_[i]) bs_.push_back(i);
    }
  }

  /// Whether an A and a B belong together.
  bool pair(index a, index b) {
    if (left_ == 0 && !out_.why) too_much();
    if (a == b || left_ == 0) return false;
    --left_;
    const auto far = a < b ? events_[b].at - events_[a].at : events_[a].at - events_[b].at;
    if (far < c_.within.least || (c_.within.most && far > *c_.within.most)) return false;
    return holds(p_.correlation, &events_[a], &events_[b]);
  }

  void violate(std::initializer_list<index> by) {
    if (out_.is != flow_state::violated) out_.events.clear();
    out_.is = flow_state::violated;
    out_.deadline.reset();
    out_.events.insert(out_.events.end(), by);
  }

  /// Something must still happen, after an event at the latest `most` later.
  void wait(std::optional<index> since) {
    std::optional<instant> last;
    if (since && c_.within.most) last = events_[*since].at + *c_.within.most;
    if (last && *last < now_) return since ? violate({*since}) : violate({});
    if (out_.is == flow_state::violated) return;
    out_.is = flow_state::pending;
    if (since) out_.events.push_back(*since);
    if (last && (!out_.deadline || *last < *out_.deadline)) out_.deadline = last;
  }

  // ---- the templates ----

  void judge() {
    switch (c_.kind) {
    case flow_template::existence:
    case flow_template::absence:
    case flow_template::exactly: return counted();
    case flow_template::init: return begins();
    case flow_template::end: return ends();
    case flow_template::choice:
    case flow_template::exclusive_choice: return chosen();
    case flow_template::responded_existence: return anywhere(as_, bs_, true);
    case flow_template::co_existence: anywhere(as_, bs_, true); return anywhere(bs_, as_, false);
    case flow_template::response: return followed(distance::any);
    case flow_template::alternate_response: return followed(distance::alternate);
    case flow_template::chain_response: return followed(distance::chain);
    case flow_template::precedence: return preceded(distance::any);
    case flow_template::alternate_precedence: return preceded(distance::alternate);
    case flow_template::chain_precedence: return preceded(distance::chain);
    case flow_template::succession: return both(distance::any);
    case flow_template::alternate_succession: return both(distance::alternate);
    case flow_template::chain_succession: return both(distance::chain);
    case flow_template::not_responded_existence:
    case flow_template::not_co_existence: return never([](index, index) { return true; });
    case flow_template::not_response:
    case flow_template::not_precedence:
    case flow_template::not_succession: return never([](index a, index b) { return a < b; });
    case flow_template::not_chain_response:
    case flow_template::not_chain_precedence:
    case flow_template::not_chain_succession:
      return never([](index a, index b) { return a + 1 == b; });
    case flow_template::four_eyes: return persons(true);
    case flow_template::same_actor: return persons(false);
    case flow_template::person_load: return load();
    }
  }

  /// The last instant at which a single event can count; none: any time, or nothing has begun.
  std::optional<index> from_start() const {
    return events_.empty() ? std::nullopt : std::optional<index>{0};
  }
  bool window_over() const {
    return c_.within.most && !events_.empty() && events_.front().at + *c_.within.most < now_;
  }

  /// What must still happen once or more, counted from the first event.
  void wait_from_start() {
    wait(from_start());
    out_.events.clear(); // the first event is not what is wrong
  }

  void counted() {
    const std::size_t n = as_.size();
    const bool least = c_.kind == flow_template::existence;
    if (!least && n >= c_.count + (c_.kind == flow_template::exactly ? 1 : 0)) {
      violate({});
      out_.events = as_;
    } else if (c_.kind != flow_template::absence && n < c_.count) {
      wait_from_start();
    } else {
      out_.settled = least || window_over();
    }
  }

  void begins() {
    if (events_.empty()) return wait(std::nullopt);
    if (is_a_.front())
      out_.settled = true;
    else
      violate({0});
  }

  void ends() {
    if (!events_.empty() && is_a_.back()) return;
    wait_from_start();
  }

  void chosen() {
    if (c_.kind == flow_template::exclusive_choice && !as_.empty() && !bs_.empty())
      return violate({as_.front(), bs_.front()});
    if (as_.empty() && bs_.empty()) return wait_from_start();
    out_.settled = c_.kind == flow_template::choice || window_over();
  }

  /// Every one has another it belongs together with. `forward`: the first list is that of A.
  void anywhere(const std::vector<index>& from, const std::vector<index>& to, bool forward) {
    for (const index i : from)
      if (std::ranges::none_of(to, [&](index j) { return forward ? pair(i, j) : pair(j, i); }))
        wait(i);
  }

  enum class distance : std::uint8_t { any, alternate, chain };

  void both(distance d) {
    followed(d);
    preceded(d);
  }

  void followed(distance d) {
    for (const index i : as_) {
      if (d == distance::chain) {
        if (i + 1 == events_.size())
          wait(i);
        else if (!is_b_[i + 1] || !pair(i, i + 1))
          violate({i, i + 1});
        continue;
      }
      index j = i + 1;
      while (j < events_.size() && !(is_b_[j] && pair(i, j)) &&
             !(d == distance::alternate && is_a_[j]))
        ++j;
      if (j == events_.size())
        wait(i);
      else if (!(is_b_[j] && pair(i, j)))
        violate({i, j});
    }
  }

  void preceded(distance d) {
    for (const index j : bs_) {
      const index last = d == distance::chain && j > 0 ? j - 1 : 0;
      bool found = false;
      for (index i = j; i-- > last && !found;) {
        found = is_a_[i] && pair(i, j);
        if (!found && d == distance::alternate && is_b_[i]) break;
      }
      if (!found) violate({j});
    }
  }

  template <class Order>
  void never(Order order) {
    for (const index i : as_)
      for (const index j : bs_)
        if (order(i, j) && pair(i, j)) violate({i, j});
  }

  /// Of an A and a B that belong together, whether one person did both is a fault, or that two did.
  void persons(bool same_is_wrong) {
    std::set<std::string> unknown;
    for (const index i : as_)
      for (const index j : bs_) {
        if (!pair(i, j)) continue;
        const std::string& x = events_[i].actor;
        const std::string& y = events_[j].actor;
        if (x.empty() || y.empty())
          unknown.insert(x.empty() ? "a.actor" : "b.actor");
        else if ((x == y) == same_is_wrong)
          violate({i, j});
      }
    if (out_.is != flow_state::violated) missing_.insert(unknown.begin(), unknown.end());
  }

  /// The cases of each person within a sliding span.
  void load() {
    std::map<std::string_view, std::vector<index>> of;
    for (const index i : as_) {
      if (events_[i].actor.empty()) missing_.insert("a.actor");
      if (events_[i].in_case.empty()) missing_.insert("a.in_case");
      of[events_[i].actor].push_back(i);
    }
    for (const auto& [actor, mine] : of) {
      std::map<std::string_view, std::size_t> cases; // in the span, with how often
      std::size_t first = 0;
      for (const index i : mine) {
        ++cases[events_[i].in_case];
        while (c_.within.most && events_[i].at - events_[mine[first]].at > *c_.within.most) {
          const auto gone = cases.find(events_[mine[first++]].in_case);
          if (--gone->second == 0) cases.erase(gone);
        }
        if (cases.size() <= c_.count) continue;
        for (std::size_t k = first; mine[k] <= i; ++k) {
          violate({mine[k]});
          if (mine[k] == i) break;
        }
      }
    }
  }

  flow_verdict finish(flow_course course) {
    std::ranges::sort(out_.events);
    const auto twice = std::ranges::unique(out_.events);
    out_.events.erase(twice.begin(), twice.end());
    if (course == flow_course::closed) {
      if (out_.is == flow_state::pending) out_.is = flow_state::violated;
      out_.deadline.reset();
      out_.settled = true;
    }
    if (out_.is == flow_state::violated) out_.settled = true;
    if (out_.is == flow_state::pending) out_.settled = false;
    return std::move(out_);
  }

  const compiled_constraint::parts& p_;
  const flow_constraint& c_;
  std::span<const flow_event> events_;
  instant now_;
  std::uint64_t left_;
  std::vector<bool> is_a_;
  std::vector<bool> is_b_;
  std::vector<index> as_;
  std::vector<index> bs_;
  std::set<std::string> missing_;
  flow_verdict out_;
};

flow_verdict compiled_constraint::judge(std::span<const flow_event> events, instant now,
                                        flow_course course) const {
  return flow_judgement(*parts_, events, now).run(course);
}

} // namespace banli
