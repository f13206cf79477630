// The machine against the table that was declared for it, and every question that can be put to it.
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <banli/library/item_life_cycle.hpp>

namespace {

using namespace banli;

struct declared_row {
  std::string from, command, to, role;
  std::vector<std::string> conditions;
};

std::vector<declared_row> declared() {
  std::ifstream in{BANLI_SOURCE_DIR "/tests/cases/item_life_cycle.csv"};
  std::string line;
  std::getline(in, line);
  std::vector<declared_row> out;
  while (std::getline(in, line)) {
    std::istringstream cells{line};
    declared_row r;
    std::getline(cells, r.from, ',');
    std::getline(cells, r.command, ',');
    std::getline(cells, r.to, ',');
    std::getline(cells, r.role, ',');
    for (std::string word; cells >> word;) r.conditions.push_back(word);
    out.push_back(std::move(r));
  }
  return out;
}

item_fact fact_named(std::string_view name) {
  for (std::size_t i = 0; i < item_fact_count; ++i)
    if (to_string(static_cast<item_fact>(i)) == name) return static_cast<item_fact>(i);
  FAIL("no fact " << name);
  return {};
}

item_facts facts_of(unsigned bits) {
  item_facts f;
  for (unsigned i = 0; i < item_fact_count; ++i)
    if ((bits >> i & 1U) != 0) f = f.with(static_cast<item_fact>(i));
  return f;
}

bool all_hold(const declared_row& r, item_facts facts) {
  for (const std::string& c : r.conditions) {
    const bool no = c.starts_with('!');
    if (facts.has(fact_named(no ? c.substr(1) : c)) == no) return false;
  }
  return true;
}

actor_rights only(actor_role r) { return {role_set{r}}; }

TEST_CASE("the machine has the rows that were declared, in their order") {
  const auto want = declared();
  const auto& have = life_cycle_rows();
  REQUIRE(want.size() == 27);
  REQUIRE(have.size() == want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    CAPTURE(i);
    CHECK(to_string(have[i].from) == want[i].from);
    CHECK(to_string(have[i].command) == want[i].command);
    CHECK(to_string(have[i].to) == want[i].to);
    CHECK(to_string(have[i].role) == want[i].role);
    std::vector<std::string> conditions;
    for (const row_condition& c : have[i].conditions)
      conditions.push_back((c.want == row_condition::wanted::yes ? "" : "!") +
                           std::string{to_string(c.fact)});
    CHECK(conditions == want[i].conditions);
  }
}

TEST_CASE("every state, command, role and set of facts answers as the declared table says") {
  const auto rows = declared();
  std::size_t taken = 0;
  for (const item_state from : all_item_states)
    for (std::size_t c = 0; c < item_command_count; ++c) {
      const auto command = static_cast<item_command>(c);
      std::vector<const declared_row*> here;
      for (const declared_row& r : rows)
        if (r.from == to_string(from) && r.command == to_string(command)) here.push_back(&r);
      for (std::size_t who = 0; who < actor_role_count; ++who) {
        const auto role = static_cast<actor_role>(who);
        for (unsigned bits = 0; bits < 1U << item_fact_count; ++bits) {
          const item_facts facts = facts_of(bits);
          std::string want;
          bool role_may = false;
          for (const declared_row* r : here) {
            role_may = role_may || r->role == to_string(role);
            if (r->role == to_string(role) && all_hold(*r, facts)) want = r->to;
          }
          const auto got = next(from, command, only(role), facts);
          if (got.has_value() != !want.empty() || (got && to_string(*got) != want)) {
            CAPTURE(bits);
            FAIL_CHECK(to_string(from) << ' ' << to_string(command) << ' ' << to_string(role));
          }
          if (got) {
            ++taken;
          } else {
            if (here.empty() != (got.error().code == errc::no_transition))
              FAIL_CHECK("wrong code: " << to_string(got.error(), language::en));
            if (!here.empty() && !role_may && got.error().code != errc::not_permitted)
              FAIL_CHECK("wrong code: " << to_string(got.error(), language::en));
          }
        }
      }
    }
  CHECK(taken > 1'000);
}

TEST_CASE("a refusal says which condition is missing, with its own code") {
  const auto office = only(actor_role::establishment_office);
  CHECK(next(item_state::department_reviewed, item_command::send_back, office, {}).error().code ==
        errc::missing_reason);
  CHECK(next(item_state::draft, item_command::submit, only(actor_role::department_reviewer),
             item_facts{item_fact::own_department})
            .error()
            .code == errc::incomplete_item);
  CHECK(next(item_state::draft, item_command::submit, only(actor_role::department_reviewer),
             item_facts{item_fact::complete})
            .error()
            .code == errc::not_permitted);
  CHECK(
      next(item_state::office_reviewed, item_command::publish, only(actor_role::service_office), {})
          .error()
          .code == errc::missing_code);
  CHECK(next(item_state::office_reviewed, item_command::publish, only(actor_role::service_office),
             item_facts{item_fact::city_confirms, item_fact::coded})
            .error()
            .code == errc::condition_not_met);
  CHECK(next(item_state::archived, item_command::edit, only(actor_role::entry_account), {})
            .error()
            .code == errc::no_transition);
  const auto e = next(item_state::department_reviewed, item_command::review,
                      only(actor_role::entry_account), {});
  CHECK(e.error().message.zh == "“部门已审核”状态的事项只能由编办编办审核");
  CHECK(e.error().message.en ==
        "review of an item of state department_reviewed is for: establishment_office");
}

TEST_CASE("the administrator reads and counts, and changes nothing") {
  for (const item_state s : all_item_states)
    for (unsigned bits = 0; bits < 1U << item_fact_count; ++bits)
      CHECK(allowed(s, only(actor_role::administrator), facts_of(bits)).empty());
}

TEST_CASE("what is allowed is what next() would take") {
  role_set everyone;
  for (std::size_t i = 0; i < actor_role_count; ++i)
    everyone = everyone.with(static_cast<actor_role>(i));
  for (const item_state s : all_item_states)
    for (unsigned bits = 0; bits < 1U << item_fact_count; ++bits) {
      std::set<item_command> may;
      for (const life_cycle_row& row : allowed(s, {everyone}, facts_of(bits)))
        CHECK(may.insert(row.command).second);
      for (std::size_t c = 0; c < item_command_count; ++c) {
        const auto command = static_cast<item_command>(c);
        if (next(s, command, {everyone}, facts_of(bits)).has_value() != may.contains(command))
          FAIL_CHECK(to_string(s) << ' ' << to_string(command));
      }
    }
}

TEST_CASE("with any chain exactly one way leads into the library") {
  role_set everyone;
  for (std::size_t i = 0; i < actor_role_count; ++i)
    everyone = everyone.with(static_cast<actor_role>(i));
  const auto way = [&](item_facts chain) {
    std::string out;
    for (item_state s = item_state::draft; s != item_state::published;) {
      std::vector<item_command> forward;
      for (const life_cycle_row& r : allowed(s, {everyone},
                                             chain.with(item_fact::own_department)
                                                 .with(item_fact::complete)
                                                 .with(item_fact::coded)))
        if (r.to > s) forward.push_back(r.command);
      REQUIRE(forward.size() == 1);
      out += std::string{to_string(forward[0])} + ' ';
      s = *next(
          s, forward[0], {everyone},
          chain.with(item_fact::own_department).with(item_fact::complete).with(item_fact::coded));
    }
    return out;
  };
  using enum item_fact;
  CHECK(way({}) == "submit review publish ");
  CHECK(way(item_facts{city_confirms}) == "submit review confirm_city publish ");
  CHECK(way(item_facts{province_confirms}) == "submit review confirm_province publish ");
  CHECK(way(item_facts{city_confirms, province_confirms}) ==
        "submit review confirm_city confirm_province publish ");
}

TEST_CASE("names and office words are read back; a mistyped one gets a hint") {
  for (const item_state s : all_item_states) {
    CHECK(*parse_item_state(to_string(s)) == s);
    CHECK(*parse_item_state(label(s)) == s);
  }
  for (std::size_t i = 0; i < item_command_count; ++i) {
    const auto c = static_cast<item_command>(i);
    CHECK(*parse_item_command(to_string(c)) == c);
    CHECK(*parse_item_command(label(c)) == c);
  }
  for (std::size_t i = 0; i < actor_role_count; ++i)
    CHECK(*parse_actor_role(to_string(static_cast<actor_role>(i))) == static_cast<actor_role>(i));
  const auto wrong = parse_item_state("publishd");
  CHECK(wrong.error().code == errc::unknown_value);
  CHECK(wrong.error().message.en.ends_with("did you mean 'published'?"));
}

TEST_CASE("state codes are stable") {
  CHECK(static_cast<int>(item_state::draft) == 10);
  CHECK(static_cast<int>(item_state::department_reviewed) == 20);
  CHECK(static_cast<int>(item_state::office_reviewed) == 30);
  CHECK(static_cast<int>(item_state::city_confirmed) == 40);
  CHECK(static_cast<int>(item_state::province_confirmed) == 50);
  CHECK(static_cast<int>(item_state::published) == 60);
  CHECK(static_cast<int>(item_state::archived) == 70);
  CHECK(static_cast<int>(item_state::voided) == 80);
}

TEST_CASE("the drawing has every state and every row") {
  for (const language l : {language::en, language::zh}) {
    const std::string m = life_cycle_mermaid(l);
    std::size_t arrows = 0;
    for (std::size_t at = m.find("-->"); at != std::string::npos; at = m.find("-->", at + 1))
      ++arrows;
    CHECK(arrows == life_cycle_rows().size() + 3);
    for (const item_state s : all_item_states)
      CHECK(m.find(l == language::zh ? label(s) : to_string(s)) != std::string::npos);
    CHECK(life_cycle_dot(l).starts_with("digraph life_cycle {"));
  }
}

} // namespace
