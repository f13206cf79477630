// The two machines against the tables that were declared for them, and every question to them.
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include <banli/supervision/supervision_life_cycle.hpp>

namespace {

using namespace banli;

struct declared_move {
  std::string from, act, to;
  std::vector<std::string> roles, conditions;
};

std::vector<std::string> words_in(const std::string& cell) {
  std::istringstream in{cell};
  std::vector<std::string> out;
  for (std::string w; in >> w;) out.push_back(w);
  return out;
}

std::vector<declared_move> declared_moves(const std::string& file) {
  std::ifstream in{BANLI_SOURCE_DIR "/tests/cases/" + file};
  std::string line;
  std::getline(in, line);
  std::vector<declared_move> out;
  while (std::getline(in, line)) {
    std::istringstream cells{line};
    declared_move m;
    std::string roles, conditions;
    std::getline(cells, m.from, ',');
    std::getline(cells, m.act, ',');
    std::getline(cells, m.to, ',');
    std::getline(cells, roles, ',');
    std::getline(cells, conditions, ',');
    m.roles = words_in(roles);
    m.conditions = words_in(conditions);
    out.push_back(std::move(m));
  }
  return out;
}

supervision_facts facts_of_bits(unsigned bits) {
  supervision_facts f;
  for (unsigned i = 0; i < supervision_fact_count; ++i)
    if ((bits >> i & 1U) != 0) f = f.with(static_cast<supervision_fact>(i));
  return f;
}

bool all_conditions_hold(const declared_move& m, supervision_facts facts) {
  for (const std::string& c : m.conditions) {
    const bool no = c.starts_with('!');
    if (facts.has(*parse_supervision_fact(no ? c.substr(1) : c)) == no) return false;
  }
  return true;
}

template <class Rows>
void same_rows(const std::vector<declared_move>& want, const Rows& have) {
  REQUIRE(have.size() == want.size());
  for (std::size_t i = 0; i < want.size(); ++i) {
    CAPTURE(i);
    CHECK(to_string(have[i].from) == want[i].from);
    CHECK(to_string(have[i].act) == want[i].act);
    CHECK(to_string(have[i].to) == want[i].to);
    supervision_roles roles;
    for (const std::string& r : want[i].roles) roles = roles.with(*parse_supervision_role(r));
    CHECK(have[i].roles == roles);
    std::vector<std::string> conditions;
    for (const supervision_condition& c : have[i].conditions)
      conditions.push_back((c.want == supervision_condition::wanted::yes ? "" : "!") +
                           std::string{to_string(c.fact)});
    CHECK(conditions == want[i].conditions);
  }
}

/// Asks one pair of phase and act with every role and with the facts of its conditions in every
/// combination; how often the answer was yes.
template <class Phase, class Act>
std::size_t ask_everything(const std::vector<declared_move>& moves, Phase from, Act act) {
  std::vector<const declared_move*> here;
  unsigned matters = 0; // facts that some row of the pair asks for
  for (const declared_move& m : moves)
    if (m.from == to_string(from) && m.act == to_string(act)) {
      here.push_back(&m);
      for (const std::string& c : m.conditions)
        matters |= 1U << static_cast<unsigned>(
                       *parse_supervision_fact(c.starts_with('!') ? c.substr(1) : c));
    }
  std::size_t taken = 0;
  for (std::size_t r = 0; r < supervision_role_count; ++r) {
    const auto role = static_cast<supervision_role>(r);
    for (unsigned bits = matters;; bits = (bits - 1) & matters) {
      const declared_move* want = nullptr;
      for (const declared_move* m : here) {
        const bool may = std::count(m->roles.begin(), m->roles.end(), to_string(role)) > 0;
        if (!may || !all_conditions_hold(*m, facts_of_bits(bits))) continue;
        CHECK(want == nullptr); // never two rows at once
        want = m;
      }
      const auto to = next(from, act, supervision_roles{role}, facts_of_bits(bits));
      REQUIRE(to.has_value() == (want != nullptr));
      if (want != nullptr) {
        CHECK(to_string(*to) == want->to);
        ++taken;
      } else if (here.empty()) {
        CHECK(to.error().code == errc::no_transition);
      } else {
        CHECK((to.error().code == errc::not_permitted || to.error().code == errc::missing_reason ||
               to.error().code == errc::condition_not_met));
        CHECK(!to.error().message.zh.empty());
      }
      if (bits == 0) break;
    }
  }
  return taken;
}

template <class Phase, class Act>
void ask_every_pair(const std::string& file, std::size_t phases, std::size_t acts,
                    std::size_t pairs_with_rows) {
  const auto moves = declared_moves(file);
  std::size_t pairs = 0;
  for (std::size_t p = 0; p < phases; ++p)
    for (std::size_t a = 0; a < acts; ++a) {
      CAPTURE(p);
      CAPTURE(a);
      if (ask_everything(moves, static_cast<Phase>(p), static_cast<Act>(a)) > 0) ++pairs;
    }
  CHECK(pairs == pairs_with_rows);
}

/// The cells of a Markdown table.
std::vector<std::vector<std::string>> cells_of(const std::string& table) {
  std::vector<std::vector<std::string>> out;
  std::istringstream lines{table};
  for (std::string line; std::getline(lines, line);) {
    auto& row = out.emplace_back();
    std::istringstream cells{line.substr(1)};
    for (std::string c; std::getline(cells, c, '|');) {
      const auto from = c.find_first_not_of(' ');
      row.push_back(from == std::string::npos ? ""
                                              : c.substr(from, c.find_last_not_of(' ') - from + 1));
    }
  }
  return out;
}

/// Every cell of a printed table says what the declared rows say.
void printed_as_declared(const std::string& table, const std::vector<declared_move>& moves,
                         std::size_t phases, std::size_t acts) {
  const auto cells = cells_of(table);
  REQUIRE(cells.size() == phases + 2);
  for (std::size_t p = 2; p < cells.size(); ++p) {
    REQUIRE(cells[p].size() == acts + 1);
    for (std::size_t a = 1; a <= acts; ++a) {
      std::string want;
      for (const declared_move& m : moves)
        if (m.from == cells[p][0] && m.act == cells[0][a])
          want += (want.empty() ? "" : ", ") + m.to;
      CHECK(cells[p][a] == want);
    }
  }
}

} // namespace

