#include <banli/expression/program.hpp>

#include <algorithm>
#include <utility>

#include "check.hpp"
#include "cost.hpp"
#include "evaluate.hpp"
#include "nearest_change.hpp"
#include "parse.hpp"
#include "plan.hpp"
#include "report.hpp"

namespace banli {

const std::string& program::source() const { return plan_->source; }
const type& program::gives() const { return plan_->gives; }
const std::vector<std::string>& program::reads() const { return plan_->reads; }
std::uint64_t program::worst_cost() const { return plan_->worst_cost; }

namespace {

/// Apart, so that the short way costs no registers.
[[gnu::noinline]] std::optional<bool> truth_of(const program& p, const activation& from,
                                               const evaluation_limits& limits) {
  return p.evaluate(from, limits).truth();
}

} // namespace

std::optional<bool> program::holds(const activation& from, const evaluation_limits& limits) const {
  if (plan_->fast)
    if (const auto b = plan_->fast->holds(*plan_, from, limits.cost)) return b;
  return truth_of(*this, from, limits);
}

outcome program::evaluate(const activation& from, const evaluation_limits& limits) const {
  outcome o;
  if (!plan_->fast || !plan_->fast->evaluate(*plan_, from, limits.cost, o))
    o = detail::cel::evaluate(*plan_, from, limits, nullptr);
  return o;
}

std::optional<instant> program::reaches(const activation& from, const banli::value& threshold,
                                        const evaluation_limits& limits) const {
  return detail::cel::reaches(*plan_, threshold, from, limits);
}

namespace {

/// Of a field its path in labels; anything else is shown as it is written.
std::string label_of(const detail::cel::plan& p, const std::string& read) {
  const bool asks = read.starts_with("has(");
  const std::string path = asks ? read.substr(4, read.size() - 5) : read;
  const auto f = std::ranges::find(p.fields, path, &detail::cel::plan::used_field::path);
  if (f == p.fields.end()) return read;
  return asks ? "has(" + f->label + ")" : f->label;
}

void collect(const detail::cel::plan& p, const trace& t, std::vector<fact>& into) {
  if (!t.reads.empty()) {
    fact f{t.reads, t.is == outcome::state::value ? std::optional(t.value) : std::nullopt,
           label_of(p, t.reads)};
    const bool known = std::ranges::any_of(
        into, [&](const fact& k) { return k.name == f.name && k.value == f.value; });
    if (!known) into.push_back(std::move(f));
    return;
  }
  for (const std::size_t k : t.decided_by) collect(p, t.parts[k], into);
}

/// Everything that makes it useless to go on; empty when the text may be parsed.
std::optional<error> unreadable(std::string_view source, const compile_options& how) {
  if (source.size() > how.limits.source_bytes)
    return make_error(errc::limit_exceeded, "the expression is longer than {} bytes",
                      "表达式超过 {} 字节", how.limits.source_bytes);
  if (!detail::is_utf8(source))
    return make_error(errc::bad_utf8, "the expression is not UTF-8", "表达式不是 UTF-8 编码");
  return std::nullopt;
}

error too_dear(std::uint64_t worst, const expression_limits& limits) {
  return make_error(errc::cost_exceeded,
                    "one evaluation could cost {0} with lists of {2} elements and texts of {3} "
                    "bytes: at most {1} are allowed",
                    "列表有 {2} 个元素、文本有 {3} 字节时,一次求值的开销可达 {0},上限为 {1}", worst,
                    limits.worst_cost, limits.sizes.elements, limits.sizes.text_bytes);
}

} // namespace

reasoning program::explain(const activation& from, const evaluation_limits& limits) const {
  reasoning r;
  r.outcome = detail::cel::evaluate(*plan_, from, limits, &r.root);
  collect(*plan_, r.root, r.facts);
  if (r.outcome.truth()) r.nearest = detail::cel::nearest_change(*plan_, from, limits);
  return r;
}

std::string to_text(const fact& f) {
  return f.name + (f.value ? " = " + to_text(*f.value) : std::string(" ?"));
}

namespace {

/// "a = 1, b ?" of facts.
std::string listed(const std::vector<fact>& facts, std::string_view between) {
  std::string out;
  for (const fact& f : facts) {
    if (!out.empty()) out += between;
    out += f.label + (f.value ? " = " + to_text(*f.value) : std::string(" ?"));
  }
  return out;
}

text turned(const condition_turn& t) {
  if (!t.needs.empty()) return {t.needs, t.needs};
  return t.becomes ? text{"'" + t.condition + "' were so", "“" + t.condition + "”成立"}
                   : text{"'" + t.condition + "' were not so", "“" + t.condition + "”不成立"};
}

/// What would have to turn, as a sentence of its own.
text otherwise(const reasoning& r, bool verdict) {
  if (r.nearest.empty()) return {};
  text all;
  for (const condition_turn& t : r.nearest) {
    const text one = turned(t);
    all.en += (all.en.empty() ? "" : " and ") + one.en;
    all.zh += (all.zh.empty() ? "" : "、") + one.zh;
  }
  return {fmt::format(" It would be {} if {}.", verdict ? "false" : "true", all.en),
          fmt::format("若 {},则{}。", all.zh, verdict ? "不成立" : "成立")};
}

} // namespace

text describe(const reasoning& r) {
  const std::string because = r.facts.empty() ? "" : ", because " + listed(r.facts, ", ");
  const std::string owing = r.facts.empty() ? "" : ":" + listed(r.facts, ",");
  if (r.outcome.is == outcome::state::error)
    return {"Error: " + r.outcome.error.message.en + ".",
            "出错:" + r.outcome.error.message.zh + "。"};
  if (r.outcome.is == outcome::state::unknown) {
    text names;
    for (const std::string& path : r.outcome.missing) {
      const auto f = std::ranges::find(r.facts, path, &fact::name);
      const std::string& shown = f == r.facts.end() ? path : f->label;
      names.en += (names.en.empty() ? "" : ", ") + shown;
      names.zh += (names.zh.empty() ? "" : "、") + shown;
    }
    return {"Cannot be judged: missing " + names.en + ".", "无法判定:缺少 " + names.zh + "。"};
  }
  const auto verdict = r.outcome.truth();
  if (!verdict)
    return {"It is " + to_text(r.outcome.value) + because + ".",
            "结果为 " + to_text(r.outcome.value) + owing + "。"};
  const text other = otherwise(r, *verdict);
  return {(*verdict ? "True" : "False") + because + "." + other.en,
          (*verdict ? "成立" : "不成立") + owing + "。" + other.zh};
}

compiled compile(std::string_view source, const environment& env, const compile_options& how) {
  detail::cel::report found(source, how);
  if (auto e = unreadable(source, how)) {
    found.add(0, std::move(*e));
    return {std::nullopt, found.take()};
  }
  const detail::cel::syntax_tree tree = detail::cel::parse(source, how.limits, found);
  // A tree that broke a limit is cut short: checking it would report what is merely not there.
  if (found.fatal()) return {std::nullopt, found.take()};
  const detail::cel::checked meanings = detail::cel::check(tree, env, how, found);
  if (!found.empty()) return {std::nullopt, found.take()};
  const std::uint64_t worst = detail::cel::worst_cost(tree, meanings, how.limits.sizes);
  if (worst > how.limits.worst_cost && how.check == type_checking::full)
    found.add(0, too_dear(worst, how.limits));
  auto plan = detail::cel::make_plan(source, tree, meanings, env, how, found);
  if (!found.empty()) return {std::nullopt, found.take()};
  plan->worst_cost = worst;
  for (auto& f : plan->fields) f.label = env.labelled(f.path);
  return {detail::cel::plan::make_program(std::move(plan)), {}};
}

} // namespace banli
