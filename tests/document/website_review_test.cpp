// Three reviews before anything goes onto a website (三审): the shipped flowchart, at work.
#include <doctest/doctest.h>

#include <banli/document/configuration.hpp>
#include <banli/engine/decide.hpp>
#include <banli/interchange/case_log.hpp>
#include <banli/interchange/foreign_log.hpp>

namespace {

using namespace banli;

/// The commands of the first case of a flowchart in the county's log.
std::vector<command> first_case_by(const case_definition& d) {
  const auto text = read_log_file(BANLI_SOURCE_DIR "/examples/county/cases.csv");
  REQUIRE(text.has_value());
  std::vector<command> out;
  for (const command& c : parse_case_log(*text, "cases.csv").log.commands) {
    if (out.empty() ? c.what == action::accept && c.with.item == d.item.code
                    : c.id == out.front().id)
      out.push_back(c);
  }
  return out;
}

} // namespace

TEST_CASE("nothing is published before the section head and the leader have passed it (M28, M29)") {
  const configuration county = load_configuration(BANLI_SOURCE_DIR "/examples/county");
  REQUIRE(county.good());
  const auto d = std::ranges::find(county.definitions, flowchart_id{"website-review"},
                                   [](const auto& one) { return one->net.chart().id; });
  REQUIRE(d != county.definitions.end());
  const case_definition& review = **d;
  const auto post_of = [&](const char* step) {
    return review.net.at(*review.net.index(node_id{step})).post;
  };
  CHECK(post_of("初审") == post_id{"科室负责人岗"});
  CHECK(post_of("终审") == post_id{"分管领导岗"});

  case_state s;
  std::vector<std::string> done;
  person_id collector;
  for (const command& c : first_case_by(review)) {
    s.id = c.id;
    const auto asked = [&](const node_id& step, const person_id& who) {
      command other = c;
      other.request = request_id{"other"};
      other.with.step = step;
      other.actor = who;
      return decide(review, s, other, county.calendar);
    };
    if (c.what == action::complete) {
      const std::string step = c.with.step.text();
      for (const char* other : {"采集", "初审", "终审", "发布存档"})
        if (step != other) CHECK_FALSE(asked(node_id{other}, c.actor).has_value());
      if (step == "采集") collector = c.actor;
      if (step == "初审") // nobody reviews what he collected, but the section head
        CHECK_FALSE(asked(c.with.step, collector).has_value());
      done.push_back(step);
    }
    const auto events = decide(review, s, c, county.calendar);
    if (!events) FAIL(to_string(events.error(), language::en));
    for (const event& e : *events) s = apply(review, std::move(s), e);
  }
  REQUIRE(done.size() >= 4);
  CHECK(done.back() == "发布存档");
  CHECK(std::ranges::find(done, "初审") < std::ranges::find(done, "终审"));
  CHECK(s.phase == case_phase::delivered);
}
