// `banli rules check|test|explain`: rules and decision tables outside a configuration.
#include <ostream>

#include <boost/json.hpp>

#include "commands.hpp"
#include "fact_file.hpp"
#include "files.hpp"
#include "problem_json.hpp"
#include "value_json.hpp"
#include <banli/base/nearest.hpp>
#include <banli/document/rules_file.hpp>
#include <banli/engine/case_facts.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& all) {
  json::array out;
  for (const std::string& s : all) out.emplace_back(s);
  return out;
}

json::object json_of(const table_point& p) {
  json::object out;
  for (const auto& [name, v] : p) out[name] = value_json(v);
  return out;
}

json::object json_of(const table_file& f) {
  const table_analysis a = f.analysis.value_or(table_analysis{});
  json::array gaps;
  for (const table_point& g : a.gaps) gaps.push_back(json_of(g));
  json::array overlaps;
  for (const table_overlap& o : a.overlaps)
    overlaps.push_back(json::object{{"rules", json::array{o.first + 1, o.second + 1}},
                                    {"at", json_of(o.at)},
                                    {"same_outputs", to_string(o.same_outputs)}});
  json::array open;
  for (const text& t : a.open) open.push_back(json::object{{"en", t.en}, {"zh", t.zh}});
  json::array idle;
  for (const std::size_t r : a.idle) idle.emplace_back(r + 1);
  return {{"id", f.definition.id.text()},       {"policy", to_string(f.definition.policy)},
          {"rules", f.definition.rules.size()}, {"complete", to_string(a.complete)},
          {"disjoint", to_string(a.disjoint)},  {"gaps", std::move(gaps)},
          {"overlaps", std::move(overlaps)},    {"idle", std::move(idle)},
          {"undecided", std::move(open)}};
}

std::string_view word(decided d, language in) {
  if (in == language::en) return to_string(d);
  return d == decided::yes ? "是" : d == decided::no ? "否" : "未定";
}

void say(const table_file& f, language in, const console& to) {
  const bool zh = in == language::zh;
  to.out << fmt::format(fmt::runtime(zh ? "决策表 {}:{} 条规则,命中策略 {};完整:{};互斥:{}\n"
                                        : "table {}: {} rules, policy {}; complete: {}; "
                                          "disjoint: {}\n"),
                        f.definition.id.text(), f.definition.rules.size(),
                        to_string(f.definition.policy), word(f.analysis->complete, in),
                        word(f.analysis->disjoint, in));
  for (const text& t : f.analysis->open)
    to.out << fmt::format(fmt::runtime(zh ? "  未定:{}\n" : "  undecided: {}\n"), t.in(in));
}

/// Says what is wrong; the exit code.
int refuse(const problems& found, const rules_arguments& a, const console& to) {
  if (a.json)
    to.out << json::serialize(json::object{{"problems", to_json(found)}}) << '\n';
  else
    print(found, a.in, to);
  return exit_for(found.front());
}

int check_rules(const rules_arguments& a, const console& to) {
  const rules_file f = load_rules(a.path);
  if (a.json) {
    json::array rules;
    if (f.rules)
      for (const compiled_rule& r : f.rules->rules())
        rules.push_back(json::object{{"id", r.id().text()}, {"reads", texts(r.reads())}});
    json::array tables;
    for (const table_file& t : f.tables) tables.push_back(json_of(t));
    to.out << json::serialize(json::object{{"rules", std::move(rules)},
                                           {"tables", std::move(tables)},
                                           {"problems", to_json(f.found)}})
           << '\n';
  } else {
    for (const table_file& t : f.tables)
      if (t.analysis) say(t, a.in, to);
    if (!f.good())
      print(f.found, a.in, to);
    else
      to.out << fmt::format(fmt::runtime(a.in == language::zh
                                             ? "{} 条规则、{} 张决策表,没有发现问题\n"
                                             : "{} rules, {} tables: no problems\n"),
                            f.rules ? f.rules->rules().size() : 0, f.tables.size());
  }
  return f.good() ? exit_done : exit_for(f.found.front());
}

int test_rules(const rules_arguments& a, const console& to) {
  rules_file_options how;
  how.failing_tests = false;
  const rules_file f = load_rules(a.path, how);
  if (!f.good()) return refuse(f.found, a, to);
  std::size_t run = 0;
  std::size_t without = 0;
  if (f.rules)
    for (const compiled_rule& r : f.rules->rules()) {
      run += r.definition().tests.size();
      without += r.definition().tests.empty() ? 1 : 0;
    }
  const problems failed = f.rules ? run_rule_tests(*f.rules) : problems{};
  if (a.json)
    to.out << json::serialize(json::object{{"tests", run},
                                           {"failed", failed.size()},
                                           {"rules_without_tests", without},
                                           {"problems", to_json(failed)}})
           << '\n';
  else {
    for (const error& e : failed) to.err << to_string(e, a.in) << '\n';
    to.out << fmt::format(fmt::runtime(a.in == language::zh
                                           ? "{} 个测试,{} 个未通过;{} 条规则没有测试\n"
                                           : "{} tests, {} failed; {} rules without tests\n"),
                          run, failed.size(), without);
  }
  return failed.empty() ? exit_done : exit_wrong_input;
}

/// What a rule or a table gives, in words and as JSON.
class explainer {
 public:
  explainer(const rules_arguments& a, const console& to) : a_(a), to_(to) {}

