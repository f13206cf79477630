// in, functions and loops, and the program made of a plan.
#include "column_builder.hpp"

#include "functions.hpp"

namespace banli::detail::cel {

maybe column_builder::contained(const step& s) {
  const auto args = plan_.args_of(s);
  const value::elements* list = plan_.steps[args[1]].held.as_list(); // a list of constants is one
  if (!list) return std::nullopt;
  const value::elements& all = *list;
  const maybe a = build(args[0]);
  if (!a || is_constant(*a)) return std::nullopt;
  if (is_text(*a)) {
    const value in = value::list(all);
    return table(*a, lane::column_verdict, [&](const value& w) { return apply(op::in, w, in); });
  }
  if (!is_numeric(node(*a).out) || all.empty() || all.size() > 64) return std::nullopt;
  std::vector<std::uint32_t> any;
  for (const value& e : all) {
    const maybe c = constant(e);
    const maybe equal = c ? compare(op::equal, *a, *c) : maybe();
    if (!equal) return std::nullopt;
    any.push_back(*equal);
  }
  return join(op::logical_or, std::move(any));
}

maybe column_builder::function_call(const step& s) {
  const auto args = plan_.args_of(s);
  if (args.empty()) return std::nullopt;
  std::vector<value> values(1);
  for (std::size_t k = 1; k < args.size(); ++k) {
    if (plan_.steps[args[k]].kind != step_kind::constant) return std::nullopt;
    values.push_back(plan_.steps[args[k]].held);
    if (const std::string* text = values.back().as_string())
      out_.longest_text_ = std::max(out_.longest_text_, text->size());
  }
  if (plan_.steps[args[0]].kind == step_kind::constant) {
    values[0] = plan_.steps[args[0]].held;
    const result<value> known = call(s.function, values, plan_.aids_of(s, most_bytes));
    return known ? constant(*known) : std::nullopt;
  }
  const maybe a = build(args[0]);
  if (!a || !is_text(*a) || is_constant(*a) || node(*a).words.empty()) return std::nullopt;
  const auto give = [&](const value& w) {
    values[0] = w;
    return call(s.function, values, plan_.aids_of(s, most_bytes));
  };
  const result<value> sample = give(node(*a).words.front());
  const bool truth = sample && sample->as_bool();
  return table(*a, truth ? lane::column_verdict : lane::int64, give);
}

maybe column_builder::loop(const step& s) {
  const auto args = plan_.args_of(s);
  const bool known =
      s.macro == macro::all || s.macro == macro::exists || s.macro == macro::exists_one;
  const step& range = plan_.steps[args[0]];
  if (!known || s.second || list_ || args.size() != 2 || range.kind != step_kind::field)
    return std::nullopt;
  const column* c = cases_.find(plan_.fields[range.slot].path);
  if (!c || c->parts().of != column::kind::lists) return std::nullopt;
  list_ = &c->parts();
  slot_ = s.slot;
  const std::size_t begin = out_.nodes_.size();
  maybe body = build(args[1]);
  if (body && node(*body).out != lane::column_verdict) body = std::nullopt;
  if (body) body = inside(*body);
  list_ = nullptr;
  if (!body) return std::nullopt;
  column_node n;
  n.does = act::loop;
  n.macro = s.macro;
  n.numbered = s.macro == macro::exists_one;
  n.from = &c->parts();
  n.inputs = {*body};
  for (std::size_t i = begin; i < out_.nodes_.size(); ++i)
    if (out_.nodes_[i].inner) {
      n.body.push_back(static_cast<std::uint32_t>(i));
      n.numbered = n.numbered || out_.nodes_[i].does == act::spread;
    }
  return add(std::move(n));
}

std::optional<column_program> column_program::make(const plan& p, const case_columns& cases) {
  column_program out;
  out.rows_ = cases.rows();
  out.steps_ = p.steps.size();
  if (!column_builder(p, cases, out).run()) return std::nullopt;
  out.row_of_.resize(block_elements);
  return out;
}

} // namespace banli::detail::cel
