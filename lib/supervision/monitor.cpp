#include <banli/supervision/monitor.hpp>

#include "case_watch.hpp"

namespace banli {

struct monitor::impl {
  impl(rule_set r, workday_calendar calendar, const monitor_options& options)
      : rules(std::move(r)), watch(detail::watched_rules{rules}, std::move(calendar), options) {}

  rule_set rules;
  detail::case_watch watch;
};

monitor::monitor(rule_set rules, workday_calendar calendar, monitor_options options)
    : impl_(std::make_unique<impl>(std::move(rules), std::move(calendar), options)) {}
monitor::~monitor() = default;
monitor::monitor(monitor&&) noexcept = default;
monitor& monitor::operator=(monitor&&) noexcept = default;

result<void> monitor::update(std::shared_ptr<const case_definition> definition, case_state state,
                             instant at) {
  return update(std::move(definition), std::make_shared<const case_state>(std::move(state)), at);
}

result<void> monitor::update(std::shared_ptr<const case_definition> definition,
                             std::shared_ptr<const case_state> state, instant at) {
  return impl_->watch.update(std::move(definition), std::move(state), at);
}

result<std::vector<hit_change>> monitor::advance(instant to) { return impl_->watch.advance(to); }

result<void> monitor::answer(const case_id& id, const rule_id& rule, std::string order, instant at,
                             const answered_hit& which) {
  return impl_->watch.answer(id, rule, std::move(order), at, which);
}

std::optional<instant> monitor::next() const { return impl_->watch.next(); }

std::vector<pending_hit> monitor::coming(instant until) const { return impl_->watch.coming(until); }

std::vector<pending_hit> monitor::coming(const case_id& id, instant until) const {
  return impl_->watch.coming(id, until);
}

std::vector<unjudged_rule> monitor::unjudged(const case_id& id) const {
  return impl_->watch.unjudged(id);
}

std::optional<hit_grounds> monitor::grounds(const hit_change& raised) const {
  if (raised.found_in == nullptr) return std::nullopt;
  const detail::about of{raised.rule, raised.turn.value_or(detail::about::no_turn)};
  return impl_->watch.grounds(*raised.found_in, of, raised.at);
}

const std::string& monitor::order(std::uint32_t number) const { return impl_->watch.order(number); }

std::optional<std::uint32_t> monitor::number_of(std::string_view id) const {
  return impl_->watch.cases().find(id);
}

std::string_view monitor::id_of(std::uint32_t case_number) const {
  return impl_->watch.cases().id_of(case_number);
}

const rule_set& monitor::rules() const { return impl_->rules; }

monitor_size monitor::size() const { return impl_->watch.size(); }

} // namespace banli
