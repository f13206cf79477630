#include <cmath>
#include <ostream>

#include <boost/json.hpp>

#include "bindings_file.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "value_json.hpp"
#include <banli/expression/program.hpp>
#include <banli/expression/reasoning_text.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

namespace json = boost::json;

std::string_view word_of(outcome::state s) {
  if (s == outcome::state::value) return "value";
  return s == outcome::state::error ? "error" : "unknown";
}

json::object json_of(const trace& t) {
  json::object o{{"source", t.source}, {"state", word_of(t.is)}};
  if (t.is == outcome::state::value) o["value"] = value_json(t.value);
  if (!t.reads.empty()) o["reads"] = t.reads;
  if (t.parts.empty()) return o;
  json::array parts;
  for (const trace& p : t.parts) parts.push_back(json_of(p));
  o["parts"] = std::move(parts);
  o["decided_by"] = json::array(t.decided_by.begin(), t.decided_by.end());
  return o;
}

class eval_printer {
 public:
  eval_printer(const eval_arguments& a, const console& to) : a_(a), to_(to) {}

  int run() {
    std::optional<instant> now;
    if (!a_.now.empty()) {
      const auto t = parse_instant(a_.now);
      if (!t) {
        print({t.error()}, a_.in, to_);
        return exit_usage;
      }
      now = *t;
    }
    std::string text;
    if (!a_.bind.empty()) {
      auto bytes = read_bytes(a_.bind);
      if (!bytes) {
        print({bytes.error()}, a_.in, to_);
        return exit_for(bytes.error());
      }
      text = std::move(*bytes);
    }
    const bindings_file given = read_bindings(text, a_.bind, now);
    // Of a file that could not be read at all, every name would be unknown.
    if (!given.found.empty() && given.words.variables().empty()) return refuse(given.found, {});
    const compiled c = compile(a_.expression, given.words);
    if (!given.found.empty() || !c.program) return refuse(given.found, c.problems);
    return tell(*c.program, given.values);
  }

 private:
  int refuse(const problems& values, const problems& expression) const {
    if (a_.json) {
      json::array all;
      for (const error& e : values) all.push_back(to_json(e));
      for (const error& e : expression) all.push_back(with_caret(e));
      to_.out << json::serialize(json::object{{"problems", std::move(all)}}) << '\n';
      return exit_wrong_input;
    }
    for (const error& e : values) to_.err << to_string(e, a_.in) << '\n';
    for (const error& e : expression) show(e);
    return exit_wrong_input;
  }

  void show(const error& e) const {
    to_.err << to_string(e, a_.in) << '\n' << caret_lines(a_.expression, e);
  }

  json::object with_caret(const error& e) const {
    json::object o = to_json(e);
    o["caret"] = caret_lines(a_.expression, e);
    return o;
  }

  int tell(const program& p, const values_now& values) const {
    reasoning r;
    if (a_.explain)
      r = p.explain(values);
    else
      r.outcome = p.evaluate(values);
    if (a_.json)
      print_json(p, r);
    else
      print_text(r);
    return r.outcome.is == outcome::state::value ? exit_done : exit_wrong_input;
  }

  void print_text(const reasoning& r) const {
    const outcome& o = r.outcome;
    if (a_.explain) to_.out << to_text(r.root);
    if (a_.explain && o.is == outcome::state::value)
      to_.out << describe(r).in(a_.in) << '\n';
    else if (o.is == outcome::state::value)
      to_.out << to_text(o.value) << '\n';
    if (o.holds_until) {
      const bool whole_minute = o.holds_until->time_since_epoch().count() % 60 == 0;
      to_.out << (a_.in == language::zh ? "有效至 " : "holds until ")
              << (whole_minute ? to_short_text(*o.holds_until) : to_text(*o.holds_until)) << '\n';
    }
    if (o.is == outcome::state::error) show(o.error);
    if (o.is != outcome::state::unknown) return;
    const error e = make_error(errc::missing_field, "no answer, because {} is missing",
                               "因缺少 {} 而无法判断", fmt::join(o.missing, ", "));
    to_.err << to_string(e, a_.in) << '\n';
  }

  void print_json(const program& p, const reasoning& r) const {
    const outcome& o = r.outcome;
    json::object out{{"expression", p.source()},
                     {"type", to_string(p.gives())},
                     {"reads", json::array(p.reads().begin(), p.reads().end())},
                     {"state", word_of(o.is)}};
    out["value"] = o.is == outcome::state::value ? value_json(o.value) : json::value();
    out["error"] = o.is == outcome::state::error ? json::value(with_caret(o.error)) : json::value();
    out["missing"] = json::array(o.missing.begin(), o.missing.end());
    out["holds_until"] =
        o.holds_until ? json::value(json::string(to_text(*o.holds_until))) : json::value();
    if (a_.explain) {
      json::array facts;
      for (const fact& f : r.facts)
        facts.push_back({{"name", f.name},
                         {"label", f.label},
                         {"value", f.value ? value_json(*f.value) : json::value()}});
      out["facts"] = std::move(facts);
      out["nearest"] = nearest_json(r);
      out["says"] = says_json(r);
      out["tree"] = json_of(r.root);
    }
    to_.out << json::serialize(out) << '\n';
  }

  const eval_arguments& a_;
  const console& to_;
};

} // namespace

int eval_command(const eval_arguments& a, const console& to) { return eval_printer{a, to}.run(); }

} // namespace banli
