// read_set.hpp — the fields of the host that a rule reads, also by way of its variables.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rule_program.hpp"

namespace banli::detail {

class read_set {
 public:
  /// Adds what everything in a block reads, nested rules included.
  void enter(const rule_block& block) {
    look_at(block);
    for (const match_program& m : block.matches) {
      for (const auto* e : {&m.condition, &m.output, &m.explanation})
        if (*e) add(**e);
      if (m.rule) enter(*m.rule);
    }
    around_.pop_back();
  }

  /// Makes the variables of a block known.
  void look_at(const rule_block& block) { around_.push_back({&block, block.variables.size()}); }

  void add(const program& p) {
    constexpr std::string_view prefix = "variables.";
    for (const std::string& path : p.reads()) {
      if (path.starts_with(prefix))
        add_variable(std::string_view(path).substr(prefix.size()));
      else if (!path.starts_with("params."))
        all_.insert(path);
    }
  }

  /// Sorted.
  std::vector<std::string> take() const { return {all_.begin(), all_.end()}; }

 private:
  /// A block, and how many of its variables are in sight.
  struct surrounding {
    const rule_block* block;
    std::size_t seen;
  };

  void add_variable(std::string_view name) {
    for (std::size_t k = around_.size(); k-- > 0;)
      for (std::size_t v = 0; v < around_[k].seen; ++v) {
        const variable_program& found = around_[k].block->variables[v];
        if (found.name != name) continue;
        if (!known_.insert(&found).second) return;
        const std::vector<surrounding> here = around_;
        around_.resize(k + 1);
        around_[k].seen = v; // it sees those above it
        add(found.computes);
        around_ = here;
        return;
      }
  }

  std::vector<surrounding> around_; // from the outermost
  std::set<const variable_program*> known_;
  std::set<std::string> all_;
};

} // namespace banli::detail
