#include "nearest_change.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "evaluate.hpp"

namespace banli::detail::cel {

namespace {

using turns = std::vector<condition_turn>;

op opposite(op o) {
  switch (o) {
  case op::equal: return op::unequal;
  case op::unequal: return op::equal;
  case op::less: return op::greater_equal;
  case op::less_equal: return op::greater;
  case op::greater: return op::less_equal;
  default: return op::less;
  }
}

class searcher {
 public:
  searcher(const plan& p, const activation& from, const evaluation_limits& limits)
      : plan_(p), from_(from), limits_(limits) {}

  turns run() {
    const auto now = truth(plan_.root);
    if (!now) return {};
    return towards(plan_.root, !*now).value_or(turns{});
  }

 private:
  outcome value_of(std::uint32_t i) const { return evaluate(plan_, i, from_, limits_, nullptr); }
  std::optional<bool> truth(std::uint32_t i) const { return value_of(i).truth(); }

  /// What makes a step what is wanted; nothing to turn when it is already, none when nothing can.
  std::optional<turns> towards(std::uint32_t i, bool wanted) const {
    const step& s = plan_.steps[i];
    if (truth(i) == wanted) return turns{};
    if (s.kind == step_kind::constant) return std::nullopt;
    if (s.kind == step_kind::field) return field(s, wanted);
    if (s.kind != step_kind::op) return turns{leaf(s, wanted)};
    const auto args = plan_.args_of(s);
    switch (s.op) {
    case op::logical_not: return towards(args[0], !wanted);
    case op::logical_and: return wanted ? all_of(args, true) : any_of(args, false);
    case op::logical_or: return wanted ? any_of(args, true) : all_of(args, false);
    case op::conditional: {
      // As the condition stands, the branch it chose; what that one asks for is near enough.
      const auto chosen = truth(args[0]);
      return chosen ? towards(args[*chosen ? 1 : 2], wanted) : std::nullopt;
    }
    default: return turns{leaf(s, wanted)};
    }
  }

  std::optional<turns> field(const step& s, bool wanted) const {
    auto behind = from_.behind({plan_.fields[s.slot].slot, plan_.fields[s.slot].path});
    if (!behind) return turns{leaf(s, wanted)};
    if (behind->empty()) return std::nullopt;
    return behind;
  }

  std::optional<turns> all_of(std::span<const std::uint32_t> args, bool wanted) const {
    turns all;
    for (const std::uint32_t a : args) {
      auto part = towards(a, wanted);
      if (!part) return std::nullopt;
      std::ranges::move(*part, std::back_inserter(all));
    }
    return all;
  }

  std::optional<turns> any_of(std::span<const std::uint32_t> args, bool wanted) const {
    std::optional<turns> fewest;
    for (const std::uint32_t a : args) {
      auto part = towards(a, wanted);
      if (part && (!fewest || part->size() < fewest->size())) fewest = std::move(part);
    }
    return fewest;
  }

  condition_turn leaf(const step& s, bool wanted) const {
    condition_turn t{std::string(plan_.text_of(s)), {}, wanted};
    const bool compares = s.kind == step_kind::op && s.op >= op::equal && s.op <= op::greater_equal;
    if (!compares) return t;
    const auto args = plan_.args_of(s);
    t.needs = shown(args[0]) + " " + std::string(spelling(wanted ? s.op : opposite(s.op))) + " " +
              shown(args[1]);
    return t;
  }

  /// A side of a comparison: as it is written, in labels, and its value where that says more.
  std::string shown(std::uint32_t i) const {
    const step& s = plan_.steps[i];
    if (s.kind == step_kind::constant) return to_text(s.held);
    if (s.kind == step_kind::field) return plan_.fields[s.slot].label;
    std::string text(plan_.text_of(s));
    const outcome o = value_of(i);
    return o.is == outcome::state::value ? text + " (" + to_text(o.value) + ")" : text;
  }

  const plan& plan_;
  const activation& from_;
  const evaluation_limits& limits_;
};

} // namespace

std::vector<condition_turn> nearest_change(const plan& p, const activation& from,
                                           const evaluation_limits& limits) {
  return searcher(p, from, limits).run();
}

} // namespace banli::detail::cel
