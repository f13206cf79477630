// `banli order …` and `banli complaint …`.
#include <filesystem>
#include <ostream>

#include <boost/json.hpp>

#include "acts_file.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "open_store.hpp"
#include <banli/drawing/record_page.hpp>
#include <banli/interchange/item_tables.hpp>
#include <banli/run/office_figures.hpp>
#include <banli/run/supervision_file.hpp>
#include <banli/run/supervision_register.hpp>
#include <banli/time/text.hpp>

namespace banli {

namespace {

// What differs between the two registers. Complaints are shown as everybody may see them.
const supervision_order& shown(const supervision_order& s) { return s; }
complaint shown(const complaint& s) { return masked(s); }
record_sheet sheet_of(const supervision_office& o, const supervision_order& s) {
  return order_sheet(o, s);
}
record_sheet sheet_of(const supervision_office& o, const complaint& s) {
  return complaint_sheet(o, masked(s));
}
std::vector<event> shown(const supervision_order&, std::vector<event> history) { return history; }
std::vector<event> shown(const complaint& s, const std::vector<event>& history) {
  return masked(s, history);
}
std::string units_of(const supervision_order& s) { return s.unit.text(); }
std::string units_of(const complaint& s) {
  std::string out;
  for (const department_id& unit : s.units) out += (out.empty() ? "" : "、") + unit.text();
  return out;
}
std::string_view first_act(const supervision_order&) { return to_string(order_act::initiate); }
std::string_view first_act(const complaint&) { return to_string(complaint_act::enter); }

template <class State>
class register_printer {
 public:
  register_printer(const register_arguments& a, const console& to) : a_(a), to_(to) {}

  int run(std::string_view command) {
    problems found;
    std::optional<workday_calendar> calendar = read_calendar(a_.calendar, found);
    supervision_file file = load_supervision(a_.office);
    append(found, std::move(file.found));
    for (const auto& [text, into, name] : {std::tuple{&a_.at, &at_, "--at"},
                                           {&a_.from, &from_, "--from"},
                                           {&a_.to, &to_day_, "--to"}})
      if (!text->empty()) {
        const auto t = parse_instant(*text);
        if (t)
          *into = *t;
        else
          found.push_back(at(t.error(), {name, 0, 0}));
      }
    if (!found.empty()) {
      print(found, a_.in, to_);
      return exit_for(found.front());
    }
    const bool writes = command == "new" || command == "apply";
    auto store = writes ? open_sqlite_store(a_.store, {}, a_.digest) : open_kept_store(a_.store);
    if (!store) return fail(store.error());
    supervision_register<State> all{**store, std::move(file.office), *std::move(calendar)};
    if (command == "new" || command == "act") return act(all, command == "new");
    if (command == "apply") return apply_file(all);
    if (command == "show") return show(all);
    if (command == "history") return history(all);
    if (command == "list") return list(all);
    if (command == "overdue") return overdue(all);
    if (command == "totals") return totals(all);
    if constexpr (std::is_same_v<State, supervision_order>)
      return command == "unanswered" ? unanswered(all, **store) : climb_all(all);
    else
      return disclose_one(all);
  }

 private:
  using entry = register_entry<State>;

  int fail(const error& e) const {
    to_.err << to_string(e, a_.in) << '\n';
    return exit_for(e);
  }
  bool zh() const { return a_.in == language::zh; }

  void say(const State& s) const {
    to_.out << s.id.text() << "  " << (zh() ? label(s.phase) : to_string(s.phase)) << '\n';
  }

