#include <banli/portal/case_query.hpp>

#include <cstring>

#include <banli/portal/repositories.hpp>
#include <banli/storage/sealing_store.hpp>
#include <banli/supervision/supervision_act.hpp>
#include <banli/time/text.hpp>

#include "folded_case.hpp"
#include "storage/sealing.hpp"

namespace banli {

namespace {

/// Where a case waits: the departments of the steps that are to be done.
std::string waiting_department(const case_definition& d, const case_state& s) {
  std::vector<std::string> names;
  for (const step_record& r : s.steps) {
    if (r.end != step_end::waiting) continue;
    std::string name = detail::department_of(d, d.net.at(r.step).department);
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  if (names.empty() || s.ended) return detail::department_of(d, {});
  return fmt::format("{}", fmt::join(names, "、"));
}

std::string status_of(const case_state& s) {
  if (s.ended && s.phase == case_phase::delivered)
    return fmt::format("{}({})", label(s.phase), detail::outcome_state(s));
  return std::string{label(s.phase)};
}

} // namespace

case_desk::case_desk() : key_(detail::random_secret()) {}

std::size_t case_desk::first_bytes::operator()(const pair_hash& h) const {
  std::size_t out = 0;
  std::memcpy(&out, h.data(), sizeof out); // of a keyed hash, evenly spread
  return out;
}

case_desk::pair_hash case_desk::hash_of(std::string_view number,
                                        std::string_view certificate) const {
  // The length of the number keeps the two apart.
  return detail::derive(
      key_, fmt::format("{} {}{}", number.size(), number, identity_of({}, certificate)));
}

void case_desk::add(std::string_view number, std::string_view certificate, const case_id& id) {
  if (number.empty() || certificate.empty() || certificate == erased_value ||
      is_sealed(certificate))
    return;
  cases_.insert_or_assign(hash_of(number, certificate), id);
}

void case_desk::add(const case_id& id, std::span<const event> events) {
  for (const event& e : events) {
    if (!e.with.application) continue;
    const application& a = *e.with.application;
    for (const std::string& certificate : {a.certificate_number, a.agent_certificate_number}) {
      add(id.text(), certificate, id);
      add(a.number, certificate, id);
    }
  }
}

result<void> case_desk::add_all(const case_store& store) {
  result<void> out;
  auto walked = store.each([&](const stored_case& c) {
    if (!out || is_supervision_record(c.item)) return;
    const auto events = store.load(c.id);
    if (events)
      add(c.id, *events);
    else
      out = events.error();
  });
  return walked ? out : walked;
}

std::optional<case_id> case_desk::find(const case_question& asked) const {
  const auto found = cases_.find(hash_of(asked.number, asked.certificate));
  return found == cases_.end() ? std::nullopt : std::optional{found->second};
}

result<public_case> ask(const configuration& config, const case_store& store, const case_id& id,
                        const std::optional<instant>& at) {
  const auto v = view_case(config, store, id, at);
  if (!v) return v.error();
  const case_state& s = v->state;
  public_case out;
  out.number = id;
  out.name = detail::masked_case_name(*v->definition, s);
  if (s.was_accepted()) out.accepted = s.accepted;
  if (s.version > 0) out.handled = s.last;
  out.department = waiting_department(*v->definition, s);
  out.status = status_of(s);
  return out;
}

std::array<std::pair<std::string_view, std::string>, 6> fields_of(const public_case& c) {
  const auto when = [](const std::optional<instant>& t) {
    return t ? to_short_text(*t) : std::string{};
  };
  return {{{"办件编号", c.number.text()},
           {"办件名称", c.name},
           {"受理时间", when(c.accepted)},
           {"办理时间", when(c.handled)},
           {"办理部门", c.department},
           {"办理状态", c.status}}};
}

} // namespace banli
