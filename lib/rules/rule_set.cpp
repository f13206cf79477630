#include <banli/rules/rule_set.hpp>

#include <algorithm>
#include <set>

#include <banli/expression/bound_values.hpp>

namespace banli {

const compiled_rule* rule_set::find(const rule_id& id) const {
  const auto at =
      std::ranges::find_if(rules_, [&](const compiled_rule& r) { return r.id() == id; });
  return at == rules_.end() ? nullptr : &*at;
}

std::vector<const compiled_rule*> rule_set::reading(std::string_view path) const {
  std::vector<const compiled_rule*> out;
  if (const auto it = index_.find(path); it != index_.end())
    for (const std::size_t r : it->second) out.push_back(&rules_[r]);
  return out;
}

problems rule_set::foreign_to(const environment& words) const {
  std::set<std::string_view> foreign;
  for (const auto& [path, slot] : slots_) {
    const bool counted = flow_ && path.starts_with("flow.");
    if ((counted ? flow_->words() : words).slot(path) != slot) foreign.insert(path);
  }
  problems found;
  if (foreign.empty()) return found;
  const auto complain = [&](const compiled_rule& r, const std::vector<std::string>& paths) {
    for (const std::string& path : paths)
      if (foreign.contains(path))
        found.push_back(
            at(make_error(errc::unknown_field,
                          "rule '{0}' reads '{1}', which is not among the facts here",
                          "规则“{0}”读取的“{1}”不在此处的事实之中", r.id().text(), path),
               r.definition().where));
  };
  for (const compiled_rule& r : rules_) {
    complain(r, r.reads());
    complain(r, r.shows());
  }
  return found;
}

problems run_rule_tests(const rule_set& rules) {
  problems found;
  const auto complain = [&](error e, const rule_test& t) {
    found.push_back(at(std::move(e), t.where));
  };
  for (const compiled_rule& r : rules.rules())
    for (const rule_test& t : r.definition().tests) {
      bound_values bound;
      for (const rule_binding& b : t.bindings) bound.set(b.path, b.value);
      const verdict v = r.judge(bound);
      if (v.kind != t.expected)
        complain(make_error(errc::bad_value,
                            "test '{1}' of rule '{0}' expects {2}, but the rule is {3}",
                            "规则“{0}”的测试“{1}”应为 {2},实为 {3}", r.id().text(), t.name,
                            to_string(t.expected), to_string(v.kind)),
                 t);
      else if (t.output && !(v.output == *t.output))
        complain(make_error(errc::bad_value,
                            "test '{1}' of rule '{0}' expects {2}, but the rule gives {3}",
                            "规则“{0}”的测试“{1}”应得出 {2},实为 {3}", r.id().text(), t.name,
                            to_text(*t.output), to_text(v.output)),
                 t);
    }
  return found;
}

} // namespace banli
