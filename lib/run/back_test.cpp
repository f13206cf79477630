#include <banli/run/back_test.hpp>

#include <span>

#include "run/tell_in_order.hpp"

namespace banli {

namespace {

/// Some cases of a store, without those of which the configuration lacks a definition.
result<std::vector<detail::telling>> histories_of(const configuration& config,
                                                  const case_store& store,
                                                  std::span<const stored_case> cases) {
  std::vector<detail::telling> out;
  for (const stored_case& c : cases) {
    auto history = store.load(c.id);
    if (!history) return history.error();
    if (auto t = detail::telling_of(config, c, *std::move(history))) out.push_back(*std::move(t));
  }
  return out;
}

} // namespace

result<back_test_result> back_test(const configuration& config, const case_store& store,
                                   instant until, const back_test_options& tried) {
  if (tried.batch == 0)
    return make_error(errc::bad_value, "a batch of no case", "每批办件数不能为 0");
  const rule_set now = config.rules.value_or(rule_set{});
  const rule_trial::side before{now, config.calendar};
  const rule_trial::side after{tried.rules.value_or(now), tried.calendar.value_or(config.calendar)};
  back_test_result out;
  out.asked = rule_trial(before, after, tried.watched).asked();
  std::vector<stored_case> watched;
  auto all_cases = cases_in(store);
  if (!all_cases) return all_cases.error();
  for (stored_case& c : *all_cases)
    if (definition_of(config, c))
      watched.push_back(std::move(c));
    else
      ++out.left_out;
  out.cases = watched.size();
  if (out.asked.empty()) return out;
  for (std::size_t from = 0; from < watched.size(); from += tried.batch) {
    const std::size_t n = std::min(tried.batch, watched.size() - from);
    auto all = histories_of(config, store, std::span{watched}.subspan(from, n));
    if (!all) return all.error();
    out.left_out += n - all->size();
    out.cases -= n - all->size();
    rule_trial trial(before, after, tried.watched);
    auto told = detail::tell_in_order(
        config, *all, until, [](const detail::telling& t) { return t.history[t.next].at; },
        [&](const detail::telling& t, instant at) {
          return trial.tell(t.definition, std::make_shared<const case_state>(t.state), at);
        });
    if (!told) return told.error();
    auto found = trial.finish(until);
    if (!found) return found.error();
    out.add(found->whole());
  }
  return out;
}

} // namespace banli
