// Commands that stop, move or lengthen the limits.
#include <algorithm>

#include <banli/base/nearest.hpp>
#include <banli/engine/case_clocks.hpp>

#include "judge.hpp"

namespace banli::detail {

denial command_judge::request_supplement() {
  if (denial why = by_the_lead()) return why;
  return add_with_reason(event_kind::supplement_requested);
}

denial command_judge::suspend() {
  if (denial why = reason_given()) return why;
  if (!policy_.stops)
    return make_error(errc::condition_not_met, "the limit of a case of kind '{}' is not stopped",
                      "{1}的时限不能暂停", to_string(policy_.kind), label(policy_.kind));
  std::vector<std::string_view> kinds{suspension_kind};
  for (const std::string& k : d_.item.excluded_procedures) kinds.emplace_back(k);
  if (std::find(kinds.begin(), kinds.end(), c_.with.kind) == kinds.end())
    return with_hint(make_error(errc::unknown_value,
                                "'{}' is no excluded procedure of item {}; it has: {}",
                                "“{}”不是事项 {} 的不计时程序;可选:{}", c_.with.kind,
                                d_.item.code.text(), fmt::join(kinds, ", ")),
                     suggestion(c_.with.kind, kinds));
  return add(event_kind::suspended);
}

/// What the command says, with the authority that the item names where the command names none.
details command_judge::with_authority() const {
  details with = c_.with;
  if (with.authority.empty()) with.authority = d_.item.extension_authority;
  return with;
}

denial command_judge::extends_at_all(const details& with) const {
  if (denial why = reason_given()) return why;
  if (!with.limit) return missing("a limit", "延长的期限");
  if (with.authority.empty()) return missing("the authority that consents", "批准机关");
  const std::string& only = d_.item.extension_authority;
  if (!only.empty() && with.authority != only)
    return make_error(errc::extension_refused, "item {} is extended with the consent of '{}' only",
                      "事项 {} 的延期须经“{}”同意", d_.item.code.text(), only);
  if (policy_.extends) return std::nullopt;
  return make_error(errc::extension_refused, "the limit of a case of kind '{}' is not extended",
                    "{1}的时限不能延长", to_string(policy_.kind), label(policy_.kind));
}

/// Where the authority is a department or post of the office, whoever answers is of it.
denial command_judge::consents_to_extension(const details& with) const {
  if (!judged() || d_.item.extension_authority.empty()) return std::nullopt;
  const std::string& name = with.authority;
  const auto is_it = [&](const auto& one) { return one.id.text() == name || one.name == name; };
  const organisation& o = *d_.people;
  if (std::ranges::none_of(o.departments, is_it) && std::ranges::none_of(o.posts, is_it))
    return std::nullopt; // somebody else's; the office records what they said
  const person* const who = find(o, on_behalf_.empty() ? c_.actor : on_behalf_);
  if (who != nullptr && std::ranges::any_of(who->posts, [&](const post_id& id) {
        const post* const held = find(o, id);
        const department* const of = held == nullptr ? nullptr : find(o, held->department);
        return held != nullptr && (is_it(*held) || (of != nullptr && is_it(*of)));
      }))
    return std::nullopt;
  return make_error(errc::not_authorised, "{} is not of '{}', which consents to extensions",
                    "{} 不属于批准延期的“{}”", c_.actor.text(), name);
}

bool command_judge::limit_has_run_out() const {
  const auto k = clocks(d_, s_, cal_);
  return k && !in_time(k->promised.result, c_.at);
}

/// A request that comes too late is a fact like others, and one that supervision wants to know.
denial command_judge::request_extension() {
  details with = with_authority();
  if (denial why = extends_at_all(with)) return why;
  if (!s_.requests.empty() && !s_.requests.back().answered)
    return make_error(errc::extension_refused, "an extension was asked for on {} already",
                      "已于 {} 申请延期,尚未答复", to_short_text(s_.requests.back().asked));
  with.outcome = limit_has_run_out() ? "late" : "";
  return add(event_kind::extension_requested, std::move(with));
}

denial command_judge::deny_extension() {
  if (denial why = reason_given()) return why;
  details with = with_authority();
  if (denial why = consents_to_extension(with)) return why;
  if (!s_.requests.empty() && !s_.requests.back().answered)
    return add(event_kind::extension_denied, std::move(with));
  return make_error(errc::extension_refused, "no extension waits for an answer",
                    "没有待答复的延期申请");
}

denial command_judge::extend() {
  details with = with_authority();
  if (denial why = extends_at_all(with)) return why;
  if (denial why = consents_to_extension(with)) return why;
  event asked{.what = event_kind::extended, .at = c_.at, .actor = {}, .request = {}};
  asked.with.limit = with.limit;
  asked.with.authority = with.authority;
  const case_state longer = banli::apply(d_, s_, asked);
  const auto k = clocks(d_, longer, cal_);
  if (!k) return k.error();
  add(event_kind::extended, std::move(with));
  return d_.item.extension_authority.empty() ? std::nullopt
                                             : add_notice_due("extension", "applicant");
}

} // namespace banli::detail