  int act(supervision_register<State>& all, bool begins) {
    act_fields fields;
    problems found;
    for (const std::string& f : a_.fields) {
      const std::size_t equals = f.find('=');
      if (equals == std::string::npos || equals == 0) {
        found.push_back(
            make_error(errc::bad_value, "'{}' is no NAME=VALUE", "“{}”应写作“名称=值”", f));
        continue;
      }
      fields.emplace_back(f.substr(0, equals), f.substr(equals + 1));
    }
    if (!found.empty()) return fail(found.front());
    if (!a_.reason.empty()) fields.emplace_back("reason", a_.reason);
    const auto s =
        all.act(act_command(case_id{a_.id}, begins ? first_act(State{}) : a_.act, *at_,
                            person_id{a_.who}, std::move(fields), request_id{a_.request}));
    if (!s) return fail(s.error());
    if (a_.format == "json")
      to_.out << to_json(shown(*s), all.calendar()) << '\n';
    else
      say(*s);
    return exit_done;
  }

  int apply_file(supervision_register<State>& all) {
    problems found;
    const std::vector<command> acts = read_acts(a_.acts, found);
    std::size_t done = 0;
    if (found.empty())
      for (const command& c : acts) {
        const auto s = all.act(c);
        if (!s) found.push_back(at(s.error(), c.where));
        done += s ? 1U : 0U;
      }
    if (!found.empty()) print(found, a_.in, to_);
    to_.out << fmt::format(fmt::runtime(zh() ? "已办理 {} 个环节\n" : "acts done: {}\n"), done);
    return found.empty() ? exit_done : exit_for(found.front());
  }

  int show(const supervision_register<State>& all) {
    const auto s = all.show(case_id{a_.id}, at_);
    if (!s) return fail(s.error());
    const record_sheet sheet = sheet_of(all.office(), *s);
    if (a_.format == "html") return put(a_.out, to_html(sheet), a_.in, to_);
    if (a_.format == "csv") return put(a_.out, to_csv({&sheet, 1}), a_.in, to_);
    if (a_.format == "json")
      return put(a_.out, to_json(shown(*s), all.calendar()) + '\n', a_.in, to_);
    std::string text = to_text(sheet);
    const auto dues = dues_of(s->clocks, all.calendar());
    if (!dues) return fail(dues.error());
    for (const supervision_due& d : *dues)
      text += fmt::format("{}{}:{}\n", label(d.kind), "期限", due_words(d));
    return put(a_.out, text, a_.in, to_);
  }

  static std::string due_words(const supervision_due& d) {
    return d.ends.due ? to_text(*d.ends.due) : std::string{"-"};
  }

  int history(const supervision_register<State>& all) {
    const auto s = all.show(case_id{a_.id});
    const auto events = all.history(case_id{a_.id});
    if (!events) return fail(events.error());
    std::string out;
    for (const event& e : shown(*s, *events)) {
      if (a_.format == "json") {
        out += to_json(e) + '\n';
        continue;
      }
      out += fmt::format("{}  {}  {}  {}", e.number, to_short_text(e.at), e.with.step.text(),
                         e.actor.text());
      if (!e.with.reason.empty()) out += "  reason=" + e.with.reason;
      for (const auto& [name, value] : e.with.facts) out += "  " + name + "=" + value;
      out += '\n';
    }
    return put(a_.out, out, a_.in, to_);
  }

  int list(const supervision_register<State>& all) {
    if (a_.open) {
      const auto open = all.open(at_.value_or(end_of(last_day) - std::chrono::seconds{1}));
      return open ? put_entries(all, *open, std::nullopt) : fail(open.error());
    }
    const auto states = all.list(at_);
    if (!states) return fail(states.error());
    std::vector<entry> entries;
    for (const State& s : *states) {
      auto dues = dues_of(s.clocks, all.calendar());
      if (!dues) return fail(dues.error());
      entries.push_back({s, *std::move(dues)});
    }
    return put_entries(all, entries, std::nullopt);
  }

  int overdue(const supervision_register<State>& all) {
    const auto late = all.overdue(*at_);
    return late ? put_entries(all, *late, at_) : fail(late.error());
  }

