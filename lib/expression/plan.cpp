#include "plan.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "evaluate.hpp"
#include "time_text.hpp"

namespace banli::detail::cel {

namespace {

class planner {
 public:
  planner(const syntax_tree& tree, const checked& meanings, plan& out, report& problems)
      : tree_(tree), meanings_(meanings), out_(out), problems_(problems) {}

  void run() {
    collect_fields();
    out_.steps.resize(tree_.nodes.size());
    visit(tree_.root);
  }

 private:
  /// Fields in order of their paths, whichever stands first in the text.
  void collect_fields() {
    std::map<std::string, std::uint32_t> used;
    for (const resolved& r : meanings_.nodes)
      if (r.means == meaning::field) used.emplace(r.text, r.slot);
    for (const auto& [path, slot] : used) {
      out_.fields.push_back({path, slot, path});
      out_.slots = std::max(out_.slots, std::size_t{slot} + 1);
      out_.reads.push_back(path);
    }
  }

  std::uint32_t field_number(const std::string& path) const {
    const auto at = std::ranges::lower_bound(out_.reads, path);
    return static_cast<std::uint32_t>(at - out_.reads.begin());
  }

  void visit(node_index i) {
    const node& n = tree_[i];
    const resolved& r = meanings_.nodes[i];
    step& s = out_.steps[i];
    s.at = n.at;
    s.name = n.name;
    s.of = r.of;
    s.optional = n.optional;
    switch (r.means) {
    case meaning::field:
      s.kind = n.kind == node_kind::has ? step_kind::has_field : step_kind::field;
      s.slot = field_number(r.text);
      return;
    case meaning::local:
      s.kind = step_kind::local;
      s.slot = r.slot;
      return;
    case meaning::type_name:
      s.kind = step_kind::constant;
      s.held = value::type_named(r.text);
      return;
    case meaning::bundle:
    case meaning::fails: s.kind = step_kind::fails; return;
    case meaning::member: s.record_field = r.text; break;
    case meaning::function:
      s.function = r.function;
      s.host = r.host;
      break;
    case meaning::computed: break;
    }
    if (!r.text.empty() && r.means == meaning::member)
      s.name = r.text.substr(r.text.rfind('.') + 1); // a label becomes the name
    computed(n, s);
    arguments(n, s, r.namespaced);
  }

  void computed(const node& n, step& s) {
    switch (n.kind) {
    case node_kind::literal:
      s.kind = step_kind::constant;
      s.held = n.held;
      return;
    case node_kind::select: s.kind = step_kind::member; return;
    case node_kind::has: s.kind = step_kind::has; return;
    case node_kind::op:
      s.kind = step_kind::op;
      s.op = n.op;
      return;
    case node_kind::call:
    case node_kind::method:
      s.kind = step_kind::call;
      if (s.function == function::matches) pattern(n, s);
      if (s.function >= function::full_year && s.function <= function::milliseconds) zone(n, s);
      return;
    case node_kind::list: s.kind = step_kind::list; return;
    case node_kind::map: s.kind = step_kind::map; return;
    case node_kind::loop:
      s.kind = step_kind::loop;
      s.macro = n.macro;
      return;
    default: s.kind = step_kind::fails;
    }
  }

  void pattern(const node& n, step& s) {
    const std::string* text = n.args.size() == 2 ? tree_[n.args[1]].held.as_string() : nullptr;
    if (!text || tree_[n.args[1]].kind != node_kind::literal) return;
    auto made = make_pattern(*text);
    if (!made) {
      problems_.add(tree_[n.args[1]].at.begin,
                    make_error(errc::bad_value, "{} is no regular expression", "{} 不是正则表达式",
                               quoted(*text)));
      return;
    }
    s.pattern = made.get();
    out_.patterns.push_back(std::move(made));
  }

  void zone(const node& n, step& s) {
    const std::string* name = n.args.size() == 2 ? tree_[n.args[1]].held.as_string() : nullptr;
    if (!name || tree_[n.args[1]].kind != node_kind::literal || parse_zone(*name)) return;
    s.zone = find_zone(&out_.zones, *name);
    if (!s.zone) problems_.add(tree_[n.args[1]].at.begin, no_zone(errc::bad_value, *name));
  }

  void arguments(const node& n, step& s, bool namespaced) {
    const std::span<const node_index> args = std::span(n.args).subspan(namespaced ? 1 : 0);
    s.first_arg = static_cast<std::uint32_t>(out_.args.size());
    s.arg_count = static_cast<std::uint32_t>(args.size());
    out_.args.insert(out_.args.end(), args.begin(), args.end());
    if (n.kind == node_kind::loop) {
      const std::uint32_t variables = n.second.empty() ? 1 : 2;
      visit(n.args[0]);
      s.slot = open_variables_;
      s.second = variables == 2;
      open_variables_ += variables;
      for (std::size_t k = 1; k < n.args.size(); ++k) visit(n.args[k]);
      open_variables_ -= variables;
      return;
    }
    for (const node_index a : args) visit(a);
  }

  const syntax_tree& tree_;
  const checked& meanings_;
  plan& out_;
  report& problems_;
  std::uint32_t open_variables_ = 0;
};

/// An activation of constants: there is nothing to read.
class no_fields final : public activation {
 public:
  reading read(field_ref) const override { return reading::missing(); }
  std::optional<instant> reaches(field_ref, const value&) const override { return std::nullopt; }
};

bool may_fold(const plan& p, const step& s) {
  if (s.kind != step_kind::op && s.kind != step_kind::call && s.kind != step_kind::list)
    return false;
  if ((s.kind == step_kind::op && s.op == op::optional_element) || s.host) return false;
  return std::ranges::all_of(
      p.args_of(s), [&](std::uint32_t a) { return p.steps[a].kind == step_kind::constant; });
}

/// Evaluates what has only constants for operands, once and for all. Operands stand before what
/// uses them. What fails is left to fail when it is evaluated.
void fold_constants(plan& p) {
  constexpr evaluation_limits small{.cost = 1'000, .result_size = 10'000};
  for (std::uint32_t i = 0; i < p.steps.size(); ++i) {
    step& s = p.steps[i];
    if (!may_fold(p, s)) continue;
    outcome o = evaluate(p, i, no_fields{}, small, nullptr);
    if (o.is != outcome::state::value) continue;
    s.kind = step_kind::constant;
    s.held = std::move(o.value);
    s.arg_count = 0;
  }
}

} // namespace

std::unique_ptr<re2::RE2> make_pattern(std::string_view pattern) {
  re2::RE2::Options o;
  o.set_log_errors(false);
  o.set_max_mem(std::int64_t{1} << 20);
  auto made = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), o);
  return made->ok() ? std::move(made) : nullptr;
}

std::shared_ptr<plan> make_plan(std::string_view source, const syntax_tree& tree,
                                const checked& meanings, const environment& env,
                                const compile_options& how, report& problems) {
  auto p = std::make_shared<plan>();
  p->source = source;
  p->how = how;
  p->zones = env.time_zones();
  p->gives = meanings.nodes[tree.root].of;
  p->root = tree.root;
  p->frame_size = meanings.locals;
  planner(tree, meanings, *p, problems).run();
  if (!problems.empty()) return p;
  fold_constants(*p);
  p->fast = fast_program::make(*p);
  return p;
}

} // namespace banli::detail::cel
