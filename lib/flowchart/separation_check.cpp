#include "flowchart/separation_check.hpp"

#include <set>

#include <banli/base/nearest.hpp>

namespace banli::detail {
namespace {

class separation_checker {
 public:
  separation_checker(const flowchart& chart, const locator& where) : chart_(chart), where_(where) {
    for (const node& n : chart.nodes)
      if (n.kind == node_kind::step) steps_.emplace_back(n.id.text());
  }

  problems run() {
    for (std::size_t i = 0; i < chart_.separations.size(); ++i)
      check(chart_.separations[i], fmt::format("/separations/{}", i));
    return std::move(found_);
  }

 private:
  void add(error e, const std::string& path) { found_.push_back(at(std::move(e), where_(path))); }

  void check(const separation& s, const std::string& path) {
    if (s.name.empty())
      add(make_error(errc::missing_field, "a separation of duties has no name", "职责分离没有名称"),
          path);
    else if (!names_.insert(s.name).second)
      add(make_error(errc::duplicate_id, "two separations are named '{}'", "职责分离“{}”的名称重复",
                     s.name),
          path + "/name");
    std::set<node_id> seen;
    for (std::size_t i = 0; i < s.steps.size(); ++i)
      check_step(s, s.steps[i], seen, fmt::format("{}/steps/{}", path, i));
    if (s.steps.size() + (s.decision ? 1 : 0) < 2)
      add(make_error(errc::bad_value, "separation '{}' needs two duties to keep apart",
                     "职责分离“{}”至少需要两项职责", s.name),
          path);
  }

  void check_step(const separation& s, const node_id& step, std::set<node_id>& seen,
                  const std::string& path) {
    if (std::find(steps_.begin(), steps_.end(), step.text()) == steps_.end())
      add(with_hint(make_error(errc::unknown_reference, "the flowchart has no step '{}'",
                               "流程图没有环节“{}”", step.text()),
                    suggestion(step.text(), steps_)),
          path);
    else if (!seen.insert(step).second)
      add(make_error(errc::duplicate_id, "separation '{}' names step '{}' twice",
                     "职责分离“{}”中环节“{}”重复", s.name, step.text()),
          path);
  }

  const flowchart& chart_;
  const locator& where_;
  std::vector<std::string_view> steps_;
  std::set<std::string> names_;
  problems found_;
};

} // namespace

problems check_separations(const flowchart& chart, const locator& where,
                           const flowchart_limits& limits) {
  if (chart.separations.size() <= limits.separations) return separation_checker{chart, where}.run();
  return {at(make_error(errc::limit_exceeded, "{} separations of duties; the limit is {}",
                        "职责分离 {} 项,上限为 {}", chart.separations.size(), limits.separations),
             where("/separations"))};
}

} // namespace banli::detail
