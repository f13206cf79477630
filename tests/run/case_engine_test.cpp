#include <banli/run/case_engine.hpp>

#include <atomic>
#include <thread>

#include <doctest/doctest.h>

#include <banli/storage/sealing_store.hpp>
#include <banli/supervision/cross_case.hpp>
#include <banli/time/text.hpp>

using namespace banli;

namespace {

const configuration& small_office() {
  static const configuration c = load_configuration(BANLI_SOURCE_DIR "/examples/engine");
  for (const error& e : c.found) MESSAGE(to_string(e, language::en));
  REQUIRE(c.good());
  return c;
}

instant then(std::string_view s) { return *parse_instant(s); }

command asks(const char* request, std::string_view at, const char* actor, action what,
             details with = {}, const char* id = "C1") {
  return {request_id{request}, case_id{id}, then(at), person_id{actor}, what, std::move(with), {}};
}

command accepts(const char* request, const char* id = "C1") {
  details d;
  d.item = small_office().items[0].code;
  d.facts = {{"name", "赵小明"}};
  return asks(request, "2026-03-02T09:00", "MZ01", action::accept, d, id);
}

command completes(const char* request, std::string_view at, const char* actor, const char* step,
                  const char* id = "C1") {
  details d;
  d.step = node_id{step};
  if (std::string_view{step} == "受理") d.facts = {{"title", "样例"}};
  return asks(request, at, actor, action::complete, d, id);
}

errc refused_by(case_engine& e, const command& c) {
  const auto r = e.submit(c);
  REQUIRE(!r);
  return r.error().code;
}

std::vector<audit_record> audited(const case_store& s) { return s.audit_log(0, 1'000).value(); }

} // namespace

TEST_CASE("a request is done once, whoever sends it how often") {
  const auto store = memory_store();
  case_engine e{parts_of(small_office()), *store};
  const auto first = e.submit(accepts("r1"));
  REQUIRE(first.has_value());
  CHECK_FALSE(first->repeated);
  REQUIRE(first->events.size() == 1);
  const auto second = e.submit(accepts("r1"));
  REQUIRE(second.has_value());
  CHECK(second->repeated);
  CHECK(second->events == first->events);
  CHECK(*store->event_count() == 1);
  CHECK(refused_by(e, accepts("r1", "C2")) == errc::duplicate_id);
  CHECK(refused_by(e, accepts("")) == errc::bad_value);
  CHECK(audited(*store).empty()); // none of that was a refusal of the office's
}

TEST_CASE("refusals leave no event, and a record of who, what and which rule") {
  const auto store = memory_store();
  case_engine e{parts_of(small_office()), *store};
  CHECK(refused_by(e, completes("r0", "2026-03-02T10:00", "MZ01", "受理")) == errc::not_accepted);
  command c = accepts("r1");
  c.with.item = item_id{"nothing"};
  CHECK(refused_by(e, c) == errc::unknown_item);
  c = accepts("r1");
  c.actor = person_id{"MZ02"};
  CHECK(refused_by(e, c) == errc::not_authorised);
  REQUIRE(e.submit(accepts("r1")).has_value()); // a refused request may be sent again
  REQUIRE(e.submit(completes("r2", "2026-03-02T10:00", "MZ01", "受理")).has_value());
  CHECK(refused_by(e, completes("r3", "2026-03-03T10:00", "MZ01", "审查")) == errc::not_authorised);
  details granted;
  granted.result = case_result::granted;
  CHECK(refused_by(e, asks("r4", "2026-03-02T11:00", "MZ03", action::decide, granted)) ==
        errc::vetoed);
  const auto all = audited(*store);
  REQUIRE(all.size() == 5);
  CHECK(all[2].entry.rule == "no_right");
  CHECK(all[3].entry.rule == "separation: 受理与审查分离");
  CHECK(all[3].entry.step == node_id{"审查"});
  CHECK(all[3].entry.actor == person_id{"MZ01"});
  CHECK(all[3].entry.at == then("2026-03-03T10:00"));
  CHECK(all[3].entry.why.zh.find("MZ01 已办理环节“受理”") != std::string::npos);
  CHECK(all[4].entry.rule == "C-1");
  CHECK(all[4].entry.code == "vetoed");
  CHECK(store->verify()->empty());
}

TEST_CASE("refusals are on record over a store that seals personal data, too") {
  const auto inner = memory_store();
  const auto ring = memory_key_ring(*parse_master_key(std::string(64, '5')));
  const auto store = sealing_store(*inner, *ring, {.facts = {"name", "phone"}});
  case_engine e{parts_of(small_office()), *store};
  command c = accepts("r1");
  c.actor = person_id{"MZ02"};
  CHECK(refused_by(e, c) == errc::not_authorised);
  REQUIRE(audited(*inner).size() == 1);
  CHECK(audited(*store) == audited(*inner));
  REQUIRE(e.submit(accepts("r1")).has_value());
  CHECK(is_sealed(inner->load(case_id{"C1"})->front().with.facts.front().second));
  CHECK(e.of(case_id{"C1"}).now()->state.facts.at("name") == "赵小明");
}

TEST_CASE("where the clock of the host is told, what comes late is a late entry and says why") {
  const auto store = memory_store();
  case_engine e{parts_of(small_office()), *store};
  const command first = accepts("r1"); // at 09:00
  CHECK(e.submit(first, then("2026-03-02T08:59:59")).error().code == errc::time_backwards);
  const auto prompt = e.submit(first, then("2026-03-02T10:00"));
  REQUIRE(prompt.has_value());
  CHECK_FALSE(prompt->events.front().with.recorded);
  command late = completes("r2", "2026-03-02T10:00", "MZ01", "受理");
  CHECK(e.submit(late, then("2026-03-05T08:30")).error().code == errc::missing_reason);
  late.with.late_reason = "线路中断";
  const auto typed = e.submit(late, then("2026-03-05T08:30"));
  REQUIRE(typed.has_value());
  CHECK(recorded_at(typed->events.front()) == then("2026-03-05T08:30"));
  // Who knew what then: on the third nobody knew of the second.
  const engine_case c = e.of(case_id{"C1"});
  CHECK(c.at(then("2026-03-03T09:00"))->state.version == 1);
  CHECK(c.at(as_of{then("2026-03-03T09:00"), then("2026-03-05T09:00")})->state.version == 2);
  REQUIRE(audited(*store).size() == 2);
  CHECK(audited(*store)[0].entry.code == "time-backwards");
}

TEST_CASE("many callers at one case: every command is decided on what the others left") {
  const auto store = memory_store();
  case_engine e{parts_of(small_office()), *store, {.attempts = 1'000}};
  std::atomic<int> accepted = 0;
  std::vector<std::thread> all;
  for (int t = 0; t < 4; ++t)
    all.emplace_back([&, t] {
      for (int n = 0; n < 25; ++n) {
        const std::string id = "C" + std::to_string(n);
        const std::string request = "r" + std::to_string(t) + "-" + std::to_string(n);
        if (e.submit(accepts(request.c_str(), id.c_str()))) ++accepted;
      }
    });
  for (std::thread& t : all) t.join();
  CHECK(accepted == 25); // three of four find the case accepted already
  CHECK(*store->event_count() == 25);
  CHECK(audited(*store).size() == 75);
  for (const audit_record& r : audited(*store)) CHECK(r.entry.code == "already-accepted");
}

TEST_CASE("a case is seen as it stands and stood, by rows, and event by event") {
  const auto store = memory_store();
  case_engine e{parts_of(small_office()), *store};
  REQUIRE(e.submit(accepts("a1")).has_value());
  REQUIRE(e.submit(completes("a2", "2026-03-03T10:00", "MZ01", "受理")).has_value());
  REQUIRE(e.submit(accepts("b1", "C2")).has_value());
  const engine_case c = e.of(case_id{"C1"});
  CHECK(c.now()->state.version == 2);
  CHECK(c.at(then("2026-03-02T12:00"))->state.version == 1);
  CHECK(e.of(case_id{"C9"}).now().error().code == errc::unknown_reference);
  const auto t = e.columns(then("2026-03-09T18:00")).value();
  REQUIRE(t.size() == 2);
  CHECK(t.id[1] == case_id{"C2"});
  CHECK(t.phase[0] == case_phase::running);
  CHECK(t.accepted[0] == then("2026-03-02T09:00"));
  CHECK(t.ended[0] == case_table::no_instant);
  CHECK(t.total[0] == 20);
  CHECK(t.used[0] + t.remaining[0] == t.total[0]);
  CHECK(t.due[0] == c.now()->clocks->promised.result.due);
  CHECK(t.statutory_due[0] != case_table::no_day);
  CHECK(e.columns(then("2026-03-01T00:00"))->size() == 0);
  std::string told;
  const result<void> walked = e.each_event([&](const case_id& id, const event& x) {
    told += fmt::format("{} {};", id.text(), to_string(x.what));
  });
  REQUIRE(walked.has_value());
  CHECK(told == "C1 accepted;C1 completed;C2 accepted;");
  CHECK(c.may({action::complete, node_id{"审查"}, then("2026-03-04T09:00")}, person_id{"MZ02"})
            ->granted());
}

TEST_CASE("a mandate registered while cases run holds from then on; a bad one changes nothing") {
  const auto store = memory_store();
  case_engine e{parts_of(small_office()), *store};
  REQUIRE(e.submit(accepts("r1")).has_value());
  REQUIRE(e.submit(completes("r2", "2026-03-02T10:00", "MZ01", "受理")).has_value());
  CHECK(refused_by(e, completes("r3", "2026-03-03T10:00", "MZ03", "审查")) == errc::not_authorised);
  mandate m;
  m.from = person_id{"MZ02"};
  m.to = person_id{"MZ03"};
  CHECK(e.add_mandate(m).size() == 2); // no end, nobody who registered it
  CHECK(refused_by(e, completes("r3", "2026-03-03T10:00", "MZ03", "审查")) == errc::not_authorised);
  m.until = then("2026-03-04T00:00");
  m.registered_by = person_id{"MZ01"};
  CHECK(e.add_mandate(m).empty());
  const auto done = e.submit(completes("r3", "2026-03-03T10:00", "MZ03", "审查"));
  REQUIRE(done.has_value());
  CHECK(done->events[0].with.on_behalf == person_id{"MZ02"});
  organisation none = *e.definitions()[0]->people;
  none.posts.clear();
  CHECK_FALSE(e.set_people(std::make_shared<const organisation>(none)).empty());
  CHECK(e.definitions()[0]->people->mandates.size() == 2);
}

TEST_CASE("pre-commit rules in words that no command has let nothing pass in silence") {
  const auto store = memory_store();
  engine_parts parts = parts_of(small_office());
  rule r;
  r.id = rule_id{"R1"};
  r.condition = "unit.items_owned > 3"; // of many cases
  parts.commit_rules = compile_rules({r}, cross_case_environment()).rules;
  REQUIRE(parts.commit_rules.has_value());
  case_engine e{parts, *store};
  CHECK(refused_by(e, accepts("r1")) == errc::unknown_field);
  CHECK(*store->event_count() == 0);
}

TEST_CASE("a case is moved to a new definition, and every engine that has both can see it") {
  const auto store = memory_store();
  engine_parts parts = parts_of(small_office());
  flowchart shorter = parts.definitions[0]->net.chart();
  shorter.nodes[1].limit = time_limit{1, limit_unit::workday};
  const linked_definition l =
      link(parts.definitions[0]->item, shorter, parts.definitions[0]->people);
  REQUIRE(l.definition != nullptr);
  case_engine before{parts, *store};
  REQUIRE(before.submit(accepts("r1")).has_value());
  parts.definitions.push_back(l.definition);
  case_engine e{parts, *store};
  details d;
  d.reason = "压缩时限";
  d.definition = "0000";
  CHECK(refused_by(e, asks("r2", "2026-03-02T10:00", "MZ03", action::migrate, d)) ==
        errc::definition_changed);
  d.definition = l.definition->hash;
  CHECK(refused_by(e, asks("r2", "2026-03-02T10:00", "MZ02", action::migrate, d)) ==
        errc::not_authorised);
  REQUIRE(e.submit(asks("r2", "2026-03-02T10:00", "MZ03", action::migrate, d)).has_value());
  REQUIRE(e.submit(completes("r3", "2026-03-02T11:00", "MZ01", "受理")).has_value());
  const auto v = e.of(case_id{"C1"}).now();
  REQUIRE(v.has_value());
  CHECK(v->definition->hash == l.definition->hash);
  CHECK(v->state.version == 3);
  CHECK(e.of(case_id{"C1"}).at(then("2026-03-02T09:30"))->definition->hash ==
        parts.definitions[0]->hash);
  CHECK(before.of(case_id{"C1"}).now().error().code == errc::definition_changed);
  CHECK(store->find(case_id{"C1"})->value().definition == parts.definitions[0]->hash);
  CHECK(store->verify()->empty());
  REQUIRE(e.submit(accepts("n1", "C2")).has_value()); // begins with the newest
  CHECK(store->find(case_id{"C2"})->value().definition == l.definition->hash);
}
