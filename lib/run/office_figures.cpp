#include <banli/run/office_figures.hpp>

#include <algorithm>

#include <banli/assessment/record_sources.hpp>
#include <banli/engine/decide.hpp>
#include <banli/supervision/supervise.hpp>
#include <banli/supervision/supervision_act.hpp>

namespace banli {

namespace {

class office_measurer {
 public:
  office_measurer(const configuration& config, const case_store& store, instant until)
      : config_(config), store_(store), until_(until) {}

  result<office_figures> run() {
    std::vector<stored_case> all;
    if (auto r = store_.each([&](const stored_case& c) {
          if (!is_supervision_record(c.item)) all.push_back(c);
        });
        !r)
      return r.error();
    for (const stored_case& c : all)
      if (auto wrong = measure_one(c)) return *wrong;
    add(late_records(out_.cases, until_));
    if (!config_.disclosure.duties.empty()) {
      const auto standing = report(config_.disclosure, config_.calendar, day_of(until_));
      if (!standing) return standing.error();
      add(records_of(*standing, config_.disclosure));
    }
    return std::move(out_);
  }

 private:
  using failed = std::optional<error>;

  void add(std::vector<score_record> more) {
    std::ranges::move(more, std::back_inserter(out_.records));
  }

  failed measure_one(const stored_case& c) {
    const auto definition = find(config_, c.item);
    if (!definition || definition->hash != c.definition) {
      out_.left_out.push_back(
          make_error(errc::definition_changed,
                     "case {} of item {} is left out: its definition is not in the configuration",
                     "办件 {}(事项 {})未纳入:配置中没有它所用的版本", c.id.text(), c.item.text()));
      return std::nullopt;
    }
    const auto history = store_.load(c.id);
    if (!history) return history.error();
    const case_state state = replay_at(*definition, c.id, *history, until_);
    if (state.phase == case_phase::none) return std::nullopt;
    auto figures = measure(*definition, state, config_.calendar);
    if (!figures) return figures.error();
    if (config_.rules) {
      const auto found =
          supervise(*definition, c.id, *history, *config_.rules, config_.calendar, until_);
      if (!found) return found.error();
      count_hits(*figures, found->hits);
      add(records_of(*figures, found->hits));
    }
    out_.cases.push_back(*std::move(figures));
    return std::nullopt;
  }

  const configuration& config_;
  const case_store& store_;
  instant until_;
  office_figures out_;
};

} // namespace

result<office_figures> measure_office(const configuration& config, const case_store& store,
                                      instant until) {
  return office_measurer{config, store, until}.run();
}

} // namespace banli