TEST_CASE("the machines of orders and complaints have the rows that were declared, in order") {
  same_rows(declared_moves("order_life_cycle.csv"), order_rows());
  same_rows(declared_moves("complaint_life_cycle.csv"), complaint_rows());
}

TEST_CASE("every phase, act, role and set of facts answers as the declared table says") {
  ask_every_pair<order_phase, order_act>("order_life_cycle.csv", order_phase_count, order_act_count,
                                         order_rows().size());
  // The return of a report has three rows for one pair.
  ask_every_pair<complaint_phase, complaint_act>("complaint_life_cycle.csv", complaint_phase_count,
                                                 complaint_act_count, complaint_rows().size() - 2);
}

TEST_CASE("the printed tables, phases by acts, say what was declared") {
  printed_as_declared(order_table(language::en), declared_moves("order_life_cycle.csv"),
                      order_phase_count, order_act_count);
  printed_as_declared(complaint_table(language::en), declared_moves("complaint_life_cycle.csv"),
                      complaint_phase_count, complaint_act_count);
  CHECK(order_table(language::zh).find("| 已下发 |") != std::string::npos);
  CHECK(order_mermaid(language::zh).find("issued --> signed_for: 签收 (承办单位经办人)") !=
        std::string::npos);
  CHECK(complaint_mermaid(language::en).find("[*] --> registered: enter (complaint_clerk)") !=
        std::string::npos);
}

TEST_CASE("what is allowed is what next() takes, and no phase but the last is a dead end") {
  for (const order_row& row : order_rows()) {
    supervision_facts facts;
    for (const supervision_condition& c : row.conditions) facts = facts.with(c.fact);
    const auto may = allowed(row.from, row.roles, facts);
    CHECK(std::count(may.begin(), may.end(), row) == 1);
    for (const order_row& m : may) CHECK(*next(m.from, m.act, row.roles, facts) == m.to);
  }
  for (std::size_t p = 0; p < complaint_phase_count; ++p) {
    const auto phase = static_cast<complaint_phase>(p);
    bool leaves = false;
    for (const complaint_row& row : complaint_rows())
      leaves = leaves || (row.from == phase && row.to != phase);
    CHECK(leaves == (phase != complaint_phase::archived));
  }
}

TEST_CASE("acts, phases and facts are read by name and by the office's word, with a suggestion") {
  CHECK(*parse_order_act("签收") == order_act::sign_for);
  CHECK(*parse_complaint_act("transfer") == complaint_act::transfer);
  CHECK(*parse_order_phase("已下发") == order_phase::issued);
  CHECK(*parse_complaint_phase("archived") == complaint_phase::archived);
  const auto wrong = parse_order_act("sing_for");
  REQUIRE(!wrong.has_value());
  CHECK(wrong.error().code == errc::unknown_value);
  CHECK(wrong.error().message.en.find("did you mean 'sign_for'?") != std::string::npos);
  CHECK(parse_supervision_fact("overdu").error().message.en.find("overdue") != std::string::npos);
  CHECK(words_of(supervision_fact::reasoned).zh == "写明理由");
}
