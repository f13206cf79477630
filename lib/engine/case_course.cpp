#include <banli/engine/case_course.hpp>

#include <algorithm>
#include <set>
#include <string>

namespace banli {

const flow_words& course_words() {
  static const flow_words words{{},
                                {{"step", type_kind::string},
                                 {"outcome", type_kind::string},
                                 {"opinion", type_kind::string}}};
  return words;
}

flow_words course_words(std::span<const flowchart> charts) {
  std::set<std::string> all{"accepted", "sent_back", "decided"};
  for (const case_phase end :
       {case_phase::delivered, case_phase::refused, case_phase::withdrawn, case_phase::concluded})
    all.emplace(to_string(end));
  for (const flowchart& c : charts)
    for (const node& n : c.nodes) all.insert(n.id.text());
  flow_words words = course_words();
  words.activities.assign(all.begin(), all.end());
  return words;
}

std::vector<flow_event> course_of(const case_definition& definition, const case_state& state) {
  std::vector<flow_event> out;
  if (state.phase == case_phase::none) return out;
  const auto add = [&](std::string_view activity, const person_id& actor, instant at,
                       const step_record* step = nullptr) {
    flow_event e{std::string{activity}, actor.text(), at, state.id.text(), {}};
    const std::string none;
    e.data = {{"step", step != nullptr ? definition.net.at(step->step).id.text() : none},
              {"outcome", step != nullptr ? step->outcome : none},
              {"opinion", step != nullptr ? step->opinion : none}};
    out.push_back(std::move(e));
  };
  if (state.phase != case_phase::refused) add("accepted", {}, state.accepted);
  for (const step_record& r : state.steps) {
    if (!r.ended) continue;
    if (r.end == step_end::completed)
      add(definition.net.at(r.step).id.text(), r.actor, *r.ended, &r);
    if (r.end == step_end::sent_back) add("sent_back", r.actor, *r.ended, &r);
  }
  if (state.decided) add("decided", state.decider, *state.decided);
  if (state.ended) add(to_string(state.phase), {}, *state.ended);
  std::ranges::stable_sort(out, {}, &flow_event::at);
  return out;
}

} // namespace banli