  void tell(const compiled_rule& r, const activation& from) {
    const verdict v = r.judge(from);
    json::array facts;
    line(fmt::format("{}: {}", r.id().text(), word_of(v.kind)));
    json::object o{{"id", r.id().text()}, {"verdict", to_string(v.kind)}};
    o["match"] = v.match ? json::value(*v.match) : json::value();
    o["within"] = json::array(v.within.begin(), v.within.end());
    if (v.kind == verdict_kind::fires || v.match) {
      const std::string said = r.message(from, a_.in);
      o["output"] = value_json(v.output);
      o["message"] = said;
      if (!r.definition().match.empty()) line("  = " + to_text(v.output));
      line("  " + said);
    }
    for (const fact& f : r.facts(from)) {
      facts.push_back(json::object{{"name", f.name},
                                   {"label", f.label},
                                   {"value", f.value ? value_json(*f.value) : json::value()}});
      line("  " + to_text(f));
    }
    o["facts"] = std::move(facts);
    const reasoning why = r.explain(from);
    o["nearest"] = nearest_json(why);
    o["says"] = says_json(why);
    line("  " + describe(why).in(a_.in));
    rest(std::move(o), v.missing, v.why, v.holds_until);
  }

  void tell(const compiled_table& t, const activation& from) {
    const table_reasoning r = t.explain(from);
    json::object o{{"id", t.definition().id.text()}};
    json::object inputs;
    line(fmt::format("{}:", t.definition().id.text()));
    for (const auto& [name, v] : r.inputs) {
      inputs[name] = v ? value_json(*v) : json::value();
      line(fmt::format("  {} = {}", name, v ? to_text(*v) : "?"));
    }
    o["inputs"] = std::move(inputs);
    json::array hits;
    for (const std::size_t h : r.outcome.hits) {
      hits.emplace_back(h + 1);
      const table_rule& rule = t.definition().rules[h];
      std::string cells;
      for (const table_cell& c : rule.when) cells += (cells.empty() ? "" : " | ") + c.source;
      line(fmt::format(fmt::runtime(zh() ? "  第 {} 条规则命中:{}{}" : "  rule {} hits: {}{}"),
                       h + 1, cells, rule.note.empty() ? "" : "  (" + rule.note + ")"));
    }
    o["hits"] = std::move(hits);
    o["by_default"] = r.outcome.by_default;
    std::optional<error> why;
    if (r.outcome.is == outcome::state::error) why = r.outcome.error;
    if (r.outcome.is == outcome::state::value) {
      o["value"] = value_json(r.outcome.value);
      line("  = " + to_text(r.outcome.value));
    }
    rest(std::move(o), r.outcome.missing, why, r.outcome.holds_until);
  }

  void finish() {
    if (a_.json) to_.out << json::serialize(all_) << '\n';
  }
  bool answered() const { return answered_; }

 private:
  bool zh() const { return a_.in == language::zh; }

  std::string_view word_of(verdict_kind k) const {
    if (!zh()) return to_string(k);
    return k == verdict_kind::fires ? "触发" : k == verdict_kind::silent ? "未触发" : "无法判断";
  }

  void line(const std::string& s) {
    if (!a_.json) to_.out << s << '\n';
  }

  void rest(json::object o, const std::vector<std::string>& missing,
            const std::optional<error>& why, std::optional<instant> until) {
    answered_ = answered_ && missing.empty() && !why;
    o["missing"] = texts(missing);
    o["error"] = why ? json::value(to_json(*why)) : json::value();
    o["holds_until"] = until ? json::value(to_text(*until)) : json::value();
    for (const std::string& path : missing) line((zh() ? "  缺少 " : "  missing ") + path);
    if (why) line("  " + to_string(*why, a_.in));
    if (until) line((zh() ? "  有效至 " : "  holds until ") + to_short_text(*until));
    all_.push_back(std::move(o));
  }

  const rules_arguments& a_;
  const console& to_;
  json::array all_;
  bool answered_ = true;
};

int explain_rules(const rules_arguments& a, const console& to) {
  std::string values = "{}";
  if (!a.bind.empty()) {
    auto bytes = read_bytes(a.bind);
    if (!bytes) return refuse({bytes.error()}, a, to);
    values = *std::move(bytes);
  }
  rules_file_options how;
  how.failing_tests = false;
  const rules_file f = load_rules(a.path, how);
  if (!f.good()) return refuse(f.found, a, to);
  const compiled_counters* flow = f.rules ? f.rules->flow() : nullptr;
  const environment facts = flow ? flow->words() : fact_environment();
  std::vector<const environment*> words{&facts};
  for (const table_file& t : f.tables) words.push_back(&t.table->words());
  const fact_file given = read_facts(values, a.bind, words);
  if (!given.found.empty()) return refuse(given.found, a, to);
  explainer out(a, to);
  std::vector<std::string> known;
  bool any = false;
  const auto wanted = [&](const std::string& id) {
    known.push_back(id);
    any = any || a.id.empty() || a.id == id;
    return a.id.empty() || a.id == id;
  };
  if (f.rules)
    for (const compiled_rule& r : f.rules->rules())
      if (wanted(r.id().text())) out.tell(r, given.values);
  for (const table_file& t : f.tables)
    if (wanted(t.definition.id.text())) out.tell(*t.table, given.values);
  if (!any)
    return refuse({with_hint(at(make_error(errc::unknown_reference, "there is no rule '{}'",
                                           "没有规则“{}”", a.id),
                                {a.path, 0, 0}),
                             suggestion(a.id, known))},
                  a, to);
  out.finish();
  return out.answered() ? exit_done : exit_wrong_input;
}

} // namespace

int rules_command(const rules_arguments& a, const console& to) {
  switch (a.what) {
  case rules_arguments::action::test: return test_rules(a, to);
  case rules_arguments::action::explain: return explain_rules(a, to);
  case rules_arguments::action::check: break;
  }
  return check_rules(a, to);
}

} // namespace banli