  /// Entries, one a line; with an instant only what was missed then is named.
  int put_entries(const supervision_register<State>& all, std::span<const entry> entries,
                  const std::optional<instant>& late) {
    std::string out;
    std::vector<record_sheet> sheets;
    for (const entry& e : entries) {
      if (a_.format == "json") out += to_json(shown(e.state), all.calendar()) + '\n';
      if (a_.format == "csv") sheets.push_back(sheet_of(all.office(), e.state));
      if (a_.format != "text") continue;
      out += fmt::format("{}  {}  {}", e.state.id.text(),
                         zh() ? label(e.state.phase) : to_string(e.state.phase), units_of(e.state));
      for (const supervision_due& d : late ? e.missed(*late) : e.dues)
        out += fmt::format("  {} {}", zh() ? label(d.kind) : to_string(d.kind), due_words(d));
      out += '\n';
    }
    return put(a_.out, a_.format == "csv" ? to_csv(sheets) : out, a_.in, to_);
  }

  int totals(const supervision_register<State>& all) {
    const auto by = parse_register_key(a_.by);
    if (!by) return fail(by.error());
    register_period during;
    if (from_) during.from = day_of(*from_);
    if (to_day_) during.until = day_of(*to_day_) + days{1};
    const auto counts = all.totals(*by, during, *at_);
    if (!counts) return fail(counts.error());
    return put_table(to_table(*counts));
  }

  int put_table(const data_table& t) const {
    return put(a_.out,
               a_.format == "json"  ? to_json(t) + '\n'
               : a_.format == "csv" ? to_csv(t, a_.in)
                                    : to_text(t, a_.in),
               a_.in, to_);
  }

  int unanswered(const order_register& all, const case_store& store) const {
    const configuration config = load_with_former(a_.configuration, a_.former);
    if (!config.good()) {
      print(config.found, a_.in, to_);
      return exit_for(config.found.front());
    }
    const auto found = unanswered_alarms(all, config, store, *at_);
    return found ? put_table(to_table(*found)) : fail(found.error());
  }

  int climb_all(order_register& all) {
    const auto climbed = climb(all, *at_, person_id{a_.who});
    if (!climbed) return fail(climbed.error());
    for (const supervision_order& s : *climbed)
      if (a_.format == "json")
        to_.out << to_json(s, all.calendar()) << '\n';
      else
        to_.out << fmt::format("{}  {}  {}\n", s.id.text(), s.level, s.supervisor.text());
    return exit_done;
  }

  int disclose_one(complaint_register& all) {
    const auto s = disclose(all, case_id{a_.id}, *at_, person_id{a_.who}, a_.reason);
    if (!s) return fail(s.error());
    if (a_.format == "json")
      to_.out << to_json(*s, all.calendar()) << '\n';
    else
      to_.out << s->id.text() << "  " << (s->anonymous() ? "匿名" : s->complainant)
              << (s->contact.empty() ? "" : "  " + s->contact) << '\n';
    return exit_done;
  }

  const register_arguments& a_;
  const console& to_;
  std::optional<instant> at_;
  std::optional<instant> from_;
  std::optional<instant> to_day_;
};

int contacts(const register_arguments& a, const console& to) {
  const supervision_file file = load_supervision(a.office);
  if (!file.good()) {
    print(file.found, a.in, to);
    return exit_for(file.found.front());
  }
  item_table table;
  table.title = file.office.name + "投诉渠道";
  table.columns = {"单位", "投诉电话", "意见箱", "地址", "网址"};
  for (const supervising_office& o : file.office.offices)
    if (!(o.hotline + o.box + o.address + o.web).empty())
      table.rows.push_back(
          {o.name.empty() ? o.id.text() : o.name, o.hotline, o.box, o.address, o.web});
  to.out << to_markdown(table);
  return exit_done;
}

} // namespace

int order_command(std::string_view command, const register_arguments& a, const console& to) {
  if (command == "table") {
    to.out << order_table(a.in);
    return exit_done;
  }
  return register_printer<supervision_order>{a, to}.run(command);
}

int complaint_command(std::string_view command, const register_arguments& a, const console& to) {
  if (command == "table") {
    to.out << complaint_table(a.in);
    return exit_done;
  }
  if (command == "contacts") return contacts(a, to);
  return register_printer<complaint>{a, to}.run(command);
}

} // namespace banli
