// What is asked of the table of the life cycle: the next state, what is allowed, words, pictures.
#include <banli/library/item_life_cycle.hpp>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <banli/base/nearest.hpp>

#include "library/life_cycle_machine.hpp"

namespace banli {

namespace {

struct word_pair {
  std::string_view name;
  std::string_view label;
};

constexpr std::array<word_pair, 8> state_words{{{"draft", "暂存"},
                                                {"department_reviewed", "部门已审核"},
                                                {"office_reviewed", "编办已审核"},
                                                {"city_confirmed", "市级已确认"},
                                                {"province_confirmed", "省级已确认"},
                                                {"published", "已入库"},
                                                {"archived", "备案"},
                                                {"void", "废置"}}};

constexpr std::array<word_pair, item_command_count> command_words{{{"edit", "修改"},
                                                                   {"submit", "提交"},
                                                                   {"withdraw", "撤回"},
                                                                   {"review", "编办审核"},
                                                                   {"confirm_city", "市级确认"},
                                                                   {"confirm_province", "省级确认"},
                                                                   {"assign_code", "赋码"},
                                                                   {"publish", "发布入库"},
                                                                   {"send_back", "退回"},
                                                                   {"change", "变更"},
                                                                   {"replace", "转备案"},
                                                                   {"propose_void", "申请作废"},
                                                                   {"make_void", "作废"}}};

constexpr std::array<word_pair, actor_role_count> role_words{{{"entry_account", "录入账号"},
                                                              {"department_reviewer", "部门审核"},
                                                              {"establishment_office", "编办"},
                                                              {"city_office", "市级确认机关"},
                                                              {"province_office", "省级确认机关"},
                                                              {"service_office", "政务办"},
                                                              {"administrator", "管理账号"}}};

struct fact_words {
  std::string_view name;
  std::string_view yes_en, yes_zh, no_en, no_zh;
};
constexpr std::array<fact_words, item_fact_count> facts_in_words{
    {{"own_department", "the item is of the actor's own department", "事项属于本部门",
      "the item is of another department", "事项属于其他部门"},
     {"complete", "the item is complete", "必填要素完整", "the item is incomplete",
      "必填要素不完整"},
     {"reasoned", "a reason is given", "写明理由", "no reason is given", "未写明理由"},
     {"coded", "the item has its code", "事项已赋码", "the item has no code", "事项未赋码"},
     {"city_confirms", "the city confirms", "须经市级确认", "the city need not confirm",
      "无须市级确认"},
     {"province_confirms", "the province confirms", "须经省级确认", "the province need not confirm",
      "无须省级确认"},
     {"under_change", "another version is on its way", "另有版本正在办理",
      "no other version is on its way", "没有其他版本正在办理"},
     {"succeeded", "its successor is being published", "新版本正在入库", "it has no successor",
      "没有新版本"}}};

constexpr std::size_t index_of(item_state s) { return static_cast<std::size_t>(s) / 10 - 1; }

/// The value whose stable name or office word a text is.
template <class E, std::size_t N, class At>
result<E> parse_word(std::string_view name, const std::array<word_pair, N>& all, At at,
                     const char* en, const char* zh) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < N; ++i) {
    if (name == all[i].name || name == all[i].label) return at(i);
    known.push_back(all[i].name);
    known.push_back(all[i].label);
  }
  return with_hint(make_error(errc::unknown_value, "'{0}' is no {1}", "“{0}”不是{2}", name, en, zh),
                   suggestion(name, known));
}

text words_of(const row_condition& c) {
  const fact_words& w = facts_in_words[static_cast<std::size_t>(c.fact)];
  return c.want == row_condition::wanted::yes ? text{std::string{w.yes_en}, std::string{w.yes_zh}}
                                              : text{std::string{w.no_en}, std::string{w.no_zh}};
}

/// Which condition of a row fails first; null when all hold.
const row_condition* first_failing(const life_cycle_row& row, item_facts facts) {
  for (const row_condition& c : row.conditions)
    if (!detail::holds(c, facts)) return &c;
  return nullptr;
}

error no_such_transition(item_state from, item_command command) {
  return make_error(errc::no_transition, "an item of state {} knows no {}",
                    "“{2}”状态的事项不能{3}", to_string(from), to_string(command), label(from),
                    label(command));
}

error role_missing(item_state from, item_command command, const std::vector<actor_role>& may) {
  std::vector<std::string_view> en;
  std::vector<std::string_view> zh;
  for (const actor_role r : may) {
    en.push_back(to_string(r));
    zh.push_back(label(r));
  }
  return make_error(errc::not_permitted, "{} of an item of state {} is for: {}",
                    "“{4}”状态的事项只能由{5}{3}", to_string(command), to_string(from),
                    fmt::join(en, ", "), label(command), label(from), fmt::join(zh, "、"));
}

error condition_missing(const row_condition& c, item_command command) {
  const bool wanted = c.want == row_condition::wanted::yes;
  const errc code = !wanted                               ? errc::condition_not_met
                    : c.fact == item_fact::own_department ? errc::not_permitted
                    : c.fact == item_fact::complete       ? errc::incomplete_item
                    : c.fact == item_fact::reasoned       ? errc::missing_reason
                    : c.fact == item_fact::coded          ? errc::missing_code
                                                          : errc::condition_not_met;
  const text w = words_of(c);
  return make_error(code, "{} is possible only when {}", "{2}的条件是:{3}", to_string(command),
                    w.en, label(command), w.zh);
}

