// What the two forms of a process log have in common.
#pragma once

#include <memory>
#include <string>

#include <banli/interchange/process_log.hpp>
#include <banli/time/text.hpp>

#include <engine/details_members.hpp>

namespace banli::detail {

class process_log_form {
 public:
  virtual ~process_log_form() = default;
  virtual void add(const told_case& c) = 0;
  virtual std::string take() = 0;

 protected:
  process_log_form() = default;
  process_log_form(const process_log_form&) = default;
  process_log_form& operator=(const process_log_form&) = default;
};

std::unique_ptr<process_log_form> xes_form(process_log_options options);
std::unique_ptr<process_log_form> ocel_form(process_log_options options);

/// What miners call the activity of an event.
inline std::string activity_of(const event& e) {
  if (e.what == event_kind::completed && !e.with.step.empty()) return e.with.step.text();
  return std::string{to_string(e.what)};
}

inline std::string time_of(const event& e, const process_log_options& o) {
  return to_text(e.at) + o.offset;
}

/// Calls f(name, value) for what is told of the details of an event.
template <class F>
void each_told(const details& d, told_details how_much, F f) {
  const bool all = how_much == told_details::everything;
  const auto put = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) f(name, value);
  };
  each_text(d, [&](std::string_view name, const auto& member) {
    const bool written = name == "reason" || name == "opinion" || name == "document" ||
                         name == "authority" || name == "applicant" || name == "late_reason";
    if ((all || !written) && name != "item") put(name, text_of(member));
  });
  if (d.by) put("channel", to_string(*d.by));
  if (d.result) put("result", to_string(*d.result));
  if (d.received) put("received", to_text(*d.received));
  if (d.limit) put("limit", to_text(*d.limit, language::en));
  if (d.recorded) put("recorded", to_text(*d.recorded));
  if (d.until) put("until", to_text(*d.until));
  if (!all) return;
  for (const auto& [name, value] : d.facts) put("fact:" + name, value);
  if (d.application)
    each_application_text(*d.application, [&](std::string_view name, const std::string& value) {
      put("application:" + std::string{name}, value);
    });
  for (const material_review& r : d.reviews)
    put("review:" + r.material, r.reason.empty()
                                    ? std::string{to_string(r.standing)}
                                    : fmt::format("{}: {}", to_string(r.standing), r.reason));
  for (std::size_t i = 0; i < d.attachments.size(); ++i)
    put(fmt::format("attachment:{}", i + 1), d.attachments[i]);
}

} // namespace banli::detail
