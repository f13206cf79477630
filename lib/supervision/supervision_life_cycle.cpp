// What is asked of the tables of orders and complaints: the next phase, what is allowed, pictures.
#include <banli/supervision/supervision_life_cycle.hpp>

#include <fmt/format.h>

#include "supervision/supervision_machine.hpp"
#include "supervision/supervision_words.hpp"

namespace banli {

namespace {

using detail::cycle_answer;
using detail::cycle_step;
using detail::holds;
using detail::supervision_word;

constexpr std::array<supervision_word, order_phase_count> order_phase_words{
    {{"none", "未发起"},
     {"initiated", "已发起"},
     {"returned", "已退回修改"},
     {"approved", "已审核"},
     {"issued", "已下发"},
     {"signed_for", "已签收"},
     {"in_hand", "办理中"},
     {"fed_back", "已反馈"},
     {"accepted", "反馈已认可"},
     {"closed", "已办结"},
     {"withdrawn", "已撤销"}}};

constexpr std::array<supervision_word, order_act_count> order_act_words{
    {{"initiate", "发起"},
     {"approve", "审核通过"},
     {"send_back", "退回修改"},
     {"amend", "修改"},
     {"withdraw", "撤销"},
     {"issue", "下发"},
     {"sign_for", "签收"},
     {"handle", "办理"},
     {"feed_back", "反馈"},
     {"accept_reply", "认可反馈"},
     {"return_reply", "退回反馈"},
     {"close", "办结"},
     {"escalate", "升级督办"},
     {"remind", "催办"},
     {"extend", "延期"}}};

constexpr std::array<supervision_word, complaint_phase_count> complaint_phase_words{
    {{"none", "未登记"},
     {"registered", "已登记"},
     {"declined", "不予受理"},
     {"accepted", "已受理"},
     {"handling", "自办中"},
     {"transferred", "已转办"},
     {"supervised", "督办中"},
     {"reported", "已核查"},
     {"answered", "已答复"},
     {"reexamining", "复查中"},
     {"concluded", "已办结"},
     {"archived", "已归档"}}};

constexpr std::array<supervision_word, complaint_act_count> complaint_act_words{
    {{"enter", "登记"},
     {"accept", "受理"},
     {"decline", "不予受理"},
     {"answer_at_once", "即时答复"},
     {"take", "自办"},
     {"transfer", "转办"},
     {"supervise", "督办"},
     {"coordinate", "确定牵头单位"},
     {"verify", "初步核查"},
     {"report", "报告结果"},
     {"return_report", "退回报告"},
     {"explain_delay", "说明延期"},
     {"answer", "答复"},
     {"object", "不服"},
     {"find_fault", "处理通报"},
     {"report_up", "上报"},
     {"conclude", "办结"},
     {"archive", "归档"},
     {"disclose", "查阅实名"}}};

struct supervision_fact_words {
  std::string_view name;
  std::string_view yes_en, yes_zh, no_en, no_zh;
};
constexpr std::array<supervision_fact_words, supervision_fact_count> supervision_facts_in_words{
    {{"own_unit", "it concerns the actor's own unit", "属于本单位", "it concerns another unit",
      "属于其他单位"},
     {"own_office", "it is of the actor's own office", "由本机关督办", "it is of another office",
      "由其他机关督办"},
     {"reasoned", "a reason is given", "写明理由", "no reason is given", "未写明理由"},
     {"another_person", "somebody else judges it", "由他人办理(不得自审)",
      "the same person does it", "由同一人办理"},
     {"overdue", "a limit was missed", "已超期", "no limit was missed", "未超期"},
     {"office_above", "there is an office above", "有上级机关", "there is no office above",
      "没有上级机关"},
     {"lead_settled", "it is settled who coordinates", "已确定牵头单位", "nobody coordinates yet",
      "未确定牵头单位"},
     {"fitting_answer", "a written complaint is answered in writing", "书面投诉书面答复",
      "the answer is oral", "答复为口头"},
     {"delay_explained", "the delay was explained", "已说明延期原因", "the delay was not explained",
      "未说明延期原因"},
     {"can_be_answered", "the complainant can be reached", "能够答复投诉人",
      "the complainant cannot be reached", "无法答复投诉人"},
     {"self_handled", "the office handles it itself", "自办", "a department handles it",
      "由部门承办"},
     {"under_supervision", "it is supervised", "已督办", "it is not supervised", "未督办"},
     {"reported_up", "nothing is left to report up", "应上报的已上报",
      "something is to be reported up", "有应上报事项"}}};

template <class E, std::size_t N>
std::string_view name_in(const std::array<supervision_word, N>& words, E e) {
  return words[static_cast<std::size_t>(e)].name;
}
template <class E, std::size_t N>
std::string_view label_in(const std::array<supervision_word, N>& words, E e) {
  return words[static_cast<std::size_t>(e)].label;
}

template <class E>
std::string_view shown_in(E e, language l) {
  return l == language::zh ? label(e) : to_string(e);
}

text words_of(const supervision_condition& c) {
  const auto& w = supervision_facts_in_words[static_cast<std::size_t>(c.fact)];
  return c.want == supervision_condition::wanted::yes
             ? text{std::string{w.yes_en}, std::string{w.yes_zh}}
             : text{std::string{w.no_en}, std::string{w.no_zh}};
}

/// Names and labels of roles, joined.
text words_of(supervision_roles roles) {
  text out;
  for (std::size_t i = 0; i < supervision_role_count; ++i) {
    const auto r = static_cast<supervision_role>(i);
    if (!roles.has(r)) continue;
    out.en += (out.en.empty() ? "" : ", ") + std::string{to_string(r)};
    out.zh += (out.zh.empty() ? "" : "、") + std::string{label(r)};
  }
  return out;
}

template <class Phase, class Act>
error no_such_move(Phase from, Act act) {
  return make_error(errc::no_transition, "what is {} knows no {}", "“{2}”状态不能“{3}”",
                    to_string(from), to_string(act), label(from), label(act));
}

template <class Act>
error failed_condition(const supervision_condition& c, Act act) {
  const bool wanted = c.want == supervision_condition::wanted::yes;
  const bool whose = c.fact == supervision_fact::own_unit || c.fact == supervision_fact::own_office;
  const errc code = wanted && whose                                  ? errc::not_permitted
                    : wanted && c.fact == supervision_fact::reasoned ? errc::missing_reason
                                                                     : errc::condition_not_met;
  const text w = words_of(c);
  return make_error(code, "{0} is possible only when {1}", "“{2}”的条件是:{3}", to_string(act),
                    w.en, label(act), w.zh);
}

/// Why a machine refused, found in its own table. Of several rows that a role opens, the one that
/// comes furthest explains best.
template <class Row, class Phase, class Act>
error why_not(const std::vector<Row>& rows, Phase from, Act act, supervision_roles roles,
              supervision_facts facts) {
  const supervision_condition* best = nullptr;
  std::size_t furthest = 0;
  supervision_roles may;
  for (const Row& row : rows) {
    if (row.from != from || row.act != act) continue;
    for (std::size_t i = 0; i < supervision_role_count; ++i)
      if (const auto r = static_cast<supervision_role>(i); row.roles.has(r)) may = may.with(r);
    if (!row.roles.meets(roles)) continue;
    for (std::size_t i = 0; i < row.conditions.size(); ++i) {
      if (holds(row.conditions[i], facts)) continue;
      if (best == nullptr || i > furthest) best = &row.conditions[furthest = i];
      break;
    }
  }
  if (best != nullptr) return failed_condition(*best, act);
  const text who = words_of(may);
  return make_error(errc::not_permitted, "{0} of what is {1} is for: {2}",
                    "“{4}”状态的“{3}”只能由{5}办理", to_string(act), to_string(from), who.en,
                    label(act), label(from), who.zh);
}

template <class Row, class Phase, class Act>
result<Phase> phase_after(const std::vector<Row>& rows, const cycle_step<Phase>& step, Phase from,
                          Act act, supervision_roles roles, supervision_facts facts) {
  if (step.answer == cycle_answer::taken) return step.to;
  if (step.answer == cycle_answer::rejected) return why_not(rows, from, act, roles, facts);
  return no_such_move(from, act);
}

template <class Row, class Phase>
std::vector<Row> open_rows(const std::vector<Row>& rows, Phase from, supervision_roles roles,
                           supervision_facts facts) {
  std::vector<Row> out;
  for (const Row& row : rows) {
    bool all = row.from == from && row.roles.meets(roles);
    for (const supervision_condition& c : row.conditions) all = all && holds(c, facts);
    if (all) out.push_back(row);
  }
  return out;
}

template <class Phase, std::size_t Phases, class Act, std::size_t Acts, class Row>
std::string matrix(const std::vector<Row>& rows, language l) {
  std::string out = "| |";
  std::string rule = "|---|";
  for (std::size_t a = 0; a < Acts; ++a) {
    out += fmt::format(" {} |", shown_in(static_cast<Act>(a), l));
    rule += "---|";
  }
  out += '\n' + rule + '\n';
  for (std::size_t p = 0; p < Phases; ++p) {
    out += fmt::format("| {} |", shown_in(static_cast<Phase>(p), l));
    for (std::size_t a = 0; a < Acts; ++a) {
      std::string cell;
      for (const Row& row : rows)
        if (row.from == static_cast<Phase>(p) && row.act == static_cast<Act>(a))
          cell += (cell.empty() ? "" : ", ") + std::string{shown_in(row.to, l)};
      out += cell.empty() ? " |" : fmt::format(" {} |", cell);
    }
    out += '\n';
  }
  return out;
}

template <class Phase, std::size_t Phases, class Row>
std::string mermaid(const std::vector<Row>& rows, language l) {
  std::string out = "stateDiagram-v2\n";
  for (std::size_t p = 1; p < Phases; ++p)
    out += fmt::format("  state \"{}\" as {}\n", shown_in(static_cast<Phase>(p), l),
                       to_string(static_cast<Phase>(p)));
  for (const Row& row : rows) {
    const text who = words_of(row.roles);
    out += fmt::format("  {} --> {}: {} ({})\n",
                       row.from == Phase{} ? std::string_view{"[*]"} : to_string(row.from),
                       to_string(row.to), shown_in(row.act, l), who.in(l));
  }
  return out;
}

} // namespace

std::string_view to_string(order_phase p) { return name_in(order_phase_words, p); }
std::string_view to_string(order_act a) { return name_in(order_act_words, a); }
std::string_view to_string(complaint_phase p) { return name_in(complaint_phase_words, p); }
std::string_view to_string(complaint_act a) { return name_in(complaint_act_words, a); }
std::string_view to_string(supervision_fact f) {
  return supervision_facts_in_words[static_cast<std::size_t>(f)].name;
}
std::string_view label(order_phase p) { return label_in(order_phase_words, p); }
std::string_view label(order_act a) { return label_in(order_act_words, a); }
std::string_view label(complaint_phase p) { return label_in(complaint_phase_words, p); }
std::string_view label(complaint_act a) { return label_in(complaint_act_words, a); }
text words_of(supervision_fact f) { return words_of(supervision_condition{f}); }

result<order_act> parse_order_act(std::string_view name) {
  return detail::parse_supervision_word<order_act>(name, order_act_words,
                                                   "act of a supervision order", "督办环节");
}
result<complaint_act> parse_complaint_act(std::string_view name) {
  return detail::parse_supervision_word<complaint_act>(name, complaint_act_words,
                                                       "act of a complaint", "投诉办理环节");
}
result<order_phase> parse_order_phase(std::string_view name) {
  return detail::parse_supervision_word<order_phase>(name, order_phase_words,
                                                     "phase of a supervision order", "督办状态");
}
result<complaint_phase> parse_complaint_phase(std::string_view name) {
  return detail::parse_supervision_word<complaint_phase>(name, complaint_phase_words,
                                                         "phase of a complaint", "投诉件状态");
}
result<supervision_fact> parse_supervision_fact(std::string_view name) {
  std::array<supervision_word, supervision_fact_count> words{};
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = {supervision_facts_in_words[i].name, supervision_facts_in_words[i].yes_zh};
  return detail::parse_supervision_word<supervision_fact>(name, words, "fact of supervision",
                                                          "督办、投诉环节的条件");
}

const std::vector<order_row>& order_rows() {
  static const std::vector<order_row> rows = detail::order_machine_rows();
  return rows;
}
const std::vector<complaint_row>& complaint_rows() {
  static const std::vector<complaint_row> rows = detail::complaint_machine_rows();
  return rows;
}

result<order_phase> next(order_phase from, order_act act, supervision_roles roles,
                         supervision_facts facts) {
  return phase_after(order_rows(), detail::run_order(from, act, roles, facts), from, act, roles,
                     facts);
}
result<complaint_phase> next(complaint_phase from, complaint_act act, supervision_roles roles,
                             supervision_facts facts) {
  return phase_after(complaint_rows(), detail::run_complaint(from, act, roles, facts), from, act,
                     roles, facts);
}

std::vector<order_row> allowed(order_phase from, supervision_roles roles, supervision_facts facts) {
  return open_rows(order_rows(), from, roles, facts);
}
std::vector<complaint_row> allowed(complaint_phase from, supervision_roles roles,
                                   supervision_facts facts) {
  return open_rows(complaint_rows(), from, roles, facts);
}

std::string order_table(language l) {
  return matrix<order_phase, order_phase_count, order_act, order_act_count>(order_rows(), l);
}
std::string complaint_table(language l) {
  return matrix<complaint_phase, complaint_phase_count, complaint_act, complaint_act_count>(
      complaint_rows(), l);
}
std::string order_mermaid(language l) {
  return mermaid<order_phase, order_phase_count>(order_rows(), l);
}
std::string complaint_mermaid(language l) {
  return mermaid<complaint_phase, complaint_phase_count>(complaint_rows(), l);
}

} // namespace banli