/// Why the machine refused, found in its own table. Of several rows that a role opens, the one that
/// comes furthest explains best.
error why_refused(item_state from, item_command command, role_set roles, item_facts facts) {
  std::vector<actor_role> may;
  const row_condition* best = nullptr;
  std::ptrdiff_t best_at = -1;
  for (const life_cycle_row& row : life_cycle_rows()) {
    if (row.from != from || row.command != command) continue;
    may.push_back(row.role);
    const row_condition* failing = roles.has(row.role) ? first_failing(row, facts) : nullptr;
    if (failing == nullptr) continue;
    const std::ptrdiff_t reached = failing - row.conditions.data();
    if (reached > best_at) {
      best_at = reached;
      best = failing;
    }
  }
  return best != nullptr ? condition_missing(*best, command) : role_missing(from, command, may);
}

std::string row_label(const life_cycle_row& row, language l) {
  const text c = condition_text(row);
  const bool zh = l == language::zh;
  std::string out = fmt::format("{} · {}", zh ? label(row.command) : to_string(row.command),
                                zh ? label(row.role) : to_string(row.role));
  if (!row.conditions.empty()) out += zh ? "（" + c.zh + "）" : " (" + c.en + ")";
  return out;
}

std::string_view shown(item_state s, language l) {
  return l == language::zh ? label(s) : to_string(s);
}

} // namespace

std::string_view to_string(item_state s) { return state_words[index_of(s)].name; }
std::string_view label(item_state s) { return state_words[index_of(s)].label; }
std::string_view to_string(item_command c) {
  return command_words[static_cast<std::size_t>(c)].name;
}
std::string_view label(item_command c) { return command_words[static_cast<std::size_t>(c)].label; }
std::string_view to_string(actor_role r) { return role_words[static_cast<std::size_t>(r)].name; }
std::string_view label(actor_role r) { return role_words[static_cast<std::size_t>(r)].label; }
std::string_view to_string(item_fact f) { return facts_in_words[static_cast<std::size_t>(f)].name; }

text condition_text(const life_cycle_row& row) {
  text out;
  for (const row_condition& c : row.conditions) {
    const text w = words_of(c);
    out.en += (out.en.empty() ? "" : "; ") + w.en;
    out.zh += (out.zh.empty() ? "" : ";") + w.zh;
  }
  return out;
}

result<item_state> parse_item_state(std::string_view name) {
  return parse_word<item_state>(
      name, state_words, [](std::size_t i) { return all_item_states[i]; }, "state of an item",
      "事项状态");
}
result<item_command> parse_item_command(std::string_view name) {
  return parse_word<item_command>(
      name, command_words, [](std::size_t i) { return static_cast<item_command>(i); },
      "command of the life cycle", "事项操作");
}
result<actor_role> parse_actor_role(std::string_view name) {
  return parse_word<actor_role>(
      name, role_words, [](std::size_t i) { return static_cast<actor_role>(i); }, "role", "角色");
}

result<item_fact> parse_item_fact(std::string_view name) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < facts_in_words.size(); ++i) {
    if (name == facts_in_words[i].name) return static_cast<item_fact>(i);
    known.push_back(facts_in_words[i].name);
  }
  return with_hint(make_error(errc::unknown_value, "'{}' is no fact of the life cycle",
                              "“{}”不是事项操作的条件", name),
                   suggestion(name, known));
}

const std::vector<life_cycle_row>& life_cycle_rows() {
  static const std::vector<life_cycle_row> rows = detail::machine_rows();
  return rows;
}

result<item_state> next(item_state from, item_command command, const actor_rights& actor,
                        item_facts facts) {
  using detail::cycle_answer;
  const auto step = detail::run_machine(from, command, actor.roles, facts);
  if (step.answer == cycle_answer::taken) return step.to;
  if (step.answer == cycle_answer::rejected) return why_refused(from, command, actor.roles, facts);
  return no_such_transition(from, command);
}

std::vector<life_cycle_row> allowed(item_state from, const actor_rights& actor, item_facts facts) {
  std::vector<life_cycle_row> out;
  small_set<item_command> seen;
  for (const life_cycle_row& row : life_cycle_rows()) {
    if (row.from != from || !actor.roles.has(row.role) || seen.has(row.command)) continue;
    if (first_failing(row, facts) != nullptr) continue;
    seen = seen.with(row.command);
    out.push_back(row);
  }
  return out;
}

std::string life_cycle_mermaid(language l) {
  std::string out = "stateDiagram-v2\n";
  for (const item_state s : all_item_states)
    out += fmt::format("  state \"{}\" as {}\n", shown(s, l),
                       s == item_state::voided ? "voided" : to_string(s));
  const auto id = [](item_state s) {
    return s == item_state::voided ? std::string_view{"voided"} : to_string(s);
  };
  out += "  [*] --> draft\n";
  for (const life_cycle_row& row : life_cycle_rows())
    out += fmt::format("  {} --> {}: {}\n", id(row.from), id(row.to), row_label(row, l));
  return out + "  archived --> [*]\n  voided --> [*]\n";
}

std::string life_cycle_dot(language l) {
  std::string out = "digraph life_cycle {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n";
  for (const item_state s : all_item_states)
    out += fmt::format("  \"{}\" [label=\"{}\"];\n", to_string(s), shown(s, l));
  for (const life_cycle_row& row : life_cycle_rows())
    out += fmt::format("  \"{}\" -> \"{}\" [label=\"{}\"];\n", to_string(row.from),
                       to_string(row.to), row_label(row, l));
  return out + "}\n";
}

} // namespace banli
