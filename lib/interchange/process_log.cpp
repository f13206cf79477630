#include <banli/interchange/process_log.hpp>

#include "process_log_form.hpp"

namespace banli {

struct process_log::impl {
  std::unique_ptr<detail::process_log_form> form;
};

process_log::process_log(process_form form, process_log_options options)
    : impl_(std::make_unique<impl>()) {
  impl_->form = form == process_form::xes ? detail::xes_form(std::move(options))
                                          : detail::ocel_form(std::move(options));
}
process_log::~process_log() = default;
process_log::process_log(process_log&&) noexcept = default;
process_log& process_log::operator=(process_log&&) noexcept = default;

void process_log::add(const told_case& c) { impl_->form->add(c); }

std::string process_log::take() && { return impl_->form->take(); }

result<void> check_offset(const std::string& offset) {
  const auto digits = [&](std::size_t at, int most) {
    const char a = offset[at], b = offset[at + 1];
    return a >= '0' && a <= '9' && b >= '0' && b <= '9' && (a - '0') * 10 + (b - '0') <= most;
  };
  const bool sign = !offset.empty() && (offset.front() == '+' || offset.front() == '-');
  if (offset == "Z" ||
      (offset.size() == 6 && sign && offset[3] == ':' && digits(1, 14) && digits(4, 59)))
    return {};
  return make_error(errc::bad_value, "'{}' is no distance from UTC: expected Z or +08:00",
                    "“{}”不是与 UTC 的时差:应为 Z 或 +08:00", offset.substr(0, 20));
}

} // namespace banli
